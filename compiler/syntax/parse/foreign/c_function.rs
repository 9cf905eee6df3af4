//! Functions of C whose type has several words or stars.

use super::callable::function_item;
use crate::syntax::ast::ItemKind;
use crate::syntax::cursor::{Cursor, Parsed};
use crate::syntax::parse::item::Context;
use crate::syntax::token::Kind;

/// The name of a function of C whose type has several words or stars: `const char *name(`, `unsigned int f(`.
pub(super) fn c_function_name(input: Cursor<'_>) -> Option<Cursor<'_>> {
    /// The maximum number of tokens in such a type.
    const LONGEST: usize = 6;
    let mut rest = input;
    for _ in 0..LONGEST {
        if !(rest.at_word() || matches!(rest.kind(), Kind::Star | Kind::Ampersand)) {
            return None;
        }
        rest = rest.bump();
        if rest.is_first_on_line() {
            return None;
        }
        let is_named = rest.at(Kind::Name) && rest.nth(1).kind == Kind::OpenParen;
        let is_type = rest.offset() > input.offset() + 1;
        if is_named && is_type {
            return Some(rest);
        }
    }
    None
}

/// Whether a type in a form that only C has starts here.
pub(super) fn has_c_type(input: Cursor<'_>) -> bool {
    const WORDS: &[&str] = &[
        "const", "struct", "unsigned", "signed", "long", "short", "extern",
    ];
    WORDS.contains(&input.text()) || matches!(input.nth(1).kind, Kind::Star | Kind::Ampersand)
}

/// A C function whose result is `const`; that word starts no type in this language.
pub(crate) fn c_function(
    input: Cursor<'_>,
    context: Context,
) -> Option<Parsed<'_, Option<ItemKind>>> {
    Some(function_item(input, c_function_name(input)?, context))
}
