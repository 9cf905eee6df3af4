//! The basis of all printing: tokens with the comments before them, lists, blocks.

use std::borrow::Cow;

use super::document::{Document, Flat, Group, Op};
use super::source::{Source, Stance};
use crate::syntax::token::Kind;

/// Turns a tree into a document. If there is a source, comments and spellings are taken from it.
pub(super) struct Printer<'a> {
    pub(super) document: Document<'a>,
    pub(super) source: Option<Source<'a>>,
    /// The last token written.
    pub(super) last: Cow<'a, str>,
    /// Whether newly opened groups are stiff.
    stiff: bool,
    /// Whether the source's tokens differ from the tree's.
    differs: bool,
}

/// How a list is printed.
#[derive(Clone, Copy)]
pub(super) struct List {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    /// Whether the brackets have blanks inside when the list is on one line.
    pub(super) spaced: bool,
    /// Whether a trailing comma is added when each part is on a line of its own.
    pub(super) trailing_comma: bool,
    /// When each part is on a line of its own.
    pub(super) breaks: Breaks,
    /// Whether lines are filled with as many parts as fit, if they have no comments; the parts have no brackets.
    pub(super) packed: bool,
}

/// When each part of a list is on a line of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breaks {
    /// If they do not fit on one line.
    WhenLong,
    /// Also if the source has a line break after the opening bracket. Without source: always.
    AsWritten,
    /// The same, but without source like [`Breaks::WhenLong`].
    AsWrittenElseWhenLong,
}

/// The treatment of the source's empty lines at a line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blanks {
    /// One empty line is kept.
    Kept,
    /// After an opening bracket: one empty line is kept after the first comment.
    NotFirst,
    /// No empty line is kept.
    Dropped,
}

impl Blanks {
    /// After an opening bracket, or not.
    pub(super) fn first(is_first: bool) -> Self {
        match is_first {
            true => Self::NotFirst,
            false => Self::Kept,
        }
    }
}

impl<'a> Printer<'a> {
    pub(super) fn new(source: Option<Source<'a>>) -> Self {
        Self {
            document: Document::default(),
            source,
            last: Cow::Borrowed(""),
            stiff: false,
            differs: false,
        }
    }

    /// The document, unless the source's tokens turned out to differ from the tree's.
    pub(super) fn finish(self) -> Option<Document<'a>> {
        let is_rest = self
            .source
            .as_ref()
            .is_some_and(|source| source.peek().kind != Kind::End || !source.comments().is_empty());
        (!self.differs && !is_rest).then_some(self.document)
    }

    /// Whether the printer has the source.
    pub(super) fn has_source(&self) -> bool {
        self.source.is_some()
    }

    /// Whether `text` is the next token of the source; `None` without a source.
    pub(super) fn source_is_at(&self, text: &str) -> Option<bool> {
        let source = self.source.as_ref()?;
        Some(source.peek_text() == text)
    }

    /// Whether the source has a line break before its next token; `None` without a source.
    pub(super) fn source_has_line_break(&self) -> Option<bool> {
        Some(self.source.as_ref()?.is_line_before_token())
    }
}

/// Tokens.
impl<'a> Printer<'a> {
    /// The next token, preceded by the source's comments.
    pub(super) fn token(&mut self, text: impl Into<Cow<'a, str>>) {
        let text = text.into();
        self.comments_amid();
        if let Some(source) = &mut self.source {
            self.differs |= source.peek_text() != text;
            source.bump();
        }
        self.text(text);
    }

    /// A token with several possible spellings: the source's, or `text`.
    pub(super) fn token_as_written(&mut self, kind: Kind, text: impl FnOnce() -> String) {
        match self.source.as_ref().map(Source::peek) {
            Some(token) if token.kind == kind => {
                let text = self.source.as_ref().map_or("", Source::peek_text);
                self.token(text);
            }
            found => {
                self.differs |= found.is_some();
                self.token(text());
            }
        }
    }

