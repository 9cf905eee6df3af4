//! Packages and `use` declarations in the syntax of other languages.

use super::{foreign, report, report_missing};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::syntax::ast;
use crate::syntax::cursor::{Cursor, Parsed};
use crate::syntax::parse::world;
use crate::syntax::token::{Keyword, Kind, RESERVED_TYPES};

/// Whether `acme:shapes@1.0.0;` follows, which lacks its keyword.
pub(crate) fn package_without_keyword(input: Cursor<'_>) -> bool {
    let is_type = |text: &str| {
        RESERVED_TYPES.contains(&text) || suggest::certainly_foreign_type(text).is_some()
    };
    let is_name = input.at(Kind::Name)
        && input.nth(1).kind == Kind::Colon
        && input.nth(2).kind == Kind::Name
        && matches!(input.nth(3).kind, Kind::Semicolon | Kind::At)
        && !is_type(input.nth_text(2));
    if is_name {
        let help = format!("write `package {}:{}`", input.text(), input.nth_text(2));
        report_missing(input, "`package`", help);
    }
    is_name
}

/// Reports that a package is declared too late; `input` is behind `package`.
pub(crate) fn late_package<'t>(input: Cursor<'t>, rest: Cursor<'t>) {
    let help = format!(
        "move `package {};` to the top of the file",
        input.text_until(rest)
    );
    let span = rest.span_since(input);
    input.report_misplaced(
        Diagnostic::new(
            Code::Misplaced,
            span,
            "the package is declared before everything else",
            "too late",
        )
        .help(help),
    );
}

