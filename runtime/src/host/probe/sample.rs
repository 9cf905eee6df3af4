//! Objects for experiments, and what they report about themselves.

use crate::api;
use crate::ffi::Raw;
use crate::host::find::Library;
use std::cell::Cell;
use std::ffi::CStr;

thread_local! {
    static STARVED: Cell<bool> = const { Cell::new(false) };
}

/// Returns the result of `probe`, unless Python could not create an object for it, so that the result is meaningless.
pub(super) fn unless_starved<T>(probe: impl FnOnce() -> T) -> Option<T> {
    STARVED.set(false);
    let found = probe();
    (!STARVED.get()).then_some(found)
}

/// An object created for a probe, released at its end.
pub(super) struct Sample(pub(super) Raw);

impl Sample {
    /// Takes ownership of a new reference, if there is one.
    pub(super) unsafe fn new(object: Raw) -> Option<Sample> {
        if object.is_null() {
            STARVED.set(true);
            // SAFETY: attached.
            unsafe { api::PyErr_Clear() };
            return None;
        }
        Some(Sample(object))
    }

    /// Returns an attribute of the module `sys`. This needs no import, which may run Python code.
    pub(super) unsafe fn of_sys(name: &CStr) -> Option<Sample> {
        // SAFETY: attached (caller); the returned reference is borrowed, or null without an exception.
        unsafe {
            let object = api::PySys_GetObject(name.as_ptr());
            if object.is_null() {
                return None;
            }
            api::Py_IncRef(object);
            Some(Sample(object))
        }
    }

    /// Returns an additional reference, for a function that steals it.
    pub(super) unsafe fn reference(&self) -> Raw {
        // SAFETY: alive and attached.
        unsafe { api::Py_IncRef(self.0) };
        self.0
    }
}

impl Drop for Sample {
    fn drop(&mut self) {
        // SAFETY: the sample owns one reference; samples do not outlive the probe, during which the thread is attached.
        unsafe { api::Py_DecRef(self.0) };
    }
}

/// Returns `__basicsize__` of a type, or 0 if it is not available.
pub(super) unsafe fn basic_size(class: Raw) -> usize {
    // SAFETY: a type object; attached (caller).
    unsafe { integer_attribute(class, c"__basicsize__") }.map_or(0, |size| size as usize)
}

pub(super) unsafe fn integer_attribute(object: Raw, name: &CStr) -> Option<i64> {
    // SAFETY: a live object; attached (caller). The value is released after it is read.
    unsafe {
        let value = api::PyObject_GetAttrString(object, name.as_ptr());
        if value.is_null() {
            STARVED.set(true);
            api::PyErr_Clear();
            return None;
        }
        let number = api::PyLong_AsLongLong(value);
        api::Py_DecRef(value);
        Some(number)
    }
}

/// Returns whether references are traced. Only then do `sys.gettotalrefcount` and this symbol exist.
pub(super) unsafe fn is_debug_build(library: &Library) -> bool {
    // SAFETY: attached (caller).
    !library.symbol("_Py_NegativeRefcount\0").is_null()
        || unsafe { Sample::of_sys(c"gettotalrefcount") }.is_some()
}
