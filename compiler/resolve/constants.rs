//! Constants of modules and classes.

use super::context::Define;
use super::lookup::Where;
use super::usage::{self, Usage};
use super::{literals, types};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Const, Docs, Name};
use crate::syntax::ast;

/// A constant of a module or class.
pub(super) fn constant(
    cx: &mut Define,
    at: Where,
    constant: &ast::Const,
    name: Name,
    docs: Docs,
) -> Option<Const> {
    let ast = constant.ty.as_ref()?;
    let ty = types::resolve(cx, at, ast)?;
    usage::refuse_borrow(cx, at, ast, Some(&ty), "a constant");
    let fits = usage::check(cx, ast, &ty, Usage::Const);
    if let Some(literal) = constant
        .value
        .as_ref()
        .filter(|value| value.kind == ast::LiteralKind::Computed)
    {
        cx.report(
            Diagnostic::new(Code::WrongValue, literal.span, "`...` is not a value", "")
                .help("leave out `= ...`: a constant without a value is set in Rust"),
        );
        return None;
    }
    let value = match &constant.value {
        Some(literal) => Some(literals::value_of(cx, at, literal, &ty)?),
        None => None,
    };
    fits.then_some(Const {
        name,
        docs,
        ty,
        value,
    })
}
