//! Parts of the language outside a file: the strings of the TOML form.

use super::super::ast::{self, Direction, ExternKind, ItemKind, Payload};
use super::super::cursor::{Cursor, Expected, Parsed, found, separated};
use super::super::token::Kind;
use super::{class, data, function, literal, meta, name, ty, world};
use crate::diagnostic::{Code, Diagnostic};

/// Applies `rule` to a whole text; trailing text is reported.
pub(crate) fn whole<'t, T>(
    input: Cursor<'t>,
    rule: impl Fn(Cursor<'t>) -> Parsed<'t, T>,
) -> Option<T> {
    let whole = |input| match rule(input)? {
        (rest, _) if !(rest.at(Kind::End) || rest.is_lenient()) => {
            Err(rest.stuck(Expected::Anything))
        }
        (rest, value) => {
            report_rest(rest);
            Ok((rest, value))
        }
    };
    match input.read(whole) {
        Ok((_, value)) => Some(value),
        Err(nom::Err::Error(stuck) | nom::Err::Failure(stuck)) => {
            input.report_stuck(stuck);
            None
        }
        Err(nom::Err::Incomplete(_)) => None,
    }
}

fn report_rest(rest: Cursor<'_>) {
    let new =
        |code, message: String, label: &str| Diagnostic::new(code, rest.span(), message, label);
    match rest.kind() {
        Kind::End => {}
        kind @ (Kind::Semicolon | Kind::Comma) if rest.nth(1).kind == Kind::End => {
            let message = format!("no {} ends a string", kind.describe());
            rest.report(new(Code::WrongSeparator, message, "one sign too many").help("delete it"));
        }
        _ => {
            let found = found(rest);
            let message = format!("expected the end of the string, found {found}");
            rest.report(new(Code::UnexpectedToken, message, "unexpected"));
        }
    }
}

/// `id`, the name of `what`.
pub(crate) fn declared(what: &'static str) -> impl for<'t> Fn(Cursor<'t>) -> Parsed<'t, ast::Name> {
    move |input: Cursor<'_>| name::declared(what)(input)
}

/// `id`, the name of the type `what`.
pub(crate) fn declared_type(
    what: &'static str,
) -> impl for<'t> Fn(Cursor<'t>) -> Parsed<'t, ast::Name> {
    move |input: Cursor<'_>| name::declared_type(what)(input)
}

