//! Opens shared Python libraries as programs that embed Python do.

use std::ffi::{CStr, c_char};
use std::mem::ManuallyDrop;
use std::path::Path;

use libloading::Library;

use crate::host::LAST_KNOWN;

/// Major and minor version of the newest Python whose object layouts this crate knows. On later versions, modules use only API
/// functions.
pub const NEWEST_KNOWN_VERSION: (u8, u8) = (LAST_KNOWN.major, LAST_KNOWN.minor);

/// Opens the shared Python library at `path` and reads its version. The library stays loaded.
///
/// The version is in the form of `sys.version`: `3.12.1 (main, …) [GCC 12.2.0]`. No interpreter is started.
///
/// # Errors
///
/// The message of the dynamic loader: no such file, a file for another machine, missing dependencies; or that the library is not
/// Python.
pub fn library_version(path: &Path) -> Result<String, libloading::Error> {
    type GetVersion = unsafe extern "C" fn() -> *const c_char;
    // SAFETY: opening a library runs its initialisers. Those of libpython set up nothing before Py_Initialize; that the file is a
    // libpython has to be trusted, as for a program that is run.
    // From 3.13 on they register a function that every thread calls when it ends (mimalloc's), so the library must not be
    // unloaded: it is never closed.
    let library = ManuallyDrop::new(unsafe { Library::new(path)? });
    // SAFETY: `const char *Py_GetVersion(void)` in every version since 1.5.
    let get_version = unsafe { library.get::<GetVersion>(b"Py_GetVersion\0")? };
    // SAFETY: Py_GetVersion is among the functions that may be called before Python is initialised
    // (https://docs.python.org/3/c-api/init.html); it returns a NUL-terminated string in static storage of the library,
    // which stays loaded.
    let version = unsafe { CStr::from_ptr(get_version()) };
    Ok(version.to_string_lossy().into_owned())
}
