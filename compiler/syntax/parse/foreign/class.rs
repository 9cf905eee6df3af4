//! Parts of classes in the syntax of other languages.

use super::table::{Place, skip, skipped};
use super::{foreign, word};
use crate::syntax::ast;
use crate::syntax::cursor::{Cursor, Expected, Parsed, expect};
use crate::syntax::parse::name;
use crate::syntax::token::{Keyword, Kind};

/// Reports that a property has no default.
pub(crate) fn property_default<'t>(input: Cursor<'t>, rest: Cursor<'t>) -> Option<()> {
    let message = format!("the property `{}` cannot have a default", input.text());
    let help = "leave it out: Rust gives the value";
    input.report_apart(foreign(
        rest.span_since(input),
        message,
        "with a default",
        help,
    ));
    Some(())
}

/// What other languages have after `operator`, and the word for it.
const OPERATORS: &[(&str, &str)] = &[
    ("= =", "eq"),
    ("[ ]", "getitem"),
    ("( )", "call"),
    ("< =", "le"),
    ("> =", "ge"),
    ("<", "lt"),
    (">", "gt"),
    ("+", "add"),
    ("-", "sub"),
    ("*", "mul"),
];

/// A substitute for the word after `operator`.
pub(crate) fn operator_name(input: Cursor<'_>) -> Option<Parsed<'_, ast::Name>> {
    let mut symbols = OPERATORS.iter();
    let symbol = symbols.find_map(|(symbol, word)| Some((input.matched(symbol)?.rest, *word)));
    let (rest, right, message, label, func) = match symbol {
        Some((rest, right)) => (
            rest,
            right,
            "operators are named by words",
            "a symbol",
            ": func…",
        ),
        None if name::is_special(input.text()) => (
            input.bump(),
            input.text().trim_matches('_'),
            "operators are named without underscores",
            "Python's name",
            "",
        ),
        None => return None,
    };
    let span = rest.span_since(input);
    let help = format!("write `operator {right}{func}`");
    input.report(foreign(span, message, label, help));
    Some(Ok((rest, word(right, span))))
}

/// `( 'extends' name )?` with mistakes: `(base)`, `: base`, `inherits base`, several bases.
pub(crate) fn extends(input: Cursor<'_>) -> Parsed<'_, Option<ast::Path>> {
    let start = match input.at_keyword(Keyword::Extends) {
        true => Some(input.bump()),
        false => skipped(Place::Extends)(input),
    };
    let Some(start) = start else {
        return Ok((input, None));
    };
    let (rest, path) = base(start)?;
    let rest = match input.at(Kind::OpenParen) {
        true => rest.bump_if(Kind::CloseParen),
        false => rest,
    };
    Ok((skip(Place::FurtherBase)(rest), path))
}

/// `extends base` after `implements`.
pub(crate) fn late_extends(input: Cursor<'_>) -> Parsed<'_, Option<ast::Path>> {
    match skipped(Place::LateExtends)(input) {
        Some(rest) => base(rest),
        None => Ok((input, None)),
    }
}

fn base(input: Cursor<'_>) -> Parsed<'_, Option<ast::Path>> {
    expect(name::type_path(Expected::Name("the base")))(input)
}
