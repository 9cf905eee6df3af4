//! Prints the comments of the source, each in its place.

use super::document::{Op, Placement};
use super::printer::{Blanks, Printer};
use super::source::{Source, Stance};

impl Printer<'_> {
    /// Whether comments come before the next token.
    pub(super) fn has_comments(&self) -> bool {
        self.source
            .as_ref()
            .is_some_and(|source| !source.comments().is_empty())
    }

    /// Prints the comments before the next token inside a construct.
    pub(super) fn comments_amid(&mut self) {
        if let Some(source) = &self.source {
            self.comments_amid_until(source.comments().end);
        }
    }

    pub(super) fn comments_amid_until(&mut self, end: usize) {
        let Some(source) = &mut self.source else {
            return;
        };
        while source.comments().start < end {
            let number = source.comments().start;
            let placement = match source.stance(number) {
                Stance::Trailing => Placement::Trailing { continuation: true },
                Stance::OwnLine => Placement::OwnLine { continuation: true },
                Stance::Inline => Placement::Inline {
                    space_before: !matches!(self.last.as_ref(), "(" | "<" | "["),
                    space_after: !matches!(
                        source.peek_text(),
                        "," | ";" | ":" | "." | ")" | ">" | "]"
                    ),
                },
            };
            self.document.comment(source.comment(number), placement);
            source.bump_comment(number);
        }
    }

    /// Prints the comments before the next token that end the line.
    pub(super) fn trailing_comments(&mut self) {
        self.comments_while(
            |stance, _| stance == Stance::Trailing,
            |_| Placement::Trailing {
                continuation: false,
            },
        );
    }

    /// Prints the comments before a closing bracket that are on the line of the last part.
    pub(super) fn inline_comments(&mut self, is_spaced: bool) {
        let is_after_opening = matches!(self.last.as_ref(), "(" | "<" | "[" | "{");
        let is_documentation = |source: &Source<'_>| {
            let mut comments = source.comments();
            comments.any(|number| source.is_documentation(number))
        };
        if is_after_opening && self.source.as_ref().is_some_and(is_documentation) {
            return;
        }
        self.comments_while(
            |stance, is_documentation| stance == Stance::Inline && !is_documentation,
            |text| Placement::Inline {
                // The bracket after a multi-line comment starts a line.
                space_before: !is_after_opening || is_spaced || text.contains('\n'),
                space_after: false,
            },
        );
    }

    fn comments_while(
        &mut self,
        is_wanted: impl Fn(Stance, bool) -> bool,
        placement: impl Fn(&str) -> Placement,
    ) {
        let Some(source) = &mut self.source else {
            return;
        };
        while let Some(number) = source.next_comment() {
            if !is_wanted(source.stance(number), source.is_documentation(number)) {
                break;
            }
            let comment = source.comment(number);
            self.document.comment(comment, placement(comment.text));
            source.bump_comment(number);
        }
    }

    /// Prints the comments between the last part and the closing bracket, on lines of their own.
    pub(super) fn last_comments(&mut self, line: &Op<'_>, blanks: Blanks) {
        self.trailing_comments();
        if self.has_comments() {
            self.document.push(match line {
                Op::Line { flat } => Op::Line { flat: *flat },
                _ => Op::HardLine,
            });
            self.own_line_comments(blanks, true);
        }
    }

    /// Prints the comments before the next token that have lines of their own; with `all`, also those on the token's line.
    /// Returns whether an empty line may follow.
    pub(super) fn own_line_comments(&mut self, blanks: Blanks, all: bool) -> bool {
        let mut may_be_blank = blanks == Blanks::Kept;
        let Some(source) = &mut self.source else {
            return may_be_blank;
        };
        while let Some(number) = source.next_comment() {
            let stance = source.stance(number);
            if stance == Stance::Inline && !all && !source.is_documentation(number) {
                break;
            }
            if may_be_blank && source.is_blank_before_comment(number) {
                self.document.push(Op::Blank);
            }
            let continuation = false;
            let placement = match stance {
                Stance::Trailing => Placement::Trailing { continuation },
                _ => Placement::OwnLine { continuation },
            };
            self.document.comment(source.comment(number), placement);
            may_be_blank = blanks != Blanks::Dropped && !source.documents_next(number);
            source.bump_comment(number);
        }
        may_be_blank
    }
}
