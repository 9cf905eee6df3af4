//! Results and exceptions of functions with mistakes, or in the syntax of other languages.

use super::table::{Place, skip, skipped};
use super::{foreign, report};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::syntax::ast;
use crate::syntax::cursor::{Cursor, Expected, Parsed, expect, separated};
use crate::syntax::parse::function::Outcome;
use crate::syntax::parse::{name, ty};
use crate::syntax::print;
use crate::syntax::token::{Keyword, Kind};

/// `result ::= '->' ty raises? | raises`, or nothing.
pub(crate) fn outcome(input: Cursor<'_>) -> Parsed<'_, Outcome> {
    let (rest, ty) = match input.kind() {
        Kind::Arrow => {
            let rest = input.bump();
            let start = skip(Place::ArrowEnd)(rest);
            match nothing(start) {
                Some(rest) => (rest, None),
                None if start.at_keyword(Keyword::Raises) && start.matches("raises !raises _") => {
                    (start, None)
                }
                None => expect(ty::ty)(start)?,
            }
        }
        _ => result(input)?,
    };
    let (rest, raises) = exceptions(rest)?;
    if ty.is_none() && !raises.is_empty() {
        let (rest, ty) = late_result(rest)?;
        return Ok((rest, (ty, raises)));
    }
    Ok((rest, (ty, raises)))
}

/// `raises ::= 'raises' name ( '|' name )*`, or nothing.
pub(crate) fn exceptions(input: Cursor<'_>) -> Parsed<'_, Vec<ast::Path>> {
    if let Some(parsed) = raises_in_parentheses(input) {
        return parsed;
    }
    let rest = match input.at_keyword(Keyword::Raises) {
        true => input.bump(),
        false => match skipped(Place::Raises)(input) {
            Some(rest) => rest,
            None => return Ok((input, Vec::new())),
        },
    };
    let mut names = Vec::new();
    let mut rest = skip(Place::RaisesStart)(rest);
    loop {
        let (after, name) = expect(name::type_path(Expected::Name("an exception")))(rest)?;
        names.extend(name);
        rest = skip(Place::RaisesEnd)(after);
        if !rest.at(Kind::Pipe) {
            break;
        }
        rest = rest.bump();
    }
    let (rest, more) = further_exceptions(rest)?;
    names.extend(more);
    Ok((rest, names))
}

/// The result, if no `->` precedes it.
fn result(input: Cursor<'_>) -> Parsed<'_, Option<ast::Type>> {
    // `list<func() > u32`
    let ends_list = input.at(Kind::Greater) && input.is_awaited(Kind::Greater);
    if ends_list || input.matches(RAISES) {
        return Ok((input, None));
    }
    let Some(start) = skipped(Place::Arrow)(input) else {
        return Ok((input, None));
    };
    if let Some(rest) = nothing(start) {
        return Ok((rest, None));
    }
    let (rest, ty) = expect(ty::ty)(start)?;
    let in_parentheses = input.matches("returns|return (") && !start.at(Kind::OpenParen);
    Ok(match in_parentheses {
        true => (rest.bump_if(Kind::CloseParen), ty),
        false => (rest, ty),
    })
}

/// A substitute for `raises`.
const RAISES: &str = "throws|throw|rethrows|errors|except|raising|~raises _|(";

/// Skips `None`, `void` or `()` as a result.
fn nothing(input: Cursor<'_>) -> Option<Cursor<'_>> {
    let is_unit = input.matches("( )");
    if !(is_unit || input.at(Kind::Name) && suggest::is_nothing(input.text())) {
        return None;
    }
    let message = "a function that returns nothing has no `->`";
    let help = "leave out `->` and what follows it";
    report(input, message, "no value", help);
    Some(if is_unit { input.bump() } else { input }.bump())
}

/// The result, if it follows the exceptions.
fn late_result(input: Cursor<'_>) -> Parsed<'_, Option<ast::Type>> {
    if !input.at(Kind::Arrow) {
        return Ok((input, None));
    }
    let (rest, ty) = {
        let _rewriting = input.rewriting();
        expect(ty::ty)(input.bump())?
    };
    let result = input.text_until(rest);
    let diagnostic = Diagnostic::new(
        Code::Misplaced,
        rest.span_since(input),
        "the result comes before `raises`",
        "too late",
    );
    input.report(diagnostic.help(format!("write `{result}` before `raises`")));
    Ok((rest, ty))
}

/// The exceptions in parentheses after `raises` or `throws`; reports the parentheses.
fn raises_in_parentheses(input: Cursor<'_>) -> Option<Parsed<'_, Vec<ast::Path>>> {
    if !(input.nth(1).kind == Kind::OpenParen
        && (input.at_keyword(Keyword::Raises) || input.matches(RAISES)))
    {
        return None;
    }
    let start = input.bump();
    let mut names = Vec::new();
    let mut rest = start.bump();
    while let Ok((after, path)) = name::type_path(Expected::Name("an exception"))(rest) {
        names.push(path);
        rest = match after.kind() {
            Kind::Comma | Kind::Pipe => after.bump(),
            _ => after,
        };
    }
    let written: Vec<_> = match rest.at(Kind::CloseParen) {
        true => names.iter().map(print::path_text).collect(),
        // `throws (1: Bad b)`
        false => Vec::new(),
    };
    let help = match written.is_empty() {
        true => "write `raises name`, and `|` between several".to_owned(),
        false => format!("write `raises {}`", written.join(" | ")),
    };
    let rest = start.skip_group();
    let message = "exceptions come after `raises`, without parentheses";
    let span = rest.span_since(input);
    input.report(foreign(span, message, "another language's syntax", help));
    let is_known = rest.offset() > start.offset() && !written.is_empty();
    Some(Ok((rest, if is_known { names } else { Vec::new() })))
}

/// `, b, c` after `raises a`, at the end of a function.
fn further_exceptions(input: Cursor<'_>) -> Parsed<'_, Vec<ast::Path>> {
    let mut names = Vec::new();
    let mut rest = input;
    let is_word = |rest: Cursor<'_>| rest.at(Kind::Name) && matches!(rest.text(), "or" | "and");
    while (rest.at(Kind::Comma) && !rest.is_awaited(Kind::CloseParen) || is_word(rest))
        && rest.nth(1).kind.is_word()
        && !rest.nth(1).first_on_line
        && (is_word(rest) || matches!(rest.nth(2).kind, Kind::Semicolon | Kind::Comma | Kind::Pipe))
    {
        if names.is_empty() {
            let label = match rest.at(Kind::Comma) {
                true => "a comma",
                false => "a word",
            };
            report(rest, "exceptions are separated by `|`", label, "write `|`");
        }
        let others = separated(Kind::Pipe, name::type_path(Expected::Name("an exception")));
        let (after, more) = { others }(rest.bump())?;
        names.extend(more);
        rest = after;
    }
    Ok((rest, names))
}
