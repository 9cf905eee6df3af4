//! What functions return and what they fail with: `-> t raises e`, or WIT's `-> result<t, e>`.

use super::attributes::Site;
use super::context::Define;
use super::lookup::{Around, Names, Where};
use super::prelude::Form;
use super::usage::{self, Usage};
use super::{paths, types};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ExceptionId, Failure, Type};
use crate::syntax::ast::{self, TypeArgument, TypeKind};

/// The result of a function, besides the exceptions after `raises`.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) result: Option<Type>,
    pub(super) error: Option<Failure>,
    pub(super) raises: Vec<ExceptionId>,
}

/// The result of a function; none if an error was already reported.
pub(super) fn outcome(
    cx: &mut Define,
    at: Where,
    signature: &ast::Signature,
    site: Site,
) -> Option<Outcome> {
    let Some(written) = &signature.result else {
        return Some(Outcome::default());
    };
    let (outcome, is_result) = match result_with_exception(cx.names, at, written) {
        Some((ok, error)) => {
            let result = ok.map(|ok| types::resolve(cx, at, ok));
            let raises = paths::exception(cx, at, error, "result").map(|id| vec![id]);
            let result = match result {
                Some(result) => Some(result?),
                None => None,
            };
            let outcome = Outcome {
                result,
                error: None,
                raises: raises?,
            };
            (outcome, true)
        }
        None => {
            let ty = types::resolve(cx, at, written)?;
            match cx.types.table.expanded(&ty)? {
                Type::Result { ok, error } => {
                    let (ok, error) = (ok.as_deref().cloned(), error.as_deref().cloned());
                    let (error, raises) = match error {
                        None => (Some(Failure::Unit), Vec::new()),
                        Some(Type::Exception(id)) => (None, vec![id]),
                        Some(error) => (Some(Failure::Value(error)), Vec::new()),
                    };
                    let outcome = Outcome {
                        result: ok,
                        error,
                        raises,
                    };
                    (outcome, true)
                }
                _ => {
                    let outcome = Outcome {
                        result: Some(ty),
                        ..Outcome::default()
                    };
                    (outcome, false)
                }
            }
        }
    };
    usage::refuse_borrow(cx, at, written, outcome.result.as_ref(), "a result");
    if is_result && let Some(first) = signature.raises.first() {
        cx.report(
            Diagnostic::new(
                Code::WrongSignature,
                first.span,
                "a function that returns a `result` has no `raises`",
                "",
            )
            .cause(written.span, "this says already what it fails with")
            .help("write `-> t raises e`, or `-> result<t, e>`"),
        );
    }
    if site == Site::Constructor {
        return constructor_outcome(cx, at, written, outcome, is_result);
    }
    if let Some(result) = &outcome.result {
        let ast = ok_part(written, is_result);
        usage::check(cx, ast, result, Usage::Result);
    }
    Some(outcome)
}

/// The parts of `result<t, e>` where `e` is an exception.
fn result_with_exception<'a>(
    names: &Names,
    at: Where,
    written: &'a ast::Type,
) -> Option<(Option<&'a ast::Type>, &'a ast::Path)> {
    let TypeKind::Generic { name, arguments } = &written.kind else {
        return None;
    };
    let [ok, TypeArgument::Type(error)] = arguments.as_slice() else {
        return None;
    };
    let path = names.exception_path(at, error)?;
    let ok = match ok {
        TypeArgument::Type(ty) => Some(ty),
        TypeArgument::Underscore(_) => None,
        _ => return None,
    };
    (names.form(at, name) == Some(Form::Result)).then_some((ok, path))
}

/// A constructor returns its class, so it can only declare its errors.
fn constructor_outcome(
    cx: &mut Define,
    at: Where,
    written: &ast::Type,
    outcome: Outcome,
    is_result: bool,
) -> Option<Outcome> {
    let made = outcome
        .result
        .as_ref()
        .map(|ty| cx.types.table.expanded(ty));
    let class = at.class.map(Around::ty);
    if is_result && made.is_some_and(|made| made.is_none_or(|made| Some(made) == class.as_ref())) {
        return Some(Outcome {
            result: None,
            ..outcome
        });
    }
    let (message, help) = match is_result {
        true => (
            "a constructor makes a value of its own class",
            "write `-> result<self, e>`, or `raises e`",
        ),
        false => (
            "a constructor has no result",
            "a constructor returns an instance of its class: leave out `-> …`",
        ),
    };
    let place = ok_part(written, is_result).span;
    cx.report(Diagnostic::new(Code::WrongSignature, place, message, "").help(help));
    None
}

/// The source for the value of a result.
fn ok_part(written: &ast::Type, is_result: bool) -> &ast::Type {
    match &written.kind {
        TypeKind::Generic { arguments, .. } if is_result => match arguments.first() {
            Some(TypeArgument::Type(ok)) => ok,
            _ => written,
        },
        _ => written,
    }
}
