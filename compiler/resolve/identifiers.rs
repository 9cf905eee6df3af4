//! Declared names, those of imported Python modules included: which are valid, and what they are in Python.

use super::context::Context;
use super::declarations::{Attributes, NameCase};
use super::findings::Findings;
use super::lookup::Where;
use crate::diagnostic::{Code, Diagnostic};
use crate::model;
use crate::names;
use crate::source::Span;
use crate::syntax::ast;

/// The checked name of an item.
pub(super) fn declared_name(
    findings: &mut Findings,
    name: &ast::Name,
    attributes: &Attributes,
) -> model::Name {
    if is_dunder(&name.text) {
        let word = name.text.trim_matches('_');
        let operator = model::OperatorKind::ALL
            .iter()
            .find(|(.., python)| *python == name.text);
        let diagnostic = reserved(name.span, &name.text);
        findings.report(match operator {
            Some((_, word, _)) => {
                diagnostic.help(format!("write `operator {word}: func…` in a class"))
            }
            None if word == "init" => diagnostic.help("write `constructor(…);` in a class"),
            None => diagnostic,
        });
    } else if names::words(&name.text).is_empty() {
        findings.error(
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

/// Like [`declared_name`], for a function, method, property, parameter or field: without `@py.name`, the module's naming
/// convention applies.
pub(super) fn value_name(
    cx: &mut Context,
    at: Where,
    name: &ast::Name,
    attributes: &Attributes,
) -> model::Name {
    let mut name = declared_name(cx.findings, name, attributes);
    if name.python.is_none() && cx.names.declared[at.module].case == NameCase::Camel {
        let camel = names::camel(&name.text);
        // A name of one word is the same in every convention.
        if camel != names::snake(&name.text) {
            name.python = Some(names::python_identifier(camel));
        }
    }
    name
}

/// Checks the name in `@py.name`.
pub(super) fn python_name(findings: &mut Findings, text: &str, span: Span) -> Option<String> {
    if is_dunder(text) {
        findings.report(reserved(span, text));
    } else if names::python_keyword(text) {
        let message = format!("`{text}` is a keyword of Python");
        findings.report(
            Diagnostic::new(
                Code::ReservedName,
                span,
                message,
                "cannot be used as a name",
            )
            .help(format!("write another name, such as `\"{text}_\"`")),
        );
    } else if !is_identifier(text) {
        findings.error(
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

/// Checks the Python name of an imported module.
pub(super) fn check_python_module(findings: &mut Findings, module: &ast::Text) {
    let text = module.value.as_str();
    let wrong = text
        .split('.')
        .find(|part| !is_identifier(part) || names::python_keyword(part));
    let Some(part) = wrong else {
        return;
    };
    let message = match part {
        _ if text.starts_with('.') => {
            format!("{text:?} is relative, and there is nothing that it could be relative to")
        }
        _ if part == text => format!("{text:?} cannot be the name of a module of Python"),
        _ => format!("{text:?} cannot be the name of a module of Python, because of {part:?}"),
    };
    findings.report(
        Diagnostic::new(Code::PythonName, module.span, message, "")
            .help("write the name as after Python's `import`: \"package.module\""),
    );
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

/// A name without one for Python.
pub(super) fn plain_name(name: &ast::Name) -> model::Name {
    model::Name {
        text: name.text.clone(),
        python: None,
        span: name.span,
    }
}

/// The place of the name of a member, or of the word `constructor`.
pub(super) fn member_place(item: &ast::Item) -> Span {
    let head = item.span.start + "constructor".len() as u32;
    match item.kind.name() {
        Some(name) => name.span,
        None => Span {
            end: item.span.end.min(head),
            ..item.span
        },
    }
}
