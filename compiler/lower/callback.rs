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
    /// The callback with these parameters and this result.
    pub(crate) fn new(
        interface: &'t Interface,
        parameters: &'t [Type],
        result: Option<&'t Type>,
    ) -> Self {
        Self {
            arguments: parameters,
            rust_result: result,
            python_result: match result.map(|ty| interface.expanded(ty)) {
                Some(Type::Result { ok, .. }) => ok.as_deref(),
                _ => result,
            },
        }
    }
}
