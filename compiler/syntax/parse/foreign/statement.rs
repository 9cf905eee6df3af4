//! Statements, which interface files do not have.

use super::{is_one_of, report};
use crate::syntax::cursor::Cursor;
use crate::syntax::token::Kind;

/// Words that start statements, and are followed by other tokens than in declarations.
const WORDS: &str = "assert await case del do elif else for foreach global if loop match print println raise \
    return switch throw try while yield";

/// Whether a statement of another language starts here.
pub(super) fn starts(input: Cursor<'_>) -> bool {
    let next = input.nth(1).kind;
    let is_declaration = matches!(next, Kind::Colon) && !input.nth(2).first_on_line
        || matches!(next, Kind::Keyword(_));
    input.at(Kind::Name) && is_one_of(input.text(), WORDS) && !is_declaration
}

/// Skips and reports the statement: a line, or a block.
pub(super) fn skip(input: Cursor<'_>) -> Cursor<'_> {
    let message = "an interface file has declarations only";
    report(
        input,
        message,
        "a statement",
        "leave it out: what happens is written in Rust",
    );
    let indentation = input.indentation();
    let mut rest = input.bump();
    loop {
        match rest.kind() {
            Kind::End => return rest,
            Kind::Semicolon => return rest.bump(),
            Kind::OpenBrace => return rest.skip_group().bump_if(Kind::Semicolon),
            kind if kind.is_closer() => return rest,
            _ if rest.is_first_on_line() => return rest.skip_indented(indentation),
            kind if kind.closer().is_some() => rest = rest.skip_group(),
            _ => rest = rest.bump(),
        }
    }
}
