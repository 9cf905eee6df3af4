//! The Python that loaded this module: where its C API is, which version it is, and which memory layouts hold in it.

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

/// What does not change while the process runs, of the one Python that this module serves.
pub(crate) struct Host {
    library: find::Library,
    /// PyPy's emulation of the C API: its functions have names of their own and its objects are proxies.
    pub(crate) pypy: bool,
    pub(crate) version: Version,
    /// Size of `PyObject`, in bytes.
    pub(crate) header: usize,
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

/// The Python whose functions are in the API table: the address of one of them. Held while the table is filled, during which
/// no Python code runs.
static RESOLVED: Mutex<Option<usize>> = Mutex::new(None);

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

/// Finds the Python that called (its code is at `caller`), resolves the API table and probes the layouts: once per process,
/// but for imports that begin at the same time. Those probe each for themselves: probing may run Python code, which no other
/// thread is to wait for.
///
/// # Safety
/// To be called by the interpreter that imports the module, with the calling thread attached to it.
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
                // SAFETY: before there is a host, no other code of this crate runs.
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
    // PyPy makes its GIL when Python first starts a thread, and ends the process when another waits for it before.
    if host.pypy
        && let Some(make_gil) = api::PyEval_InitThreads()
    {
        // SAFETY: the thread is attached (caller). May be called any number of times.
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
    // SAFETY: no function of the table is called before it is resolved, and the mutex keeps other importers out.
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
