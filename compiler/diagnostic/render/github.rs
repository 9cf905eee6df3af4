//! Annotations that GitHub Actions shows beside the lines of a pull request.

use std::fmt::Write;

use super::super::Diagnostic;
use super::printable;
use super::short::severity;
use crate::source::SourceMap;

/// `::error file=idl/x.pyidl,line=3,col=9,endLine=3,endColumn=10,title=E0201::message`, a line for each finding; label, causes
/// and help are further lines of the message. See GitHub's documentation of workflow commands. Lines and columns count from one,
/// columns in characters; the end is the place after the last character.
pub fn github(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let span = diagnostic.primary.span;
        let (start, end) = (
            sources.place(span.file, span.start),
            sources.place(span.file, span.end),
        );
        let mut message = diagnostic.message.clone();
        if !diagnostic.primary.text.is_empty() {
            // Writing to a string cannot fail.
            let _ = write!(message, ": {}", diagnostic.primary.text);
        }
        for cause in &diagnostic.secondary {
            let place = sources.place(cause.span.file, cause.span.start);
            let path = sources.path(cause.span.file).display();
            let _ = write!(
                message,
                "\n{path}:{}:{}: {}",
                place.line, place.column, cause.text
            );
        }
        for help in &diagnostic.help {
            let _ = write!(message, "\nhelp: {help}");
        }
        let _ = writeln!(
            text,
            "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}",
            severity(diagnostic),
            property(&sources.path(span.file).display().to_string()),
            start.line,
            start.column,
            end.line,
            end.column,
            diagnostic.code.as_str(),
            data(&message),
        );
    }
    text
}

/// The annotation of a whole file.
#[cfg(feature = "cli")]
pub(crate) fn github_file(path: &str, title: &str, message: &str) -> String {
    let (path, title) = (property(path), property(title));
    format!("::error file={path},title={title}::{}\n", data(message))
}

/// The message of a command.
fn data(text: &str) -> String {
    printable(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property, which also ends at a comma or colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
