//! The Python that loaded this module: where its C API is, which version it is, and which memory layouts hold in it.

mod find;
mod probe;
mod version;

use crate::api;
use crate::layout::Layouts;
use std::ffi::c_void;
use std::sync::{Mutex, OnceLock};

pub(crate) use probe::{LAST_KNOWN, refresh_small_integers};
pub(crate) use version::Version;

/// What does not change while the process runs, of the one Python that this module serves.
pub(crate) struct Host {
    library: find::Library,
    /// PyPy's emulation of the C API: its functions have names of their own and its objects are proxies.
    pub(crate) pypy: bool,
    pub(crate) version: Version,
    /// Size of `PyObject`, in bytes.
    pub(crate) header: usize,
    pub(crate) layouts: Layouts,
}

/// Why a Python cannot use this module.
pub(crate) enum Refused {
    /// No Python API is in this process, so no Python exception can be raised either.
    NoPython,
    /// The Python that asks is not the one that this module already serves, or lacks what every supported version has. The
    /// library serves to raise an ImportError in it.
    Unusable(find::Library, String),
}

static HOST: OnceLock<Host> = OnceLock::new();
static INITIALISING: Mutex<()> = Mutex::new(());

/// The host. To be called only once the module has been imported; before that there is none and the process aborts, since
/// no caller could go on.
#[inline]
pub(crate) fn host() -> &'static Host {
    HOST.get().unwrap_or_else(|| {
        eprintln!("pyidl: Python was asked for before a Python imported this module");
        std::process::abort()
    })
}

/// Whether a Python has imported this module.
pub(crate) fn is_known() -> bool {
    HOST.get().is_some()
}

/// Address of a symbol of the host's C API, by its CPython name with a final NUL; null when the host has none.
pub(crate) fn symbol(name: &str) -> *mut c_void {
    HOST.get()
        .map_or(std::ptr::null_mut(), |host| host.library.symbol(name))
}

/// Finds the Python that called (its code is at `caller`), resolves the API table and probes the layouts: once per process.
///
/// # Safety
/// To be called by the interpreter that imports the module, with the calling thread attached to it.
pub(crate) unsafe fn initialise(caller: *const c_void) -> Result<&'static Host, Refused> {
    let library = find::find(caller).ok_or(Refused::NoPython)?;
    let _guard = INITIALISING
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner());
    if let Some(host) = HOST.get() {
        if library.symbol("Py_GetVersion\0") == host.library.symbol("Py_GetVersion\0") {
            // A subinterpreter, or the interpreter started again after Py_Finalize.
            // SAFETY: the table is resolved, the thread attached (caller).
            unsafe { refresh_small_integers(host) };
            return Ok(host);
        }
        return Err(Refused::Unusable(
            library,
            "this extension module is already in use by another Python in the same process".into(),
        ));
    }
    // SAFETY: no function of the table is called before the host is known, and the mutex keeps other importers out.
    if let Err(missing) = unsafe { api::resolve(&|name| library.symbol(name)) } {
        return Err(Refused::Unusable(
            library,
            format!("this extension module needs a Python whose C API has {missing}"),
        ));
    }
    // SAFETY: the table is resolved, the thread attached (caller).
    let host = unsafe { probe::probe(library) };
    crate::panic::install_hook();
    Ok(HOST.get_or_init(|| host))
}

impl Refused {
    /// Raises what can be raised: the ImportError in the Python that asked.
    ///
    /// # Safety
    /// The thread is attached to the Python that asked.
    pub(crate) unsafe fn raise(self) {
        match self {
            Refused::NoPython => eprintln!("pyidl: no Python API found in this process"),
            // SAFETY: as promised by the caller.
            Refused::Unusable(library, message) => unsafe {
                find::raise_import_error(&library, &message)
            },
        }
    }
}
