//! Attributes in the syntax of other languages.

use super::report;
use crate::syntax::ast;
use crate::syntax::cursor::Cursor;
use crate::syntax::parse::{meta, name};
use crate::syntax::token::Kind;

/// A value after an attribute without parentheses, as its argument.
pub(crate) fn attribute_value(input: Cursor<'_>) -> (Cursor<'_>, Option<ast::AttributeArgument>) {
    if input.at(Kind::Name) && input.nth(1).kind == Kind::Equals && !input.is_first_on_line() {
        let mut rest = input;
        while !rest.is_first_on_line() && !rest.at(Kind::End) {
            rest = rest.bump();
        }
        let help = format!("write `({})`", input.text_until(rest));
        let message = "arguments of an attribute stand in parentheses";
        report(input, message, "no parentheses", help);
        let argument = meta::argument(input).ok().map(|(_, argument)| argument);
        return (rest, argument);
    }
    let value = input.bump_if(Kind::Equals);
    let is_word = input.at(Kind::Equals) && value.at(Kind::Name);
    let is_value = is_word
        || matches!(
            value.kind(),
            Kind::String | Kind::Integer | Kind::Float | Kind::Version
        );
    if !is_value || input.is_first_on_line() || value.is_first_on_line() {
        return (input, None);
    }
    let help = format!("write `({})`", value.text());
    report(
        input,
        "arguments of an attribute stand in parentheses",
        "no parentheses",
        help,
    );
    let argument = meta::argument(value).ok().map(|(_, argument)| argument);
    (value.bump(), argument)
}

/// `name:` before an argument, instead of `name =`.
pub(crate) fn argument_colon(input: Cursor<'_>) -> (Cursor<'_>, Option<ast::Name>) {
    if !(input.at_word() && input.nth(1).kind == Kind::Colon) {
        return (input, None);
    }
    match name::word(input) {
        Ok((rest, name)) => {
            report(
                rest,
                "an argument of an attribute comes after `=`",
                "a colon",
                "write `=`",
            );
            (rest.bump(), Some(name))
        }
        Err(_) => (input, None),
    }
}
