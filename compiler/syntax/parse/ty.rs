//! Type expressions.

use nom::Parser;
use nom::combinator::{map, opt};

use super::super::ast::{self, TypeKind};
use super::super::cursor::{Cursor, Expected, Parsed, keyword};
use super::super::token::{Keyword, Kind};
use super::recovery::list;
use super::{foreign, function, literal, name};
use crate::diagnostic::suggest;

/// `ty ::= fn-type | generic | name`
pub(super) fn ty(input: Cursor<'_>) -> Parsed<'_, ast::Type> {
    if input.is_lenient() {
        return foreign::ty(input);
    }
    let _nested = input.enter(None)?;
    match input.kind() {
        _ if is_function(input) => function_type(input),
        kind if kind.is_word() => generic(input),
        _ => Err(input.stuck(Expected::Type)),
    }
}

/// Whether a `fn-type` starts here.
pub(super) fn is_function(input: Cursor<'_>) -> bool {
    const FUNC: Kind = Kind::Keyword(Keyword::Func);
    input.at(FUNC) || input.at_all(&[Kind::Keyword(Keyword::Async), FUNC])
}

/// `generic ::= type-name '<' ( type-arg ( ',' type-arg )* ','? )? '>'`, or `name`.
fn generic(input: Cursor<'_>) -> Parsed<'_, ast::Type> {
    let (rest, path) = type_name(input)?;
    let (rest, kind) = match path.parts.as_slice() {
        [name] if rest.at(Kind::Less) && !suggest::is_foreign_generic(&name.text) => {
            let name = name.clone();
            let (rest, arguments) = list(Kind::Less, Kind::Greater, argument)(rest)?;
            (rest, TypeKind::Generic { name, arguments })
        }
        _ => (rest, TypeKind::Name(path)),
    };
    let span = rest.span_since(input);
    Ok((rest, ast::Type { kind, span }))
}

/// `name`
pub(super) fn type_name(input: Cursor<'_>) -> Parsed<'_, ast::Path> {
    let (rest, mut path) = name::type_path(Expected::Type)(input)?;
    if let [name] = path.parts.as_mut_slice()
        && input.is_type_parameter(&name.text)
    {
        // Reported at its declaration.
        name.text = "any".to_owned();
    }
    Ok((rest, path))
}

/// `type-arg ::= word '=' literal | shape | INT | '_' | ty`, `shape ::= '[' ( dim ( ',' dim )* ','? )? ']'`
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
pub(super) fn function_type(input: Cursor<'_>) -> Parsed<'_, ast::Type> {
    let (rest, is_async) = opt(keyword(Keyword::Async)).parse(input)?;
    // A substitute for `func` was already reported.
    let (rest, parameters) = list(Kind::OpenParen, Kind::CloseParen, parameter)(rest.bump())?;
    let (rest, (result, raises)) = function::result(rest)?;
    let kind = TypeKind::Function {
        is_async: is_async.is_some(),
        parameters,
        result: result.map(Box::new),
        raises,
    };
    let span = rest.span_since(input);
    Ok((rest, ast::Type { kind, span }))
}

/// `fn-param ::= id ':' ty | ty`
pub(super) fn parameter(input: Cursor<'_>) -> Parsed<'_, ast::FunctionTypeParameter> {
    let (rest, name) = match input.at_word() && input.nth(1).kind == Kind::Colon {
        true => {
            let (rest, name) = name::declared("the parameter")(input)?;
            (rest.bump(), Some(name))
        }
        false => match input.habit(foreign::spaced_parameter) {
            Some(parsed) => parsed.map(|(rest, name)| (rest, Some(name)))?,
            None => (input, None),
        },
    };
    let (rest, ty) = ty(rest)?;
    Ok((rest, ast::FunctionTypeParameter { name, ty }))
}
