//! Attributes in the syntax of other languages.

use super::report;
use super::table::{Place, skipped};
use crate::diagnostic::Code;
use crate::syntax::ast;
use crate::syntax::cursor::Cursor;
use crate::syntax::parse::{meta, name};
use crate::syntax::token::Kind;

/// A value after an attribute without parentheses, as its argument.
pub(crate) fn attribute_value(
    input: Cursor<'_>,
) -> Option<(Cursor<'_>, Option<ast::AttributeArgument>)> {
    let start = skipped(Place::AttributeValue)(Some(input).filter(|it| !it.is_first_on_line())?)?;
    let (rest, argument) = meta::argument(start).ok()?;
    Some((rest, Some(argument)))
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
