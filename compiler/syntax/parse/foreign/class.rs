//! Parts of classes in the syntax of other languages.

use super::body::is_block_colon;
use super::callable::is_dunder;
use super::{foreign, report, report_missing, report_misspelt};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::cursor::{Cursor, Expected, Parsed, Stuck, expect, token};
use crate::syntax::parse::name;
use crate::syntax::token::{Keyword, Kind};

/// Skips the colon of `constructor: …`.
pub(crate) fn constructor_colon(input: Cursor<'_>) -> Cursor<'_> {
    let rest = input.bump();
    if !rest.at_keyword(Keyword::Overload) {
        report(
            input,
            "a constructor has no `: func`",
            "a colon",
            "write `constructor(…);`",
        );
        if rest.at(Kind::OpenParen) {
            rest.set_reported();
        }
    }
    rest
}

/// The position after `readonly` where `property` belongs.
pub(crate) fn property_word(input: Cursor<'_>) -> Result<Cursor<'_>, nom::Err<Stuck>> {
    match (input.at(Kind::Name), input.nth(1).kind) {
        (true, Kind::Colon) => {
            let ty = match input.nth(3).kind {
                Kind::Semicolon => input.nth_text(2),
                _ => "…",
            };
            let help = format!("write `readonly property {}: {ty};`", input.text());
            report_missing(input, "`property`", help);
            Ok(input)
        }
        (true, next) if next.is_word() => {
            match suggest::nearest(input.text(), ["property"]) {
                Some(right) => report_misspelt(input, right),
                None => report(
                    input,
                    "a property is introduced by `property`",
                    "another word",
                    "write `property`",
                ),
            }
            Ok(input.bump())
        }
        _ => Err(input.stuck(Expected::Token(Kind::Keyword(Keyword::Property)))),
    }
}

/// Reports that a property has no default.
pub(crate) fn property_default<'t>(input: Cursor<'t>, rest: Cursor<'t>) {
    let message = format!("the property `{}` cannot have a default", input.text());
    input.report_apart(foreign(
        rest.span_since(input),
        message,
        "with a default",
        "leave it out: Rust gives the value",
    ));
}

/// The word after `operator`, or its substitute.
pub(crate) fn operator_name(input: Cursor<'_>) -> Parsed<'_, ast::Name> {
    if is_dunder(input.text()) {
        let (rest, mut name) = name::word(input)?;
        let right = name.text.trim_matches('_').to_owned();
        report(
            input,
            "operators are named without underscores",
            "Python's name",
            format!("write `operator {right}`"),
        );
        name.text = right;
        return Ok((rest, name));
    }
    let symbols: &[(&[Kind], &str)] = &[
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
    let Some((kinds, right)) = symbols.iter().find(|(kinds, _)| input.at_all(kinds)) else {
        return match input.at_word() {
            true => name::word(input),
            false => Err(input.stuck(Expected::Name("the operator"))),
        };
    };
    let rest = kinds.iter().fold(input, |rest, _| rest.bump());
    let span = rest.span_since(input);
    input.report(foreign(
        span,
        "operators are named by words",
        "a symbol",
        format!("write `operator {right}: func…`"),
    ));
    Ok((
        rest,
        ast::Name {
            text: (*right).to_owned(),
            escaped: false,
            builtin: false,
            span,
        },
    ))
}

/// `operator len(…)`: reports that `: func` is missing.
pub(crate) fn operator_without_func(input: Cursor<'_>) -> Parsed<'_, Option<Span>> {
    let name = input.previous_text().unwrap_or("name");
    let mut end = input.skip_group();
    while !(end.at(Kind::Semicolon) || end.at(Kind::End) || end.is_first_on_line()) {
        end = end.bump();
    }
    let help = format!("write `operator {name}: func{};`", input.text_until(end));
    report_missing(input, "`: func`", help);
    Ok((input, None))
}

/// The base in the syntax of other languages: `(base)`, `: base`, `inherits base`.
pub(crate) fn extends(input: Cursor<'_>) -> Parsed<'_, Option<ast::Path>> {
    let base = || name::type_path(Expected::Name("the base"));
    let message = "a base comes after `extends`";
    let help = || format!("write `extends {}`", suggest::kebab_case(input.nth_text(1)));
    let next_is_word = input.nth(1).kind.is_word();
    match input.kind() {
        Kind::Name if next_is_word => match suggest::nearest(input.text(), ["extends"]) {
            Some(right) => report_misspelt(input, right),
            None if input.text() == "inherits" => {
                report(input, message, "another language's word", help())
            }
            None => return Ok((input, None)),
        },
        Kind::Colon if next_is_word && !is_block_colon(input) => {
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
pub(crate) fn late_extends(input: Cursor<'_>) -> Parsed<'_, Option<ast::Path>> {
    if !input.at_keyword(Keyword::Extends) {
        return Ok((input, None));
    }
    let diagnostic = Diagnostic::new(
        Code::Misplaced,
        input.span(),
        "`extends` comes before `implements`",
        "too late",
    );
    input.report(diagnostic.help("write `extends … implements …`"));
    expect(name::type_path(Expected::Name("the base")))(input.bump())
}

/// `, other` or `extends other` after a base.
pub(crate) fn further_bases(input: Cursor<'_>) -> Parsed<'_, ()> {
    let mut rest = match input.at_keyword(Keyword::Extends) {
        true => input.bump(),
        false => token(Kind::Comma)(input)?.0,
    };
    report(
        input,
        "there can be only one base",
        "a second base",
        "leave out all but one; use `implements` for protocols",
    );
    while rest.at_word() {
        rest = name::word_path(rest)?.0;
        if rest.at(Kind::Comma) {
            rest = rest.bump();
        }
    }
    Ok((rest, ()))
}
