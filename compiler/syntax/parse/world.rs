//! Packages, interfaces, worlds and their references to each other.

use nom::Parser;
use nom::combinator::{map, opt};
use nom::sequence::preceded;

use super::super::ast::{self, Direction, ExternKind, ItemKind};
use super::super::context::Context;
use super::super::cursor::{Cursor, Expected, Parsed, expect, keyword, token};
use super::super::token::{Keyword, Kind};
use super::block::{block, semicolon};
use super::list::list;
use super::{foreign, function, literal, meta, name};

/// `package-name ::= ( id ':' )* id ( '/' id )* ( '@' VERSION )?`
pub(super) fn package_name(input: Cursor<'_>) -> Parsed<'_, ast::PackageName> {
    let part = name::declared("the package");
    let (rest, (namespaces, names, version)) = qualified(input, part, foreign::package_dot)?;
    Ok((
        rest,
        ast::PackageName {
            namespaces,
            names,
            version,
            span: rest.span_since(input),
        },
    ))
}

/// `use-path ::= ( id ':' )+ id ( '/' id )+ ( '@' VERSION )? | id`
pub(super) fn use_path(input: Cursor<'_>) -> Parsed<'_, ast::UsePath> {
    if foreign::quoted_path(input) {
        return Err(input.stuck(Expected::Anything));
    }
    let (rest, (namespaces, names, version)) =
        qualified(input, name::name(Expected::Name("the interface")), |_| None)?;
    Ok((
        rest,
        ast::UsePath {
            namespaces,
            names,
            version,
            span: rest.span_since(input),
        },
    ))
}

type Qualified = (Vec<ast::Name>, Vec<ast::Name>, Option<ast::Version>);

/// `( id ':' )* id ( '/' id )* ( '@' VERSION )?`, with the further separators that `separator` accepts.
fn qualified<'t>(
    input: Cursor<'t>,
    part: impl Fn(Cursor<'t>) -> Parsed<'t, ast::Name>,
    separator: impl Fn(Cursor<'t>) -> Option<Cursor<'t>>,
) -> Parsed<'t, Qualified> {
    let (mut rest, first) = part(input)?;
    let (mut namespaces, mut names) = (Vec::new(), vec![first]);
    while let Some(after) = foreign::package_separator(rest).or_else(|| separator(rest)) {
        namespaces.append(&mut names);
        let (after, name) = part(after)?;
        names.push(name);
        rest = after;
    }
    while rest.at(Kind::Slash) {
        let (after, name) = part(rest.bump())?;
        names.push(name);
        rest = after;
    }
    // On the next line it may be the attribute of another item.
    let is_version = !rest.is_first_on_line() || rest.nth(1).kind == Kind::Version;
    let (rest, version) = match rest.at(Kind::At) && is_version {
        true => expect(meta::version)(rest.bump())?,
        false => (rest, None),
    };
    Ok((rest, (namespaces, names, version)))
}

/// `nested-package ::= 'package' package-name '{' … '}'`
pub(super) fn nested_package(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, name) = package_name(input)?;
    if !rest.at(Kind::OpenBrace) {
        foreign::late_package(input, rest);
        let (rest, ()) = semicolon(rest)?;
        return Ok((
            rest,
            ItemKind::NestedPackage(ast::NestedPackage {
                name,
                items: Vec::new(),
            }),
        ));
    }
    let (rest, items) = block(Context::Package)(rest)?;
    Ok((
        rest,
        ItemKind::NestedPackage(ast::NestedPackage { name, items }),
    ))
}

/// `interface ::= 'interface' id '{' interface-item* '}'`
pub(super) fn interface(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, name) = name::declared("the interface")(input)?;
    let (rest, _parameters) = foreign::type_parameters(rest);
    let (rest, items) = foreign::item_body(rest, Context::Interface)?;
    Ok((rest, ItemKind::Interface(ast::Interface { name, items })))
}

/// `world ::= 'world' id '{' world-item* '}'`
pub(super) fn world(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, name) = name::declared("the world")(input)?;
    let (rest, items) = foreign::item_body(rest, Context::World)?;
    Ok((rest, ItemKind::World(ast::World { name, items })))
}

/// `import ::= 'import' ( use-path ';' | id ':' extern )`, or
/// `import-block ::= 'import' id 'from' STRING '{' interface-item* '}'`
pub(super) fn import(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    if input.at_word() && input.nth(1).kind == Kind::Keyword(Keyword::From) {
        return import_block(input);
    }
    external(Direction::Import)(input)
}

fn import_block(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, name) = name::word(input)?;
    let (rest, module) = literal::text(rest.bump())?;
    let (rest, items) = expect(block(Context::Import))(rest)?;
    Ok((
        rest,
        ItemKind::ImportBlock(ast::ImportBlock {
            name,
            module,
            items: items.unwrap_or_default(),
        }),
    ))
}

/// `export ::= 'export' ( use-path ';' | id ':' extern )`
pub(super) fn export(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    external(Direction::Export)(input)
}

