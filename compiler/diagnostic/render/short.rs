//! Findings as one line each.

use std::fmt::Write;

use super::super::{Diagnostic, Severity};
use super::printable;
use crate::source::SourceMap;

/// `path:line:column: error[E0201]: message`, a line for each finding, in the given order. Lines and columns count from one,
/// columns in characters.
pub fn short(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let span = diagnostic.primary.span;
        let place = sources.place(span.file, span.start);
        let severity = severity(diagnostic);
        let path = sources.path(span.file).display();
        let (code, message) = (diagnostic.code.as_str(), printable(&diagnostic.message));
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{path}:{}:{}: {severity}[{code}]: {message}",
            place.line, place.column
        );
    }
    text
}

/// `error` or `warning`.
pub(super) fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
