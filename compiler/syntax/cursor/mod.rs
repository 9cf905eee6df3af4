//! Parsing of tokens: the input type for nom, its error type, and the combinators that report an error and continue.
//!
//! A parser either succeeds, or fails without side effects and tells how far it got ([`Stuck`]). Only code that can recover
//! reports errors: [`expect`] inside a construct, lists and blocks between their items.

mod combinator;
mod layout;
mod name_form;
mod nesting;
mod pattern;
mod reading;
mod report;
mod unexpected;

use std::cell::{Cell, RefCell};

use nom::IResult;
use nom::error::{ErrorKind, ParseError};

use super::context::Context;
use super::places::Places;
use super::token::{Comment, Keyword, Kind, Token, Tokens};
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Span};
pub(crate) use combinator::{expect, keyword, separated, token};
pub(crate) use name_form::WrongName;
pub(crate) use pattern::{Matched, starts_with};
pub(crate) use report::Rewriting;
pub(crate) use unexpected::found;

/// The remaining input. Copying it is cheap, and so is backtracking.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'t> {
    rest: &'t [Token],
    state: &'t State<'t>,
}

/// The state that survives backtracking.
pub(crate) struct State<'t> {
    file: FileId,
    text: &'t str,
    /// The places of the text in the file, if it is not the file's whole text.
    places: Option<&'t Places>,
    tokens: &'t Tokens,
    diagnostics: RefCell<Diagnostics>,
    /// Index of the last token at which an error was reported; errors up to that token are suppressed.
    last_reported: Cell<Option<u32>>,
    depth: Cell<u16>,
    /// See [`Cursor::is_lenient`].
    lenient: Cell<bool>,
    /// Whether the parser is in a type or value, with no bracket opened inside it since.
    in_part: Cell<bool>,
    /// Whether the text is WIT, which has no attributes for Python.
    is_wit: Cell<bool>,
    /// Whether the nesting was reported as too deep.
    was_too_deep: Cell<bool>,
    /// The expected closing brackets, outermost first.
    closers: RefCell<Vec<Kind>>,
    /// How many enclosing constructs show their complete spelling in a diagnostic: other spellings inside them need no mention.
    rewriting: Cell<u16>,
    /// Whether an indented item outside all braces was reported as misplaced: the cause is an earlier brace, so later indented
    /// items are not reported.
    misplaced: Cell<bool>,
    /// How many enclosing items were reported as misplaced: their contents may be valid in the right place.
    inside_misplaced: Cell<u16>,
    /// Whether more braces are opened than closed: only then can a closing one be missing.
    lacks_braces: bool,
    /// The indentation of the first line of the current item.
    item_indentation: Cell<Option<usize>>,
    /// The names of type parameters in scope; definitions have none in this language.
    type_parameters: RefCell<Vec<String>>,
    /// For each enclosing list, the names in it with a wrong form, outermost first.
    wrong_names: RefCell<Vec<Vec<WrongName>>>,
    /// For each comment, whether it documents an item.
    claimed: RefCell<Vec<bool>>,
}

/// The token that no alternative accepts, and what was expected there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stuck {
    pub(crate) at: u32,
    pub(crate) expected: Expected,
}

/// What a parser expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// Nothing to say: it was already reported or is unknown.
    Anything,
    /// One token.
    Token(Kind),
    /// `}` or another end of a list, or the comma before the next part.
    Separator(Kind),
    /// A name, described by the text: "the record".
    Name(&'static str),
    /// A type.
    Type,
    /// A value.
    Value,
    /// `func(…)` with its modifiers.
    Function,
    /// An item that is allowed in this place.
    Item(Context),
    /// `1.2.0`
    Version,
    /// A word after `@`.
    Attribute,
}

/// The result of a parser.
pub(crate) type Parsed<'t, T> = IResult<Cursor<'t>, T, Stuck>;

impl<'t> ParseError<Cursor<'t>> for Stuck {
    fn from_error_kind(input: Cursor<'t>, _: ErrorKind) -> Self {
        Self {
            at: input.offset(),
            expected: Expected::Anything,
        }
    }

