//! Calls from Rust to Python.

use crate::api;
use crate::convert::exact::OnlyHere;
use crate::convert::{FromPython, IntoPython};
use crate::error::Error;
use crate::ffi::Raw;
use crate::host::host;
use crate::layout::{Layout, Probed};
use crate::object::{Any, Argument};
use crate::python::Python;
use crate::{Result, convert, panic, stack};
use std::cell::Cell;
use std::marker::PhantomData;

/// A Python function that was passed to Rust: `func(a, b) -> r` in the interface file is `Callback<'py, (A, B), R>`.
///
/// Its arguments and its result have types, unlike those of [`Any::call`]. Any callable object is accepted.
///
/// ```
/// # use pyidl_runtime::{Callback, Result};
/// // keep: func(words: list<string>, test: func(string) -> bool) -> list<string>;
/// fn keep(words: Vec<String>, test: Callback<'_, (String,), bool>) -> Result<Vec<String>> {
///     let mut kept = Vec::new();
///     for word in words {
///         if test.call((word.clone(),))? {
///             kept.push(word);
///         }
///     }
///     Ok(kept)
/// }
/// ```
pub struct Callback<'py, A, R> {
    function: Any<'py>,
    signature: PhantomData<fn(A) -> R>,
}

impl<'py, A: CallbackArguments, R: FromPython<'py>> Callback<'py, A, R> {
    /// Calls the function with a tuple of arguments.
    ///
    /// ```
    /// # use pyidl_runtime::{Callback, Result};
    /// fn twice(function: &Callback<'_, (i64,), i64>, value: i64) -> Result<i64> {
    ///     function.call((function.call((value,))?,))
    /// }
    /// ```
    ///
    /// # Errors
    /// The exception that the function raises, unless it is an error that `R` can represent; TypeError or OverflowError if the
    /// function returns a value that does not have the declared type.
    pub fn call(&self, arguments: A) -> Result<R> {
        R::from_call(self.function.call(arguments), self.function.py())
    }
}

impl<'py, A, R> Callback<'py, A, R> {
    /// Returns the function, for what [`Callback`] does not offer.
    ///
    /// ```
    /// # use pyidl_runtime::{Callback, Result};
    /// fn name(function: &Callback<'_, (), ()>) -> Result<Option<String>> {
    ///     match function.as_any().getattr_opt(c"__name__")? {
    ///         Some(name) => name.extract().map(Some),
    ///         None => Ok(None),
    ///     }
    /// }
    /// ```
    pub fn as_any(&self) -> &Any<'py> {
        &self.function
    }
}

impl<A, R> Clone for Callback<'_, A, R> {
    fn clone(&self) -> Self {
        Callback {
            function: self.function.clone(),
            signature: PhantomData,
        }
    }
}

impl<'py, A, R> FromPython<'py> for Callback<'py, A, R> {
    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Self> {
        // SAFETY: alive and attached.
        if unsafe { api::PyCallable_Check(object.as_raw()) } == 0 {
            return Err(Error::expected("callable", object));
        }
        Ok(Callback {
            function: Any::from_python::<L>(object, py)?,
            signature: PhantomData,
        })
    }
}

impl<A, R> IntoPython for Callback<'_, A, R> {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Result<Any<'py>> {
        self.function.into_python::<L>(py)
    }
}

/// The arguments of a call from Rust: a tuple of up to eight values that can be converted to Python objects.
///
/// The trait is what [`Callback::call`] and [`Any::call`] accept. It cannot be implemented for other types.
///
/// ```
/// # use pyidl_runtime::{Any, CallbackArguments, Result};
/// fn call_all(functions: &[Any<'_>], arguments: impl CallbackArguments + Copy) -> Result<()> {
///     functions.iter().try_for_each(|function| function.call(arguments).map(drop))
/// }
/// ```
pub trait CallbackArguments {
    /// Calls `call` with the arguments as objects.
    #[doc(hidden)]
    fn with_objects<'py, T>(
        self,
        py: Python<'py>,
        call: impl FnOnce(&[Any<'py>]) -> Result<T>,
        _: OnlyHere,
    ) -> Result<T>;
}

macro_rules! arguments {
    ($(($($name:ident $index:tt),*);)*) => {$(
        impl<$($name: IntoPython),*> CallbackArguments for ($($name,)*) {
            #[inline]
            fn with_objects<'py, T>(
                self,
                _py: Python<'py>,
                call: impl FnOnce(&[Any<'py>]) -> Result<T>,
                _: OnlyHere,
            ) -> Result<T> {
                call(&[$(self.$index.into_python::<Probed>(_py)?),*])
            }
        }
    )*};
}

arguments! {
    ();
    (A 0);
    (A 0, B 1);
    (A 0, B 1, C 2);
    (A 0, B 1, C 2, D 3);
    (A 0, B 1, C 2, D 3, E 4);
    (A 0, B 1, C 2, D 3, E 4, F 5);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
}

/// `PY_VECTORCALL_ARGUMENTS_OFFSET`: the callee may use the word before the arguments.
const ARGUMENTS_OFFSET: usize = 1 << (usize::BITS - 1);
/// The number of arguments that are passed without an allocation.
const FEW: usize = 8;

/// Calls an object with positional arguments.
///
/// The caller keeps the callable alive.
#[inline(never)]
pub(crate) fn call<'py>(
    callable: Raw,
    arguments: &[Any<'py>],
    py: Python<'py>,
) -> Result<Any<'py>> {
    // This is the same function under its names from 3.11 on, in 3.9 and 3.10, and in 3.8.
    let vectorcall = api::PyObject_Vectorcall()
        .or_else(api::PyObject_VectorcallDict)
        .or_else(api::_PyObject_FastCallDict);
    let Some(vectorcall) = vectorcall.filter(|_| arguments.len() <= FEW && !host().pypy) else {
        return call_with_dict(callable, arguments, None, py);
    };
    let _nested = nest()?;
    let mut row = [std::ptr::null_mut(); FEW + 1];
    for (place, argument) in row[1..].iter_mut().zip(arguments) {
        *place = argument.as_raw();
    }
    let count = arguments.len() | ARGUMENTS_OFFSET;
    let first = row[1..].as_mut_ptr();
    // SAFETY: attached; the callable and the arguments are alive; there is one word before the arguments.
    unsafe {
        let result =
            api::until_thread_exits(|| vectorcall(callable, first, count, std::ptr::null_mut()));
        Any::from_owned(py, result)
    }
}

/// Calls an object with positional arguments and a dict of keyword arguments.
///
/// The caller keeps the callable alive; the keys of the dict are str objects.
pub(crate) fn call_with_dict<'py>(
    callable: Raw,
    arguments: &[Any<'py>],
    keywords: Option<&Any<'py>>,
    py: Python<'py>,
) -> Result<Any<'py>> {
    let mut objects: Vec<_> = arguments.iter().cloned().map(Some).collect();
    let tuple = convert::tuple::from_objects(py, &mut objects)?;
    let keywords = keywords.map_or(std::ptr::null_mut(), Any::as_raw);
    let _nested = nest()?;
    // SAFETY: attached; live objects; null stands for no keywords.
    unsafe {
        let result = api::PyObject_Call(callable, tuple.as_raw(), keywords);
        Any::from_owned(py, result)
    }
}

