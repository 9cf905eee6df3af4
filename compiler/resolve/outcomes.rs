//! What functions return and what they fail with: `-> t raises e`, or WIT's `-> result<t, e>`.

use super::Resolver;
use super::attributes::Site;
use super::context::{Around, Where};
use super::prelude::Form;
use super::scope::Entity;
use super::usage::Usage;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ExceptionId, Failure, ItemId, Type};
use crate::syntax::ast::{self, TypeArgument, TypeKind};

/// The result of a function, besides the exceptions after `raises`.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) result: Option<Type>,
    pub(super) error: Option<Failure>,
    pub(super) raises: Vec<ExceptionId>,
}

impl Resolver<'_, '_> {
    /// The result of a function; none if an error was already reported.
    pub(super) fn outcome(
        &mut self,
        at: Where,
        signature: &ast::Signature,
        site: Site,
    ) -> Option<Outcome> {
        let Some(written) = &signature.result else {
            return Some(Outcome::default());
        };
        self.borrowed = None;
        let (outcome, is_result) = match self.result_with_exception(at, written) {
            Some((ok, error)) => {
                let result = ok.map(|ok| self.ty(at, ok));
                let raises = self.exception(at, error, "result").map(|id| vec![id]);
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
                let ty = self.ty(at, written)?;
                match self.table.expanded(&ty)? {
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
        self.no_borrow(written, outcome.result.as_ref(), "a result");
        if is_result && let Some(first) = signature.raises.first() {
            self.report(
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
            return self.constructor_outcome(at, written, outcome, is_result);
        }
        if let Some(result) = &outcome.result {
            let ast = ok_part(written, is_result);
            self.check_usage(ast, result, Usage::Result);
        }
        Some(outcome)
    }

    /// Records that there are results with an error of type `error`: if that is a variant or enum, it becomes an exception.
    pub(super) fn fails_with(&mut self, error: &Type) {
        match self.table.expanded(error) {
            Some(Type::Variant(id)) => self.errors.insert(ItemId::Variant(*id)),
            Some(Type::Enum(id)) => self.errors.insert(ItemId::Enum(*id)),
            _ => false,
        };
    }

    /// The parts of `result<t, e>` where `e` is an exception.
    fn result_with_exception<'a>(
        &self,
        at: Where,
        written: &'a ast::Type,
    ) -> Option<(Option<&'a ast::Type>, &'a ast::Path)> {
        let TypeKind::Generic { name, arguments } = &written.kind else {
            return None;
        };
        let [ok, TypeArgument::Type(error)] = arguments.as_slice() else {
            return None;
        };
        let path = self.exception_path(at, error)?;
        let ok = match ok {
            TypeArgument::Type(ty) => Some(ty),
            TypeArgument::Underscore(_) => None,
            _ => return None,
        };
        (self.form(at, name) == Some(Form::Result)).then_some((ok, path))
    }

    /// The path to an exception in the position of a type.
    pub(super) fn exception_path<'a>(&self, at: Where, ty: &'a ast::Type) -> Option<&'a ast::Path> {
        let TypeKind::Name(path) = &ty.kind else {
            return None;
        };
        let is_exception = matches!(
            self.lookup(at, path.parts.first()?),
            Some(Entity::BuiltinException(_) | Entity::Item(ItemId::Exception(_)))
        );
        is_exception.then_some(path)
    }

    /// A constructor returns its class, so it can only declare its errors.
    fn constructor_outcome(
        &mut self,
        at: Where,
        written: &ast::Type,
        outcome: Outcome,
        is_result: bool,
    ) -> Option<Outcome> {
        let made = outcome.result.as_ref().map(|ty| self.table.expanded(ty));
        let class = at.class.map(Around::ty);
        if is_result
            && made.is_some_and(|made| made.is_none_or(|made| Some(made) == class.as_ref()))
        {
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
                "it makes a value of its class: leave out `-> …`",
            ),
        };
        let place = ok_part(written, is_result).span;
        self.report(Diagnostic::new(Code::WrongSignature, place, message, "").help(help));
        None
    }

    /// A value that is lent for the call cannot be kept: `what` is "a result" or the like, of type `ty`.
    pub(super) fn no_borrow(&mut self, written: &ast::Type, ty: Option<&Type>, what: &str) {
        let inside = ty.is_some_and(|ty| self.table.contents(ty).borrow);
        let Some(span) = self.borrowed.take().or(inside.then_some(written.span)) else {
            return;
        };
        self.report(
            Diagnostic::new(
                Code::MisplacedBorrow,
                span,
                format!("{what} cannot contain `borrow`"),
                "lent for the call only",
            )
            .help("write `own<…>`, or the name of the class alone"),
        );
    }
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
