//! From tokens to [`ast`](super::ast), with a module for each group of grammar rules.
//!
//! Every rule is a function from [`Cursor`] to [`Parsed`]; its documentation contains the rule.

mod class;
mod data;
mod foreign;
pub(crate) mod fragment;
mod function;
mod item;
mod literal;
mod meta;
mod name;
mod recovery;
mod ty;
mod world;

use super::ast;
use super::context::Context;
use super::cursor::{Cursor, Expected, Parsed, keyword};
use super::token::{CommentKind, Keyword, Kind};
use recovery::{items, semicolon};

/// `file ::= INNER-DOC* ( meta package-decl ';' )? file-item* EOF`
///
/// Never fails: errors are reported, and the affected parts are left out.
pub(super) fn file(input: Cursor<'_>) -> ast::File {
    let docs = meta::doc_lines(input, |kind| kind == CommentKind::InnerDocLine);
    let (rest, package) = match input.read(package) {
        Ok((rest, package)) => (rest, Some(package)),
        Err(_) => (input, None),
    };
    let (_, items) = items(rest, Context::File, |_| false);
    ast::File {
        docs,
        package,
        items,
        span: input.place(0, input.source().len() as u32),
    }
}

/// `meta package-decl ';'`; not a package with a body.
///
/// `package-decl ::= 'package' package-name`
fn package(input: Cursor<'_>) -> Parsed<'_, ast::Package> {
    let (rest, meta) = meta::meta(input)?;
    let rest = match rest.habit(foreign::package_keyword) {
        Some(rest) => rest,
        None => keyword(Keyword::Package)(rest)?.0,
    };
    let (rest, name) = world::package_name(rest)?;
    if rest.at(Kind::OpenBrace) {
        return Err(input.stuck(Expected::Anything));
    }
    let (rest, ()) = semicolon(rest)?;
    Ok((rest, ast::Package { meta, name }))
}
