//! Type expressions.

use nom::Parser;
use nom::combinator::{map, opt};

use super::super::ast::{self, TypeKind};
use super::super::cursor::{Cursor, Expected, Parsed, token};
use super::super::token::{Keyword, Kind};
use super::list::list;
use super::{foreign, function, literal, name};

/// `ty ::= fn-type | generic | name`
pub(super) fn ty(input: Cursor<'_>) -> Parsed<'_, ast::Type> {
    let (rest, ty) = single(input)?;
    match rest.kind() {
        Kind::Pipe => foreign::union(input, rest, ty),
        _ => Ok((rest, ty)),
    }
}

/// A type without a `|` suffix, which only other languages have.
pub(super) fn single(input: Cursor<'_>) -> Parsed<'_, ast::Type> {
    let _nested = input.enter(None)?;
    if let Some(parsed) = foreign::worded(input) {
        let (rest, ty) = parsed?;
        return foreign::type_suffix(input, rest, ty);
    }
    let (rest, ty) = match input.kind() {
        Kind::Keyword(Keyword::Func) => function_type(input)?,
        Kind::Keyword(Keyword::Async) if input.nth(1).kind == Kind::Keyword(Keyword::Func) => {
            function_type(input)?
        }
        Kind::Name if foreign::is_function_type(input) => function_type(input)?,
        kind if kind.is_word() => named(input)?,
        _ => foreign::ty(input)?,
    };
    foreign::type_suffix(input, rest, ty)
}

/// `generic ::= type-name '<' ( type-arg ( ',' type-arg )* ','? )? '>'`, or a name.
fn named(input: Cursor<'_>) -> Parsed<'_, ast::Type> {
    let (rest, mut path) = foreign::colons(name::type_path(Expected::Type))(input)?;
    let [name] = path.parts.as_slice() else {
        if let Some(parsed) = foreign::dotted_generic(input, rest, &path) {
            return parsed;
        }
        let span = path.span;
        return Ok((
            rest,
            ast::Type {
                kind: TypeKind::Name(path),
                span,
            },
        ));
    };
    let mut name = name.clone();
    if input.is_type_parameter(&name.text) {
        // Reported at its declaration.
        name.text = "any".to_owned();
        path.parts[0] = name.clone();
    }
    let (rest, kind) = match rest.kind() {
        Kind::Less if foreign::is_generic_type(&name) => foreign::generic_type(rest, name)?,
        Kind::Less => {
            let (rest, arguments) = list(Kind::Less, Kind::Greater, argument)(rest)?;
            (rest, TypeKind::Generic { name, arguments })
        }
        Kind::OpenBracket if !rest.is_first_on_line() => {
            let (rest, ty) = foreign::bracketed(input, rest)?;
            (rest, ty.map_or(TypeKind::Name(path), |ty| ty.kind))
        }
        _ => foreign::spaced_argument(input, rest)?
            .map_or_else(|| (rest, TypeKind::Name(path)), |(rest, kind)| (rest, kind)),
    };
    Ok((
        rest,
        ast::Type {
            kind,
            span: rest.span_since(input),
        },
    ))
}

/// `type-arg ::= word '=' literal | shape | INT | '_' | ty`
pub(super) fn argument(input: Cursor<'_>) -> Parsed<'_, ast::TypeArgument> {
    match input.kind() {
        Kind::Underscore => Ok((input.bump(), ast::TypeArgument::Underscore(input.span()))),
        Kind::Integer => map(literal::literal, ast::TypeArgument::Integer).parse(input),
        Kind::OpenBracket => {
            let (rest, dimensions) = list(Kind::OpenBracket, Kind::CloseBracket, dimension)(input)?;
            Ok((
                rest,
                ast::TypeArgument::Shape(dimensions, rest.span_since(input)),
            ))
        }
        kind if kind.is_word() && input.nth(1).kind == Kind::Equals => {
            let (rest, name) = name::word(input)?;
            let (rest, value) = literal::literal(rest.bump())?;
            Ok((rest, ast::TypeArgument::Option(name, value)))
        }
        _ => map(ty, ast::TypeArgument::Type).parse(input),
    }
}

/// `dim ::= '_' | INT | id`
fn dimension(input: Cursor<'_>) -> Parsed<'_, ast::Dimension> {
    match input.kind() {
        Kind::Underscore => Ok((input.bump(), ast::Dimension::Any(input.span()))),
        Kind::Integer => map(literal::literal, ast::Dimension::Integer).parse(input),
        _ => map(
            name::name(Expected::Name("the dimension")),
            ast::Dimension::Name,
        )
        .parse(input),
    }
}

/// `fn-type ::= 'async'? 'func' '(' ( fn-param ( ',' fn-param )* ','? )? ')' result?`
fn function_type(input: Cursor<'_>) -> Parsed<'_, ast::Type> {
    let (rest, is_async) = opt(token(Kind::Keyword(Keyword::Async))).parse(input)?;
    // A substitute for `func` was already reported.
    let (rest, parameters) = list(Kind::OpenParen, Kind::CloseParen, parameter)(rest.bump())?;
    let (rest, (result, raises)) = function::result(rest)?;
    let kind = TypeKind::Function {
        is_async: is_async.is_some(),
        parameters,
        result: result.map(Box::new),
        raises,
    };
    Ok((
        rest,
        ast::Type {
            kind,
            span: rest.span_since(input),
        },
    ))
}

/// `fn-param ::= id ':' ty | ty`
pub(super) fn parameter(input: Cursor<'_>) -> Parsed<'_, ast::FunctionTypeParameter> {
    let (rest, name) = match input.at_word() && input.nth(1).kind == Kind::Colon {
        true => {
            let (rest, name) = name::declared("the parameter")(input)?;
            (rest.bump(), Some(name))
        }
        // `func(size u32)`
        false
            if input.at(Kind::Name)
                && input.nth(1).kind == Kind::Name
                && matches!(input.nth(2).kind, Kind::Comma | Kind::CloseParen) =>
        {
            let (rest, name) = name::declared("the parameter")(input)?;
            foreign::missing_colon(input, rest);
            (rest, Some(name))
        }
        false => (input, None),
    };
    let (rest, ty) = ty(rest)?;
    Ok((rest, ast::FunctionTypeParameter { name, ty }))
}
