//! Dropping a Rust value where no exception can be raised.

use crate::api;
use crate::error::Error;
use crate::panic::guard;
use crate::python::Python;

/// Drops the value. What its `Drop` does to Python's current exception is undone; a panic is written to stderr as an
/// exception in a finaliser is (`sys.unraisablehook`).
///
/// # Safety
/// As for [`std::ptr::drop_in_place`]; attached.
pub(super) unsafe fn drop_value<T>(value: *mut T) {
    // SAFETY: attached (caller).
    let py = unsafe { Python::assume_attached() };
    let current = Error::take(py);
    let result = guard(|| {
        // SAFETY: as promised by the caller.
        unsafe { std::ptr::drop_in_place(value) };
        Ok(())
    });
    if let Err(error) = result {
        error.raise(py);
        // SAFETY: attached; an exception is set.
        unsafe { api::PyErr_WriteUnraisable(std::ptr::null_mut()) };
    }
    if let Some(current) = current {
        current.raise(py);
    }
}
