//! Packages, interfaces, worlds and their references to each other.

use nom::Parser;
use nom::combinator::{map, opt};
use nom::sequence::preceded;

use super::super::ast::{self, Direction, ExternKind, ItemKind};
use super::super::context::Context;
use super::super::cursor::{Cursor, Expected, Parsed, expect, keyword};
use super::super::token::{Keyword, Kind};
use super::class::items;
use super::foreign::{Place, skipped};
use super::recovery::{block, list, semicolon};
use super::{foreign, function, literal, meta, name};

/// `package-name ::= ( id ':' )* id ( '/' id )* ( '@' VERSION )?`
pub(super) fn package_name(input: Cursor<'_>) -> Parsed<'_, ast::PackageName> {
    let part = name::declared("the package");
    let (rest, (namespaces, names, version)) = qualified(part, Place::Package)(input)?;
    let span = rest.span_since(input);
    let name = ast::PackageName {
        namespaces,
        names,
        version,
        span,
    };
    Ok((rest, name))
}

/// `use-path ::= ( id ':' )* id ( '/' id )* ( '@' VERSION )?`
pub(super) fn use_path(input: Cursor<'_>) -> Parsed<'_, ast::UsePath> {
    input.habit(foreign::quoted_path).unwrap_or(Ok(()))?;
    let part = name::name(Expected::Name("the interface"));
    let (rest, (namespaces, names, version)) = qualified(part, Place::Path)(input)?;
    let span = rest.span_since(input);
    let path = ast::UsePath {
        namespaces,
        names,
        version,
        span,
    };
    Ok((rest, path))
}

type Qualified = (Vec<ast::Name>, Vec<ast::Name>, Option<ast::Version>);

/// `( id ':' )* id ( '/' id )* ( '@' VERSION )?`; `separator` is a habit in place of the colon.
fn qualified<'t>(
    part: impl Fn(Cursor<'t>) -> Parsed<'t, ast::Name>,
    separator: Place,
) -> impl Fn(Cursor<'t>) -> Parsed<'t, Qualified> {
    move |input| {
        let (mut rest, first) = part(input)?;
        let (mut namespaces, mut names) = (Vec::new(), vec![first]);
        let colon = |rest: Cursor<'t>| match rest.at(Kind::Colon) && rest.nth(1).kind.is_word() {
            true => Some(rest.bump()),
            false => rest.habit(skipped(separator)),
        };
        while let Some(after) = colon(rest) {
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
}

/// `nested-package ::= 'package' package-name '{' ( meta ( use-decl | interface | world ) )* '}'`
pub(super) fn nested_package(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, name) = package_name(input)?;
    let (rest, items) = match rest.habit(|rest| foreign::late_package(input, rest)) {
        Some(parsed) => parsed?,
        None => block(Context::Package)(rest)?,
    };
    let package = ast::NestedPackage { name, items };
    Ok((rest, ItemKind::NestedPackage(package)))
}

/// `interface ::= 'interface' id '{' interface-item* '}'`
pub(super) fn interface(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, name) = name::declared_name("the interface")(input)?;
    let (rest, items) = items(Context::Interface)(rest)?;
    Ok((rest, ItemKind::Interface(ast::Interface { name, items })))
}

/// `world ::= 'world' id '{' world-item* '}'`
pub(super) fn world(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, name) = name::declared("the world")(input)?;
    let (rest, items) = items(Context::World)(rest)?;
    Ok((rest, ItemKind::World(ast::World { name, items })))
}

/// `import-block` outside of worlds, `import` in them.
pub(super) fn any_import<'t>(context: Context) -> impl Fn(Cursor<'t>) -> Parsed<'t, ItemKind> {
    move |input| {
        let is_block = input.at_word() && input.nth(1).kind == Kind::Keyword(Keyword::From);
        match input.is_lenient() {
            true if is_block => import_block(input),
            false if context != Context::World => import_block(input),
            _ => external(Direction::Import)(input),
        }
    }
}

/// `import-block ::= 'import' id 'from' STRING '{' interface-item* '}'`
fn import_block(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, name) = name::word(input)?;
    let (rest, _) = keyword(Keyword::From)(rest)?;
    let (rest, module) = literal::text(rest)?;
    let (rest, items) = expect(block(Context::Import))(rest)?;
    let block = ast::ImportBlock {
        name,
        module,
        items: items.unwrap_or_default(),
    };
    Ok((rest, ItemKind::ImportBlock(block)))
}

/// `export ::= 'export' ( use-path ';' | id ':' extern )`,
/// `import ::= 'import' ( use-path ';' | id ':' extern )`
pub(super) fn external<'t>(direction: Direction) -> impl Fn(Cursor<'t>) -> Parsed<'t, ItemKind> {
    move |input| {
        let (rest, name, kind) = match is_named(input) {
            true => {
                let (rest, name) = name::declared("the import or export")(input)?;
                let (rest, kind) = extern_kind(rest.bump())?;
                (rest, Some(name), kind)
            }
            false => path_extern(input).map(|(rest, kind)| (rest, None, kind))?,
        };
        let item = ast::Extern {
            direction,
            name,
            kind,
        };
        Ok((rest, ItemKind::Extern(item)))
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

/// `include ::= 'include' use-path ( ';' | 'with' '{' ( id 'as' id ( ',' id 'as' id )* ','? )? '}' ';'? )`
pub(super) fn include(input: Cursor<'_>) -> Parsed<'_, ItemKind> {
    let (rest, path) = use_path(input)?;
    let (rest, renamings) = match rest.at_keyword(Keyword::With) {
        true => {
            let renamings = list(Kind::OpenBrace, Kind::CloseBrace, full_renaming);
            let (rest, renamings) = expect(renamings)(rest.bump())?;
            (rest.bump_if(Kind::Semicolon), renamings.unwrap_or_default())
        }
        false => semicolon(rest).map(|(rest, ())| (rest, Vec::new()))?,
    };
    Ok((rest, ItemKind::Include(ast::Include { path, renamings })))
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
        let (rest, names) = match rest.habit(foreign::used_name) {
            Some(parsed) => parsed?,
            None => list(Kind::OpenBrace, Kind::CloseBrace, renaming)(rest.bump())?,
        };
        let (rest, ()) = semicolon(rest)?;
        return Ok((rest, ItemKind::UseNames(ast::UseNames { path, names })));
    }
    let alias = preceded(keyword(Keyword::As), name::declared("the interface here"));
    let (rest, alias) = opt(alias).parse(rest)?;
    let (rest, ()) = semicolon(rest)?;
    Ok((rest, ItemKind::Use(ast::UseInterface { path, alias })))
}

/// `use-name ::= id ( 'as' id )?`
pub(super) fn renaming(input: Cursor<'_>) -> Parsed<'_, ast::Renaming> {
    let (rest, name) = name::word(input)?;
    let (rest, alias) = opt(preceded(keyword(Keyword::As), expect(name::word))).parse(rest)?;
    let alias = alias.flatten();
    Ok((rest, ast::Renaming { name, alias }))
}
