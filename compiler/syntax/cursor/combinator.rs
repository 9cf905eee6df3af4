//! Combinators over tokens for which nom has no equivalent.

use nom::Parser;

use super::{Cursor, Expected, Parsed, Stuck};
use crate::source::Span;
use crate::syntax::token::{Keyword, Kind};

/// One token of this kind.
pub(crate) fn token<'t>(kind: Kind) -> impl Fn(Cursor<'t>) -> Parsed<'t, Span> + Copy {
    move |input| match input.at(kind) {
        true => Ok((input.bump(), input.span())),
        false => Err(input.stuck(Expected::Token(kind))),
    }
}

/// One keyword.
pub(crate) fn keyword<'t>(keyword: Keyword) -> impl Fn(Cursor<'t>) -> Parsed<'t, Span> + Copy {
    token(Kind::Keyword(keyword))
}

/// Runs `parser`; if it fails in a lenient reading, reports what is missing and continues as if it had matched.
pub(crate) fn expect<'t, T>(
    mut parser: impl Parser<Cursor<'t>, Output = T, Error = Stuck>,
) -> impl FnMut(Cursor<'t>) -> Parsed<'t, Option<T>> {
    move |input| match parser.parse(input) {
        Ok((rest, value)) => Ok((rest, Some(value))),
        Err(nom::Err::Error(stuck) | nom::Err::Failure(stuck)) if input.is_lenient() => {
            input.report_stuck(stuck);
            Ok((input, None))
        }
        Err(error) => Err(error),
    }
}

/// `part ( separator part )*`
pub(crate) fn separated<'t, T>(
    separator: Kind,
    mut part: impl Parser<Cursor<'t>, Output = T, Error = Stuck>,
) -> impl FnMut(Cursor<'t>) -> Parsed<'t, Vec<T>> {
    move |input| {
        let (mut rest, first) = part.parse(input)?;
        let mut parts = vec![first];
        while rest.at(separator) {
            let (after, next) = part.parse(rest.bump())?;
            parts.push(next);
            rest = after;
        }
        Ok((rest, parts))
    }
}
