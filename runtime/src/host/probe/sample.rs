//! Objects to try things on, and what they say of themselves.

use crate::api;
use crate::ffi::Raw;
use crate::host::find::Library;
use std::cell::Cell;
use std::ffi::CStr;

thread_local! {
    static STARVED: Cell<bool> = const { Cell::new(false) };
}

/// What `probe` finds, unless Python could not make an object for it, so that it shows nothing.
pub(super) fn unless_starved<T>(probe: impl FnOnce() -> T) -> Option<T> {
    STARVED.set(false);
    let found = probe();
    (!STARVED.get()).then_some(found)
}

/// An object made for a probe, released at its end.
pub(super) struct Sample(pub(super) Raw);

impl Sample {
    /// Takes over a new reference, if there is one.
    pub(super) unsafe fn new(object: Raw) -> Option<Sample> {
        if object.is_null() {
            STARVED.set(true);
            // SAFETY: attached.
            unsafe { api::PyErr_Clear() };
            return None;
        }
        Some(Sample(object))
    }

    /// An attribute of the module `sys`. No import is needed for it, which may run Python code.
    pub(super) unsafe fn of_sys(name: &CStr) -> Option<Sample> {
        // SAFETY: attached (caller); the reference that this gives is borrowed, or null without an exception.
        unsafe {
            let object = api::PySys_GetObject(name.as_ptr());
            if object.is_null() {
                return None;
            }
            api::Py_IncRef(object);
            Some(Sample(object))
        }
    }

    /// One more reference, for a function that steals it.
    pub(super) unsafe fn reference(&self) -> Raw {
        // SAFETY: alive and attached.
        unsafe { api::Py_IncRef(self.0) };
        self.0
    }
}

impl Drop for Sample {
    fn drop(&mut self) {
        // SAFETY: holds one reference; samples do not outlive the probe, during which the thread is attached.
        unsafe { api::Py_DecRef(self.0) };
    }
}

/// `__basicsize__` of a type, 0 when it cannot be had.
pub(super) unsafe fn basic_size(class: Raw) -> usize {
    // SAFETY: a type object; attached (caller).
    unsafe { integer_attribute(class, c"__basicsize__") }.map_or(0, |size| size as usize)
}

pub(super) unsafe fn integer_attribute(object: Raw, name: &CStr) -> Option<i64> {
    // SAFETY: a live object; attached (caller). The value is released after it was read.
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

/// Whether references are traced. Only then is there `sys.gettotalrefcount`, and this symbol.
pub(super) unsafe fn is_debug_build(library: &Library) -> bool {
    // SAFETY: attached (caller).
    !library.symbol("_Py_NegativeRefcount\0").is_null()
        || unsafe { Sample::of_sys(c"gettotalrefcount") }.is_some()
}
