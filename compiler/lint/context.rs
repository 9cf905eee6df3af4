//! What a rule gets besides the node it checks: which rules are on there, and where findings go.

use super::{Rule, allowed_by};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Span;
use crate::syntax::ast::{self, Item, ItemKind, LiteralKind, Meta, Name};

/// The owner of a list of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// A file, an interface or a world: its items are names of a Python module.
    Module,
    /// A class or protocol.
    Class,
    /// An imported Python module, whose contents are decided elsewhere.
    Import,
}

/// The state of a walk.
pub(super) struct Linter<'a, 'd> {
    diagnostics: &'d mut Diagnostics,
    /// Rules that are off at the current position, each as often as it was switched off.
    allowed: Vec<Rule>,
    /// The types that the file declares or imports.
    pub(super) declared: Vec<&'a str>,
    /// Every declared name for which the naming rule is on.
    pub(super) names: Vec<&'a Name>,
}

impl<'a, 'd> Linter<'a, 'd> {
    /// For `file`, with the rules in `allowed` switched off.
    pub(super) fn new(
        file: &'a ast::File,
        mut allowed: Vec<Rule>,
        diagnostics: &'d mut Diagnostics,
    ) -> Self {
        allowed.extend(file.package.iter().flat_map(|it| allowed_by(&it.meta)));
        Self {
            diagnostics,
            allowed,
            declared: Vec::new(),
            names: Vec::new(),
        }
    }

    /// Adds a finding unless its rule is off here.
    pub(super) fn report(
        &mut self,
        rule: Rule,
        span: Span,
        message: impl Into<String>,
        label: &str,
        help: impl Into<String>,
    ) {
        if self.is_on(rule) {
            let finding = Diagnostic::new(rule.code(), span, message, label);
            self.diagnostics.report(finding.help(help));
        }
    }

    pub(super) fn is_on(&self, rule: Rule) -> bool {
        !self.allowed.contains(&rule)
    }

    /// Runs `work` with the rules off that `meta` switches off.
    pub(super) fn within(&mut self, meta: &Meta, work: impl FnOnce(&mut Self)) {
        let before = self.allowed.len();
        self.allowed.extend(allowed_by(meta));
        work(self);
        self.allowed.truncate(before);
    }
}

/// The name that an item declares, and whether it is a type's.
pub(super) fn item_name(item: &Item) -> Option<(&Name, bool)> {
    let is_operator = matches!(item.kind, ItemKind::Operator(_));
    let name = item.kind.name().filter(|_| !is_operator)?;
    Some((name, item.kind.is_type()))
}

/// The Python name that `@py.name("…")` gives.
pub(super) fn python_name(meta: &Meta) -> Option<&str> {
    let is_name = |attribute: &&ast::Attribute| {
        let parts = attribute.path.parts.iter().map(|part| part.text.as_str());
        parts.eq(["py", "name"])
    };
    let argument = meta.attributes.iter().find(is_name)?.arguments.first()?;
    match &argument.value {
        ast::AttributeValue::Literal(ast::Literal {
            kind: LiteralKind::String(text),
            ..
        }) => Some(text),
        _ => None,
    }
}
