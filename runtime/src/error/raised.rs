//! Moves exceptions between the thread, where Python stores the one that is raised, and Rust values.

use crate::api;
use crate::exceptions::BuiltinException;
use crate::ffi::Raw;
use crate::object::Any;
use crate::python::Python;

/// Takes the raised exception from the thread, with its traceback.
pub(super) fn take_raised(py: Python<'_>) -> Option<Any<'_>> {
    // SAFETY: attached (`py`); the functions return new references or null.
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

/// The origin of an exception object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// It was created, and never raised.
    New,
    /// Python raised it while the exception at this address was being handled, or null if none was. The handled exception is the
    /// last in this one's chain of contexts, which keeps it alive, so that no other exception has its address.
    RaisedWhileHandling(Raw),
}

// SAFETY: the address is only compared.
unsafe impl Send for Origin {}
// SAFETY: as above.
unsafe impl Sync for Origin {}

impl Origin {
    /// Returns the origin of an exception that Python has just raised on this thread.
    pub(super) fn here(py: Python<'_>) -> Origin {
        Origin::RaisedWhileHandling(handled(py))
    }
}

/// Returns the exception that Python code is handling on this thread, as `sys.exc_info` returns it, or null. It may only be
/// compared.
fn handled(_py: Python<'_>) -> Raw {
    let (mut class, mut value, mut traceback) = (
        std::ptr::null_mut(),
        std::ptr::null_mut(),
        std::ptr::null_mut(),
    );
    // SAFETY: attached (`_py`); both functions return new references or null.
    unsafe {
        if let Some(get) = api::PyErr_GetHandledException() {
            value = get();
        } else if let Some(get) = api::PyErr_GetExcInfo() {
            get(&mut class, &mut value, &mut traceback);
        }
        for reference in [class, value, traceback] {
            if !reference.is_null() {
                api::Py_DecRef(reference);
            }
        }
    }
    if value == api::_Py_NoneStruct() {
        return std::ptr::null_mut();
    }
    value
}

/// Raises an exception object. If Python has raised it since it called the function that now fails, it keeps its traceback and
/// context. Any other is raised as by a `raise` statement.
pub(super) fn raise_object(exception: Any<'_>, origin: Origin) {
    let py = exception.py();
    if origin != Origin::here(py) {
        return set_object(exception);
    }
    // SAFETY: attached; both functions take ownership of the references that they are given.
    unsafe {
        if let Some(set) = api::PyErr_SetRaisedException() {
            set(exception.into_raw());
            return;
        }
        let class = api::PyObject_Type(exception.as_raw());
        let traceback = api::PyException_GetTraceback(exception.as_raw());
        api::PyErr_Restore(class, exception.into_raw(), traceback);
    }
}

/// Raises an exception object as the `raise` statement does: an exception that is being handled becomes its context.
fn set_object(exception: Any<'_>) {
    // SAFETY: attached; the functions borrow their arguments.
    unsafe {
        let class = api::PyObject_Type(exception.as_raw());
        api::PyErr_SetObject(class, exception.as_raw());
        api::Py_DecRef(class);
    }
}

pub(super) fn set_message(_py: Python<'_>, exception: BuiltinException, message: &str) {
    // SAFETY: attached; PyErr_SetObject borrows its arguments. If no string can be created, MemoryError is already raised.
    unsafe {
        let text =
            api::PyUnicode_FromStringAndSize(message.as_ptr().cast(), message.len() as isize);
        if !text.is_null() {
            api::PyErr_SetObject(exception(), text);
            api::Py_DecRef(text);
        }
    }
}
