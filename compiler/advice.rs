//! The rules of `pyidl lint`, which settings and `@lint.allow(…)` name.

use std::collections::BTreeMap;

use crate::diagnostic::Code;

/// A rule, with its name in settings and attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_settings() {
        for rule in Rule::ALL {
            assert_eq!(Rule::named(rule.name()), Some(rule));
        }
    }
}
