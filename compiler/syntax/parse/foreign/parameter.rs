//! Parameters and fields with mistakes, or in the syntax of other languages.

use super::case::quoted_name;
use super::table::{Place, skip, skipped};
use super::{foreign, is_type_word, report_missing, word};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::syntax::ast::{self, LiteralKind};
use crate::syntax::cursor::{Cursor, Parsed, expect};
use crate::syntax::parse::function::TypedName;
use crate::syntax::parse::{literal, name, ty};
use crate::syntax::print;
use crate::syntax::token::{Kind, RESERVED_TYPES};

/// `id ':' ty default?`, the name of `what`.
pub(crate) fn typed_name<'t>(input: Cursor<'t>, what: &'static str) -> Parsed<'t, TypedName> {
    let mut input = input;
    while let Some(rest) = skipped(Place::Field)(input) {
        input = rest;
    }
    if let Some(parsed) = type_first(input, what).or_else(|| nameless(input)) {
        return parsed;
    }
    let (rest, name) = match quoted_name(Place::QuotedName)(input) {
        Some(quoted) => quoted,
        None => name::declared(what)(input)?,
    };
    let rest = skip(Place::NameEnd)(rest);
    if let Some(parsed) = type_after_equals(input, rest) {
        let (rest, ty) = parsed?;
        return Ok((rest, (name, Some(ty), None)));
    }
    let (rest, early) = early_default(input, rest)?;
    let rest = match rest.kind() {
        Kind::Colon => rest.bump(),
        _ if early.is_some() => return Ok((rest, (name, None, early))),
        _ => match missing_colon(input, rest) {
            true => rest,
            false => return Ok((rest, (name, None, None))),
        },
    };
    let (rest, ty) = expect(ty::ty)(rest)?;
    let is_reported = matches!(rest.kind(), Kind::Integer | Kind::Float | Kind::String)
        && ty.is_some()
        && !rest.is_first_on_line();
    if is_reported {
        report_missing(rest, "`=`", format!("write `= {}`", rest.text()));
        let (rest, value) = literal::literal(rest)?;
        return Ok((rest, (name, ty, Some(value))));
    }
    let (rest, default) = literal::default(rest)?;
    Ok((rest, (name, ty, default.or(early))))
}

/// `id ':' ty` after the stars.
pub(crate) fn collector<'t>(
    input: Cursor<'t>,
    stars: &str,
    what: &'static str,
) -> Parsed<'t, (ast::Name, Option<ast::Type>)> {
    if let Some(parsed) = collector_without_name(input, stars) {
        return parsed;
    }
    let (rest, name) = name::declared(what)(input)?;
    if !rest.at(Kind::Colon) {
        let help = format!(
            "write `{stars}{}: any`, or the type that each of them must have",
            name.text
        );
        report_untyped(rest, &format!("{stars}{}", name.text), help);
        return Ok((rest, (name, None)));
    }
    let (rest, ty) = expect(ty::ty)(rest.bump())?;
    let (rest, default) = literal::default(rest)?;
    if let Some(default) = default {
        let message = format!("`{stars}{}` cannot have a default", name.text);
        rest.report_apart(
            Diagnostic::new(Code::ParameterOrder, default.span, message, "")
                .help("leave it out: where nothing is left to collect, it is empty"),
        );
    }
    Ok((rest, (name, ty)))
}

/// `*: u32`, `**: u32`: a variadic parameter without a name. The stars are before `input`.
fn collector_without_name<'t>(
    input: Cursor<'t>,
    stars: &str,
) -> Option<Parsed<'t, (ast::Name, Option<ast::Type>)>> {
    if !(input.at(Kind::Colon) && input.nth(1).kind.is_word()) {
        return None;
    }
    let name = if stars == "*" { "args" } else { "kwargs" };
    let ty = input.nth_text(1);
    let message = format!("`{stars}` has a type but no name");
    let diagnostic = Diagnostic::new(
        Code::MissingToken,
        input.gap(),
        message,
        "a name belongs here",
    );
    input.report(diagnostic.help(format!("write `{stars}{name}: {ty}`")));
    let name = word(name, input.gap());
    Some(ty::ty(input.bump()).map(|(rest, ty)| (rest, (name, Some(ty)))))
}

/// `u32 x`, as in C.
fn type_first<'t>(input: Cursor<'t>, what: &'static str) -> Option<Parsed<'t, TypedName>> {
    if !(input.at_word() && is_before_name(input)) {
        return None;
    }
    let (rest, ty) = {
        let _rewriting = input.rewriting();
        ty::ty(input).ok()?
    };
    // `char *name`, where the star belongs to the type.
    let rest = rest.bump_if(Kind::Star);
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
        if let Some(rest) = field_number(rest) {
            return Ok((rest, (name, Some(ty), None)));
        }
        let (rest, default) = literal::default(rest)?;
        Ok((rest, (name, Some(ty), default)))
    }))
}

/// Whether a type follows, and then a name.
fn is_before_name(input: Cursor<'_>) -> bool {
    let (next, third) = (input.nth(1), input.nth(2));
    let is_capital = |text: &str| text.starts_with(|c: char| c.is_ascii_uppercase());
    match next.kind {
        // In Go the name comes first: `x uint32`.
        Kind::Name if next.first_on_line || is_type_word(input.nth_text(1)) => false,
        Kind::Name => {
            is_type_word(input.text()) || is_capital(input.text()) && !is_capital(input.nth_text(1))
        }
        Kind::Star => third.kind == Kind::Name && !third.first_on_line,
        Kind::Less => true,
        Kind::Dot => input.at(Kind::Name),
        _ => false,
    }
}

