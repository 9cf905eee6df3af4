//! Results that are values: Python gets the success value, or an exception object in its place.

use crate::model::{ExceptionId, Interface, Type};
use crate::resolve::results::{Clash, Definitions, clash};

impl Definitions for Interface {
    fn expanded<'t>(&'t self, ty: &'t Type) -> Option<&'t Type> {
        Some(Self::expanded(self, ty))
    }

    fn base(&self, id: ExceptionId) -> Option<ExceptionId> {
        self[id].base
    }

    fn builtin_exception(&self, id: ExceptionId) -> Option<&str> {
        let exception = &self[id];
        exception.builtin.then_some(exception.name.text.as_str())
    }
}

/// Why Python could not tell the success value of `ty` from its error; none if it can, or if `ty` is not a result.
pub(crate) fn clash_of(interface: &Interface, ty: &Type) -> Option<Clash> {
    match interface.expanded(ty) {
        Type::Result { ok, error } => clash(interface, ok.as_deref(), error.as_deref()),
        _ => None,
    }
}
