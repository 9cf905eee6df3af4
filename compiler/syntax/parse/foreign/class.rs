//! Parts of classes in the syntax of other languages.

use super::{foreign, report, report_missing, report_misspelt, word};
use crate::diagnostic::{Code, suggest};
use crate::syntax::ast;
use crate::syntax::cursor::{Cursor, Expected, Parsed, expect};
use crate::syntax::parse::name;
use crate::syntax::token::{Keyword, Kind};

/// Skips the colon of `constructor: func(…)`.
pub(crate) fn constructor_colon(input: Cursor<'_>) -> Cursor<'_> {
    if !input.at(Kind::Colon) {
        return input;
    }
    let message = "a constructor has no `: func`";
    report(input, message, "a colon", "write `constructor(…);`");
    let rest = input.bump();
    if rest.at(Kind::OpenParen) {
        rest.set_reported();
    }
    rest
}

/// Skips what is written after `readonly` in place of `property`, which may be nothing.
pub(crate) fn property_word(input: Cursor<'_>) -> Option<Cursor<'_>> {
    let next = input.nth(1).kind;
    if !(input.at(Kind::Name) && (next == Kind::Colon || next.is_word())) {
        return None;
    } else if next != Kind::Colon {
        let message = "a property is introduced by `property`";
        match suggest::nearest(input.text(), ["property"]) {
            Some(right) => report_misspelt(input, right),
            None => report(input, message, "another word", "write `property`"),
        }
        return Some(input.bump());
    }
    let ty = match input.nth(3).kind {
        Kind::Semicolon => input.nth_text(2),
        _ => "…",
    };
    let help = format!("write `readonly property {}: {ty};`", input.text());
    report_missing(input, "`property`", help);
    Some(input)
}

/// Reports that a property has no default.
pub(crate) fn property_default<'t>(input: Cursor<'t>, rest: Cursor<'t>) -> Option<()> {
    let message = format!("the property `{}` cannot have a default", input.text());
    input.report_apart(foreign(
        rest.span_since(input),
        message,
        "with a default",
        "leave it out: Rust gives the value",
    ));
    Some(())
}

/// A substitute for the word after `operator`.
pub(crate) fn operator_name(input: Cursor<'_>) -> Option<Parsed<'_, ast::Name>> {
    const SYMBOLS: &[(&[Kind], &str)] = &[
        (&[Kind::Equals, Kind::Equals], "eq"),
        (&[Kind::OpenBracket, Kind::CloseBracket], "getitem"),
        (&[Kind::OpenParen, Kind::CloseParen], "call"),
        (&[Kind::Less, Kind::Equals], "le"),
        (&[Kind::Greater, Kind::Equals], "ge"),
        (&[Kind::Less], "lt"),
        (&[Kind::Greater], "gt"),
        (&[Kind::Plus], "add"),
        (&[Kind::Minus], "sub"),
        (&[Kind::Star], "mul"),
    ];
    let symbol = SYMBOLS.iter().find(|(kinds, _)| input.at_all(kinds));
    let (rest, right) = match symbol {
        Some((kinds, right)) => (kinds.iter().fold(input, |rest, _| rest.bump()), *right),
        None if name::is_special(input.text()) => (input.bump(), input.text().trim_matches('_')),
        None => return None,
    };
    let (message, label, help) = match symbol {
        Some(_) => (
            "operators are named by words",
            "a symbol",
            format!("write `operator {right}: func…`"),
        ),
        None => (
            "operators are named without underscores",
            "Python's name",
            format!("write `operator {right}`"),
        ),
    };
    let span = rest.span_since(input);
    input.report(foreign(span, message, label, help));
    Some(Ok((rest, word(right, span))))
}

/// `operator len(…)`: reports that `: func` is missing.
pub(crate) fn operator_without_func(input: Cursor<'_>) -> Option<Cursor<'_>> {
    if !input.at(Kind::OpenParen) {
        return None;
    }
    let name = input.previous_text().unwrap_or("name");
    let end = input.skip_line();
    let help = format!("write `operator {name}: func{};`", input.text_until(end));
    report_missing(input, "`: func`", help);
    Some(input)
}

/// `( 'extends' name )?` with mistakes: `(base)`, `: base`, `inherits base`, several bases.
pub(crate) fn extends(input: Cursor<'_>) -> Parsed<'_, Option<ast::Path>> {
    let (rest, path) = first_base(input)?;
    let rest = further_bases(rest).unwrap_or(rest);
    Ok((rest, path))
}

fn first_base(input: Cursor<'_>) -> Parsed<'_, Option<ast::Path>> {
    let base = || name::type_path(Expected::Name("the base"));
    let message = "a base comes after `extends`";
    let help = || format!("write `extends {}`", suggest::kebab_case(input.nth_text(1)));
    let next_is_word = input.nth(1).kind.is_word();
    match input.kind() {
        Kind::Keyword(Keyword::Extends) => {}
        Kind::Name if next_is_word => match suggest::nearest(input.text(), ["extends"]) {
            Some(right) => report_misspelt(input, right),
            None if input.text() == "inherits" => {
                report(input, message, "another language's keyword", help())
            }
            None => return Ok((input, None)),
        },
        Kind::Colon if next_is_word && !input.at_block_colon() => {
            report(input, message, "a colon", help())
        }
        Kind::Equals if next_is_word => report(input, message, "`=`", help()),
        Kind::OpenParen if next_is_word && input.nth(2).kind == Kind::CloseParen => {
            report(input, message, "in parentheses", help());
            let (rest, path) = base()(input.bump())?;
            return Ok((rest.bump(), Some(path)));
        }
        _ => return Ok((input, None)),
    }
    expect(base())(input.bump())
}

/// `extends base` after `implements`.
pub(crate) fn late_extends(input: Cursor<'_>) -> Option<Parsed<'_, Option<ast::Path>>> {
    if !input.at_keyword(Keyword::Extends) {
        return None;
    }
    let message = "`extends` comes before `implements`";
    input.report_token(
        Code::Misplaced,
        message,
        "too late",
        "write `extends … implements …`",
    );
    let base = name::type_path(Expected::Name("the base"));
    Some(expect(base)(input.bump()))
}

/// Skips `, other` or `extends other` after a base.
fn further_bases(input: Cursor<'_>) -> Option<Cursor<'_>> {
    let is_more = input.at(Kind::Comma) || input.at_keyword(Keyword::Extends);
    if !is_more {
        return None;
    }
    let help = "leave out all but one; use `implements` for protocols";
    report(input, "there can be only one base", "a second base", help);
    let mut rest = input.bump();
    while rest.at_word() {
        rest = name::word_path(rest).ok()?.0.bump_if(Kind::Comma);
    }
    Some(rest)
}
