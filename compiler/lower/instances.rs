//! Which types hold Python objects, and which hold instances of classes.

use std::collections::HashSet;

use crate::lower::properties::contents;
use crate::lower::types::row_and_arguments;
use crate::lower::unions::members;
use crate::model::{Interface, Type};

/// Whether values of the type are or contain instances, including in fields of records and in cases.
pub(crate) fn holds_instance(interface: &Interface, ty: &Type) -> bool {
    Search::new(interface, ty).any(|ty| matches!(ty, Type::Class(_)))
}

/// Whether a record, variant or union in values of the type contains instances, which Rust can only read with the interpreter's
/// help.
pub(crate) fn shares_instances(interface: &Interface, ty: &Type) -> bool {
    let mut compounds = Search::new(interface, ty)
        .outside_of_fields()
        .filter(|ty| is_compound(ty) || members(ty).is_some());
    compounds.any(|ty| holds_instance(interface, ty))
}

/// Whether values of the type are or contain Python objects.
pub(crate) fn mentions_object(interface: &Interface, ty: &Type) -> bool {
    match ty {
        Type::Callback { .. } => true,
        Type::Alias(id) => mentions_object(interface, &interface[*id].ty),
        Type::Array { .. } | Type::Result { .. } => {
            let mut parts = ty.parts().into_iter();
            parts.any(|ty| mentions_object(interface, ty))
        }
        Type::Record(_)
        | Type::Variant(_)
        | Type::Enum(_)
        | Type::Flags(_)
        | Type::Exception(_)
        | Type::Class(_) => false,
        Type::View { .. } | Type::Protocol(_) => crate::lower::refused(),
        Type::Builtin(..) => row_and_arguments(interface, ty).is_some_and(|(row, arguments)| {
            row.is_object || arguments.iter().any(|ty| mentions_object(interface, ty))
        }),
    }
}

/// Whether values of the type are or contain instances of classes, which are spelled differently on each side.
pub(crate) fn holds_class(interface: &Interface, ty: &Type) -> bool {
    match ty {
        Type::Class(_) => true,
        Type::Alias(id) => holds_class(interface, &interface[*id].ty),
        // Its parts define their own sides.
        Type::Callback { .. } => false,
        // An enum, which is the same on each side.
        _ if members(ty).is_some() => false,
        _ => ty.parts().iter().any(|ty| holds_class(interface, ty)),
    }
}

/// A type and all types that its values contain, each definition once. The parameters and results of callbacks are not part of
/// their values.
///
/// A work list instead of recursion: long chains of records must not overflow the stack.
struct Search<'a> {
    interface: &'a Interface,
    open: Vec<&'a Type>,
    seen: HashSet<&'a Type>,
    in_fields: bool,
}

impl<'a> Search<'a> {
    fn new(interface: &'a Interface, ty: &'a Type) -> Self {
        Self {
            interface,
            open: vec![ty],
            seen: HashSet::new(),
            in_fields: true,
        }
    }

    /// Leaves out the contents of records and variants.
    fn outside_of_fields(self) -> Self {
        Self {
            in_fields: false,
            ..self
        }
    }
}

impl<'a> Iterator for Search<'a> {
    type Item = &'a Type;

    fn next(&mut self) -> Option<&'a Type> {
        let ty = self.open.pop()?;
        match ty {
            Type::Alias(id) if self.seen.insert(ty) => self.open.push(&self.interface[*id].ty),
            _ if is_compound(ty) && self.in_fields && self.seen.insert(ty) => {
                self.open.extend(contents(self.interface, ty));
            }
            Type::Alias(_) | Type::Callback { .. } => {}
            _ => self.open.extend(ty.parts()),
        }
        Some(ty)
    }
}

/// Whether a type has fields, or cases with a payload.
fn is_compound(ty: &Type) -> bool {
    matches!(ty, Type::Record(_) | Type::Variant(_) | Type::Exception(_))
}
