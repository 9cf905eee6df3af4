//! TOML values: strings in the form that needs the fewest escapes, keys, arrays and inline tables.

use std::fmt::Write;

use toml::de::DeValue;

use super::WIDTH;
use crate::syntax::ast::{Attribute, DocLine, Literal, LiteralKind, Meta};
use crate::syntax::print;

/// A string on one line.
pub(super) fn string(text: &str) -> String {
    let is_plain = |c: char| !c.is_control() || c == '\t';
    if text.contains(['"', '\\']) && !text.contains('\'') && text.chars().all(is_plain) {
        return format!("'{text}'");
    }
    format!("\"{}\"", escaped(text))
}

/// A string that may have several lines.
pub(super) fn lines(text: &str) -> String {
    if !text.contains('\n') {
        return string(text);
    }
    let is_plain = |c: char| !c.is_control() || matches!(c, '\t' | '\n');
    if !text.chars().all(is_plain) || (text.contains("'''") && text.contains("\"\"\"")) {
        let lines: Vec<_> = text.split('\n').map(escaped).collect();
        return format!("\"\"\"\n{}\"\"\"", lines.join("\n"));
    } else if text.contains('\\') || text.contains("\"\"\"") || text.ends_with('"') {
        if !text.contains("'''") && !text.ends_with('\'') {
            return format!("'''\n{text}'''");
        }
        let text = text.replace('\\', "\\\\").replace('"', "\\\"");
        return format!("\"\"\"\n{text}\"\"\"");
    }
    format!("\"\"\"\n{text}\"\"\"")
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '"' | '\\' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push(c),
            _ if c.is_control() => {
                // Writing to a string cannot fail.
                let _ = write!(escaped, "\\u{:04x}", u32::from(c));
            }
            _ => escaped.push(c),
        }
    }
    escaped
}

/// A key, with quotes if necessary.
pub(super) fn key(text: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    match !text.is_empty() && text.chars().all(is_bare) {
        true => text.to_owned(),
        false => string(text),
    }
}

/// `{ a = 1, b = 2 }`
pub(super) fn inline_table(entries: &[(String, String)]) -> String {
    if entries.is_empty() {
        return "{}".to_owned();
    }
    let entries: Vec<_> = entries
        .iter()
        .map(|(key, value)| format!("{key} = {value}"))
        .collect();
    format!("{{ {} }}", entries.join(", "))
}

/// An array after `before` on its line: on one line, or with a line for each element.
pub(super) fn array(before: &str, elements: &[String]) -> String {
    let line = format!("[{}]", elements.join(", "));
    if before.chars().count() + line.chars().count() <= WIDTH && !line.contains('\n') {
        return line;
    }
    let elements: Vec<_> = elements
        .iter()
        .map(|element| format!("    {element},\n"))
        .collect();
    format!("[\n{}]", elements.concat())
}

/// The documentation of a file or definition.
pub(super) fn docs(docs: &[DocLine]) -> Option<String> {
    let texts: Vec<_> = docs.iter().map(|line| line.text.as_str()).collect();
    match texts.as_slice() {
        [] => None,
        [line] => Some(string(line)),
        _ => Some(lines(&format!("{}\n", texts.join("\n")))),
    }
}

/// Attributes as a table, or as strings if a table cannot express them.
pub(super) fn attributes(attributes: &[Attribute]) -> Option<String> {
    if attributes.is_empty() {
        return None;
    }
    let paths: Vec<Vec<String>> = attributes
        .iter()
        .map(|attribute| attribute.path.parts.iter().map(print::name_text).collect())
        .collect();
    let clash = |a: &Vec<String>, b: &Vec<String>| a.starts_with(b) || b.starts_with(a);
    let is_table = paths
        .iter()
        .enumerate()
        .all(|(number, path)| paths[..number].iter().all(|other| !clash(path, other)));
    // A table must not return to an earlier key: the order would change.
    let firsts: Vec<_> = paths.iter().map(|path| &path[0]).collect();
    let is_grouped = firsts.iter().enumerate().all(|(number, first)| {
        number == 0 || firsts[number - 1] == *first || !firsts[..number].contains(first)
    });
    if !(is_table && is_grouped) {
        let texts: Vec<_> = attributes.iter().map(print::attribute_text).collect();
        let texts: Vec<_> = texts.iter().map(|text| string(text)).collect();
        return Some(format!("[{}]", texts.join(", ")));
    }
    let entries: Vec<_> = attributes
        .iter()
        .zip(&paths)
        .map(|(attribute, path)| {
            let path: Vec<_> = path.iter().map(|part| key(part)).collect();
            let arguments = print::arguments_text(&attribute.arguments);
            let arguments = arguments.strip_prefix('(').unwrap_or(&arguments);
            let arguments = arguments.strip_suffix(')').unwrap_or(arguments);
            let value = match attribute.arguments.is_empty() {
                true => "true".to_owned(),
                false => string(arguments),
            };
            (path.join("."), value)
        })
        .collect();
    Some(inline_table(&entries))
}

/// A value in TOML syntax, if that is equivalent; else in a string.
pub(super) fn literal(literal: &Literal) -> String {
    let text = print::literal_text(literal);
    let may_be_toml = match &literal.kind {
        LiteralKind::Integer(_) | LiteralKind::Float(_) => true,
        LiteralKind::Case(_) => matches!(text.as_str(), "true" | "false"),
        _ => false,
    };
    if may_be_toml && let Ok(value) = DeValue::parse(&text) {
        let is_same = match value.get_ref() {
            // Other TOML readers support only 64 bits.
            DeValue::Integer(number) => {
                i64::from_str_radix(number.as_str(), number.radix()).is_ok()
            }
            DeValue::Float(_) | DeValue::Boolean(_) => true,
            _ => false,
        };
        if is_same {
            return text;
        }
    }
    string(&text)
}

/// Whether there is neither documentation nor an attribute.
pub(super) fn is_bare(meta: &Meta) -> bool {
    meta.docs.is_empty() && meta.attributes.is_empty()
}
