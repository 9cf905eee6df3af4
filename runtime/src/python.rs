//! The proof that a thread is attached to the interpreter.

use crate::callback;
use crate::convert::IntoPython;
use crate::error::Error;
use crate::handle::release_waiting;
use crate::layout::Probed;
use crate::module::interpreter;
use crate::object::Any;
use crate::{Result, api, panic};
use std::ffi::CString;
use std::marker::PhantomData;

/// Proof that the current thread is attached to the interpreter (holds the GIL, on builds that have one) and therefore may use
/// Python objects, for as long as `'py`.
///
/// Functions of the interface file that touch Python objects get it as `py`; every object carries it ([`Any::py`]). Passing it costs
/// nothing. It can neither be sent to another thread nor used inside [`detach`](Python::detach), so that the compiler finds code
/// that would use an object without the right to.
///
/// ```
/// # use pyidl_runtime::{Any, Python, Result};
/// fn now<'py>(py: Python<'py>) -> Result<Any<'py>> {
///     py.import("time")?.call_method(c"time", ())
/// }
/// ```
///
/// ```compile_fail
/// # use pyidl_runtime::{Any, Python, Result};
/// fn wrong(py: Python<'_>, object: &Any<'_>) -> Result<usize> {
///     py.detach(|| object.len()) // error: the object cannot be used while other threads run
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Python<'py>(PhantomData<(&'py (), *mut ())>);

