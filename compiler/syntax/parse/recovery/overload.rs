//! The alternatives of an overload, and what cannot be one.

use super::block::block;
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{self, FunctionBody, ItemKind};
use crate::syntax::context::Context;
use crate::syntax::cursor::{Cursor, Parsed};
use crate::syntax::token::Kind;

/// The contents of the braces at `input`; `overload` is the word before.
pub(in super::super) fn alternatives<'t>(
    overload: Cursor<'t>,
    input: Cursor<'t>,
    methods: bool,
) -> Parsed<'t, FunctionBody> {
    let context = match methods {
        true => Context::MethodOverload,
        false => Context::Overload,
    };
    let (rest, items) = block(context)(input)?;
    let is_empty = input.nth(1).kind == Kind::CloseBrace;
    let alternatives: Vec<_> = items
        .into_iter()
        .filter_map(|item| alternative(overload, item))
        .collect();
    if is_empty {
        let message = "an overload without alternatives";
        let help = "write each alternative as `name: func(…) -> …;`";
        overload.report_token(Code::UnexpectedToken, message, "nothing in it", help);
    }
    Ok((rest, FunctionBody::Overload(alternatives)))
}

/// An item of an overload as an alternative; reports items that cannot be one.
fn alternative(input: Cursor<'_>, item: ast::Item) -> Option<ast::Alternative> {
    if let ItemKind::Function(ast::Function {
        name,
        body: FunctionBody::Signature(signature),
    }) = item.kind
    {
        return Some(ast::Alternative {
            meta: item.meta,
            name,
            signature,
        });
    }
    input.report_apart(
        Diagnostic::new(
            Code::Misplaced,
            item.span,
            "only functions can be alternatives of an overload",
            "not a function",
        )
        .help("write each alternative as `name: func(…) -> …;`"),
    );
    None
}
