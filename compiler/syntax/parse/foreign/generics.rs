//! Type parameters, which definitions cannot have.

use super::report;
use crate::syntax::cursor::Cursor;
use crate::syntax::token::Kind;

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
