//! Moving exceptions between the thread, where Python keeps the one that is raised, and Rust values.

use crate::api;
use crate::exceptions::BuiltinException;
use crate::object::Any;
use crate::python::Python;

/// Takes the raised exception from the thread, with its traceback.
pub(super) fn take_raised(py: Python<'_>) -> Option<Any<'_>> {
    // SAFETY: attached (`py`); the functions give new references or null.
    unsafe {
        if let Some(get) = api::PyErr_GetRaisedException() {
            let exception = get();
            return (!exception.is_null()).then(|| Any::from_owned_unchecked(py, exception));
        }
        let (mut class, mut value, mut traceback) = (
            std::ptr::null_mut(),
            std::ptr::null_mut(),
            std::ptr::null_mut(),
        );
        api::PyErr_Fetch(&mut class, &mut value, &mut traceback);
        if class.is_null() {
            return None;
        }
        api::PyErr_NormalizeException(&mut class, &mut value, &mut traceback);
        if !traceback.is_null() {
            api::PyException_SetTraceback(value, traceback);
            api::Py_DecRef(traceback);
        }
        api::Py_DecRef(class);
        (!value.is_null()).then(|| Any::from_owned_unchecked(py, value))
    }
}

/// Raises an exception that was raised before: its traceback and context stay.
pub(super) fn raise_object(exception: Any<'_>) {
    let py = exception.py();
    // SAFETY: attached; both functions take over the references that they are given.
    unsafe {
        if let Some(set) = api::PyErr_SetRaisedException() {
            set(exception.into_raw());
            return;
        }
        let class = api::PyObject_Type(exception.as_raw());
        let traceback = api::PyException_GetTraceback(exception.as_raw());
        api::PyErr_Restore(class, exception.into_raw(), traceback);
    }
    let _ = py;
}

/// Raises a new exception object; an exception that is being handled becomes its context.
pub(super) fn set_object(exception: Any<'_>) {
    // SAFETY: attached; the functions borrow their arguments.
    unsafe {
        let class = api::PyObject_Type(exception.as_raw());
        api::PyErr_SetObject(class, exception.as_raw());
        api::Py_DecRef(class);
    }
}

pub(super) fn set_message(_py: Python<'_>, exception: BuiltinException, message: &str) {
    // SAFETY: attached; PyErr_SetObject borrows its arguments. When no string can be made, MemoryError is raised already.
    unsafe {
        let text =
            api::PyUnicode_FromStringAndSize(message.as_ptr().cast(), message.len() as isize);
        if !text.is_null() {
            api::PyErr_SetObject(exception(), text);
            api::Py_DecRef(text);
        }
    }
}
