//! Parses TOML text to a tree of keys and values, with its TOML errors.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue, Error};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

/// The root table of a text. Invalid parts are guesses.
pub(super) fn parse<'s>(
    source: &'s str,
    file: FileId,
    diagnostics: &mut Diagnostics,
) -> (Spanned<DeTable<'s>>, Damage) {
    let (root, mut errors) = DeTable::parse_recoverable(source);
    if errors.is_empty() {
        return (root, Damage::default());
    }
    errors.sort_by_key(place);
    let mut values = Vec::new();
    whole_values(root.get_ref(), source, &mut values);
    values.sort_by_key(|value| value.start);

    let mut damage = Damage::default();
    for error in &errors {
        let at = place(error).min(source.len());
        if damage.covers(at) {
            continue;
        }
        let value = values
            .iter()
            .find(|value| value.start <= at && at <= value.end);
        // The text after an unclosed bracket makes no sense, and its end would be reported far below.
        let unclosed = value.and_then(|value| {
            let bracket = source[value.start..].chars().next()?;
            let end = errors
                .iter()
                .find(|error| place(error) >= at && opened(error.message()) == Some(bracket))?;
            Some((bracket, value.start, place(end)))
        });
        match unclosed {
            Some((bracket, start, end)) => {
                diagnostics.report(never_closed(file, start, bracket));
                damage.add(source, start, Some(&(start..end)));
            }
            None => {
                diagnostics.report(finding(error, source, file));
                damage.add(source, at, value);
            }
        }
    }
    (root, damage)
}

/// An entry of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'a> {
    pub(super) key: &'a Spanned<DeString<'a>>,
    pub(super) value: &'a Spanned<DeValue<'a>>,
}

/// The entries of a table in source order.
pub(super) fn entries<'a>(table: &'a DeTable<'a>) -> Vec<Entry<'a>> {
    let mut entries: Vec<_> = table
        .iter()
        .map(|(key, value)| Entry { key, value })
        .collect();
    entries.sort_by_key(|entry| entry.key.span().start);
    entries
}

/// The end of an entry with its contents.
pub(super) fn end(value: &Spanned<DeValue<'_>>) -> usize {
    let inside = match value.get_ref() {
        DeValue::Table(table) => table.values().map(end).max(),
        DeValue::Array(array) => array.iter().map(end).max(),
        _ => None,
    };
    value.span().end.max(inside.unwrap_or(0))
}

/// The places in a text where the tree may differ from what was meant.
#[derive(Debug, Default)]
pub(super) struct Damage {
    /// The places in order.
    ranges: Vec<Range<usize>>,
}

impl Damage {
    /// Whether no such place is known.
    pub(super) fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Whether the byte at `at` is unreliable.
    pub(super) fn covers(&self, at: usize) -> bool {
        let next = self.ranges.partition_point(|range| range.end < at);
        self.ranges.get(next).is_some_and(|range| range.start <= at)
    }

    /// Whether any byte from `start` to `end` is unreliable.
    pub(super) fn touches(&self, start: usize, end: usize) -> bool {
        let next = self.ranges.partition_point(|range| range.end < start);
        self.ranges
            .get(next)
            .is_some_and(|range| range.start <= end)
    }

    /// An error at `at`, inside `value` if that is known.
    fn add(&mut self, source: &str, at: usize, value: Option<&Range<usize>>) {
        let start = value.map_or(at, |value| value.start);
        let start = line_start(source, start);
        let mut end = line_end(source, value.map_or(at, |value| value.end.max(at)));
        if source[start..].trim_start().starts_with('[') {
            // The entries after an invalid header belong to a table that is missing.
            while end < source.len() && !source[end + 1..].trim_start().starts_with('[') {
                end = line_end(source, end + 1);
            }
        }
        self.ranges.push(start..end);
    }
}

