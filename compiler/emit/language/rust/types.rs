//! Types of the model as Rust spells them.

use crate::emit::language::rust::layout::Layout;
use crate::emit::language::rust::scope::Scope;
use crate::lower::argument::{Argument, Held, Passing};
use crate::lower::callback::Callback;
use crate::lower::conversion::{Side, alias_side};
use crate::lower::instances::{holds_class, mentions_object};
use crate::lower::modules::definition;
use crate::lower::types::{Constant, Row, row_and_arguments};
use crate::lower::unions::union_of;
use crate::model::{AliasId, ClassId, Interface, ItemId, Type};

/// Spells types at one place, which determines the meaning of `Self` and the lifetime of objects.
#[derive(Clone, Copy)]
pub(crate) struct Speller<'s> {
    pub(crate) scope: &'s Scope<'s>,
    /// The class whose trait or glue this is, with its name there: `Self`, `C`.
    pub(crate) own: Option<(ClassId, &'s str)>,
    /// `'py` if the function declares it, else `'_`.
    pub(crate) lifetime: &'static str,
}

/// Class names up to this width are written out where an argument is held.
const HELD_CLASS_WIDTH: usize = 20;

impl<'s> Speller<'s> {
    /// For places outside classes and functions.
    pub(crate) fn plain(scope: &'s Scope<'s>) -> Self {
        Self {
            scope,
            own: None,
            lifetime: "'py",
        }
    }

    /// What the user's function takes for an argument.
    pub(crate) fn argument(&self, argument: &Argument) -> Layout {
        let reference = match argument.passing.held {
            Held::Owned => return self.value(&argument.ty, Side::FromPython),
            Held::Borrowed(borrowed) => self.scope.builtin(borrowed.rust),
            Held::Instance(id) => format!("&{}", self.class(id)),
        };
        self.optional(argument.passing, reference.into())
    }

    /// What the glue holds for an argument during the call.
    pub(crate) fn holder(&self, argument: &Argument) -> Layout {
        let held = match argument.passing.held {
            Held::Owned => return self.value(&argument.ty, Side::FromPython),
            Held::Borrowed(borrowed) => self.scope.builtin(borrowed.holder).into(),
            Held::Instance(id) => {
                let mut class = self.class(id);
                if class.len() > HELD_CLASS_WIDTH {
                    // The user's function decides.
                    class = "_".to_owned();
                }
                Layout::generic("rt::ArgumentRef", vec!["'py".into(), class.into()])
            }
        };
        self.optional(argument.passing, held)
    }

    fn optional(&self, passing: Passing, ty: Layout) -> Layout {
        match passing.is_option {
            true => Layout::generic(self.scope.std("Option"), vec![ty]),
            false => ty,
        }
    }

    /// An owned value.
    pub(crate) fn value(&self, ty: &Type, side: Side) -> Layout {
        match ty {
            Type::Alias(id) => self.alias(*id, side),
            Type::Record(_) | Type::Variant(_) | Type::Enum(_) | Type::Flags(_) => self
                .definition(definition(ty).expect("a definition"))
                .into(),
            Type::Array { item, length } => array(&self.value(item, side), *length),
            Type::Result { ok, error } => {
                let part = |ty: &Option<Box<Type>>| match ty {
                    Some(ty) => self.value(ty, side),
                    None => "()".into(),
                };
                Layout::generic(self.scope.std("Result"), vec![part(ok), part(error)])
            }
            Type::Exception(id) => self.scope.exception(*id).into(),
            Type::Protocol(_) | Type::View { .. } => crate::lower::refused(),
            Type::Class(id) => match side {
                Side::FromPython => Layout::generic(
                    "rt::Ref",
                    vec![
                        self.lifetime.into(),
                        self.definition(ItemId::Class(*id)).into(),
                    ],
                ),
                Side::IntoPython => self.class(*id).into(),
                Side::Field => Layout::generic(
                    "rt::Instance",
                    vec![self.definition(ItemId::Class(*id)).into()],
                ),
            },
            Type::Callback { .. } => {
                let callback = Callback::of(self.interface(), ty).expect("a callback");
                self.callback(&callback)
            }
            Type::Builtin(..) => {
                let (row, arguments) =
                    row_and_arguments(self.interface(), ty).expect("a builtin type");
                let arguments = arguments.iter().map(|ty| self.value(ty, side)).collect();
                self.builtin(&row, arguments)
            }
        }
    }

    fn callback(&self, callback: &Callback<'_>) -> Layout {
        let arguments = callback.arguments.iter();
        let arguments = arguments.map(|ty| self.value(ty, Side::IntoPython));
        let arguments = Layout::tuple_type(arguments.collect());
        let result = match callback.rust_result {
            Some(ty) => self.value(ty, Side::FromPython),
            None => "()".into(),
        };
        Layout::generic(
            "rt::Callback",
            vec![self.lifetime.into(), arguments, result],
        )
    }

    /// The type of a constant that is a constant in Rust, and not made by a function; references in it have this lifetime, or
    /// the one that is implied.
    pub(crate) fn constant(&self, ty: &Type, lifetime: Option<&str>) -> Layout {
        if union_of(self.interface(), ty).is_some() {
            return self.value(ty, Side::IntoPython);
        }
        let ty = self.interface().expanded(ty);
        let part = |ty: &Type| self.constant(ty, lifetime);
        let reference = |to: &str| match lifetime {
            Some(lifetime) => Layout::Text(format!("&{lifetime} {to}")),
            None => Layout::Text(format!("&{to}")),
        };
        if let Type::Array { item, length } = ty {
            return array(&part(item), *length);
        }
        let Some((row, arguments)) = row_and_arguments(self.interface(), ty) else {
            return self.value(ty, Side::IntoPython);
        };
        match row.constant {
            Constant::Reference(to) => reference(to),
            Constant::Slice => reference(&format!("[{}]", part(&arguments[0]).one_line())),
            Constant::Owned | Constant::No => {
                self.builtin(&row, arguments.iter().map(part).collect())
            }
        }
    }

    fn builtin(&self, row: &Row, arguments: Vec<Layout>) -> Layout {
        if row.rust == "()" {
            return Layout::tuple_type(arguments);
        }
        let lifetime = row.lifetime.then(|| Layout::from(self.lifetime));
        Layout::generic(
            self.scope.builtin(row.rust),
            lifetime.into_iter().chain(arguments).collect(),
        )
    }

    /// The alias by name, unless its target is spelled differently here than where it is declared.
    fn alias(&self, id: AliasId, side: Side) -> Layout {
        let alias = &self.interface()[id];
        if side != alias_side(self.interface(), id) && holds_class(self.interface(), &alias.ty) {
            return self.value(&alias.ty, side);
        }
        let lifetime = mentions_object(self.interface(), &alias.ty).then(|| self.lifetime.into());
        let name = self.definition(ItemId::Alias(id));
        Layout::generic(name, lifetime.into_iter().collect())
    }

    fn class(&self, id: ClassId) -> String {
        match self.own {
            Some((own, name)) if own == id => name.to_owned(),
            _ => self.definition(ItemId::Class(id)),
        }
    }

    /// The name of a type of the interface.
    fn definition(&self, item: ItemId) -> String {
        let (module, name) = self.interface().home(item).expect("a type");
        self.scope.ty(module, name)
    }

    fn interface(&self) -> &'s Interface {
        self.scope.interface
    }
}

/// `[item; length]`
fn array(item: &Layout, length: u32) -> Layout {
    Layout::Text(format!("[{}; {length}]", item.one_line()))
}
