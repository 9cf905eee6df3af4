//! Results that are values. Python sees either the success value or an exception object in its place: the error itself if it is
//! an exception, a variant or an enum, otherwise a RuntimeError. The two can be told apart unless the success value can be such
//! an exception.

use super::context::{Typed, Types};
use super::lookup::Names;
use super::prelude::prelude;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Builtin, ExceptionId, ItemId, Nature, Type};
use crate::source::Span;

/// Where definitions are looked up.
pub(crate) trait Definitions {
    /// `ty` with aliases expanded; none if an error was already reported.
    fn expanded<'t>(&'t self, ty: &'t Type) -> Option<&'t Type>;
    /// The base of an exception.
    fn base(&self, id: ExceptionId) -> Option<ExceptionId>;
    /// The name in the prelude of a builtin exception.
    fn builtin_exception(&self, id: ExceptionId) -> Option<&str>;
}

/// The definitions that are being resolved.
pub(super) struct Known<'t> {
    pub(super) names: &'t Names<'t>,
    pub(super) types: &'t Types,
}

impl Definitions for Known<'_> {
    fn expanded<'t>(&'t self, ty: &'t Type) -> Option<&'t Type> {
        self.types.table.expanded(ty)
    }

    fn base(&self, id: ExceptionId) -> Option<ExceptionId> {
        self.types.exceptions.base(id)
    }

    fn builtin_exception(&self, id: ExceptionId) -> Option<&str> {
        Some(&self.names.builtin_of(id)?.name)
    }
}

/// An object that can be both the value and the error of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clash {
    /// Objects of this class.
    Class(ExceptionClass),
    /// The value can be any object.
    Anything,
    /// The results are nested too deeply to be checked.
    TooMany,
}

/// The Python class of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExceptionClass {
    /// The class of a variant or an enum.
    Definition(ItemId),
    /// The class of an exception.
    Exception(ExceptionId),
    /// `RuntimeError`, whose argument is the error.
    RuntimeError,
}

impl ExceptionClass {
    /// Whether an instance of the class can also be an instance of the other.
    fn overlaps(self, other: Self, definitions: &impl Definitions) -> bool {
        self == other || self.is_below(other, definitions) || other.is_below(self, definitions)
    }

    /// Whether it is derived from an exception.
    fn is_below(self, base: Self, definitions: &impl Definitions) -> bool {
        let (Self::Exception(_) | Self::RuntimeError) = base else {
            return false;
        };
        let is_base = |name: Option<&str>| match base {
            Self::Exception(id) => name.is_some() && definitions.builtin_exception(id) == name,
            _ => name == Some("runtime-error"),
        };
        let first = match self {
            Self::Definition(_) => "exception",
            Self::RuntimeError => "runtime-error",
            Self::Exception(id) => {
                let mut own = id;
                // Cycles of bases were cut, so the loop ends.
                while definitions.builtin_exception(own).is_none() {
                    if Self::Exception(own) == base {
                        return true;
                    }
                    match definitions.base(own) {
                        Some(next) => own = next,
                        None => return false,
                    }
                }
                definitions.builtin_exception(own).unwrap_or_default()
            }
        };
        let prelude = prelude();
        let mut index = prelude.exception(first);
        while let Some(at) = index {
            if is_base(Some(&prelude.exceptions[at].name)) {
                return true;
            }
            index = prelude.exceptions[at].base;
        }
        false
    }
}

/// The maximum number of types that are visited for the value of one result.
const LIMIT: usize = 64;

/// The class of the object that represents the error `e` of a result.
fn exception_class(definitions: &impl Definitions, error: Option<&Type>) -> ExceptionClass {
    match error.and_then(|error| definitions.expanded(error)) {
        Some(Type::Variant(id)) => ExceptionClass::Definition(ItemId::Variant(*id)),
        Some(Type::Enum(id)) => ExceptionClass::Definition(ItemId::Enum(*id)),
        Some(Type::Exception(id)) => ExceptionClass::Exception(*id),
        _ => ExceptionClass::RuntimeError,
    }
}

/// Why the success value of `result<ok, error>` could not be told apart from its error; none if it can.
pub(crate) fn clash(
    definitions: &impl Definitions,
    ok: Option<&Type>,
    error: Option<&Type>,
) -> Option<Clash> {
    let class = exception_class(definitions, error);
    let mut open: Vec<&Type> = ok.into_iter().collect();
    let mut seen = 0;
    while let Some(ty) = open.pop() {
        seen += 1;
        if seen > LIMIT {
            return Some(Clash::TooMany);
        }
        let own = match definitions.expanded(ty) {
            Some(Type::Result { ok, error }) => {
                open.extend(ok.as_deref());
                exception_class(definitions, error.as_deref())
            }
            Some(Type::Variant(id)) => ExceptionClass::Definition(ItemId::Variant(*id)),
            Some(Type::Enum(id)) => ExceptionClass::Definition(ItemId::Enum(*id)),
            Some(Type::Builtin(builtin, arguments)) => match builtin.nature() {
                Nature::Anything => return Some(Clash::Anything),
                Nature::Choice => {
                    open.extend(arguments);
                    continue;
                }
                Nature::Integer
                | Nature::Scalar
                | Nature::Product
                | Nature::Sequence
                | Nature::Keyed
                | Nature::Iteration
                | Nature::Awaited => continue,
            },
            _ => continue,
        };
        if own.overlaps(class, definitions) {
            return Some(Clash::Class(own));
        }
    }
    None
}

/// Whether a value of type `ty` can be `None` in Python by itself, not only as a missing value.
pub(crate) fn can_be_none(definitions: &impl Definitions, ty: &Type) -> bool {
    let mut ty = Some(ty);
    // The same limit as in `clash`.
    for _ in 0..LIMIT {
        match ty.and_then(|ty| definitions.expanded(ty)) {
            Some(Type::Result { ok: None, .. }) => return true,
            Some(Type::Result { ok: Some(ok), .. }) => ty = Some(ok),
            Some(ty) => return ty.is(Builtin::Option),
            None => return false,
        }
    }
    true
}

/// Checks a result that is a value, written at `span`.
pub(super) fn check_result(cx: &mut Typed, span: Span, ty: &Type) -> bool {
    // WIT allows it; the targets report it.
    let Some(Type::Result { ok, error }) = cx.types.table.expanded(ty) else {
        return true;
    };
    let (names, types) = (cx.names, cx.types);
    let found = clash(&Known { names, types }, ok.as_deref(), error.as_deref());
    let Some(clash) = found.filter(|_| !cx.names.is_wit(span)) else {
        return true;
    };
    let (label, help) = match clash {
        Clash::Class(class) => {
            let name = match class {
                ExceptionClass::Definition(item) => {
                    format!("`{}`", cx.names.declared.name(item).text)
                }
                ExceptionClass::Exception(id) => {
                    format!("`{}`", cx.names.exception_name(id))
                }
                ExceptionClass::RuntimeError => "a `RuntimeError`".to_owned(),
            };
            let label = format!("either can be {name} in Python");
            (
                label,
                "give the two errors types of their own, each a variant or an enum",
            )
        }
        Clash::Anything => (
            "any object can be an exception".to_owned(),
            "name the type of the value, or put it into a `tuple<any>`",
        ),
        Clash::TooMany => (
            "too many results inside each other".to_owned(),
            "use a variant with a case for each way in which this can end",
        ),
    };
    let message = "the value of this result cannot be told from its error";
    cx.report(Diagnostic::new(Code::AmbiguousResult, span, message, label).help(help));
    false
}
