//! The arguments of attributes.

use super::declarations::NameCase;
use super::findings::Findings;
use crate::advice::Rule;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::{Deprecation, RecordStyle};
use crate::source::Span;
use crate::syntax::ast::{self, AttributeArgument, AttributeValue, LiteralKind};

/// An attribute and its spelling.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) attribute: &'a ast::Attribute,
    pub(super) form: &'static str,
}

impl Given<'_> {
    fn help(self) -> String {
        format!("write `{}`", self.form)
    }
}

fn argument_error(findings: &mut Findings, span: Span, message: &str, help: &str) {
    findings.report(Diagnostic::new(Code::AttributeArgument, span, message, "").help(help));
}

/// The only argument of an attribute, without a name.
fn one_argument<'a>(findings: &mut Findings, given: Given<'a>) -> Option<&'a AttributeArgument> {
    let name = given.form.split('(').next().unwrap_or(given.form);
    match given.attribute.arguments.as_slice() {
        [] => {
            let span = given.attribute.span;
            argument_error(
                findings,
                span,
                "this attribute needs an argument",
                &given.help(),
            );
            None
        }
        [argument] => Some(argument),
        [_, further, ..] => {
            let message = format!("`{name}` takes one argument");
            argument_error(findings, further.span, &message, &given.help());
            None
        }
    }
}

/// Reports unexpected arguments; returns true if there are any.
pub(super) fn no_arguments(findings: &mut Findings, given: Given<'_>) -> bool {
    if let Some(argument) = given.attribute.arguments.first() {
        let message = "this attribute takes no arguments";
        argument_error(findings, argument.span, message, &given.help());
    }
    true
}

/// The string argument of an attribute, with its place.
pub(super) fn string_argument<'a>(
    findings: &mut Findings,
    given: Given<'a>,
) -> Option<(&'a str, Span)> {
    let argument = one_argument(findings, given)?;
    match (&argument.name, string(&argument.value)) {
        (None, Some(text)) => Some((text, argument.span)),
        _ => {
            let name = given.form.split('(').next().unwrap_or(given.form);
            let message = format!("`{name}` takes a string");
            let help = match word(&argument.value) {
                Some(word) => format!("write `{name}(\"{}\")`", word.text),
                None => given.help(),
            };
            argument_error(findings, argument.span, &message, &help);
            None
        }
    }
}

/// The word argument of an attribute: one of `words`, or any word if the list is empty.
pub(super) fn word_argument<'a>(
    findings: &mut Findings,
    given: Given<'a>,
    words: &[&str],
) -> Option<&'a ast::Name> {
    let argument = one_argument(findings, given)?;
    let word = word(&argument.value).filter(|_| argument.name.is_none());
    if let Some(word) = word
        && (words.is_empty() || words.contains(&word.text.as_str()))
    {
        return Some(word);
    }
    let nearest = word.and_then(|word| suggest::nearest(&word.text, words.iter().copied()));
    let name = given.form.split('(').next().unwrap_or(given.form);
    let message = match words {
        [] => format!("`{name}` takes a name"),
        [word] => format!("`{name}` can only `{word}`"),
        _ => format!("`{name}` takes `{}`", words.join("` or `")),
    };
    let help = match nearest {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => given.help(),
    };
    argument_error(findings, argument.span, &message, &help);
    None
}

/// The argument of `@py.record`.
pub(super) fn record_style(findings: &mut Findings, given: Given<'_>) -> RecordStyle {
    let word = word_argument(findings, given, &["dataclass", "named-tuple", "typed-dict"]);
    match word.map(|word| word.text.as_str()) {
        Some("named-tuple") => RecordStyle::NamedTuple,
        Some("typed-dict") => RecordStyle::TypedDict,
        _ => RecordStyle::DataClass,
    }
}

/// The argument of `@py.names`.
pub(super) fn name_case(findings: &mut Findings, given: Given<'_>) -> Option<NameCase> {
    let word = word_argument(findings, given, &["camel-case", "snake-case"])?;
    Some(match word.text.as_str() {
        "camel-case" => NameCase::Camel,
        _ => NameCase::Snake,
    })
}

