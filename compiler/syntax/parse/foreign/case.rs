//! Cases of variants and members of enums in the syntax of other languages.

use super::{foreign, report, word};
use crate::diagnostic::suggest;
use crate::syntax::ast::{self, ItemKind, Payload};
use crate::syntax::cursor::{Cursor, Parsed, expect};
use crate::syntax::parse::data::{case, field};
use crate::syntax::parse::recovery::list;
use crate::syntax::parse::{data, literal, ty};
use crate::syntax::print;
use crate::syntax::token::Kind;

/// An enum whose members have payloads, as in Rust and Swift.
pub(crate) fn variant(input: Cursor<'_>) -> Option<Parsed<'_, ItemKind>> {
    is_variant(input).then(|| data::variant(input))
}

/// Whether members of the enum whose name follows have payloads, as in Rust and Swift; reports it.
fn is_variant(input: Cursor<'_>) -> bool {
    /// The maximum number of tokens that are examined.
    const SURVEYED: usize = 1000;
    let mut rest = input.bump();
    if !rest.at(Kind::OpenBrace) {
        return false;
    }
    let mut depth = 0_usize;
    for _ in 0..SURVEYED {
        if rest.at(Kind::At) {
            // The arguments of attributes are not payloads.
            rest = rest.bump().bump();
            while rest.at(Kind::Dot) {
                rest = rest.bump().bump();
            }
            if rest.at(Kind::OpenParen) {
                rest = rest.skip_group();
            }
            continue;
        }
        match rest.kind() {
            Kind::OpenBrace | Kind::OpenParen | Kind::OpenBracket => depth += 1,
            Kind::CloseBrace | Kind::CloseParen | Kind::CloseBracket => depth -= 1,
            Kind::Semicolon | Kind::End => return false,
            _ => {}
        }
        if depth == 0 {
            return false;
        }
        let opens = matches!(rest.nth(1).kind, Kind::OpenParen | Kind::OpenBrace);
        let is_value = matches!(rest.nth(2).kind, Kind::String | Kind::Integer | Kind::Float);
        if depth == 1 && rest.at_word() && opens && !is_value {
            let message = "members of an enum carry nothing";
            report(
                rest.bump(),
                message,
                "contents",
                "write `variant` in place of `enum`",
            );
            return true;
        }
        rest = rest.bump();
    }
    false
}

/// The cases in `= a | b(t) | c;` after the name of a variant; reports the syntax.
pub(crate) fn alternatives<'t>(
    input: Cursor<'t>,
    name: &ast::Name,
) -> Option<(Cursor<'t>, Vec<ast::Case>)> {
    if !(input.at(Kind::Equals) && matches!(input.nth(1).kind, Kind::Name | Kind::Pipe)) {
        return None;
    }
    let mut rest = input.bump().bump_if(Kind::Pipe);
    let mut cases = Vec::new();
    let mut written = Vec::new();
    while let Ok((after, case)) = case(rest) {
        written.push(rest.text_until(after));
        cases.push(case);
        rest = after.bump_if(Kind::Pipe);
    }
    let help = format!("write `variant {} {{ {} }}`", name.text, written.join(", "));
    let message = "the cases of a variant stand between `{` and `}`";
    report(input, message, "another language's syntax", help);
    Some((rest.bump_if(Kind::Semicolon), cases))
}