/// The word that names an operator.
pub(crate) fn operator_name(input: Cursor<'_>) -> Parsed<'_, ast::Name> {
    class::operator_name(input)
}

/// `word`
pub(crate) fn word(input: Cursor<'_>) -> Parsed<'_, ast::Name> {
    name::word(input)
}

/// `attr-path`
pub(crate) fn attribute_path(input: Cursor<'_>) -> Parsed<'_, ast::Path> {
    name::word_path(input)
}

/// `attribute*`
pub(crate) fn attributes(input: Cursor<'_>) -> Parsed<'_, Vec<ast::Attribute>> {
    if input.at_word() {
        let (message, label) = ("an attribute starts with `@`", "expected `@` here");
        input.report(
            Diagnostic::new(Code::MissingToken, input.span(), message, label)
                .help(format!("write `@{}`", input.text())),
        );
        return Err(input.stuck(Expected::Anything));
    } else if !input.at(Kind::At) {
        return Err(input.stuck(Expected::Token(Kind::At)));
    }
    let (rest, meta) = meta::meta(input)?;
    Ok((rest, meta.attributes))
}

/// `( attr-arg ( ',' attr-arg )* ','? )?`
pub(crate) fn attribute_arguments(input: Cursor<'_>) -> Parsed<'_, Vec<ast::AttributeArgument>> {
    listed(meta::argument)(input)
}

/// `( part ( ',' part )* ','? )?`
fn listed<'t, T>(
    part: impl Fn(Cursor<'t>) -> Parsed<'t, T>,
) -> impl Fn(Cursor<'t>) -> Parsed<'t, Vec<T>> {
    move |mut rest| {
        let mut parts = Vec::new();
        while !rest.at(Kind::End) {
            let (after, next) = part(rest)?;
            parts.push(next);
            rest = match after.kind() {
                Kind::Comma => after.bump(),
                _ => return Ok((after, parts)),
            };
        }
        Ok((rest, parts))
    }
}

/// `ty`
pub(crate) fn ty(input: Cursor<'_>) -> Parsed<'_, ast::Type> {
    ty::ty(input)
}

/// `ty ( ',' ty )*`
pub(crate) fn types(input: Cursor<'_>) -> Parsed<'_, Vec<ast::Type>> {
    separated(Kind::Comma, ty::ty)(input)
}

/// `literal`
pub(crate) fn literal(input: Cursor<'_>) -> Parsed<'_, ast::Literal> {
    literal::literal(input)
}

/// `ty default?`: the text after the colon of a field or constant.
pub(crate) fn type_and_value(input: Cursor<'_>) -> Parsed<'_, (ast::Type, Option<ast::Literal>)> {
    let (rest, ty) = ty::ty(input)?;
    let (rest, value) = literal::default(rest)?;
    Ok((rest, (ty, value)))
}

/// `ty raises?`: the text after the colon of a property.
pub(crate) fn type_and_raises(input: Cursor<'_>) -> Parsed<'_, (ast::Type, Vec<ast::Path>)> {
    let (rest, ty) = ty::ty(input)?;
    let (rest, raises) = function::raises(rest)?;
    Ok((rest, (ty, raises)))
}

/// `name`, the name of `what`.
pub(crate) fn path(what: &'static str) -> impl for<'t> Fn(Cursor<'t>) -> Parsed<'t, ast::Path> {
    move |input: Cursor<'_>| name::type_path(Expected::Name(what))(input)
}

/// `name ( '|' name )*`
pub(crate) fn exceptions(input: Cursor<'_>) -> Parsed<'_, Vec<ast::Path>> {
    separated(Kind::Pipe, path("an exception"))(input)
}

/// `name ( ',' name )*`
pub(crate) fn bases(input: Cursor<'_>) -> Parsed<'_, Vec<ast::Path>> {
    separated(Kind::Comma, path("the base"))(input)
}

/// `func-type`, or `method-type` for `methods`.
pub(crate) fn signature(
    methods: bool,
) -> impl for<'t> Fn(Cursor<'t>) -> Parsed<'t, ast::Signature> {
    move |input: Cursor<'_>| function::signature(methods)(input)
}

/// `params result?`
pub(crate) fn constructor(input: Cursor<'_>) -> Parsed<'_, ast::Signature> {
    if !input.at(Kind::OpenParen) {
        let message = "a constructor is given as its parameters";
        input.report_token(
            Code::MissingToken,
            message,
            "expected `(` here",
            "write `(size: u32)`, without `func`",
        );
        return Err(input.stuck(Expected::Anything));
    }
    class::constructor_signature(input)
}

/// The text after the name of a case.
pub(crate) fn payload(input: Cursor<'_>) -> Parsed<'_, Payload> {
    match input.kind() {
        Kind::End => Ok((input, Payload::None)),
        Kind::OpenParen | Kind::OpenBrace => data::payload(input),
        _ => {
            let message = "what a case carries stands in parentheses";
            input.report(
                Diagnostic::new(
                    Code::MissingToken,
                    input.span(),
                    message,
                    "expected `(` here",
                )
                .help(format!("write `({})`", input.source())),
            );
            Err(input.stuck(Expected::Anything))
        }
    }
}

/// `case`
pub(crate) fn case(input: Cursor<'_>) -> Parsed<'_, ast::Case> {
    data::case(input)
}

/// `member`
pub(crate) fn member(input: Cursor<'_>) -> Parsed<'_, ast::Member> {
    data::member(input)
}

/// `package-name`
pub(crate) fn package_name(input: Cursor<'_>) -> Parsed<'_, ast::PackageName> {
    world::package_name(input)
}

/// The text after `use`.
pub(crate) fn use_item(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    world::use_item(input)
}

/// The text after `include`.
pub(crate) fn include(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    world::include(input)
}

/// The text after `export` or `import` in a world.
pub(crate) fn external(
    direction: Direction,
) -> impl for<'t> Fn(Cursor<'t>) -> Parsed<'t, ItemKind> {
    move |input: Cursor<'_>| world::external(direction)(input)
}

/// The text after the name of an export or import.
pub(crate) fn extern_kind(input: Cursor<'_>) -> Parsed<'_, ExternKind> {
    world::extern_kind(input)
}

/// `use-path`
pub(crate) fn use_path(input: Cursor<'_>) -> Parsed<'_, ast::UsePath> {
    world::use_path(input)
}
