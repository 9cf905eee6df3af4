//! Normal forms of values that contain no other values of the user's.

use super::{Normalise, keep, keep_exact};
use crate::api;
use crate::bigint::BigInt;
use crate::call::Returned;
use crate::convert::result::expect_runtime_error;
use crate::convert::{Complex, FromArgument, FromPython, IntoPython};
use crate::datetime::{Date, DateTime, Duration, Time};
use crate::decimal::Decimal;
use crate::ffi::Raw;
use crate::layout::Layout;
use crate::object::Argument;
use crate::python::Python;
use crate::uuid::Uuid;
use std::path::PathBuf;

macro_rules! exact {
    ($($ty:ident)*) => {$(
        impl<'py> Normalise<'py> for $ty {
            #[inline]
            fn normalise<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
                keep_exact::<L, Self>(object, py)
            }
        }
    )*};
}

exact! { bool i8 i16 i32 i64 isize u16 u32 u64 usize }

impl<'py> Normalise<'py> for u8 {
    #[inline]
    fn normalise<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
        keep_exact::<L, Self>(object, py)
    }

    fn normalise_list<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
        if object.is_exactly::<L>(api::PyBytes_Type()) {
            return Ok(keep(object, py));
        }
        Vec::<u8>::from_python::<L>(object, py)?.into_python::<L>(py)
    }
}

/// Implements [`Normalise::normalise`] for a type whose values are objects of exactly the class `class`.
#[inline]
fn keep_instance<'py, L: Layout, T: FromPython<'py> + IntoPython>(
    object: Argument<'_>,
    py: Python<'py>,
    class: Raw,
) -> Returned<'py> {
    let value = T::from_python::<L>(object, py)?;
    match object.is_exactly::<L>(class) {
        true => Ok(keep(object, py)),
        false => value.into_python::<L>(py),
    }
}

macro_rules! instances {
    ($($ty:ident of $class:ident;)*) => {$(
        impl<'py> Normalise<'py> for $ty {
            #[inline]
            fn normalise<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
                keep_instance::<L, Self>(object, py, api::$class())
            }
        }
    )*};
}

instances! {
    i128 of PyLong_Type;
    u128 of PyLong_Type;
    BigInt of PyLong_Type;
    char of PyUnicode_Type;
    Complex of PyComplex_Type;
}

impl<'py> Normalise<'py> for f64 {
    #[inline]
    fn normalise<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
        if object.is_exactly::<L>(api::PyFloat_Type()) {
            return Ok(keep(object, py));
        }
        f64::from_python::<L>(object, py)?.into_python::<L>(py)
    }
}

impl<'py> Normalise<'py> for String {
    #[inline]
    fn normalise<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
        if object.is_exactly::<L>(api::PyUnicode_Type()) {
            // Strings without a UTF-8 form are rejected here as everywhere.
            <&str>::from_argument::<L>(object)?;
            return Ok(keep(object, py));
        }
        String::from_python::<L>(object, py)?.into_python::<L>(py)
    }
}

impl<'py> Normalise<'py> for () {
    fn normalise<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
        <()>::from_ok::<L>(object, py)?.into_python::<L>(py)
    }

    fn normalise_error<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
        expect_runtime_error(object)?;
        Ok(keep(object, py))
    }
}

// The normal form is a new object: rounded, of a class of the standard library, or with an offset instead of a time zone.
macro_rules! converted {
    ($($ty:ident)*) => {$(
        impl Normalise<'_> for $ty {}
    )*};
}

converted! { f32 PathBuf Decimal Uuid Date Time DateTime Duration }
