//! Patterns of tokens, written as texts, for tables of what other languages write.

use super::Cursor;
use crate::syntax::token::{Kind, Token};

/// Whether `tokens`, which are in `text`, start with `pattern`: texts separated by blanks, `_` for any word, `1` for any integer,
/// `1.0` for any other number, `"` for any string, `$` for the end of the line. Without `lines` they must be on one line.
pub(crate) fn starts_with(tokens: &[Token], text: &str, pattern: &str, lines: bool) -> bool {
    let mut rest = tokens.iter();
    pattern.split(' ').enumerate().all(|(n, part)| {
        rest.next().is_some_and(|token| {
            let fits = match part {
                "_" => token.kind.is_word(),
                "1" => token.kind == Kind::Integer,
                "1.0" => token.kind == Kind::Float,
                "\"" => token.kind == Kind::String,
                "$" => return token.first_on_line || token.kind == Kind::End,
                _ => part == &text[token.start as usize..token.end as usize],
            };
            fits && (lines || n == 0 || !token.first_on_line)
        })
    })
}

impl Cursor<'_> {
    /// Whether the next tokens are `pattern`, on one line; see [`starts_with`].
    pub(crate) fn matches(self, pattern: &str) -> bool {
        starts_with(self.rest, self.state.text, pattern, false)
    }
}
