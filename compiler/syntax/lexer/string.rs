//! Strings and their escapes.

use std::ops::Range;

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;

use super::super::token::Kind;
use super::problem::Problem;
use super::{Lexed, Lexeme};

/// `"text"`; also `'text'` and `"""text"""`, with a problem.
pub(super) fn string(text: &str) -> Lexed<'_, Lexeme> {
    alt((
        triple,
        |text| quoted(text, '"'),
        |text| quoted(text, '\''),
        curly,
    ))
    .parse(text)
}

/// `'static` after a `&` or `<`, as in Rust; `rest` is the remaining part of `text`.
pub(super) fn lifetime<'t>(text: &str, rest: &'t str) -> Lexed<'t, Lexeme> {
    let (name, _) = tag("'").parse(rest)?;
    let before = text[..text.len() - rest.len()].chars().next_back();
    let after = name.trim_start_matches(|c: char| c == '_' || c.is_ascii_alphanumeric());
    if !matches!(before, Some('&' | '<')) || after.len() == name.len() || after.starts_with('\'') {
        return Err(nom::Err::Error(()));
    }
    let lexeme = Lexeme {
        kind: None,
        // After `&` the error is the reference.
        problem: (before == Some('<')).then_some(Problem::Lifetime),
    };
    Ok((after, lexeme))
}

/// `"""text"""` where a value is expected; `rest` is the remaining part of `text`.
pub(super) fn long_value<'t>(text: &str, rest: &'t str) -> Lexed<'t, Lexeme> {
    if !rest.starts_with("\"\"\"") && !rest.starts_with("'''") {
        return Err(nom::Err::Error(()));
    }
    let before = text[..text.len() - rest.len()].trim_end_matches([' ', '\t']);
    if !before.ends_with(['=', '(', ',', '[']) {
        return Err(nom::Err::Error(()));
    }
    let (rest, _) = triple(rest)?;
    let lexeme = Lexeme {
        kind: Some(Kind::String),
        problem: Some(Problem::LongString),
    };
    Ok((rest, lexeme))
}

/// From quote to quote on one line.
fn quoted(text: &str, quote: char) -> Lexed<'_, Lexeme> {
    let mut characters = text.char_indices();
    if characters.next().is_none_or(|(_, first)| first != quote) {
        return Err(nom::Err::Error(()));
    }
    let mut escaped = false;
    for (at, c) in characters {
        if c == '\n' {
            break;
        } else if c == quote && !escaped {
            let problem = (quote == '\'').then_some(Problem::SingleQuotes);
            return Ok((
                &text[at + 1..],
                Lexeme {
                    kind: Some(Kind::String),
                    problem,
                },
            ));
        }
        escaped = c == '\\' && !escaped;
    }
    match quote {
        // A lone apostrophe is more likely a lifetime or a typing error than the start of a string.
        '\'' => Err(nom::Err::Error(())),
        _ => {
            let line = text.split('\n').next().unwrap_or(text).trim_end();
            Ok((
                &text[line.len()..],
                Lexeme {
                    kind: Some(Kind::String),
                    problem: Some(Problem::OpenString),
                },
            ))
        }
    }
}

/// `“text”` or `‘text’` on one line, or text between backquotes.
fn curly(text: &str) -> Lexed<'_, Lexeme> {
    let (rest, open) = alt((tag("“"), tag("„"), tag("`"), tag("‘"))).parse(text)?;
    let is_end = |c| match open {
        "`" => matches!(c, '`' | '\n'),
        "‘" => matches!(c, '‘' | '’' | '\n'),
        _ => matches!(c, '“' | '”' | '\n'),
    };
    let end = rest
        .find(is_end)
        .filter(|&end| !rest[end..].starts_with('\n'))
        .ok_or(nom::Err::Error(()))?;
    let close = rest[end..].chars().next().map_or(0, char::len_utf8);
    let rest = &rest[end + close..];
    Ok((
        rest,
        Lexeme {
            kind: Some(Kind::String),
            problem: Some(Problem::CurlyQuotes),
        },
    ))
}

/// Python's multi-line strings: skipped, since they are nearly always documentation.
fn triple(text: &str) -> Lexed<'_, Lexeme> {
    let (rest, marker) = alt((tag("\"\"\""), tag("'''"))).parse(text)?;
    let end = rest.find(marker).map_or(rest.len(), |at| at + marker.len());
    Ok((
        &rest[end..],
        Lexeme {
            kind: None,
            problem: Some(Problem::TripleQuotes),
        },
    ))
}

/// The text of a string token, without quotes and with escapes resolved. Invalid escapes are passed to `wrong`, as byte ranges of
/// the token's text, and remain in the result.
///
/// The escapes are WIT's: `\n`, `\t`, `\r`, `\"`, `\'`, `\\`, `\u{1f40d}`, and `\7f` for a byte.
pub(crate) fn unescape(token: &str, mut wrong: impl FnMut(Range<usize>)) -> String {
    let quote = token.chars().next().unwrap_or('"');
    let inner = token.strip_prefix(quote).unwrap_or(token);
    let inner = inner.strip_suffix([quote, '“', '”', '’']).unwrap_or(inner);
    if !inner.contains('\\') {
        return inner.to_owned();
    }
    let mut bytes = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        rest = &rest[at..];
        let length = match escape(rest) {
            Some((length, Unescaped::Character(c))) => {
                bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                length
            }
            Some((length, Unescaped::Byte(byte))) => {
                bytes.push(byte);
                length
            }
            None => {
                let start = quote.len_utf8() + inner.len() - rest.len();
                let length = rest.char_indices().nth(2).map_or(rest.len(), |(at, _)| at);
                wrong(start..start + length);
                bytes.extend_from_slice(&rest.as_bytes()[..length]);
                length
            }
        };
        rest = &rest[length..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).unwrap_or_else(|error| {
        wrong(0..token.len());
        String::from_utf8_lossy(error.as_bytes()).into_owned()
    })
}

enum Unescaped {
    Character(char),
    Byte(u8),
}

/// The escape at the start of `text`, with its length in bytes.
fn escape(text: &str) -> Option<(usize, Unescaped)> {
    let simple = |c| Some((2, Unescaped::Character(c)));
    match text.as_bytes().get(1)? {
        b'n' => simple('\n'),
        b't' => simple('\t'),
        b'r' => simple('\r'),
        b'"' => simple('"'),
        b'\'' => simple('\''),
        b'\\' => simple('\\'),
        b'u' => {
            let digits = text[2..].strip_prefix('{')?.split('}').next()?;
            let closed = text[3 + digits.len()..].starts_with('}');
            // Rust's parser also accepts a sign.
            let signed = digits.contains('+');
            let value = u32::from_str_radix(&digits.replace('_', ""), 16)
                .ok()
                .filter(|_| closed && !signed)?;
            Some((
                digits.len() + 4,
                Unescaped::Character(char::from_u32(value)?),
            ))
        }
        _ => {
            let digits = text
                .get(1..3)
                .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
            Some((3, Unescaped::Byte(u8::from_str_radix(digits, 16).ok()?)))
        }
    }
}
