//! Results that are values. Python sees what is inside, or in its place an exception object: its own for an error that is a
//! variant or an enum, a RuntimeError for any other. That says which of the two it is unless the value itself can be such an
//! exception.

use super::Resolver;
use super::table::Table;
use super::types::is_builtin;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ItemId, Type};
use crate::source::Span;

/// Where aliases are looked up.
pub(crate) trait Aliases {
    /// `ty` without aliases around it; none where that was reported.
    fn expanded<'t>(&'t self, ty: &'t Type) -> Option<&'t Type>;
}

impl Aliases for Table {
    fn expanded<'t>(&'t self, ty: &'t Type) -> Option<&'t Type> {
        Self::expanded(self, ty)
    }
}

/// What can be both the value and the error of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clash {
    /// Objects of this class.
    Class(ExceptionClass),
    /// The value can be any object.
    Anything,
    /// There are so many results inside each other that nobody would look.
    TooMany,
}

/// The class of an error in Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExceptionClass {
    /// That of a variant or an enum.
    Definition(ItemId),
    /// `RuntimeError`, whose argument is the error.
    RuntimeError,
}

/// How many types are looked at for the value of one result.
const LIMIT: usize = 64;

/// The class of what a result with this `e` has in place of a value.
pub(crate) fn exception_class(aliases: &impl Aliases, error: Option<&Type>) -> ExceptionClass {
    match error.and_then(|error| aliases.expanded(error)) {
        Some(Type::Variant(id)) => ExceptionClass::Definition(ItemId::Variant(*id)),
        Some(Type::Enum(id)) => ExceptionClass::Definition(ItemId::Enum(*id)),
        _ => ExceptionClass::RuntimeError,
    }
}

/// Why nobody could tell the value of `result<ok, error>` from its error, if so.
pub(crate) fn clash(
    aliases: &impl Aliases,
    ok: Option<&Type>,
    error: Option<&Type>,
) -> Option<Clash> {
    let class = exception_class(aliases, error);
    let mut open: Vec<&Type> = ok.into_iter().collect();
    let mut seen = 0;
    while let Some(ty) = open.pop() {
        seen += 1;
        if seen > LIMIT {
            return Some(Clash::TooMany);
        }
        let own = match aliases.expanded(ty) {
            Some(Type::Result { ok, error }) => {
                open.extend(ok.as_deref());
                exception_class(aliases, error.as_deref())
            }
            Some(Type::Variant(id)) => ExceptionClass::Definition(ItemId::Variant(*id)),
            Some(Type::Enum(id)) => ExceptionClass::Definition(ItemId::Enum(*id)),
            Some(Type::Builtin { name, arguments }) => match name.as_str() {
                "any" | "object" => return Some(Clash::Anything),
                "option" | "union" => {
                    open.extend(arguments);
                    continue;
                }
                _ => continue,
            },
            _ => continue,
        };
        if own == class {
            return Some(Clash::Class(class));
        }
    }
    None
}

/// Whether a value of type `ty` can be `None` in Python for another reason than that there is none of its type.
pub(crate) fn can_be_none(aliases: &impl Aliases, ty: &Type) -> bool {
    let mut ty = Some(ty);
    // No more than `clash` looks at.
    for _ in 0..LIMIT {
        match ty.and_then(|ty| aliases.expanded(ty)) {
            Some(Type::Result { ok: None, .. }) => return true,
            Some(Type::Result { ok: Some(ok), .. }) => ty = Some(ok),
            Some(ty) => return is_builtin(ty, "option"),
            None => return false,
        }
    }
    true
}

impl Resolver<'_, '_> {
    /// Checks a result that is a value, written at `span`.
    pub(super) fn check_result(&mut self, span: Span, ty: &Type) -> bool {
        // WIT does not mind; there it is the targets' to refuse.
        let Some(Type::Result { ok, error }) = self.table.expanded(ty) else {
            return true;
        };
        let found = clash(&self.table, ok.as_deref(), error.as_deref());
        let Some(clash) = found.filter(|_| !self.is_wit(span)) else {
            return true;
        };
        let (label, help) = match clash {
            Clash::Class(class) => {
                let name = match class {
                    ExceptionClass::Definition(item) => {
                        format!("`{}`", self.declared.name(item).text)
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
}
