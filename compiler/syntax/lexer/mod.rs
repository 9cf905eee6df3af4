//! From text to [`Tokens`].
//!
//! Every text can be lexed: characters that start no token are reported and skipped, so that one wrong character causes one
//! diagnostic.

mod conflict;
mod number;
mod problem;
mod string;
mod trivia;

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::char;
use nom::combinator::{map, opt, recognize, value};
use nom::multi::many0_count;
use nom::sequence::{pair, preceded};
use nom::{IResult, Parser};

use super::token::{Comment, Keyword, Kind, Tokens};
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Span};
use problem::Problem;
pub(super) use problem::{is_forbidden, lone_return, lone_returns};
pub(super) use string::unescape;

/// The result of a lexing function at the start of a text. It fails if the text starts with something else.
type Lexed<'t, T> = IResult<&'t str, T, ()>;

/// A token or skipped text, and its problem.
#[derive(Clone, Debug)]
struct Lexeme {
    kind: Option<Kind>,
    problem: Option<Problem>,
}

impl From<Kind> for Lexeme {
    fn from(kind: Kind) -> Self {
        Self {
            kind: Some(kind),
            problem: None,
        }
    }
}

/// Returns the tokens of a file. Problems are reported to `diagnostics`.
///
/// # Panics
/// If the text is 4 GiB or longer; loading rejects much smaller files.
pub fn tokenize(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> Tokens {
    let mut tokens = Tokens::default();
    let mut conflicts = conflict::conflicts(text, file).into_iter().peekable();
    let mut unresolved = Vec::new();
    if let Some(finding) = lone_return(text, file) {
        diagnostics.report(finding);
    }
    let mut report = |start: usize, end: usize, problem: Problem| {
        diagnostics.report(
            problem.diagnostic(Span::new(file, start as u32, end as u32), &text[start..end]),
        );
    };
    assert!(u32::try_from(text.len()).is_ok(), "offsets have 32 bits");
    problem::forbidden_characters(text, &mut report);

    let offset = |rest: &str| text.len() - rest.len();
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut first_on_line = true;
    let mut last_hash = None;
    loop {
        let start = offset(rest);
        while conflicts
            .next_if(|conflict| conflict.range.start < start)
            .is_some()
        {}
        if let Some(conflict) = conflicts.next_if(|conflict| conflict.range.start == start) {
            unresolved.extend(conflict.diagnostic);
            rest = &text[conflict.range.end..];
            first_on_line = true;
        } else if let Ok((after, blanks)) = trivia::blanks(rest) {
            first_on_line |= blanks.contains(problem::ends_line);
            rest = after;
        } else if let Ok((after, (kind, problem))) = trivia::comment(rest) {
            let end = offset(after);
            tokens.push_comment(Comment {
                kind,
                start: start as u32,
                end: end as u32,
                first_on_line,
            });
            if let Some(problem) = problem {
                // A comment of several lines is a single error.
                let is_next = last_hash.replace(end).is_some_and(|last: usize| {
                    let between = &text[last..start];
                    first_on_line && between.trim().is_empty() && between.matches('\n').count() == 1
                });
                if !(is_next && matches!(problem, Problem::HashComment | Problem::Preprocessor)) {
                    report(start, end, problem);
                }
            }
            first_on_line = false;
            rest = after;
        } else if let Ok((after, lexeme)) = string::lifetime(text, rest)
            .or_else(|_| string::long_value(text, rest))
            .or_else(|_| lexeme(rest))
        {
            let end = offset(after);
            if let Some(kind) = lexeme.kind {
                tokens.push_token(kind, start as u32, end as u32, first_on_line);
                first_on_line = false;
            }
            if let Some(problem) = lexeme.problem {
                report(start, end, problem);
            }
            rest = after;
        } else {
            tokens.push_token(Kind::End, start as u32, start as u32, first_on_line);
            for conflict in unresolved {
                diagnostics.report(conflict);
            }
            return tokens;
        }
    }
}

/// The next token of a text that is not at its end.
fn lexeme(text: &str) -> Lexed<'_, Lexeme> {
    alt((
        word,
        number::number,
        string::string,
        punctuation,
        problem::anything_else,
    ))
    .parse(text)
}