/// Skips `= 1;` or `= 1 [deprecated = true];` after a field as in Protobuf, where the number is not a default. The end is not
/// consumed.
fn field_number(input: Cursor<'_>) -> Option<Cursor<'_>> {
    let matched = input
        .matched("= 1 ^ [ …)")
        .or_else(|| input.matched("= 1 ^ ;"))?;
    Some(match matched.rest.at(Kind::OpenBracket) {
        true => matched.end,
        false => matched.rest,
    })
}

/// A type without a name before it.
fn nameless<'t>(input: Cursor<'t>) -> Option<Parsed<'t, TypedName>> {
    let text = input.text();
    let is_type = RESERVED_TYPES.contains(&text)
        || suggest::certainly_foreign_type(text).is_some()
        || text.starts_with(|c: char| c.is_ascii_uppercase())
            && text.contains(|c: char| c.is_ascii_lowercase());
    let is_generic = RESERVED_TYPES.contains(&text) && input.nth(1).kind == Kind::Less;
    let is_alone = is_type && matches!(input.nth(1).kind, Kind::Comma | Kind::CloseParen);
    if !(input.at(Kind::Name) && (is_alone || is_generic)) {
        return None;
    }
    let (rest, ty) = ty::ty(input).ok()?;
    if !matches!(rest.kind(), Kind::Comma | Kind::CloseParen) {
        return None;
    }
    let name = word("value", input.span());
    let right = print::type_in_pyidl(&ty);
    if !input.is_rewriting() {
        let message = "a name is missing";
        let help = format!("write `name: {right}`");
        input.report_token(Code::MissingToken, message, "only a type", help);
    }
    Some(Ok((rest, (name, Some(ty), None))))
}

/// `= 1` instead of a colon and a type, or `: = 1`.
fn early_default<'t>(input: Cursor<'t>, rest: Cursor<'t>) -> Parsed<'t, Option<ast::Literal>> {
    let (rest, label) = match rest.kind() {
        Kind::Equals => (rest, "expected `:` and a type before this"),
        Kind::Colon if rest.nth(1).kind == Kind::Equals => {
            (rest.bump(), "expected a type before this")
        }
        _ => return Ok((rest, None)),
    };
    let (after, value) = literal::literal(rest.bump())?;
    let name = input.text();
    let written = rest.bump().text_until(after);
    let is_typed = after.at(Kind::Colon) && after.nth(1).kind.is_word();
    let ty = match is_typed && after.nth(2).kind != Kind::Less {
        true => after.nth_text(1),
        false => likely_type(&value),
    };
    let message = match after.at(Kind::Colon) {
        true => "the type comes before the default".to_owned(),
        false => format!("`{name}` has a default but no type"),
    };
    rest.report_apart(foreign(
        rest.span(),
        message,
        label,
        format!("write `{name}: {ty} = {written}`"),
    ));
    Ok((after, Some(value)))
}

/// `= f64` after a name: a type where a default belongs.
fn type_after_equals<'t>(input: Cursor<'t>, rest: Cursor<'t>) -> Option<Parsed<'t, ast::Type>> {
    let is_type = is_type_word(rest.nth_text(1));
    let ends = matches!(
        rest.nth(2).kind,
        Kind::Comma | Kind::CloseParen | Kind::CloseBrace | Kind::Less
    );
    if !(rest.at(Kind::Equals) && is_type && ends) {
        return None;
    }
    let parsed = ty::ty(rest.bump());
    if let Ok((_, ty)) = &parsed {
        let help = format!("write `{}: {}`", input.text(), print::type_in_pyidl(ty));
        rest.report_apart(foreign(
            rest.span(),
            "a type comes after a colon",
            "`=`",
            help,
        ));
    }
    Some(parsed)
}

/// The most likely type of a value.
pub(super) fn likely_type(value: &ast::Literal) -> &'static str {
    match &value.kind {
        LiteralKind::Integer(_) => "s64",
        LiteralKind::Float(_) => "f64",
        LiteralKind::String(_) => "string",
        LiteralKind::Case(paths)
            if matches!(print::path_text(&paths[0]).as_str(), "true" | "false") =>
        {
            "bool"
        }
        _ => "…",
    }
}

/// Reports what is missing after a name without a colon. Returns whether a type follows nevertheless.
pub(super) fn missing_colon<'t>(input: Cursor<'t>, rest: Cursor<'t>) -> bool {
    let name = input.text();
    let type_follows = rest.at_word() && !rest.is_first_on_line();
    if type_follows {
        report_missing(rest, "`:`", format!("write `{name}: {}`", rest.text()));
    } else {
        report_untyped(rest, name, format!("write `{name}: u32` or any other type"));
    }
    type_follows
}

/// Reports that `name`, the previous token, has no type.
fn report_untyped(rest: Cursor<'_>, name: &str, help: String) {
    let message = format!("`{name}` has no type");
    let label = "expected `:` and a type here";
    rest.report(Diagnostic::new(Code::MissingToken, rest.gap(), message, label).help(help));
}
