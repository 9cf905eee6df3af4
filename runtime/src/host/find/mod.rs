//! Finds the Python C API in the running process.
//!
//! The search order determines which Python is found if a process contains several: first the object that called, then the
//! symbols that the process itself exports (statically linked interpreters), then any loaded object.

#[cfg_attr(unix, path = "unix.rs")]
#[cfg_attr(windows, path = "windows.rs")]
mod system;

use crate::ffi::Raw;
use std::ffi::{CString, c_char, c_void};

/// A loaded object that has the Python C API. It is never closed: it lives as long as the running Python.
pub(crate) struct Library {
    handle: system::Handle,
    pypy: bool,
}

/// Returns the library of the Python whose code contains the address `caller`, or of any Python in the process.
pub(super) fn find(caller: *const c_void) -> Option<Library> {
    system::object_of(caller)
        .and_then(Library::with_python)
        .or_else(|| Library::with_python(system::process()))
        .or_else(|| system::first_loaded(Library::with_python))
}

impl Library {
    fn with_python(handle: system::Handle) -> Option<Library> {
        let pypy = if !system::symbol(&handle, "Py_GetVersion\0").is_null() {
            false
        } else if !system::symbol(&handle, "PyPy_GetVersion\0").is_null() {
            true
        } else {
            return None;
        };
        Some(Library { handle, pypy })
    }

    pub(super) fn is_pypy(&self) -> bool {
        self.pypy
    }

    /// Returns the address of the function or object with this CPython name (with a final NUL); null if there is none.
    pub(crate) fn symbol(&self, name: &str) -> *mut c_void {
        debug_assert!(name.ends_with('\0'));
        if self.pypy {
            system::symbol(&self.handle, &pypy_name(name))
        } else {
            system::symbol(&self.handle, name)
        }
    }
}

/// Returns PyPy's name for a symbol. PyPy inserts `PyPy`, so that both can be in one process: `_Py_NoneStruct` is
/// `_PyPy_NoneStruct` and `PyLong_Type` is `PyPyLong_Type`.
fn pypy_name(name: &str) -> String {
    match name.strip_prefix('_') {
        Some(rest) => format!("_Py{rest}"),
        None => format!("Py{name}"),
    }
}

/// Raises ImportError in the Python of `library`, which is not the one that the API table serves.
///
/// # Safety
/// The thread is attached to the Python of `library`.
pub(super) unsafe fn raise_import_error(library: &Library, message: &str) {
    let set_string = library.symbol("PyErr_SetString\0");
    let import_error = library.symbol("PyExc_ImportError\0");
    if set_string.is_null() || import_error.is_null() {
        return;
    }
    let message = CString::new(message).unwrap_or_default();
    // SAFETY: the symbols have these types in every Python; the thread is attached to this one (caller).
    unsafe {
        let set_string: unsafe extern "C" fn(Raw, *const c_char) = std::mem::transmute(set_string);
        set_string(*import_error.cast::<Raw>(), message.as_ptr());
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn pypy_names() {
        assert_eq!(super::pypy_name("PyLong_Type\0"), "PyPyLong_Type\0");
        assert_eq!(super::pypy_name("Py_GetVersion\0"), "PyPy_GetVersion\0");
        assert_eq!(super::pypy_name("_Py_NoneStruct\0"), "_PyPy_NoneStruct\0");
    }
}
