//! Unions as enums.

use serde::Serialize;

use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::types::Speller;
use crate::emit::rust::{declared, derives, docs};
use crate::lower::alias::{Alias, Union};
use crate::lower::conversion::Side;
use crate::render::layout::Layout;

/// A union: an enum with a case for each type.
#[derive(Serialize)]
pub(crate) struct UnionView {
    docs: Layout,
    /// Whether the sizes of cases may differ.
    uneven: bool,
    derives: String,
    name: String,
    cases: Vec<Layout>,
}

/// The enum for an alias of a union.
pub(crate) fn union(scope: &Scope<'_>, alias: &Alias, union: &Union) -> UnionView {
    let speller = Speller::plain(scope);
    let cases = union.cases.iter().map(|(name, ty)| {
        let ty = speller.value(ty, Side::Field);
        Layout::case(name, vec![ty])
    });
    UnionView {
        docs: docs::lines(&alias.head.docs),
        uneven: union.cases.len() > 1,
        derives: match alias.has_objects {
            true => scope.derive(&["Debug"]),
            false => derives(scope, alias.contents),
        },
        name: declared(alias),
        cases: cases.collect(),
    }
}
