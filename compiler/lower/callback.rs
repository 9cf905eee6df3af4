//! Callbacks: functions that Python implements and Rust calls.

use crate::model::{Interface, Type};

/// A callback.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Callback<'t> {
    /// What Rust passes.
    pub(crate) arguments: &'t [Type],
    /// What Rust gets; none for `()`.
    pub(crate) rust_result: Option<&'t Type>,
    /// What Python returns: of a result the value, since its error is raised. None if Rust ignores what is returned.
    pub(crate) python_result: Option<&'t Type>,
}

impl<'t> Callback<'t> {
    /// The callback that `ty` itself is, not through an alias.
    pub(crate) fn of(interface: &'t Interface, ty: &'t Type) -> Option<Self> {
        let Type::Callback {
            parameters, result, ..
        } = ty
        else {
            return None;
        };
        let result = result.as_deref();
        Some(Self {
            arguments: parameters,
            rust_result: result,
            python_result: match result.map(|ty| interface.expanded(ty)) {
                Some(Type::Result { ok, .. }) => ok.as_deref(),
                _ => result,
            },
        })
    }
}
