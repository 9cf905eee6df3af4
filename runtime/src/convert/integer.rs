//! Machine integers and integers of any size.

use super::exact::OnlyHere;
use super::{FromPython, IntoPython};
use crate::bigint::BigInt;
use crate::call::Returned;
use crate::error::Error;
use crate::ffi::Raw;
use crate::layout::{Integers, Layout, read};
use crate::object::{Any, Argument};
use crate::python::Python;
use crate::refcount::SmallIntegers;
use crate::{Result, api, callback};
use std::ffi::c_int;

/// Returns the value of an int of up to two digits of 30 bits, or `None` for longer ones.
///
/// # Safety
/// `int` is a live object of exactly the type int, whose digits have the given layout.
#[inline(always)]
pub(crate) unsafe fn read_up_to_two_digits(
    object: Raw,
    header: usize,
    kind: Integers,
) -> Option<i64> {
    // SAFETY: the count is one word, and the digits follow it; two are read only if the count says so.
    unsafe {
        let digit =
            |index: usize| i64::from(read::<u32>(object, header + size_of::<usize>() + 4 * index));
        match kind {
            Integers::Api => None,
            Integers::SignedSize => {
                let count = read::<isize>(object, header);
                match count {
                    // A zero has room for one digit, which may be uninitialised.
                    -1..=1 => Some(count as i64 * digit(0)),
                    2 => Some(digit(0) | digit(1) << 30),
                    -2 => Some(-(digit(0) | digit(1) << 30)),
                    _ => None,
                }
            }
            Integers::Tagged => {
                let tag = read::<usize>(object, header);
                let sign = 1 - (tag & 3) as i64;
                match tag >> 3 {
                    0 | 1 => Some(sign * digit(0)),
                    2 => Some(sign * (digit(0) | digit(1) << 30)),
                    _ => None,
                }
            }
        }
    }
}

/// Returns the value of an exact int, if it is short and its layout allows reading it directly.
#[inline(always)]
pub(super) fn read_short<L: Layout>(object: Argument<'_>) -> Option<i64> {
    let facts = L::facts();
    if facts.integers == Integers::Api || !object.is_exactly::<L>(api::PyLong_Type()) {
        return None;
    }
    // SAFETY: an exact int with the layout that the probe found.
    unsafe { read_up_to_two_digits(object.as_raw(), facts.header, facts.integers) }
}

/// Creates an int.
#[inline(always)]
fn from_i64<'py, L: Layout>(value: i64, py: Python<'py>) -> Returned<'py> {
    // SAFETY: attached; the table is filled where ints are read directly.
    unsafe {
        if L::facts().integers != Integers::Api
            && let Some(object) = SmallIntegers::get::<L>(value)
        {
            return Ok(Any::from_owned_unchecked(py, object));
        }
        Any::from_owned(py, api::PyLong_FromLongLong(value))
    }
}

/// Returns the object itself if it is an int, otherwise the result of its `__index__`.
pub(super) fn as_int<'py>(object: Argument<'_>, py: Python<'py>) -> Result<Any<'py>> {
    if object.is_instance(api::PyLong_Type()) {
        // SAFETY: alive and attached.
        return unsafe { Any::from_owned(py, api::PyNumber_Index(object.as_raw())) };
    }
    // SAFETY: alive and attached.
    if unsafe { api::PyIndex_Check(object.as_raw()) } == 0 {
        return Err(Error::expected("int", object));
    }
    let _nested = callback::nest()?;
    // SAFETY: alive and attached.
    unsafe { Any::from_owned(py, api::PyNumber_Index(object.as_raw())) }
}

/// An int, compared with the range of `i64`.
enum Wide<'py> {
    Within(i64),
    /// It is outside the range, on either side.
    Beyond(Any<'py>),
}

#[inline(never)]
fn wide<'py>(object: Argument<'_>, py: Python<'py>) -> Result<Wide<'py>> {
    let int = as_int(object, py)?;
    let mut overflow: c_int = 0;
    // SAFETY: an int, alive and attached.
    let value = unsafe { api::PyLong_AsLongLongAndOverflow(int.as_raw(), &mut overflow) };
    if overflow != 0 {
        return Ok(Wide::Beyond(int));
    }
    // SAFETY: attached.
    if value == -1 && !unsafe { api::PyErr_Occurred() }.is_null() {
        return Err(Error::fetch(py));
    }
    Ok(Wide::Within(value))
}

/// Returns the value of any object as an `i64`.
#[inline(never)]
fn signed_by_api(object: Argument<'_>, py: Python<'_>, range: fn() -> String) -> Result<i64> {
    match wide(object, py)? {
        Wide::Within(value) => Ok(value),
        Wide::Beyond(_) => Err(out_of_range(range(), object)),
    }
}

/// Returns the value of any object as a `u64`.
#[inline(never)]
fn unsigned_by_api(object: Argument<'_>, py: Python<'_>, range: fn() -> String) -> Result<u64> {
    let value = match wide(object, py)? {
        Wide::Within(value) => u64::try_from(value).ok(),
        Wide::Beyond(int) => u64::try_from(&big_by_api(&int)?).ok(),
    };
    value.ok_or_else(|| out_of_range(range(), object))
}

/// Returns the value of any object, without bounds.
#[inline(never)]
fn any_size_by_api(object: Argument<'_>, py: Python<'_>) -> Result<BigInt> {
    match wide(object, py)? {
        Wide::Within(value) => Ok(value.into()),
        Wide::Beyond(int) => big_by_api(&int),
    }
}