fn line_start(source: &str, at: usize) -> usize {
    source[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn line_end(source: &str, at: usize) -> usize {
    source[at..].find('\n').map_or(source.len(), |end| at + end)
}

/// The places of the values after `=`.
fn whole_values(table: &DeTable<'_>, source: &str, places: &mut Vec<Range<usize>>) {
    for value in table.values() {
        let is_inline =
            source[value.span()].starts_with(['{', '[']) && is_behind_equals(source, value);
        match value.get_ref() {
            DeValue::Table(table) if !is_inline => whole_values(table, source, places),
            DeValue::Array(array) if !is_inline => {
                for element in array
                    .iter()
                    .filter_map(|element| element.get_ref().as_table())
                {
                    whole_values(element, source, places);
                }
            }
            _ => places.push(value.span()),
        }
    }
}

/// Whether an entry is a key with a value, not a header.
fn is_behind_equals(source: &str, value: &Spanned<DeValue<'_>>) -> bool {
    source[..value.span().start]
        .trim_end_matches([' ', '\t'])
        .ends_with('=')
}

fn place(error: &Error) -> usize {
    error.span().map_or(0, |span| span.start)
}

/// The bracket that an error reports as unclosed.
fn opened(message: &str) -> Option<char> {
    if message.starts_with("unclosed array,") {
        Some('[')
    } else if message.starts_with("unclosed inline table") {
        Some('{')
    } else {
        None
    }
}

fn never_closed(file: FileId, start: usize, bracket: char) -> Diagnostic {
    let span = Span::new(file, start as u32, start as u32 + 1);
    let message = format!("`{bracket}` is never closed");
    let closing = if bracket == '[' { ']' } else { '}' };
    let label = format!("no `{closing}` for it");
    Diagnostic::new(Code::TomlSyntax, span, message, label)
        .help(format!("write `{closing}` where it ends"))
}

/// An error of the TOML parser in this compiler's wording.
fn finding(error: &Error, source: &str, file: FileId) -> Diagnostic {
    let range = error.span().unwrap_or_default();
    let span = Span::new(file, range.start as u32, range.end as u32);
    let found = source.get(range.clone()).unwrap_or_default();
    let rest = source.get(range.start..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let new = |message: &str, label: &str| Diagnostic::new(Code::TomlSyntax, span, message, label);
    let message = error.message();
    let starts = |text: &str| message.starts_with(text);
    if starts("duplicate key") {
        let message = format!("`{found}` is given a second time");
        return Diagnostic::new(Code::TomlSyntax, span, message, "the second one")
            .help("a key stands once in its table, and each table has one header: merge the two, or give one another name");
    } else if starts("unclosed array table")
        || starts("unclosed table")
        || starts("unclosed array of tables")
    {
        return new("a header is never closed", "expected `]` here").help("write `]`");
    } else if starts("invalid basic string") || starts("invalid literal string") {
        return new(
            "a string is never closed",
            "no quote before the end of the line",
        )
        .help("write the same quote where the string starts and where it ends")
        .help("a text of several lines stands between `\"\"\"` and `\"\"\"`");
    } else if starts("invalid multi-line") {
        return new(
            "a string is never closed",
            "no three quotes before the end of the file",
        )
        .help("write the same three quotes where the string starts and where it ends");
    } else if starts("missing escaped value")
        || starts("too few unicode value digits")
        || starts("invalid value, expected unicode")
    {
        return new("this is no escape of TOML", "wrong after `\\`")
            .help("the escapes are `\\n` `\\t` `\\r` `\\\"` `\\\\`, `\\u00e9` and `\\U0001f40d` for a character")
            .help("for a backslash itself write `\\\\`, or put the string between `'` and `'`, where nothing is an escape");
    } else if starts("unexpected key or value") && line.contains(['"', '\''])
        || is_after_string(source, range.start)
    {
        return new(
            "a string ends before the end of the line",
            "this stands behind it",
        )
        .help(
            "a string with `\"` in it stands between `'` and `'`, or has `\\\"` in place of each",
        );
    } else if starts("string values must be quoted")
        || starts("invalid boolean")
        || starts("invalid float")
    {
        if found.is_empty() {
            return new("a value is missing", "expected a value here")
                .help("write a string, such as `\"func()\"`");
        }
        return Diagnostic::new(Code::TomlSyntax, span, format!("`{found}` stands without quotes"), "a string starts here")
            .help("types, signatures and values of the language are strings: put quotes around the whole of it");
    } else if starts("missing assignment")
        || starts("key with no value")
        || starts("missing value for key")
    {
        return new("a key without a value", "expected `=` and a value")
            .help("write `key = \"…\"`");
    } else if starts("invalid unquoted key") || starts("unquoted keys cannot be empty") {
        return new(
            "this key needs quotes",
            "a key without quotes is made of letters, digits, `-` and `_`",
        )
        .help("write it as `\"acme:shapes/io@0.1.0\"`");
    } else if starts("cannot extend value") {
        return Diagnostic::new(Code::TomlSyntax, span, format!("`{found}` has a value already, and is no table"), "used as a table here")
            .help("write all of it in one table: a string such as `func.x = \"func()\"` cannot have further keys");
    } else if starts("recursion limit") || starts("cannot recurse") {
        return new("tables or arrays are nested too deep", "one level too many");
    }
    let message = format!("this is no TOML: {message}");
    Diagnostic::new(Code::TomlSyntax, span, message, "")
}

/// Whether a string directly precedes `at`.
fn is_after_string(source: &str, at: usize) -> bool {
    let before = source[..at].trim_end_matches([' ', '\t']);
    before.ends_with(['"', '\'']) && !before.ends_with("\"\"\"\n")
}
