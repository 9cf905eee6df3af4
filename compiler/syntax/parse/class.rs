//! Classes and protocols.

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::super::ast::{self, FunctionBody, ItemKind, Receiver};
use super::super::context::Context;
use super::super::cursor::{Cursor, Expected, Parsed, expect, keyword, separated, token};
use super::super::token::{Keyword, Kind};
use super::block::semicolon;
use super::{data, foreign, function, name, ty};

/// `class ::= ( 'resource' | 'class' ) id ( 'extends' name )? ( 'implements' ty ( ',' ty )* )?
/// ( '{' class-item* '}' | ';' )`
pub(super) fn class<'t>(word: Keyword) -> impl Fn(Cursor<'t>) -> Parsed<'t, ItemKind> {
    move |input| {
        if let Some(parsed) = foreign::python_class(input) {
            return parsed;
        }
        let (rest, name) = name::declared_type("the class")(input)?;
        let (rest, _parameters) = foreign::type_parameters(rest);
        let (rest, base) = data::extends(rest)?;
        let implements = preceded(keyword(Keyword::Implements), separated(Kind::Comma, ty::ty));
        let (rest, implements) = opt(implements).parse(rest)?;
        let (rest, base) = match base {
            None if implements.is_some() => foreign::late_extends(rest)?,
            _ => (rest, base),
        };
        let (rest, items) = body(Context::Class)(rest)?;
        let keyword = word.as_str().to_owned();
        Ok((
            rest,
            ItemKind::Class(ast::Class {
                keyword,
                name,
                base,
                implements: implements.unwrap_or_default(),
                items,
            }),
        ))
    }
}

/// `'{' class-item* '}' | ';'`
fn body<'t>(context: Context) -> impl Fn(Cursor<'t>) -> Parsed<'t, Vec<ast::Item>> {
    move |input| match data::ends_without_body(input) {
        true => {
            let (rest, ()) = semicolon(input)?;
            Ok((rest, Vec::new()))
        }
        false => foreign::item_body(input, context),
    }
}

/// `protocol ::= 'protocol' id ( 'extends' name ( ',' name )* )? '{' class-item* '}'`
pub(super) fn protocol(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, name) = name::declared_type("the protocol")(input)?;
    let (rest, _parameters) = foreign::type_parameters(rest);
    let bases = separated(Kind::Comma, name::path(Expected::Name("the base")));
    let (rest, bases) = opt(preceded(keyword(Keyword::Extends), bases)).parse(rest)?;
    let (rest, items) = body(Context::Protocol)(rest)?;
    Ok((
        rest,
        ItemKind::Protocol(ast::Protocol {
            name,
            bases: bases.unwrap_or_default(),
            items,
        }),
    ))
}

/// `constructor ::= 'constructor' ( params result? ';' | ':' overload )`
pub(super) fn constructor(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    if input.at(Kind::Colon) {
        let (rest, body) = function::body(true)(foreign::constructor_colon(input))?;
        return Ok((rest, ItemKind::Constructor(ast::Constructor { body })));
    }
    let (rest, signature) = constructor_signature(input)?;
    let (rest, ()) = semicolon(rest)?;
    Ok((
        rest,
        ItemKind::Constructor(ast::Constructor {
            body: FunctionBody::Signature(signature),
        }),
    ))
}

/// `params result?`
pub(super) fn constructor_signature(input: Cursor<'_>) -> Parsed<'_, ast::Signature> {
    let (rest, parameters) = function::parameters(input)?;
    let (rest, (result, raises)) = function::result(rest)?;
    let signature = ast::Signature {
        receiver: Receiver::None,
        is_async: false,
        accessor: None,
        parameters,
        result,
        raises,
        span: rest.span_since(input),
    };
    Ok((rest, signature))
}

/// `'readonly' 'property' …`
pub(super) fn readonly(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let rest = match input.at_keyword(Keyword::Property) {
        true => input.bump(),
        false => foreign::property_word(input)?,
    };
    property(rest, true)
}

/// `property ::= 'readonly'? 'property' id ':' ty raises? ';'`
pub(super) fn property(input: Cursor<'_>, readonly: bool) -> Parsed<'_, ItemKind> {
    let (rest, (name, ty, default)) = function::typed_name("the property")(input)?;
    if default.is_some() {
        foreign::property_default(input, rest);
    }
    let (rest, raises) = function::raises(rest)?;
    let (rest, ()) = semicolon(rest)?;
    Ok((
        rest,
        ItemKind::Property(ast::Property {
            name,
            readonly,
            ty,
            raises,
        }),
    ))
}

/// `operator ::= 'operator' word ':' ( overload | method-type ';' )`
pub(super) fn operator(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, name) = foreign::operator_name(input)?;
    let (rest, _) = match rest.at(Kind::OpenParen) {
        true => foreign::operator_without_func(rest)?,
        false => expect(token(Kind::Colon))(rest)?,
    };
    let (rest, body) = function::body(true)(rest)?;
    Ok((rest, ItemKind::Operator(ast::Operator { name, body })))
}
