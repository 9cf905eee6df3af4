//! Python operations by name, for what is done once per type or in errors: building objects, calling standard library
//! functions.

use std::ffi::CStr;

use crate::error::Error;
use crate::ffi::MethodDef;
use crate::object::Object;
use crate::python::Python;
use crate::{Result, api, callback};

/// An attribute.
///
/// # Errors
/// AttributeError, or what Python code raises.
pub(crate) fn attribute<'py>(object: &Object<'py>, name: &CStr) -> Result<Object<'py>> {
    let _nested = callback::nest()?;
    // SAFETY: alive and attached; the name ends with NUL.
    unsafe {
        let value = api::PyObject_GetAttrString(object.as_raw(), name.as_ptr());
        Object::from_owned(object.py(), value)
    }
}

/// Sets an attribute.
///
/// # Errors
/// AttributeError, or what Python code raises.
pub(crate) fn set_attribute(object: &Object<'_>, name: &CStr, value: &Object<'_>) -> Result<()> {
    // SAFETY: alive and attached; the name ends with NUL.
    let status =
        unsafe { api::PyObject_SetAttrString(object.as_raw(), name.as_ptr(), value.as_raw()) };
    if status < 0 {
        return Err(Error::fetch(object.py()));
    }
    Ok(())
}

/// An attribute of a module.
///
/// # Errors
/// ImportError, AttributeError, or what Python code raises.
pub(crate) fn imported<'py>(py: Python<'py>, module: &str, name: &CStr) -> Result<Object<'py>> {
    attribute(&py.import(module)?, name)
}

/// A tuple.
///
/// # Errors
/// MemoryError.
pub(crate) fn tuple<'py>(
    py: Python<'py>,
    items: impl IntoIterator<Item = Object<'py>, IntoIter: ExactSizeIterator>,
) -> Result<Object<'py>> {
    let items = items.into_iter();
    // SAFETY: attached; PyTuple_SetItem takes over the references.
    unsafe {
        let tuple = Object::from_owned(py, api::PyTuple_New(items.len() as isize))?;
        for (index, item) in items.enumerate() {
            api::PyTuple_SetItem(tuple.as_raw(), index as isize, item.into_raw());
        }
        Ok(tuple)
    }
}

/// A str.
///
/// # Errors
/// MemoryError.
pub(crate) fn text<'py>(py: Python<'py>, text: &CStr) -> Result<Object<'py>> {
    crate::convert::string::from_str(py, &text.to_string_lossy())
}

/// A dict with text keys.
///
/// # Errors
/// MemoryError.
pub(crate) fn dict<'py, 'a>(
    py: Python<'py>,
    items: impl IntoIterator<Item = (&'a CStr, Object<'py>)>,
) -> Result<Object<'py>> {
    // SAFETY: alive and attached; the keys end with NUL.
    unsafe {
        let dict = Object::from_owned(py, api::PyDict_New())?;
        for (key, value) in items {
            if api::PyDict_SetItemString(dict.as_raw(), key.as_ptr(), value.as_raw()) < 0 {
                return Err(Error::fetch(py));
            }
        }
        Ok(dict)
    }
}

/// Calls an object with positional and keyword arguments.
///
/// # Errors
/// What it raises.
pub(crate) fn call<'py, const P: usize, const K: usize>(
    callable: &Object<'py>,
    positional: [Object<'py>; P],
    keywords: [(&CStr, Object<'py>); K],
) -> Result<Object<'py>> {
    let py = callable.py();
    let positional = tuple(py, positional)?;
    let keywords = if K == 0 {
        None
    } else {
        Some(dict(py, keywords)?)
    };
    let keywords = keywords
        .as_ref()
        .map_or(std::ptr::null_mut(), Object::as_raw);
    let _nested = callback::nest()?;
    // SAFETY: alive and attached; no keywords are null.
    unsafe {
        let result = api::PyObject_Call(callable.as_raw(), positional.as_raw(), keywords);
        Object::from_owned(py, result)
    }
}

/// A function; `this` is what it is bound to, `module` the name of the module that it is said to be in.
///
/// # Errors
/// MemoryError.
pub(crate) fn new_function<'py>(
    py: Python<'py>,
    method: &'static MethodDef,
    this: Option<&Object<'py>>,
    module: Option<&Object<'py>>,
) -> Result<Object<'py>> {
    let or_null =
        |object: Option<&Object<'py>>| object.map_or(std::ptr::null_mut(), Object::as_raw);
    let (this, module) = (or_null(this), or_null(module));
    // SAFETY: attached; the definition is never freed, and of the objects the function keeps references. PyPy has only the
    // newer function, 3.8 only the older one.
    unsafe {
        let function = match (api::PyCMethod_New(), api::PyCFunction_NewEx()) {
            (Some(new), _) => new(method, this, module, std::ptr::null_mut()),
            (None, Some(new)) => new(method, this, module),
            (None, None) => return Err(Error::import_error("this Python makes no functions")),
        };
        Object::from_owned(py, function)
    }
}