/// `':' ty` after the name of an enum, also in parentheses: the type of its values.
pub(crate) fn repr(input: Cursor<'_>) -> Parsed<'_, Option<ast::Type>> {
    let is_block = input.at_block_colon() && input.nth(2).kind != Kind::OpenBrace;
    let is_type = input.at(Kind::OpenParen)
        && input.nth(1).kind.is_word()
        && input.nth(2).kind == Kind::CloseParen;
    match input.kind() {
        Kind::Colon if !is_block => expect(ty::ty)(input.bump()),
        Kind::OpenParen if is_type => {
            let (rest, ty) = ty::ty(input.bump())?;
            let help = format!("write `: {}`", print::type_in_pyidl(&ty));
            let message = "the type of the values comes after a colon";
            report(input, message, "in parentheses", help);
            Ok((rest.bump(), Some(ty)))
        }
        _ => Ok((input, None)),
    }
}

/// `"metre"`: a member written as a string.
pub(crate) fn quoted_member(input: Cursor<'_>) -> Option<(Cursor<'_>, ast::Name)> {
    let text = input.text().trim_matches('"');
    let right = suggest::kebab_case(text);
    if !input.at(Kind::String) || right.is_empty() {
        return None;
    }
    let message = "the members of an enum are words";
    report(input, message, "a string", format!("write `{right}`"));
    Some((input.bump(), word(&right, input.span())))
}

/// `(x: u32)` or `()` after a case: fields in parentheses, or an empty list.
fn payload_in_parentheses<'t>(input: Cursor<'t>, name: &ast::Name) -> Option<Parsed<'t, Payload>> {
    let text = &name.text;
    if input.nth(1).kind == Kind::CloseParen {
        let message = "a case that carries nothing has no parentheses";
        report(input, message, "nothing in them", "leave them out");
        return Some(Ok((input.bump().bump(), Payload::None)));
    }
    if !(input.nth(1).kind.is_word() && input.nth(2).kind == Kind::Colon) {
        return None;
    }
    let inner = input.bump().text_until(input.skip_group());
    let inner = inner.trim_end_matches(')').trim();
    let help = format!("write `{text} {{ {inner} }}`");
    let message = "the fields of a case stand between `{` and `}`";
    report(input, message, "in parentheses", help);
    let fields = list(Kind::OpenParen, Kind::CloseParen, field)(input);
    Some(fields.map(|(rest, fields)| (rest, Payload::Fields(fields))))
}

/// The payload of a case in the syntax of other languages: `(name: type)`, `: type`, `= 1`.
pub(crate) fn payload<'t>(input: Cursor<'t>, name: &ast::Name) -> Option<Parsed<'t, Payload>> {
    match input.kind() {
        Kind::OpenParen => payload_in_parentheses(input, name),
        Kind::Colon => Some(payload_after_colon(input, name)),
        Kind::Equals => {
            let message = "the cases of a variant have no values";
            report(
                input,
                message,
                "a value",
                "leave it out, or write an `enum`",
            );
            Some(literal::default(input).map(|(rest, _)| (rest, Payload::None)))
        }
        _ => None,
    }
}

/// `name: type`
fn payload_after_colon<'t>(input: Cursor<'t>, name: &ast::Name) -> Parsed<'t, Payload> {
    let (rest, ty) = ty::ty(input.bump())?;
    let right = format!("write `{}({})`", name.text, print::type_in_pyidl(&ty));
    let message = "what a case carries stands in parentheses";
    input.report_apart(foreign(input.span(), message, "a colon", right));
    Ok((rest, Payload::Tuple(vec![ty])))
}

/// Skips the payload of an enum member, which is not allowed.
pub(crate) fn member_payload(input: Cursor<'_>) -> Cursor<'_> {
    match input.kind() {
        Kind::OpenParen
            if matches!(
                input.nth(1).kind,
                Kind::Integer | Kind::String | Kind::Minus
            ) =>
        {
            let value = input.nth_text(1);
            let help =
                format!("write `= {value}`, and the type of the values after the enum's name");
            let message = "a member's value comes after `=`";
            report(input, message, "in parentheses", help);
            input.skip_group()
        }
        Kind::OpenParen | Kind::OpenBrace => {
            let message = "members of an enum carry nothing";
            report(
                input,
                message,
                "contents",
                "write `variant` in place of `enum`",
            );
            input.skip_group()
        }
        Kind::Colon
            if matches!(
                input.nth(1).kind,
                Kind::Integer | Kind::String | Kind::Minus
            ) =>
        {
            let message = "a member's value comes after `=`";
            report(input, message, "a colon", "write `=`");
            literal::literal(input.bump()).map_or(input, |(rest, _)| rest)
        }
        Kind::Colon => {
            report(
                input,
                "members of an enum have no types",
                "a colon",
                "write `name = value`, and the type after the enum's name",
            );
            match ty::ty(input.bump()) {
                Ok((rest, _)) => literal::default(rest).map_or(rest, |(rest, _)| rest),
                Err(_) => input.bump(),
            }
        }
        _ => input,
    }
}
