//! Warnings of Python's `warnings` module.

use std::ffi::CStr;

use crate::error::Error;
use crate::python::Python;
use crate::{Result, api};

/// Warns the calling Python code that it uses something deprecated.
///
/// # Errors
/// The DeprecationWarning itself, if the filters of `warnings` turn it into an error.
#[cold]
pub fn warn_deprecated(py: Python<'_>, message: &CStr) -> Result<()> {
    // SAFETY: attached; PyErr_WarnEx borrows both, and copies the message, which is UTF-8. Level 1 is the caller, since functions
    // written in C have no frame.
    let status = unsafe { api::PyErr_WarnEx(api::PyExc_DeprecationWarning(), message.as_ptr(), 1) };
    match status {
        0 => Ok(()),
        _ => Err(Error::fetch(py)),
    }
}
