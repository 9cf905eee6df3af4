//! The interpreter that a thread is attached to, if any.

use crate::host::{Version, host};
use crate::python::Python;
use crate::{api, host};
use std::cell::Cell;
use std::ffi::{c_int, c_void};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// Returns the interpreter of the current thread, which is attached; never null. PyPy has a single interpreter, so the result is
/// always the same there.
#[inline(always)]
pub(crate) fn current() -> *mut c_void {
    match api::PyInterpreterState_Get() {
        // SAFETY: the thread is attached.
        Some(get) => unsafe { get() },
        None => current_by_older_name(),
    }
}

/// Calls the function by the only name that it has in 3.8.
fn current_by_older_name() -> *mut c_void {
    match api::_PyInterpreterState_Get() {
        // SAFETY: the thread is attached.
        Some(get) => unsafe { get() },
        None => std::ptr::dangling_mut(),
    }
}

/// Returns whether the current thread is attached to an interpreter, as far as this can be determined: up to 3.11, a thread
/// attached to a subinterpreter may count as not attached.
pub(crate) fn is_attached() -> bool {
    if !host::is_known() {
        return false;
    }
    // SAFETY: these functions may be called on any thread at any time.
    unsafe {
        if let Some(get) = api::PyThreadState_GetUnchecked() {
            return !get().is_null();
        }
        if host().pypy {
            return api::PyGILState_Check().is_some_and(|check| check() != 0);
        }
        let Some(get) = api::_PyThreadState_UncheckedGet() else {
            return false;
        };
        let state = get();
        if host().version >= Version::new(3, 12) {
            return !state.is_null();
        }
        // On these versions it is the state of whichever thread holds the GIL.
        !state.is_null() && api::PyGILState_GetThisThreadState().is_some_and(|own| own() == state)
    }
}

thread_local! {
    /// Whether this crate has detached the thread and not attached it again. Needed on PyPy and up to 3.11, which cannot tell it.
    static DETACHED: Cell<bool> = const { Cell::new(false) };
}

/// A period for which this crate has detached or attached the thread.
pub(crate) struct Period {
    before: Option<bool>,
}

impl Period {
    #[inline]
    pub(crate) fn of_detachment() -> Self {
        Period::begin(true)
    }

    pub(crate) fn of_attachment() -> Self {
        Period::begin(false)
    }

    #[inline]
    fn begin(detached: bool) -> Self {
        let counts = host().pypy || host().version < Version::new(3, 12);
        let before = counts.then(|| DETACHED.replace(detached));
        Self { before }
    }
}

impl Drop for Period {
    #[inline]
    fn drop(&mut self) {
        if let Some(before) = self.before {
            DETACHED.set(before);
        }
    }
}

/// How long another thread gets to attach. It has to wait for code that does not release the GIL.
const PATIENCE: Duration = Duration::from_secs(3);

/// Returns whether this thread has the GIL that it would wait for, since it is attached to a subinterpreter. Up to 3.11 all
/// interpreters share the GIL, and of its holder only the state is known, which may be of another thread.
pub(crate) fn would_wait_for_itself() -> bool {
    if host().pypy || host().version >= Version::new(3, 12) || DETACHED.get() {
        return false;
    }
    // SAFETY: these functions may be called on any thread at any time; the addresses are only compared.
    let [own, holder, first, main] = unsafe {
        [
            api::PyGILState_GetThisThreadState(),
            api::_PyThreadState_UncheckedGet(),
            api::PyInterpreterState_Head(),
            api::PyInterpreterState_Main(),
        ]
        .map(|get| get.map_or(std::ptr::null_mut(), |get| get()))
    };
    // The main interpreter is the first one unless there are others.
    if own.is_null() || holder.is_null() || own == holder || first == main {
        return false;
    }
    // Code of others may have detached this thread. If so, a third thread can attach.
    let (attached, wait) = mpsc::channel();
    let attach = move || {
        Python::attach(|_| ());
        let _ = attached.send(());
    };
    let third = thread::Builder::new().spawn(attach);
    third.is_ok() && wait.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout)
}

/// Returns whether Python knows the current thread: it is attached, or has detached temporarily.
pub(crate) fn is_known_thread() -> bool {
    if !host::is_known() || host().pypy {
        return is_attached() || DETACHED.try_with(Cell::get).unwrap_or(false);
    }
    // SAFETY: may be called on any thread at any time.
    api::PyGILState_GetThisThreadState().is_some_and(|get| unsafe { !get().is_null() })
}

/// Returns whether an interpreter is running that threads may attach to.
pub(crate) fn is_running() -> bool {
    // SAFETY: these functions may be called on any thread at any time. Those of PyPy wait for the GIL.
    unsafe {
        let finalizing = api::Py_IsFinalizing().or_else(api::_Py_IsFinalizing);
        host::is_known()
            && api::Py_IsInitialized() != 0
            && finalizing.is_none_or(|finalizing| finalizing() == 0)
    }
}

/// Asks the main interpreter's main thread to call `function` soon. May be called on any thread. The request is lost if no
/// interpreter is running, if the queue is full, on PyPy and on CPython 3.8.
///
/// https://docs.python.org/3/c-api/init.html#c.Py_AddPendingCall
pub(crate) fn call_later(function: unsafe extern "C" fn(*mut c_void) -> c_int) {
    // PyPy makes no pending calls, and all of its functions, those of `is_running` too, wait for the GIL, whose holder may be
    // waiting for this thread. CPython 3.8 rejects pending calls from a moment before it runs the functions of `atexit`; it raises
    // the error in the state of whichever thread has the GIL, or in none, which would end the process. A thread that is not
    // attached cannot know when that phase begins.
    if host().pypy || host().version < Version::new(3, 9) {
        return;
    }
    if !is_running() {
        return;
    }
    let nothing = std::ptr::null_mut();
    // Up to 3.11 the public function asks the thread that holds the GIL for its interpreter, and that thread's state may be freed
    // meanwhile. Only the internal function below it is meant for threads that are not attached.
    let has_race = host().version < Version::new(3, 12);
    // SAFETY: may be called on any thread; the interpreter exists as long as the process runs Python.
    unsafe {
        match (
            api::_PyEval_AddPendingCall(),
            api::PyInterpreterState_Main(),
            api::Py_AddPendingCall(),
        ) {
            (Some(add), Some(main), _) if has_race => add(main(), function, nothing),
            (_, _, Some(add)) if !has_race => add(function, nothing),
            _ => 0,
        };
    }
}
