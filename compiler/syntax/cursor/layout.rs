//! Lines and indentation. They have no meaning in valid files; in invalid ones they hint at what was meant.

use super::Cursor;
use crate::syntax::token::Kind;

/// How many tokens and characters of a line are examined: the time must not be quadratic in its length.
const SURVEYED: usize = 200;

impl Cursor<'_> {
    /// Whether the next token starts a line.
    pub(crate) fn is_first_on_line(self) -> bool {
        self.nth(0).first_on_line
    }

    /// Whether a colon ends the line, as before a block in Python.
    pub(crate) fn at_block_colon(self) -> bool {
        let next = self.nth(1);
        self.at(Kind::Colon) && (next.first_on_line || next.kind == Kind::End)
    }

    /// The indentation of the next token's line, in characters; `None` if the line is too long to examine.
    pub(crate) fn indentation(self) -> Option<usize> {
        let tokens = &self.state.tokens.tokens()[..=self.offset() as usize];
        let first = tokens
            .iter()
            .rev()
            .take(SURVEYED)
            .find(|token| token.first_on_line)?;
        let before = &self.state.text.as_bytes()[..first.start as usize];
        Some(
            before
                .iter()
                .rev()
                .take(SURVEYED)
                .take_while(|b| matches!(b, b' ' | b'\t'))
                .count(),
        )
    }

    /// [`Cursor::indentation`] of the line of the previous token.
    pub(crate) fn previous_indentation(self) -> Option<usize> {
        let before = self.offset().checked_sub(1)?;
        Self {
            rest: &self.state.tokens.tokens()[before as usize..],
            ..self
        }
        .indentation()
    }

    /// Skips the rest of the line, up to a semicolon; brackets that are opened on it may end on another one.
    #[must_use]
    pub(crate) fn skip_line(self) -> Self {
        let mut rest = self;
        while !rest.is_first_on_line() && !matches!(rest.kind(), Kind::End | Kind::Semicolon) {
            rest = match rest.kind().closer() {
                Some(_) => rest.skip_group(),
                None => rest.bump(),
            };
        }
        rest
    }

    /// Skips the rest of a statement: up to its semicolon, its block in braces, or its lines that are indented deeper than
    /// `indentation`.
    #[must_use]
    pub(crate) fn skip_statement(self, indentation: Option<usize>) -> Self {
        let mut rest = self;
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

    /// Skips all following lines that are indented deeper than `indentation`.
    #[must_use]
    pub(crate) fn skip_indented(self, indentation: Option<usize>) -> Self {
        let mut rest = self;
        loop {
            let is_outside = rest.is_first_on_line() && rest.indentation() <= indentation;
            if is_outside || rest.at(Kind::End) {
                return rest;
            }
            rest = rest.bump();
        }
    }

    /// Records that an item starts here.
    pub(crate) fn start_item(self) {
        self.state.item_indentation.set(self.indentation());
    }

    /// Whether a comma follows, and the next line continues the same item: it is indented deeper than the item's start.
    pub(crate) fn is_inside_item(self) -> bool {
        let next = self.bump();
        next.is_first_on_line() && next.indentation() > self.state.item_indentation.get()
    }

    /// Skips the remaining lines of the item, which are indented deeper than its start or start with a closing bracket.
    #[must_use]
    pub(crate) fn skip_rest_of_item(self) -> Self {
        let indentation = self.state.item_indentation.get();
        let mut rest = self;
        // Brackets that were opened on the same line.
        let mut depth = 0_usize;
        loop {
            if rest.is_first_on_line() {
                depth = 0;
            }
            let is_closer = rest.kind().is_closer();
            let is_next_item =
                rest.is_first_on_line() && !is_closer && rest.indentation() <= indentation;
            let ends_outer = is_closer && depth == 0 && self.is_awaited(rest.kind());
            if is_next_item || rest.at(Kind::End) || ends_outer {
                return rest;
            }
            if is_closer {
                depth = depth.saturating_sub(1);
            }
            depth += usize::from(rest.kind().closer().is_some());
            rest = rest.bump();
        }
    }
}
