//! `Result` as a value: what is inside an `Ok`, or an exception object in its place.
//!
//! An error that is an exception in Python is that exception. Any other is the argument of a RuntimeError, as it is where a
//! function fails with it.

use super::exact::OnlyHere;
use super::{FromPython, IntoPython, Rest, result_of_callback};
use crate::call::{Returned, tuple_size};
use crate::dynamic::{attribute, call};
use crate::error::{Error, Step};
use crate::layout::{Layout, Probed};
use crate::object::{Any, Argument};
use crate::python::Python;
use crate::{Result, api};

impl<'py, T: FromPython<'py>, E: FromPython<'py>> FromPython<'py> for Result<T, E> {
    const EXACT: bool = T::EXACT;
    const ROUNDS: bool = T::ROUNDS;

    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Self> {
        of_object(
            object,
            |object| T::from_ok::<L>(object, py).map(Ok),
            |object| E::from_error::<L>(object, py).map(Err),
        )
    }

    fn from_python_unrounded<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Self> {
        if !T::ROUNDS || object.is_instance(api::PyExc_BaseException()) {
            return Self::from_python::<L>(object, py);
        }
        T::from_python_unrounded::<L>(object, py).map(Ok)
    }

    fn from_call(outcome: Returned<'py>, py: Python<'py>) -> Result<Self> {
        match outcome {
            Ok(result) => result_of_callback(T::from_ok::<Probed>, result, py).map(Ok),
            Err(raised) => from_raised(raised, py).map(Err),
        }
    }

    #[inline(always)]
    fn from_exact<L: Layout>(object: Argument<'_>, _: OnlyHere) -> Option<Self> {
        T::from_exact::<L>(object, OnlyHere).map(Ok)
    }
}

/// What an object is: a value by `value`, or in its place an exception by `error`.
#[inline]
pub(super) fn of_object<V>(
    object: Argument<'_>,
    value: impl FnOnce(Argument<'_>) -> Result<V>,
    error: impl FnOnce(Argument<'_>) -> Result<V>,
) -> Result<V> {
    if object.is_instance(api::PyExc_BaseException()) {
        return of_exception(object, value, error);
    }
    match value(object) {
        Err(mismatch) if mismatch.is_mismatch() => match error(object) {
            // Python code has changed the class of the object in between.
            Ok(other) => Ok(other),
            Err(other) => Err(mismatch.or(other)),
        },
        result => result,
    }
}

/// The error that an exception object is, or the value: that can be an exception as well, such as another result.
#[cold]
fn of_exception<V>(
    object: Argument<'_>,
    value: impl FnOnce(Argument<'_>) -> Result<V>,
    error: impl FnOnce(Argument<'_>) -> Result<V>,
) -> Result<V> {
    match error(object) {
        Err(mismatch) if mismatch.is_mismatch() => match value(object) {
            Err(other) if other.is_mismatch() => Err(other.or(mismatch)),
            result => result,
        },
        result => result,
    }
}

/// The error that a callback raised.
///
/// # Errors
/// The exception, where it is no such error. That includes those derived from RuntimeError, which say something else.
#[cold]
fn from_raised<'py, E: FromPython<'py>>(raised: Error, py: Python<'py>) -> Result<E> {
    let Some(exception) = raised.raised(py) else {
        return Err(raised);
    };
    let exception = exception.as_argument();
    if !E::IS_EXCEPTION && !exception.is_exactly::<Probed>(api::PyExc_RuntimeError()) {
        return Err(raised);
    }
    E::from_error::<Probed>(exception, py).map_err(|error| match error.is_conversion() {
        true => raised,
        false => error,
    })
}

impl<T: IntoPython, E: IntoPython> IntoPython for Result<T, E> {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        match self {
            Ok(value) => value.into_python::<L>(py),
            Err(error) => error.into_error::<L>(py),
        }
    }

    fn dismantle<'a>(self, rest: &mut Rest<'a>)
    where
        Self: 'a,
    {
        match self {
            Ok(value) => value.dismantle(rest),
            Err(error) => error.dismantle(rest),
        }
    }
}

/// A RuntimeError with `value` as its one argument, or without any: what a function of a WIT interface fails with where that
/// is no exception.
#[cold]
pub(crate) fn runtime_error<'py>(py: Python<'py>, value: Option<Any<'py>>) -> Returned<'py> {
    // SAFETY: the class is alive as long as Python; attached.
    let class = unsafe { Any::from_borrowed(py, api::PyExc_RuntimeError()) };
    match value {
        Some(value) => call(&class, [value], []),
        None => call(&class, [], []),
    }
}

/// Checks that an object is a RuntimeError.
pub(super) fn expect_runtime_error(object: Argument<'_>) -> Result<()> {
    match object.is_instance(api::PyExc_RuntimeError()) {
        true => Ok(()),
        false => Err(Error::expected("RuntimeError", object)),
    }
}

/// The value that is the one argument of a RuntimeError.
#[cold]
pub(super) fn argument_of_runtime_error<'py, T: FromPython<'py>>(
    object: Argument<'_>,
    py: Python<'py>,
) -> Result<T> {
    argument_of_runtime_error_as(object, |argument| T::from_python::<Probed>(argument, py))
}

/// What the one argument of a RuntimeError is by `convert`.
#[cold]
pub(super) fn argument_of_runtime_error_as<V>(
    object: Argument<'_>,
    convert: impl FnOnce(Argument<'_>) -> Result<V>,
) -> Result<V> {
    let py = object.py();
    expect_runtime_error(object)?;
    let arguments = attribute(&object.to_object(), c"args")?;
    let (value,) = <(Any<'_>,)>::from_python::<Probed>(arguments.as_argument(), py)
        .map_err(|error| wrong_count(object, &arguments, error))?;
    convert(value.as_argument())
        .map_err(|error| error.at(|| Step::Part("argument of the RuntimeError")))
}

/// What to say of an exception that has not got one argument.
fn wrong_count(exception: Argument<'_>, arguments: &Any<'_>, error: Error) -> Error {
    if !error.is_conversion() || !arguments.as_argument().is_instance(api::PyTuple_Type()) {
        return error;
    }
    let name = match crate::error::type_name(exception) {
        Ok(name) => name,
        Err(raised) => return raised,
    };
    // SAFETY: a tuple, alive and attached.
    let got = match unsafe { tuple_size(arguments.as_raw()) } {
        0 => format!("{name} without arguments"),
        count => format!("{name} with {count} arguments"),
    };
    let expected = "RuntimeError with one argument";
    Error::conversion(api::PyExc_TypeError, expected.into(), got)
}
