//! Extension modules: their definition, their initialisation, and what they keep for each interpreter.

mod aliases;
mod definition;
mod implementation;
mod init;
pub(crate) mod interpreter;
mod names;
mod requirement;
mod state;
mod submodule;
mod tables;

pub use aliases::{Alias, alias};
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
use crate::ffi::Raw;
use crate::object::Any;
use crate::python::Python;

/// The state of this crate itself in each interpreter, owned by the modules that use it.
static RUNTIME: Interpreters = Interpreters::new();

/// The types of this crate that are made when they are first needed, and the objects of the standard library that are
/// looked up then, by their index in its state.
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

/// The states of this crate.
pub(crate) const fn runtime_interpreters() -> &'static Interpreters {
    &RUNTIME
}

/// The number of the interpreter that the thread is attached to; 0 where no module of this library is in it.
pub(crate) fn session(py: Python<'_>) -> u64 {
    RUNTIME.state_among_several(py).map_or(0, State::session)
}

/// A type of this crate, borrowed; made when it is first asked for.
///
/// # Errors
/// What making it raises; ImportError where the module is being unloaded.
pub(crate) fn runtime_type<'py>(
    py: Python<'py>,
    kind: RuntimeType,
    create: CreateType,
) -> Result<Raw> {
    let index = kind as usize;
    if let Ok(object) = RUNTIME.type_object(py, index) {
        return Ok(object);
    }
    let Some(state) = RUNTIME.state(py) else {
        return RUNTIME.type_object(py, index);
    };
    let object = create(
        &Module {
            py,
            object: std::ptr::null_mut(),
            state,
            name: "",
        },
        index,
    )?;
    Ok(state.set_type_object(py, index, object))
}

/// An object that belongs to the interpreter; made when it is first asked for.
///
/// # Errors
/// What making it raises.
pub(crate) fn runtime_object<'py>(
    py: Python<'py>,
    kind: RuntimeType,
    make: fn(Python<'py>) -> Returned<'py>,
) -> Returned<'py> {
    let Some(state) = RUNTIME.state(py) else {
        // Python is embedded, and has none of our modules.
        return make(py);
    };
    let index = kind as usize;
    let object = match state.type_object(index) {
        Some(object) => object,
        None => state.set_type_object(py, index, make(py)?),
    };
    // SAFETY: alive as long as the state; attached.
    Ok(unsafe { Any::from_borrowed(py, object) })
}
