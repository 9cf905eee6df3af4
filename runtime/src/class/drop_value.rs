//! Drops a Rust value where no exception can be raised.

use crate::api;
use crate::error::Error;
use crate::panic::guard;
use crate::python::Python;

/// Drops the value. Restores Python's current exception if its `Drop` changes it. A panic is reported on stderr like an exception
/// in a finaliser (`sys.unraisablehook`).
///
/// # Safety
/// As for [`std::ptr::drop_in_place`]; the thread is attached.
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
