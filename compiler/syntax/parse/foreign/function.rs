//! Signatures as other languages write them.

use nom::Parser;
use nom::sequence::preceded;

use super::{foreign, report, report_missing, report_misspelt};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::syntax::ast::{self, LiteralKind};
use crate::syntax::cursor::{Cursor, Expected, Parsed, Stuck, expect, token};
use crate::syntax::parse::function::TypedName;
use crate::syntax::parse::{literal, name, ty};
use crate::syntax::print;
use crate::syntax::token::{Keyword, Kind, RESERVED_TYPES};

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

/// Behind `self`, `&self`, `&mut self` or `cls` among the parameters.
pub(crate) fn receiver(input: Cursor<'_>) -> Option<Cursor<'_>> {
    let mut rest = input;
    let mut mutable = false;
    while matches!(rest.kind(), Kind::Ampersand | Kind::Keyword(Keyword::Mut)) {
        mutable |= rest.at_keyword(Keyword::Mut);
        rest = rest.bump();
    }
    let word = rest.text();
    let ends = matches!(rest.nth(1).kind, Kind::Comma | Kind::CloseParen);
    if !(rest.at(Kind::Name) && matches!(word, "self" | "cls" | "this") && ends) {
        return None;
    }
    let after = rest.bump();
    let help = match (mutable, word) {
        (true, _) => "leave it out; a method that changes its object is a `mut func(…)`",
        (false, "cls") => "leave it out; a method of the class itself is a `class func(…)`",
        (false, _) => "leave it out",
    };
    let message = format!("`{word}` is not written among the parameters");
    input.report(foreign(
        after.span_since(input),
        message,
        "every method has it",
        help,
    ));
    Some(after)
}

/// Says that `*args` or `**kwargs`, whose stars are `stars`, has no type.
pub(crate) fn collector_without_type<'t>(input: Cursor<'t>, rest: Cursor<'t>, stars: &str) {
    let name = format!("{stars}{}", input.text());
    let help = format!("write `{name}: any`, or the type that each of them must have");
    report_untyped(rest, &name, help);
}

/// Behind words that other languages put before a parameter or field.
pub(crate) fn parameter_modifiers(input: Cursor<'_>) -> Cursor<'_> {
    const MODIFIERS: &[&str] = &[
        "mut",
        "ref",
        "const",
        "readonly",
        "let",
        "var",
        "val",
        "pub",
        "public",
        "private",
        "protected",
        "final",
        "in",
        "out",
        "inout",
        "required",
        "repeated",
        "optional",
        "static",
    ];
    let mut rest = input;
    while rest.at_word() && rest.nth(1).kind.is_word() && rest.nth(2).kind == Kind::Colon {
        let word = rest.text();
        if !MODIFIERS.contains(&word) {
            break;
        }
        let help = match word {
            "optional" => "leave it out and write the type as `option<…>`".to_owned(),
            "repeated" => "leave it out and write the type as `list<…>`".to_owned(),
            _ => "leave it out".to_owned(),
        };
        report(
            rest,
            format!("`{word}` cannot stand before a name here"),
            "another language's word",
            help,
        );
        rest = rest.bump();
    }
    rest
}

/// `u32 x`, as in C.
pub(crate) fn type_first<'t>(
    input: Cursor<'t>,
    what: &'static str,
) -> Option<Parsed<'t, TypedName>> {
    const BUILTINS: &[&str] = &[
        "any", "bytes", "int", "iterator", "map", "path", "s128", "set", "u128",
    ];
    let is_type = |text: &str| {
        RESERVED_TYPES.contains(&text)
            || BUILTINS.contains(&text)
            || suggest::certainly_foreign_type(text).is_some()
    };
    let next = input.nth(1);
    let type_comes_first = input.at(Kind::Name)
        && is_type(input.text())
        && match next.kind {
            Kind::Name => !next.first_on_line && !is_type(input.nth_text(1)),
            Kind::Less => true,
            _ => false,
        };
    if !type_comes_first {
        return None;
    }
    let (rest, ty) = ty::ty(input).ok()?;
    if !rest.at(Kind::Name) || rest.is_first_on_line() {
        return None;
    }
    Some(name::declared(what)(rest).and_then(|(rest, name)| {
        let right = format!("{}: {}", name.text, print::type_in_pyidl(&ty));
        let span = rest.span_since(input);
        input.report(foreign(
            span,
            "the name comes before its type",
            "type before name",
            format!("write `{right}`"),
        ));
        let (rest, default) = literal::default(rest)?;
        Ok((rest, (name, Some(ty), default)))
    }))
}

/// Behind `?` after a name.
pub(crate) fn optional_mark<'t>(input: Cursor<'t>, rest: Cursor<'t>) -> Cursor<'t> {
    if !rest.at(Kind::Question) {
        return rest;
    }
    let name = input.text();
    let is_word = rest.nth(1).kind == Kind::Colon && rest.nth(2).kind.is_word();
    let ty = if is_word && rest.nth(3).kind != Kind::Less {
        rest.nth_text(2)
    } else {
        "…"
    };
    let message = format!("`{name}` is not made optional by a `?`");
    report(
        rest,
        message,
        "`?`",
        format!("write `{name}: option<{ty}> = none`"),
    );
    rest.bump()
}

/// `= 1` before the colon, or in place of colon and type.
pub(crate) fn early_default<'t>(
    input: Cursor<'t>,
    rest: Cursor<'t>,
) -> Parsed<'t, Option<ast::Literal>> {
    if !rest.at(Kind::Equals) {
        return Ok((rest, None));
    }
    let (after, value) = literal::literal(rest.bump())?;
    let name = input.text();
    let written = rest.bump().text_until(after);
    let ty = match &value.kind {
        _ if after.at(Kind::Colon)
            && after.nth(1).kind.is_word()
            && after.nth(2).kind != Kind::Less =>
        {
            after.nth_text(1)
        }
        LiteralKind::Integer(_) => "s64",
        LiteralKind::Float(_) => "f64",
        LiteralKind::String(_) => "string",
        LiteralKind::Case(paths)
            if matches!(print::path_text(&paths[0]).as_str(), "true" | "false") =>
        {
            "bool"
        }
        _ => "…",
    };
    let message = match after.at(Kind::Colon) {
        true => "the type comes before the default".to_owned(),
        false => format!("`{name}` has a default but no type"),
    };
    rest.report_apart(foreign(
        rest.span(),
        message,
        "expected `:` and a type before this",
        format!("write `{name}: {ty} = {written}`"),
    ));
    Ok((after, Some(value)))
}

/// Says what is missing where a name has no colon after it. Whether a type follows all the same.
pub(crate) fn missing_colon<'t>(input: Cursor<'t>, rest: Cursor<'t>) -> bool {
    let name = input.text();
    let type_follows = rest.at_word() && !rest.is_first_on_line();
    if type_follows {
        report_missing(rest, "`:`", format!("write `{name}: {}`", rest.text()));
    } else {
        report_untyped(rest, name, format!("write `{name}: u32` or any other type"));
    }
    type_follows
}

/// Reports that `name`, which stands before the next token, has no type.
fn report_untyped(rest: Cursor<'_>, name: &str, help: String) {
    let message = format!("`{name}` has no type");
    let label = "expected `:` and a type here";
    rest.report(Diagnostic::new(Code::MissingToken, rest.gap(), message, label).help(help));
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

fn looks_like_raises(input: Cursor<'_>) -> bool {
    const WORDS: &[&str] = &["throws", "throw", "rethrows", "errors", "except", "raising"];
    input.at(Kind::Name)
        && input.nth(1).kind.is_word()
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
