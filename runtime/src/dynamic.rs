//! Python operations by name, for code that runs once per type or for errors: creating objects, calling functions of the standard
//! library.

use std::ffi::CStr;

use crate::convert::tuple::with_items;
use crate::error::Error;
use crate::ffi::MethodDef;
use crate::object::Object;
use crate::python::Python;
use crate::{Result, api, callback};

/// Sets an attribute.
///
/// # Errors
/// AttributeError, or the exception that Python code raises.
pub(crate) fn set_attribute(object: &Object<'_>, name: &CStr, value: &Object<'_>) -> Result<()> {
    let _nested = callback::nest()?;
    // SAFETY: alive and attached; the name ends with NUL.
    let status =
        unsafe { api::PyObject_SetAttrString(object.as_raw(), name.as_ptr(), value.as_raw()) };
    if status < 0 {
        return Err(Error::fetch(object.py()));
    }
    Ok(())
}

/// Returns an attribute of a module.
///
/// # Errors
/// ImportError, AttributeError, or the exception that Python code raises.
pub(crate) fn imported<'py>(py: Python<'py>, module: &str, name: &CStr) -> Result<Object<'py>> {
    py.import(module)?.attribute(name)
}

/// Creates a tuple.
///
/// # Errors
/// MemoryError.
pub(crate) fn tuple<'py>(
    py: Python<'py>,
    items: impl IntoIterator<Item = Object<'py>, IntoIter: ExactSizeIterator>,
) -> Result<Object<'py>> {
    let mut items = items.into_iter();
    with_items(py, items.len(), || {
        Ok(items.next().unwrap_or_else(|| py.none()))
    })
}

/// Creates a str.
///
/// # Errors
/// MemoryError.
pub(crate) fn text<'py>(py: Python<'py>, text: &CStr) -> Result<Object<'py>> {
    crate::convert::string::from_str(py, &text.to_string_lossy())
}

/// Creates a dict with text keys.
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
/// The exception that it raises.
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
    // SAFETY: alive and attached; null stands for no keywords.
    unsafe {
        let result = api::PyObject_Call(callable.as_raw(), positional.as_raw(), keywords);
        Object::from_owned(py, result)
    }
}

/// Creates a function that is bound to `this`; `module` is the name of its module.
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
    // SAFETY: attached; the definition is never freed, and the function keeps references to the objects. PyPy has only the newer
    // function, 3.8 only the older one.
    unsafe {
        let function = match (api::PyCMethod_New(), api::PyCFunction_NewEx()) {
            (Some(new), _) => new(method, this, module, std::ptr::null_mut()),
            (None, Some(new)) => new(method, this, module),
            (None, None) => return Err(Error::import_error("this Python makes no functions")),
        };
        Object::from_owned(py, function)
    }
}
