//! Strings and characters.

use super::exact::OnlyHere;
use super::memory::copy_of_text;
use super::{FromArgument, FromPython, IntoPython};
use crate::call::Returned;
use crate::error::Error;
use crate::layout::{Layout, Probed, read};
use crate::object::{Any, Argument};
use crate::python::Python;
use crate::{Result, api};

impl<'py> FromArgument<'py> for &'py str {
    #[inline(always)]
    fn from_argument<L: Layout>(argument: Argument<'py>) -> Result<&'py str> {
        match compact_ascii::<L>(argument) {
            Some(text) => Ok(text),
            None => text_by_api(argument),
        }
    }
}

impl<'py> FromArgument<'py> for Option<&'py str> {
    #[inline(always)]
    fn from_argument<L: Layout>(argument: Argument<'py>) -> Result<Option<&'py str>> {
        if argument.is_none() {
            return Ok(None);
        }
        match <&str>::from_argument::<L>(argument) {
            Ok(text) => Ok(Some(text)),
            Err(error) => Err(error.or_none()),
        }
    }
}

impl FromPython<'_> for String {
    const EXACT: bool = true;

    #[inline]
    fn from_python<L: Layout>(object: Argument<'_>, _py: Python<'_>) -> Result<String> {
        copy_of_text(<&str>::from_argument::<L>(object)?)
    }

    #[inline]
    fn from_exact<L: Layout>(object: Argument<'_>, _: OnlyHere) -> Option<String> {
        // If there is no memory for the copy, the slower path raises the error.
        copy_of_text(compact_ascii::<L>(object)?).ok()
    }
}

impl FromPython<'_> for char {
    fn from_python<L: Layout>(object: Argument<'_>, _py: Python<'_>) -> Result<char> {
        let mut characters = <&str>::from_argument::<L>(object)?.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => Ok(character),
            (None, _) => Err(not_one_character(0)),
            (Some(_), Some(_)) => Err(not_one_character(characters.count() + 2)),
        }
    }
}

#[cold]
fn not_one_character(count: usize) -> Error {
    Error::conversion(
        api::PyExc_TypeError,
        "a str of one character".into(),
        format!("one of {count}"),
    )
}

/// Returns the characters of a compact ASCII string, if its layout is known.
#[inline(always)]
fn compact_ascii<'py, L: Layout>(object: Argument<'py>) -> Option<&'py str> {
    let facts = L::facts();
    if facts.ascii.data == 0 || !object.is_exactly::<L>(api::PyUnicode_Type()) {
        return None;
    }
    // SAFETY: an exact str; its fields are where the probe found them. ASCII is UTF-8, and strings are immutable.
    unsafe {
        if read::<u8>(object.as_raw(), facts.ascii.state) & facts.ascii.mask != facts.ascii.mask {
            return None;
        }
        let length = read::<usize>(object.as_raw(), facts.header);
        let data = object.as_raw().cast::<u8>().add(facts.ascii.data);
        Some(std::str::from_utf8_unchecked(std::slice::from_raw_parts(
            data, length,
        )))
    }
}

#[inline(never)]
fn text_by_api(object: Argument<'_>) -> Result<&str> {
    if !object.is_instance(api::PyUnicode_Type()) {
        return Err(Error::expected("str", object));
    }
    utf8_by_api(object).ok_or_else(|| Error::fetch(object.py()))
}

/// Returns the UTF-8 form, which Python stores with the string. Returns `None` with an exception raised for a lone surrogate or
/// if there is no memory.
fn utf8_by_api(object: Argument<'_>) -> Option<&str> {
    let mut size = 0;
    // SAFETY: a str, alive and attached.
    let data = unsafe { api::PyUnicode_AsUTF8AndSize(object.as_raw(), &mut size) };
    if data.is_null() {
        return None;
    }
    // SAFETY: valid UTF-8 of this size, alive as long as the string.
    Some(unsafe {
        std::str::from_utf8_unchecked(std::slice::from_raw_parts(data.cast(), size as usize))
    })
}

/// Returns the text of a str, or `None` for any other object and for lone surrogates.
///
/// # Errors
/// MemoryError.
#[inline]
pub(crate) fn utf8<'py, L: Layout>(object: Argument<'py>) -> Result<Option<&'py str>> {
    match compact_ascii::<L>(object) {
        Some(text) => Ok(Some(text)),
        None => utf8_if_str(object),
    }
}

#[inline(never)]
fn utf8_if_str(object: Argument<'_>) -> Result<Option<&str>> {
    if !object.is_instance(api::PyUnicode_Type()) {
        return Ok(None);
    }
    match utf8_by_api(object) {
        Some(text) => Ok(Some(text)),
        None => match Error::fetch(object.py()) {
            error if error.is_instance_of(object.py(), api::PyExc_UnicodeError) => Ok(None),
            error => Err(error),
        },
    }
}

/// Calls `read` with the text of a str, in which lone surrogates are written as `\udc80`, for messages and keys. Returns `None`
/// for any other object.
///
/// # Errors
/// MemoryError.
pub(crate) fn with_text<T>(
    object: Argument<'_>,
    read: impl FnOnce(&str) -> T,
) -> Result<Option<T>> {
    if let Some(text) = utf8::<Probed>(object)? {
        return Ok(Some(read(text)));
    }
    if !object.is_instance(api::PyUnicode_Type()) {
        return Ok(None);
    }
    // SAFETY: a str, alive and attached; Python always has this codec and this error handler.
    let bytes = unsafe {
        let bytes = api::PyUnicode_AsEncodedString(
            object.as_raw(),
            c"utf-8".as_ptr(),
            c"backslashreplace".as_ptr(),
        );
        Any::from_owned(object.py(), bytes)?
    };
    let bytes = super::bytes::BytesArgument::from_argument::<Probed>(bytes.as_argument())?;
    Ok(std::str::from_utf8(&bytes).ok().map(read))
}

/// Creates a str.
pub(crate) fn from_str<'py>(py: Python<'py>, text: &str) -> Result<Any<'py>> {
    text.into_python::<Probed>(py)
}

impl IntoPython for &str {
    #[inline]
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        let data = L::facts().ascii.data;
        // Strings of up to one character are shared objects, which must not be written to.
        if data != 0 && self.len() > 1 && self.is_ascii() {
            // SAFETY: attached. A new string of this many ASCII characters has room for them, and no other code has seen it yet.
            unsafe {
                let object = Any::from_owned(py, api::PyUnicode_New(self.len() as isize, 127))?;
                let characters = object.as_raw().cast::<u8>().add(data);
                characters.copy_from_nonoverlapping(self.as_ptr(), self.len());
                return Ok(object);
            }
        }
        // SAFETY: attached; the text is UTF-8 of this size.
        unsafe {
            Any::from_owned(
                py,
                api::PyUnicode_FromStringAndSize(self.as_ptr().cast(), self.len() as isize),
            )
        }
    }
}

impl IntoPython for String {
    #[inline]
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        self.as_str().into_python::<L>(py)
    }

    plain_lists! {}
}

impl IntoPython for char {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        let mut buffer = [0; 4];
        let text: &str = self.encode_utf8(&mut buffer);
        text.into_python::<L>(py)
    }

    plain_lists! {}
}
