//! Types of the model as Rust spells them.

use crate::emit::language::rust::layout::Layout;
use crate::emit::language::rust::scope::Scope;
use crate::lower::conversion::{Side, alias_side};
use crate::lower::instances::{holds_class, mentions_object};
use crate::lower::modules::definition;
use crate::lower::properties::has;
use crate::lower::types::{Constant, Row, option_of, row_and_arguments};
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

/// How the glue holds an argument during the call, and how it is passed to the user's function.
pub(crate) struct Holder {
    /// The type that the argument is converted to.
    pub(crate) ty: Layout,
    /// How it is passed.
    pub(crate) pass: Pass,
}

/// How the user sets a constant in Rust.
pub(crate) enum UserConstant {
    /// As an associated constant of this type.
    Value(Layout),
    /// The same, but a slice that is copied into a list.
    Slice(Layout),
    /// As a function.
    Computed,
}

/// How a held argument is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pass {
    /// The holder itself.
    Value,
    /// `&holder`, which dereferences.
    Reference,
    /// `holder.as_deref()`
    OptionalReference,
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

    /// A parameter of the user's function.
    pub(crate) fn argument(&self, ty: &Type) -> Layout {
        if let Some(inner) = option_of(self.interface(), ty)
            && let Some(reference) = self.reference(inner)
        {
            return Layout::generic(self.scope.std("Option"), vec![reference]);
        }
        self.reference(ty)
            .unwrap_or_else(|| self.value(ty, Side::FromPython))
    }

    /// The type that the glue converts an argument to.
    pub(crate) fn holder(&self, ty: &Type) -> Holder {
        if let Some(inner) = option_of(self.interface(), ty)
            && let Some((held, is_reference)) = self.held(inner)
        {
            let pass = if is_reference {
                Pass::Value
            } else {
                Pass::OptionalReference
            };
            return Holder {
                ty: Layout::generic(self.scope.std("Option"), vec![held]),
                pass,
            };
        }
        match self.held(ty) {
            Some((ty, true)) => Holder {
                ty,
                pass: Pass::Value,
            },
            Some((ty, false)) => Holder {
                ty,
                pass: Pass::Reference,
            },
            None => Holder {
                ty: self.value(ty, Side::FromPython),
                pass: Pass::Value,
            },
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
            Type::Callback {
                parameters, result, ..
            } => {
                let parameters = parameters.iter().map(|ty| self.value(ty, Side::IntoPython));
                let result = match result {
                    Some(ty) => self.value(ty, Side::FromPython),
                    None => "()".into(),
                };
                let parameters = Layout::tuple_type(parameters.collect());
                Layout::generic(
                    "rt::Callback",
                    vec![self.lifetime.into(), parameters, result],
                )
            }
            Type::Builtin(..) => {
                let (row, arguments) = row_and_arguments(ty).expect("a builtin type");
                let arguments = arguments.iter().map(|ty| self.value(ty, side)).collect();
                self.builtin(&row, arguments)
            }
        }
    }

    /// The declared type of a constant; none if it must be computed at run time.
    pub(crate) fn constant(&self, ty: &Type) -> Option<Layout> {
        if union_of(self.interface(), ty).is_some() {
            let is_copy = has(self.interface(), ty, |row| row.copy);
            return is_copy.then(|| self.value(ty, Side::IntoPython));
        }
        let ty = self.interface().expanded(ty);
        if let Type::Array { item, length } = ty {
            return Some(array(&self.constant(item)?, *length));
        }
        let Some((row, arguments)) = row_and_arguments(ty) else {
            return is_plain(self.interface(), ty).then(|| self.value(ty, Side::IntoPython));
        };
        match row.constant {
            Constant::As(spelling) => Some(spelling.into()),
            Constant::No => None,
            Constant::Slice => {
                let item = self.constant(&arguments[0])?;
                Some(Layout::Text(format!("&'static [{}]", item.one_line())))
            }
            Constant::Owned => {
                let arguments = arguments
                    .iter()
                    .map(|ty| self.constant(ty))
                    .collect::<Option<_>>()?;
                Some(self.builtin(&row, arguments))
            }
        }
    }

    /// How the user sets a constant of the type.
    pub(crate) fn user_constant(&self, ty: &Type) -> UserConstant {
        let Some(layout) = self.constant(ty) else {
            return UserConstant::Computed;
        };
        let text = layout.one_line().replace("&'static [u8]", "");
        match (
            text.matches("&'static [").count(),
            text.starts_with("&'static ["),
        ) {
            (0, _) => UserConstant::Value(layout),
            (1, true) => UserConstant::Slice(layout),
            // Inside other values, a slice would not be converted to a list.
            _ => UserConstant::Computed,
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

    fn reference(&self, ty: &Type) -> Option<Layout> {
        let ty = self.interface().expanded(ty);
        if let Type::Class(id) = ty {
            return Some(Layout::Text(format!("&{}", self.class(*id))));
        }
        let (row, _) = row_and_arguments(ty)?;
        Some(self.scope.builtin(row.borrowed?.rust).into())
    }

    /// The holder of a type that is passed by reference, and whether it is a reference itself.
    fn held(&self, ty: &Type) -> Option<(Layout, bool)> {
        let ty = self.interface().expanded(ty);
        if let Type::Class(id) = ty {
            let mut class = self.class(*id);
            if class.len() > HELD_CLASS_WIDTH {
                // The user's function decides.
                class = "_".to_owned();
            }
            let arguments = vec!["'py".into(), class.into()];
            return Some((Layout::generic("rt::ArgumentRef", arguments), false));
        }
        let borrowed = row_and_arguments(ty)?.0.borrowed?;
        Some((
            self.scope.builtin(borrowed.holder).into(),
            borrowed.is_reference,
        ))
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

/// Whether a value of the type can be a Rust constant as it is, without borrowing any part.
fn is_plain(interface: &Interface, ty: &Type) -> bool {
    match ty {
        Type::Enum(_) | Type::Flags(_) => true,
        Type::Record(_) | Type::Variant(_) => has(interface, ty, |row| row.copy),
        _ => false,
    }
}
