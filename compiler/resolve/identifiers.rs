//! Declared names: invalid names, and names for Python only.

use super::Resolver;
use super::attributes::{Attributes, NameCase};
use super::context::Where;
use crate::diagnostic::{Code, Diagnostic};
use crate::model;
use crate::names;
use crate::source::Span;
use crate::syntax::ast;

impl Resolver<'_, '_> {
    /// The checked name of an item.
    pub(super) fn name(&mut self, name: &ast::Name, attributes: &Attributes) -> model::Name {
        if is_dunder(&name.text) {
            let word = name.text.trim_matches('_');
            let operator = model::OperatorKind::ALL
                .iter()
                .find(|(.., python)| *python == name.text);
            let diagnostic = reserved(name.span, &name.text);
            self.report(match operator {
                Some((_, word, _)) => {
                    diagnostic.help(format!("write `operator {word}: func…` in a class"))
                }
                None if word == "init" => diagnostic.help("write `constructor(…);` in a class"),
                None => diagnostic,
            });
        } else if names::words(&name.text).is_empty() {
            self.error(
                Code::ReservedName,
                name.span,
                format!("`{}` is no name: it has no letters", name.text),
                "",
            );
        }
        model::Name {
            text: name.text.clone(),
            python: attributes.python.clone(),
            span: name.span,
        }
    }

    /// Like [`Resolver::name`], for a function, method, property, parameter or field: without `@py.name`, the module's naming
    /// convention applies.
    pub(super) fn value_name(
        &mut self,
        at: Where,
        name: &ast::Name,
        attributes: &Attributes,
    ) -> model::Name {
        let mut name = self.name(name, attributes);
        if name.python.is_none() && self.declared[at.module].case == NameCase::Camel {
            let camel = names::camel(&name.text);
            // A name of one word is the same in every convention.
            if camel != names::snake(&name.text) {
                name.python = Some(names::python_identifier(camel));
            }
        }
        name
    }

    /// Checks the name in `@py.name`.
    pub(super) fn python_name(&mut self, text: &str, span: Span) -> Option<String> {
        if is_dunder(text) {
            self.report(reserved(span, text));
        } else if names::python_keyword(text) {
            let message = format!("`{text}` is a keyword of Python");
            self.report(
                Diagnostic::new(
                    Code::ReservedName,
                    span,
                    message,
                    "cannot be used as a name",
                )
                .help(format!("write another name, such as `\"{text}_\"`")),
            );
        } else if !is_identifier(text) {
            self.error(
                Code::PythonName,
                span,
                format!("{text:?} is no name in Python"),
                "letters, digits and underscores, no digit first",
            );
        } else {
            return Some(text.to_owned());
        }
        None
    }
}

/// Whether Python accepts `text` as a name. This is slightly stricter: no characters that Unicode normalisation splits in two.
pub(super) fn is_identifier(text: &str) -> bool {
    let start = |c: char| c == '_' || c.is_alphabetic();
    text.starts_with(start) && text.chars().all(|c| start(c) || c.is_ascii_digit())
}

fn is_dunder(text: &str) -> bool {
    text.len() > 4 && text.starts_with("__") && text.ends_with("__")
}

fn reserved(span: Span, text: &str) -> Diagnostic {
    let message = format!("names like `{text}` belong to Python");
    Diagnostic::new(Code::ReservedName, span, message, "")
}
