//! Which traits Rust types can derive, by the types that they contain.

use std::collections::HashSet;

use crate::lower::exceptions::descendants;
use crate::lower::types::{Has, Row, row_and_arguments};
use crate::model::{Field, Interface, Payload, Type};

/// Whether a type has `property`, a column of the type table; a record has it if all fields do, a variant if all payloads do.
pub(crate) fn has(interface: &Interface, ty: &Type, property: fn(&Row) -> Has) -> bool {
    // A work list instead of recursion: long chains of records must not overflow the stack.
    let mut seen = HashSet::new();
    let mut open = vec![ty];
    while let Some(ty) = open.pop() {
        match ty {
            Type::Alias(id) => open.push(&interface[*id].ty),
            Type::Enum(_) | Type::Flags(_) => {}
            Type::Class(_) | Type::Callback { .. } | Type::Exception(_) => return false,
            Type::Array { .. } | Type::Result { .. } => open.extend(ty.parts()),
            Type::Record(_) | Type::Variant(_) => {
                if seen.insert(ty) {
                    open.extend(contents(interface, ty));
                }
            }
            Type::View { .. } | Type::Protocol(_) => crate::lower::refused(),
            Type::Builtin(..) => {
                match row_and_arguments(interface, ty).map(|(row, parts)| (property(&row), parts)) {
                    Some((Has::Always, _)) => {}
                    Some((Has::LikeArguments, parts)) => open.extend(parts),
                    Some((Has::Never, _)) | None => return false,
                }
            }
        }
    }
    true
}

/// The types of the fields of a record or exception, or of the payloads of a variant.
pub(crate) fn contents<'i>(interface: &'i Interface, ty: &Type) -> Vec<&'i Type> {
    let fields = |fields: &'i [Field]| fields.iter().map(|field| &field.ty).collect::<Vec<_>>();
    match ty {
        Type::Record(id) => fields(&interface[*id].fields),
        Type::Variant(id) => interface[*id]
            .cases
            .iter()
            .flat_map(|case| match &case.payload {
                Payload::None => Vec::new(),
                Payload::Tuple(types) => types.iter().collect(),
                Payload::Fields(all) => fields(all),
            })
            .collect(),
        Type::Exception(id) => {
            let own = std::iter::successors(Some(*id), |id| interface[*id].base);
            let below = descendants(interface, *id).into_iter().skip(1);
            let all = own.chain(below.map(|(_, id)| id));
            all.flat_map(|id| fields(&interface[id].fields)).collect()
        }
        _ => Vec::new(),
    }
}
