//! Calls of functions that are kept small: whatever does not depend on the function itself is compiled once, or once for each type
//! of arguments and results.
//!
//! Modules with many functions use it. A call takes some 40 instructions more for each argument, and a function is compiled in
//! about a seventh of the time.

use super::{Call, Given, Keywords, Returned, Signature, bind_keywords, not_bound};
use crate::Result;
use crate::convert::{FromArgument, IntoPython, memory};
use crate::ffi::Raw;
use crate::layout::Probed;
use crate::object::Argument;
use crate::panic::returning_object;
use crate::python::Python;
use std::marker::PhantomData;

/// The part of a function that depends on it: converts the arguments and calls the user's function. The first parameter is what
/// Python passed as `self`.
type Body = for<'py> unsafe fn(Raw, &Bound<'py>) -> Returned<'py>;

/// A [`Call`] whose number of arguments is not known to the compiler: as many as its signature has parameters.
pub(crate) struct Bound<'py> {
    arguments: *const Raw,
    signature: &'static Signature,
    given: Given,
    py: PhantomData<Python<'py>>,
}

impl<'py> Bound<'py> {
    /// Returns the call.
    ///
    /// # Safety
    /// The signature has `N` parameters.
    #[inline(always)]
    pub(crate) unsafe fn call<const N: usize>(&self) -> Call<'py, N> {
        Call {
            // SAFETY: there are as many arguments as parameters.
            arguments: unsafe { self.arguments.cast::<[Raw; N]>().read() },
            signature: self.signature,
            given: self.given,
            py: PhantomData,
        }
    }
}

/// How many arguments are bound without an allocation.
const FEW: usize = 12;

/// Binds the arguments of a vectorcall, calls `body`, and returns its result in the form that C expects.
///
/// # Safety
/// The arguments are those that Python passed to a `METH_FASTCALL | METH_KEYWORDS` function with this signature, on an attached
/// thread, alive for the call; `body` belongs to the same function.
#[inline(never)]
pub(crate) unsafe fn run(
    this: Raw,
    signature: &'static Signature,
    positional: *const Raw,
    count: usize,
    names: Raw,
    body: Body,
) -> Raw {
    // SAFETY: as promised by the caller.
    let py = unsafe { Python::assume_attached() };
    returning_object(py, || {
        let keywords = match names.is_null() {
            true => Keywords::Absent,
            false => Keywords::Names(names),
        };
        let given = Given {
            positional,
            count,
            keywords,
        };
        let parameters = signature.parameters.len();
        if names.is_null() && count == parameters && signature.positional == count {
            // SAFETY: as promised by the caller; the caller of the function keeps its arguments alive.
            return unsafe { body(this, &bound(signature, positional, given)) };
        }
        if parameters <= FEW {
            let mut arguments = [std::ptr::null_mut(); FEW];
            // SAFETY: as promised by the caller.
            unsafe {
                bind_and_call(
                    py,
                    this,
                    signature,
                    &mut arguments[..parameters],
                    given,
                    body,
                )
            }
        } else {
            let mut arguments = memory::vector(parameters)?;
            arguments.resize(parameters, std::ptr::null_mut());
            // SAFETY: as promised by the caller.
            unsafe { bind_and_call(py, this, signature, &mut arguments, given, body) }
        }
    })
}

/// # Safety
/// As for [`run`]; `arguments` has one null entry per parameter.
unsafe fn bind_and_call<'py>(
    py: Python<'py>,
    this: Raw,
    signature: &'static Signature,
    arguments: &mut [Raw],
    given: Given,
    body: Body,
) -> Returned<'py> {
    let by_position = matches!(given.keywords, Keywords::Absent);
    // SAFETY: as promised by the caller; the array that Python passed has `count` arguments.
    unsafe {
        if by_position && signature.rest_is_optional(given.count) {
            for (index, argument) in arguments.iter_mut().enumerate().take(given.count) {
                *argument = *given.positional.add(index);
            }
        } else {
            bind_keywords(py, signature, arguments, given)?;
        }
        body(this, &bound(signature, arguments.as_ptr(), given))
    }
}

fn bound<'py>(signature: &'static Signature, arguments: *const Raw, given: Given) -> Bound<'py> {
    Bound {
        arguments,
        signature,
        given,
        py: PhantomData,
    }
}

/// Does what [`Call::required`] does.
#[inline(always)]
pub(super) fn required<'py, T: FromArgument<'py>, const N: usize>(
    call: &Call<'py, N>,
    index: usize,
) -> Result<T> {
    // SAFETY: a call is made by an attached thread, and the caller keeps its arguments alive for the call.
    unsafe { converted(call.arguments[index], call.signature, index) }
}

/// Does what [`Call::optional`] does.
#[inline(always)]
pub(super) fn optional<'py, T: FromArgument<'py>, const N: usize>(
    call: &Call<'py, N>,
    index: usize,
) -> Result<Option<T>> {
    let argument = call.arguments[index];
    match argument.is_null() {
        true => Ok(None),
        // SAFETY: as for `required`.
        false => unsafe { converted(argument, call.signature, index).map(Some) },
    }
}

/// Does what [`Call::returns`] does.
#[inline(never)]
pub(super) fn returns<T: IntoPython>(value: T, py: Python<'_>) -> Returned<'_> {
    value.into_python::<Probed>(py)
}

/// Converts an argument.
///
/// # Safety
/// The argument is null or alive for `'py`, on an attached thread.
#[inline(never)]
unsafe fn converted<'py, T: FromArgument<'py>>(
    argument: Raw,
    signature: &'static Signature,
    index: usize,
) -> Result<T> {
    if argument.is_null() {
        return Err(not_bound(signature));
    }
    // SAFETY: as promised by the caller.
    match T::from_argument::<Probed>(unsafe { Argument::from_raw(argument) }) {
        Ok(value) => Ok(value.found_at(|| signature.step(index))),
        Err(error) => Err(signature.name_argument(index, error)),
    }
}
