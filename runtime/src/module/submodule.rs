//! Submodules: `pkg.store` of the extension module `pkg`.
//!
//! Python imports `pkg`, which creates them during its execution, as attributes and in `sys.modules`; `import pkg.store` finds
//! them there. They are plain module objects: the per-interpreter state belongs to `pkg`.

use super::init::add;
use super::{ModuleDefinition, tables};
use crate::call::Returned;
use crate::convert::{IntoPython, string};
use crate::dynamic::{call, imported, new_function, set_attribute, text};
use crate::error::Error;
use crate::ffi::MethodDef;
use crate::layout::Probed;
use crate::object::Object;
use crate::python::Python;
use crate::type_object::last_part;
use crate::{Result, api};
use std::ffi::CStr;

/// The submodules of a module that is being executed, in the order of its definition, with their names in this interpreter.
pub(super) struct Submodules<'py>(Vec<(Object<'py>, String)>);

impl<'py> Submodules<'py> {
    /// Creates the submodules of `root`, which is called `name`. They have their functions, but no types and constants yet.
    ///
    /// # Errors
    /// Returns MemoryError, or the exception that reading the attributes of `root` raises.
    pub(super) fn create(
        root: &Object<'py>,
        name: &str,
        definition: &'static ModuleDefinition,
    ) -> Result<Self> {
        let tables = tables::of_submodules(definition);
        let mut modules = Vec::with_capacity(definition.submodules.len());
        for (submodule, functions) in definition.submodules.iter().zip(tables) {
            let name = format!("{name}.{}", last_part(submodule.name).to_string_lossy());
            let module = new_module(root.py(), &name)?;
            add_functions(&module, root, &name, functions)?;
            let doc = match submodule.doc.is_empty() {
                // Modules of PyPy have an empty docstring here.
                true => root.py().none(),
                false => text(root.py(), submodule.doc)?,
            };
            set_attribute(&module, c"__doc__", &doc)?;
            set_origin(&module, root, &name)?;
            modules.push((module, name));
        }
        Ok(Self(modules))
    }

    /// Returns the submodule with this index, and its name.
    ///
    /// # Errors
    /// Returns ImportError if the definition has no such submodule.
    pub(super) fn get(&self, index: usize) -> Result<(&Object<'py>, &str)> {
        match self.0.get(index) {
            Some((module, name)) => Ok((module, name)),
            None => Err(Error::import_error(
                "a type belongs to a submodule that is not there",
            )),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Object<'py>> {
        self.0.iter().map(|(module, _)| module)
    }

    /// Makes the submodules importable. Must be called last: if anything fails, all of it is undone.
    ///
    /// # Errors
    /// Returns MemoryError.
    pub(super) fn publish(
        &self,
        root: &Object<'py>,
        definition: &'static ModuleDefinition,
    ) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let py = root.py();
        if root.attribute(c"__path__").is_err() {
            // `__path__` marks the module as a package. It is empty, since there is nowhere to look for further modules.
            // SAFETY: attached.
            let nowhere = unsafe { Object::from_owned(py, api::PyList_New(0))? };
            set_attribute(root, c"__path__", &nowhere)?;
        }
        for ((module, _), submodule) in self.0.iter().zip(definition.submodules) {
            add(
                py,
                root.as_raw(),
                last_part(submodule.name),
                module.as_raw(),
            )?;
        }
        // SAFETY: attached; the dictionary is alive as long as the interpreter.
        let imported = unsafe { Object::from_borrowed(py, api::PyImport_GetModuleDict()) };
        for (done, (module, name)) in self.0.iter().enumerate() {
            let outcome =
                string::from_str(py, name).and_then(|name| set_item(&imported, &name, module));
            if outcome.is_err() {
                for (_, name) in &self.0[..done] {
                    // The first error is the one to report.
                    let _ =
                        string::from_str(py, name).and_then(|name| remove_item(&imported, &name));
                }
                return outcome;
            }
        }
        Ok(())
    }
}

fn new_module<'py>(py: Python<'py>, name: &str) -> Returned<'py> {
    let name = string::from_str(py, name)?;
    // SAFETY: `name` is a str; the thread is attached. PyPy has no other function that takes a name as an object.
    unsafe { Object::from_owned(py, api::PyModule_NewObject(name.as_raw())) }
}

/// Adds the functions of a submodule. They are bound to the extension module, whose state they use, and keep it alive even if the
/// submodule is freed.
fn add_functions(
    module: &Object<'_>,
    root: &Object<'_>,
    name: &str,
    functions: &'static [MethodDef],
) -> Result<()> {
    let name = string::from_str(root.py(), name)?;
    for function in functions {
        // SAFETY: the method's name ends with NUL and lives forever.
        let attribute = unsafe { CStr::from_ptr(function.name) };
        let function = new_function(root.py(), function, Some(root), Some(&name))?;
        set_attribute(module, attribute, &function)?;
    }
    Ok(())
}

/// Sets the origin of a submodule as importlib does for modules that it finds.
fn set_origin<'py>(module: &Object<'py>, root: &Object<'py>, name: &str) -> Result<()> {
    let py = root.py();
    let given = |name: &CStr| root.attribute(name).unwrap_or_else(|_| py.none());
    let (loader, file) = (given(c"__loader__"), given(c"__file__"));
    let class = imported(py, "_frozen_importlib", c"ModuleSpec")?;
    let keywords = [
        (c"origin", file.clone()),
        // The submodule keeps alive the module that it needs.
        (c"loader_state", root.clone()),
    ];
    let spec = call(
        &class,
        [string::from_str(py, name)?, loader.clone()],
        keywords,
    )?;
    if !file.is_none() {
        set_attribute(&spec, c"has_location", &true.into_python::<Probed>(py)?)?;
        set_attribute(module, c"__file__", &file)?;
    }
    set_attribute(module, c"__spec__", &spec)?;
    set_attribute(module, c"__loader__", &loader)?;
    set_attribute(module, c"__package__", &spec.attribute(c"parent")?)
}

fn set_item(dict: &Object<'_>, key: &Object<'_>, value: &Object<'_>) -> Result<()> {
    // SAFETY: alive and attached; `sys.modules` is a dict.
    if unsafe { api::PyDict_SetItem(dict.as_raw(), key.as_raw(), value.as_raw()) } < 0 {
        return Err(Error::fetch(dict.py()));
    }
    Ok(())
}

fn remove_item(dict: &Object<'_>, key: &Object<'_>) -> Result<()> {
    // SAFETY: alive and attached.
    if unsafe { api::PyObject_DelItem(dict.as_raw(), key.as_raw()) } < 0 {
        return Err(Error::fetch(dict.py()));
    }
    Ok(())
}
