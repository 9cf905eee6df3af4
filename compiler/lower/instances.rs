//! Which types hold Python objects, and which hold instances of classes.

use crate::lower::types::row_and_arguments;
use crate::lower::unions::members;
use crate::model::{Interface, Type};

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
