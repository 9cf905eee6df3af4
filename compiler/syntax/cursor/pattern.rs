//! Patterns of tokens, written as texts, for tables of what other languages write.

use super::Cursor;
use crate::diagnostic::suggest;
use crate::syntax::token::{Kind, Token};

/// Whether `token`, which is in `text`, matches `part`: `_` is any word, `%` a word that is not a keyword, `1` an integer,
/// `1.0` another number, `"` a string, `#` any of these three or a version, `$` whatever starts a line, `~word` a misspelt
/// word, `a|b` one or the other.
fn fits(token: Token, text: &str, part: &str) -> bool {
    let written = &text[token.start as usize..token.end as usize];
    match part {
        "_" => token.kind.is_word(),
        "%" => token.kind == Kind::Name,
        "1" => token.kind == Kind::Integer,
        "1.0" => token.kind == Kind::Float,
        "\"" => token.kind == Kind::String,
        "#" => matches!(
            token.kind,
            Kind::Integer | Kind::Float | Kind::String | Kind::Version
        ),
        "$" => token.first_on_line || token.kind == Kind::End,
        _ if part == written => true,
        _ if part.len() > 1 && part.contains('|') => {
            part.split('|').any(|part| fits(token, text, part))
        }
        _ => part.strip_prefix('~').is_some_and(|right| {
            token.kind == Kind::Name && suggest::nearest(written, [right]).is_some()
        }),
    }
}

/// Whether `tokens`, which are in `text`, start with `pattern`, whose parts are separated by blanks; see [`fits`]. Without `lines`
/// they must be on one line.
pub(crate) fn starts_with(tokens: &[Token], text: &str, pattern: &str, lines: bool) -> bool {
    let mut rest = tokens.iter();
    pattern.split(' ').enumerate().all(|(n, part)| {
        rest.next().is_some_and(|&token| {
            let is_on_line = lines || n == 0 || !token.first_on_line || part == "$";
            is_on_line && fits(token, text, part)
        })
    })
}

/// What a pattern matched.
#[derive(Clone, Copy)]
pub(crate) struct Matched<'t> {
    /// Behind what a finding is about.
    pub(crate) told: Cursor<'t>,
    /// Where reading goes on.
    pub(crate) rest: Cursor<'t>,
    /// Behind everything.
    pub(crate) end: Cursor<'t>,
}

impl<'t> Cursor<'t> {
    /// Whether the next token is as `part` says; see [`fits`].
    pub(crate) fn fits(self, part: &str) -> bool {
        fits(self.nth(0), self.state.text, part)
    }

    /// Whether the next tokens are `pattern`; see [`Cursor::matched`].
    pub(crate) fn matches(self, pattern: &str) -> bool {
        self.matched(pattern).is_some()
    }

    /// Compares the next tokens with `pattern`; they must be on one line. Its parts are those of [`fits`], and
    ///
    /// * `!part`: not such a token, which is not skipped; `'part`: one that touches the token before;
    /// * `…`: the rest of the line, with its semicolon; `…)`: the rest of the first bracket of the pattern; `…{}`: the rest of the
    ///   statement, with its block; `_*`: words, dots and commas;
    /// * `^^`: the finding is about what is before; `^`: what is before is skipped.
    pub(crate) fn matched(self, pattern: &str) -> Option<Matched<'t>> {
        let (mut at, mut told, mut rest, mut bracket) = (self, None, None, None);
        for part in pattern.split(' ') {
            if bracket.is_none() && at.kind().closer().is_some() {
                bracket = Some(at);
            }
            at = match part {
                "^" => {
                    rest = Some(at);
                    at
                }
                "^^" => {
                    told = Some(at);
                    at
                }
                "…" => at.skip_line().bump_if(Kind::Semicolon),
                "…)" => bracket?.skip_group(),
                "…{}" => at.skip_statement(self.indentation()),
                "_*" => at.skip_while(|at| at.fits("_|.|,")),
                _ => at.past_part(part, at.offset() == self.offset())?,
            };
        }
        let rest = rest.unwrap_or(at);
        Some(Matched {
            told: told.unwrap_or(rest),
            rest,
            end: at,
        })
    }

    /// Behind a token that is as `part` says. Only the first one of a pattern may start a line.
    fn past_part(self, part: &str, is_first: bool) -> Option<Self> {
        let (is_right, part) = match part.strip_prefix('!') {
            Some(part) if !part.is_empty() => (false, part),
            _ => (true, part),
        };
        let (touches, part) = match part.strip_prefix('\'') {
            Some(part) if !part.is_empty() => (true, part),
            _ => (false, part),
        };
        let is_place = part == "$" || !is_right;
        let is_there = is_first || is_place || !self.is_first_on_line();
        let fits = self.fits(part) && is_there && (!touches || self.touches_previous());
        (fits == is_right).then(|| if is_place { self } else { self.bump() })
    }

    /// Skips tokens for which `is_part` holds.
    #[must_use]
    pub(crate) fn skip_while(self, is_part: impl Fn(Self) -> bool) -> Self {
        let mut rest = self;
        while !rest.at(Kind::End) && is_part(rest) {
            rest = rest.bump();
        }
        rest
    }
}
