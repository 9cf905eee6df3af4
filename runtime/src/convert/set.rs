//! Sets.

use super::{FromPython, IntoPython, Rest, memory};
use crate::call::Returned;
use crate::error::{Error, Step};
use crate::layout::Layout;
use crate::object::{Any, Argument};
use crate::python::Python;
use crate::set::Set;
use crate::{Result, api, callback};
use std::hash::Hash;

impl<'py, T: FromPython<'py> + Hash + Eq> FromPython<'py> for Set<T> {
    const ROUNDS: bool = T::ROUNDS;

    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Set<T>> {
        read(object, py, T::from_python::<L>)
    }

    fn from_python_unrounded<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Set<T>> {
        read(object, py, T::from_python_unrounded::<L>)
    }
}

/// Converts the items by the given conversion.
#[inline]
fn read<'py, T: Hash + Eq>(
    object: Argument<'_>,
    py: Python<'py>,
    convert: impl Fn(Argument<'_>, Python<'py>) -> Result<T>,
) -> Result<Set<T>> {
    let items = items(object)?;
    let mut set = Set::new();
    while let Some(item) = callback::next(&items)? {
        let value = convert(item.as_argument(), py);
        let value = value.map_err(|error| error.at(|| Step::Part("an item")))?;
        memory::insert_item(&mut set, value)?;
    }
    Ok(set)
}

/// Returns an iterator over a set, a frozenset or another `collections.abc.Set`, such as the keys of a dictionary.
#[inline(never)]
pub(super) fn items(object: Argument<'_>) -> Result<Any<'_>> {
    let py = object.py();
    let is_set = object.is_instance(api::PySet_Type())
        || object.is_instance(api::PyFrozenSet_Type())
        || Any::is_instance(&object, &py.import("collections.abc")?.attribute(c"Set")?)?;
    if !is_set {
        return Err(Error::expected("set", object));
    }
    let _nested = callback::nest()?;
    // SAFETY: alive and attached.
    unsafe { Any::from_owned(py, api::PyObject_GetIter(object.as_raw())) }
}

impl<T: IntoPython> IntoPython for Set<T> {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        // SAFETY: attached; null creates an empty set.
        let set = unsafe { Any::from_owned(py, api::PySet_New(std::ptr::null_mut()))? };
        for item in self {
            let item = item.into_python::<L>(py)?;
            callback::add_to_set(&set, &item)?;
        }
        Ok(set)
    }

    fn dismantle<'a>(self, rest: &mut Rest<'a>)
    where
        Self: 'a,
    {
        for item in self {
            item.dismantle(rest);
        }
    }
}
