//! References to Python objects that outlive the attachment of a thread.

use crate::api;
use crate::ffi::PyObject;
use crate::fork::Mutex;
use crate::module::interpreter;
use crate::module::session::{self, Session};
use crate::object::Any;
use crate::python::Python;
use std::num::NonZeroU64;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicBool, Ordering};

/// A reference to a Python object that may be kept in Rust data, sent to other threads and dropped anywhere. An [`Any`] may not: it
/// can be used only while the thread is attached.
///
/// If the dropping thread is not attached, an attached thread releases the object later (on PyPy and CPython 3.8, when a thread
/// attaches or the next handle is created). If the object's interpreter has ended, the object has been freed with it.
///
/// An object that Rust keeps stays alive, even if it owns the handle itself: Python's garbage collector does not see references in
/// Rust.
///
/// ```
/// use pyidl_runtime::{Any, Handle, Python, Result};
///
/// /// A class that calls a function later.
/// struct Notifier {
///     listener: Handle,
/// }
///
/// impl Notifier {
///     fn new(listener: Any<'_>) -> Notifier {
///         Notifier { listener: Handle::new(listener) }
///     }
///
///     fn notify(&self, py: Python<'_>, message: &str) -> Result<()> {
///         if let Some(listener) = self.listener.bind(py) {
///             listener.call((message,))?;
///         }
///         Ok(())
///     }
/// }
/// ```
pub struct Handle {
    raw: NonNull<PyObject>,
    /// The interpreter that the object belongs to; `None` if it was already shutting down.
    session: Option<NonZeroU64>,
}

// SAFETY: the object is used only by threads attached to its interpreter.
unsafe impl Send for Handle {}
// SAFETY: as above.
unsafe impl Sync for Handle {}

impl Handle {
    /// Creates a handle that keeps the object alive.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Handle};
    /// fn keep_all(objects: Vec<Any<'_>>) -> Vec<Handle> {
    ///     objects.into_iter().map(Handle::new).collect()
    /// }
    /// ```
    pub fn new(object: Any<'_>) -> Handle {
        release_waiting(object.py());
        // If this fails, the handle never returns the object.
        let session = session::open(object.py()).ok();
        Handle::keep(object, session.map(|session| &**session))
    }

    /// Does the same as [`new`](Handle::new) with the session of the object's interpreter, without running any Python code.
    pub(crate) fn keep(object: Any<'_>, session: Option<&Session>) -> Handle {
        Handle {
            session: session.and_then(Session::number),
            // SAFETY: an object is never null.
            raw: unsafe { NonNull::new_unchecked(object.into_raw()) },
        }
    }

    /// Returns the object, on an attached thread. Returns `None` on a thread that is attached to another interpreter than the
    /// object's, and if the interpreter is shutting down.
    ///
    /// ```
    /// # use pyidl_runtime::{Handle, Python, Result};
    /// fn label(py: Python<'_>, handle: &Handle) -> Result<Option<String>> {
    ///     handle.bind(py).map(|object| object.str()).transpose()
    /// }
    /// ```
    pub fn bind<'py>(&self, py: Python<'py>) -> Option<Any<'py>> {
        // SAFETY: alive, since the handle owns a reference and its interpreter is running.
        self.is_of_current(py)
            .then(|| unsafe { Any::from_borrowed(py, self.raw.as_ptr()) })
    }

    fn is_of_current(&self, py: Python<'_>) -> bool {
        self.session.is_some() && session::number(py) == self.session
    }
}

impl Handle {
    /// Returns the identity key, which is unique among live objects.
    pub(crate) fn identity(&self) -> (usize, Option<NonZeroU64>) {
        (self.raw.as_ptr() as usize, self.session)
    }
}

struct Waiting {
    raw: NonNull<PyObject>,
    session: NonZeroU64,
}
// SAFETY: the object is used only by threads attached to its interpreter.
unsafe impl Send for Waiting {}

static WAITING: Mutex<Vec<Waiting>> = Mutex::new(Vec::new());
static ANY_WAITING: AtomicBool = AtomicBool::new(false);

impl Drop for Handle {
    fn drop(&mut self) {
        if interpreter::is_attached() {
            // SAFETY: attached.
            let py = unsafe { Python::assume_attached() };
            if self.is_of_current(py) {
                // SAFETY: the handle's own reference, on a thread attached to its interpreter.
                unsafe { api::Py_DecRef(self.raw.as_ptr()) };
                return;
            }
        }
        // Objects of an interpreter that has ended must not be used.
        let Some(session) = self.session.filter(|session| session::is_open(*session)) else {
            return;
        };
        let mut waiting = WAITING.lock();
        waiting.push(Waiting {
            raw: self.raw,
            session,
        });
        ANY_WAITING.store(true, Ordering::Release);
        drop(waiting);
        // If that is not possible, a later handle releases the object.
        interpreter::call_later(release_from_main_thread);
    }
}

unsafe extern "C" fn release_from_main_thread(_: *mut std::ffi::c_void) -> std::ffi::c_int {
    // SAFETY: an attached thread makes pending calls.
    release_waiting(unsafe { Python::assume_attached() });
    0
}

/// Releases the objects of this interpreter that were dropped on threads that were not attached.
pub(crate) fn release_waiting(py: Python<'_>) {
    if !ANY_WAITING.load(Ordering::Acquire) {
        return;
    }
    let session = session::number(py);
    let mut waiting = WAITING.lock();
    let (own, others): (Vec<_>, Vec<_>) = waiting
        .drain(..)
        .filter(|object| session::is_open(object.session))
        .partition(|object| Some(object.session) == session);
    ANY_WAITING.store(!others.is_empty(), Ordering::Release);
    *waiting = others;
    // Freeing objects runs Python code, which may call this function again.
    drop(waiting);
    for object in own {
        // SAFETY: a handle owned the reference, and the thread is attached to its interpreter.
        unsafe { api::Py_DecRef(object.raw.as_ptr()) };
    }
}
