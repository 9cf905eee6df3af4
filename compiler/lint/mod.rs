//! Advice on valid interface files: `pyidl lint`.
//!
//! The rules look at the syntax tree only. Each can be switched off for a project in `pyidl.toml`, and with `@lint.allow(…)` for
//! an item and its contents; before the package declaration, this means the whole file.

mod documentation;
mod naming;
mod shadowing;
mod signatures;
mod uses;
mod walk;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Diagnostics};
use crate::syntax::ast;

/// A rule, with its name in settings and attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Items that Python can see have documentation.
    MissingDocs,
    /// No bare `True` in calls: parameters of type `bool` are keyword-only.
    BoolPositional,
    /// No name of a module shadows one of Python's builtins.
    ShadowsBuiltin,
    /// No definition shadows a type or exception of the prelude.
    ShadowsPrelude,
    /// Every name that `use` imports is used.
    UnusedUse,
    /// Types are more specific than `any`.
    WideAny,
    /// A file uses only one way to join words in names.
    MixedNaming,
}

impl Rule {
    /// All rules.
    pub const ALL: [Self; 7] = [
        Self::MissingDocs,
        Self::BoolPositional,
        Self::ShadowsBuiltin,
        Self::ShadowsPrelude,
        Self::UnusedUse,
        Self::WideAny,
        Self::MixedNaming,
    ];

    /// The names of all rules, in the same order.
    pub const NAMES: [&'static str; 7] = [
        "missing-docs",
        "bool-positional",
        "shadows-builtin",
        "shadows-prelude",
        "unused-use",
        "wide-any",
        "mixed-naming",
    ];

    /// The name in settings and attributes.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The rule of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }

    /// The code of its findings.
    pub fn code(self) -> Code {
        match self {
            Self::MissingDocs => Code::MissingDocs,
            Self::BoolPositional => Code::BoolPositional,
            Self::ShadowsBuiltin => Code::ShadowsBuiltin,
            Self::ShadowsPrelude => Code::ShadowsPrelude,
            Self::UnusedUse => Code::UnusedUse,
            Self::WideAny => Code::WideAny,
            Self::MixedNaming => Code::MixedNaming,
        }
    }
}

/// The rules that are switched on or off; rules that are not named are on.
pub type Switches = BTreeMap<Rule, bool>;

/// Adds the findings of the rules in `file` to `diagnostics`. Missing parts of the tree are ignored.
pub fn lint(file: &ast::File, switches: &Switches, diagnostics: &mut Diagnostics) {
    let mut allowed = Vec::new();
    allowed.extend(
        Rule::ALL
            .into_iter()
            .filter(|rule| switches.get(rule) == Some(&false)),
    );
    let mut linter = walk::Linter::new(file, allowed, diagnostics);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_settings() {
        for rule in Rule::ALL {
            assert_eq!(
                serde_json::to_value(rule).unwrap(),
                serde_json::json!(rule.name())
            );
            assert_eq!(Rule::named(rule.name()), Some(rule));
        }
    }
}
