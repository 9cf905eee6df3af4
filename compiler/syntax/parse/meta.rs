//! Documentation and attributes.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{map, opt};

use super::super::ast;
use super::super::cursor::{Cursor, Expected, Parsed, expect, token};
use super::super::token::{Comment, CommentKind, Kind};
use super::recovery::list;
use super::{foreign, literal, name};
use crate::source::Span;

/// `meta ::= ( DOC | attribute )*`
pub(super) fn meta(input: Cursor<'_>) -> Parsed<'_, ast::Meta> {
    let is_doc = |kind| matches!(kind, CommentKind::DocLine | CommentKind::DocBlock);
    let mut meta = ast::Meta {
        docs: doc_lines(input, is_doc),
        attributes: Vec::new(),
    };
    let mut rest = input;
    while rest.at(Kind::At) {
        // An invalid attribute must not discard the item.
        let (after, attribute) = expect(attribute)(rest)?;
        meta.attributes.extend(attribute);
        rest = if after.offset() == rest.offset() {
            rest.bump()
        } else {
            after
        };
        meta.docs.extend(doc_lines(rest, is_doc));
    }
    Ok((rest, meta))
}

/// The documentation in the comments before the next token.
pub(super) fn doc_lines(
    input: Cursor<'_>,
    is_doc: impl Fn(CommentKind) -> bool,
) -> Vec<ast::DocLine> {
    let mut lines = Vec::new();
    for (n, comment) in input.comments().filter(|(_, comment)| is_doc(comment.kind)) {
        input.claim_comment(n);
        let text = &input.source()[comment.start as usize..comment.end as usize];
        let place = |start: usize, end: usize| input.place(start as u32, end as u32);
        match comment.kind {
            CommentKind::DocBlock => block_lines(comment, text, place, &mut lines),
            _ => {
                let line = text[3..].trim_end();
                let text = line.strip_prefix(' ').unwrap_or(line).to_owned();
                lines.push(ast::DocLine {
                    text,
                    span: place(comment.start as usize, comment.end as usize),
                });
            }
        }
    }
    lines
}

/// The lines of `/** … */` without the customary star before each.
fn block_lines(
    comment: Comment,
    text: &str,
    place: impl Fn(usize, usize) -> Span,
    lines: &mut Vec<ast::DocLine>,
) {
    let text = &text[..text.len() - if text.ends_with("*/") { 2 } else { 0 }];
    let mut start = comment.start as usize;
    let first = lines.len();
    for (n, line) in text.split('\n').enumerate() {
        let whole = place(start, start + line.trim_end().len());
        start += line.len() + 1;
        let line = line.trim();
        let line = match n {
            0 => &line[3..],
            _ => line.strip_prefix('*').unwrap_or(line),
        };
        let line = line.strip_prefix(' ').unwrap_or(line).to_owned();
        lines.push(ast::DocLine {
            text: line,
            span: whole,
        });
    }
    if lines.len() > first && lines[first].text.is_empty() {
        lines.remove(first);
    }
    if lines.len() > first && lines.last().is_some_and(|line| line.text.is_empty()) {
        lines.pop();
    }
}

/// `attribute ::= '@' attr-path ( '(' ( attr-arg ( ',' attr-arg )* ','? )? ')' )?`,
/// `attr-path ::= word ( '.' word )*`
fn attribute(input: Cursor<'_>) -> Parsed<'_, ast::Attribute> {
    let (rest, _) = token(Kind::At)(input)?;
    let (rest, path) = match rest.at_word() && !rest.is_first_on_line() {
        true => name::word_path(rest)?,
        false => return Err(rest.stuck(Expected::Attribute)),
    };
    let _rewriting = rest.habit(|rest| foreign::decorator_arguments(rest, &path));
    let (rest, arguments) = opt(list(Kind::OpenParen, Kind::CloseParen, argument)).parse(rest)?;
    let mut arguments = arguments.unwrap_or_default();
    let (rest, argument) = rest.habit(foreign::attribute_value).unwrap_or((rest, None));
    arguments.extend(argument);
    Ok((
        rest,
        ast::Attribute {
            path,
            arguments,
            span: rest.span_since(input),
        },
    ))
}

/// `attr-arg ::= word '=' attr-value | attr-value`
pub(super) fn argument(input: Cursor<'_>) -> Parsed<'_, ast::AttributeArgument> {
    let (rest, name) = match input.at_word() && input.nth(1).kind == Kind::Equals {
        true => {
            let (rest, name) = name::word(input)?;
            (rest.bump(), Some(name))
        }
        false => input
            .habit(foreign::argument_colon)
            .unwrap_or((input, None)),
    };
    let (rest, value) = value(rest)?;
    Ok((
        rest,
        ast::AttributeArgument {
            name,
            value,
            span: rest.span_since(input),
        },
    ))
}

/// `attr-value ::= VERSION | literal`
fn value(input: Cursor<'_>) -> Parsed<'_, ast::AttributeValue> {
    alt((
        map(literal::literal, ast::AttributeValue::Literal),
        map(version, ast::AttributeValue::Version),
    ))
    .parse(input)
}

/// `VERSION`
pub(super) fn version(input: Cursor<'_>) -> Parsed<'_, ast::Version> {
    let text = match input.kind() {
        Kind::Version => input.text().to_owned(),
        _ => match input.habit(foreign::short_version) {
            Some(text) => text,
            None => return Err(input.stuck(Expected::Version)),
        },
    };
    let span = input.span();
    Ok((input.bump(), ast::Version { text, span }))
}
