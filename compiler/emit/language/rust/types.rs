//! Types of the model as Rust spells them.

use crate::emit::language::rust::scope::Scope;
use crate::lower::argument::{Argument, Held, Passing};
use crate::lower::callback::Callback;
use crate::lower::conversion::{Side, alias_side};
use crate::lower::instances::{holds_class, mentions_object};
use crate::lower::refused;
use crate::lower::types::{Constant, builtin_of, normalised, row};
use crate::lower::unions::union_of;
use crate::model::spelling::Spelling;
use crate::model::{
    AliasId, Builtin, ClassId, Dimension, ExceptionId, Interface, ItemId, Type, View,
};
use crate::render::layout::Layout;

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
                Layout::generic("rt::ArgumentRef", vec![self.lifetime.into(), class.into()])
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
        let speller = self;
        Owned { speller, side }.spell(ty)
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
        let Some((builtin, arguments)) = builtin_of(self.interface(), ty) else {
            return self.value(ty, Side::IntoPython);
        };
        match row(builtin).constant {
            Constant::Reference(to) => reference(to),
            Constant::Slice => reference(&format!("[{}]", part(&arguments[0]).one_line())),
            Constant::Owned | Constant::No => {
                self.builtin(builtin, arguments.iter().map(part).collect())
            }
        }
    }

    fn builtin(&self, builtin: Builtin, arguments: Vec<Layout>) -> Layout {
        if builtin == Builtin::Tuple {
            return Layout::tuple_type(arguments);
        }
        let row = row(builtin);
        let lifetime = row.lifetime.then(|| Layout::from(self.lifetime));
        Layout::generic(
            self.scope.builtin(row.rust),
            lifetime.into_iter().chain(arguments).collect(),
        )
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

/// The spelling of owned values.
struct Owned<'a, 's> {
    speller: &'a Speller<'s>,
    side: Side,
}

impl Owned<'_, '_> {
    /// The alias by name, unless its target is spelled differently here than where it is declared.
    fn alias(&self, id: AliasId) -> Layout {
        let interface = self.speller.interface();
        let alias = &interface[id];
        if self.side != alias_side(interface, id) && holds_class(interface, &alias.ty) {
            return self.spell(&alias.ty);
        }
        let lifetime = mentions_object(interface, &alias.ty).then(|| self.speller.lifetime.into());
        let name = self.speller.definition(ItemId::Alias(id));
        Layout::generic(name, lifetime.into_iter().collect())
    }

    fn class(&self, id: ClassId) -> Layout {
        let name = || self.speller.definition(ItemId::Class(id)).into();
        match self.side {
            Side::FromPython => {
                Layout::generic("rt::Ref", vec![self.speller.lifetime.into(), name()])
            }
            Side::IntoPython => self.speller.class(id).into(),
            Side::Field => Layout::generic("rt::Instance", vec![name()]),
        }
    }
}

impl Spelling for Owned<'_, '_> {
    type Text = Layout;

    fn builtin(&self, builtin: Builtin, arguments: &[Type]) -> Layout {
        let (builtin, arguments) = normalised(self.speller.interface(), builtin, arguments);
        let arguments = arguments.iter().map(|ty| self.spell(ty)).collect();
        self.speller.builtin(builtin, arguments)
    }

    fn array(&self, item: &Type, length: u32) -> Layout {
        array(&self.spell(item), length)
    }

    fn result(&self, ok: Option<&Type>, error: Option<&Type>) -> Layout {
        let part = |ty: Option<&Type>| ty.map_or("()".into(), |ty| self.spell(ty));
        let name = self.speller.scope.std("Result");
        Layout::generic(name, vec![part(ok), part(error)])
    }

    fn callback(
        &self,
        parameters: &[Type],
        result: Option<&Type>,
        _is_async: bool,
        _raises: &[ExceptionId],
    ) -> Layout {
        let callback = Callback::new(self.speller.interface(), parameters, result);
        let arguments = callback.arguments.iter();
        let arguments = arguments.map(|ty| self.speller.value(ty, Side::IntoPython));
        let arguments = Layout::tuple_type(arguments.collect());
        let result = match callback.rust_result {
            Some(ty) => self.speller.value(ty, Side::FromPython),
            None => "()".into(),
        };
        let lifetime = self.speller.lifetime.into();
        Layout::generic("rt::Callback", vec![lifetime, arguments, result])
    }

    fn view(&self, _: View, _: &Type, _: Option<&[Dimension]>, _: bool) -> Layout {
        refused()
    }

    fn definition(&self, item: ItemId) -> Layout {
        match item {
            ItemId::Alias(id) => self.alias(id),
            ItemId::Class(id) => self.class(id),
            ItemId::Exception(id) => self.speller.scope.exception(id).into(),
            ItemId::Protocol(_) => refused(),
            item => self.speller.definition(item).into(),
        }
    }
}

/// `[item; length]`
fn array(item: &Layout, length: u32) -> Layout {
    Layout::Text(format!("[{}; {length}]", item.one_line()))
}
