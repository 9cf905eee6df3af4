//! Other extension modules whose types a module uses. They are in the same shared library, whose statics hold the types, and must
//! be imported first.

use super::ModuleDefinition;
use crate::error::Error;
use crate::exceptions::ModuleNotFoundError;
use crate::ffi::{Raw, Visit};
use crate::object::Object;
use crate::python::Python;
use crate::{Result, api};
use std::ffi::{c_int, c_void};

/// References to the modules that a module requires. They keep the types of those modules alive as long as the module.
#[derive(Default)]
pub(super) struct Required(Vec<Raw>);

/// Imports the modules that `definition` requires. The module is called `name` in this interpreter; the others are looked for in
/// its package first, then at the top level.
///
/// # Errors
/// Returns the exceptions that the imports raise; ImportError if a module of that name exists but is not from this library.
pub(super) fn import_requirements(
    py: Python<'_>,
    definition: &ModuleDefinition,
    name: &str,
) -> Result<Required> {
    let mut required = Vec::with_capacity(definition.requires.len());
    for requirement in definition.requires {
        let wanted = requirement.name.to_string_lossy();
        let module = import_sibling(py, name, &wanted)?;
        if requirement.interpreters.state(py).is_none() {
            return Err(other_build(name, &module, &wanted));
        }
        required.push(module);
    }
    Ok(Required(
        required.into_iter().map(Object::into_raw).collect(),
    ))
}

fn import_sibling<'py>(py: Python<'py>, name: &str, wanted: &str) -> Result<Object<'py>> {
    let Some((package, _)) = name.rsplit_once('.') else {
        return py.import(wanted);
    };
    let sibling = format!("{package}.{wanted}");
    match py.import(&sibling) {
        Err(error) if is_missing(py, &error, &sibling) => py.import(wanted),
        outcome => outcome,
    }
}

/// Returns whether an import failed because the module itself is missing, not because of a module that it imports.
fn is_missing(py: Python<'_>, error: &Error, module: &str) -> bool {
    error.is::<ModuleNotFoundError>(py) && error.to_string().contains(&format!("'{module}'"))
}

/// Returns the error for a module that exists but whose types are not those of this library.
#[cold]
fn other_build(name: &str, module: &Object<'_>, wanted: &str) -> Error {
    let file = module
        .attribute(c"__file__")
        .and_then(|file| file.extract::<String>());
    let place = file.map_or_else(|_| String::new(), |file| format!(" ({file})"));
    Error::import_error(format!(
        "{name} uses types of {wanted}, and the {wanted} that is there{place} is of another build: put both files of \
         one build side by side"
    ))
}

impl Required {
    /// Returns the modules, borrowed.
    pub(super) fn modules(&self) -> &[Raw] {
        &self.0
    }

    /// Visits the references for the garbage collector.
    ///
    /// # Safety
    /// To be called by a `tp_traverse` of the module that owns this.
    pub(super) unsafe fn traverse(&self, visit: Visit, argument: *mut c_void) -> c_int {
        for module in &self.0 {
            // SAFETY: a live object and the collector's own argument.
            let stop = unsafe { visit(*module, argument) };
            if stop != 0 {
                return stop;
            }
        }
        0
    }

    /// Releases the references.
    ///
    /// # Safety
    /// The thread is attached to the interpreter of the modules.
    pub(super) unsafe fn release(self) {
        for module in self.0 {
            // SAFETY: this struct owned the reference.
            unsafe { api::Py_DecRef(module) };
        }
    }
}
