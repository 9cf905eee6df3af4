//! The TOML form of an interface file: tables for the structure, and strings in the language's syntax for signatures, types and
//! values.
//!
//! ```toml
//! package = "acme:wordcount@0.1.0"
//! doc = "Counting words."
//!
//! [func.words]
//! doc = "Splits text into lower-case words."
//! sig = "func(text: string, *, min-length: u32 = 1) -> list<string>"
//!
//! [class.counter]
//! doc = "A multiset of words."
//! constructor = "(words: list<string> = [])"
//! property.total = { type = "u64", readonly = true }
//! func.add = "mut func(word: string, times: u64 = 1) raises value-error"
//! operator.len = "func() -> u64"
//! ```
//!
//! `idl/TOML.md` lists all tables and keys. The result is the same [`ast::File`] as for the other form: items in source order,
//! and places that point into the strings. The ordinary parser reads the strings.

mod class;
#[cfg(feature = "tools")]
mod comments;
mod data;
mod document;
mod function;
mod items;
mod listed;
mod meta;
#[cfg(feature = "tools")]
mod print;
mod reader;
mod text;
mod world;

use super::ast;
use super::context::Context;
use super::lexer;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};
#[cfg(feature = "tools")]
pub(crate) use comments::comment_lines;
#[cfg(feature = "tools")]
pub(crate) use print::toml_text;
use reader::Reader;

/// The syntax tree of a file in the TOML form; see [`super::parse()`].
pub(super) fn parse(file: FileId, source: &str, diagnostics: &mut Diagnostics) -> ast::File {
    for (at, c) in source
        .char_indices()
        .filter(|&(_, c)| lexer::is_forbidden(c))
    {
        let span = Span::new(file, at as u32, (at + c.len_utf8()) as u32);
        let message = format!(
            "an invisible or misleading character (U+{:04X}) stands in the file",
            u32::from(c)
        );
        diagnostics.report(
            Diagnostic::new(Code::ForbiddenCharacter, span, message, "delete it").help(format!(
                "where a string needs it, write `\\u{:04x}`",
                u32::from(c)
            )),
        );
    }
    // They are read as line breaks, as intended.
    let with_ends;
    let source = match lexer::lone_return(source, file) {
        Some(finding) => {
            diagnostics.report(finding);
            with_ends = with_line_feeds(source);
            &with_ends
        }
        None => source,
    };
    let (root, damage) = document::parse(source, file, diagnostics);
    let mut reader = Reader::new(file, source, damage);
    let table = root.get_ref();
    let docs = match table.get("doc") {
        Some(value) => reader.docs(value),
        None => Vec::new(),
    };
    let package = table.get_key_value("package");
    let package = package.and_then(|(key, value)| reader.package(document::Entry { key, value }));
    let items = reader.items(table, Context::File);
    let (found, stray) = reader.finish();
    diagnostics.extend(found);
    if !diagnostics.has_errors() {
        for diagnostic in stray {
            diagnostics.report(diagnostic);
        }
    }
    ast::File {
        docs,
        package,
        items,
        span: Span::new(file, 0, source.len() as u32),
    }
}

/// The text with each lone carriage return replaced by a line feed.
fn with_line_feeds(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut start = 0;
    for at in lexer::lone_returns(source) {
        text.push_str(&source[start..at]);
        text.push('\n');
        start = at + 1;
    }
    text.push_str(&source[start..]);
    text
}
