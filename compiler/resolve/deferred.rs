//! Checks of types that are possible only when all aliases and records are known.

use super::Resolver;
use super::results::can_be_none;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Builtin, Nature, Type, View};
use crate::source::Span;

/// A check of a type that is deferred until all aliases and records are known.
#[derive(Debug)]
pub(super) enum Deferred {
    /// The argument of an option must not be an option itself.
    Optional(Type, Span),
    /// The key of a map or an item of a set must be hashable.
    Hashable(Type, Span, &'static str),
    /// The argument of `own` or `borrow` must be a class.
    Handle(Type, Span, &'static str),
    /// An element of a `buffer` or `ndarray` must be a number.
    Element(Type, Span, View),
    /// Each member of a union must accept values that the earlier members do not.
    Union(Vec<Type>, Vec<Span>),
    /// The error of a result: if it is a variant or enum, that becomes an exception.
    Error(Type),
}

impl Deferred {
    /// The deferred check of an argument of a builtin type.
    pub(super) fn of(builtin: Builtin, position: usize, ty: &Type, span: Span) -> Option<Self> {
        match (builtin, builtin.nature()) {
            (Builtin::Option, _) => Some(Self::Optional(ty.clone(), span)),
            (_, Nature::Keyed) if position == 0 => {
                let what = match builtin {
                    Builtin::Map => "the key of a map",
                    _ => "an item of a set",
                };
                Some(Self::Hashable(ty.clone(), span, what))
            }
            _ => None,
        }
    }
}

impl Resolver<'_, '_> {
    /// Runs the deferred checks.
    pub(super) fn deferred_checks(&mut self) {
        for check in std::mem::take(&mut self.checks) {
            match check {
                Deferred::Optional(ty, span) => {
                    if !self.is_wit(span) && can_be_none(self, &ty) {
                        let option = self
                            .table
                            .expanded(&ty)
                            .is_some_and(|ty| ty.is(Builtin::Option));
                        let (message, label) = match option {
                            true => ("an option inside an option", "this is optional already"),
                            false => (
                                "an option of what can be `none` already",
                                "its value can be `None` in Python",
                            ),
                        };
                        self.report(
                            Diagnostic::new(Code::NestedOption, span, message, label).help(
                                "Python cannot tell the two `None`s apart: use one `option`, or a record for the inner one",
                            ),
                        );
                    }
                }
                Deferred::Hashable(ty, span, what) => self.check_key(&ty, span, what),
                Deferred::Handle(ty, span, handle) => {
                    let expanded = self.table.expanded(&ty);
                    if expanded.is_some_and(|ty| !matches!(ty, Type::Class(_))) {
                        let message = format!("`{handle}` takes a class, not `{}`", self.show(&ty));
                        self.report(
                            Diagnostic::new(Code::TypeArguments, span, message, "expected a class")
                                .help("other types need no handle: leave it out"),
                        );
                    }
                }
                Deferred::Element(ty, span, view) => {
                    let expanded = self.table.expanded(&ty);
                    if expanded.is_some_and(|ty| !is_element(ty, view)) {
                        let message =
                            format!("`{view}` cannot have elements of type `{}`", self.show(&ty));
                        self.report(
                            Diagnostic::new(Code::TypeArguments, span, message, "").help(
                                "elements are bool, integers of up to 64 bits, f32, f64 and, in `ndarray`, complex",
                            ),
                        );
                    }
                }
                Deferred::Union(types, spans) => self.check_union(&types, &spans),
                Deferred::Error(ty) => self.fails_with(&ty),
            }
        }
    }

    /// Reports members of a union whose values all belong to an earlier member.
    fn check_union(&mut self, types: &[Type], spans: &[Span]) {
        for (index, later) in types.iter().enumerate() {
            let mut earlier = types[..index].iter();
            let Some(first) = earlier.position(|earlier| self.includes(earlier, later, None))
            else {
                continue;
            };
            let message = match &types[first] == later {
                true => format!("`{}` is in this union twice", self.show(later)),
                false => format!("a union never takes a value for `{}`", self.show(later)),
            };
            let cause = format!("`{}` takes them all", self.show(&types[first]));
            self.report(
                Diagnostic::new(Code::BadUnion, spans[index], message, "")
                    .cause(spans[first], cause)
                    .help(
                        "the members are tried in this order: remove it, or move it to the front",
                    ),
            );
        }
    }

    fn check_key(&mut self, ty: &Type, span: Span, what: &str) {
        if self.is_wit(span) {
            if !is_key_in_wit(ty) {
                let message = format!("`{}` cannot be {what} in WIT", self.show(ty));
                self.report(
                    Diagnostic::new(Code::Unhashable, span, message, "")
                        .help("keys are bool, char, string and the integers from u8 to s64"),
                );
            }
        } else if !self.table.hashable(ty, self.prelude) {
            let message = format!("`{}` cannot be {what}", self.show(ty));
            self.report(Diagnostic::new(Code::Unhashable, span, message, "not hashable").help(
                "hashable are bool, integers, text, bytes, dates and times, decimals, enums, flags, frozensets, and what consists of these alone",
            ));
        }
    }
}

/// Whether WIT allows `ty` as the key of a map.
fn is_key_in_wit(ty: &Type) -> bool {
    use Builtin::{Bool, Char, S8, S16, S32, S64, String, U8, U16, U32, U64};
    matches!(
        ty,
        Type::Builtin(
            Bool | U8 | U16 | U32 | U64 | S8 | S16 | S32 | S64 | Char | String,
            _
        )
    )
}

/// Whether `ty` can be the element type of a memory buffer.
fn is_element(ty: &Type, view: View) -> bool {
    use Builtin::{Bool, Complex, F32, F64, S8, S16, S32, S64, U8, U16, U32, U64};
    match ty {
        Type::Builtin(Bool | U8 | U16 | U32 | U64 | S8 | S16 | S32 | S64 | F32 | F64, _) => true,
        Type::Builtin(Complex, _) => view == View::Ndarray,
        _ => false,
    }
}
