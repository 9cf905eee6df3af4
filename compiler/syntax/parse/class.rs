//! Classes and protocols.

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::super::ast::{self, FunctionBody, ItemKind, Receiver};
use super::super::context::Context;
use super::super::cursor::{Cursor, Expected, Parsed, expect, keyword, separated, token};
use super::super::token::{Keyword, Kind};
use super::foreign::{Place, skip, skipped};
use super::recovery::{block, semicolon};
use super::{data, foreign, function, name, ty};

/// `class ::= ( 'resource' | 'class' ) id ( 'extends' name )? ( 'implements' ty ( ',' ty )* )?
/// ( '{' class-item* '}' | ';' )`
pub(super) fn class<'t>(word: Keyword) -> impl Fn(Cursor<'t>) -> Parsed<'t, ItemKind> {
    move |input| {
        if let Some(parsed) = input.habit(foreign::python_class) {
            return parsed;
        }
        let (rest, name) = name::declared_type("the class")(input)?;
        let (rest, base) = data::extends(rest)?;
        let implements = preceded(keyword(Keyword::Implements), separated(Kind::Comma, ty::ty));
        let (rest, implements) = opt(implements).parse(rest)?;
        let (rest, late) = match rest.is_lenient() {
            true => foreign::late_extends(rest)?,
            false => (rest, None),
        };
        let (rest, items) = body(Context::Class)(rest)?;
        let class = ast::Class {
            keyword: word.as_str().to_owned(),
            name,
            base: base.or(late),
            implements: implements.unwrap_or_default(),
            items,
        };
        Ok((rest, ItemKind::Class(class)))
    }
}

/// `'{' class-item* '}' | ';'`
fn body<'t>(context: Context) -> impl Fn(Cursor<'t>) -> Parsed<'t, Vec<ast::Item>> {
    move |input| match data::ends_without_body(input) {
        true => semicolon(input).map(|(rest, ())| (rest, Vec::new())),
        false => items(context)(input),
    }
}

/// `'{' item* '}'`
pub(super) fn items<'t>(context: Context) -> impl Fn(Cursor<'t>) -> Parsed<'t, Vec<ast::Item>> {
    move |input| match input.is_lenient() {
        true => foreign::item_body(input, context),
        false => block(context)(input),
    }
}

/// `protocol ::= 'protocol' id ( 'extends' name ( ',' name )* )? ( '{' class-item* '}' | ';' )`
pub(super) fn protocol(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, name) = name::declared_type("the protocol")(input)?;
    let bases = separated(Kind::Comma, name::path(Expected::Name("the base")));
    let (rest, bases) = opt(preceded(keyword(Keyword::Extends), bases)).parse(rest)?;
    let (rest, items) = body(Context::Protocol)(rest)?;
    let bases = bases.unwrap_or_default();
    Ok((
        rest,
        ItemKind::Protocol(ast::Protocol { name, bases, items }),
    ))
}

/// `constructor ::= 'constructor' ( params result? ';' | ':' overload )`
pub(super) fn constructor(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let is_overloaded = input.at_all(&[Kind::Colon, Kind::Keyword(Keyword::Overload)]);
    let (rest, body) = match is_overloaded {
        true => function::body(true)(input.bump())?,
        false => {
            let (rest, signature) = constructor_signature(input.past(skip(Place::Constructor)))?;
            let (rest, ()) = semicolon(rest)?;
            (rest, FunctionBody::Signature(signature))
        }
    };
    Ok((rest, ItemKind::Constructor(ast::Constructor { body })))
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
    let rest = match input.habit(skipped(Place::Readonly)) {
        Some(rest) => rest,
        None => keyword(Keyword::Property)(input)?.0,
    };
    property(true)(rest)
}

/// `property ::= 'readonly'? 'property' id ':' ty raises? ';'`
pub(super) fn property<'t>(readonly: bool) -> impl Fn(Cursor<'t>) -> Parsed<'t, ItemKind> {
    move |input| {
        let (rest, (name, ty, default)) = function::typed_name("the property")(input)?;
        if default.is_some() {
            input
                .habit(|input| foreign::property_default(input, rest))
                .ok_or_else(|| rest.stuck(Expected::Token(Kind::Semicolon)))?;
        }
        let (rest, raises) = function::raises(rest)?;
        let (rest, ()) = semicolon(rest)?;
        let property = ast::Property {
            name,
            readonly,
            ty,
            raises,
        };
        Ok((rest, ItemKind::Property(property)))
    }
}

/// `operator ::= 'operator' word ':' ( overload | method-type ';' )`
pub(super) fn operator(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, name) = operator_name(input)?;
    let rest = match rest.habit(skipped(Place::OperatorFunc)) {
        Some(rest) => rest,
        None => expect(token(Kind::Colon))(rest)?.0,
    };
    let (rest, body) = function::body(true)(rest)?;
    Ok((rest, ItemKind::Operator(ast::Operator { name, body })))
}

/// `word`
pub(super) fn operator_name(input: Cursor<'_>) -> Parsed<'_, ast::Name> {
    if let Some(parsed) = input.habit(foreign::operator_name) {
        return parsed;
    } else if !input.at_word() || name::is_special(input.text()) {
        return Err(input.stuck(Expected::Name("the operator")));
    }
    name::word(input)
}