/// The maximal nesting depth of calls on PyPy.
const DEEPEST: u32 = 100;

thread_local! {
    /// The number of calls from Rust that this thread is in, on PyPy.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// A call from Rust, until it returns, where its nesting must be recorded.
pub(crate) struct Nested {
    counted: bool,
    /// Whether panics were loud before the call; this is restored after it.
    loud: bool,
}

impl Drop for Nested {
    fn drop(&mut self) {
        if self.counted {
            DEPTH.with(|depth| depth.set(depth.get() - 1));
        }
        if self.loud {
            panic::set_loud(true);
        }
    }
}

/// Must be called before anything that may run Python code, which may re-enter this library. The result must be kept until that
/// code returns.
///
/// # Errors
/// RecursionError if too little of the stack is left. On PyPy also if calls are nested too deeply: it ends the process if its
/// stack overflows in a function that is not expected to fail, such as the one that receives the RecursionError.
#[inline]
pub(crate) fn nest() -> Result<Option<Nested>> {
    stack::check()?;
    match host().pypy || panic::any_loud() {
        true => nest_and_tell().map(Some),
        false => Ok(None),
    }
}

#[cold]
#[inline(never)]
fn nest_and_tell() -> Result<Nested> {
    let counted = host().pypy;
    if counted {
        let depth = DEPTH.get();
        if depth >= DEEPEST {
            let message = "maximum recursion depth exceeded";
            return Err(Error::builtin(api::PyExc_RecursionError, message));
        }
        DEPTH.set(depth + 1);
    }
    Ok(Nested {
        counted,
        // Functions that Python calls from here catch their own panics.
        loud: panic::set_loud(false),
    })
}

/// Sets an item of a dict, whose key may have a `__hash__` and `__eq__` of its own.
///
/// # Errors
/// The exception that Python code raises, or a MemoryError.
pub(crate) fn set_item<'py>(dict: &Any<'py>, key: &Any<'py>, value: &Any<'py>) -> Result<()> {
    let _nested = nest()?;
    // SAFETY: a dict and objects that are alive and borrowed; attached.
    if unsafe { api::PyDict_SetItem(dict.as_raw(), key.as_raw(), value.as_raw()) } < 0 {
        return Err(Error::fetch(dict.py()));
    }
    Ok(())
}

/// Adds an item to a set.
///
/// # Errors
/// As for [`set_item`].
pub(crate) fn add_to_set<'py>(set: &Any<'py>, item: &Any<'py>) -> Result<()> {
    let _nested = nest()?;
    // SAFETY: a set and an object that are alive and borrowed; attached.
    if unsafe { api::PySet_Add(set.as_raw(), item.as_raw()) } < 0 {
        return Err(Error::fetch(set.py()));
    }
    Ok(())
}

/// Returns the next item of an iterator, or `None` at its end.
#[inline(never)]
pub(crate) fn next<'py>(iterator: &Any<'py>) -> Result<Option<Any<'py>>> {
    let _nested = nest()?;
    // SAFETY: an iterator, alive and attached; null with an exception means failure, null without one the end.
    unsafe {
        let item = api::PyIter_Next(iterator.as_raw());
        if item.is_null() && api::PyErr_Occurred().is_null() {
            return Ok(None);
        }
        Any::from_owned(iterator.py(), item).map(Some)
    }
}
