//! Objects that contain others.

use super::{answer, size};
use crate::convert::IntoPython;
use crate::layout::Probed;
use crate::object::Any;
use crate::{Result, api, callback};

/// Items of lists, dicts and other containers. A key is another object or a value that is converted to one.
impl<'py> Any<'py> {
    /// Returns the number of its items: `len(object)`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn last<'py>(list: &Any<'py>) -> Result<Option<Any<'py>>> {
    ///     match list.len()? {
    ///         0 => Ok(None),
    ///         length => list.get_item(length - 1).map(Some),
    ///     }
    /// }
    /// ```
    ///
    /// # Errors
    /// TypeError if it has no length; the exception that `__len__` raises.
    pub fn len(&self) -> Result<usize> {
        let _nested = callback::nest()?;
        // SAFETY: alive and attached.
        let length = unsafe { api::PyObject_Size(self.as_raw()) };
        size(self.py(), length)
    }

    /// Returns whether it has no items: `len(object) == 0`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn first<'py>(list: &Any<'py>) -> Result<Option<Any<'py>>> {
    ///     match list.is_empty()? {
    ///         true => Ok(None),
    ///         false => list.get_item(0).map(Some),
    ///     }
    /// }
    /// ```
    ///
    /// # Errors
    /// As for [`len`](Any::len).
    pub fn is_empty(&self) -> Result<bool> {
        self.len().map(|length| length == 0)
    }

    /// Returns an item: `object[key]`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn host(settings: &Any<'_>) -> Result<String> {
    ///     settings.get_item("servers")?.get_item(0)?.extract()
    /// }
    /// ```
    ///
    /// # Errors
    /// The error of the key's conversion; KeyError or IndexError if there is no such item; TypeError if it has no items; the
    /// exception that `__getitem__` raises.
    pub fn get_item(&self, key: impl IntoPython) -> Result<Any<'py>> {
        let py = self.py();
        let key = key.into_python::<Probed>(py)?;
        let _nested = callback::nest()?;
        // SAFETY: live objects; attached.
        unsafe { Any::from_owned(py, api::PyObject_GetItem(self.as_raw(), key.as_raw())) }
    }

    /// Sets an item: `object[key] = value`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn count(counts: &Any<'_>, word: &str, number: u64) -> Result<()> {
    ///     counts.set_item(word, number)
    /// }
    /// ```
    ///
    /// # Errors
    /// The error of a conversion; IndexError if a list has no such place; TypeError if it cannot be changed; the exception that
    /// `__setitem__` raises.
    pub fn set_item(&self, key: impl IntoPython, value: impl IntoPython) -> Result<()> {
        let py = self.py();
        let key = key.into_python::<Probed>(py)?;
        let value = value.into_python::<Probed>(py)?;
        let _nested = callback::nest()?;
        // SAFETY: live objects, which are borrowed; attached.
        let status = unsafe { api::PyObject_SetItem(self.as_raw(), key.as_raw(), value.as_raw()) };
        answer(py, status).map(drop)
    }

    /// Deletes an item: `del object[key]`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn forget(cache: &Any<'_>, path: &str) -> Result<()> {
    ///     cache.del_item(path)
    /// }
    /// ```
    ///
    /// # Errors
    /// As for [`get_item`](Any::get_item), and TypeError if it cannot be changed.
    pub fn del_item(&self, key: impl IntoPython) -> Result<()> {
        let py = self.py();
        let key = key.into_python::<Probed>(py)?;
        let _nested = callback::nest()?;
        // SAFETY: live objects; attached.
        let status = unsafe { api::PyObject_DelItem(self.as_raw(), key.as_raw()) };
        answer(py, status).map(drop)
    }

    /// Returns whether it contains a value: `value in object`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn is_known(names: &Any<'_>, name: &str) -> Result<bool> {
    ///     names.contains(name)
    /// }
    /// ```
    ///
    /// # Errors
    /// The error of the conversion; TypeError if it is not a container; the exception that `__contains__` or a comparison
    /// raises.
    pub fn contains(&self, value: impl IntoPython) -> Result<bool> {
        let py = self.py();
        let value = value.into_python::<Probed>(py)?;
        let _nested = callback::nest()?;
        // SAFETY: live objects; attached.
        let contains = unsafe { api::PySequence_Contains(self.as_raw(), value.as_raw()) };
        answer(py, contains)
    }

    /// Returns an iterator over its items: `iter(object)`.
    ///
    /// An exception that Python raises during the iteration is an item, and the last one.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn longest(words: &Any<'_>) -> Result<usize> {
    ///     let mut longest = 0;
    ///     for word in words.iter()? {
    ///         longest = longest.max(word?.len()?);
    ///     }
    ///     Ok(longest)
    /// }
    /// ```
    ///
    /// # Errors
    /// TypeError if it is not iterable; the exception that `__iter__` raises.
    pub fn iter(&self) -> Result<crate::Iter<'py, Any<'py>>> {
        let _nested = callback::nest()?;
        // SAFETY: alive and attached.
        let items = unsafe { Any::from_owned(self.py(), api::PyObject_GetIter(self.as_raw()))? };
        items.extract()
    }
}
