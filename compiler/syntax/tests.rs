//! The parser as a whole.

use super::*;
use crate::diagnostic::render;

/// The tree of a text and its findings, in short form.
fn parsed(text: &str) -> (ast::File, String) {
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let file = sources.add("x", text);
    let tree = parse(file, &sources, &mut diagnostics);
    (tree, render::short(&diagnostics.sorted(), &sources))
}

#[test]
fn prelude() {
    assert_eq!(parsed(include_str!("../../idl/prelude.pyidl")).1, "");
}