/// Reads the hexadecimal digits, which takes linear time and uses only functions that every Python version has.
fn big_by_api(int: &Any<'_>) -> Result<BigInt> {
    // SAFETY: an int, alive and attached.
    let text = unsafe { Any::from_owned(int.py(), api::PyNumber_ToBase(int.as_raw(), 16))? };
    let number = super::string::with_text(text.as_argument(), BigInt::from_hexadecimal)?;
    match number.flatten() {
        Some(number) => number,
        None => Err(Error::value_error("an int has no hexadecimal digits")),
    }
}

#[cold]
#[inline(never)]
fn out_of_range(range: String, object: Argument<'_>) -> Error {
    match number_text(object) {
        Ok(got) => {
            let range = format!("an int from {range}").into();
            Error::conversion(api::PyExc_OverflowError, range, got).no_int()
        }
        Err(raised) => raised,
    }
}

/// Returns the number as text, if it is short enough to be read in a message.
///
/// # Errors
/// The exception that Python code raises when the number is requested again, unless it means that the object is no longer a
/// number.
pub(crate) fn number_text(object: Argument<'_>) -> Result<String> {
    match any_size_by_api(object, object.py()) {
        Ok(value) => Ok(value.shown()),
        Err(error) if error.is_conversion() => crate::error::type_name(object),
        Err(error) => Err(error),
    }
}

macro_rules! within_word {
    ($($int:ident by $slow:ident;)*) => {$(
        impl FromPython<'_> for $int {
            const EXACT: bool = true;

            #[inline(always)]
            fn from_python<L: Layout>(object: Argument<'_>, py: Python<'_>) -> Result<$int> {
                fn range() -> String {
                    format!("{} to {}", $int::MIN, $int::MAX)
                }
                if let Some(value) = read_short::<L>(object) {
                    return $int::try_from(value).map_err(|_| out_of_range(range(), object));
                }
                let value = $slow(object, py, range)?;
                $int::try_from(value).map_err(|_| out_of_range(range(), object))
            }

            #[inline(always)]
            fn from_exact<L: Layout>(object: Argument<'_>, _: OnlyHere) -> Option<$int> {
                $int::try_from(read_short::<L>(object)?).ok()
            }

            list_hooks! { from $int }
        }
    )*};
}

/// Only `u8` has lists that are not lists in Python.
macro_rules! list_hooks {
    (from u8) => {
        fn list_from_python<L: Layout>(object: Argument<'_>, _py: Python<'_>) -> Result<Vec<u8>> {
            super::bytes::to_vec(object)
        }
    };
    (into u8) => {
        fn list_into_python<'py, L: Layout>(bytes: Vec<u8>, py: Python<'py>) -> Returned<'py> {
            super::bytes::from_slice(py, &bytes)
        }
    };
    (into $int:ident) => {
        plain_lists! {}
    };
    ($way:ident $int:ident) => {};
}

within_word! {
    i8 by signed_by_api;
    i16 by signed_by_api;
    i32 by signed_by_api;
    i64 by signed_by_api;
    isize by signed_by_api;
    u8 by signed_by_api;
    u16 by signed_by_api;
    u32 by signed_by_api;
    u64 by unsigned_by_api;
    usize by unsigned_by_api;
}

macro_rules! within_two_words {
    ($($int:ident)*) => {$(
        impl FromPython<'_> for $int {
            fn from_python<L: Layout>(object: Argument<'_>, py: Python<'_>) -> Result<$int> {
                let value = match read_short::<L>(object) {
                    Some(value) => $int::try_from(value).ok(),
                    None => $int::try_from(&any_size_by_api(object, py)?).ok(),
                };
                value.ok_or_else(|| out_of_range(format!("{} to {}", $int::MIN, $int::MAX), object))
            }
        }

        impl IntoPython for $int {
            fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
                match i64::try_from(self) {
                    Ok(value) => from_i64::<L>(value, py),
                    Err(_) => from_big(&self.into(), py),
                }
            }
        }
    )*};
}

within_two_words! { i128 u128 }

macro_rules! into_signed {
    ($($int:ident)*) => {$(
        impl IntoPython for $int {
            #[inline(always)]
            fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
                from_i64::<L>(self as i64, py)
            }

            list_hooks! { into $int }
        }
    )*};
}

into_signed! { i8 i16 i32 i64 isize u8 u16 u32 }

macro_rules! into_unsigned {
    ($($int:ident)*) => {$(
        impl IntoPython for $int {
            #[inline(always)]
            fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
                match i64::try_from(self) {
                    Ok(value) => from_i64::<L>(value, py),
                    // SAFETY: attached.
                    Err(_) => unsafe { Any::from_owned(py, api::PyLong_FromUnsignedLongLong(self as u64)) },
                }
            }

            plain_lists! {}
        }
    )*};
}

into_unsigned! { u64 usize }

impl FromPython<'_> for BigInt {
    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'_>) -> Result<BigInt> {
        match read_short::<L>(object) {
            Some(value) => Ok(value.into()),
            None => any_size_by_api(object, py),
        }
    }
}

impl IntoPython for BigInt {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        match i64::try_from(&self) {
            Ok(value) => from_i64::<L>(value, py),
            Err(_) => from_big(&self, py),
        }
    }
}

fn from_big<'py>(value: &BigInt, py: Python<'py>) -> Returned<'py> {
    let digits = value.to_hexadecimal()?;
    // SAFETY: attached; the digits are NUL-terminated and of the given base.
    unsafe {
        let digits = digits.as_ptr().cast();
        Any::from_owned(py, api::PyLong_FromString(digits, std::ptr::null_mut(), 16))
    }
}
