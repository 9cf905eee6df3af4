//! `@message`: the message of a case that functions fail with; its fields are in braces.

use super::context::Define;
use super::declarations::Written;
use super::findings::Findings;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::{ItemId, Message, MessagePart};
use crate::source::Span;
use crate::syntax::ast;

/// What is wrong with a message.
#[derive(Debug, PartialEq)]
enum Fault<'a> {
    /// The message is empty.
    Empty,
    /// A `{` has no closing `}`.
    Unclosed,
    /// A `}` has no opening `{`.
    Unopened,
    /// This text in braces is not a field.
    NoField(&'a str),
}

/// The message of `case`, which belongs to `item` and has the payload `payload`; none if there is none or an error was
/// already reported.
pub(super) fn message(
    cx: &mut Define,
    written: Option<&Written>,
    item: ItemId,
    case: &ast::Name,
    payload: &ast::Payload,
) -> Option<Message> {
    let written = written?;
    cx.messages.push((item, written.attribute));
    let fields = field_names(payload);
    match parts(&written.text, &fields) {
        Ok(parts) => Some(Message(parts)),
        Err(fault) => {
            message_fault(cx.findings, &fault, written.string, case, &fields);
            None
        }
    }
}

fn message_fault(
    findings: &mut Findings,
    fault: &Fault<'_>,
    span: Span,
    case: &ast::Name,
    fields: &[String],
) {
    let code = Code::AttributeArgument;
    let case = &case.text;
    let diagnostic = match *fault {
        Fault::Empty => Diagnostic::new(code, span, "a message cannot be empty", "")
            .help("write what went wrong, or delete the attribute: then it is the name of the case and what it carries"),
        Fault::Unclosed => Diagnostic::new(code, span, "a `{` in this message is not closed", "a `}` is missing")
            .help("write `{{` for a brace that is text"),
        Fault::Unopened => Diagnostic::new(code, span, "a `}` in this message closes nothing", "one `}` too many")
            .help("write `}}` for a brace that is text"),
        Fault::NoField("") => Diagnostic::new(code, span, "these braces are empty", "nothing is named here")
            .help(carried(case, fields)),
        Fault::NoField(name) => {
            let message = format!("`{case}` carries no `{}`", name.escape_debug());
            // `{size:>5}` and `{size!r}`, as in Python and Rust.
            let field = name.split([':', '!', '.', '[']).next().unwrap_or(name).trim();
            let known = fields.iter().map(String::as_str);
            let help = match suggest::nearest(field, known) {
                _ if fields.iter().any(|it| it == field) => format!(
                    "write `{{{field}}}`: values are shown as by `str`, and nothing else stands in the braces"
                ),
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None => carried(case, fields),
            };
            Diagnostic::new(code, span, message, "braces contain what the case carries").help(help)
        }
    };
    findings.report(diagnostic);
}

/// The valid contents of braces: named fields by their names, unnamed values by their names in Python.
fn field_names(payload: &ast::Payload) -> Vec<String> {
    match payload {
        ast::Payload::None => Vec::new(),
        ast::Payload::Tuple(types) if types.len() == 1 => vec!["value".to_owned()],
        ast::Payload::Tuple(types) => (0..types.len()).map(|it| format!("value{it}")).collect(),
        ast::Payload::Fields(fields) => fields.iter().map(|it| it.name.text.clone()).collect(),
    }
}

/// An example message for a case.
fn carried(case: &str, fields: &[String]) -> String {
    let names: Vec<_> = fields.iter().map(|name| format!("`{{{name}}}`")).collect();
    let braces = "for braces that are text write `{{` and `}}`";
    match names.len() {
        0 => format!("`{case}` carries nothing; {braces}"),
        1 => format!("there is {}; {braces}", names.join("")),
        _ => format!("there are {}; {braces}", names.join(", ")),
    }
}

/// The parts of an example message for a case with these fields.
fn parts<'a>(text: &'a str, fields: &[String]) -> Result<Vec<MessagePart>, Fault<'a>> {
    if text.trim().is_empty() {
        return Err(Fault::Empty);
    }
    let mut parts = Vec::new();
    let (mut plain, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from_brace) = rest.split_at(at);
        plain.push_str(before);
        let (brace, after) = from_brace.split_at(1);
        if let Some(after) = after.strip_prefix(brace) {
            plain.push_str(brace);
            rest = after;
            continue;
        }
        if brace == "}" {
            return Err(Fault::Unopened);
        }
        let end = after.find(['{', '}']).ok_or(Fault::Unclosed)?;
        let (name, from_end) = after.split_at(end);
        rest = from_end.strip_prefix('}').ok_or(Fault::Unclosed)?;
        let same = |field: &String| kebab(field) == kebab(name.strip_prefix('%').unwrap_or(name));
        let field = fields.iter().position(same).ok_or(Fault::NoField(name))?;
        if !plain.is_empty() {
            parts.push(MessagePart::Text(std::mem::take(&mut plain)));
        }
        parts.push(MessagePart::Field(field));
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        parts.push(MessagePart::Text(plain));
    }
    Ok(parts)
}

/// `min-length` and `min_length` are the same name.
fn kebab(name: &str) -> String {
    name.replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::{Fault, parts};
    use crate::model::MessagePart::{Field, Text};

    #[test]
    fn messages_are_taken_apart() {
        let fields = ["path".to_owned(), "exit-code".to_owned()];
        let of = |text| parts(text, &fields);
        let text = |text: &str| Text(text.to_owned());
        assert_eq!(of("no luck"), Ok(vec![text("no luck")]));
        let expected = vec![text("no "), Field(0), text(": "), Field(1), Field(1)];
        assert_eq!(of("no {path}: {exit-code}{exit_code}"), Ok(expected));
        let expected = vec![text("ä{path}{"), Field(0), text("} ö")];
        assert_eq!(of("ä{{path}}{{{path}}} ö"), Ok(expected));
        assert_eq!(of("{%path}"), Ok(vec![Field(0)]));
        assert_eq!(of(" "), Err(Fault::Empty));
        for unclosed in ["{", "{{{", "no {path", "{path {path}"] {
            assert_eq!(of(unclosed), Err(Fault::Unclosed), "{unclosed}");
        }
        for unopened in ["}", "{path}}", "{{path}"] {
            assert_eq!(of(unopened), Err(Fault::Unopened), "{unopened}");
        }
        assert_eq!(of("{}"), Err(Fault::NoField("")));
        assert_eq!(of("{Path}"), Err(Fault::NoField("Path")));
        assert_eq!(of("{path!r}"), Err(Fault::NoField("path!r")));
    }
}