pub(super) fn external<'t>(direction: Direction) -> impl Fn(Cursor<'t>) -> Parsed<'t, ItemKind> {
    move |input| {
        let (rest, name) = match is_named(input) {
            true => {
                let (rest, name) = name::declared("the import or export")(input)?;
                (rest.bump(), Some(name))
            }
            false => (input, None),
        };
        let (rest, kind) = match name {
            Some(_) => extern_kind(rest)?,
            None => path_extern(rest)?,
        };
        Ok((
            rest,
            ItemKind::Extern(ast::Extern {
                direction,
                name,
                kind,
            }),
        ))
    }
}

/// Whether `id ':' extern` follows instead of a path. As in WIT, `a: b` declares `a`, while `a:b` is a package.
fn is_named(input: Cursor<'_>) -> bool {
    if !(input.at_word() && input.nth(1).kind == Kind::Colon) {
        return false;
    }
    let after = input.bump().bump();
    let is_path = match after.kind() {
        Kind::Keyword(Keyword::Func | Keyword::Interface | Keyword::Async) => false,
        kind if kind.is_word() => {
            (input.bump().touches_previous() && after.touches_previous())
                || after.nth(1).kind == Kind::Slash
        }
        _ => false,
    };
    !is_path
}

/// `extern ::= 'interface' '{' interface-item* '}' | func-type ';' | use-path ';'`
pub(super) fn extern_kind(input: Cursor<'_>) -> Parsed<'_, ExternKind> {
    match input.kind() {
        Kind::Keyword(Keyword::Interface) if input.nth(1).kind == Kind::OpenBrace => map(
            preceded(keyword(Keyword::Interface), block(Context::Interface)),
            ExternKind::Interface,
        )
        .parse(input),
        Kind::Name | Kind::Escaped if !matches!(input.nth(1).kind, Kind::OpenParen) => {
            path_extern(input)
        }
        _ => {
            let (rest, signature) = function::signature(false)(input)?;
            let (rest, ()) = semicolon(rest)?;
            Ok((rest, ExternKind::Function(signature)))
        }
    }
}

fn path_extern(input: Cursor<'_>) -> Parsed<'_, ExternKind> {
    let (rest, path) = use_path(input)?;
    let (rest, ()) = semicolon(rest)?;
    Ok((rest, ExternKind::Path(path)))
}

/// `include ::= 'include' use-path ( 'with' '{' id 'as' id ( ',' id 'as' id )* ','? '}' )? ';'?`
pub(super) fn include(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, path) = use_path(input)?;
    if !rest.at_keyword(Keyword::With) {
        let (rest, ()) = semicolon(rest)?;
        return Ok((
            rest,
            ItemKind::Include(ast::Include {
                path,
                renamings: Vec::new(),
            }),
        ));
    }
    let (rest, renamings) =
        expect(list(Kind::OpenBrace, Kind::CloseBrace, full_renaming))(rest.bump())?;
    let (rest, _) = opt(token(Kind::Semicolon)).parse(rest)?;
    Ok((
        rest,
        ItemKind::Include(ast::Include {
            path,
            renamings: renamings.unwrap_or_default(),
        }),
    ))
}

/// `id 'as' id`
fn full_renaming(input: Cursor<'_>) -> Parsed<'_, ast::Renaming> {
    let (rest, renaming) = renaming(input)?;
    match renaming.alias {
        Some(_) => Ok((rest, renaming)),
        None => Err(rest.stuck(Expected::Token(Kind::Keyword(Keyword::As)))),
    }
}

/// `use-decl ::= 'use' use-path ( 'as' id )? ';'`, or
/// `use-names ::= 'use' use-path '.' '{' ( use-name ( ',' use-name )* ','? )? '}' ';'`
pub(super) fn use_item(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, path) = use_path(input)?;
    if rest.at(Kind::Dot) {
        let (rest, names) = match rest.nth(1).kind {
            Kind::OpenBrace => list(Kind::OpenBrace, Kind::CloseBrace, renaming)(rest.bump())?,
            _ => foreign::used_name(rest)?,
        };
        let (rest, ()) = semicolon(rest)?;
        return Ok((rest, ItemKind::UseNames(ast::UseNames { path, names })));
    }
    let (rest, alias) = opt(preceded(
        keyword(Keyword::As),
        name::declared("the interface here"),
    ))
    .parse(rest)?;
    let (rest, ()) = semicolon(rest)?;
    Ok((rest, ItemKind::Use(ast::UseInterface { path, alias })))
}

/// `use-name ::= id ( 'as' id )?`
pub(super) fn renaming(input: Cursor<'_>) -> Parsed<'_, ast::Renaming> {
    let (rest, name) = name::word(input)?;
    let (rest, alias) = opt(preceded(keyword(Keyword::As), expect(name::word))).parse(rest)?;
    Ok((
        rest,
        ast::Renaming {
            name,
            alias: alias.flatten(),
        },
    ))
}
