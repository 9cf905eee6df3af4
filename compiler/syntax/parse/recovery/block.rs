//! Blocks of items, with recovery: an invalid item costs one diagnostic and the tokens up to the next item.

use super::item::{introduced, starts_item};
use super::list::{opening, report_unclosed};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast;
use crate::syntax::context::Context;
use crate::syntax::cursor::{Cursor, Expected, Parsed, token};
use crate::syntax::parse::item;
use crate::syntax::token::{Keyword, Kind};

/// `'{' item* '}'`
pub(in super::super) fn block<'t>(
    context: Context,
) -> impl Fn(Cursor<'t>) -> Parsed<'t, Vec<ast::Item>> {
    move |input| {
        let (rest, opener) = match input.habit(|input| opening(input, Kind::OpenBrace)) {
            Some(opened) => opened,
            None => token(Kind::OpenBrace)(input)?,
        };
        let Ok(_nested) = input.enter(Some(Kind::CloseBrace)) else {
            return Ok((rest.behind_bracket(Kind::CloseBrace), Vec::new()));
        };
        let indentation = match rest.offset() == input.offset() {
            true => input.previous_indentation(),
            false => input.indentation(),
        };
        let is_outside = |rest: Cursor<'t>| {
            let is_elsewhere = |keyword| {
                // Nested packages are an error of their own, provided that all braces are present.
                let is_nested = keyword == Keyword::Package && !rest.lacks_braces();
                !context.allows(keyword) && !is_nested
            };
            rest.is_first_on_line()
                && introduced(rest).is_some_and(is_elsewhere)
                && rest.indentation() <= indentation
        };
        let (rest, items) = items(doubled_brace(rest), context, is_outside);
        if rest.at(Kind::CloseBrace) {
            Ok((rest.bump(), items))
        } else {
            report_unclosed(rest, opener, Kind::CloseBrace);
            Ok((rest, items))
        }
    }
}

