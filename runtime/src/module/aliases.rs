//! Type aliases: attributes of a module that are made when somebody asks for them (PEP 562), as they need the `typing`
//! module, which takes longer to import than everything else here.

use super::ModuleDefinition;
use super::init::{add, definition_of};
use crate::convert::FromArgument;
use crate::dynamic::{attribute, call, imported};
use crate::exceptions::AttributeError;
use crate::ffi::{METH_O, MethodDef, Raw};
use crate::layout::Probed;
use crate::object::{Argument, Object};
use crate::panic::returning_object;
use crate::python::Python;
use crate::{Result, convert};
use std::ffi::{CStr, c_void};

/// A type alias of a module.
#[derive(Clone, Copy)]
pub struct Alias {
    name: &'static CStr,
    expression: &'static CStr,
}

/// A type alias. `expression` is Python 3.8 and may use the module's own names, `typing`, `collections`, `os` and
/// `pathlib`.
pub const fn alias(name: &'static CStr, expression: &'static CStr) -> Alias {
    Alias { name, expression }
}

/// `__getattr__` of a module with aliases.
pub(super) fn getattr_method() -> MethodDef {
    MethodDef {
        name: c"__getattr__".as_ptr(),
        function: get_attribute as *const c_void,
        flags: METH_O,
        doc: c"__getattr__($module, name, /)\n--\n\n".as_ptr(),
    }
}

unsafe extern "C" fn get_attribute(module: Raw, name: Raw) -> Raw {
    // SAFETY: Python calls functions of its method tables on an attached thread, with the module whose function it is and
    // an argument that is alive for the call.
    let (py, module, name) = unsafe {
        let module = Argument::from_raw(module);
        (Python::assume_attached(), module, Argument::from_raw(name))
    };
    returning_object(py, || {
        let name = <&str>::from_argument::<Probed>(name)?;
        let definition = definition_of(module);
        let aliases = definition.map_or(&[][..], |definition| definition.aliases);
        let Some(alias) = aliases
            .iter()
            .find(|alias| alias.name.to_bytes() == name.as_bytes())
        else {
            return Err(no_attribute(definition, name));
        };
        let value = evaluate(&module.to_object(), alias.expression)?;
        add(py, module.as_raw(), alias.name, value.as_raw())?;
        Ok(value)
    })
}

/// The words of CPython for a module without `__getattr__`.
fn no_attribute(definition: Option<&ModuleDefinition>, name: &str) -> crate::Error {
    let module = definition.map_or_else(Default::default, |it| it.name.to_string_lossy());
    AttributeError::new(format!("module '{module}' has no attribute '{name}'")).into()
}

/// The value of an expression in the names of a module.
fn evaluate<'py>(module: &Object<'py>, expression: &CStr) -> Result<Object<'py>> {
    let py = module.py();
    let own = attribute(module, c"__dict__")?;
    py.import("collections.abc")?;
    let names = call(
        &imported(py, "builtins", c"dict")?,
        [own],
        [
            (c"collections", py.import("collections")?),
            (c"os", py.import("os")?),
            (c"pathlib", py.import("pathlib")?),
            (c"typing", py.import("typing")?),
        ],
    )?;
    let expression = convert::string::from_str(py, &expression.to_string_lossy())?;
    call(&imported(py, "builtins", c"eval")?, [expression, names], [])
}
