//! Operations of [`Any`] for authors of modules.

use crate::callback::{self, CallbackArguments};
use crate::convert::{FromPython, IntoPython, string};
use crate::error::Error;
use crate::layout::Probed;
use crate::object::Any;
use crate::{Result, api};
use std::fmt;

/// ```
/// # use pyidl_runtime::{Any, Result};
/// fn title(text: &Any<'_>) -> Result<String> {
///     text.call_method("title", ())?.extract()
/// }
/// ```
impl<'py> Any<'py> {
    /// Converts the object to a Rust type: numbers, strings, [`Vec`], [`Map`](crate::Map), records of the interface file and so
    /// on.
    ///
    /// # Errors
    /// TypeError if it is of another type, OverflowError if a number does not fit.
    pub fn extract<T: FromPython<'py>>(&self) -> Result<T> {
        T::from_python::<Probed>(self.as_argument(), self.py())
    }

    /// Returns whether it is `None`.
    pub fn is_none(&self) -> bool {
        self.as_argument().is_none()
    }

    /// Returns whether both are the same object, like the operator `is`.
    pub fn is(&self, other: &Any<'_>) -> bool {
        self.as_raw() == other.as_raw()
    }

    /// Returns the attribute `name`.
    ///
    /// # Errors
    /// AttributeError, or the exception that the lookup raises.
    pub fn getattr(&self, name: &str) -> Result<Any<'py>> {
        let name = string::from_str(self.py(), name)?;
        let _nested = callback::nest()?;
        // SAFETY: live objects; attached.
        unsafe {
            Any::from_owned(
                self.py(),
                api::PyObject_GetAttr(self.as_raw(), name.as_raw()),
            )
        }
    }

    /// Sets the attribute `name`.
    ///
    /// # Errors
    /// The error of the conversion, or the exception that the object raises.
    pub fn setattr(&self, name: &str, value: impl IntoPython) -> Result<()> {
        let py = self.py();
        let name = string::from_str(py, name)?;
        let value = value.into_python::<Probed>(py)?;
        let _nested = callback::nest()?;
        // SAFETY: live objects; attached.
        match unsafe { api::PyObject_SetAttr(self.as_raw(), name.as_raw(), value.as_raw()) } {
            0 => Ok(()),
            _ => Err(Error::fetch(py)),
        }
    }

    /// Calls it with a tuple of arguments: `f.call((1, "a"))?`.
    ///
    /// # Errors
    /// The error of an argument's conversion, or the exception that the object raises.
    pub fn call(&self, arguments: impl CallbackArguments) -> Result<Any<'py>> {
        arguments.call(self)
    }

    /// Calls the method `name` with a tuple of arguments.
    ///
    /// # Errors
    /// As for [`getattr`](Any::getattr) and [`call`](Any::call).
    pub fn call_method(&self, name: &str, arguments: impl CallbackArguments) -> Result<Any<'py>> {
        self.getattr(name)?.call(arguments)
    }

    /// Returns an iterator over its items: `iter(object)`.
    ///
    /// # Errors
    /// TypeError if it is not iterable.
    pub fn iter(&self) -> Result<crate::Iter<'py, Any<'py>>> {
        let _nested = callback::nest()?;
        // SAFETY: alive and attached.
        let items = unsafe { Any::from_owned(self.py(), api::PyObject_GetIter(self.as_raw()))? };
        items.extract()
    }

    /// Writes the text that a function of Python returns for it, or in angle brackets the exception that the function raises.
    fn write_text(
        &self,
        f: &mut fmt::Formatter<'_>,
        by: impl FnOnce(&Any<'py>) -> Result<Any<'py>>,
    ) -> fmt::Result {
        let written = || {
            let _nested = callback::nest()?;
            string::with_text(by(self)?.as_argument(), |text| f.write_str(text))
        };
        match written() {
            Ok(written) => written.unwrap_or(Ok(())),
            Err(error) => write!(f, "<{error}>"),
        }
    }
}

/// Formats like Python's `str()`.
impl fmt::Display for Any<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // SAFETY: alive and attached.
        self.write_text(f, |object| unsafe {
            Any::from_owned(object.py(), api::PyObject_Str(object.as_raw()))
        })
    }
}

/// Formats like Python's `repr()`.
impl fmt::Debug for Any<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // SAFETY: alive and attached.
        self.write_text(f, |object| unsafe {
            Any::from_owned(object.py(), api::PyObject_Repr(object.as_raw()))
        })
    }
}

impl<A, R> fmt::Debug for callback::Callback<'_, A, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Callback").field(self.as_any()).finish()
    }
}
