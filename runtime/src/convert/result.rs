//! `Result` as a value: the object of its `Ok` value, or an exception object in its place.
//!
//! If the error type is an exception in Python, the object is that exception. Any other error is the argument of a RuntimeError,
//! as when a function fails with it.

use super::exact::OnlyHere;
use super::{FromPython, IntoPython, Rest, result_of_callback};
use crate::call::{Returned, tuple_size};
use crate::dynamic::call;
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

/// Converts an object: a value by `value`, or an exception in its place by `error`.
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
            // Python code has changed the class of the object between the two checks.
            Ok(other) => Ok(other),
            Err(other) => Err(mismatch.or(other)),
        },
        result => result,
    }
}

/// Converts an exception object to the error, or to the value, which can be an exception too, for example another result.
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

/// Converts the error that a callback raised.
///
/// # Errors
/// The exception itself, if it is not such an error. Subclasses of RuntimeError are not, since they have other meanings.
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

/// Creates a RuntimeError with `value` as its only argument, or without arguments. Functions of a WIT interface raise it for an
/// error that is not an exception.
#[cold]
pub(crate) fn runtime_error<'py>(py: Python<'py>, value: Option<Any<'py>>) -> Returned<'py> {
    // SAFETY: the class lives as long as Python; attached.
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

/// Returns the only argument of a RuntimeError.
#[cold]
pub(super) fn argument_of_runtime_error<'py, T: FromPython<'py>>(
    object: Argument<'_>,
    py: Python<'py>,
) -> Result<T> {
    argument_of_runtime_error_as(object, |argument| T::from_python::<Probed>(argument, py))
}

/// Converts the only argument of a RuntimeError by `convert`.
#[cold]
pub(super) fn argument_of_runtime_error_as<V>(
    object: Argument<'_>,
    convert: impl FnOnce(Argument<'_>) -> Result<V>,
) -> Result<V> {
    let py = object.py();
    expect_runtime_error(object)?;
    let arguments = object.to_object().attribute(c"args")?;
    let (value,) = <(Any<'_>,)>::from_python::<Probed>(arguments.as_argument(), py)
        .map_err(|error| wrong_count(object, &arguments, error))?;
    convert(value.as_argument())
        .map_err(|error| error.at(|| Step::Part("argument of the RuntimeError")))
}

/// Returns the error for an exception that does not have exactly one argument.
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
