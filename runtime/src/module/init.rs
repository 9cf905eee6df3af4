//! Module initialisation: `PyInit_` in two phases (PEP 489) and, from 3.15 on, `PyModExport_` (PEP 793). Also the memory of a
//! module object.

use super::requirement::{Required, import_requirements};
use super::submodule::Submodules;
use super::{Annotations, Module, ModuleDefinition, RUNTIME, RuntimeType, State, session, tables};
use crate::convert::FromArgument;
use crate::error::Error;
use crate::ffi::{PyObject, Raw, Visit};
use crate::host;
use crate::layout::Probed;
use crate::object::{Argument, Object};
use crate::panic::returning_status;
use crate::python::Python;
use crate::type_object::last_part;
use crate::{Result, api};
use std::ffi::{CStr, c_int, c_void};

/// The module that an export function creates. Implemented by `__export!`.
///
/// # Safety
/// No other module of the process has this definition's [`interpreters`](ModuleDefinition::interpreters).
pub unsafe trait ExportedModule {
    /// The definition of the module.
    const DEFINITION: &'static ModuleDefinition;
}

/// Implements `PyInit_<module>`. CPython calls it; `caller` is the address that the call came from.
///
/// # Safety
/// To be called by a Python interpreter that imports the module; `caller` is an address of its code, or null.
pub unsafe extern "C" fn init<M: ExportedModule>(caller: *const c_void) -> *mut PyObject {
    // SAFETY: Python imports modules on an attached thread.
    unsafe { create_definition(M::DEFINITION, caller, execute::<M>) }
}

/// Implements `PyModExport_<module>` of CPython 3.15 and later. `caller` is the address that the call came from.
///
/// # Safety
/// As for [`init`].
pub unsafe extern "C" fn export<M: ExportedModule>(caller: *const c_void) -> *mut c_void {
    // SAFETY: as above.
    unsafe { create_slots(M::DEFINITION, caller, execute::<M>) }
}

pub(super) type Execute = unsafe extern "C" fn(Raw) -> c_int;

/// The per-module memory, which Python allocates, zeroes and frees.
#[repr(C)]
pub(super) struct Memory {
    definition: Option<&'static ModuleDefinition>,
    used: *mut Used,
}

/// The data that a module object uses until it is freed.
struct Used {
    state: &'static State,
    runtime: &'static State,
    /// References to the homes of the states, where other modules are the homes.
    homes: [Raw; 2],
    /// The other extension modules whose types this one uses.
    required: Required,
}

#[cold]
unsafe fn create_definition(
    module: &'static ModuleDefinition,
    caller: *const c_void,
    execute: Execute,
) -> Raw {
    // SAFETY: called by the importing interpreter; the definition lives forever.
    unsafe {
        match host::initialise(caller) {
            Ok(host) => api::PyModuleDef_Init(tables::definition(module, host, execute).cast()),
            Err(refused) => {
                refused.raise();
                std::ptr::null_mut()
            }
        }
    }
}

#[cold]
unsafe fn create_slots(
    module: &'static ModuleDefinition,
    caller: *const c_void,
    execute: Execute,
) -> *mut c_void {
    // SAFETY: called by the importing interpreter.
    unsafe {
        match host::initialise(caller) {
            Ok(_) => tables::export_slots(module, execute),
            Err(refused) => {
                refused.raise();
                std::ptr::null_mut()
            }
        }
    }
}

unsafe extern "C" fn execute<M: ExportedModule>(module: Raw) -> c_int {
    // SAFETY: Python executes modules on an attached thread.
    unsafe { populate(M::DEFINITION, module) }
}

