//! Signatures with mistakes, or in the syntax of other languages.

use super::body::other_brackets;
use super::result::outcome;
use super::table::{Place, skip, skipped};
use super::{report_missing, report_misspelt};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::syntax::ast::{self, Receiver};
use crate::syntax::cursor::{Cursor, Expected, Parsed, Stuck};
use crate::syntax::parse::function::{self, accessor};
use crate::syntax::parse::recovery::{closes_nothing, list, required_list};
use crate::syntax::token::{Keyword, Kind};

/// The keywords of functions in other languages.
pub(super) const FUNCTION_WORDS: &str =
    "def fn fun function func sub method procedure proc rpc lambda";

/// `method-type`, or `func-type` if not `methods`.
pub(crate) fn signature(input: Cursor<'_>, methods: bool) -> Parsed<'_, ast::Signature> {
    let (rest, (receiver, is_async)) = leading_words(input, methods)?;
    let accessor = accessor(rest).filter(|_| !is_async);
    let rest = match rest.at_keyword(Keyword::Func) || accessor.is_some() {
        true => rest.bump(),
        false => func(rest)?,
    };
    let (rest, parameters) = parameters(skip(Place::FuncEnd)(rest))?;
    let (rest, (result, raises)) = outcome(extra_closer(rest))?;
    let signature = ast::Signature {
        receiver,
        is_async,
        accessor,
        parameters,
        result,
        raises,
        span: rest.span_since(input),
    };
    Ok((rest, signature))
}

/// The modifiers before `func`, in any order; all but the right one are reported.
fn leading_words(input: Cursor<'_>, methods: bool) -> Parsed<'_, (Receiver, bool)> {
    let (mut rest, mut receiver, mut is_async) = (input, Receiver::None, false);
    loop {
        let keyword = match rest.kind() {
            Kind::Keyword(Keyword::Async) if !rest.nth(1).kind.is_word() => None,
            Kind::Keyword(keyword) => Some(keyword),
            _ => leading_word(rest),
        };
        let word = match keyword {
            Some(Keyword::Static) => Receiver::Static,
            Some(Keyword::Class) => Receiver::Class,
            Some(Keyword::Mut) => Receiver::Mut,
            Some(Keyword::Async) => {
                if is_async {
                    rest.report_expected(Expected::Function);
                }
                is_async = true;
                rest = rest.bump();
                continue;
            }
            _ => return Ok((rest, (receiver, is_async))),
        };
        let text = rest.text();
        let wrong = |message: String, label: &str, help: String| {
            rest.report_misplaced(
                Diagnostic::new(Code::Misplaced, rest.span(), message, label).help(help),
            );
        };
        if !methods {
            let help = match word {
                Receiver::Mut => "leave it out: outside of classes there is no `self` to change",
                _ => "leave it out",
            };
            wrong(
                format!("`{text}` belongs to methods of a class"),
                "not in a class",
                help.to_owned(),
            );
        } else if receiver != Receiver::None {
            wrong(
                format!("`{text}` after another such word"),
                "one too many",
                "a method has one of `static`, `class`, `mut`".into(),
            );
        } else if is_async {
            receiver = word;
            wrong(
                format!("`{text}` comes before `async`"),
                "too late",
                format!("write `{text} async func`"),
            );
        } else {
            receiver = word;
        }
        rest = rest.bump();
    }
}

/// `params`, also in other brackets.
pub(crate) fn parameters(input: Cursor<'_>) -> Parsed<'_, Vec<ast::Parameter>> {
    let brackets = other_brackets(input, "parameters stand", Kind::OpenParen);
    let (rest, parameters) = match brackets {
        Some((open, close)) => list(open, close, parameter)(input)?,
        None => required_list(Kind::OpenParen, Kind::CloseParen, parameter)(input)?,
    };
    Ok((rest, parameters.into_iter().flatten().collect()))
}

/// A parameter; `None` for `self` and `void`, which are reported.
fn parameter(input: Cursor<'_>) -> Parsed<'_, Option<ast::Parameter>> {
    match skipped(Place::NoParameter)(input) {
        Some(rest) => Ok((rest, None)),
        None => function::parameter(input).map(|(rest, parameter)| (rest, Some(parameter))),
    }
}

/// Skips a substitute for `func`.
fn func(input: Cursor<'_>) -> Result<Cursor<'_>, nom::Err<Stuck>> {
    if input.at(Kind::OpenParen) {
        let help = match input.is_part_of_file() {
            true => "write `func(…) -> …`",
            false => "write `name: func(…) -> …;`",
        };
        report_missing(input, "`func`", help);
        return Ok(input);
    }
    skipped(Place::Func)(input).ok_or_else(|| input.stuck(Expected::Function))
}

/// Skips a superfluous bracket after the parameters.
fn extra_closer(input: Cursor<'_>) -> Cursor<'_> {
    if !input.at(Kind::CloseParen) || input.is_awaited(Kind::CloseParen) {
        return input;
    }
    closes_nothing(input);
    input.bump()
}

/// The keyword that the word before `func` is a misspelling of.
fn leading_word(input: Cursor<'_>) -> Option<Keyword> {
    let before_func = matches!(
        input.nth(1).kind,
        Kind::Keyword(Keyword::Func | Keyword::Async)
    );
    if !(input.at(Kind::Name) && before_func) {
        return None;
    }
    let right = suggest::nearest(input.text(), ["static", "class", "mut", "async"])?;
    report_misspelt(input, right);
    Keyword::from_word(right)
}
