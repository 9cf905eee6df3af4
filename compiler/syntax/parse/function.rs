//! Functions: signatures, parameters, results.

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::super::ast::{self, Accessor, FunctionBody, ItemKind, ParameterKind, Receiver};
use super::super::context::Context;
use super::super::cursor::{Cursor, Expected, Parsed, keyword, separated, token};
use super::super::token::{Keyword, Kind};
use super::recovery::{alternatives, list, semicolon};
use super::{foreign, literal, meta, name, ty};
use crate::diagnostic::suggest;

/// `function ::= id ':' ( overload | func-type ';' )`,
/// `method ::= id ':' ( overload | method-type ';' )` in classes.
pub(super) fn function<'t>(context: Context) -> impl Fn(Cursor<'t>) -> Parsed<'t, ItemKind> {
    move |input| {
        if name::is_special(input.text()) {
            return Err(input.stuck(Expected::Item(context)));
        }
        let (rest, name) = name::declared("the function")(input)?;
        let (rest, _) = token(Kind::Colon)(rest)?;
        let (rest, body) = body(context.has_methods())(rest)?;
        Ok((rest, ItemKind::Function(ast::Function { name, body })))
    }
}

/// `overload | func-type ';'`; `methods`: whether `static`, `class` and `mut` are allowed.
pub(super) fn body<'t>(methods: bool) -> impl Fn(Cursor<'t>) -> Parsed<'t, FunctionBody> {
    move |input| {
        if input.at_keyword(Keyword::Overload) {
            return overload(methods)(input);
        }
        let (rest, signature) = signature(methods)(input)?;
        let (rest, ()) = semicolon(rest)?;
        Ok((rest, FunctionBody::Signature(signature)))
    }
}

/// `overload ::= 'overload' '{' ( meta id ':' method-type ';' )+ '}'`
fn overload<'t>(methods: bool) -> impl Fn(Cursor<'t>) -> Parsed<'t, FunctionBody> {
    move |input| {
        let (rest, _) = keyword(Keyword::Overload)(input)?;
        alternatives(input, rest, methods)
    }
}

/// `method-type ::= ( 'static' | 'class' | 'mut' )? func-type`,
/// `func-type ::= ( 'async'? 'func' | 'get' | 'set' ) params result?`
pub(super) fn signature<'t>(methods: bool) -> impl Fn(Cursor<'t>) -> Parsed<'t, ast::Signature> {
    move |input| {
        if input.is_lenient() {
            return foreign::signature(input, methods);
        }
        let receiver = receiver(input).filter(|_| methods);
        let rest = receiver.map_or(input, |_| input.bump());
        let (rest, is_async) = opt(keyword(Keyword::Async)).parse(rest)?;
        let accessor = accessor(rest).filter(|_| is_async.is_none());
        let rest = match accessor {
            Some(_) => rest.bump(),
            None => keyword(Keyword::Func)(rest)?.0,
        };
        let (rest, parameters) = parameters(rest)?;
        let (rest, (result, raises)) = result(rest)?;
        let signature = ast::Signature {
            receiver: receiver.unwrap_or(Receiver::None),
            is_async: is_async.is_some(),
            accessor,
            parameters,
            result,
            raises,
            span: rest.span_since(input),
        };
        Ok((rest, signature))
    }
}

/// `'static' | 'class' | 'mut'`
pub(super) fn receiver(input: Cursor<'_>) -> Option<Receiver> {
    match input.kind() {
        Kind::Keyword(Keyword::Static) => Some(Receiver::Static),
        Kind::Keyword(Keyword::Class) => Some(Receiver::Class),
        Kind::Keyword(Keyword::Mut) => Some(Receiver::Mut),
        _ => None,
    }
}

/// `get` or `set` before parentheses, in the place of `func`.
pub(super) fn accessor(input: Cursor<'_>) -> Option<Accessor> {
    let accessors = [Accessor::Get, Accessor::Set];
    let is_call = input.kind() == Kind::Name && input.nth(1).kind == Kind::OpenParen;
    let mut accessors = accessors.into_iter().filter(|_| is_call);
    accessors.find(|accessor| input.text() == accessor.word())
}

