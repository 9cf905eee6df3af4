//! Lists between brackets, and missing brackets. In a lenient reading, an invalid part of a list costs one diagnostic and the
//! tokens up to the next part.

use super::item::{is_function, starts_item};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::cursor::{Cursor, Expected, Parsed, token};
use crate::syntax::token::{Keyword, Kind};

/// The current list.
#[derive(Clone, Copy)]
struct Brackets {
    close: Kind,
    /// The indentation of the opening bracket's line.
    indentation: Option<usize>,
    /// Whether a line ends after the opening bracket. Then the closing bracket is on a line of its own.
    has_lines: bool,
    /// Whether the parts are values, which have no names.
    of_values: bool,
}

/// `open ( part ( ',' part )* ','? )? close`
pub(in super::super) fn list<'t, T>(
    open: Kind,
    close: Kind,
    part: impl FnMut(Cursor<'t>) -> Parsed<'t, T>,
) -> impl FnMut(Cursor<'t>) -> Parsed<'t, Vec<T>> {
    listed(open, close, false, part)
}

/// A [`list`] of values.
pub(in super::super) fn values<'t, T>(
    open: Kind,
    close: Kind,
    part: impl FnMut(Cursor<'t>) -> Parsed<'t, T>,
) -> impl FnMut(Cursor<'t>) -> Parsed<'t, Vec<T>> {
    listed(open, close, true, part)
}

fn listed<'t, T>(
    open: Kind,
    close: Kind,
    of_values: bool,
    mut part: impl FnMut(Cursor<'t>) -> Parsed<'t, T>,
) -> impl FnMut(Cursor<'t>) -> Parsed<'t, Vec<T>> {
    move |input| {
        let (rest, opener) = token(open)(input)?;
        if !input.is_lenient() {
            return strict_parts(rest, close, &mut part);
        }
        let list = Brackets {
            of_values,
            ..Brackets::new(rest, close)
        };
        parts(rest, list, opener, &mut part)
    }
}

/// Does the same as [`list`], where nothing else is possible: a missing opening bracket is reported, and the list is parsed.
pub(in super::super) fn required_list<'t, T>(
    open: Kind,
    close: Kind,
    mut part: impl FnMut(Cursor<'t>) -> Parsed<'t, T>,
) -> impl FnMut(Cursor<'t>) -> Parsed<'t, Vec<T>> {
    move |input| match opening(input, open) {
        Some((rest, opener)) => parts(rest, Brackets::new(rest, close), opener, &mut part),
        None => {
            input.report_expected(Expected::Token(open));
            Ok((input, Vec::new()))
        }
    }
}

/// `( part ( ',' part )* ','? )? close`
fn strict_parts<'t, T>(
    mut rest: Cursor<'t>,
    close: Kind,
    part: &mut impl FnMut(Cursor<'t>) -> Parsed<'t, T>,
) -> Parsed<'t, Vec<T>> {
    let _nested = rest.enter(Some(close))?;
    let _names = rest.name_list();
    let mut parts = Vec::new();
    while !rest.at(close) {
        let (after, value) = part(rest)?;
        parts.push(value);
        rest = match after.kind() {
            Kind::Comma => after.bump(),
            kind if kind == close => after,
            _ => return Err(after.stuck(Expected::Separator(close))),
        };
    }
    Ok((rest.bump(), parts))
}

/// The rest of a list after its opening bracket, in a lenient reading.
fn parts<'t, T>(
    mut rest: Cursor<'t>,
    list: Brackets,
    opener: Span,
    part: &mut impl FnMut(Cursor<'t>) -> Parsed<'t, T>,
) -> Parsed<'t, Vec<T>> {
    let close = list.close;
    let Ok(_nested) = rest.enter(Some(close)) else {
        return Ok((rest.behind_bracket(close), Vec::new()));
    };
    let _names = rest.name_list();
    let start = rest.offset();
    let mut parts = Vec::new();
    let mut is_quiet = false;
    // A repeated habit is reported once.
    let mut has_semicolons = false;
    let mut comma = None;
    loop {
        if rest.at(close) {
            return Ok((rest.bump(), parts));
        } else if list.ends(rest) || (rest.at(Kind::Arrow) && close == Kind::CloseParen) {
            report_unclosed(rest, opener, close);
            return Ok((rest, parts));
        } else if list.of_values && list.is_name_outside(rest) {
            // The comma belongs to the enclosing list.
            let end = comma.unwrap_or(rest);
            report_unclosed(end, opener, close);
            return Ok((end, parts));
        }
        if rest.at(Kind::Comma) {
            let message = "a comma without anything before it";
            rest.report_token(
                Code::WrongSeparator,
                message,
                "one comma too many",
                "delete it",
            );
            rest = rest.bump();
            continue;
        }
        let before = rest.offset();
        let after = match part(rest) {
            Ok((after, value)) => {
                parts.push(value);
                is_quiet = false;
                comma = after.at(Kind::Comma).then_some(after);
                if after.at(Kind::Semicolon) && has_semicolons && !list.ends(after) {
                    Ok(after.bump())
                } else {
                    has_semicolons |= after.at(Kind::Semicolon);
                    list.separator(after)
                }
            }
            Err(nom::Err::Error(stuck) | nom::Err::Failure(stuck)) => {
                // Only before anything was parsed: parsing twice at each level of nesting takes exponential time.
                let is_doubled =
                    stuck.at == before && before == start && rest.kind().closer() == Some(close);
                // If several parts in a row are invalid, this is not such a list; one finding suffices.
                if !std::mem::replace(&mut is_quiet, true) {
                    rest.report_stuck(stuck);
                }
                if is_doubled {
                    Ok(rest.bump())
                } else {
                    list.skip_part(rest)
                }
            }
            Err(incomplete) => return Err(incomplete),
        };
        rest = match after {
            Ok(after) => after,
            Err(end) => {
                report_unclosed(end, opener, close);
                return Ok((end, parts));
            }
        };
        if rest.offset() == before && !rest.at(close) && !list.ends(rest) {
            rest = rest.bump();
        }
    }
}

impl Brackets {
    /// `rest` is behind the opening bracket.
    fn new(rest: Cursor<'_>, close: Kind) -> Self {
        Self {
            close,
            indentation: rest.previous_indentation(),
            has_lines: rest.is_first_on_line(),
            of_values: false,
        }
    }

    /// Skips the comma after a part, or its substitute; returns the place where the list should have ended, if more than a comma
    /// is missing.
    fn separator(self, rest: Cursor<'_>) -> Result<Cursor<'_>, Cursor<'_>> {
        match rest.kind() {
            kind if kind == self.close || self.ends(rest) => Ok(rest),
            Kind::Comma => Ok(rest.bump()),
            _ if self.is_outside(rest) => Err(rest),
            // `@since(version = 1.0.0 interface a`
            Kind::Keyword(_) if self.close == Kind::CloseParen && starts_item(rest) => Err(rest),
            Kind::Semicolon => {
                let message = format!(
                    "the parts between `{}` are separated by commas",
                    brackets(self.close)
                );
                rest.report_token(Code::WrongSeparator, message, "a semicolon", "write `,`");
                Ok(rest.bump())
            }
            kind if starts_part(kind) || rest.is_first_on_line() => {
                if !rest.follows_open_string() {
                    rest.report(
                        Diagnostic::new(
                            Code::MissingSeparator,
                            rest.gap(),
                            "a comma is missing",
                            "expected `,` here",
                        )
                        .help("write `,`"),
                    );
                }
                Ok(rest)
            }
            _ => {
                rest.report_expected(Expected::Separator(self.close));
                self.skip_part(rest)
            }
        }
    }

    /// Skips to behind the next comma of the list, or to its end; returns the same as [`Brackets::separator`].
    fn skip_part(self, start: Cursor<'_>) -> Result<Cursor<'_>, Cursor<'_>> {
        let mut rest = start;
        // Type arguments in the skipped text end with the same sign as the list.
        let mut inner = 0_usize;
        loop {
            // `->` and `raises` belong to a function in the skipped text.
            let is_result = matches!(rest.kind(), Kind::Arrow | Kind::Keyword(Keyword::Raises));
            match rest.kind() {
                Kind::Greater if inner > 0 => {
                    inner -= 1;
                    rest = rest.bump();
                }
                kind if kind == self.close || kind == Kind::End => return Ok(rest),
                _ if !is_result && self.ends(rest) => return Ok(rest),
                _ if self.is_outside(rest) => return Err(rest),
                Kind::Comma if inner > 0 => rest = rest.bump(),
                Kind::Comma | Kind::Semicolon => return Ok(rest.bump()),
                Kind::Less if rest.offset() > start.offset() => {
                    inner += 1;
                    rest = rest.bump();
                }
                kind if kind.closer().is_some() => rest = rest.skip_group(),
                _ => rest = rest.bump(),
            }
        }
    }

    /// Whether a line starts here that is indented no deeper than the opening bracket's line. This is not an error in itself, but
    /// next to another error it suggests that the closing bracket is missing before it.
    fn is_outside(self, rest: Cursor<'_>) -> bool {
        rest.is_first_on_line() && rest.indentation() <= self.indentation
    }

    /// Whether such a line starts with a name and a colon: the parameter or field after the one whose value contains the list.
    fn is_name_outside(self, rest: Cursor<'_>) -> bool {
        rest.kind().is_word() && rest.nth(1).kind == Kind::Colon && self.is_outside(rest)
    }

    /// Whether the next token shows that the closing bracket is missing.
    fn ends(self, rest: Cursor<'_>) -> bool {
        let next = rest.nth(0);
        match next.kind {
            Kind::End => true,
            kind if kind.is_closer() => kind != self.close && rest.is_awaited(kind),
            Kind::Greater => self.close != Kind::Greater && rest.is_awaited(Kind::Greater),
            Kind::Semicolon | Kind::OpenBrace | Kind::Equals | Kind::Arrow
                if self.close == Kind::Greater =>
            {
                true
            }
            Kind::Arrow | Kind::Keyword(Keyword::Raises) if self.close == Kind::CloseParen => {
                let after_group = rest
                    .previous()
                    .is_some_and(|token| token.kind == Kind::CloseParen);
                self.is_outside(rest) || !(self.has_lines || after_group)
            }
            // `list<u32, b: u32`: a parameter or field that the list swallowed.
            Kind::Comma if self.close == Kind::Greater => {
                rest.nth(1).kind.is_word()
                    && rest.nth(2).kind == Kind::Colon
                    && rest.nth(3).kind != Kind::Colon
            }
            // `(a: u32;` at the end of a line is a complete function; elsewhere the `;` is a wrong separator.
            Kind::Semicolon => {
                let after = rest.nth(1);
                let ends_block = after.kind.is_closer() && after.kind != self.close;
                self.close != Kind::CloseBrace
                    && !self.has_lines
                    && (after.first_on_line || ends_block && rest.is_awaited(after.kind))
            }
            // Braces contain no constructor, but cases may have that name.
            Kind::Keyword(Keyword::Constructor) if self.close == Kind::CloseBrace => false,
            _ if next.first_on_line && starts_item(rest) => true,
            _ => self.is_name_outside(rest) && is_function(rest),
        }
    }
}

/// Whether such a token can start a part of a list, but never separates parts.
fn starts_part(kind: Kind) -> bool {
    kind.is_word() || matches!(kind, Kind::At | Kind::String | Kind::Integer | Kind::Float)
}

fn brackets(close: Kind) -> &'static str {
    match close {
        Kind::CloseParen => "( )",
        Kind::CloseBracket => "[ ]",
        Kind::Greater => "< >",
        _ => "{ }",
    }
}

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
