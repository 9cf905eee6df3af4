//! Attributes of objects.

use super::answer;
use crate::convert::exact::OnlyHere;
use crate::convert::{IntoPython, string};
use crate::error::Error;
use crate::layout::Probed;
use crate::object::{Any, if_there};
use crate::python::Python;
use crate::{Result, api, callback};
use std::ffi::CStr;

/// The name of an attribute or of a keyword argument: `c"name"`, `"name"`, a `&String`, or an [`Any`] that is a `str`, such as one
/// that is kept for many calls.
///
/// The trait cannot be implemented for other types.
///
/// ```
/// # use pyidl_runtime::{Any, AttributeName, Result};
/// fn first_of<'py>(object: &Any<'py>, names: &[impl AttributeName + Copy]) -> Result<Option<Any<'py>>> {
///     for name in names {
///         if let Some(value) = object.getattr_opt(*name)? {
///             return Ok(Some(value));
///         }
///     }
///     Ok(None)
/// }
/// ```
pub trait AttributeName {
    /// Returns the name as a `str`.
    #[doc(hidden)]
    fn into_name(self, py: Python<'_>, _: OnlyHere) -> Result<Any<'_>>;
}

impl AttributeName for &str {
    fn into_name(self, py: Python<'_>, _: OnlyHere) -> Result<Any<'_>> {
        string::from_str(py, self)
    }
}

impl AttributeName for &String {
    fn into_name(self, py: Python<'_>, _: OnlyHere) -> Result<Any<'_>> {
        string::from_str(py, self)
    }
}

impl AttributeName for &CStr {
    fn into_name(self, py: Python<'_>, _: OnlyHere) -> Result<Any<'_>> {
        string::from_str(py, self.to_str()?)
    }
}

impl AttributeName for &Any<'_> {
    fn into_name<'py>(self, py: Python<'py>, _: OnlyHere) -> Result<Any<'py>> {
        match self.as_argument().is_instance(api::PyUnicode_Type()) {
            true => self.into_python::<Probed>(py),
            false => Err(Error::expected("str", self.as_argument())),
        }
    }
}

/// Attributes. A name is `c"name"`, `"name"` or a `str` object: see [`AttributeName`].
impl<'py> Any<'py> {
    /// Returns an attribute: `object.name`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn size_of(path: &Any<'_>) -> Result<u64> {
    ///     path.call_method(c"stat", ())?.getattr(c"st_size")?.extract()
    /// }
    /// ```
    ///
    /// # Errors
    /// AttributeError, or the exception that the lookup raises.
    pub fn getattr(&self, name: impl AttributeName) -> Result<Any<'py>> {
        let name = name.into_name(self.py(), OnlyHere)?;
        let _nested = callback::nest()?;
        // SAFETY: live objects; attached.
        unsafe {
            Any::from_owned(
                self.py(),
                api::PyObject_GetAttr(self.as_raw(), name.as_raw()),
            )
        }
    }

    /// Returns an attribute, or `None` if it does not exist.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn close(file: &Any<'_>) -> Result<()> {
    ///     if let Some(close) = file.getattr_opt(c"close")? {
    ///         close.call(())?;
    ///     }
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    /// The exception that the lookup raises, unless it is an AttributeError.
    pub fn getattr_opt(&self, name: impl AttributeName) -> Result<Option<Any<'py>>> {
        if_there(self.py(), self.getattr(name))
    }

    /// Returns whether an attribute exists: `hasattr(object, name)`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn is_a_file(object: &Any<'_>) -> Result<bool> {
    ///     Ok(object.hasattr(c"read")? || object.hasattr(c"write")?)
    /// }
    /// ```
    ///
    /// # Errors
    /// As for [`getattr_opt`](Any::getattr_opt).
    pub fn hasattr(&self, name: impl AttributeName) -> Result<bool> {
        self.getattr_opt(name).map(|value| value.is_some())
    }

    /// Sets an attribute: `object.name = value`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn label(object: &Any<'_>, number: u32) -> Result<()> {
    ///     object.setattr(c"label", format!("#{number}"))
    /// }
    /// ```
    ///
    /// # Errors
    /// The error of the value's conversion, AttributeError, or the exception that the object raises.
    pub fn setattr(&self, name: impl AttributeName, value: impl IntoPython) -> Result<()> {
        let py = self.py();
        let name = name.into_name(py, OnlyHere)?;
        let value = value.into_python::<Probed>(py)?;
        let _nested = callback::nest()?;
        // SAFETY: live objects; attached.
        let status = unsafe { api::PyObject_SetAttr(self.as_raw(), name.as_raw(), value.as_raw()) };
        answer(py, status).map(drop)
    }

    /// Deletes an attribute: `del object.name`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn forget(object: &Any<'_>) -> Result<()> {
    ///     object.delattr(c"cache")
    /// }
    /// ```
    ///
    /// # Errors
    /// AttributeError, or the exception that the object raises.
    pub fn delattr(&self, name: impl AttributeName) -> Result<()> {
        let name = name.into_name(self.py(), OnlyHere)?;
        let _nested = callback::nest()?;
        // SAFETY: live objects; attached. CPython before 3.13 has no such function, but deletes an attribute that is set to null.
        // PyPy has the function, and does not report an attribute that does not exist if it is set to null.
        let status = api::until_thread_exits(|| unsafe {
            match api::PyObject_DelAttr() {
                Some(delete) => delete(self.as_raw(), name.as_raw()),
                None => api::PyObject_SetAttr(self.as_raw(), name.as_raw(), std::ptr::null_mut()),
            }
        });
        answer(self.py(), status).map(drop)
    }
}
