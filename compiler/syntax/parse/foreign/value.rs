//! Values in the syntax of other languages.

use super::table::{Place, skipped};
use super::type_suffix::colons;
use super::{foreign, report, word};
use crate::syntax::ast::{LiteralKind, Path};
use crate::syntax::cursor::{Cursor, Expected, Parsed, separated};
use crate::syntax::parse::recovery::values;
use crate::syntax::parse::{literal, name};
use crate::syntax::token::Kind;

/// `case-ref ( '|' case-ref )*`, or what other languages write in its place.
pub(crate) fn cases(input: Cursor<'_>) -> Parsed<'_, LiteralKind> {
    if let Some(parsed) = value(input) {
        return Ok(parsed);
    }
    let case = colons(name::path(Expected::Value));
    let (rest, cases) = separated(Kind::Pipe, case)(input)?;
    if let Some(rest) = skipped(Place::RecordValue)(rest) {
        return literal::pairs(rest);
    }
    match call(input, rest) {
        Some(rest) => Ok((rest, LiteralKind::Computed)),
        None => Ok((rest, LiteralKind::Case(cases))),
    }
}

/// Words that certainly mean a value in another language, and what they are here. `null` and the like may be names of enum
/// members.
const VALUES: &[(&str, &str)] = &[
    ("None", "none"),
    ("nullptr", "none"),
    ("True", "true"),
    ("False", "false"),
];

/// `None`, `True`: their counterparts here.
fn value(input: Cursor<'_>) -> Option<(Cursor<'_>, LiteralKind)> {
    if !input.at(Kind::Name) {
        return None;
    }
    let text = input.text();
    let (_, right) = VALUES.iter().find(|(word, _)| *word == text)?;
    let message = format!("`{text}` is written `{right}`");
    let help = format!("write `{right}`");
    report(input, message, "another language's spelling", help);
    let path = Path {
        parts: vec![word(right, input.span())],
        span: input.span(),
    };
    Some((input.bump(), LiteralKind::Case(vec![path])))
}

/// Skips and reports the rest of `1 + 2` or `"a" "b"`. The first value starts at `input`.
pub(crate) fn computed<'t>(input: Cursor<'t>, rest: Cursor<'t>) -> Cursor<'t> {
    use Kind::{Float, Greater, Integer, Less, Minus, Plus, Slash, Star, String};
    let is_sign = matches!(rest.kind(), Less | Greater | Minus | Plus | Slash | Star);
    let is_value = |kind| {
        matches!(
            kind,
            Integer | Float | String | Kind::Name | Kind::OpenParen
        )
    };
    let is_operation = is_sign && (is_value(rest.nth(1).kind) || rest.nth(1).kind == rest.kind());
    let is_text = rest.at(String) && rest.previous().is_some_and(|it| it.kind == String);
    if !(is_operation || is_text) || rest.is_first_on_line() || rest.is_awaited(rest.kind()) {
        return rest;
    }
    let mut end = rest;
    while !(matches!(end.kind(), Kind::Comma | Kind::Semicolon | Kind::End)
        || end.kind().is_closer()
        || end.is_first_on_line())
    {
        end = match end.kind().closer() {
            Some(_) if !end.at(Less) => end.skip_group(),
            _ => end.bump(),
        };
    }
    let help = match result(input.text_until(end)) {
        Some(value) => format!("write `{value}`"),
        None => "write the result, or `...` to have Rust compute it".to_owned(),
    };
    let span = end.span_since(input);
    let message = "values are not computed here";
    input.report_apart(foreign(span, message, "an expression", help));
    end
}

/// The result of an operation on two integers, or of adjacent strings.
fn result(text: &str) -> Option<std::string::String> {
    type Operation = fn(i128, i128) -> Option<i128>;
    const SIGNS: &[(&str, Operation)] = &[
        ("<<", |a, b| {
            a.checked_mul(2_i128.checked_pow(b.try_into().ok()?)?)
        }),
        ("+", i128::checked_add),
        ("-", i128::checked_sub),
        ("*", i128::checked_mul),
    ];
    for (sign, operation) in SIGNS {
        let (a, b) = match text.split_once(sign) {
            Some((a, b)) => (a.trim().parse().ok(), b.trim().parse().ok()),
            None => continue,
        };
        return Some(operation(a?, b?)?.to_string());
    }
    None
}

/// Skips `(…)` after a name, as in `point(1, 2)`, if present at `rest`. The name is at `input`.
fn call<'t>(input: Cursor<'t>, rest: Cursor<'t>) -> Option<Cursor<'t>> {
    if !(rest.at(Kind::OpenParen) && rest.touches_previous()) {
        return None;
    }
    let (name, end) = (input.text_until(rest), rest.skip_group());
    let (told, message, label, help) = if matches!(name, "some" | "Some" | "Just" | "just") {
        let inner = rest.bump().text_until(end);
        let inner = inner.strip_suffix(')').unwrap_or(inner);
        let help = format!("write `{inner}`: an option's value needs no mark");
        (end, "an option has no constructor", "wrapped", help)
    } else {
        let help = format!(
            "write a record as `{{ x: 1.0, y: 2.0 }}`, a tuple as `(1, 2)`; `...` has `{name}(…)` computed in Rust"
        );
        (rest, "a value cannot be computed by a call", "called", help)
    };
    input.report_apart(foreign(told.span_since(input), message, label, help));
    Some(end)
}

/// A list or set in braces, as in `{1, 2}`.
pub(crate) fn set(input: Cursor<'_>) -> Option<Parsed<'_, LiteralKind>> {
    let start = skipped(Place::Set)(input)?;
    let values = values(Kind::OpenBrace, Kind::CloseBrace, literal::literal)(start);
    Some(values.map(|(rest, values)| (rest, LiteralKind::List(values))))
}
