//! Type aliases: attributes of a module that are made when somebody asks for them (PEP 562), as they need the `typing`
//! module, which takes longer to import than everything else here.

use super::ModuleDefinition;
use super::init::{add, definition_of, required_by};
use crate::call::Returned;
use crate::convert::FromArgument;
use crate::dynamic::{attribute, call, imported, new_function, tuple};
use crate::error::Error;
use crate::exceptions::AttributeError;
use crate::ffi::{METH_O, MethodDef, Raw};
use crate::fork::OnceLock;
use crate::layout::Probed;
use crate::object::{Argument, Object};
use crate::panic::returning_object;
use crate::python::Python;
use crate::{Result, api, convert};
use std::ffi::{CStr, c_void};

/// A type alias of a module.
#[derive(Clone, Copy)]
pub struct Alias {
    name: &'static CStr,
    expression: &'static CStr,
}

/// A type alias. `expression` is Python 3.8 and may use the module's own names, `typing`, `collections`, `datetime`, `decimal`, `os`, `pathlib`, `uuid`,
/// `__pyidl_root__` (the extension module) and `__pyidl_required__` (those that it requires).
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

/// `__getattr__` of a module in `root` with aliases.
///
/// # Errors
/// MemoryError.
pub(super) fn getattr_of_submodule<'py>(
    module: &Object<'py>,
    root: &Object<'py>,
    definition: &'static ModuleDefinition,
) -> Returned<'py> {
    static METHOD: OnceLock<Method> = OnceLock::new();
    let py = module.py();
    let pointer = std::ptr::from_ref(definition).cast_mut().cast();
    // SAFETY: attached; the definition and the name live for ever.
    let capsule = unsafe {
        let capsule = api::PyCapsule_New(pointer, CAPSULE.as_ptr(), std::ptr::null());
        Object::from_owned(py, capsule)?
    };
    let context = tuple(py, [module.clone(), root.clone(), capsule])?;
    let method = &METHOD.get_or_init(|| Method(getattr_method())).0;
    new_function(py, method, Some(&context), None)
}

/// The name of the capsules that hold definitions.
const CAPSULE: &CStr = c"pyidl.module_definition";

struct Method(MethodDef);
// SAFETY: the definition does not change.
unsafe impl Send for Method {}
// SAFETY: as above.
unsafe impl Sync for Method {}

/// The module of a `__getattr__`.
struct Context<'py> {
    module: Object<'py>,
    /// The extension module that it is in, or is.
    root: Object<'py>,
    definition: Option<&'static ModuleDefinition>,
}

impl<'py> Context<'py> {
    /// `this` is what the function is bound to: the extension module, or what [`getattr_of_submodule`] has put together.
    fn of(this: Argument<'py>) -> Result<Self> {
        let py = this.py();
        if !this.is_instance(api::PyTuple_Type()) {
            let module = this.to_object();
            return Ok(Self {
                root: module.clone(),
                module,
                definition: definition_of(this),
            });
        }
        let item = |index| {
            // SAFETY: attached; the tuple owns its items.
            unsafe {
                let item = api::PyTuple_GetItem(this.as_raw(), index);
                if item.is_null() {
                    return Err(Error::fetch(py));
                }
                Ok(Object::from_borrowed(py, item))
            }
        };
        // SAFETY: alive and attached; a capsule of this name has a definition, which lives for ever.
        let definition = unsafe {
            let pointer = api::PyCapsule_GetPointer(item(2)?.as_raw(), CAPSULE.as_ptr());
            pointer.cast::<ModuleDefinition>().as_ref()
        };
        if definition.is_none() {
            return Err(Error::fetch(py));
        }
        Ok(Self {
            module: item(0)?,
            root: item(1)?,
            definition,
        })
    }
}

unsafe extern "C" fn get_attribute(this: Raw, name: Raw) -> Raw {
    // SAFETY: Python calls functions of its method tables on an attached thread, with what the function is bound to and
    // an argument that is alive for the call.
    let (py, this, name) = unsafe {
        let this = Argument::from_raw(this);
        (Python::assume_attached(), this, Argument::from_raw(name))
    };
    returning_object(py, || {
        let name = <&str>::from_argument::<Probed>(name)?;
        let context = Context::of(this)?;
        let aliases = context
            .definition
            .map_or(&[][..], |definition| definition.aliases);
        let Some(alias) = aliases
            .iter()
            .find(|alias| alias.name.to_bytes() == name.as_bytes())
        else {
            return Err(no_attribute(context.definition, name));
        };
        let value = evaluate(&context, alias.expression)?;
        add(py, context.module.as_raw(), alias.name, value.as_raw())?;
        Ok(value)
    })
}

/// The words of CPython for a module without `__getattr__`.
fn no_attribute(definition: Option<&ModuleDefinition>, name: &str) -> Error {
    let module = definition.map_or_else(Default::default, |it| it.name.to_string_lossy());
    AttributeError::new(format!("module '{module}' has no attribute '{name}'")).into()
}

/// The value of an expression in the names of a module.
fn evaluate<'py>(context: &Context<'py>, expression: &CStr) -> Result<Object<'py>> {
    let py = context.module.py();
    let own = attribute(&context.module, c"__dict__")?;
    py.import("collections.abc")?;
    let required = required_by(context.root.as_argument()).iter();
    // SAFETY: kept alive by the module that requires them; attached.
    let required = required.map(|module| unsafe { Object::from_borrowed(py, *module) });
    let names = call(
        &imported(py, "builtins", c"dict")?,
        [own],
        [
            (c"__pyidl_root__", context.root.clone()),
            (c"__pyidl_required__", tuple(py, required)?),
            (c"collections", py.import("collections")?),
            (c"datetime", py.import("datetime")?),
            (c"decimal", py.import("decimal")?),
            (c"os", py.import("os")?),
            (c"pathlib", py.import("pathlib")?),
            (c"typing", py.import("typing")?),
            (c"uuid", py.import("uuid")?),
        ],
    )?;
    let expression = convert::string::from_str(py, &expression.to_string_lossy())?;
    call(&imported(py, "builtins", c"eval")?, [expression, names], [])
}
