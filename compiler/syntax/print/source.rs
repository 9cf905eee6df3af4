//! The source of a tree: its tokens in order, and the comments between them.

use super::document;
use crate::syntax::token::{Comment, CommentKind, Kind, Token, Tokens};

/// The position of a comment relative to its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stance {
    /// At the end of a line, after other text.
    Trailing,
    /// On a line of its own, or documentation that ends a line.
    OwnLine,
    /// Before the next token on the same line.
    Inline,
}

/// A source with the current position.
#[derive(Debug)]
pub(super) struct Source<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    stances: Vec<Stance>,
    /// For each comment, whether it continues the previous one, which is at the end of a line: it is directly below.
    goes_on: Vec<bool>,
    /// Index of the next token.
    token: usize,
    /// Index of the next comment; comments before the last token may be pending.
    comment: usize,
}

impl<'a> Source<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a Tokens) -> Self {
        let mut source = Self {
            text,
            tokens,
            stances: vec![Stance::OwnLine; tokens.comments().len()],
            goes_on: vec![false; tokens.comments().len()],
            token: 0,
            comment: 0,
        };
        for number in 0..tokens.tokens().len() {
            source.find_stances(number);
            source.find_what_goes_on(number);
        }
        source
    }

    /// Determines the positions of the comments before the token with index `number`.
    fn find_stances(&mut self, number: usize) {
        let next = self.tokens.tokens()[number];
        let mut is_inline = next.kind != Kind::End;
        let mut start = next.start;
        for comment in self.tokens.comments_before(number).rev() {
            let Comment {
                kind,
                end,
                first_on_line,
                ..
            } = self.tokens.comments()[comment];
            is_inline &= matches!(kind, CommentKind::Block | CommentKind::DocBlock)
                && !self.text[end as usize..start as usize].contains('\n');
            start = self.tokens.comments()[comment].start;
            self.stances[comment] = match kind {
                _ if is_inline => Stance::Inline,
                CommentKind::Line | CommentKind::Block if !first_on_line => Stance::Trailing,
                _ => Stance::OwnLine,
            };
        }
    }

    /// Finds the comments before the token with index `number` that continue others.
    fn find_what_goes_on(&mut self, number: usize) {
        let all = self.tokens.comments();
        let column = |comment: &Comment| {
            let before = &self.text[..comment.start as usize];
            before[before.rfind('\n').map_or(0, |end| end + 1)..]
                .chars()
                .count()
        };
        let numbers = self.tokens.comments_before(number);
        for pair in numbers.clone().zip(numbers.skip(1)) {
            let (before, comment) = (&all[pair.0], &all[pair.1]);
            let are_lines = [before, comment].map(|it| it.kind) == [CommentKind::Line; 2];
            let is_after_code = self.stances[pair.0] == Stance::Trailing || self.goes_on[pair.0];
            let between = &self.text[before.end as usize..comment.start as usize];
            self.goes_on[pair.1] = are_lines
                && is_after_code
                && between.matches('\n').count() <= 1
                && column(before) == column(comment);
        }
    }

    /// The next token.
    pub(super) fn peek(&self) -> Token {
        let tokens = self.tokens.tokens();
        tokens[self.token.min(tokens.len() - 1)]
    }

    /// The text of the next token.
    pub(super) fn peek_text(&self) -> &'a str {
        let token = self.peek();
        &self.text[token.start as usize..token.end as usize]
    }

    /// Skips the next token; comments before it remain.
    pub(super) fn bump(&mut self) {
        self.token += 1;
    }

    /// The indices of the comments before the next token.
    pub(super) fn comments(&self) -> std::ops::Range<usize> {
        let number = self.token.min(self.tokens.tokens().len() - 1);
        self.comment..self.tokens.comments_before(number).end
    }

    /// The next comment, if it precedes the next token.
    pub(super) fn next_comment(&self) -> Option<usize> {
        self.comments().next()
    }

    /// Skips the comment with index `number` and its continuations.
    pub(super) fn bump_comment(&mut self, number: usize) {
        self.comment = self.last_of(number) + 1;
    }

    /// The last continuation of the comment with index `number`.
    fn last_of(&self, number: usize) -> usize {
        let others = self.goes_on[number + 1..].iter();
        number + others.take_while(|goes_on| **goes_on).count()
    }

    /// Whether the next token is `text` and comments precede it.
    pub(super) fn has_comments_before(&self, text: &str) -> bool {
        let mut numbers = self.token..self.tokens.tokens().len();
        let is_text = |number: &usize| {
            let token = self.tokens.tokens()[*number];
            &self.text[token.start as usize..token.end as usize] == text
        };
        numbers
            .find(is_text)
            .is_none_or(|number| self.tokens.comments_before(number).end > self.comment)
    }

    pub(super) fn stance(&self, number: usize) -> Stance {
        self.stances[number]
    }

    pub(super) fn comment(&self, number: usize) -> document::Comment<'a> {
        let comment = self.tokens.comments()[number];
        let end = self.tokens.comments()[self.last_of(number)].end;
        let text = self.text[comment.start as usize..end as usize].trim_end();
        document::Comment {
            text,
            // The indentation of lines of documentation may be part of it.
            indentation: (comment.kind == CommentKind::Block)
                .then(|| self.indentation(comment.start, text))
                .flatten(),
        }
    }

    /// The common indentation of the lines of a text that starts at `start`, first on its line.
    fn indentation(&self, start: u32, text: &str) -> Option<usize> {
        let before = &self.text[..start as usize];
        let line_before = before.trim_end_matches([' ', '\t']);
        let width = before.len() - line_before.len();
        let is_indented = |line: &str| {
            line.trim().is_empty() || line.chars().take(width).all(char::is_whitespace)
        };
        let is_first = line_before.is_empty() || line_before.ends_with('\n');
        (is_first && text.lines().skip(1).all(is_indented)).then_some(width)
    }

    pub(super) fn is_documentation(&self, number: usize) -> bool {
        let kind = self.tokens.comments()[number].kind;
        !matches!(kind, CommentKind::Line | CommentKind::Block)
    }

    /// Whether it documents the item after it.
    pub(super) fn documents_next(&self, number: usize) -> bool {
        let kind = self.tokens.comments()[number].kind;
        matches!(kind, CommentKind::DocLine | CommentKind::DocBlock)
    }

    /// Whether there is a line break between the previous token and the next one.
    pub(super) fn is_line_before_token(&self) -> bool {
        let tokens = self.tokens.tokens();
        let start = match self.token.checked_sub(1) {
            Some(before) => tokens[before].end,
            None => 0,
        };
        self.text[start as usize..self.peek().start as usize].contains('\n')
    }

    /// Whether an empty line precedes the next token.
    pub(super) fn is_blank_before_token(&self) -> bool {
        self.is_blank_before(self.peek().start)
    }

    /// Whether an empty line precedes the comment with index `number`.
    pub(super) fn is_blank_before_comment(&self, number: usize) -> bool {
        self.is_blank_before(self.tokens.comments()[number].start)
    }

    fn is_blank_before(&self, place: u32) -> bool {
        let bytes = &self.text.as_bytes()[..place as usize];
        let blanks = bytes.iter().rev().take_while(|b| b.is_ascii_whitespace());
        blanks.filter(|b| **b == b'\n').count() >= 2
    }
}
