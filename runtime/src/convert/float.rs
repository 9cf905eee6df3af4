//! Floats.

use super::exact::OnlyHere;
use super::integer::{as_int, number_text, read_short};
use super::{FromPython, IntoPython};
use crate::call::Returned;
use crate::error::Error;
use crate::host::host;
use crate::layout::{Layout, Probed, read};
use crate::object::{Any, Argument};
use crate::python::Python;
use crate::{Result, api, callback};

impl IntoPython for f64 {
    #[inline(always)]
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        // SAFETY: attached.
        unsafe { Any::from_owned(py, api::PyFloat_FromDouble(self)) }
    }

    plain_lists! {}
}

impl IntoPython for f32 {
    #[inline(always)]
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        f64::from(self).into_python::<L>(py)
    }

    plain_lists! {}
}

impl FromPython<'_> for f64 {
    const EXACT: bool = true;
    const ROUNDS: bool = true;

    fn from_python_unrounded<L: Layout>(object: Argument<'_>, py: Python<'_>) -> Result<f64> {
        expect_no_int(object)?;
        f64::from_python::<L>(object, py)
    }

    #[inline(always)]
    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'_>) -> Result<f64> {
        match f64::from_exact::<L>(object, OnlyHere) {
            Some(value) => Ok(value),
            None => float_by_api(object, py),
        }
    }

    #[inline(always)]
    fn from_exact<L: Layout>(object: Argument<'_>, _: OnlyHere) -> Option<f64> {
        let facts = L::facts();
        if facts.floats && object.is_exactly::<L>(api::PyFloat_Type()) {
            // SAFETY: an exact float, whose value follows the header.
            return Some(unsafe { read::<f64>(object.as_raw(), facts.header) });
        }
        // Up to 53 bits the conversion is exact; beyond that, Python and Rust both round to even.
        read_short::<L>(object).map(|value| value as f64)
    }
}

/// Converts any other object: a long int, an instance of a subclass, an object with `__float__` or `__index__`.
#[inline(never)]
fn float_by_api(object: Argument<'_>, py: Python<'_>) -> Result<f64> {
    let _nested = callback::nest()?;
    // SAFETY: alive and attached.
    let value = unsafe { api::PyFloat_AsDouble(object.as_raw()) };
    // SAFETY: attached.
    if value == -1.0 && !unsafe { api::PyErr_Occurred() }.is_null() {
        return otherwise(object, Error::fetch(py));
    }
    Ok(value)
}

/// Returns the error for an object that `PyFloat_AsDouble` rejected. Python's own message ("must be real number, not str") is
/// kept only if code of the object's class raised the exception.
#[cold]
fn otherwise(object: Argument<'_>, raised: Error) -> Result<f64> {
    let class = object.class();
    let class = class.as_argument();
    let method = class.optional_attribute(c"__float__")?;
    if object.is_instance(api::PyLong_Type()) {
        // SAFETY: attached; the class lives as long as Python.
        let int = unsafe { Argument::from_raw(api::PyLong_Type()) };
        let of_int = int.attribute(c"__float__")?;
        if method.is_none_or(|own| !own.is(&of_int)) {
            return Err(raised);
        }
        let range = "a number within the range of float".into();
        let got = number_text(object)?;
        return Err(Error::conversion(api::PyExc_OverflowError, range, got));
    }
    // Up to 3.9 `complex` has a `__float__`, which always raises an error.
    let is_complex = object.is_exactly::<Probed>(api::PyComplex_Type());
    if method.is_some() && !is_complex {
        return Err(raised);
    }
    if class.optional_attribute(c"__index__")?.is_some() {
        if !host().pypy {
            return Err(raised);
        }
        // Only CPython tries `__index__` itself.
        let int = as_int(object, object.py())?;
        return float_by_api(int.as_argument(), object.py());
    }
    Err(Error::expected("float", object))
}

impl FromPython<'_> for f32 {
    const EXACT: bool = true;
    const ROUNDS: bool = true;

    fn from_python_unrounded<L: Layout>(object: Argument<'_>, py: Python<'_>) -> Result<f32> {
        expect_no_int(object)?;
        f32::from_python::<L>(object, py)
    }

    #[inline(always)]
    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'_>) -> Result<f32> {
        let value = f64::from_python::<L>(object, py)?;
        to_f32(value).ok_or_else(|| too_large(value))
    }

    #[inline(always)]
    fn from_exact<L: Layout>(object: Argument<'_>, _: OnlyHere) -> Option<f32> {
        to_f32(f64::from_exact::<L>(object, OnlyHere)?)
    }
}

/// Rejects objects that Python accepts as ints.
#[cold]
pub(super) fn expect_no_int(object: Argument<'_>) -> Result<()> {
    // SAFETY: alive and attached.
    match unsafe { api::PyIndex_Check(object.as_raw()) } {
        0 => Ok(()),
        _ => Err(Error::expected("float", object)),
    }
}

/// Returns the nearest `f32`, or `None` if that would make a finite number infinite.
#[inline(always)]
fn to_f32(value: f64) -> Option<f32> {
    let rounded = value as f32;
    (rounded.is_finite() || !value.is_finite()).then_some(rounded)
}

#[cold]
fn too_large(value: f64) -> Error {
    let range = format!("a number from {:e} to {:e}", f32::MIN, f32::MAX);
    Error::conversion(api::PyExc_OverflowError, range.into(), format!("{value:e}"))
}

#[cfg(test)]
mod tests {
    use super::to_f32;

    #[test]
    fn numbers_beyond_f32_are_refused_but_infinity_is_not() {
        assert_eq!(to_f32(0.1), Some(0.1_f32));
        assert_eq!(to_f32(1e39), None);
        assert_eq!(to_f32(f64::NEG_INFINITY), Some(f32::NEG_INFINITY));
        assert!(to_f32(f64::NAN).is_some_and(f32::is_nan));
    }
}