/// # Safety
/// `module` is a new module object made from `definition`, on an attached thread.
unsafe fn populate(definition: &'static ModuleDefinition, module: Raw) -> c_int {
    // SAFETY: attached (caller).
    let py = unsafe { Python::assume_attached() };
    returning_status::<c_int>(py, || {
        // SAFETY: the module was made from this file's definition, so its memory has this size and is zeroed at first.
        match unsafe { memory(module) } {
            None => {
                let message = "the module has no memory for its state";
                return Err(Error::import_error(message));
            }
            Some(memory) if !memory.used.is_null() => {
                // The module was executed before.
                return Ok(0);
            }
            Some(_) => {}
        }
        let name = name_of(py, module)?;
        let required = import_requirements(py, definition, &name)?;
        let session = session::open(py)?;
        let runtime = RUNTIME.open(py, RuntimeType::COUNT)?;
        let state = definition.interpreters.open(py, definition.types.len())?;
        let used = Box::into_raw(Box::new(Used {
            state,
            runtime,
            homes: [std::ptr::null_mut(); 2],
            required,
        }));
        // SAFETY: as above. The imports have run Python code, and with it the garbage collector, which reads the memory, but no
        // reference to it was kept.
        unsafe {
            api::PyModule_GetState(module)
                .cast::<Memory>()
                .write(Memory {
                    definition: Some(definition),
                    used,
                });
        }
        state.join();
        runtime.join();
        // SAFETY: alive while it is executed; the thread is attached.
        let root = unsafe { Object::from_borrowed(py, module) };
        if let Err(error) = execute_in(state, &root, &name, definition) {
            state.abandon(py, session);
            // SAFETY: as above; attached.
            unsafe { stop_using(module) };
            return Err(error);
        }
        let mut is_home = false;
        for (place, state) in [state, runtime].into_iter().enumerate() {
            match state.settle(&root) {
                // SAFETY: `Used` lives as long as the module; the collector only reads this word.
                Some(home) => unsafe { (&raw mut (*used).homes[place]).write(home.into_raw()) },
                None => is_home = true,
            }
        }
        // Only the home is kept: module objects of later imports may be freed at any time.
        if is_home && session::keeps_modules() {
            session.keep(root);
        }
        Ok(0)
    })
}

/// Fills a module whose types are those of `state`, and its submodules.
fn execute_in(
    state: &State,
    root: &Object<'_>,
    name: &str,
    definition: &'static ModuleDefinition,
) -> Result<()> {
    let py = root.py();
    let submodules = Submodules::create(root, name, definition)?;
    for (index, entry) in definition.types.iter().enumerate() {
        let (home, name) = match entry.submodule {
            Some(index) => submodules.get(index)?,
            None => (root, name),
        };
        let context = Module::new(py, root.as_raw(), state, name);
        let object = match state.type_object(index) {
            Some(object) => object,
            None => context.make_type(entry.create, index)?,
        };
        if !entry.is_nested {
            add(py, home.as_raw(), last_part(entry.name), object)?;
        }
    }
    fill(root, definition)?;
    for (module, definition) in submodules.iter().zip(definition.submodules.iter().copied()) {
        fill(module, definition)?;
    }
    annotate(root, definition, &submodules, state)?;
    submodules.publish(root, definition)
}

/// Adds the annotations of the types, unless another module has added them, and the type aliases of the modules.
fn annotate<'py>(
    root: &Object<'py>,
    definition: &'static ModuleDefinition,
    submodules: &Submodules<'py>,
    state: &State,
) -> Result<()> {
    let py = root.py();
    let aliases = |module: &ModuleDefinition| !module.aliases.is_empty();
    let is_needed = aliases(definition)
        || definition.submodules.iter().copied().any(aliases)
        || definition
            .types
            .iter()
            .any(|entry| entry.annotate.is_some());
    if !is_needed {
        return Ok(());
    }
    let mut annotations = Annotations::new(root, definition, submodules.iter());
    let types = definition.types.iter().enumerate();
    for (index, entry) in types.filter(|_| !state.is_settled()) {
        if let (Some(annotate), Some(class)) = (entry.annotate, state.type_object(index)) {
            // SAFETY: the state keeps the type alive; attached.
            let class = unsafe { Object::from_borrowed(py, class) };
            annotate(&class, &mut annotations)?;
        }
    }
    annotations.add_aliases(root, definition.aliases)?;
    for (module, definition) in submodules.iter().zip(definition.submodules) {
        annotations.add_aliases(module, definition.aliases)?;
    }
    Ok(())
}

