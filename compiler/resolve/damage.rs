//! What the parser could not make sense of. Errors that only follow from that are not reported.

use std::collections::HashSet;
use std::ops::Range;

use super::Resolver;
use crate::diagnostic::Diagnostics;
use crate::source::Span;
use crate::syntax::Keyword;
use crate::syntax::ast::{self, ItemKind};

/// The traces that the parser's errors left in a tree.
#[derive(Debug, Default)]
pub(super) struct Damage {
    /// The words outside of all items: an item that got lost may have declared them.
    words: HashSet<String>,
    /// Whether an item lost its name, so that any name may be declared.
    nameless: bool,
    /// Where items and members of classes start, in order.
    starts: Vec<u32>,
    /// Where errors start, in order.
    errors: Vec<u32>,
    /// From the line of an error to the next item the tree is a guess. In order.
    guesses: Vec<(u32, u32)>,
}

impl Damage {
    /// What the errors found so far, those of the parser, have done to `file`; nothing if there are none.
    pub(super) fn assess(file: &ast::File, text: &str, diagnostics: &Diagnostics) -> Option<Self> {
        let mut errors: Vec<u32> = diagnostics
            .iter()
            .filter(|found| found.code.leaves_gaps())
            .map(|found| found.primary.span)
            .filter(|span| span.file == file.span.file)
            .map(|span| span.start)
            .collect();
        if errors.is_empty() {
            return None;
        }
        errors.sort_unstable();
        let (words, nameless) = lost_words(file, text);
        let mut damage = Self {
            words,
            nameless,
            starts: starts(file),
            errors,
            guesses: Vec::new(),
        };
        for &error in &damage.errors {
            let line = text
                .get(..error as usize)
                .and_then(|before| before.rfind('\n'))
                .map_or(0, |end| end + 1);
            let end = damage.next_start(error);
            if damage.guesses.last().is_none_or(|(_, last)| *last <= error) {
                damage.guesses.push((line as u32, end));
            }
        }
        Some(damage)
    }

    /// Where the next item after `place` starts.
    fn next_start(&self, place: u32) -> u32 {
        let next = self.starts.partition_point(|start| *start <= place);
        self.starts.get(next).copied().unwrap_or(u32::MAX)
    }

    /// Whether what the tree says at `place` is a guess.
    fn is_guess(&self, place: u32) -> bool {
        let next = self.guesses.partition_point(|(_, end)| *end <= place);
        self.guesses
            .get(next)
            .is_some_and(|(start, _)| *start <= place)
    }
}

impl Resolver<'_, '_> {
    /// Whether `name` may be declared in something that the parser reported.
    pub(super) fn may_be_declared(&self, name: &ast::Name) -> bool {
        self.damage
            .get(&name.span.file)
            .is_some_and(|damage| damage.nameless || damage.words.contains(&name.text))
    }

    /// Whether what the tree says at `span` is a guess.
    pub(super) fn is_guess(&self, span: Span) -> bool {
        self.damage
            .get(&span.file)
            .is_some_and(|damage| damage.is_guess(span.start))
    }

    /// Whether the parser reported something in the item at `span`, or between it and the next one.
    pub(super) fn is_damaged(&self, span: Span) -> bool {
        let Some(damage) = self.damage.get(&span.file) else {
            return false;
        };
        let first = damage.errors.partition_point(|error| *error < span.start);
        damage
            .errors
            .get(first)
            .is_some_and(|error| *error < damage.next_start(span.start))
    }
}

/// The words between the items of `file`, and whether a keyword among them lacks the name that it declares.
fn lost_words(file: &ast::File, text: &str) -> (HashSet<String>, bool) {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '%');
    let mut words = HashSet::new();
    let mut nameless = false;
    let mut between = Vec::new();
    gaps(&file.items, 0..text.len(), &mut between);
    for gap in between {
        let mut lost = text
            .get(gap)
            .unwrap_or_default()
            .trim_start_matches(|c| !is_word(c));
        while !lost.is_empty() {
            let (word, rest) = lost.split_at(lost.find(|c| !is_word(c)).unwrap_or(lost.len()));
            let declares =
                Keyword::from_word(word).is_some_and(|keyword| DECLARING.contains(&keyword));
            nameless |= declares && !rest.trim_start().starts_with(is_word);
            words.insert(word.trim_start_matches('%').to_owned());
            lost = rest.trim_start_matches(|c| !is_word(c));
        }
    }
    (words, nameless)
}

/// Adds the places in `range` that none of `items` covers, nor, where they are modules, anything in them.
fn gaps(items: &[ast::Item], range: Range<usize>, between: &mut Vec<Range<usize>>) {
    let mut start = range.start;
    for item in items {
        let span = item.span.range();
        between.push(start..span.start);
        start = span.end;
        if !matches!(item.kind, ItemKind::Class(_) | ItemKind::Protocol(_)) {
            let inner = item.kind.items();
            if let Some(first) = inner.first() {
                gaps(inner, first.span.range().start..span.end, between);
            }
        }
    }
    between.push(start..range.end);
}

/// The keywords that a name follows.
const DECLARING: &[Keyword] = &[
    Keyword::Type,
    Keyword::Record,
    Keyword::Variant,
    Keyword::Enum,
    Keyword::Flags,
    Keyword::Exception,
    Keyword::Protocol,
    Keyword::Class,
    Keyword::Resource,
];

fn starts(file: &ast::File) -> Vec<u32> {
    let mut starts = Vec::new();
    item_starts(&file.items, &mut starts);
    starts
}

/// Adds the starts of `items` and of what is in them, as deep as items can be in items.
fn item_starts(items: &[ast::Item], starts: &mut Vec<u32>) {
    for item in items {
        starts.push(item.span.start);
        item_starts(item.kind.items(), starts);
    }
}
