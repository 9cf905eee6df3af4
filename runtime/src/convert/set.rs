//! Sets.

use super::{FromPython, IntoPython};
use crate::call::Returned;
use crate::error::{Error, Step};
use crate::layout::Layout;
use crate::object::{Any, Argument};
use crate::python::Python;
use crate::{Result, api, callback};
use std::hash::Hash;

/// A set that keeps the order in which it was filled.
pub type Set<T> = indexmap::IndexSet<T>;

impl<'py, T: FromPython<'py> + Hash + Eq> FromPython<'py> for Set<T> {
    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Set<T>> {
        let items = items(object)?;
        let mut set = Set::new();
        while let Some(item) = callback::next(&items)? {
            let value = T::from_python::<L>(item.as_argument(), py);
            set.insert(value.map_err(|error| error.at(|| Step::Part("an item")))?);
        }
        Ok(set)
    }
}

/// An iterator over a set, a frozenset or another `collections.abc.Set`, such as the keys of a dictionary.
#[inline(never)]
pub(super) fn items(object: Argument<'_>) -> Result<Any<'_>> {
    let py = object.py();
    let is_set = object.is_instance(api::PySet_Type())
        || object.is_instance(api::PyFrozenSet_Type())
        || object.is_instance_by_python(&py.import("collections.abc")?.attribute(c"Set")?)?;
    if !is_set {
        return Err(Error::expected("set", object));
    }
    // SAFETY: alive and attached.
    unsafe { Any::from_owned(py, api::PyObject_GetIter(object.as_raw())) }
}

impl<T: IntoPython> IntoPython for Set<T> {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        // SAFETY: attached; null makes an empty set.
        let set = unsafe { Any::from_owned(py, api::PySet_New(std::ptr::null_mut()))? };
        for item in self {
            let item = item.into_python::<L>(py)?;
            // SAFETY: live objects; the item is borrowed.
            if unsafe { api::PySet_Add(set.as_raw(), item.as_raw()) } < 0 {
                return Err(Error::fetch(py));
            }
        }
        Ok(set)
    }
}
