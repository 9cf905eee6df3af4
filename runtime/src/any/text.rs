//! Objects as text.

use crate::callback::{self, Callback};
use crate::convert::string;
use crate::object::Any;
use crate::{Result, api};
use std::fmt;

/// Text. [`Display`](fmt::Display) and [`Debug`](fmt::Debug) write the same without an error, for messages and logs.
impl<'py> Any<'py> {
    /// Returns its text: `str(object)`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn joined(items: &[Any<'_>]) -> Result<String> {
    ///     let texts: Result<Vec<String>> = items.iter().map(|item| item.str()).collect();
    ///     Ok(texts?.join(", "))
    /// }
    /// ```
    ///
    /// # Errors
    /// The exception that `__str__` raises; UnicodeEncodeError if the text contains a lone surrogate.
    pub fn str(&self) -> Result<String> {
        self.to_text()?.extract()
    }

    /// Returns the text that represents it in code: `repr(object)`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result, exceptions::ValueError};
    /// fn refuse(value: &Any<'_>) -> Result<()> {
    ///     Err(ValueError::new(format!("{} is not a colour", value.repr()?)).into())
    /// }
    /// ```
    ///
    /// # Errors
    /// The exception that `__repr__` raises; UnicodeEncodeError if the text contains a lone surrogate.
    pub fn repr(&self) -> Result<String> {
        self.to_code()?.extract()
    }

    pub(crate) fn to_text(&self) -> Result<Any<'py>> {
        let _nested = callback::nest()?;
        // SAFETY: alive and attached.
        unsafe { Any::from_owned(self.py(), api::PyObject_Str(self.as_raw())) }
    }

    pub(crate) fn to_code(&self) -> Result<Any<'py>> {
        let _nested = callback::nest()?;
        // SAFETY: alive and attached.
        unsafe { Any::from_owned(self.py(), api::PyObject_Repr(self.as_raw())) }
    }
}

/// Writes a text that a function of Python returned, or in angle brackets the exception that it raised.
fn write(text: Result<Any<'_>>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match text.and_then(|text| string::with_text(text.as_argument(), |text| f.write_str(text))) {
        Ok(written) => written.unwrap_or(Ok(())),
        Err(error) => write!(f, "<{error}>"),
    }
}

/// Formats like Python's `str()`. An exception that `__str__` raises is written in its place, in angle brackets.
impl fmt::Display for Any<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(self.to_text(), f)
    }
}

/// Formats like Python's `repr()`. An exception that `__repr__` raises is written in its place, in angle brackets.
impl fmt::Debug for Any<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(self.to_code(), f)
    }
}

impl<A, R> fmt::Debug for Callback<'_, A, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Callback").field(self.as_any()).finish()
    }
}
