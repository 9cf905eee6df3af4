//! Which interpreter a thread is attached to, and whether it is.

use crate::host::{Version, host};
use crate::{api, host};
use std::cell::Cell;
use std::ffi::{c_int, c_void};

/// The interpreter of the current thread, which is attached: never null. On PyPy, which has one, always the same.
#[inline(always)]
pub(crate) fn current() -> *mut c_void {
    match api::PyInterpreterState_Get() {
        // SAFETY: the thread is attached.
        Some(get) => unsafe { get() },
        None => current_by_older_name(),
    }
}

/// 3.8 has the function under this name only.
fn current_by_older_name() -> *mut c_void {
    match api::_PyInterpreterState_Get() {
        // SAFETY: the thread is attached.
        Some(get) => unsafe { get() },
        None => std::ptr::dangling_mut(),
    }
}

/// Whether the current thread is attached to an interpreter, as far as can be told: up to 3.11 a thread attached to a
/// subinterpreter may count as not attached.
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
        // Here it is the state of whichever thread holds the GIL.
        !state.is_null() && api::PyGILState_GetThisThreadState().is_some_and(|own| own() == state)
    }
}

thread_local! {
    /// How often this thread has detached for a time, on PyPy, which does not tell.
    static DETACHMENTS: Cell<usize> = const { Cell::new(0) };
}

/// A time for which a thread that Python knows is not attached.
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

/// Whether Python knows the current thread: it is attached, or was and has detached for a time.
pub(crate) fn is_known_thread() -> bool {
    if !host::is_known() || host().pypy {
        return is_attached() || DETACHMENTS.try_with(Cell::get).is_ok_and(|count| count > 0);
    }
    // SAFETY: may be called on any thread at any time.
    api::PyGILState_GetThisThreadState().is_some_and(|get| unsafe { !get().is_null() })
}

/// Whether an interpreter runs that threads may be attached to.
pub(crate) fn is_running() -> bool {
    // SAFETY: these functions may be called on any thread at any time.
    unsafe {
        let finalizing = api::Py_IsFinalizing().or_else(api::_Py_IsFinalizing);
        host::is_known()
            && api::Py_IsInitialized() != 0
            && finalizing.is_none_or(|finalizing| finalizing() == 0)
    }
}

/// Asks the main thread of the main interpreter, which runs, to call `function` soon; in vain where too many wait already, on
/// PyPy and on CPython 3.8. On any thread.
///
/// https://docs.python.org/3/c-api/init.html#c.Py_AddPendingCall
pub(crate) fn call_later(function: unsafe extern "C" fn(*mut c_void) -> c_int) {
    // PyPy makes no pending calls, and its functions wait for the GIL, which a thread may hold that waits for this one. CPython
    // 3.8 refuses calls from before the functions of `atexit` run, and says so with the state of whichever thread has the GIL,
    // or of none: that would end the process, and nothing tells a thread that is not attached when it begins.
    if host().pypy || host().version < Version::new(3, 9) {
        return;
    }
    let nothing = std::ptr::null_mut();
    // Up to 3.11 the public function asks the thread that holds the GIL for its interpreter, whichever thread that is, and
    // the state of that thread may be freed meanwhile: only the function below it is for threads that are not attached.
    let has_race = host().version < Version::new(3, 12);
    // SAFETY: may be called on any thread; the interpreter is there as long as the process runs Python (caller).
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