    fn append(_: Cursor<'t>, _: ErrorKind, inner: Self) -> Self {
        inner
    }

    /// `alt` calls this: the error of the branch that got furthest is the most precise.
    fn or(self, other: Self) -> Self {
        if other.at > self.at { other } else { self }
    }
}

impl<'t> State<'t> {
    /// `found` are the findings in the tokens.
    pub(crate) fn new(file: FileId, text: &'t str, tokens: &'t Tokens, found: Diagnostics) -> Self {
        Self {
            file,
            text,
            places: None,
            tokens,
            diagnostics: RefCell::new(found),
            last_reported: Cell::new(None),
            depth: Cell::new(0),
            lenient: Cell::new(false),
            in_part: Cell::new(false),
            is_wit: Cell::new(false),
            was_too_deep: Cell::new(false),
            closers: RefCell::default(),
            rewriting: Cell::new(0),
            misplaced: Cell::new(false),
            inside_misplaced: Cell::new(0),
            lacks_braces: tokens.lack_braces(),
            item_indentation: Cell::new(None),
            type_parameters: RefCell::default(),
            wrong_names: RefCell::default(),
            claimed: RefCell::new(vec![false; tokens.comments().len()]),
        }
    }

    /// Sets whether the text is WIT.
    pub(crate) fn of_wit(&self, is_wit: bool) {
        self.is_wit.set(is_wit);
    }

    /// For a text that occurs in a file at `places`: a string of the TOML form.
    pub(crate) fn of_part(
        file: FileId,
        text: &'t str,
        places: &'t Places,
        tokens: &'t Tokens,
        found: Diagnostics,
    ) -> Self {
        Self {
            places: Some(places),
            ..Self::new(file, text, tokens, found)
        }
    }

    /// A cursor at the first token.
    pub(crate) fn start(&'t self) -> Cursor<'t> {
        Cursor {
            rest: self.tokens.tokens(),
            state: self,
        }
    }

    /// All findings, and for each comment whether it became the documentation of an item.
    pub(crate) fn finish(self) -> (Diagnostics, Vec<bool>) {
        (self.diagnostics.into_inner(), self.claimed.into_inner())
    }
}

/// Lookahead.
impl<'t> Cursor<'t> {
    /// Index of the next token.
    pub(crate) fn offset(self) -> u32 {
        (self.state.tokens.tokens().len() - self.rest.len()) as u32
    }

    /// The token `n` places ahead; the last token repeats.
    pub(crate) fn nth(self, n: usize) -> Token {
        self.rest[n.min(self.rest.len() - 1)]
    }

    /// The kind of the next token.
    pub(crate) fn kind(self) -> Kind {
        self.nth(0).kind
    }

    /// Whether the next token is a `kind`.
    pub(crate) fn at(self, kind: Kind) -> bool {
        self.kind() == kind
    }

    /// Whether the next tokens are of these kinds.
    pub(crate) fn at_all(self, kinds: &[Kind]) -> bool {
        kinds
            .iter()
            .enumerate()
            .all(|(n, &kind)| self.nth(n).kind == kind)
    }

    /// Whether the next token is this keyword.
    pub(crate) fn at_keyword(self, keyword: Keyword) -> bool {
        self.at(Kind::Keyword(keyword))
    }

    /// Whether the next token is a word, escaped or not.
    pub(crate) fn at_word(self) -> bool {
        self.kind().is_word()
    }

    /// The text of the next token.
    pub(crate) fn text(self) -> &'t str {
        self.nth_text(0)
    }

