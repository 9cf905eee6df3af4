//! Objects to try things on, and what they say of themselves.

use crate::api;
use crate::ffi::Raw;
use std::ffi::CStr;

/// An object made for a probe, released at its end.
pub(super) struct Sample(pub(super) Raw);

impl Sample {
    /// Takes over a new reference, if there is one.
    pub(super) unsafe fn new(object: Raw) -> Option<Sample> {
        if object.is_null() {
            // SAFETY: attached.
            unsafe { api::PyErr_Clear() };
            return None;
        }
        Some(Sample(object))
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
            api::PyErr_Clear();
            return None;
        }
        let number = api::PyLong_AsLongLong(value);
        api::Py_DecRef(value);
        Some(number)
    }
}

/// `sys.gettotalrefcount` exists only where references are traced.
pub(super) unsafe fn is_debug_build(sys: Raw) -> bool {
    // SAFETY: a live module; attached (caller).
    unsafe {
        let function = api::PyObject_GetAttrString(sys, c"gettotalrefcount".as_ptr());
        if function.is_null() {
            api::PyErr_Clear();
            return false;
        }
        api::Py_DecRef(function);
        true
    }
}
