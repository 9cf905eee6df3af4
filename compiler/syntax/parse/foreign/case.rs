//! Cases of variants and members of enums in the syntax of other languages.

use nom::Parser;

use super::table::{Place, skip, skipped};
use super::{foreign, quoted, report, word};
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
    let mut rest = input.bump();
    if !rest.at(Kind::OpenBrace) {
        return false;
    }
    rest = rest.bump();
    loop {
        rest = match rest.kind() {
            Kind::CloseBrace | Kind::Semicolon | Kind::End => return false,
            // The arguments of attributes are not payloads.
            Kind::At => rest
                .bump()
                .bump()
                .skip_while(|rest| rest.previous_text() == Some(".") || rest.at(Kind::Dot)),
            kind if kind.closer().is_some() => rest.skip_group(),
            _ if rest.matches("_ (|{ !#") => {
                let message = "members of an enum carry nothing";
                let help = "write `variant` in place of `enum`";
                report(rest.bump(), message, "contents", help);
                return true;
            }
            _ => rest.bump(),
        };
    }
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
    if input.at(Kind::Colon) && !is_block {
        return expect(ty::ty)(input.bump());
    }
    match skipped(Place::Repr)(input) {
        Some(rest) => ty::ty(rest).map(|(rest, ty)| (rest.bump(), Some(ty))),
        None => Ok((input, None)),
    }
}

/// A name written as a string, if `place` has one here.
pub(crate) fn quoted_name(place: Place) -> impl Fn(Cursor<'_>) -> Option<(Cursor<'_>, ast::Name)> {
    move |input| {
        let right = suggest::kebab_case(quoted(input.text()));
        let is_quoted = input.at(Kind::String) && !right.is_empty();
        let rest = skipped(place)(Some(input).filter(|_| is_quoted)?)?;
        Some((rest, word(&right, input.span())))
    }
}

/// The payload of a case in the syntax of other languages: `()`, `(name: type)`, `: type`, `= 1`.
pub(crate) fn payload<'t>(input: Cursor<'t>, name: &ast::Name) -> Option<Parsed<'t, Payload>> {
    if input.at(Kind::Colon) {
        return Some(payload_after_colon(input, name));
    }
    let rest = skipped(Place::Payload)(input)?;
    let fields = list(Kind::OpenParen, Kind::CloseParen, field).map(Payload::Fields);
    let value = literal::default.map(|_| Payload::None);
    Some(match rest.kind() {
        Kind::OpenParen if rest.offset() == input.offset() => { fields }.parse(rest),
        _ => { value }.parse(rest),
    })
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
    let colon = "a colon";
    let value = match input.at(Kind::Colon) {
        true => input.bump(),
        false => return skip(Place::MemberEnd)(input),
    };
    if value.fits("#|-") {
        let message = "a member's value comes after `=`";
        report(input, message, colon, "write `=`");
        return literal::literal(value).map_or(input, |(rest, _)| rest);
    }
    let message = "members of an enum have no types";
    let help = "write `name = value`, and the type after the enum's name";
    report(input, message, colon, help);
    match ty::ty(value) {
        Ok((rest, _)) => literal::default(rest).map_or(rest, |(rest, _)| rest),
        Err(_) => value,
    }
}