/// `min-length`, `%record`, `_`; also `a--b` and `a-`, which are then reported as names.
fn word(text: &str) -> Lexed<'_, Lexeme> {
    let dashes = take_while1(|c| c == '-');
    let part = preceded(dashes, take_while1(is_word_character));
    let parts = recognize((
        take_while_start,
        take_while(is_word_character),
        many0_count(part),
        opt(last_dashes),
    ));
    map(pair(opt(char('%')), parts), |(escape, word): (_, &str)| {
        let kind = match (escape, word) {
            (Some(_), _) => Kind::Escaped,
            (None, "_") => Kind::Underscore,
            (None, _) => Keyword::from_word(word).map_or(Kind::Name, Kind::Keyword),
        };
        let problem = match word.is_ascii() {
            true => word.contains('$').then_some(Problem::NotAscii),
            false if word.contains(problem::is_invisible) => Some(Problem::InvisibleInName),
            false => Some(Problem::NotAscii),
        };
        Lexeme {
            kind: Some(kind),
            problem,
        }
    })
    .parse(text)
}

/// Trailing dashes of a word that are not part of an arrow.
fn last_dashes(text: &str) -> Lexed<'_, &str> {
    let (rest, dashes) = take_while1(|c| c == '-').parse(text)?;
    match rest.starts_with('>') {
        true => Err(nom::Err::Error(())),
        false => Ok((rest, dashes)),
    }
}

/// The first character of a word.
fn take_while_start(text: &str) -> Lexed<'_, &str> {
    match text.chars().next() {
        Some(first)
            if is_word_character(first)
                && !first.is_numeric()
                && first != '$'
                && !problem::is_invisible(first) =>
        {
            let (word, rest) = text.split_at(first.len_utf8());
            Ok((rest, word))
        }
        _ => Err(nom::Err::Error(())),
    }
}

/// Letters of all scripts are accepted, as in names of other languages, so that a word that contains one is reported as a whole.
fn is_word_character(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c, '_' | '$') || c.is_ascii_alphanumeric();
    }
    // Combining marks belong to the preceding letter, and invisible characters to the surrounding word.
    matches!(c, '\u{300}'..='\u{36f}') || c.is_alphanumeric() || problem::is_invisible(c)
}

fn punctuation(text: &str) -> Lexed<'_, Lexeme> {
    let long = alt((
        value(Kind::Ellipsis, tag("...")),
        value(Kind::Arrow, tag("->")),
        value(Kind::FatArrow, tag("=>")),
    ));
    let (rest, kind) = alt((long, single)).parse(text)?;
    Ok((rest, kind.into()))
}

fn single(text: &str) -> Lexed<'_, Kind> {
    let kind = match text.bytes().next() {
        Some(b'@') => Kind::At,
        Some(b',') => Kind::Comma,
        Some(b':') => Kind::Colon,
        Some(b';') => Kind::Semicolon,
        Some(b'.') => Kind::Dot,
        Some(b'=') => Kind::Equals,
        Some(b'|') => Kind::Pipe,
        Some(b'/') => Kind::Slash,
        Some(b'*') => Kind::Star,
        Some(b'-') => Kind::Minus,
        Some(b'+') => Kind::Plus,
        Some(b'&') => Kind::Ampersand,
        Some(b'?') => Kind::Question,
        Some(b'(') => Kind::OpenParen,
        Some(b')') => Kind::CloseParen,
        Some(b'{') => Kind::OpenBrace,
        Some(b'}') => Kind::CloseBrace,
        Some(b'[') => Kind::OpenBracket,
        Some(b']') => Kind::CloseBracket,
        Some(b'<') => Kind::Less,
        Some(b'>') => Kind::Greater,
        _ => return Err(nom::Err::Error(())),
    };
    Ok((&text[1..], kind))
}

#[cfg(test)]
mod tests;
