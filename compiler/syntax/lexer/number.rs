//! Integers, floats and versions.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::{char, digit1, one_of, satisfy};
use nom::combinator::{map, not, opt, recognize, value};
use nom::multi::{many0_count, many1_count, separated_list1};
use nom::sequence::{pair, preceded, terminated};

use super::super::token::Kind;
use super::problem::Problem;
use super::{Lexed, Lexeme, is_word_character};

/// A number with all letters and digits that touch it, so that `12ab` is one invalid number instead of two tokens.
pub(super) fn number(text: &str) -> Lexed<'_, Lexeme> {
    let (rest, kind) = alt((version, prefixed, float, incomplete, integer)).parse(text)?;
    if kind == Kind::Integer
        && let Ok((rest, _)) = quoted_thousands(rest)
    {
        let lexeme = Lexeme {
            kind: Some(kind),
            problem: Some(Problem::NumberQuote),
        };
        return Ok((rest, lexeme));
    }
    let (rest, excess) = take_while(is_word_character).parse(rest)?;
    let written = &text[..text.len() - rest.len()];
    let problem = match kind {
        _ if !excess.is_empty() => Some(Problem::NumberSuffix {
            excess: excess.len(),
        }),
        Kind::Version => version_form(written),
        Kind::Float if written.starts_with('.') || written.ends_with('.') => {
            Some(Problem::BarePoint)
        }
        _ => form(written),
    };
    Ok((
        rest,
        Lexeme {
            kind: Some(kind),
            problem,
        },
    ))
}

/// `'000` after the start of a number, as in C++ and Switzerland.
fn quoted_thousands(text: &str) -> Lexed<'_, &str> {
    let group = pair(char('\''), digit1);
    let (rest, groups) = recognize(many1_count(group)).parse(text)?;
    not(alt((char('\''), satisfy(is_word_character)))).parse(rest)?;
    Ok((rest, groups))
}

/// `1.2.0`, `1.2.0-rc.1+build.5`; also with `-` or `+` and nothing after it.
fn version(text: &str) -> Lexed<'_, Kind> {
    let identifiers = |text| {
        let identifier = take_while1(|c: char| c.is_ascii_alphanumeric() || c == '-');
        recognize(separated_list1(char('.'), identifier)).parse(text)
    };
    let core = (digit1, char('.'), digit1, char('.'), digit1);
    // `1.2.0->` is a version and an arrow; `1.2.0-` is an incomplete version.
    let end = not(char('>'));
    let extra = pair(
        opt((char('-'), end, opt(identifiers))),
        opt((char('+'), opt(identifiers))),
    );
    value(Kind::Version, (core, extra)).parse(text)
}

/// The error in a version, by the rules of Semantic Versioning.
fn version_form(written: &str) -> Option<Problem> {
    let (rest, build) = match written.split_once('+') {
        Some((rest, build)) => (rest, Some(build)),
        None => (written, None),
    };
    let (core, before) = match rest.split_once('-') {
        Some((core, before)) => (core, Some(before)),
        None => (rest, None),
    };
    let is_number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let mut numbers = core
        .split('.')
        .chain(before.into_iter().flat_map(|before| before.split('.')))
        .filter(|part| is_number(part));
    if before == Some("") || build == Some("") {
        Some(Problem::VersionEnd)
    } else if numbers
        .clone()
        .any(|part| part.len() > 1 && part.starts_with('0'))
    {
        Some(Problem::VersionZero)
    } else if numbers.any(|part| part.parse::<u64>().is_err()) {
        Some(Problem::VersionSize)
    } else {
        None
    }
}

/// `0xff`, `0o17`, `0b1`
fn prefixed(text: &str) -> Lexed<'_, Kind> {
    let digits = alt((
        preceded(
            alt((tag("0x"), tag("0X"))),
            take_while1(|c: char| c.is_ascii_hexdigit() || c == '_'),
        ),
        preceded(
            alt((tag("0o"), tag("0O"))),
            take_while1(|c: char| matches!(c, '0'..='7' | '_')),
        ),
        preceded(
            alt((tag("0b"), tag("0B"))),
            take_while1(|c: char| matches!(c, '0' | '1' | '_')),
        ),
    ));
    value(Kind::Integer, digits).parse(text)
}

fn digits(text: &str) -> Lexed<'_, &str> {
    recognize(pair(digit1, many0_count(alt((digit1, tag("_")))))).parse(text)
}

/// `1.5`, `1e5`, `1.5e-3`
fn float(text: &str) -> Lexed<'_, Kind> {
    let exponent = |text| recognize((one_of("eE"), opt(one_of("+-")), digits)).parse(text);
    let fraction = |text| recognize(pair(char('.'), digits)).parse(text);
    value(
        Kind::Float,
        pair(
            digits,
            alt((
                map(pair(fraction, opt(exponent)), |_| ()),
                map(exponent, |_| ()),
            )),
        ),
    )
    .parse(text)
}

/// `1.` and `.5`, which other languages allow.
fn incomplete(text: &str) -> Lexed<'_, Kind> {
    let no_more = not(alt((char('.'), satisfy(is_word_character))));
    let before = pair(terminated(digits, char('.')), no_more);
    let after = preceded(char('.'), digits);
    value(Kind::Float, alt((map(before, |_| ()), map(after, |_| ())))).parse(text)
}

fn integer(text: &str) -> Lexed<'_, Kind> {
    value(Kind::Integer, digits).parse(text)
}

/// The error in a number that consists of valid characters.
fn form(written: &str) -> Option<Problem> {
    let digits = written.trim_start_matches(['0', '_']);
    if written.contains("__")
        || written.ends_with('_')
        || written.contains("_.")
        || written.contains("_e")
    {
        Some(Problem::NumberUnderscore)
    } else if written.starts_with('0')
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && !written.contains('.')
    {
        Some(Problem::LeadingZero)
    } else {
        None
    }
}
