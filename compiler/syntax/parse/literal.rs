//! Values.

use nom::Parser;
use nom::combinator::opt;

use super::super::ast::{self, LiteralKind};
use super::super::cursor::{Cursor, Expected, Parsed, expect, separated, token};
use super::super::lexer;
use super::super::token::Kind;
use super::foreign::{Place, skip, skipped};
use super::recovery::{list, values};
use super::{foreign, name};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// `default ::= '=' literal`
pub(super) fn default(input: Cursor<'_>) -> Parsed<'_, Option<ast::Literal>> {
    let value = match input.habit(skipped(Place::Default)) {
        Some(value) => value,
        None if input.at(Kind::Equals) => input.bump(),
        None => return Ok((input, None)),
    };
    let (mut rest, literal) = expect(literal)(value)?;
    if literal.is_some() {
        rest = rest.past(|rest| foreign::computed(value, rest));
    }
    Ok((rest, literal))
}

/// `literal ::= '...' | '-'? ( FLOAT | INT ) | '-' INFINITY | STRING | '[' literals? ']' | '(' literals? ')' | '{' pairs? '}'
/// | case-ref ( '|' case-ref )*`, `literals ::= literal ( ',' literal )* ','?`
pub(super) fn literal(input: Cursor<'_>) -> Parsed<'_, ast::Literal> {
    let _nested = input.enter(None)?;
    let input = input.past(skip(Place::Value));
    let (rest, kind) = match input.kind() {
        Kind::Ellipsis => (input.bump(), LiteralKind::Computed),
        Kind::Integer | Kind::Float | Kind::Minus => number(input)?,
        Kind::String => {
            let (rest, text) = text(input)?;
            (rest, LiteralKind::String(text.value))
        }
        Kind::OpenBracket => {
            let (rest, values) = values(Kind::OpenBracket, Kind::CloseBracket, literal)(input)?;
            (rest, LiteralKind::List(values))
        }
        Kind::OpenParen => {
            let (rest, values) = values(Kind::OpenParen, Kind::CloseParen, literal)(input)?;
            (rest, LiteralKind::Tuple(values))
        }
        Kind::OpenBrace => pairs(input)?,
        kind if kind.is_word() => cases(input)?,
        _ => return Err(input.stuck(Expected::Value)),
    };
    Ok((
        rest,
        ast::Literal {
            kind,
            span: rest.span_since(input),
        },
    ))
}

/// `'-'? ( FLOAT | INT ) | '-' INFINITY`
fn number(input: Cursor<'_>) -> Parsed<'_, LiteralKind> {
    let (rest, minus) = opt(token(Kind::Minus)).parse(input)?;
    let sign = if minus.is_some() { "-" } else { "" };
    let written = format!("{sign}{}", rest.text());
    match rest.kind() {
        Kind::Integer => Ok((rest.bump(), LiteralKind::Integer(written))),
        Kind::Float => Ok((rest.bump(), LiteralKind::Float(written))),
        // Also `-Infinity` and the like: the resolver decides which are valid.
        Kind::Name if rest.text().parse::<f64>().is_ok() => {
            Ok((rest.bump(), LiteralKind::Float(written)))
        }
        _ => Err(rest.stuck(Expected::Value)),
    }
}

/// Values of other languages, which no case is called.
const RESERVED: &[&str] = &["None", "nullptr", "True", "False"];

/// `case-ref ( '|' case-ref )*`, `case-ref ::= word ( '.' word )*`
fn cases(input: Cursor<'_>) -> Parsed<'_, LiteralKind> {
    if input.is_lenient() {
        return foreign::cases(input);
    } else if input.at(Kind::Name) && RESERVED.contains(&input.text()) {
        return Err(input.stuck(Expected::Value));
    }
    let (rest, cases) = separated(Kind::Pipe, name::path(Expected::Value))(input)?;
    Ok((rest, LiteralKind::Case(cases)))
}

/// `'{' pairs? '}'`, `pairs ::= literal ':' literal ( ',' literal ':' literal )* ','?`
pub(super) fn pairs(input: Cursor<'_>) -> Parsed<'_, LiteralKind> {
    if let Some(parsed) = input.habit(foreign::set) {
        return parsed;
    }
    let (rest, pairs) = list(Kind::OpenBrace, Kind::CloseBrace, pair)(input)?;
    Ok((rest, LiteralKind::Pairs(pairs)))
}

/// `literal ':' literal`
fn pair(input: Cursor<'_>) -> Parsed<'_, (ast::Literal, ast::Literal)> {
    let (rest, key) = literal(input)?;
    let rest = match rest.habit(skipped(Place::Pair)) {
        Some(rest) => rest,
        None => token(Kind::Colon)(rest)?.0,
    };
    let (rest, value) = literal(rest)?;
    Ok((rest, (key, value)))
}

/// The error in `escape`, a part of the string `whole` or all of it.
fn bad_escape(escape: &str, whole: &str, place: Span) -> Diagnostic {
    let diagnostic = |message: &str, label| Diagnostic::new(Code::BadEscape, place, message, label);
    if escape.len() == whole.len() {
        return diagnostic("the bytes of a string must be UTF-8", "not UTF-8")
            .help("write a character as itself, or by its number as in `\\u{ff}`");
    }
    if escape == "\\u" {
        return diagnostic(
            "`\\u` is followed by the number of a character in braces",
            "no character",
        )
        .help("write it with hexadecimal digits, as in `\\u{1f40d}`; from 0 to 10ffff, except d800 to dfff");
    }
    diagnostic(
        &format!("`{escape}` is not an escape of strings"),
        "unknown escape",
    )
    .help("the escapes are \\n \\t \\r \\\" \\' \\\\, \\u{1f40d} for a character, \\7f for a byte")
    .help("for a backslash itself, write `\\\\`")
}

/// `STRING`
pub(super) fn text(input: Cursor<'_>) -> Parsed<'_, ast::Text> {
    let (rest, span) = token(Kind::String)(input)?;
    let value = lexer::unescape(input.text(), |range| {
        let start = input.nth(0).start;
        let place = input.place(start + range.start as u32, start + range.end as u32);
        input.report_apart(bad_escape(&input.text()[range], input.text(), place));
    });
    Ok((rest, ast::Text { value, span }))
}
