//! Converts an interface file to another form: `.pyidl` to TOML and back.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, SourceMap};
use crate::syntax::ast::{self, DocLine, File, Item, Meta, PartMut, Payload};
use crate::syntax::comments::{Comments, comment_lines};
use crate::syntax::{self, Form, print, toml};

/// Converts `file` to the form `to`. Returns `None` if it has syntax errors, which go to `diagnostics`; names and types are not
/// checked.
///
/// Only the layout is lost: documentation, order and attributes are kept, and comments are on lines of their own before the parts
/// that they belong to.
pub fn convert(
    file: FileId,
    to: Form,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let tree = syntax::parse(file, sources, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    let source = sources.file(file);
    let from = Form::of(&source.path);
    let converted = match (from, to) {
        (Form::Toml, Form::Toml) => return Some(source.text.clone()),
        (Form::Pyidl, Form::Pyidl) => {
            let tokens = syntax::tokenize(&source.text, file, &mut Diagnostics::default());
            return print::format(&tree, &source.text, &tokens);
        }
        (Form::Pyidl, Form::Toml) => {
            let tokens = syntax::tokenize(&source.text, file, &mut Diagnostics::default());
            let comments = Comments::of(&tree, comment_lines(&source.text, &tokens));
            match toml::toml_text(&tree, &comments) {
                Ok(text) => text,
                Err(twice) => {
                    for diagnostic in twice {
                        diagnostics.report(diagnostic);
                    }
                    return None;
                }
            }
        }
        (Form::Toml, Form::Pyidl) => {
            let comments = Comments::of(&tree, toml::comment_lines(&source.text));
            pyidl_text(&tree, &comments)
        }
    };
    if !says_the_same(&tree, &converted, to) {
        let message = "this file cannot be converted without loss";
        let diagnostic = Diagnostic::new(Code::UnexpectedToken, tree.span, message, "")
            .help("this is a mistake of the compiler: please report it with the file");
        diagnostics.report(diagnostic);
        return None;
    }
    Some(converted)
}

/// Whether parsing `text` results in the same tree, apart from places.
fn says_the_same(tree: &File, text: &str, form: Form) -> bool {
    let mut sources = SourceMap::default();
    let name = match form {
        Form::Pyidl => "converted.pyidl",
        Form::Toml => "converted.pyidl.toml",
    };
    let file = sources.add(name, text);
    let mut diagnostics = Diagnostics::default();
    let other = syntax::parse(file, &sources, &mut diagnostics);
    !diagnostics.has_errors() && without_places(tree) == without_places(&other)
}

/// A tree without places.
pub fn without_places(tree: &File) -> Value {
    let mut value = serde_json::to_value(tree).unwrap_or_default();
    forget_places(&mut value);
    value
}

fn forget_places(value: &mut Value) {
    match value {
        Value::Object(fields) if fields.len() == 3 && fields.contains_key("file") => {
            *value = Value::Null;
        }
        Value::Object(fields) => fields.values_mut().for_each(forget_places),
        Value::Array(items) => items.iter_mut().for_each(forget_places),
        _ => {}
    }
}

/// A marker that cannot occur in documentation: it distinguishes comments from documentation while a tree is printed.
const MARK: char = '\0';

/// A tree as text, with comments: they are printed as documentation, and then converted back to comments.
fn pyidl_text(tree: &File, comments: &Comments) -> String {
    let mut tree = tree.clone();
    if let Some(package) = &mut tree.package {
        mark(&mut package.meta, comments.before(package.name.span.start));
    }
    for item in &mut tree.items {
        mark_item(item, comments);
    }
    let mut text = String::new();
    for line in print::file_text(&tree).lines() {
        match line.split_once(MARK) {
            Some((before, comment)) => {
                text.push_str(before.trim_end().trim_end_matches('/'));
                text.push_str("//");
                text.push_str(comment);
            }
            None => text.push_str(line),
        }
        text.push('\n');
    }
    if !comments.last.is_empty() && !text.is_empty() {
        text.push('\n');
    }
    for line in &comments.last {
        text.push_str(&format!("//{}\n", comment_text(line)));
    }
    text
}

/// The text of a comment after `//`: it must not become documentation.
fn comment_text(line: &str) -> String {
    let is_documentation =
        line.starts_with('!') || (line.starts_with('/') && !line.starts_with("//"));
    match is_documentation {
        true => format!(" {line}"),
        false => line.to_owned(),
    }
}

fn mark(meta: &mut Meta, comments: &[String]) {
    let span = meta.docs.first().map(|line| line.span).unwrap_or_default();
    let lines = comments.iter().map(|line| DocLine {
        text: format!("{MARK}{}", comment_text(line)),
        span,
    });
    meta.docs.splice(0..0, lines);
}

fn mark_item(item: &mut Item, comments: &Comments) {
    mark(&mut item.meta, comments.before(item.span.start));
    for part in item.kind.parts_mut() {
        match part {
            PartMut::Item(item) => mark_item(item, comments),
            PartMut::Field(field) => mark_field(field, comments),
            PartMut::Case(case) => {
                mark(&mut case.meta, comments.before(case.name.span.start));
                if let Payload::Fields(fields) = &mut case.payload {
                    fields
                        .iter_mut()
                        .for_each(|field| mark_field(field, comments));
                }
            }
            PartMut::Member(member) => {
                mark(&mut member.meta, comments.before(member.name.span.start));
            }
            PartMut::Alternative(alternative) => {
                let start = alternative.name.span.start;
                mark(&mut alternative.meta, comments.before(start));
            }
        }
    }
}

fn mark_field(field: &mut ast::Field, comments: &Comments) {
    mark(&mut field.meta, comments.before(field.name.span.start));
}
