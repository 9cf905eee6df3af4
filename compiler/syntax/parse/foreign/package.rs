//! Packages and `use` declarations in the syntax of other languages.

use super::{foreign, is_type_word, quoted, report, report_missing};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast;
use crate::syntax::cursor::{Cursor, Expected, Parsed, Stuck};
use crate::syntax::parse::recovery::{not_doubled, semicolon};
use crate::syntax::parse::world;
use crate::syntax::token::{Keyword, Kind};

/// Skips `package`, also written twice. If it is missing, as before `acme:shapes@1.0.0;`, reports that.
pub(crate) fn package_keyword(input: Cursor<'_>) -> Option<Cursor<'_>> {
    let start = not_doubled(input);
    if start.at_keyword(Keyword::Package) {
        return Some(start.bump());
    }
    let is_name = input.matches("% : % ;|@") && !is_type_word(input.nth_text(2));
    is_name.then(|| {
        let help = format!("write `package {}:{}`", input.text(), input.nth_text(2));
        report_missing(input, "`package`", help);
        input
    })
}

/// `package a:b;` after other items, with `package` before `input` and the name before `rest`.
pub(crate) fn late_package<'t>(
    input: Cursor<'t>,
    rest: Cursor<'t>,
) -> Option<Parsed<'t, Vec<ast::Item>>> {
    if rest.at(Kind::OpenBrace) {
        return None;
    }
    let name = input.text_until(rest);
    let message = "the package is declared before everything else";
    let diagnostic = Diagnostic::new(Code::Misplaced, rest.span_since(input), message, "too late");
    let help = format!("move `package {name};` to the top of the file");
    input.report_misplaced(diagnostic.help(help));
    Some(semicolon(rest).map(|(rest, ())| (rest, Vec::new())))
}

/// Whether `use a::b` follows, as in Rust.
pub(super) fn is_rust_use(input: Cursor<'_>) -> bool {
    let mut rest = input.bump().bump();
    let is_joined = input.bump().at_word() && rest.at_all(&[Kind::Colon, Kind::Colon]);
    while rest.at(Kind::Colon) || rest.at_word() && !rest.is_first_on_line() {
        rest = rest.bump();
    }
    is_joined && !matches!(rest.kind(), Kind::Slash | Kind::At | Kind::Dot)
}

/// Skips `use a::b::{c, d};`.
pub(super) fn rust_use(input: Cursor<'_>) -> Cursor<'_> {
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
    let message = "names are not imported as in Rust";
    report(input, message, "an import of Rust", help);
    input.bump().skip_line().bump_if(Kind::Semicolon)
}

/// `import { a } from "b"`, `import a.b as c`, `import "a"`, `import (…)`: an import as in TypeScript, Python, Java or Go. `None`
/// if it is something else.
pub(super) fn import(input: Cursor<'_>, in_world: bool) -> Option<Cursor<'_>> {
    let (rest, after) = (input.bump(), input.bump().bump());
    // `from` may follow on the next line, unless it starts a Python statement.
    let is_from = after.at_keyword(Keyword::From)
        && (!after.is_first_on_line() || after.nth(1).kind == Kind::String);
    let has_no_module = !in_world && rest.at_word() && after.at(Kind::OpenBrace);
    let is_foreign = match rest.kind() {
        Kind::OpenBrace | Kind::Star | Kind::OpenParen => true,
        Kind::String => !in_world,
        kind if !kind.is_word() => false,
        _ if is_from => after.nth(2).kind != Kind::OpenBrace,
        _ => has_no_module || !in_world && after.fits("$|;|,|.|as"),
    };
    if !is_foreign || rest.is_first_on_line() {
        return None;
    }
    let text = quoted(rest.text());
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
    Some(rest.skip_line().bump_if(Kind::Semicolon))
}

/// Reports a string in place of an interface, as in `use "file";`; nothing else is said about the item.
pub(crate) fn quoted_path(input: Cursor<'_>) -> Option<Result<(), nom::Err<Stuck>>> {
    if !input.at(Kind::String) {
        return None;
    }
    let text = input.text();
    let message = "interfaces are used by their names";
    let help = "for an interface file, write `use namespace:package/interface;`";
    let diagnostic = foreign(input.span(), message, "a string", help);
    let help = format!("for a Python module, write `import name from {text} {{ … }}`");
    input.report(diagnostic.help(help));
    Some(Err(input.stuck(Expected::Anything)))
}

/// `.name` or `.*` after the path of a `use`.
pub(crate) fn used_name(input: Cursor<'_>) -> Option<Parsed<'_, Vec<ast::Renaming>>> {
    (input.nth(1).kind != Kind::OpenBrace).then(|| without_braces(input))
}

fn without_braces(input: Cursor<'_>) -> Parsed<'_, Vec<ast::Renaming>> {
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