impl<'py> Python<'py> {
    /// # Safety
    /// The current thread is attached, and stays so for `'py`.
    #[inline(always)]
    pub(crate) unsafe fn assume_attached() -> Python<'py> {
        Python(PhantomData)
    }

    /// Runs `work` while other Python threads may run: for long computations and for waiting.
    ///
    /// `work` must be `Send`, so that it contains no Python object. Functions that the interface file marks `@gil(release)`
    /// already run like this.
    ///
    /// ```
    /// # use pyidl_runtime::Python;
    /// fn checksum(py: Python<'_>, data: Vec<u8>) -> u64 {
    ///     py.detach(|| data.iter().fold(0, |sum, byte| sum * 31 % 1_000_003 + u64::from(*byte)))
    /// }
    /// ```
    pub fn detach<T: Send>(self, work: impl FnOnce() -> T + Send) -> T {
        // SAFETY: `work` is Send, so it contains no Python object; nor can it contain `self`.
        unsafe { self.detach_unchecked(work) }
    }

    /// Does the same as [`detach`](Python::detach), without the check by `Send`.
    ///
    /// # Safety
    /// `work` uses no Python object.
    #[inline]
    pub(crate) unsafe fn detach_unchecked<T>(self, work: impl FnOnce() -> T) -> T {
        struct Attach(*mut std::ffi::c_void);
        impl Drop for Attach {
            fn drop(&mut self) {
                // SAFETY: the state is the one that PyEval_SaveThread returned on this thread; it is restored once, even if
                // `work` panics.
                unsafe { api::PyEval_RestoreThread(self.0) };
            }
        }
        // SAFETY: the thread is attached, as `self` proves.
        let _attach = Attach(unsafe { api::PyEval_SaveThread() });
        let _detachment = interpreter::Period::of_detachment();
        work()
    }

    /// Runs `work` attached to the main interpreter, on any thread: for threads that Rust code has started.
    ///
    /// Returns `None`, without calling `work`, if no Python is running in this process (or it is shutting down).
    /// A thread that is already attached stays attached.
    ///
    /// # Panics
    /// Panics up to Python 3.11 if the thread is attached to a subinterpreter. It has the GIL then, which all interpreters share.
    ///
    /// ```
    /// use pyidl_runtime::{Handle, Python, Result};
    ///
    /// /// Calls `progress`, a Python function, from a thread of our own.
    /// fn report(progress: &Handle, percent: u32) -> Option<Result<()>> {
    ///     Python::attach(|py| match progress.bind(py) {
    ///         Some(progress) => progress.call((percent,)).map(|_| ()),
    ///         None => Ok(()),
    ///     })
    /// }
    /// ```
    pub fn attach<T>(work: impl FnOnce(Python<'_>) -> T) -> Option<T> {
        struct Release(std::ffi::c_int);
        impl Drop for Release {
            fn drop(&mut self) {
                // SAFETY: the matching call of PyGILState_Ensure was on this thread.
                unsafe { api::PyGILState_Release(self.0) };
            }
        }
        if interpreter::is_attached() {
            // SAFETY: checked above.
            return Some(work(unsafe { Python::assume_attached() }));
        }
        if !interpreter::is_running() {
            return None;
        }
        // A thread that has detached only temporarily is inside a function that Python called.
        let called_by_python = interpreter::is_known_thread();
        assert!(
            !interpreter::would_wait_for_itself(),
            "Python::attach on a thread of a subinterpreter, which Python supports from 3.12 on"
        );
        // SAFETY: Python is initialised.
        let _release = Release(unsafe { api::PyGILState_Ensure() });
        let _period = interpreter::Period::of_attachment();
        let work = || {
            // SAFETY: attached until `_release` is dropped, after `work`.
            let py = unsafe { Python::assume_attached() };
            release_waiting(py);
            work(py)
        };
        Some(if called_by_python {
            work()
        } else {
            panic::loud(work)
        })
    }

    /// Runs the handlers of signals that have arrived. Long loops should call it periodically, so that Ctrl-C interrupts them.
    ///
    /// ```
    /// # use pyidl_runtime::{Python, Result};
    /// fn count_primes(py: Python<'_>, limit: u64) -> Result<u64> {
    ///     let mut count = 0;
    ///     for number in 2..limit {
    ///         if number % 1000 == 0 {
    ///             py.check_signals()?;
    ///         }
    ///         count += u64::from((2..number).all(|divisor| number % divisor != 0));
    ///     }
    ///     Ok(count)
    /// }
    /// ```
    ///
    /// # Errors
    /// The exception that a handler raises, such as KeyboardInterrupt.
    pub fn check_signals(self) -> Result<()> {
        let _nested = callback::nest()?;
        // SAFETY: attached.
        if unsafe { api::PyErr_CheckSignals() } < 0 {
            return Err(Error::fetch(self));
        }
        Ok(())
    }

    /// Converts a value to a Python object, as if a function returned it.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Python, Result};
    /// fn pair<'py>(py: Python<'py>, number: u32) -> Result<Any<'py>> {
    ///     py.object((number, format!("number {number}")))
    /// }
    /// ```
    ///
    /// # Errors
    /// MemoryError, or the exception that creating the object raises.
    pub fn object(self, value: impl IntoPython) -> Result<Any<'py>> {
        value.into_python::<Probed>(self)
    }

    /// Returns Python's `None`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Python};
    /// fn first<'py>(py: Python<'py>, objects: Vec<Any<'py>>) -> Any<'py> {
    ///     objects.into_iter().next().unwrap_or_else(|| py.none())
    /// }
    /// ```
    pub fn none(self) -> Any<'py> {
        // SAFETY: None is alive as long as the interpreter; the thread is attached.
        unsafe { Any::from_borrowed(self, api::_Py_NoneStruct()) }
    }

    /// Imports a module by its dotted name.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Python, Result};
    /// fn parse<'py>(py: Python<'py>, text: &str) -> Result<Any<'py>> {
    ///     py.import("json")?.call_method(c"loads", (text,))
    /// }
    /// ```
    ///
    /// # Errors
    /// The exception that the import raises; ValueError if the name contains a NUL.
    pub fn import(self, name: &str) -> Result<Any<'py>> {
        let name = CString::new(name)
            .map_err(|_| Error::value_error("a module's name has no NUL in it"))?;
        let _nested = callback::nest()?;
        // SAFETY: attached; the name is NUL-terminated.
        unsafe { Any::from_owned(self, api::PyImport_ImportModule(name.as_ptr())) }
    }
}