/// `@since(version = 1.2.0)`, `@unstable(feature = name)`
pub(super) fn gate(findings: &mut Findings, given: Given<'_>, name: &str) {
    let fits = match given.attribute.arguments.as_slice() {
        [argument] => match argument.name.as_ref().map(|name| name.text.as_str()) {
            Some("version") if name == "since" => {
                matches!(argument.value, AttributeValue::Version(_))
            }
            Some("feature") if name != "since" => word(&argument.value).is_some(),
            _ => false,
        },
        _ => false,
    };
    if !fits {
        let message = format!("these are not the arguments of `@{name}`");
        let help = match given.attribute.arguments.as_slice() {
            [argument] => filled_gate(name, argument).unwrap_or_else(|| given.help()),
            _ => given.help(),
        };
        argument_error(findings, given.attribute.span, &message, &help);
    }
}

/// The rules that `@lint.allow` lists.
pub(super) fn lints(findings: &mut Findings, given: Given<'_>) {
    if given.attribute.arguments.is_empty() {
        let message = "this attribute needs the name of a lint";
        argument_error(findings, given.attribute.span, message, &given.help());
    }
    for argument in &given.attribute.arguments {
        let word = word(&argument.value).filter(|_| argument.name.is_none());
        let known = word.is_some_and(|word| Rule::NAMES.contains(&word.text.as_str()));
        if known {
            continue;
        }
        let text = string(&argument.value).or(word.map(|word| word.text.as_str()));
        let nearest = text.and_then(|text| match Rule::NAMES.contains(&text) {
            true => Some(text),
            false => suggest::nearest(text, Rule::NAMES),
        });
        let help = match nearest {
            Some(nearest) if word.is_none() => format!("write `@lint.allow({nearest})`"),
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("there are `{}`", Rule::NAMES.join("`, `")),
        };
        argument_error(findings, argument.span, "there is no such lint", &help);
    }
}

/// The arguments of `@deprecated`.
pub(super) fn deprecation(findings: &mut Findings, attribute: &ast::Attribute) -> Deprecation {
    const HELP: &str =
        "write `@deprecated(version = 1.2.0, message = \"…\")`, or leave out one or both";
    let mut deprecation = Deprecation::default();
    for argument in &attribute.arguments {
        let span = argument.span;
        match (
            argument.name.as_ref().map(|name| name.text.as_str()),
            &argument.value,
        ) {
            (Some("version"), AttributeValue::Version(version)) => {
                deprecation.version = Some(version.text.clone());
            }
            (Some("version"), value) => match string(value) {
                Some(text) => deprecation.version = Some(text.to_owned()),
                None => argument_error(findings, span, "a version has three numbers", HELP),
            },
            (Some("message"), value) => match string(value) {
                Some(text) => deprecation.message = Some(text.to_owned()),
                None => argument_error(findings, span, "the message must be a string", HELP),
            },
            (Some(name), _) => {
                let message = format!("`@deprecated` has no argument `{name}`");
                let help = match suggest::nearest(name, ["version", "message"]) {
                    Some(nearest) => format!("did you mean `{nearest}`?"),
                    None => HELP.to_owned(),
                };
                argument_error(findings, span, &message, &help);
            }
            (None, value) => {
                let help = match string(value) {
                    Some(text) => format!("write `@deprecated(message = \"{text}\")`"),
                    None => HELP.to_owned(),
                };
                argument_error(
                    findings,
                    span,
                    "arguments of `@deprecated` have names",
                    &help,
                );
            }
        }
    }
    deprecation
}

/// A suggestion for a gate whose version or feature is written in another form.
fn filled_gate(name: &str, argument: &AttributeArgument) -> Option<String> {
    let text = match &argument.value {
        AttributeValue::Version(version) => version.text.clone(),
        value => match (string(value), word(value)) {
            (Some(text), _) => text.to_owned(),
            (_, Some(word)) => word.text.clone(),
            _ => return None,
        },
    };
    let is_version = text.split('.').count() == 3
        && text
            .split('.')
            .all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    match name {
        "since" if is_version => Some(format!("write `@since(version = {text})`")),
        "unstable" if !text.contains(['.', ' ']) => {
            Some(format!("write `@unstable(feature = {text})`"))
        }
        _ => None,
    }
}

fn string(value: &AttributeValue) -> Option<&str> {
    match value {
        AttributeValue::Literal(ast::Literal {
            kind: LiteralKind::String(text),
            ..
        }) => Some(text),
        _ => None,
    }
}

fn word(value: &AttributeValue) -> Option<&ast::Name> {
    match value {
        AttributeValue::Literal(ast::Literal {
            kind: LiteralKind::Case(paths),
            ..
        }) => match paths.as_slice() {
            [path] if path.parts.len() == 1 => Some(&path.parts[0]),
            _ => None,
        },
        _ => None,
    }
}
