//! From tokens to [`ast`](super::ast), with a module for each group of grammar rules.
//!
//! Every rule is a function from [`Cursor`] to [`Parsed`]; its documentation contains the rule.

mod block;
mod bracket;
mod class;
mod data;
mod foreign;
pub(crate) mod fragment;
mod function;
mod item;
mod list;
mod literal;
mod meta;
mod name;
mod ty;
mod world;

use nom::Parser;
use nom::combinator::opt;

use super::ast;
use super::context::Context;
use super::cursor::{Cursor, Expected, Parsed, keyword};
use super::token::{CommentKind, Keyword, Kind};

/// `file ::= INNER-DOC* ( meta package-decl ';' )? file-item* EOF`
///
/// Never fails: errors are reported, and the affected parts are left out.
pub(super) fn file(input: Cursor<'_>) -> ast::File {
    let docs = meta::doc_lines(input, |kind| kind == CommentKind::InnerDocLine);
    let (rest, package) = opt(package).parse(input).unwrap_or((input, None));
    let (_, items) = block::items(rest, Context::File, |_| false);
    ast::File {
        docs,
        package,
        items,
        span: input.place(0, input.source().len() as u32),
    }
}

/// `package-decl ';'` with its documentation; not a package with a body.
fn package(input: Cursor<'_>) -> Parsed<'_, ast::Package> {
    let (rest, meta) = meta::meta(input)?;
    let rest = match foreign::package_without_keyword(rest) {
        true => rest,
        false => keyword(Keyword::Package)(item::not_doubled(rest))?.0,
    };
    let (rest, name) = world::package_name(rest)?;
    if rest.at(Kind::OpenBrace) {
        return Err(input.stuck(Expected::Anything));
    }
    let (rest, ()) = block::semicolon(rest)?;
    Ok((rest, ast::Package { meta, name }))
}
