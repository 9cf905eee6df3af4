//! Where findings go, and which are left out: errors that are only consequences of what the parser could not read.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::{Builtin, Nature, Type, View};
use crate::source::{FileId, SourceMap, Span};
use crate::syntax::Keyword;
use crate::syntax::ast::{self, ItemKind};

/// The findings of a run.
pub(super) struct Findings {
    pub(super) diagnostics: Diagnostics,
    /// What the parser could not read, for each file with errors.
    pub(super) damage: HashMap<FileId, Damage>,
    /// Checks that are possible only when all types are known.
    pub(super) checks: Vec<Deferred>,
}

impl Findings {
    /// Adds to the findings of the parser, which tell what is damaged in `files`.
    pub(super) fn new<'f>(
        diagnostics: Diagnostics,
        files: impl Iterator<Item = &'f ast::File>,
        sources: &SourceMap,
    ) -> Self {
        let damage = files.filter_map(|file| {
            let text = &sources.file(file.span.file).text;
            Some((file.span.file, Damage::assess(file, text, &diagnostics)?))
        });
        Self {
            damage: damage.collect(),
            checks: Vec::new(),
            diagnostics,
        }
    }

    /// Reports a finding unless the tree is a guess at its place.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if !self.is_guess(diagnostic.primary.span) {
            self.diagnostics.report(diagnostic);
        }
    }

    /// Reports a finding without help of its own.
    pub(super) fn error(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
    ) {
        self.report(Diagnostic::new(code, span, message, label));
    }

    /// Whether no more findings are kept. Then nothing is computed that would only improve them: the time would be quadratic in
    /// their number.
    pub(super) fn is_full(&self) -> bool {
        self.diagnostics.count(Severity::Error) >= Diagnostics::LIMIT
    }

    /// Whether `name` may be declared in an item that the parser reported.
    pub(super) fn may_be_declared(&self, name: &ast::Name) -> bool {
        self.damage
            .get(&name.span.file)
            .is_some_and(|damage| damage.nameless > 0 || damage.words.contains(&name.text))
    }

    /// Reports that `name` is not declared, unless it may be declared in an item that the parser reported. A name that `is_near`
    /// another one is treated as a typing error.
    pub(super) fn report_unknown(
        &mut self,
        name: &ast::Name,
        is_near: bool,
        diagnostic: Diagnostic,
    ) {
        if let Some(damage) = self.damage.get_mut(&name.span.file) {
            if damage.words.contains(&name.text) || damage.excused.contains(&name.text) {
                return;
            }
            if is_near && damage.nameless > 0 && !damage.reported.insert(name.text.clone()) {
                return;
            }
            if !is_near && damage.excused.len() < damage.nameless {
                damage.excused.insert(name.text.clone());
                return;
            }
        }
        self.report(diagnostic);
    }

    /// Whether the tree at `span` is a guess.
    fn is_guess(&self, span: Span) -> bool {
        self.damage
            .get(&span.file)
            .is_some_and(|damage| damage.is_guess(span.start))
    }

    /// Whether the parser reported an error in the item at `span`, or between it and the next item.
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

