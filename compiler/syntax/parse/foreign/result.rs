//! Results and exceptions of functions with mistakes, or in the syntax of other languages.

use super::table::{Place, skip};
use super::{foreign, is_one_of, report, report_missing, report_misspelt};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::syntax::ast;
use crate::syntax::cursor::{Cursor, Expected, Parsed, expect, separated};
use crate::syntax::parse::function::Outcome;
use crate::syntax::parse::{name, ty};
use crate::syntax::print;
use crate::syntax::token::{Keyword, Kind};

/// `result ::= '->' ty raises? | raises`, or nothing.
pub(crate) fn outcome(input: Cursor<'_>) -> Parsed<'_, Outcome> {
    let (rest, ty) = match input.kind() {
        Kind::Arrow => {
            let rest = extra_arrow(input.bump());
            match nothing(rest).or_else(|| arrow_without_type(rest)) {
                Some(rest) => (rest, None),
                None => expect(ty::ty)(rest)?,
            }
        }
        _ => result(input)?,
    };
    let (rest, raises) = exceptions(rest)?;
    if ty.is_none() && !raises.is_empty() {
        let (rest, ty) = late_result(rest)?;
        return Ok((rest, (ty, raises)));
    }
    Ok((rest, (ty, raises)))
}

/// `raises ::= 'raises' name ( '|' name )*`, or nothing.
pub(crate) fn exceptions(input: Cursor<'_>) -> Parsed<'_, Vec<ast::Path>> {
    if let Some(parsed) = raises_in_parentheses(input) {
        return parsed;
    }
    let rest = match input.at_keyword(Keyword::Raises) {
        true => input.bump(),
        false => match raises_word(input) {
            Some(rest) => rest,
            None => return Ok((input, Vec::new())),
        },
    };
    let mut names = Vec::new();
    let mut rest = skip(Place::Raises)(rest);
    loop {
        let (after, name) = expect(name::type_path(Expected::Name("an exception")))(rest)?;
        names.extend(name);
        rest = trailing_pipe(after);
        if !rest.at(Kind::Pipe) {
            break;
        }
        rest = rest.bump();
    }
    let (rest, more) = further_exceptions(rest)?;
    names.extend(more);
    Ok((rest, names))
}

/// The result, if no `->` precedes it.
fn result(input: Cursor<'_>) -> Parsed<'_, Option<ast::Type>> {
    let is_type = |input: Cursor<'_>| {
        (input.at_word() || input.at(Kind::OpenParen)) && !input.is_first_on_line()
    };
    let message = "the result comes after `->`";
    match input.kind() {
        Kind::Colon if is_type(input.bump()) => report(input, message, "a colon", "write `->`"),
        Kind::Minus | Kind::Greater | Kind::FatArrow if is_arrow(input) => {
            let rest = behind_arrow(input);
            let written = input.text_until(rest);
            let label = match written {
                "=>" => "`=>`",
                "-" | ">" => "half of it",
                _ if written.contains(char::is_whitespace) => "with a blank in it",
                _ => "another arrow",
            };
            let span = rest.span_since(input);
            input.report(foreign(span, message, label, "write `->`"));
            return match nothing(rest) {
                Some(rest) => Ok((rest, None)),
                None => expect(ty::ty)(rest),
            };
        }
        Kind::Name if matches!(input.text(), "returns" | "return") && is_type(input.bump()) => {
            report(input, message, "another language's keyword", "write `->`");
            let rest = input.bump();
            // `returns (stream Point)`
            let is_stream = rest.at(Kind::OpenParen)
                && rest.nth_text(1) == "stream"
                && rest.nth(2).kind.is_word();
            let inner = rest.bump_if(Kind::OpenParen);
            let (after, ty) = expect(ty::ty)(if is_stream { inner.bump() } else { inner })?;
            return Ok((
                if rest.at(Kind::OpenParen) {
                    after.bump_if(Kind::CloseParen)
                } else {
                    after
                },
                ty,
            ));
        }
        Kind::Name | Kind::Escaped if is_type(input) && !looks_like_raises(input) => {
            report_missing(input, "`->`", format!("write `-> {}`", input.text()));
            return expect(ty::ty)(input);
        }
        _ => return Ok((input, None)),
    }
    match nothing(input.bump()) {
        Some(rest) => Ok((rest, None)),
        None => expect(ty::ty)(input.bump()),
    }
}

/// Whether the next tokens look like an arrow before a type.
fn is_arrow(input: Cursor<'_>) -> bool {
    let rest = behind_arrow(input);
    let is_type = rest.at_word() || matches!(rest.kind(), Kind::OpenParen | Kind::Ampersand);
    // `list<func() -> u32>`
    is_type
        && !rest.is_first_on_line()
        && !(input.at(Kind::Greater) && input.is_awaited(Kind::Greater))
}

/// Skips the tokens that were written instead of an arrow.
fn behind_arrow(input: Cursor<'_>) -> Cursor<'_> {
    const LONGEST: usize = 3;
    let mut rest = input;
    for _ in 0..LONGEST {
        if !matches!(
            rest.kind(),
            Kind::Minus | Kind::Greater | Kind::FatArrow | Kind::Arrow
        ) {
            break;
        }
        rest = rest.bump();
    }
    rest
}

/// Skips the rest of a doubled arrow: `->> u32`, `-> -> u32`.
fn extra_arrow(input: Cursor<'_>) -> Cursor<'_> {
    let is_more = matches!(input.kind(), Kind::Greater | Kind::Arrow | Kind::Minus);
    if !(is_more && is_arrow(input)) {
        return input;
    }
    let rest = behind_arrow(input);
    let span = rest.span_since(input);
    let diagnostic = Diagnostic::new(
        Code::UnexpectedToken,
        span,
        "one arrow is enough",
        "too much",
    );
    input.report(diagnostic.help("delete it"));
    rest
}

/// Whether `None`, `void` or `()` follows, which is omitted here.
pub(crate) fn is_nothing(input: Cursor<'_>) -> bool {
    let is_name = input.at(Kind::Name) && suggest::is_nothing(input.text());
    is_name || is_unit(input)
}

fn is_unit(input: Cursor<'_>) -> bool {
    input.at_all(&[Kind::OpenParen, Kind::CloseParen])
}

/// Skips `None` or `void` as a result.
fn nothing(input: Cursor<'_>) -> Option<Cursor<'_>> {
    if !is_nothing(input) {
        return None;
    }
    let message = "a function that returns nothing has no `->`";
    let help = "leave out `->` and what follows it";
    report(input, message, "no value", help);
    Some(match is_unit(input) {
        true => input.bump().bump(),
        false => input.bump(),
    })
}

/// Reports an arrow that `raises` follows instead of a type.
fn arrow_without_type(input: Cursor<'_>) -> Option<Cursor<'_>> {
    // A type may be called `raises`: `-> raises raises error`.
    let next = input.nth(1).kind;
    let is_type = next == Kind::Keyword(Keyword::Raises) || !next.is_word();
    (input.at_keyword(Keyword::Raises) && !is_type).then(|| {
        let message = "no type stands between `->` and `raises`";
        let help = "leave out `->`, or write what is returned after it";
        input.report_token(
            Code::UnexpectedToken,
            message,
            "a type belongs before it",
            help,
        );
        input
    })
}

/// The result, if it follows the exceptions.
fn late_result(input: Cursor<'_>) -> Parsed<'_, Option<ast::Type>> {
    if !input.at(Kind::Arrow) {
        return Ok((input, None));
    }
    let (rest, ty) = {
        let _rewriting = input.rewriting();
        expect(ty::ty)(input.bump())?
    };
    let result = input.text_until(rest);
    let diagnostic = Diagnostic::new(
        Code::Misplaced,
        rest.span_since(input),
        "the result comes before `raises`",
        "too late",
    );
    input.report(diagnostic.help(format!("write `{result}` before `raises`")));
    Ok((rest, ty))
}

/// Skips and reports a `|` after the last exception.
fn trailing_pipe(input: Cursor<'_>) -> Cursor<'_> {
    let ends = matches!(input.nth(1).kind, Kind::Semicolon | Kind::Comma | Kind::End)
        || input.nth(1).kind.is_closer();
    if !(input.at(Kind::Pipe) && ends) {
        return input;
    }
    let message = "nothing stands after this `|`";
    input.report_token(
        Code::WrongSeparator,
        message,
        "one too many",
        "delete it, or name another exception after it",
    );
    input.bump()
}

/// Skips a substitute for `raises`.
fn raises_word(input: Cursor<'_>) -> Option<Cursor<'_>> {
    if !looks_like_raises(input) {
        return None;
    }
    match suggest::nearest(input.text(), ["raises"]) {
        Some(right) => report_misspelt(input, right),
        None => report(
            input,
            "exceptions come after `raises`",
            "another language's keyword",
            "write `raises`",
        ),
    }
    Some(input.bump())
}

/// The exceptions in parentheses after `raises` or `throws`; reports the parentheses.
fn raises_in_parentheses(input: Cursor<'_>) -> Option<Parsed<'_, Vec<ast::Path>>> {
    let is_raises = input.at_keyword(Keyword::Raises) || looks_like_raises(input);
    if !(is_raises && input.nth(1).kind == Kind::OpenParen) {
        return None;
    }
    let start = input.bump();
    let mut names = Vec::new();
    let mut rest = start.bump();
    while let Ok((after, path)) = name::type_path(Expected::Name("an exception"))(rest) {
        names.push(path);
        rest = match after.kind() {
            Kind::Comma | Kind::Pipe => after.bump(),
            _ => after,
        };
    }
    let written: Vec<_> = match rest.at(Kind::CloseParen) {
        true => names.iter().map(print::path_text).collect(),
        // `throws (1: Bad b)`
        false => Vec::new(),
    };
    let help = match written.is_empty() {
        true => "write `raises name`, and `|` between several".to_owned(),
        false => format!("write `raises {}`", written.join(" | ")),
    };
    let rest = start.skip_group();
    let message = "exceptions come after `raises`, without parentheses";
    let span = rest.span_since(input);
    input.report(foreign(span, message, "another language's syntax", help));
    let is_known = rest.offset() > start.offset() && !written.is_empty();
    Some(Ok((rest, if is_known { names } else { Vec::new() })))
}

fn looks_like_raises(input: Cursor<'_>) -> bool {
    const WORDS: &str = "throws throw rethrows errors except raising";
    let next = input.nth(1).kind;
    input.at(Kind::Name)
        && (next.is_word() || next == Kind::OpenParen)
        && (is_one_of(input.text(), WORDS) || suggest::nearest(input.text(), ["raises"]).is_some())
}

/// `, b, c` after `raises a`, at the end of a function.
fn further_exceptions(input: Cursor<'_>) -> Parsed<'_, Vec<ast::Path>> {
    let mut names = Vec::new();
    let mut rest = input;
    let is_word = |rest: Cursor<'_>| rest.at(Kind::Name) && matches!(rest.text(), "or" | "and");
    while (rest.at(Kind::Comma) && !rest.is_awaited(Kind::CloseParen) || is_word(rest))
        && rest.nth(1).kind.is_word()
        && !rest.nth(1).first_on_line
        && (is_word(rest) || matches!(rest.nth(2).kind, Kind::Semicolon | Kind::Comma | Kind::Pipe))
    {
        if names.is_empty() {
            let label = match rest.at(Kind::Comma) {
                true => "a comma",
                false => "a word",
            };
            report(rest, "exceptions are separated by `|`", label, "write `|`");
        }
        let others = separated(Kind::Pipe, name::type_path(Expected::Name("an exception")));
        let (after, more) = { others }(rest.bump())?;
        names.extend(more);
        rest = after;
    }
    Ok((rest, names))
}
