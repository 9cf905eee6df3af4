//! Findings as JSON objects.

use serde::Serialize;

use super::super::Diagnostic;
use super::short::severity;
use crate::source::{Place, SourceMap, Span};

/// The JSON form of a finding.
#[derive(Serialize)]
struct Object<'a> {
    /// `error` or `warning`.
    severity: &'static str,
    /// `E0201`.
    code: &'static str,
    /// The message, in one sentence.
    message: &'a str,
    /// The place of the error.
    #[serde(flatten)]
    primary: Location<'a>,
    /// Causes elsewhere.
    causes: Vec<Location<'a>>,
    /// What to type instead; an entry for each line.
    help: &'a [String],
}

#[derive(Serialize)]
struct Location<'a> {
    /// The path as the user gave it.
    path: String,
    /// The place of the first character.
    start: Position,
    /// The place after the last character.
    end: Position,
    /// The label of the place; may be empty.
    label: &'a str,
}

#[derive(Serialize)]
struct Position {
    /// From 1.
    line: usize,
    /// From 1, in characters.
    column: usize,
    /// From 0, in bytes of the file.
    offset: u32,
}

/// A line with a JSON object for each finding, in the given order:
///
/// ```json
/// {"severity": "error", "code": "E0201", "message": "expected a type, found `;`",
///  "path": "idl/x.pyidl", "start": {"line": 3, "column": 9, "offset": 40}, "end": {"line": 3, "column": 10, "offset": 41},
///  "label": "a type belongs here", "causes": [], "help": ["types are written as `u32`"]}
/// ```
///
/// `schema.json` beside this directory describes the format completely.
pub fn json(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let object = Object {
            severity: severity(diagnostic),
            code: diagnostic.code.as_str(),
            message: &diagnostic.message,
            primary: location(diagnostic.primary.span, &diagnostic.primary.text, sources),
            causes: diagnostic
                .secondary
                .iter()
                .map(|label| location(label.span, &label.text, sources))
                .collect(),
            help: &diagnostic.help,
        };
        // Strings and numbers always have a JSON form.
        text.extend(serde_json::to_string(&object));
        text.push('\n');
    }
    text
}

fn location<'a>(span: Span, label: &'a str, sources: &SourceMap) -> Location<'a> {
    let position = |offset| {
        let Place { line, column } = sources.place(span.file, offset);
        Position {
            line,
            column,
            offset,
        }
    };
    Location {
        path: sources.path(span.file).display().to_string(),
        start: position(span.start),
        end: position(span.end),
        label,
    }
}
