//! The interpreters that this library is used in, each from the first use to the interpreter's end.
//!
//! A capsule in the interpreter's own dictionary (`PyInterpreterState_GetDict`) tracks the session. When an interpreter ends, it
//! clears that dictionary on a thread that is still attached to it, before it frees the remaining types and before another
//! interpreter can get the same address. The capsule's destructor therefore ends the session.
//!
//! <https://docs.python.org/3/c-api/init.html#c.PyInterpreterState_GetDict>

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

/// The data that is released when the interpreter ends.
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

/// Returns a number that identifies the interpreter, even among those started later at the same address. `None` if this library
/// has not been used in the interpreter, or if the interpreter is shutting down.
#[inline]
pub(crate) fn number(py: Python<'_>) -> Option<NonZeroU64> {
    SESSIONS.get(py).and_then(|session| session.number())
}

/// Returns whether the interpreter with this number has not ended yet.
pub(crate) fn is_open(number: NonZeroU64) -> bool {
    SESSIONS
        .iter()
        .any(|session| !session.is_closed() && session.number() == Some(number))
}

/// Returns the session of the current interpreter. The first use of this library in the interpreter begins it.
///
/// # Errors
/// Returns MemoryError; RuntimeError if the interpreter is shutting down.
pub(crate) fn open(py: Python<'_>) -> Result<&'static Record<Session>> {
    if let Some(session) = SESSIONS.get(py) {
        return Ok(session);
    }
    // An interpreter that has cleared its dictionary would create a new one, which is never cleared.
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

/// Returns whether `sys.modules` exists. An interpreter that is shutting down removes it.
fn has_modules(_py: Python<'_>) -> bool {
    // SAFETY: the thread is attached; the result is a borrowed reference or null, and only the address is examined.
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
        // SAFETY: attached; the dictionary is borrowed from the interpreter, or null if there is no memory for it. The record
        // lives forever, and the destructor has the type PyCapsule_Destructor.
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
        // Another library that contains this crate has its own capsule.
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

    /// Ends a state when the interpreter ends.
    pub(super) fn add_state(&self, state: &'static Record<State>) {
        self.with_contents(|contents| contents.states.push(state));
    }

    /// Calls `work` with the contents. `work` runs no Python code.
    fn with_contents<T>(&self, work: impl FnOnce(&mut Contents) -> T) -> T {
        work(&mut self.contents.lock())
    }
}

/// Returns whether the state of an interpreter is kept until the interpreter ends. If so, it can be used without counting
/// references, even where threads run in parallel. Before 3.10 the garbage collector does not run after the end of a session, so
/// the types would leak; there they belong to the modules and are freed with them.
pub(crate) fn keeps_modules() -> bool {
    host().version >= Version::new(3, 10) && !host().pypy
}

/// Ends a session: the destructor of its capsule.
unsafe extern "C" fn end(capsule: Raw) {
    // SAFETY: Python calls it for an object without references, on a thread attached to the interpreter whose dictionary
    // contained it. A capsule of this name points to a record, which lives forever.
    let (py, session) = unsafe {
        let record = api::PyCapsule_GetPointer(capsule, CAPSULE.as_ptr());
        let Some(session) = record.cast::<Record<Session>>().as_ref() else {
            return api::PyErr_Clear();
        };
        (Python::assume_attached(), session)
    };
    // Release the references that other threads have dropped meanwhile.
    handle::release_waiting(py);
    let contents = session.with_contents(std::mem::take);
    // The states are closed first, so that nothing in them is found; clearing them may run Python code.
    for state in &contents.states {
        state.close();
    }
    session.close();
    for state in contents.states {
        // SAFETY: the thread is attached to the interpreter that the state belonged to.
        unsafe { state.clear() };
    }
    for Kept(object) in contents.kept {
        // SAFETY: the session owned the reference.
        unsafe { api::Py_DecRef(object) };
    }
}
