//! The interpreters that this library is used in, each from its first use until its end.
//!
//! What belongs to an interpreter hangs on its own dictionary (`PyInterpreterState_GetDict`), by a capsule. An interpreter
//! that ends clears that dictionary, in a thread that is still attached to it, before it frees the types that are left and
//! before another one can be at its address: the capsule's destructor is where its session ends.
//!
//! https://docs.python.org/3/c-api/init.html#c.PyInterpreterState_GetDict

use super::registry::{Opened, Record, Registry};
use super::{State, interpreter};
use crate::error::Error;
use crate::ffi::Raw;
use crate::fork::Mutex;
use crate::handle;
use crate::host::{Version, host};
use crate::object::Any;
use crate::python::Python;
use crate::{Result, api, convert};
use std::ffi::{CStr, c_void};
use std::num::NonZeroU64;
use std::sync::atomic::{AtomicU64, Ordering};

/// One interpreter, from the first use of this library in it until it ends.
pub(crate) struct Session {
    number: AtomicU64,
    contents: Mutex<Contents>,
}

/// What is given back when the interpreter ends.
#[derive(Default)]
struct Contents {
    states: Vec<&'static Record<State>>,
    kept: Vec<Kept>,
}

/// A reference that a session owns.
struct Kept(Raw);
// SAFETY: used only by threads attached to the interpreter of the session.
unsafe impl Send for Kept {}

static SESSIONS: Registry<Session> = Registry::new();
static NUMBERS: AtomicU64 = AtomicU64::new(1);

/// The name of the capsules.
const CAPSULE: &CStr = c"pyidl.session";

/// Tells an interpreter from all others, also from one that was started later at the same address; none where this library
/// has not been used in the interpreter, or where it is ending.
#[inline]
pub(crate) fn number(py: Python<'_>) -> Option<NonZeroU64> {
    SESSIONS.get(py).and_then(|session| session.number())
}

/// Whether the interpreter with this number has not ended yet.
pub(crate) fn is_open(number: NonZeroU64) -> bool {
    SESSIONS
        .iter()
        .any(|session| !session.is_closed() && session.number() == Some(number))
}

/// The session of the current interpreter, begun if this is its first use of this library.
///
/// # Errors
/// MemoryError; RuntimeError where the interpreter is ending.
pub(crate) fn open(py: Python<'_>) -> Result<&'static Record<Session>> {
    if let Some(session) = SESSIONS.get(py) {
        return Ok(session);
    }
    // An interpreter that has cleared its dictionary would get a new one, which nobody clears.
    if !has_modules(py) {
        return Err(Error::runtime_error("the interpreter is ending"));
    }
    let (session, opened) = SESSIONS.open(
        py,
        |_| true,
        |session| {
            let number = NUMBERS.fetch_add(1, Ordering::Relaxed);
            session.number.store(number, Ordering::Relaxed);
        },
        || Session {
            number: AtomicU64::new(0),
            contents: Mutex::default(),
        },
    );
    if opened == Opened::Now
        && let Err(error) = session.attach_to_interpreter(py)
    {
        session.close();
        return Err(error);
    }
    Ok(session)
}

/// Whether `sys.modules` is there, which an interpreter that is ending takes away.
fn has_modules(_py: Python<'_>) -> bool {
    // SAFETY: attached; a borrowed reference, or null, of which only the address is looked at.
    let modules = unsafe { api::PySys_GetObject(c"modules".as_ptr()) };
    !modules.is_null() && modules != api::_Py_NoneStruct()
}

impl Record<Session> {
    /// Puts a capsule into the interpreter's dictionary.
    fn attach_to_interpreter(&'static self, py: Python<'_>) -> Result<()> {
        // PyPy has one interpreter, which ends with the process.
        let Some(dictionary) = api::PyInterpreterState_GetDict() else {
            return Ok(());
        };
        let pointer = std::ptr::from_ref(self).cast_mut().cast();
        // SAFETY: attached; the dictionary is borrowed from the interpreter, and null where there is no memory for one. The
        // record lives for ever, and the destructor is of type PyCapsule_Destructor.
        let (dictionary, capsule) = unsafe {
            let dictionary = dictionary(interpreter::current());
            if dictionary.is_null() {
                return Err(Error::builtin(
                    api::PyExc_MemoryError,
                    "no memory for the interpreter's dictionary".to_owned(),
                ));
            }
            let destructor = end as *const c_void;
            let capsule = api::PyCapsule_New(pointer, CAPSULE.as_ptr(), destructor);
            (
                Any::from_borrowed(py, dictionary),
                Any::from_owned(py, capsule)?,
            )
        };
        // Another library with this crate in it has a capsule of its own.
        let key = format!("pyidl {:p}", &raw const SESSIONS);
        let key = convert::string::from_str(py, &key)?;
        // SAFETY: alive and attached.
        if unsafe { api::PyDict_SetItem(dictionary.as_raw(), key.as_raw(), capsule.as_raw()) } < 0 {
            return Err(Error::fetch(py));
        }
        Ok(())
    }
}

impl Session {
    pub(crate) fn number(&self) -> Option<NonZeroU64> {
        NonZeroU64::new(self.number.load(Ordering::Relaxed))
    }

    /// Keeps an object until the interpreter ends.
    pub(super) fn keep(&self, object: Any<'_>) {
        self.with_contents(|contents| contents.kept.push(Kept(object.into_raw())));
    }

    /// Ends a state with the interpreter.
    pub(super) fn add_state(&self, state: &'static Record<State>) {
        self.with_contents(|contents| contents.states.push(state));
    }

    /// `work` runs no Python code.
    fn with_contents<T>(&self, work: impl FnOnce(&mut Contents) -> T) -> T {
        work(&mut self.contents.lock())
    }
}

/// Whether what this library keeps for an interpreter stays until the interpreter ends. So it can be used without counting
/// references, also where threads run in parallel. Before 3.10 no collection of garbage follows the end of a session, and the
/// types would be left over for ever: there they belong to the modules, and go with them.
pub(crate) fn keeps_modules() -> bool {
    host().version >= Version::new(3, 10) && !host().pypy
}

/// The destructor of the capsules.
unsafe extern "C" fn end(capsule: Raw) {
    // SAFETY: called by Python for an object without references, on a thread that is attached to the interpreter whose
    // dictionary had it; a capsule of this name points to a record, which lives for ever.
    let (py, session) = unsafe {
        let record = api::PyCapsule_GetPointer(capsule, CAPSULE.as_ptr());
        let Some(session) = record.cast::<Record<Session>>().as_ref() else {
            return api::PyErr_Clear();
        };
        (Python::assume_attached(), session)
    };
    // What other threads have let go meanwhile.
    handle::release_waiting(py);
    let contents = session.with_contents(std::mem::take);
    // Nothing is found from here on; only then is it taken apart, which may run Python code.
    for state in &contents.states {
        state.close();
    }
    session.close();
    for state in contents.states {
        // SAFETY: attached to the interpreter that the state belonged to.
        unsafe { state.clear() };
    }
    for Kept(object) in contents.kept {
        // SAFETY: a reference that the session owned.
        unsafe { api::Py_DecRef(object) };
    }
}