/// `params ::= '(' ( param ( ',' param )* ','? )? ')'`
pub(super) fn parameters(input: Cursor<'_>) -> Parsed<'_, Vec<ast::Parameter>> {
    if input.is_lenient() {
        return foreign::parameters(input);
    }
    list(Kind::OpenParen, Kind::CloseParen, parameter)(input)
}

/// `param ::= meta ( '/' | '*' '*' id ':' ty | '*' id ':' ty | '*' | id ':' ty default? )`
pub(super) fn parameter(input: Cursor<'_>) -> Parsed<'_, ast::Parameter> {
    let (start, meta) = meta::meta(input)?;
    let is_collector = |kind: Kind| kind.is_word() || kind == Kind::Colon;
    let (rest, kind) = match start.kind() {
        Kind::Slash => (start.bump(), ParameterKind::Slash),
        Kind::Star if start.nth(1).kind == Kind::Star => {
            let what = "the parameter for further keywords";
            let (rest, (name, ty)) = collector("**", what)(start.bump().bump())?;
            (rest, ParameterKind::VarKeywords { name, ty })
        }
        Kind::Star if is_collector(start.nth(1).kind) => {
            let what = "the parameter for further arguments";
            let (rest, (name, ty)) = collector("*", what)(start.bump())?;
            (rest, ParameterKind::VarArgs { name, ty })
        }
        Kind::Star => (start.bump(), ParameterKind::Star),
        _ => {
            let (rest, (name, ty, default)) = typed_name("the parameter")(start)?;
            (rest, ParameterKind::Named { name, ty, default })
        }
    };
    let span = rest.span_since(start);
    Ok((rest, ast::Parameter { meta, kind, span }))
}

/// `id ':' ty` after the stars.
fn collector<'t>(
    stars: &'static str,
    what: &'static str,
) -> impl Fn(Cursor<'t>) -> Parsed<'t, (ast::Name, Option<ast::Type>)> {
    move |input| {
        if input.is_lenient() {
            return foreign::collector(input, stars, what);
        }
        let (rest, name) = name::declared(what)(input)?;
        let (rest, ty) = preceded(token(Kind::Colon), ty::ty).parse(rest)?;
        Ok((rest, (name, Some(ty))))
    }
}

/// A name with its type and default: a parameter or field. Both may be missing after a mistake.
pub(super) type TypedName = (ast::Name, Option<ast::Type>, Option<ast::Literal>);

/// `id ':' ty default?`
pub(super) fn typed_name<'t>(what: &'static str) -> impl Fn(Cursor<'t>) -> Parsed<'t, TypedName> {
    move |input| {
        if input.is_lenient() {
            return foreign::typed_name(input, what);
        }
        let (rest, name) = name::declared(what)(input)?;
        let (rest, ty) = preceded(token(Kind::Colon), ty::ty).parse(rest)?;
        let (rest, default) = literal::default(rest)?;
        Ok((rest, (name, Some(ty), default)))
    }
}

/// The text after the parameters.
pub(super) type Outcome = (Option<ast::Type>, Vec<ast::Path>);

/// `result ::= '->' ty raises? | raises`, or nothing.
pub(super) fn result(input: Cursor<'_>) -> Parsed<'_, Outcome> {
    if input.is_lenient() {
        return foreign::outcome(input);
    }
    let (rest, ty) = match input.kind() {
        Kind::Arrow if !suggest::is_nothing(input.nth_text(1)) => {
            ty::ty(input.bump()).map(|(rest, ty)| (rest, Some(ty)))?
        }
        _ => (input, None),
    };
    let (rest, raises) = raises(rest)?;
    Ok((rest, (ty, raises)))
}

/// `raises ::= 'raises' name ( '|' name )*`, or nothing.
pub(super) fn raises(input: Cursor<'_>) -> Parsed<'_, Vec<ast::Path>> {
    if input.is_lenient() {
        return foreign::exceptions(input);
    }
    if !input.at_keyword(Keyword::Raises) {
        return Ok((input, Vec::new()));
    }
    let exception = name::type_path(Expected::Name("an exception"));
    separated(Kind::Pipe, exception)(input.bump())
}