/// Adds the contents of a module other than its functions and its own types.
fn fill(module: &Object<'_>, definition: &'static ModuleDefinition) -> Result<()> {
    let py = module.py();
    for used in definition.uses {
        let object = used.interpreters.type_object(py, used.index)?;
        add(py, module.as_raw(), used.name, object)?;
    }
    for constant in definition.constants {
        let value = (constant.value)(py)?;
        add(py, module.as_raw(), constant.name, value.as_raw())?;
    }
    Ok(())
}

/// Returns `__name__` of a module.
fn name_of(py: Python<'_>, module: Raw) -> Result<String> {
    // SAFETY: alive and attached; the name ends with NUL.
    let name = unsafe {
        let name = api::PyObject_GetAttrString(module, c"__name__".as_ptr());
        Object::from_owned(py, name)?
    };
    <&str>::from_argument::<Probed>(name.as_argument()).map(str::to_owned)
}

/// Sets an attribute of a module.
///
/// # Errors
/// Returns MemoryError.
pub(super) fn add(py: Python<'_>, module: Raw, name: &CStr, value: Raw) -> Result<()> {
    // SAFETY: live objects on an attached thread.
    if unsafe { api::PyObject_SetAttrString(module, name.as_ptr(), value) } < 0 {
        return Err(Error::fetch(py));
    }
    Ok(())
}

/// Returns the modules that this one requires, in the order of its definition, borrowed from this module.
pub(super) fn required_by(module: Argument<'_>) -> &[Raw] {
    // SAFETY: as above; they are kept until the module is freed.
    let used = unsafe { memory(module.as_raw()).and_then(Memory::used) };
    used.map_or(&[], |used| used.required.modules())
}

/// # Safety
/// `module` was made from a definition of this file.
unsafe fn memory<'a>(module: Raw) -> Option<&'a Memory> {
    // SAFETY: `PyModule_GetState` returns the module's memory, or null before the module was executed.
    unsafe { api::PyModule_GetState(module).cast::<Memory>().as_ref() }
}

impl Memory {
    fn used(&self) -> Option<&Used> {
        // SAFETY: null, or valid until `free`.
        unsafe { self.used.as_ref() }
    }
}

pub(super) unsafe extern "C" fn traverse(
    module: Raw,
    visit: Visit,
    argument: *mut c_void,
) -> c_int {
    // SAFETY: Python passes a module of this definition and the collector's own argument.
    unsafe {
        let Some(used) = memory(module).and_then(Memory::used) else {
            return 0;
        };
        for state in [used.state, used.runtime] {
            let stop = state.traverse(module, visit, argument);
            if stop != 0 {
                return stop;
            }
        }
        for home in used.homes.into_iter().filter(|home| !home.is_null()) {
            let stop = visit(home, argument);
            if stop != 0 {
                return stop;
            }
        }
        used.required.traverse(visit, argument)
    }
}

pub(super) unsafe extern "C" fn clear(module: Raw) -> c_int {
    // SAFETY: Python passes a module of this definition.
    unsafe {
        if let Some(used) = memory(module).and_then(Memory::used) {
            used.state.clear_for(module);
        }
    }
    0
}

pub(super) unsafe extern "C" fn free(module: *mut c_void) {
    // SAFETY: Python frees its module once, on an attached thread.
    unsafe { stop_using(module.cast::<PyObject>()) };
}

/// Releases what a module object uses.
///
/// # Safety
/// `module` was made from a definition of this file, and the thread is attached to its interpreter.
unsafe fn stop_using(module: Raw) {
    // SAFETY: as promised by the caller; the module has joined the states.
    unsafe {
        let Some(memory) = api::PyModule_GetState(module).cast::<Memory>().as_mut() else {
            return;
        };
        if memory.used.is_null() {
            return;
        }
        let used = Box::from_raw(std::mem::replace(&mut memory.used, std::ptr::null_mut()));
        used.state.leave(module);
        used.runtime.leave(module);
        // These references are released last: until then, functions of this module may be called, which use types of the others.
        for home in used.homes.into_iter().filter(|home| !home.is_null()) {
            api::Py_DecRef(home);
        }
        used.required.release();
    }
}