    /// `,` or `;`. Comments before it move behind it, unless that would change their meaning or they are on its line.
    pub(super) fn separator(&mut self, text: &'static str) {
        if let Some(source) = &self.source {
            let staying = source
                .comments()
                .rev()
                .find(|&n| source.stance(n) == Stance::Inline || source.is_documentation(n));
            self.comments_amid_until(staying.map_or(0, |last| last + 1));
        }
        if let Some(source) = &mut self.source {
            self.differs |= source.peek_text() != text;
            source.bump();
        }
        self.text(text.into());
    }

    fn text(&mut self, text: Cow<'a, str>) {
        self.last = text.clone();
        self.document.push(Op::Text(text));
    }

    pub(super) fn space(&mut self) {
        self.document.push(Op::Space);
    }

    /// A word with a blank before it.
    pub(super) fn spaced(&mut self, text: impl Into<Cow<'a, str>>) {
        self.space();
        self.token(text);
    }

    /// Runs `print` with lines indented by one level, starting on the next line if the text does not fit on this one.
    pub(super) fn continued(&mut self, print: impl FnOnce(&mut Self)) {
        self.indented(|printer| {
            printer.fill();
            print(printer);
        });
    }

    /// Runs `print` with the lines that start in it indented by one more level.
    pub(super) fn indented(&mut self, print: impl FnOnce(&mut Self)) {
        self.document.push(Op::Indent);
        print(self);
        self.document.push(Op::Dedent);
    }

