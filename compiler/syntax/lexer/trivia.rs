//! Whitespace and comments.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_till, take_while1};
use nom::combinator::{map, recognize};
use nom::sequence::pair;

use super::super::token::CommentKind;
use super::Lexed;
use super::problem::{Problem, ends_line, is_forbidden};

/// Blanks and line breaks. Characters that are forbidden everywhere count as blanks: they were already reported.
pub(super) fn blanks(text: &str) -> Lexed<'_, &str> {
    take_while1(|c| matches!(c, ' ' | '\t' | '\r' | '\n') || is_forbidden(c)).parse(text)
}

/// A comment and its problem.
pub(super) fn comment(text: &str) -> Lexed<'_, (CommentKind, Option<Problem>)> {
    alt((line, block, hash)).parse(text)
}

fn line(text: &str) -> Lexed<'_, (CommentKind, Option<Problem>)> {
    map(rest_of_line("//"), |comment: &str| {
        let kind = match &comment[2..] {
            text if text.starts_with("//") => CommentKind::Line,
            text if text.starts_with('/') => CommentKind::DocLine,
            text if text.starts_with('!') => CommentKind::InnerDocLine,
            _ => CommentKind::Line,
        };
        (kind, None)
    })
    .parse(text)
}

/// `# text`, or an attribute of Rust.
fn hash(text: &str) -> Lexed<'_, (CommentKind, Option<Problem>)> {
    map(rest_of_line("#"), |comment: &str| {
        let word = comment[1..]
            .trim_start()
            .split(|c: char| !c.is_ascii_lowercase())
            .next();
        let problem = match word {
            _ if comment.starts_with("#[") || comment.starts_with("#!") => Problem::HashAttribute,
            Some("include" | "define" | "undef" | "ifdef" | "ifndef" | "endif" | "pragma") => {
                Problem::Preprocessor
            }
            _ => Problem::HashComment,
        };
        (CommentKind::Line, Some(problem))
    })
    .parse(text)
}

/// From `marker` to the end of the line, exclusive.
fn rest_of_line<'t>(marker: &'static str) -> impl Parser<&'t str, Output = &'t str, Error = ()> {
    recognize(pair(tag(marker), take_till(ends_line)))
}

/// Block comments nest.
fn block(text: &str) -> Lexed<'_, (CommentKind, Option<Problem>)> {
    let (inside, _) = tag("/*").parse(text)?;
    let kind = match inside.as_bytes() {
        [b'*', b'*' | b'/', ..] => CommentKind::Block,
        [b'*', ..] => CommentKind::DocBlock,
        _ => CommentKind::Block,
    };
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (2, 1);
    while depth > 0 {
        match bytes.get(at..at + 2) {
            Some(b"/*") => (at, depth) = (at + 2, depth + 1),
            Some(b"*/") => (at, depth) = (at + 2, depth - 1),
            Some(_) => at += 1,
            None => return Ok(("", (kind, Some(Problem::OpenComment)))),
        }
    }
    Ok((&text[at..], (kind, None)))
}