    /// The text of the token `n` places ahead.
    pub(crate) fn nth_text(self, n: usize) -> &'t str {
        let token = self.nth(n);
        &self.state.text[token.start as usize..token.end as usize]
    }

    /// Whether `text` stands directly before the next token in the source, whether or not it is a token itself.
    pub(crate) fn follows(self, text: &str) -> bool {
        let start = self.nth(0).start as usize;
        self.state.text[..start].ends_with(text)
    }

    /// The text of the previous token.
    pub(crate) fn previous_text(self) -> Option<&'t str> {
        let token = self.previous()?;
        Some(&self.state.text[token.start as usize..token.end as usize])
    }

    /// The place of the next token.
    pub(crate) fn span(self) -> Span {
        let token = self.nth(0);
        self.place(token.start, token.end)
    }

    /// The place right after the previous token, where a missing token would be.
    pub(crate) fn gap(self) -> Span {
        let end = self.previous().map_or(self.nth(0).start, |token| token.end);
        self.place(end, end)
    }

    /// The previous token.
    pub(crate) fn previous(self) -> Option<Token> {
        let before = self.offset().checked_sub(1)?;
        Some(self.state.tokens.tokens()[before as usize])
    }

    /// The place from the next token of `start` to the last token before `self`; empty if there is none.
    pub(crate) fn span_since(self, start: Self) -> Span {
        let (from, end) = self.offsets_since(start);
        self.place(from, end)
    }

    fn offsets_since(self, start: Self) -> (u32, u32) {
        let from = start.nth(0).start;
        let end = self.previous().map_or(from, |token| token.end.max(from));
        (from, end)
    }

    /// The text from the next token of `self` to the last one before `end`.
    pub(crate) fn text_until(self, end: Self) -> &'t str {
        let (start, end) = end.offsets_since(self);
        &self.state.text[start as usize..end as usize]
    }

    /// Whether the next token directly follows the previous one.
    pub(crate) fn touches_previous(self) -> bool {
        self.previous()
            .is_some_and(|token| token.end == self.nth(0).start)
    }

    /// Whether the previous token is an unterminated string, which has swallowed the expected text.
    pub(crate) fn follows_open_string(self) -> bool {
        let is_string = self
            .previous()
            .is_some_and(|token| token.kind == Kind::String);
        self.previous_text().is_some_and(|text| {
            is_string && (text.len() < 2 || text.starts_with('"') && !text.ends_with('"'))
        })
    }

    /// The comments before the next token, with their indices.
    pub(crate) fn comments(self) -> impl Iterator<Item = (usize, Comment)> + 't {
        let comments = self.state.tokens.comments();
        self.state
            .tokens
            .comments_before(self.offset() as usize)
            .map(|n| (n, comments[n]))
    }

    /// Records that the comment with index `n` is documentation.
    pub(crate) fn claim_comment(self, n: usize) {
        self.state.claimed.borrow_mut()[n] = true;
    }

    /// The place in the file of the text from `start` to `end`.
    pub(crate) fn place(self, start: u32, end: u32) -> Span {
        match self.state.places {
            Some(places) => places.span(self.state.file, start, end),
            None => Span::new(self.state.file, start, end),
        }
    }

    /// Whether the text is only a part of a file, and contains only a part of an item.
    pub(crate) fn is_part_of_file(self) -> bool {
        self.state.places.is_some()
    }

    /// The whole text.
    pub(crate) fn source(self) -> &'t str {
        self.state.text
    }
}

/// Advancing, with and without success.
impl<'t> Cursor<'t> {
    /// Skips the next token, but never the end.
    #[must_use]
    pub(crate) fn bump(self) -> Self {
        match self.rest {
            [_, rest @ ..] if !rest.is_empty() => Self { rest, ..self },
            _ => self,
        }
    }

    /// Skips the next token if it is a `kind`.
    #[must_use]
    pub(crate) fn bump_if(self, kind: Kind) -> Self {
        if self.at(kind) { self.bump() } else { self }
    }

    /// The error of a parser that expected `expected` here.
    pub(crate) fn stuck(self, expected: Expected) -> nom::Err<Stuck> {
        nom::Err::Error(Stuck {
            at: self.offset(),
            expected,
        })
    }

    /// Skips the bracket that starts here, with its contents.
    #[must_use]
    pub(crate) fn skip_group(self) -> Self {
        let mut rest = self;
        let mut depth = 0_usize;
        while !rest.at(Kind::End) {
            if rest.kind().closer().is_some() {
                depth += 1;
            } else if rest.kind().is_closer() {
                depth = depth.saturating_sub(1);
            }
            rest = rest.bump();
            if depth == 0 {
                break;
            }
        }
        rest
    }
}
