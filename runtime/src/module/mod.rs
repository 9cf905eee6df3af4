//! Extension modules: their definition, their initialisation, and their per-interpreter state.

mod annotations;
mod definition;
mod implementation;
mod init;
pub(crate) mod interpreter;
mod names;
mod registry;
mod requirement;
pub(crate) mod session;
mod state;
mod submodule;
mod tables;

pub(crate) use annotations::Annotations;
pub use annotations::{Alias, alias};
pub use definition::{
    Constant, ModuleDefinition, Promise, Requirement, TypeEntry, Use, constant, in_submodule,
    requirement, type_of_use,
};
pub(crate) use definition::{CreateType, Module};
pub use implementation::{Implementation, Implements};
pub use init::{ExportedModule, export, init};
pub(crate) use names::nested_name;
use names::qualified_name;
pub use state::Interpreters;
pub(crate) use state::{Related, State};

use crate::Result;
use crate::call::Returned;
use crate::object::Any;
use crate::python::Python;

/// The states of this crate itself, one for each interpreter.
static RUNTIME: Interpreters = Interpreters::new();

/// The types of this crate, which are made on first use, and the objects of the standard library, which are looked up on first
/// use. The values are indices in the crate's state.
#[derive(Clone, Copy)]
pub(crate) enum RuntimeType {
    PanicError,
    Iterator,
    LazyAttribute,
    Date,
    DateFields,
    Time,
    TimeFields,
    DateTime,
    TimeDelta,
    TimeDeltaFields,
    TimeZone,
    Decimal,
    Uuid,
}

impl RuntimeType {
    const COUNT: usize = Self::Uuid as usize + 1;
}

/// Returns the states of this crate.
pub(crate) const fn runtime_interpreters() -> &'static Interpreters {
    &RUNTIME
}

/// Returns the state of this crate in the current interpreter.
///
/// # Errors
/// As for [`session::open`].
fn runtime_state(py: Python<'_>) -> Result<&State> {
    match RUNTIME.state(py) {
        Some(state) => Ok(state),
        None => RUNTIME.open(py, RuntimeType::COUNT),
    }
}

/// Returns a type of this crate. It is made on first use.
///
/// # Errors
/// Returns the exception that making it raises; RuntimeError if the interpreter is shutting down.
pub(crate) fn runtime_type<'py>(
    py: Python<'py>,
    kind: RuntimeType,
    create: CreateType,
) -> Returned<'py> {
    let state = runtime_state(py)?;
    let index = kind as usize;
    let class = match state.type_object(index) {
        Some(class) => class,
        None => Module::new(py, std::ptr::null_mut(), state, "").make_type(create, index)?,
    };
    // SAFETY: the state keeps the type alive; attached.
    Ok(unsafe { Any::from_borrowed(py, class) })
}

/// Returns an object that belongs to the interpreter. It is made on first use.
///
/// # Errors
/// Returns the exception that making it raises; RuntimeError if the interpreter is shutting down.
pub(crate) fn runtime_object<'py>(
    py: Python<'py>,
    kind: RuntimeType,
    make: fn(Python<'py>) -> Returned<'py>,
) -> Returned<'py> {
    let state = runtime_state(py)?;
    let index = kind as usize;
    let object = match state.type_object(index) {
        Some(object) => object,
        None => state.place(index, make(py)?, Vec::new()),
    };
    // SAFETY: alive as long as the state; attached.
    Ok(unsafe { Any::from_borrowed(py, object) })
}
