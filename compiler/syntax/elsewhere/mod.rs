//! Files in another language altogether. Findings for each line would not help: a single finding names the language, and shows
//! how its declarations are written here.

mod languages;

use super::cursor::starts_with;
use super::token::{Keyword, Kind, Token, Tokens};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};
use languages::{LANGUAGES, Language};

/// How many lines must be typical of a language; a few may be mistakes.
const LINES: usize = 2;

/// The single finding for a file in another language; `found` are the findings in it so far. `None` if it may be an interface
/// file with mistakes.
pub(super) fn finding(
    text: &str,
    file: FileId,
    tokens: &Tokens,
    found: &Diagnostics,
) -> Option<Diagnostic> {
    let tokens = tokens.tokens();
    if !found.has_errors() || has_items(tokens) {
        return None;
    }
    let source = Source { text, tokens };
    let mut best: Option<(usize, &Language, (u32, u32))> = None;
    for language in LANGUAGES {
        let mut places = source.places(language);
        let Some(first) = places.next() else { continue };
        let count = match source.is_certain(language) {
            true => usize::MAX,
            false => 1 + places.take(LINES * 10).count(),
        };
        if count >= LINES && best.is_none_or(|(most, ..)| count > most) {
            best = Some((count, language, first));
        }
    }
    let (_, language, (start, end)) = best?;
    let name = language.name;
    let span = Span::new(file, start, end);
    let message = format!("this file is written in {name}, not in pyidl");
    let label = format!("a line of {name}");
    let mut diagnostic = Diagnostic::new(Code::ForeignFile, span, message, label);
    for help in language.help {
        diagnostic = diagnostic.help(*help);
    }
    if language.is_read {
        for help in translations(found) {
            diagnostic = diagnostic.help(help);
        }
    }
    Some(diagnostic)
}

/// The translations of this file's functions, taken from the findings so far.
fn translations(found: &Diagnostics) -> impl Iterator<Item = String> {
    const MOST: usize = 3;
    let functions = found
        .iter()
        .filter(|finding| finding.code == Code::ForeignSyntax)
        .flat_map(|finding| &finding.help)
        .filter(|help| help.contains(": func(") && !help.contains('…'));
    functions
        .take(MOST)
        .map(|help| help.replacen("write", "one of its functions is written", 1))
}

/// Whether the file contains something that no other language has.
fn has_items(tokens: &[Token]) -> bool {
    use Keyword::{Flags, Func, Mut, Record, Resource, Static, Variant, World};
    tokens.windows(3).any(|three| {
        let [first, second, third] = [three[0].kind, three[1].kind, three[2].kind];
        let is_function = first == Kind::Colon
            && matches!(second, Kind::Keyword(Func | Mut | Static))
            && matches!(third, Kind::OpenParen | Kind::Keyword(Func));
        let is_type = three[0].first_on_line
            && matches!(
                first,
                Kind::Keyword(Record | Variant | Flags | Resource | World)
            )
            && second.is_word()
            && third == Kind::OpenBrace;
        is_function || is_type
    })
}

/// The patterns in a text of the table.
fn patterns(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.split(" | ").filter(|pattern| !pattern.is_empty())
}

/// The text of a file and its tokens.
struct Source<'t> {
    text: &'t str,
    tokens: &'t [Token],
}

impl<'t> Source<'t> {
    /// Whether the file starts as only files of `language` do.
    fn is_certain(&self, language: &Language) -> bool {
        patterns(language.first).any(|pattern| self.matches(0, pattern, true).is_some())
    }

    /// The starts of lines that only `language` has.
    fn places(&self, language: &'static Language) -> impl Iterator<Item = (u32, u32)> {
        let first = patterns(language.first).filter_map(|pattern| self.matches(0, pattern, true));
        let starts = (0..self.tokens.len()).filter(|&n| self.tokens[n].first_on_line);
        let lines = starts.filter_map(move |n| {
            patterns(language.lines).find_map(|pattern| self.matches(n, pattern, false))
        });
        let raw = self.raw(language.prefixes);
        first.chain(raw).chain(lines)
    }

    /// The lines that start with one of `prefixes`, which are not tokens.
    fn raw(&self, prefixes: &'static str) -> impl Iterator<Item = (u32, u32)> {
        let mut at = 0;
        let lines = self.text.split('\n').map(move |line| {
            let start = at;
            at += line.len() + 1;
            (start, line)
        });
        let lines = lines.take_while(move |_| !prefixes.is_empty());
        lines.filter_map(move |(start, line)| {
            let is_one = patterns(prefixes).any(|prefix| line.starts_with(prefix));
            is_one.then(|| (start as u32, (start + line.trim_end().len()) as u32))
        })
    }

    /// The place of the tokens from index `n` on if they match `pattern`; see [`starts_with`].
    fn matches(&self, n: usize, pattern: &str, lines: bool) -> Option<(u32, u32)> {
        let tokens = &self.tokens[n..];
        starts_with(tokens, self.text, pattern, lines).then(|| {
            let length = pattern.split(' ').filter(|part| *part != "$").count();
            (tokens[0].start, tokens[length - 1].end)
        })
    }
}
