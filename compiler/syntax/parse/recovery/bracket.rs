//! Missing brackets.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::cursor::{Cursor, Expected, token};
use crate::syntax::token::Kind;

/// Skips an opening bracket and returns its place. Reports a missing bracket, and text before it on its line; `None` if neither
/// the bracket nor its possible contents follow.
pub(in super::super) fn opening(input: Cursor<'_>, open: Kind) -> Option<(Cursor<'_>, Span)> {
    if let Ok((rest, opener)) = token(open)(input) {
        return Some((rest, opener));
    }
    if let Some(rest) = bracket_on_line(input, open) {
        input.report_expected(Expected::Token(open));
        return Some((rest.bump(), rest.span()));
    }
    if !is_content(input, open) {
        return None;
    }
    let open = open.as_str();
    let message = format!("`{open}` is missing");
    let label = format!("expected `{open}` here");
    input.report(
        Diagnostic::new(Code::MissingToken, input.gap(), message, label)
            .help(format!("write `{open}`")),
    );
    Some((input, input.gap()))
}

/// The opening bracket that follows a few tokens later on this line.
fn bracket_on_line(input: Cursor<'_>, open: Kind) -> Option<Cursor<'_>> {
    let (rest, kind) = survey_line(input, |kind| kind == open || kind.is_closer())?;
    (kind == open).then_some(rest)
}

/// Whether the next tokens can be the first part between brackets: on the same line if the brackets are closed there, or indented
/// on the next line.
fn is_content(input: Cursor<'_>, open: Kind) -> bool {
    if !(input.at_word() || input.at(Kind::At)) {
        return false;
    } else if input.is_first_on_line() {
        return input.indentation() > input.previous_indentation();
    }
    match survey_line(input, |kind| {
        Some(kind) == open.closer() || kind == Kind::Semicolon
    }) {
        Some((_, kind)) => kind != Kind::Semicolon,
        None => open == Kind::OpenBrace,
    }
}

/// The first of the next tokens on this line that `is_wanted`, and its kind. Semicolons end the search.
fn survey_line(input: Cursor<'_>, is_wanted: impl Fn(Kind) -> bool) -> Option<(Cursor<'_>, Kind)> {
    const SURVEYED: usize = 50;
    let mut rest = input;
    for _ in 0..SURVEYED {
        let kind = rest.kind();
        if rest.is_first_on_line() || kind == Kind::End {
            return None;
        } else if is_wanted(kind) || kind == Kind::Semicolon {
            return Some((rest, kind));
        }
        rest = rest.bump();
    }
    None
}

/// Reports that a bracket is not closed where it should be.
pub(in super::super) fn report_unclosed(rest: Cursor<'_>, opener: Span, close: Kind) {
    let open = match close {
        Kind::CloseParen => "(",
        Kind::CloseBracket => "[",
        Kind::Greater => "<",
        _ => "{",
    };
    if opener.start == opener.end {
        // Both brackets are missing, which was already reported.
        rest.set_reported();
        return;
    }
    let close = close.as_str();
    rest.report(
        Diagnostic::new(
            Code::Unclosed,
            rest.gap(),
            format!("`{open}` is never closed"),
            format!("expected `{close}` here"),
        )
        .cause(opener, format!("this `{open}` is not closed"))
        .help(format!("write `{close}`")),
    );
}
