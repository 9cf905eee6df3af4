//! Unions as enums.

use serde::Serialize;

use crate::emit::language::rust::layout::{self, Layout};
use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::types::Speller;
use crate::emit::rust::{derives, docs};
use crate::lower::conversion::Side;
use crate::lower::instances::mentions_object;
use crate::lower::names::rust_type;
use crate::lower::unions::{cases, members};
use crate::model::{AliasId, Type};

/// A union: an enum with a case for each type.
#[derive(Serialize)]
pub(crate) struct UnionView {
    docs: Vec<String>,
    /// Whether the sizes of cases may differ.
    uneven: bool,
    derives: String,
    name: String,
    cases: Vec<String>,
}

/// Where cases are declared.
const INDENT: usize = 4;

/// The enum for an alias of a union; none for other aliases.
pub(crate) fn union(scope: &Scope<'_>, id: AliasId) -> Option<UnionView> {
    let interface = scope.interface;
    let alias = &interface[id];
    let members = members(&alias.ty)?;
    let has_objects = mentions_object(interface, &alias.ty);
    let lifetime = has_objects.then(|| "'py".into());
    let name = Layout::generic(rust_type(&alias.name), lifetime.into_iter().collect());
    let speller = Speller::plain(scope);
    let cases = cases(interface, members);
    let cases = cases.iter().zip(members).map(|(name, ty)| {
        let ty = speller.value(ty, Side::Field);
        layout::tuple_case(name, &[ty], INDENT)
    });
    Some(UnionView {
        docs: docs::lines(&alias.docs),
        uneven: members.len() > 1,
        derives: match has_objects {
            true => scope.derive(&["Debug"]),
            false => derives(scope, &Type::Alias(id)),
        },
        name: name.one_line(),
        cases: cases.collect(),
    })
}
