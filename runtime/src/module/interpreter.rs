//! The interpreter that a thread is attached to, if any.

use crate::host::{Version, host};
use crate::{api, host};
use std::cell::Cell;
use std::ffi::{c_int, c_void};

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
    /// How many nested detachments this thread is in. Needed on PyPy, which does not provide this information.
    static DETACHMENTS: Cell<usize> = const { Cell::new(0) };
}

/// A period for which a thread that Python knows is detached.
pub(crate) struct Detachment(bool);

impl Detachment {
    #[inline]
    pub(crate) fn begin() -> Self {
        let counts = host().pypy;
        if counts {
            DETACHMENTS.set(DETACHMENTS.get() + 1);
        }
        Self(counts)
    }
}

impl Drop for Detachment {
    #[inline]
    fn drop(&mut self) {
        if self.0 {
            DETACHMENTS.set(DETACHMENTS.get() - 1);
        }
    }
}

/// Returns whether Python knows the current thread: it is attached, or has detached temporarily.
pub(crate) fn is_known_thread() -> bool {
    if !host::is_known() || host().pypy {
        return is_attached() || DETACHMENTS.try_with(Cell::get).is_ok_and(|count| count > 0);
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
