//! Attributes in the syntax of other languages.

use super::report;
use crate::diagnostic::Code;
use crate::syntax::ast;
use crate::syntax::cursor::Cursor;
use crate::syntax::parse::{meta, name};
use crate::syntax::token::Kind;

/// A value after an attribute without parentheses, as its argument.
pub(crate) fn attribute_value(
    input: Cursor<'_>,
) -> Option<(Cursor<'_>, Option<ast::AttributeArgument>)> {
    if input.at(Kind::Name) && input.nth(1).kind == Kind::Equals && !input.is_first_on_line() {
        let rest = input.skip_line();
        let help = format!("write `({})`", input.text_until(rest));
        let message = "arguments of an attribute are written in parentheses";
        report(input, message, "no parentheses", help);
        let argument = meta::argument(input).ok().map(|(_, argument)| argument);
        return Some((rest, argument));
    }
    let value = input.bump_if(Kind::Equals);
    let is_word = input.at(Kind::Equals) && value.at(Kind::Name);
    let is_value = is_word
        || matches!(
            value.kind(),
            Kind::String | Kind::Integer | Kind::Float | Kind::Version
        );
    if !is_value || input.is_first_on_line() || value.is_first_on_line() {
        return None;
    }
    let help = format!("write `({})`", value.text());
    report(
        input,
        "arguments of an attribute are written in parentheses",
        "no parentheses",
        help,
    );
    let argument = meta::argument(value).ok().map(|(_, argument)| argument);
    Some((value.bump(), argument))
}

/// `name:` before an argument, instead of `name =`.
pub(crate) fn argument_colon(input: Cursor<'_>) -> Option<(Cursor<'_>, Option<ast::Name>)> {
    if !(input.at_word() && input.nth(1).kind == Kind::Colon) {
        return None;
    }
    let (rest, name) = name::word(input).ok()?;
    let message = "an argument of an attribute comes after `=`";
    report(rest, message, "a colon", "write `=`");
    Some((rest.bump(), Some(name)))
}

/// The version that `1` and `1.0` stand for, as other package managers allow.
pub(crate) fn short_version(input: Cursor<'_>) -> Option<String> {
    let text = input.text();
    let is_plain = |byte: u8| byte.is_ascii_digit() || byte == b'.';
    if !(matches!(input.kind(), Kind::Integer | Kind::Float) && text.bytes().all(is_plain)) {
        return None;
    }
    let missing = 2_usize.saturating_sub(text.matches('.').count());
    let version = format!("{text}{}", ".0".repeat(missing));
    let message = format!("`{text}` is not a version");
    let label = "a version has three numbers";
    input.report_token(
        Code::BadNumber,
        message,
        label,
        format!("write `{version}`"),
    );
    Some(version)
}
