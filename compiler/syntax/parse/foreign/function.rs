//! Signatures as other languages write them.

use nom::Parser;
use nom::sequence::preceded;

use super::{report, report_missing, report_misspelt};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::syntax::ast;
use crate::syntax::cursor::{Cursor, Expected, Parsed, Stuck, expect, token};
use crate::syntax::parse::function::accessor;
use crate::syntax::parse::{name, ty};
use crate::syntax::token::{Keyword, Kind};

/// What introduces a function elsewhere.
pub(super) const FUNCTION_WORDS: &[&str] = &[
    "def",
    "fn",
    "fun",
    "function",
    "func",
    "sub",
    "method",
    "procedure",
    "proc",
    "rpc",
    "lambda",
];

/// Where `func` should stand: behind what stands there for it.
pub(crate) fn func(input: Cursor<'_>) -> Result<Cursor<'_>, nom::Err<Stuck>> {
    if input.at(Kind::OpenParen) {
        let help = match input.is_part_of_file() {
            true => "write `func(…) -> …`",
            false => "write `name: func(…) -> …;`",
        };
        report_missing(input, "`func`", help);
        return Ok(input);
    }
    // Without `async` it is one.
    if accessor(input).is_some() {
        report(
            input,
            "a getter or setter is never asynchronous",
            "after `async`",
            "leave `async` out",
        );
        return Ok(input.bump());
    }
    let before_parameters = input.at(Kind::Name) && input.nth(1).kind == Kind::OpenParen;
    if before_parameters && FUNCTION_WORDS.contains(&input.text()) {
        report(
            input,
            "a function type starts with `func`",
            "another language's word",
            "write `func`",
        );
        return Ok(input.bump());
    }
    if before_parameters && suggest::nearest(input.text(), ["func"]).is_some() {
        report_misspelt(input, "func");
        return Ok(input.bump());
    }
    Err(input.stuck(Expected::Function))
}

/// Behind words between `func` and the parameters, which belong before it; the signature starts at `start`.
pub(crate) fn late_words<'t>(input: Cursor<'t>, start: Cursor<'t>) -> Cursor<'t> {
    let is_late = matches!(
        input.kind(),
        Kind::Keyword(Keyword::Mut | Keyword::Static | Keyword::Class | Keyword::Async)
    ) && input.nth(1).kind == Kind::OpenParen;
    if !is_late {
        return input;
    }
    let word = input.text();
    let message = format!("`{word}` comes before `func`");
    let diagnostic = Diagnostic::new(Code::Misplaced, input.span(), message, "too late");
    let help = format!("write `{word} {}(…)`", start.text_until(input));
    input.report(diagnostic.help(help));
    input.bump()
}

/// Behind a bracket too many after the parameters.
pub(crate) fn extra_closer(input: Cursor<'_>) -> Cursor<'_> {
    if !input.at(Kind::CloseParen) || input.is_awaited(Kind::CloseParen) {
        return input;
    }
    closes_nothing(input);
    input.bump()
}

/// Reports a closing bracket at which none is open.
pub(crate) fn closes_nothing(input: Cursor<'_>) {
    let close = input.kind().as_str();
    let diagnostic = Diagnostic::new(
        Code::Unclosed,
        input.span(),
        format!("`{close}` closes nothing"),
        "there is no open bracket for it",
    );
    input.report(diagnostic.help("delete it, or open the bracket before"));
}

/// The keyword that the word before `func` is misspelt for.
pub(crate) fn leading_word(input: Cursor<'_>) -> Option<Keyword> {
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

/// The result where no `->` stands before it.
pub(crate) fn result(input: Cursor<'_>) -> Parsed<'_, Option<ast::Type>> {
    let is_type = |input: Cursor<'_>| {
        (input.at_word() || input.at(Kind::OpenParen)) && !input.is_first_on_line()
    };
    let message = "the result comes after `->`";
    match input.kind() {
        Kind::Colon if is_type(input.bump()) => report(input, message, "a colon", "write `->`"),
        Kind::FatArrow => report(input, message, "`=>`", "write `->`"),
        Kind::Minus if input.nth(1).kind == Kind::Greater => {
            report(input, message, "with a blank in it", "write `->`");
            return match is_nothing(input.bump().bump()) {
                Some(rest) => Ok((rest, None)),
                None => expect(ty::ty)(input.bump().bump()),
            };
        }
        Kind::Name if matches!(input.text(), "returns" | "return") && is_type(input.bump()) => {
            report(input, message, "another language's word", "write `->`");
            let rest = input.bump();
            // `returns (stream Point)`
            let is_stream = rest.at(Kind::OpenParen)
                && rest.nth_text(1) == "stream"
                && rest.nth(2).kind.is_word();
            let inner = rest.bump_if(Kind::OpenParen);
            let (after, ty) = expect(ty::ty)(if is_stream { inner.bump() } else { inner })?;
            return Ok((
                if rest.at(Kind::OpenParen) {
                    after.bump_if(Kind::CloseParen)
                } else {
                    after
                },
                ty,
            ));
        }
        Kind::Name | Kind::Escaped if is_type(input) && !looks_like_raises(input) => {
            report_missing(input, "`->`", format!("write `-> {}`", input.text()));
            return expect(ty::ty)(input);
        }
        _ => return Ok((input, None)),
    }
    match is_nothing(input.bump()) {
        Some(rest) => Ok((rest, None)),
        None => expect(ty::ty)(input.bump()),
    }
}

/// Behind `None` or `void` as a result, which is then left out.
pub(crate) fn is_nothing(input: Cursor<'_>) -> Option<Cursor<'_>> {
    let is_unit = input.at_all(&[Kind::OpenParen, Kind::CloseParen]);
    let is_name = input.at(Kind::Name) && suggest::is_nothing(input.text());
    if !(is_unit || is_name) {
        return None;
    }
    let rest = if is_unit {
        input.bump().bump()
    } else {
        input.bump()
    };
    report(
        input,
        "a function that returns nothing has no `->`",
        "no value",
        "leave out `->` and what follows it",
    );
    Some(rest)
}

/// Behind the word that stands for `raises`.
pub(crate) fn raises(input: Cursor<'_>) -> Option<Cursor<'_>> {
    if !looks_like_raises(input) {
        return None;
    }
    match suggest::nearest(input.text(), ["raises"]) {
        Some(right) => report_misspelt(input, right),
        None => report(
            input,
            "exceptions come after `raises`",
            "another language's word",
            "write `raises`",
        ),
    }
    Some(input.bump())
}

/// What stands in parentheses after `throws`, passed over.
pub(crate) fn raises_in_parentheses(input: Cursor<'_>) -> Option<Cursor<'_>> {
    (looks_like_raises(input) && input.nth(1).kind == Kind::OpenParen).then(|| {
        report(
            input,
            "exceptions come after `raises`",
            "another language's way",
            "write `raises name`, and `|` between several",
        );
        input.bump().skip_group()
    })
}

fn looks_like_raises(input: Cursor<'_>) -> bool {
    const WORDS: &[&str] = &["throws", "throw", "rethrows", "errors", "except", "raising"];
    let next = input.nth(1).kind;
    input.at(Kind::Name)
        && (next.is_word() || next == Kind::OpenParen)
        && (WORDS.contains(&input.text()) || suggest::nearest(input.text(), ["raises"]).is_some())
}

/// `, b, c` after `raises a`, at the end of a function.
pub(crate) fn further_exceptions(input: Cursor<'_>) -> Parsed<'_, Vec<ast::Path>> {
    let mut names = Vec::new();
    let mut rest = input;
    while rest.at(Kind::Comma)
        && !rest.is_awaited(Kind::CloseParen)
        && rest.nth(1).kind.is_word()
        && matches!(rest.nth(2).kind, Kind::Semicolon | Kind::Comma | Kind::Pipe)
    {
        if names.is_empty() {
            report(
                rest,
                "exceptions are separated by `|`",
                "a comma",
                "write `|`",
            );
        }
        let (after, name) = preceded(
            token(Kind::Comma),
            name::path(Expected::Name("an exception")),
        )
        .parse(rest)?;
        names.push(name);
        rest = after;
    }
    Ok((rest, names))
}
