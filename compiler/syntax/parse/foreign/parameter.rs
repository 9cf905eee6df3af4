//! Parameters and fields with mistakes, or in the syntax of other languages.

use super::table::{Place, skip};
use super::{foreign, is_one_of, is_type_word, report, report_missing, word};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::syntax::ast::{self, LiteralKind};
use crate::syntax::cursor::{Cursor, Parsed, expect};
use crate::syntax::parse::function::TypedName;
use crate::syntax::parse::{literal, name, ty};
use crate::syntax::print;
use crate::syntax::token::{Keyword, Kind, RESERVED_TYPES};

/// `id ':' ty default?`, the name of `what`.
pub(crate) fn typed_name<'t>(input: Cursor<'t>, what: &'static str) -> Parsed<'t, TypedName> {
    let input = parameter_modifiers(skip(Place::Field)(input));
    if let Some(parsed) = type_first(input, what).or_else(|| nameless(input)) {
        return parsed;
    }
    let (rest, name) = match quoted_name(input) {
        Some(quoted) => quoted,
        None => name::declared(what)(input)?,
    };
    let rest = optional_mark(input, rest);
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
        missing_equals(rest);
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
        collector_without_type(input, rest, stars);
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

/// Skips `self`, `&self`, `&mut self` or `cls` among the parameters.
pub(super) fn receiver(input: Cursor<'_>) -> Option<Cursor<'_>> {
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
    let span = after.span_since(input);
    input.report(foreign(span, message, "every method has it", help));
    Some(after)
}

/// Reports that `*args` or `**kwargs`, whose stars are `stars`, has no type.
fn collector_without_type<'t>(input: Cursor<'t>, rest: Cursor<'t>, stars: &str) {
    let name = format!("{stars}{}", input.text());
    let help = format!("write `{name}: any`, or the type that each of them must have");
    report_untyped(rest, &name, help);
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

/// Skips modifiers that other languages have before a parameter or field.
fn parameter_modifiers(input: Cursor<'_>) -> Cursor<'_> {
    const MODIFIERS: &str = "mut ref const readonly let var val pub public private protected final in out inout \
        required repeated optional static struct unsigned vararg params";
    let mut rest = input;
    while rest.at_word() && rest.nth(1).kind.is_word() {
        let word = rest.text();
        // The modifier must precede a name with a type, or a type with a name.
        let is_modifier = match rest.nth(2).kind {
            Kind::Colon | Kind::Question => true,
            Kind::Less | Kind::Star | Kind::Ampersand => true,
            kind => kind.is_word() && !rest.nth(2).first_on_line,
        };
        if !(is_modifier && is_one_of(word, MODIFIERS)) {
            break;
        }
        let help = match word {
            "optional" => "leave it out and write the type as `option<…>`".to_owned(),
            "repeated" => "leave it out and write the type as `list<…>`".to_owned(),
            _ => "leave it out".to_owned(),
        };
        let message = format!("`{word}` cannot stand before a name here");
        report(rest, message, "another language's keyword", help);
        rest = rest.bump();
    }
    rest
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
    let rest = if rest.at(Kind::Star) {
        rest.bump()
    } else {
        rest
    };
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
    let end = input.nth(2).kind;
    let is_number = input.at_all(&[Kind::Equals, Kind::Integer])
        && matches!(end, Kind::Semicolon | Kind::OpenBracket);
    let rest = input.bump().bump();
    is_number.then(|| match end {
        Kind::OpenBracket => rest.skip_group(),
        _ => rest,
    })
}

/// `"name": type`, with quotes that do not belong there.
fn quoted_name(input: Cursor<'_>) -> Option<(Cursor<'_>, ast::Name)> {
    let right = suggest::kebab_case(input.text().trim_matches(['"', '\'']));
    let is_name = input.at(Kind::String) && matches!(input.nth(1).kind, Kind::Colon);
    if !is_name || right.is_empty() {
        return None;
    }
    let help = format!("write `{right}`");
    report(input, "names have no quotes", "a string", help);
    Some((input.bump(), word(&right, input.span())))
}

/// After a type, a default without `=`: `x: f64 1.0`.
fn missing_equals(input: Cursor<'_>) {
    report_missing(input, "`=`", format!("write `= {}`", input.text()));
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

/// Skips `?` after a name.
fn optional_mark<'t>(input: Cursor<'t>, rest: Cursor<'t>) -> Cursor<'t> {
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
