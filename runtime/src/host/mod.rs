//! The Python that loaded this module: the address of its C API, its version, and the memory layouts that hold in it.

mod find;
mod probe;
mod version;

use crate::api;
use crate::fork::{Mutex, OnceLock};
use crate::layout;
use crate::python::Python;
use std::ffi::c_void;

pub(crate) use probe::LAST_KNOWN;
use probe::fill_small_integers;
pub(crate) use version::Version;

/// The facts about the Python that this module serves. They do not change while the process runs.
pub(crate) struct Host {
    library: find::Library,
    /// Whether it is PyPy's emulation of the C API: its functions have different names and its objects are proxies.
    pub(crate) pypy: bool,
    pub(crate) version: Version,
    /// Size of `PyObject`, in bytes.
    pub(crate) header: usize,
}

/// The reasons for which a Python cannot use this module.
pub(crate) enum Refused {
    /// The process contains no Python API, so no Python exception can be raised either.
    NoPython,
    /// The importing Python is not the one that this module already serves, or lacks a function that every supported version has.
    /// The library is used to raise an ImportError in it.
    Unusable(find::Library, String),
}

static HOST: OnceLock<Host> = OnceLock::new();

/// The Python whose functions are in the API table, by the address of one of them. Locked while the table is filled; no Python
/// code runs meanwhile.
static RESOLVED: Mutex<Option<usize>> = Mutex::new(None);

/// Returns the host. May be called only once the module has been imported. Before that there is no host and the process aborts,
/// since no caller could continue.
#[inline]
pub(crate) fn host() -> &'static Host {
    HOST.get().unwrap_or_else(|| {
        eprintln!("pyidl: Python was asked for before a Python imported this module");
        std::process::abort()
    })
}

/// Returns whether a Python has imported this module.
pub(crate) fn is_known() -> bool {
    HOST.get().is_some()
}

/// Returns the address of a symbol of the host's C API, by its CPython name with a final NUL; null if the host has none.
pub(crate) fn symbol(name: &str) -> *mut c_void {
    HOST.get()
        .map_or(std::ptr::null_mut(), |host| host.library.symbol(name))
}

/// Finds the Python that called (its code is at `caller`), resolves the API table and probes the layouts. This happens once per
/// process, except that concurrent first imports each probe separately: probing may run Python code, and no other thread may wait
/// for that.
///
/// # Safety
/// Must be called by the interpreter that imports the module, with the calling thread attached to it.
pub(crate) unsafe fn initialise(caller: *const c_void) -> Result<&'static Host, Refused> {
    let library = find::find(caller).ok_or(Refused::NoPython)?;
    let library = resolve(library)?;
    let host = match HOST.get() {
        Some(host) => host,
        None => {
            // SAFETY: the table is resolved, the thread attached (caller).
            let Some(facts) = (unsafe { probe::probe(&library) }) else {
                let message = "there is no memory to find out how this Python keeps its objects";
                return Err(Refused::Unusable(library, message.into()));
            };
            // SAFETY: as above.
            unsafe { fill_small_integers(&facts.layouts) };
            HOST.get_or_init(|| {
                // SAFETY: until there is a host, no other code of this crate runs.
                unsafe { layout::publish(facts.layouts) };
                Host {
                    library,
                    pypy: facts.pypy,
                    version: facts.version,
                    header: facts.layouts.header,
                }
            })
        }
    };
    // PyPy creates its GIL when Python first starts a thread, and ends the process if another thread waits for it before that.
    if host.pypy
        && let Some(make_gil) = api::PyEval_InitThreads()
    {
        // SAFETY: the thread is attached (caller). The function may be called any number of times.
        unsafe { make_gil() };
    }
    // SAFETY: the thread is attached (caller).
    crate::panic::install_hook(unsafe { Python::assume_attached() });
    crate::fork::watch();
    Ok(host)
}

/// Fills the API table with the functions of `library`, unless it is filled already.
fn resolve(library: find::Library) -> Result<find::Library, Refused> {
    let address = library.symbol("Py_GetVersion\0") as usize;
    let mut resolved = RESOLVED.lock();
    match *resolved {
        Some(other) if other == address => return Ok(library),
        Some(_) => {
            return Err(Refused::Unusable(
                library,
                "this extension module is already in use by another Python in the same process"
                    .into(),
            ));
        }
        None => {}
    }
    // SAFETY: no function of the table is called before the table is resolved, and the mutex excludes other importers.
    if let Err(missing) = unsafe { api::resolve(&|name| library.symbol(name)) } {
        return Err(Refused::Unusable(
            library,
            format!("this extension module needs a Python whose C API has {missing}"),
        ));
    }
    *resolved = Some(address);
    Ok(library)
}

impl Refused {
    /// Raises the ImportError in the importing Python, if possible.
    ///
    /// # Safety
    /// The thread is attached to the importing Python.
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