    /// `first | second | …`, each on a line of its own if they do not fit on one.
    pub(super) fn alternatives<T>(
        &mut self,
        parts: &'a [T],
        mut part: impl FnMut(&mut Self, &'a T),
    ) {
        if let [only] = parts {
            return part(self, only);
        }
        self.group(|printer| {
            printer.indented(|printer| {
                for (number, each) in parts.iter().enumerate() {
                    if number > 0 {
                        printer.line_if_broken();
                        printer.token("|");
                        printer.space();
                    }
                    part(printer, each);
                }
            });
        });
    }

    /// Prints the output of `print` as a group that ends within a line: on one line, or fully broken.
    pub(super) fn group(&mut self, print: impl FnOnce(&mut Self)) {
        self.group_of(true, print);
    }

    /// The same, but comments anywhere in it break it.
    pub(super) fn closed_group(&mut self, print: impl FnOnce(&mut Self)) {
        self.group_of(false, print);
    }

    fn group_of(&mut self, open_ended: bool, print: impl FnOnce(&mut Self)) {
        self.document.open(Group {
            stiff: self.stiff,
            open_ended,
            broken: false,
        });
        print(self);
        self.document.close();
    }

    /// Prints text that is broken only after everything else on the line.
    pub(super) fn stiff(&mut self, print: impl FnOnce(&mut Self)) {
        let around = std::mem::replace(&mut self.stiff, true);
        print(self);
        self.stiff = around;
    }
}

/// Lists and blocks.
impl<'a> Printer<'a> {
    /// Parts between brackets, with commas.
    pub(super) fn list<T>(
        &mut self,
        list: List,
        parts: &'a [T],
        mut part: impl FnMut(&mut Self, &'a T),
    ) {
        self.token(list.open);
        if parts.is_empty() && !self.has_comments() {
            self.token(list.close);
            return;
        }
        let line = || Op::Line {
            flat: match list.spaced {
                true => Flat::Space,
                false => Flat::Nothing,
            },
        };
        let is_broken = match list.breaks {
            Breaks::WhenLong => false,
            Breaks::AsWritten => self.source_has_line_break().unwrap_or(true),
            Breaks::AsWrittenElseWhenLong => self.source_has_line_break().unwrap_or(false),
        };
        let is_packed = list.packed
            && !self
                .source
                .as_ref()
                .is_some_and(|source| source.has_comments_before(list.close));
        self.document.open(Group {
            broken: is_broken && !parts.is_empty(),
            stiff: self.stiff,
            open_ended: false,
        });
        // The contents are measured by their own brackets.
        let around = std::mem::replace(&mut self.stiff, false);
        self.document.push(Op::Indent);
        for (number, each) in parts.iter().enumerate() {
            match number {
                0 => self.boundary(line(), Blanks::NotFirst),
                _ if is_packed => self.fill(),
                _ => self.boundary(Op::Line { flat: Flat::Space }, Blanks::Kept),
            }
            part(self, each);
            if number + 1 < parts.len() {
                self.separator(",");
            }
        }
        let has_comma = self.source_is_at(",") == Some(true);
        if let Some(source) = &mut self.source
            && has_comma
        {
            source.bump();
        }
        self.inline_comments(list.spaced);
        if (list.trailing_comma || has_comma) && !parts.is_empty() {
            self.document.push(Op::IfBroken(","));
        }
        self.last_comments(&line(), Blanks::first(parts.is_empty()));
        self.document.push(Op::Dedent);
        self.document.push(line());
        self.token(list.close);
        self.document.close();
        self.stiff = around;
    }

    /// Parts between braces, each on lines of its own.
    pub(super) fn block<T>(
        &mut self,
        parts: &'a [T],
        part: impl FnMut(&mut Self, &'a T, Option<&'a T>),
    ) {
        self.token("{");
        self.block_body(parts, part);
    }

    /// A block without its `{`.
    pub(super) fn block_body<T>(
        &mut self,
        parts: &'a [T],
        mut part: impl FnMut(&mut Self, &'a T, Option<&'a T>),
    ) {
        if !parts.is_empty() || self.has_comments() {
            self.document.push(Op::Indent);
            let mut before = None;
            for each in parts {
                self.boundary(Op::HardLine, Blanks::first(before.is_none()));
                part(self, each, before);
                before = Some(each);
            }
            self.last_comments(&Op::HardLine, Blanks::first(parts.is_empty()));
            self.document.push(Op::Dedent);
            self.document.push(Op::HardLine);
        }
        self.token("}");
    }

    /// Starts a new line for an item outside all blocks.
    pub(super) fn start_item(&mut self, is_first: bool) {
        self.boundary(Op::HardLine, Blanks::first(is_first));
    }

    /// The end of the file.
    pub(super) fn end(&mut self, is_empty: bool) {
        self.last_comments(&Op::HardLine, Blanks::first(is_empty));
        self.document.push(Op::HardLine);
    }

    /// Ends a line before the next text, if `line` is a line break, with all comments that do not belong on the next token's
    /// line.
    pub(super) fn boundary(&mut self, line: Op<'a>, blanks: Blanks) {
        self.trailing_comments();
        self.document.push(line);
        let wants_blank = self.own_line_comments(blanks, false);
        let is_blank = self
            .source
            .as_ref()
            .is_some_and(Source::is_blank_before_token);
        if wants_blank && is_blank {
            self.document.push(Op::Blank);
        }
    }

    /// An empty line, if there is a line break here.
    pub(super) fn blank(&mut self) {
        self.document.push(Op::Blank);
    }

    /// A line break.
    pub(super) fn line(&mut self) {
        self.boundary(Op::HardLine, Blanks::Dropped);
    }

    /// A line break if the group does not fit on one line, else a blank.
    pub(super) fn line_if_broken(&mut self) {
        self.boundary(Op::Line { flat: Flat::Space }, Blanks::Dropped);
    }

    /// A line break if the following text does not fit, else a blank.
    pub(super) fn fill(&mut self) {
        self.boundary(Op::Fill, Blanks::Dropped);
    }

    /// Documentation that is not a comment of the source.
    pub(super) fn documentation(&mut self, marker: &str, text: &str) {
        let line = format!("{marker} {text}");
        self.document
            .push(Op::Text(line.trim_end().to_owned().into()));
        self.document.push(Op::HardLine);
    }
}
