//! Declared types without methods, and constants.

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::super::ast::{self, ItemKind, Payload};
use super::super::cursor::{Cursor, Expected, Parsed, expect, keyword, token};
use super::super::token::{Keyword, Kind};
use super::foreign::{Place, skip, skipped};
use super::recovery::{list, semicolon};
use super::{foreign, function, literal, meta, name, ty};

/// `alias ::= 'type' id '=' ty ';'`
pub(super) fn alias(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, name) = name::declared_type("the type")(input)?;
    let rest = match rest.is_lenient() {
        true => foreign::alias_equals(rest)?,
        false => token(Kind::Equals)(rest)?.0,
    };
    let (rest, ty) = expect(ty::ty)(rest)?;
    let (rest, ()) = semicolon(rest)?;
    Ok((rest, ItemKind::Alias(ast::Alias { name, ty })))
}

/// `record ::= 'record' id '{' fields '}'`, `fields ::= ( field ( ',' field )* ','? )?`
pub(super) fn record(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, name) = name::declared_type("the record")(input)?;
    let (rest, fields) = match rest.habit(skipped(Place::RecordBody)) {
        Some(rest) => (rest.bump_if(Kind::Semicolon), Vec::new()),
        None => body(field)(rest)?,
    };
    Ok((rest, ItemKind::Record(ast::Record { name, fields })))
}

/// `'{' ( part ( ',' part )* ','? )? '}'`
fn body<'t, T>(
    mut part: impl FnMut(Cursor<'t>) -> Parsed<'t, T>,
) -> impl FnMut(Cursor<'t>) -> Parsed<'t, Vec<T>> {
    move |input| match input.is_lenient() {
        true => foreign::list_body(input, &mut part),
        false => list(Kind::OpenBrace, Kind::CloseBrace, &mut part)(input),
    }
}

/// `field ::= meta id ':' ty default?`
pub(super) fn field(input: Cursor<'_>) -> Parsed<'_, ast::Field> {
    let (rest, meta) = meta::meta(input)?;
    let (rest, (name, ty, default)) = function::typed_name("the field")(rest)?;
    let field = ast::Field {
        meta,
        name,
        ty,
        default,
    };
    Ok((rest, field))
}

/// `variant ::= 'variant' id '{' ( case ( ',' case )* ','? )? '}'`
pub(super) fn variant(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, name) = name::declared_type("the variant")(input)?;
    let (rest, cases) = match rest.habit(|rest| foreign::alternatives(rest, &name)) {
        Some(parsed) => parsed,
        None => body(case)(rest)?,
    };
    Ok((rest, ItemKind::Variant(ast::Variant { name, cases })))
}

/// `case ::= meta id ( '(' ty ( ',' ty )* ','? ')' | '{' fields '}' )?`
pub(super) fn case(input: Cursor<'_>) -> Parsed<'_, ast::Case> {
    let (rest, meta) = meta::meta(input)?;
    let (rest, name) = name::declared("the case")(rest.past(skip(Place::Case)))?;
    let (rest, payload) = match rest.habit(|rest| foreign::payload(rest, &name)) {
        Some(parsed) => parsed?,
        None if matches!(rest.kind(), Kind::OpenParen | Kind::OpenBrace) => payload(rest)?,
        None => (rest, Payload::None),
    };
    let case = ast::Case {
        meta,
        name,
        payload,
    };
    Ok((rest, case))
}

/// `'(' ty ( ',' ty )* ','? ')' | '{' fields '}'`
pub(super) fn payload(input: Cursor<'_>) -> Parsed<'_, Payload> {
    match input.kind() {
        Kind::OpenBrace => list(Kind::OpenBrace, Kind::CloseBrace, field)
            .map(Payload::Fields)
            .parse(input),
        _ if input.nth(1).kind == Kind::CloseParen && !input.is_lenient() => {
            Err(input.bump().stuck(Expected::Type))
        }
        _ => list(Kind::OpenParen, Kind::CloseParen, ty::ty)
            .map(Payload::Tuple)
            .parse(input),
    }
}

/// `enum ::= 'enum' id repr? '{' ( member ( ',' member )* ','? )? '}'`
pub(super) fn enumeration(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    match input.habit(foreign::variant) {
        Some(parsed) => parsed,
        None => members("the enum").map(ItemKind::Enum).parse(input),
    }
}

/// `flags ::= 'flags' id repr? '{' ( member ( ',' member )* ','? )? '}'`
pub(super) fn flags(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    members("the flags").map(ItemKind::Flags).parse(input)
}

fn members<'t>(what: &'static str) -> impl Fn(Cursor<'t>) -> Parsed<'t, ast::Enumeration> {
    move |input| {
        let (rest, name) = name::declared_type(what)(input.past(skip(Place::Enum)))?;
        let (rest, repr) = repr(rest)?;
        let (rest, members) = body(member)(rest)?;
        let enumeration = ast::Enumeration {
            name,
            repr,
            members,
        };
        Ok((rest, enumeration))
    }
}

/// `repr ::= ':' ty`, or nothing.
fn repr(input: Cursor<'_>) -> Parsed<'_, Option<ast::Type>> {
    match input.is_lenient() {
        true => foreign::repr(input),
        false => opt(preceded(token(Kind::Colon), ty::ty)).parse(input),
    }
}

/// `member ::= meta id default?`
pub(super) fn member(input: Cursor<'_>) -> Parsed<'_, ast::Member> {
    let (rest, meta) = meta::meta(input)?;
    let rest = rest.past(skip(Place::Case));
    let (rest, name) = match rest.habit(foreign::quoted_name(Place::MemberName)) {
        Some(quoted) => quoted,
        None => name::declared("the member")(rest)?,
    };
    let (rest, value) = literal::default(rest)?;
    let rest = rest.past(foreign::member_payload);
    Ok((rest, ast::Member { meta, name, value }))
}

/// `const ::= 'const' id ':' ty default? ';'`
pub(super) fn constant(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, (name, ty, value)) = function::typed_name("the constant")(input)?;
    let (rest, ()) = semicolon(rest)?;
    Ok((rest, ItemKind::Const(ast::Const { name, ty, value })))
}

/// `exception ::= 'exception' id ( 'extends' name )? ( '{' fields '}' | ';' )`
pub(super) fn exception(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, name) = name::declared_type("the exception")(input)?;
    let (rest, base) = extends(rest)?;
    let (rest, fields) = match ends_without_body(rest) {
        true => semicolon(rest).map(|(rest, ())| (rest, Vec::new()))?,
        false => body(field)(rest)?,
    };
    let exception = ast::Exception { name, base, fields };
    Ok((rest, ItemKind::Exception(exception)))
}

/// Whether an item with an optional body has none: `;` follows, or is missing at the end of the line.
pub(super) fn ends_without_body(input: Cursor<'_>) -> bool {
    let is_body = input.at(Kind::OpenBrace) || input.indentation() > input.previous_indentation();
    input.at(Kind::Semicolon) || (input.is_first_on_line() && !is_body)
}

/// `( 'extends' name )?`
pub(super) fn extends(input: Cursor<'_>) -> Parsed<'_, Option<ast::Path>> {
    if input.is_lenient() {
        return foreign::extends(input);
    }
    let base = name::type_path(Expected::Name("the base"));
    opt(preceded(keyword(Keyword::Extends), base)).parse(input)
}