/// Skips the separator of the parts of a package's name.
pub(crate) fn package_separator(input: Cursor<'_>) -> Option<Cursor<'_>> {
    if input.at(Kind::Colon) && input.nth(1).kind.is_word() {
        return Some(input.bump());
    }
    if input.at_all(&[Kind::Colon, Kind::Colon]) && input.nth(2).kind.is_word() {
        let span = input.bump().bump().span_since(input);
        input.report(foreign(
            span,
            "packages are not named as in Rust",
            "`::`",
            "write `namespace:package/interface`",
        ));
        return Some(input.bump().bump());
    }
    None
}

/// Skips the dot in `package acme.geometry`.
pub(crate) fn package_dot(input: Cursor<'_>) -> Option<Cursor<'_>> {
    let follows = input.at(Kind::Dot) && input.nth(1).kind.is_word();
    follows.then(|| {
        report(
            input,
            "the parts of a package's name are separated by colons",
            "a dot",
            "write `:`",
        );
        input.bump()
    })
}

/// `from a import b`
pub(crate) fn from_import(input: Cursor<'_>) -> Parsed<'_, Option<ast::ItemKind>> {
    let help = match input.nth_text(1) {
        "typing" | "__future__" | "dataclasses" | "enum" | "abc" | "collections" => {
            "leave it out: builtin types need no import"
        }
        _ => {
            "write `use interface.{name};` for another interface's types, `import json from \"json\" { … }` for a module"
        }
    };
    report(
        input,
        "names are not imported as in Python",
        "an import of Python",
        help,
    );
    let mut rest = input.bump();
    while !rest.is_first_on_line() && !rest.at(Kind::End) && !rest.at(Kind::Semicolon) {
        rest = rest.bump();
    }
    Ok((rest.bump_if(Kind::Semicolon), None))
}

/// Whether `use a::b` follows, as in Rust.
pub(crate) fn is_rust_use(input: Cursor<'_>) -> bool {
    let mut rest = input.bump().bump();
    let is_joined = input.bump().at_word() && rest.at_all(&[Kind::Colon, Kind::Colon]);
    while rest.at(Kind::Colon) || rest.at_word() && !rest.is_first_on_line() {
        rest = rest.bump();
    }
    is_joined && !matches!(rest.kind(), Kind::Slash | Kind::At | Kind::Dot)
}

/// Skips `use a::b::{c, d};`.
pub(crate) fn rust_use(input: Cursor<'_>) -> Cursor<'_> {
    let names = input.nth(4).kind;
    let interface = input.nth_text(1);
    let help = match names {
        // `use shapes::{point};`
        Kind::OpenBrace => {
            let names = input.bump().bump().bump().bump();
            format!("write `use {interface}.{};`", names.text_until(names.skip_group()))
        }
        _ => "leave it out; for types of another interface, write `use interface.{name};` or `use namespace:package/interface.{name};`".to_owned(),
    };
    report(
        input,
        "names are not imported as in Rust",
        "an import of Rust",
        help,
    );
    let mut rest = input.bump();
    while !rest.is_first_on_line() && !matches!(rest.kind(), Kind::End | Kind::Semicolon) {
        rest = match rest.kind().closer() {
            Some(_) => rest.skip_group(),
            None => rest.bump(),
        };
    }
    rest.bump_if(Kind::Semicolon)
}

/// `import { a } from "b"`, `import a.b as c`, `import "a"`, `import (…)`: an import as in TypeScript, Python, Java or Go. `None`
/// if it is something else.
pub(crate) fn import(input: Cursor<'_>, in_world: bool) -> Option<Cursor<'_>> {
    let rest = input.bump();
    let (next, after) = (rest.kind(), rest.nth(1));
    // `from` may follow on the next line, unless it starts a Python statement.
    let is_from = after.kind == Kind::Keyword(Keyword::From)
        && (!after.first_on_line || rest.nth(2).kind == Kind::String);
    let ends = after.first_on_line && !is_from
        || matches!(
            after.kind,
            Kind::Semicolon | Kind::End | Kind::Comma | Kind::Dot
        )
        || after.kind == Kind::Keyword(Keyword::As);
    let has_no_module = next.is_word() && after.kind == Kind::OpenBrace && !in_world;
    let is_foreign = match next {
        _ if has_no_module => true,
        Kind::OpenBrace | Kind::Star | Kind::OpenParen => true,
        Kind::String => !in_world,
        kind if kind.is_word() && is_from => rest.nth(3).kind != Kind::OpenBrace,
        kind if kind.is_word() => ends && !in_world,
        _ => false,
    };
    if !is_foreign || rest.is_first_on_line() {
        return None;
    }
    let text = rest.text().trim_matches(['"', '\'']);
    let is_name = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    let module = if is_name(text) { text } else { "name" };
    let (message, label) = match has_no_module {
        true => (
            "an import says which module of Python it is",
            "`from` is missing",
        ),
        false => (
            "an import says what is used of the module",
            "another language's import",
        ),
    };
    let diagnostic = foreign(
        input.span(),
        message,
        label,
        format!(
            "for a Python module, write `import {module} from \"{module}\" {{ … }}` with what is called in it"
        ),
    );
    input.report(diagnostic.help("for another interface file, write `use name.{type};`"));
    let mut rest = rest;
    while !rest.is_first_on_line() && !matches!(rest.kind(), Kind::End | Kind::Semicolon) {
        rest = match rest.kind().closer() {
            Some(_) => rest.skip_group(),
            None => rest.bump(),
        };
    }
    Some(rest.bump_if(Kind::Semicolon))
}

/// `use "file";` or `import "module" as name;`: reports the right spelling.
pub(crate) fn quoted_path(input: Cursor<'_>) -> bool {
    let is_path = input.at(Kind::String);
    if is_path {
        let text = input.text();
        let help = "for an interface file, write `use namespace:package/interface;`";
        let diagnostic = foreign(
            input.span(),
            "interfaces are used by their names",
            "a string",
            help,
        );
        input.report(diagnostic.help(format!(
            "for a Python module, write `import name from {text} {{ … }}`"
        )));
    }
    is_path
}

/// `.name` or `.*` after the path of a `use`.
pub(crate) fn used_name(input: Cursor<'_>) -> Parsed<'_, Vec<ast::Renaming>> {
    let rest = input.bump();
    let message = "used names stand between `{` and `}`";
    if rest.at(Kind::Star) {
        report(input, message, "a star", "write each name: `.{a, b}`");
        return Ok((rest.bump(), Vec::new()));
    }
    let (mut rest, first) = world::renaming(rest)?;
    report(
        input,
        message,
        "no `{`",
        format!("write `.{{{}}}`", first.name.text),
    );
    while rest.at(Kind::Dot) && rest.nth(1).kind.is_word() {
        rest = rest.bump().bump();
    }
    let mut names = vec![first];
    while rest.at(Kind::Comma) && rest.nth(1).kind.is_word() {
        let (after, name) = world::renaming(rest.bump())?;
        names.push(name);
        rest = after;
    }
    // The other bracket may be present.
    rest = rest.bump_if(Kind::Comma);
    rest = if rest.at(Kind::CloseBrace) && rest.nth(1).kind == Kind::Semicolon {
        rest.bump()
    } else {
        rest
    };
    Ok((rest, names))
}
