//! Declared types without methods, and constants.

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::super::ast::{self, ItemKind, Payload};
use super::super::cursor::{Cursor, Expected, Parsed, expect, keyword};
use super::super::token::{Keyword, Kind};
use super::block::semicolon;
use super::list::list;
use super::{foreign, function, literal, meta, name, ty};

/// `alias ::= 'type' id '=' ty ';'`
pub(super) fn alias(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, name) = name::declared_type("the type")(input)?;
    let (rest, _parameters) = foreign::type_parameters(rest);
    let rest = match rest.at(Kind::Equals) {
        true => rest.bump(),
        false => foreign::alias_without_equals(rest)?,
    };
    let (rest, ty) = expect(ty::ty)(rest)?;
    let (rest, ()) = semicolon(rest)?;
    Ok((rest, ItemKind::Alias(ast::Alias { name, ty })))
}

/// `record ::= 'record' id '{' fields '}'`
pub(super) fn record(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, name) = name::declared_type("the record")(input)?;
    let (rest, _parameters) = foreign::type_parameters(rest);
    if let Some(rest) = foreign::record_body(&name, rest) {
        let fields = Vec::new();
        return Ok((rest, ItemKind::Record(ast::Record { name, fields })));
    }
    let (rest, fields) = foreign::list_body(rest, field)?;
    Ok((rest, ItemKind::Record(ast::Record { name, fields })))
}

/// `'{' fields '}'`
fn fields(input: Cursor<'_>) -> Parsed<'_, Vec<ast::Field>> {
    list(Kind::OpenBrace, Kind::CloseBrace, field)(input)
}

/// `field ::= meta id ':' ty default?`
pub(super) fn field(input: Cursor<'_>) -> Parsed<'_, ast::Field> {
    let (rest, meta) = meta::meta(input)?;
    let (rest, (name, ty, default)) = function::typed_name("the field")(rest)?;
    Ok((
        rest,
        ast::Field {
            meta,
            name,
            ty,
            default,
        },
    ))
}

/// `variant ::= 'variant' id '{' ( case ( ',' case )* ','? )? '}'`
pub(super) fn variant(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, name) = name::declared_type("the variant")(input)?;
    let (rest, _parameters) = foreign::type_parameters(rest);
    if let Some((rest, cases)) = foreign::alternatives(rest, &name) {
        return Ok((rest, ItemKind::Variant(ast::Variant { name, cases })));
    }
    let (rest, cases) = foreign::list_body(rest, case)?;
    Ok((rest, ItemKind::Variant(ast::Variant { name, cases })))
}

/// `case ::= meta id ( '(' ty ( ',' ty )* ','? ')' | '{' fields '}' )?`
pub(super) fn case(input: Cursor<'_>) -> Parsed<'_, ast::Case> {
    let (rest, meta) = meta::meta(input)?;
    let (rest, name) = name::declared("the case")(foreign::case_word(rest))?;
    let (rest, payload) = match rest.kind() {
        Kind::OpenParen | Kind::OpenBrace => match foreign::payload_in_parentheses(rest, &name) {
            Some(parsed) => parsed?,
            None => payload(rest)?,
        },
        _ => foreign::payload(rest, &name)?,
    };
    Ok((
        rest,
        ast::Case {
            meta,
            name,
            payload,
        },
    ))
}

/// `'(' ty ( ',' ty )* ','? ')' | '{' fields '}'`
pub(super) fn payload(input: Cursor<'_>) -> Parsed<'_, Payload> {
    if input.at(Kind::OpenBrace) {
        let (rest, fields) = fields(input)?;
        return Ok((rest, Payload::Fields(fields)));
    }
    let (rest, types) = list(Kind::OpenParen, Kind::CloseParen, ty::ty)(input)?;
    Ok((rest, Payload::Tuple(types)))
}

/// `enum ::= 'enum' id repr? '{' ( member ( ',' member )* ','? )? '}'`
pub(super) fn enumeration(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    if foreign::is_variant(input) {
        return variant(input);
    }
    let (rest, members) = members("the enum")(input)?;
    Ok((rest, ItemKind::Enum(members)))
}

/// `flags ::= 'flags' id repr? '{' ( member ( ',' member )* ','? )? '}'`
pub(super) fn flags(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, members) = members("the flags")(input)?;
    Ok((rest, ItemKind::Flags(members)))
}

fn members<'t>(what: &'static str) -> impl Fn(Cursor<'t>) -> Parsed<'t, ast::Enumeration> {
    move |input| {
        let (rest, name) = name::declared_type(what)(foreign::enum_class(input))?;
        let is_block = foreign::is_block_colon(rest) && rest.nth(2).kind != Kind::OpenBrace;
        let (rest, repr) = match rest.at(Kind::Colon) && !is_block {
            true => expect(ty::ty)(rest.bump())?,
            false => foreign::repr(rest)?,
        };
        let (rest, members) = foreign::list_body(rest, member)?;
        Ok((
            rest,
            ast::Enumeration {
                name,
                repr,
                members,
            },
        ))
    }
}

/// `member ::= meta id default?`
pub(super) fn member(input: Cursor<'_>) -> Parsed<'_, ast::Member> {
    let (rest, meta) = meta::meta(input)?;
    let rest = foreign::case_word(rest);
    if let Some((rest, name)) = foreign::quoted_member(rest) {
        let member = ast::Member {
            meta,
            name,
            value: None,
        };
        return Ok((rest, member));
    }
    let (rest, name) = name::declared("the member")(rest)?;
    let (rest, value) = literal::default(rest)?;
    let rest = foreign::member_payload(rest);
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
    let (rest, _parameters) = foreign::type_parameters(rest);
    let (rest, base) = extends(rest)?;
    let (rest, fields) = match ends_without_body(rest) {
        true => {
            let (rest, ()) = semicolon(rest)?;
            (rest, Vec::new())
        }
        false => foreign::list_body(rest, field)?,
    };
    Ok((
        rest,
        ItemKind::Exception(ast::Exception { name, base, fields }),
    ))
}

/// Whether an item with an optional body has none: `;` follows, or is missing at the end of the line.
pub(super) fn ends_without_body(input: Cursor<'_>) -> bool {
    let is_body = input.at(Kind::OpenBrace) || input.indentation() > input.previous_indentation();
    input.at(Kind::Semicolon) || (input.is_first_on_line() && !is_body)
}

/// `( 'extends' name )?`
pub(super) fn extends(input: Cursor<'_>) -> Parsed<'_, Option<ast::Path>> {
    let base = || name::type_path(Expected::Name("the base"));
    let (rest, path) = match input.at_keyword(Keyword::Extends) {
        true => preceded(keyword(Keyword::Extends), expect(base())).parse(input)?,
        false => foreign::extends(input)?,
    };
    let (rest, _) = opt(foreign::further_bases).parse(rest)?;
    Ok((rest, path))
}
