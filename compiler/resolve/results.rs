//! Results that are values. Python sees either the success value or an exception object in its place: the error itself if it is
//! an exception, a variant or an enum, otherwise a RuntimeError. The two can be told apart unless the success value can be such
//! an exception.

use super::Resolver;
use super::graph::{components, is_cycle};
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

impl Definitions for Resolver<'_, '_> {
    fn expanded<'t>(&'t self, ty: &'t Type) -> Option<&'t Type> {
        self.table.expanded(ty)
    }

    fn base(&self, id: ExceptionId) -> Option<ExceptionId> {
        self.exceptions.base(id)
    }

    fn builtin_exception(&self, id: ExceptionId) -> Option<&str> {
        let index = (id.0 as usize).checked_sub(self.declared.exceptions.len())?;
        Some(&self.prelude.exceptions[index].name)
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
pub(crate) fn exception_class(
    definitions: &impl Definitions,
    error: Option<&Type>,
) -> ExceptionClass {
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

impl Resolver<'_, '_> {
    /// Checks a result that is a value, written at `span`.
    pub(super) fn check_result(&mut self, span: Span, ty: &Type) -> bool {
        // WIT allows it; the targets report it.
        let Some(Type::Result { ok, error }) = self.table.expanded(ty) else {
            return true;
        };
        let found = clash(self, ok.as_deref(), error.as_deref());
        let Some(clash) = found.filter(|_| !self.is_wit(span)) else {
            return true;
        };
        let (label, help) = match clash {
            Clash::Class(class) => {
                let name = match class {
                    ExceptionClass::Definition(item) => {
                        format!("`{}`", self.declared.name(item).text)
                    }
                    ExceptionClass::Exception(id) => {
                        format!("`{}`", self.exception_name(id))
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
        let message = "the value of this result can be what stands for its error";
        self.report(Diagnostic::new(Code::AmbiguousResult, span, message, label).help(help));
        false
    }

    /// The declared name of an exception.
    pub(super) fn exception_name(&self, id: ExceptionId) -> &str {
        let builtin = Definitions::builtin_exception(self, id);
        builtin.unwrap_or_else(|| &self.declared.name(ItemId::Exception(id)).text)
    }

    /// Reports exceptions that contain themselves: as the error of a result in a field.
    pub(super) fn exceptions_in_themselves(&mut self) {
        let declared = self.declared.exceptions.len();
        if declared == 0 {
            return;
        }
        let held = |ty: Option<&Type>, nodes: &mut Vec<usize>| {
            let mut open: Vec<&Type> = ty.into_iter().collect();
            while let Some(ty) = open.pop() {
                nodes.extend(match ty {
                    Type::Exception(id) => Some(id.0 as usize).filter(|id| *id < declared),
                    _ => self.table.node(ty).map(|node| declared + node),
                });
                open.extend(ty.parts());
            }
        };
        let mut edges: Vec<Vec<usize>> = vec![Vec::new(); declared + self.table.nodes()];
        for index in 0..declared {
            let mut ancestor = Some(ExceptionId(index as u32));
            // Fields are inherited, and in Rust an exception with subclasses is an enum of them.
            while let Some(id) = ancestor.filter(|id| (id.0 as usize) < declared) {
                let fields = &self.exceptions.fields[id.0 as usize];
                fields
                    .iter()
                    .for_each(|ty| held(ty.as_ref(), &mut edges[index]));
                ancestor = self.exceptions.base(id);
            }
            let base = self.exceptions.base(ExceptionId(index as u32));
            if let Some(base) = base.filter(|base| (base.0 as usize) < declared) {
                edges[base.0 as usize].push(index);
            }
        }
        for node in 0..self.table.nodes() {
            let types = self.table.types(node);
            types.for_each(|ty| held(ty, &mut edges[declared + node]));
        }
        let cycles = components(&edges);
        for cycle in cycles.into_iter().filter(|cycle| is_cycle(cycle, &edges)) {
            let Some(first) = cycle.iter().copied().filter(|node| *node < declared).min() else {
                continue;
            };
            let name = self.declared.exceptions[first].name.clone();
            let message = format!("the exception `{}` contains itself", name.text);
            let label = "one of its fields holds a `result` that fails with it";
            self.report(
                Diagnostic::new(Code::RecursiveType, name.span, message, label)
                    .help("keep what the other one says instead, such as its message: `string`"),
            );
        }
    }
}
