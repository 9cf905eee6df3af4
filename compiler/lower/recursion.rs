//! Which types can contain themselves, and which values can be part of a cycle of Python objects.

use std::collections::HashSet;

use crate::lower::properties::contents;
use crate::lower::refused;
use crate::lower::types::row_and_arguments;
use crate::model::{Interface, Type};

/// Whether values of a record or variant can be nested in others of it.
pub(crate) fn is_recursive(interface: &Interface, target: &Type) -> bool {
    let fields = contents(interface, target);
    fields.into_iter().any(|ty| leads_to(interface, ty, target))
}

/// Whether values of `target`, a record or variant, can occur inside values of a type.
pub(crate) fn leads_to(interface: &Interface, ty: &Type, target: &Type) -> bool {
    reaches(interface, ty, |ty| ty == target)
}

/// Whether values of a type can contain a recursive record or variant.
pub(crate) fn holds_recursive(interface: &Interface, ty: &Type) -> bool {
    reaches(interface, ty, |ty| {
        matches!(ty, Type::Record(_) | Type::Variant(_)) && is_recursive(interface, ty)
    })
}

/// Whether a type, or a type that its values can contain, is wanted.
fn reaches(interface: &Interface, ty: &Type, is_wanted: impl Fn(&Type) -> bool) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![ty];
    while let Some(ty) = open.pop() {
        match ty {
            Type::Alias(id) => open.push(&interface[*id].ty),
            Type::Record(_) | Type::Variant(_) => {
                if seen.insert(ty) {
                    if is_wanted(ty) {
                        return true;
                    }
                    open.extend(contents(interface, ty));
                }
            }
            _ => open.extend(ty.parts()),
        }
    }
    false
}

/// Whether nothing reachable from a value can be changed by Python code.
pub(crate) fn is_acyclic(interface: &Interface, ty: &Type) -> bool {
    // A work list instead of recursion: long chains of records must not overflow the stack.
    let mut seen = HashSet::new();
    let mut open = vec![ty];
    while let Some(ty) = open.pop() {
        match ty {
            Type::Alias(id) => open.push(&interface[*id].ty),
            // Python code can assign any attribute of an exception.
            Type::Variant(id) if interface[*id].error => return false,
            Type::Enum(id) if interface[*id].error => return false,
            Type::Record(_) | Type::Variant(_) => {
                if seen.insert(ty) {
                    open.extend(contents(interface, ty));
                }
            }
            Type::Enum(_) | Type::Flags(_) => {}
            Type::Class(_) | Type::Callback { .. } | Type::Result { .. } | Type::Exception(_) => {
                return false;
            }
            // `list<u8>` is immutable `bytes`; any other list is a Python `list`.
            Type::Array { item, .. } if interface.is_byte(item) => {}
            Type::Array { .. } => return false,
            Type::View { .. } | Type::Protocol(_) => refused(),
            Type::Builtin(..) => match row_and_arguments(interface, ty) {
                Some((row, parts)) if !row.is_object && !row.is_mutable => open.extend(parts),
                _ => return false,
            },
        }
    }
    true
}
