//! Advice on valid interface files: `pyidl lint`.
//!
//! The rules look at the syntax tree only. Each can be switched off for a project in `pyidl.toml`, and with `@lint.allow(…)` for
//! an item and its contents; before the package declaration, this means the whole file.

mod context;
mod documentation;
mod naming;
mod shadowing;
mod signatures;
mod uses;
mod walk;

pub use crate::advice::{Rule, Switches};
use crate::diagnostic::Diagnostics;
use crate::syntax::ast;

/// Adds the findings of the rules in `file` to `diagnostics`. Missing parts of the tree are ignored.
pub fn lint(file: &ast::File, switches: &Switches, diagnostics: &mut Diagnostics) {
    let mut allowed = Vec::new();
    allowed.extend(
        Rule::ALL
            .into_iter()
            .filter(|rule| switches.get(rule) == Some(&false)),
    );
    let mut linter = context::Linter::new(file, allowed, diagnostics);
    linter.file(file);
    uses::check(&mut linter, file);
    naming::check(&mut linter);
}

/// The rules that `@lint.allow(…)` in `attributes` names.
fn allowed_by(meta: &ast::Meta) -> impl Iterator<Item = Rule> {
    let is_allow = |attribute: &&ast::Attribute| {
        let parts = attribute.path.parts.iter().map(|part| part.text.as_str());
        parts.eq(["lint", "allow"])
    };
    let arguments = meta.attributes.iter().filter(is_allow);
    arguments
        .flat_map(|attribute| &attribute.arguments)
        .filter_map(|argument| match &argument.value {
            ast::AttributeValue::Literal(ast::Literal {
                kind: ast::LiteralKind::Case(paths),
                ..
            }) => paths.first()?.parts.first(),
            _ => None,
        })
        .filter_map(|name| Rule::named(&name.text))
}