/// Skips a second `{`.
fn doubled_brace(rest: Cursor<'_>) -> Cursor<'_> {
    if !rest.at(Kind::OpenBrace) {
        return rest;
    }
    let message = "one `{` too many";
    rest.report_token(Code::UnexpectedToken, message, "unexpected", "delete it");
    rest.bump()
}

/// `item*` up to `}`, the end of the file, or where `ends` returns true.
pub(in super::super) fn items<'t>(
    mut rest: Cursor<'t>,
    context: Context,
    ends: impl Fn(Cursor<'t>) -> bool,
) -> (Cursor<'t>, Vec<ast::Item>) {
    let mut items = Vec::new();
    loop {
        match rest.kind() {
            Kind::End => return (rest, items),
            kind if kind.is_closer() && rest.is_awaited(kind) => return (rest, items),
            _ if ends(rest) => return (rest, items),
            Kind::Semicolon => {
                rest = stray_semicolon(rest);
                continue;
            }
            kind if kind.is_closer() => {
                rest = stray_closer(rest);
                continue;
            }
            _ => {}
        }
        let before = rest;
        if rest.is_first_on_line() && rest.indentation() == Some(0) {
            rest.set_misplaced(false);
        }
        match rest.read(item::item(context)) {
            Ok((after, value)) => {
                items.extend(value);
                rest = after;
            }
            Err(nom::Err::Error(stuck) | nom::Err::Failure(stuck)) => {
                rest.report_stuck(stuck);
                rest = skip_item(rest);
            }
            Err(nom::Err::Incomplete(_)) => return (rest, items),
        }
        if rest.offset() == before.offset() {
            rest = rest.bump();
        }
    }
}

fn stray_closer(rest: Cursor<'_>) -> Cursor<'_> {
    if !rest.set_misplaced(false) {
        closes_nothing(rest);
    }
    rest.bump()
}

/// Reports a closing bracket without an opening one.
pub(in super::super) fn closes_nothing(input: Cursor<'_>) {
    let close = input.kind().as_str();
    let message = format!("`{close}` closes nothing");
    let help = "delete it, or open the bracket before";
    input.report_token(
        Code::Unclosed,
        message,
        "there is no open bracket for it",
        help,
    );
}

fn stray_semicolon(rest: Cursor<'_>) -> Cursor<'_> {
    let after_brace = rest
        .previous()
        .is_some_and(|token| token.kind == Kind::CloseBrace);
    let message = if after_brace {
        "no semicolon follows a `}`"
    } else {
        "a semicolon without anything before it"
    };
    rest.report_token(
        Code::WrongSeparator,
        message,
        "one semicolon too many",
        "delete it",
    );
    rest.bump()
}

/// Skips the item that starts here, as far as its end can be determined.
fn skip_item(start: Cursor<'_>) -> Cursor<'_> {
    let mut rest = start;
    loop {
        let moved = rest.offset() > start.offset();
        match rest.kind() {
            Kind::End => return rest,
            Kind::Semicolon => return rest.bump(),
            Kind::OpenBrace => {
                rest = rest.skip_group();
                return rest.bump_if(Kind::Semicolon);
            }
            kind if kind.is_closer() && rest.is_awaited(kind) => return rest,
            _ if moved && rest.is_first_on_line() && starts_item(rest) => return rest,
            Kind::OpenParen | Kind::OpenBracket => rest = rest.skip_group(),
            _ => rest = rest.bump(),
        }
    }
}

/// Whether an item can start after the next token.
fn ends_line(rest: Cursor<'_>) -> bool {
    let next = rest.bump();
    next.is_first_on_line()
        || next.at(Kind::End)
        || next.kind().is_closer()
        || starts_item(next)
        || next.at_word() && next.nth(1).kind == Kind::Colon
}

/// The `;` at the end of an item; a string of the TOML form ends without one.
pub(in super::super) fn semicolon(rest: Cursor<'_>) -> Parsed<'_, ()> {
    if rest.is_part_of_file() {
        return Ok((rest, ()));
    }
    if !rest.is_lenient() {
        return token(Kind::Semicolon)(rest).map(|(rest, _)| (rest, ()));
    }
    let next = rest.nth(0);
    match rest.kind() {
        Kind::Semicolon => return Ok((rest.bump(), ())),
        _ if rest.follows_open_string() => return Ok((rest, ())),
        Kind::CloseParen | Kind::Greater | Kind::CloseBracket
            if !rest.is_awaited(rest.kind())
                && matches!(rest.nth(1).kind, Kind::Semicolon | Kind::CloseBrace) =>
        {
            closes_nothing(rest);
            return Ok((rest.bump().bump_if(Kind::Semicolon), ()));
        }
        Kind::Colon if rest.at_block_colon() => {
            rest.report_token(
                Code::ForeignSyntax,
                "what is declared here ends with a semicolon",
                "starts a block in Python",
                "write `;`: the body is written in Rust",
            );
            return Ok((rest.bump().skip_indented(rest.indentation()), ()));
        }
        Kind::OpenBrace => {
            rest.report_token(
                Code::ForeignSyntax,
                "what is declared here has no body",
                "starts a body",
                "write `;` in its place: the body is written in Rust",
            );
            return Ok((rest.skip_group().bump_if(Kind::Semicolon), ()));
        }
        Kind::Comma if rest.is_inside_item() => {
            rest.report_expected(Expected::Token(Kind::Semicolon));
            return Ok((rest.skip_rest_of_item(), ()));
        }
        Kind::Comma if rest.nth(1).kind == Kind::Integer && !rest.nth(1).first_on_line => {
            // `= 1,5;`
            rest.report_token(
                Code::BadNumber,
                "a comma in a number",
                "no part of numbers",
                "write `.` before a fraction, `_` between thousands",
            );
            let mut rest = rest;
            while rest.at(Kind::Comma) && rest.nth(1).kind == Kind::Integer {
                rest = rest.bump().bump();
            }
            return semicolon(rest);
        }
        Kind::Comma | Kind::Dot if ends_line(rest) => {
            let label = match rest.kind() {
                Kind::Comma => "a comma",
                _ => "a dot",
            };
            let message = "an item ends with a semicolon";
            rest.report_token(Code::WrongSeparator, message, label, "write `;`");
            return Ok((rest.bump(), ()));
        }
        kind if next.first_on_line
            || kind.is_closer()
            || kind == Kind::End
            || starts_item(rest) =>
        {
            let diagnostic = Diagnostic::new(
                Code::MissingSeparator,
                rest.gap(),
                "a semicolon is missing",
                "expected `;` here",
            )
            .help("write `;`");
            // An error in the next item is independent of this one.
            let is_item = next.first_on_line && rest.at_word() && rest.nth(1).kind.is_word();
            match is_item {
                true => rest.report_before(diagnostic),
                false => rest.report(diagnostic),
            }
            return Ok((rest, ()));
        }
        _ => {}
    }
    rest.report_expected(Expected::Token(Kind::Semicolon));
    let mut rest = rest;
    loop {
        match rest.kind() {
            Kind::Semicolon => return Ok((rest.bump(), ())),
            Kind::OpenBrace => return Ok((rest.skip_group(), ())),
            kind if kind.is_closer() || kind == Kind::End || rest.is_first_on_line() => {
                return Ok((rest, ()));
            }
            kind if kind.closer().is_some() => rest = rest.skip_group(),
            _ => rest = rest.bump(),
        }
    }
}
