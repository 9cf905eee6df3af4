//! Tokens and trees as readable text.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::{ast, tokenize};
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, SourceMap};

/// One line for each token and comment: `line:column`, kind, text.
pub fn dump_tokens(file: FileId, sources: &SourceMap) -> String {
    let text = &sources.file(file).text;
    let tokens = tokenize(text, file, &mut Diagnostics::default());
    let mut lines = Vec::new();
    for token in tokens.tokens() {
        lines.push((token.start, token.end, format!("{:?}", token.kind)));
    }
    for comment in tokens.comments() {
        lines.push((
            comment.start,
            comment.end,
            format!("Comment({:?})", comment.kind),
        ));
    }
    lines.sort_by_key(|&(start, end, _)| (start, end));
    let mut dump = String::new();
    for (start, end, kind) in lines {
        let (start, end) = (start as usize, end as usize);
        let place = sources.place(file, start as u32);
        let place = format!("{}:{}", place.line, place.column);
        // Writing to a string cannot fail.
        let _ = writeln!(
            dump,
            "{place:<8} {kind:<22} {}",
            text[start..end].escape_debug()
        );
    }
    dump
}

/// The tree as indented lines: the kind of a node, its byte range, then its parts in source order. Absent parts are left out.
pub fn dump_tree(tree: &ast::File) -> String {
    let mut dump = String::new();
    match serde_json::to_value(tree) {
        Ok(value) => write_node(&mut dump, 0, "file", &value),
        Err(error) => dump = error.to_string(),
    }
    dump
}

/// Writes a node under its title, with its parts below it.
fn write_node(dump: &mut String, depth: usize, title: &str, value: &Value) {
    let indent = "  ".repeat(depth);
    if let Some(leaf) = leaf(value) {
        // Writing to a string cannot fail.
        let _ = writeln!(dump, "{indent}{title}: {leaf}");
        return;
    }
    match value {
        Value::Array(items) => {
            let _ = writeln!(dump, "{indent}{title}:");
            for item in items {
                write_node(dump, depth + 1, "-", item);
            }
        }
        Value::Object(fields) => {
            let (variant, mut parts) = node_parts(fields);
            let place = fields
                .get("span")
                .and_then(range)
                .map_or_else(String::new, |place| format!(" @{place}"));
            let separator = if variant.is_empty() { "" } else { ": " };
            let _ = writeln!(dump, "{indent}{title}{separator}{variant}{place}");
            parts.retain(|(_, value)| !is_absent(value));
            parts.sort_by_key(|(_, value)| first_byte(value));
            for (name, value) in parts {
                write_node(dump, depth + 1, name, value);
            }
        }
        _ => {}
    }
}

/// The variant of an enum node, if any, and its fields that are shown below it.
fn node_parts(fields: &Map<String, Value>) -> (String, Vec<(&str, &Value)>) {
    let mut variants = Vec::new();
    let mut parts = Vec::new();
    for (name, value) in fields.iter().filter(|(name, _)| *name != "span") {
        match value {
            Value::String(variant) if name == "kind" => variants.push(variant.clone()),
            Value::Object(inner)
                if inner.len() == 1 && (name == "kind" || name == "body" || name == "payload") =>
            {
                for (variant, value) in inner {
                    variants.push(variant.clone());
                    match value {
                        Value::Object(inner) if leaf(value).is_none() => {
                            let (variant, inner) = node_parts(inner);
                            variants.extend((!variant.is_empty()).then_some(variant));
                            parts.extend(inner);
                        }
                        _ => parts.push((variant.as_str(), value)),
                    }
                }
            }
            _ => parts.push((name.as_str(), value)),
        }
    }
    if let [(variant, Value::Object(inner))] = parts.as_slice()
        && fields.len() == 1
        && leaf(parts[0].1).is_none()
    {
        let (inner_variant, inner) = node_parts(inner);
        let separator = if inner_variant.is_empty() { "" } else { " " };
        return (format!("{variant}{separator}{inner_variant}"), inner);
    }
    (variants.join(" "), parts)
}

/// Nodes that fit on one line: words, paths, strings, numbers, and types that consist of a name.
fn leaf(value: &Value) -> Option<String> {
    match value {
        Value::Object(fields) => {
            if let Some(place) = range(value) {
                return Some(format!("@{place}"));
            }
            let place = fields.get("span").and_then(range)?;
            let text = match (
                fields.get("text").or(fields.get("value")),
                fields.get("parts"),
                fields.get("kind"),
            ) {
                (Some(Value::String(text)), ..) => match fields.get("escaped") {
                    Some(escaped) => {
                        let is_set = |value: Option<&Value>| value == Some(&Value::Bool(true));
                        let builtin = match is_set(fields.get("builtin")) {
                            true => "builtin.",
                            false => "",
                        };
                        let escape = if is_set(Some(escaped)) { "%" } else { "" };
                        format!("{builtin}{escape}{text}")
                    }
                    None => format!("{text:?}"),
                },
                (_, Some(Value::Array(parts)), _) => path(parts)?,
                (.., Some(Value::Object(kind))) if fields.len() == 2 => {
                    let (variant, value) = kind.iter().next()?;
                    match value {
                        Value::String(text) => format!("{variant} {text:?}"),
                        Value::Object(inner) if variant == "name" => {
                            path(inner.get("parts")?.as_array()?)?
                        }
                        _ => return None,
                    }
                }
                _ => return None,
            };
            Some(format!("{text} @{place}"))
        }
        Value::Array(_) => None,
        other => Some(other.to_string()),
    }
}

fn path(parts: &[Value]) -> Option<String> {
    let parts: Option<Vec<_>> = parts
        .iter()
        .map(|part| part.get("text")?.as_str())
        .collect();
    Some(parts?.join("."))
}

/// The byte range of a place.
fn range(value: &Value) -> Option<String> {
    let fields = value
        .as_object()
        .filter(|fields| fields.len() == 3 && fields.contains_key("file"))?;
    Some(format!("{}..{}", fields.get("start")?, fields.get("end")?))
}

/// The start of a node in the source; nodes without a place come first.
fn first_byte(value: &Value) -> Option<u64> {
    match value {
        Value::Object(fields) => {
            let start = fields.get("start").and_then(Value::as_u64);
            start.or_else(|| fields.values().filter_map(first_byte).min())
        }
        Value::Array(items) => items.iter().find_map(first_byte),
        _ => None,
    }
}

/// Whether the part is absent.
fn is_absent(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text == "none",
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => {
            range(value).is_none() && !fields.is_empty() && fields.values().all(is_absent)
        }
        Value::Bool(true) | Value::Number(_) => false,
    }
}
