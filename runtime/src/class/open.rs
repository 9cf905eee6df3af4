//! Additional functions of classes whose values come with `__init__`: open and derived ones. As for a class written in Python,
//! `__new__` creates an instance without a value, `__init__` creates the value, and both can be replaced
//! (`unittest.mock.patch.object`) and restored.

use std::ffi::{CStr, c_void};

use super::Class;
use crate::call::Returned;
use crate::convert::tuple::with_items;
use crate::dynamic::dict;
use crate::error::Error;
use crate::ffi::{METH_COEXIST, METH_FASTCALL, METH_KEYWORDS, METH_STATIC, MethodDef, Raw};
use crate::layout::{Layout, Probed};
use crate::object::{Argument, Object};
use crate::panic::returning_object;
use crate::python::Python;
use crate::type_object::{self, short_name};
use crate::{Result, api, callback};

/// `tp_new`. Python calls it until `__new__` is assigned.
pub(super) unsafe extern "C" fn new<C: Class>(class: Raw, _arguments: Raw, _keywords: Raw) -> Raw {
    // SAFETY: Python calls `tp_new` on an attached thread. Except on PyPy, it has checked that `class` is a class that has
    // this function or a subclass of one, whose instances are empty when their memory is zero.
    unsafe {
        if Probed::facts().empty_instances {
            let (py, class) = (Python::assume_attached(), Argument::from_raw(class));
            return returning_object(py, || allocate::<C>(class));
        }
        api::PyType_GenericAlloc(class, 0)
    }
}

/// Returns `__new__`, which replaces the method that Python creates from the slot. If that one were assigned to the class again
/// after being replaced, Python could not distinguish the two and would refuse to call it.
pub(super) fn new_method<C: Class>() -> MethodDef {
    MethodDef {
        name: c"__new__".as_ptr(),
        function: call_new::<C> as *const c_void,
        flags: METH_STATIC | METH_COEXIST | METH_FASTCALL | METH_KEYWORDS,
        doc: c"An instance whose value comes with `__init__`.".as_ptr(),
    }
}

unsafe extern "C" fn call_new<C: Class>(
    _: Raw,
    arguments: *const Raw,
    count: isize,
    _names: Raw,
) -> Raw {
    // SAFETY: Python calls methods on an attached thread, with arguments that are alive for the call.
    let py = unsafe { Python::assume_attached() };
    returning_object(py, || {
        if count < 1 {
            let name = short_name(C::DEFINITION.name);
            return Err(Error::type_error(format!(
                "{name}.__new__(): not enough arguments"
            )));
        }
        // SAFETY: there is at least one argument (checked above).
        allocate::<C>(unsafe { Argument::from_raw(*arguments) })
    })
}

/// Creates an instance without a value, of the class itself or of a subclass.
///
/// # Errors
/// TypeError for any other object; MemoryError.
fn allocate<C: Class>(class: Argument<'_>) -> Returned<'_> {
    type_object::expect_subtype::<C>(class, short_name(C::DEFINITION.name))?;
    // SAFETY: attached; Python lets a subclass only add to the layout of its base.
    unsafe { Object::from_owned(class.py(), api::PyType_GenericAlloc(class.as_raw(), 0)) }
}

/// Returns the result of `class(*arguments, **keywords)` if `__new__` or `__init__` of the class have been replaced.
///
/// # Safety
/// The arguments are those that Python passed to a vectorcall function.
#[cold]
#[inline(never)]
pub(super) unsafe fn construct<'py>(
    py: Python<'py>,
    class: Raw,
    arguments: *const Raw,
    count: usize,
    names: Raw,
) -> Returned<'py> {
    // SAFETY: as promised by the caller; attached. `type` is alive as long as Python.
    unsafe {
        let metaclass = Object::from_borrowed(py, api::PyType_Type());
        let call = metaclass.attribute(c"__call__")?;
        let mut positional =
            std::iter::once(class).chain((0..count).map(|index| *arguments.add(index)));
        let positional = with_items(py, count + 1, || {
            let object = positional.next().unwrap_or(class);
            Ok(Object::from_borrowed(py, object))
        })?;
        let keywords = keywords(py, arguments.add(count), names)?;
        let keywords = keywords
            .as_ref()
            .map_or(std::ptr::null_mut(), Object::as_raw);
        let _nested = callback::nest()?;
        let object = api::PyObject_Call(call.as_raw(), positional.as_raw(), keywords);
        Object::from_owned(py, object)
    }
}

/// # Safety
/// `names` is a tuple or null, and `values` has as many items.
unsafe fn keywords<'py>(
    py: Python<'py>,
    values: *const Raw,
    names: Raw,
) -> Result<Option<Object<'py>>> {
    if names.is_null() {
        return Ok(None);
    }
    const NOTHING: [(&CStr, Object<'_>); 0] = [];
    let keywords = dict(py, NOTHING)?;
    // SAFETY: as promised by the caller; attached.
    unsafe {
        for index in 0..crate::call::tuple_size(names) {
            let name = crate::call::tuple_item(names, index);
            if api::PyDict_SetItem(keywords.as_raw(), name, *values.add(index)) < 0 {
                return Err(Error::fetch(py));
            }
        }
    }
    Ok(Some(keywords))
}
