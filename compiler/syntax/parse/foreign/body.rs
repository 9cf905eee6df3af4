//! Type parameters and bodies of definitions in the syntax of other languages.

use super::report;
use super::table::{Place, skip, skipped};
use crate::syntax::ast;
use crate::syntax::context::Context;
use crate::syntax::cursor::{Cursor, Expected, Parsed, Stuck, expect};
use crate::syntax::parse::recovery::{block, items, list, required_list};
use crate::syntax::token::Kind;

/// `'{' ( part ( ',' part )* ','? )? '}'`, or the parts in parentheses or in a Python block.
pub(crate) fn list_body<'t, T>(
    input: Cursor<'t>,
    mut part: impl FnMut(Cursor<'t>) -> Parsed<'t, T>,
) -> Parsed<'t, Vec<T>> {
    if let Some(rest) = skipped(Place::BlockColon)(input) {
        return Ok(indented_parts(rest, input.indentation(), part));
    }
    let input = skip(Place::Body)(input);
    let Some((open, close)) = other_brackets(input, "a body stands", Kind::OpenBrace) else {
        return required_list(Kind::OpenBrace, Kind::CloseBrace, part)(input);
    };
    let (rest, parts) = list(open, close, &mut part)(input)?;
    Ok((rest.bump_if(Kind::Semicolon), parts))
}

/// Reports the brackets that are used instead of those that `right` opens; `what` is "a body stands".
pub(crate) fn other_brackets(input: Cursor<'_>, what: &str, right: Kind) -> Option<(Kind, Kind)> {
    let open = input.kind();
    let close = open.closer()?;
    if open == right {
        return None;
    }
    let label = match open {
        Kind::OpenParen => "in parentheses",
        Kind::OpenBracket => "in square brackets",
        Kind::Less => "in angle brackets",
        _ => "in braces",
    };
    let right_close = right.closer().map_or("", Kind::as_str);
    let right = right.as_str();
    let message = format!("{what} between `{right}` and `{right_close}`");
    let help = match right {
        "{" => "write `{ … }`".to_owned(),
        _ => format!("write `{right}…{right_close}`"),
    };
    report(input, message, label, help);
    Some((open, close))
}

/// Parts on lines that are indented deeper than `indentation`.
fn indented_parts<'t, T>(
    mut rest: Cursor<'t>,
    indentation: Option<usize>,
    mut part: impl FnMut(Cursor<'t>) -> Parsed<'t, T>,
) -> (Cursor<'t>, Vec<T>) {
    let mut parts = Vec::new();
    if rest.at(Kind::Ellipsis) || rest.text() == "pass" {
        rest = rest.bump();
    }
    while !rest.at(Kind::End) && rest.indentation() > indentation {
        if rest.text() == "def" || rest.at(Kind::At) {
            let help = "leave it out, or declare a `class`, which has methods";
            report(rest, "only classes have methods", "a method", help);
            return (rest.skip_indented(indentation), parts);
        }
        match part(rest) {
            Ok((after, value)) if after.offset() > rest.offset() => {
                parts.push(value);
                rest = after.bump_if(Kind::Comma);
            }
            // The contents of a Python class besides its fields.
            _ => return (rest.skip_indented(indentation), parts),
        }
    }
    (rest, parts)
}

/// `'{' item* '}'`, or the items of a Python block.
pub(crate) fn item_body(input: Cursor<'_>, context: Context) -> Parsed<'_, Vec<ast::Item>> {
    if let Some(rest) = skipped(Place::BlockColon)(input) {
        let indentation = input.indentation();
        let Ok(_nested) = input.enter_indented() else {
            return Ok((rest.skip_indented(indentation), Vec::new()));
        };
        let is_outside =
            |rest: Cursor<'_>| rest.is_first_on_line() && rest.indentation() <= indentation;
        return Ok(items(rest, context, is_outside));
    }
    let (rest, items) = expect(block(context))(skip(Place::Body)(input))?;
    Ok((rest, items.unwrap_or_default()))
}

/// Skips the `=` of a type alias or a substitute for it; reports that it is missing.
pub(crate) fn alias_equals(input: Cursor<'_>) -> Result<Cursor<'_>, nom::Err<Stuck>> {
    if input.at(Kind::Equals) {
        return Ok(input.bump());
    } else if input.matches("_ {") {
        let keyword = match input.text() {
            "struct" => "record",
            "interface" => "protocol",
            other => other,
        };
        let message = "a definition starts with what it defines";
        let help = format!("write `{keyword} name {{ … }}`, without `type`");
        report(input, message, "too late", help);
        let rest = input.bump().skip_group();
        rest.set_reported();
        return Err(rest.stuck(Expected::Anything));
    }
    Ok(skipped(Place::Alias)(input).unwrap_or_else(|| {
        input.report_expected(Expected::Token(Kind::Equals));
        input
    }))
}

/// Skips `<T: Display, U>` after the name of a definition, if present. In the rest of the item, these names stand for any type.
pub(crate) fn type_parameters(input: Cursor<'_>) -> Cursor<'_> {
    let rest = skip_generics(input);
    if input.at(Kind::Less) && rest.offset() > input.offset() {
        let help = "leave them out; write `any` for what may be of any type";
        let message = "definitions have no type parameters";
        report(input, message, "type parameters", help);
        input.add_type_parameters(names(input, rest));
    }
    rest
}

/// Does the same as [`type_parameters`] where the complete rewriting is shown.
pub(super) fn quiet_type_parameters(input: Cursor<'_>) -> Cursor<'_> {
    let rest = skip_generics(input);
    input.add_type_parameters(names(input, rest));
    rest
}

/// The first word after each `<` or `,`.
fn names(input: Cursor<'_>, end: Cursor<'_>) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = input;
    while rest.offset() < end.offset() {
        if matches!(rest.kind(), Kind::Less | Kind::Comma | Kind::OpenBracket)
            && rest.nth(1).kind.is_word()
        {
            names.push(rest.nth_text(1).to_owned());
        }
        rest = rest.bump();
    }
    names
}

/// Skips a short `<T: Display>`, if present.
pub(super) fn skip_generics(input: Cursor<'_>) -> Cursor<'_> {
    const SURVEYED: usize = 50;
    let mut rest = input;
    let mut depth = 0_usize;
    for _ in 0..SURVEYED {
        match rest.kind() {
            Kind::Less => depth += 1,
            Kind::Greater => depth = depth.saturating_sub(1),
            Kind::OpenBrace | Kind::Semicolon | Kind::End => break,
            Kind::OpenParen if depth == 0 => break,
            _ => {}
        }
        if depth == 0 {
            return rest.bump_if(Kind::Greater);
        }
        rest = rest.bump();
    }
    input
}