/// A check of a type that is deferred until all aliases and records are known.
#[derive(Debug)]
pub(super) enum Deferred {
    /// The argument of an option must not be an option itself.
    Optional(Type, Span),
    /// The key of a map or an item of a set must be hashable.
    Hashable(Type, Span, &'static str),
    /// The argument of `own` or `borrow` must be a class.
    Handle(Type, Span, &'static str),
    /// An element of a `buffer` or `ndarray` must be a number.
    Element(Type, Span, View),
    /// Each member of a union must accept values that the earlier members do not.
    Union(Vec<Type>, Vec<Span>),
    /// The error of a result: if it is a variant or enum, that becomes an exception.
    Error(Type),
}

impl Deferred {
    /// The deferred check of an argument of a builtin type.
    pub(super) fn of(builtin: Builtin, position: usize, ty: &Type, span: Span) -> Option<Self> {
        match (builtin, builtin.nature()) {
            (Builtin::Option, _) => Some(Self::Optional(ty.clone(), span)),
            (_, Nature::Keyed) if position == 0 => {
                let what = match builtin {
                    Builtin::Map => "the key of a map",
                    _ => "an item of a set",
                };
                Some(Self::Hashable(ty.clone(), span, what))
            }
            _ => None,
        }
    }
}
/// The effects of the parser's errors on a tree.
#[derive(Debug, Default)]
pub(super) struct Damage {
    /// The words outside all items: a lost item may have declared them.
    words: HashSet<String>,
    /// How many items lost their names. Each may have declared any name.
    nameless: usize,
    /// The names that are assumed to be theirs.
    excused: HashSet<String>,
    /// Reported names that may be theirs. Each is reported once.
    reported: HashSet<String>,
    /// The start positions of items and class members, in order.
    starts: Vec<u32>,
    /// The start positions of errors, in order.
    errors: Vec<u32>,
    /// From the line of an error to the next item, the tree is a guess. The ranges are in order.
    guesses: Vec<(u32, u32)>,
}

impl Damage {
    /// Determines what the errors found so far, those of the parser, have damaged in `file`; nothing if there are none.
    fn assess(file: &ast::File, text: &str, diagnostics: &Diagnostics) -> Option<Self> {
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
            excused: HashSet::new(),
            reported: HashSet::new(),
            starts: starts(file),
            errors,
            guesses: Vec::new(),
        };
        for &error in &damage.errors {
            let line = text
                .get(..error as usize)
                .and_then(|before| before.rfind('\n'))
                .map_or(0, |end| end + 1);
            // The text before the item on the same line is not a guess.
            let start = damage.last_start(error).max(line as u32);
            let end = damage.next_start(error);
            if damage.guesses.last().is_none_or(|(_, last)| *last <= error) {
                damage.guesses.push((start, end));
            }
        }
        Some(damage)
    }

    /// Adds names that a lost item may declare.
    pub(super) fn add_words(&mut self, names: &[String]) {
        self.words.extend(names.iter().cloned());
    }

    /// The start of the item at or before `place`.
    fn last_start(&self, place: u32) -> u32 {
        let next = self.starts.partition_point(|start| *start <= place);
        next.checked_sub(1).map_or(0, |last| self.starts[last])
    }

    /// The start of the next item after `place`.
    fn next_start(&self, place: u32) -> u32 {
        let next = self.starts.partition_point(|start| *start <= place);
        self.starts.get(next).copied().unwrap_or(u32::MAX)
    }

    /// Whether the tree at `place` is a guess.
    fn is_guess(&self, place: u32) -> bool {
        let next = self.guesses.partition_point(|(_, end)| *end <= place);
        self.guesses
            .get(next)
            .is_some_and(|(start, _)| *start <= place)
    }
}

/// The words between the items of `file`, and how many keywords among them lack the name that they declare.
fn lost_words(file: &ast::File, text: &str) -> (HashSet<String>, usize) {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '%');
    let mut words = HashSet::new();
    let mut nameless = 0;
    let mut between = Vec::new();
    gaps(&file.items, 0..text.len(), &mut between);
    for gap in between {
        let mut lost = text
            .get(gap)
            .unwrap_or_default()
            .trim_start_matches(|c| !is_word(c));
        while !lost.is_empty() {
            let (word, rest) = lost.split_at(lost.find(|c| !is_word(c)).unwrap_or(lost.len()));
            let declares = Keyword::from_word(word).is_some_and(Keyword::declares_type);
            nameless += usize::from(declares && !rest.trim_start().starts_with(is_word));
            words.insert(word.trim_start_matches('%').to_owned());
            lost = rest.trim_start_matches(|c| !is_word(c));
        }
    }
    (words, nameless)
}

/// Adds the places in `range` that are covered by none of `items` nor, for modules, by any item in them.
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

fn starts(file: &ast::File) -> Vec<u32> {
    let mut starts = Vec::new();
    item_starts(&file.items, &mut starts);
    starts
}

/// Adds the start positions of `items` and of nested items, to the maximum nesting of items.
fn item_starts(items: &[ast::Item], starts: &mut Vec<u32>) {
    for item in items {
        let docs = item.meta.docs.first().map(|doc| doc.span.start);
        let attributes = item.meta.attributes.first().map(|it| it.span.start);
        let meta = docs.into_iter().chain(attributes);
        starts.push(meta.fold(item.span.start, u32::min));
        item_starts(item.kind.items(), starts);
    }
}
