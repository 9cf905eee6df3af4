//! Dictionaries, and other mappings where one is asked for.

use super::{FromPython, IntoPython};
use crate::call::{Returned, tuple_item};
use crate::error::{Error, Step};
use crate::layout::Layout;
use crate::object::{Any, Argument};
use crate::python::Python;
use crate::{Result, api};
use std::hash::Hash;

/// A map that keeps the order in which it was filled, as Python's dictionaries do.
pub type Map<K, V> = indexmap::IndexMap<K, V>;

impl<'py, K: FromPython<'py> + Hash + Eq, V: FromPython<'py>> FromPython<'py> for Map<K, V> {
    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Map<K, V>> {
        let mut entries = Entries::of(object)?;
        let mut map = Map::with_capacity(entries.length());
        while let Some((key, value)) = entries.next() {
            let convert = || -> Result<(K, V)> {
                let own = K::from_python::<L>(key.as_argument(), py)
                    .map_err(|error| error.at(|| Step::Part("key")))?;
                let value = V::from_python::<L>(value.as_argument(), py)
                    .map_err(|error| at_key(error, &key))?;
                Ok((own, value))
            };
            let (key, value) = convert()?;
            map.insert(key, value);
        }
        Ok(map)
    }
}

#[cold]
#[inline(never)]
pub(crate) fn at_key(error: Error, key: &Any<'_>) -> Error {
    error.at(|| Step::Key(key.repr_lossy()))
}

/// The entries of a mapping as they were at first: conversions may run code that changes it.
pub(super) enum Entries<'a> {
    /// A copy of a dictionary, and where the iteration is.
    Dict(Any<'a>, isize),
    /// The list that `items()` gave, from which pairs are taken.
    Pairs(Any<'a>, usize),
}

impl<'a> Entries<'a> {
    #[inline(never)]
    pub(super) fn of(object: Argument<'a>) -> Result<Entries<'a>> {
        let py = object.py();
        // SAFETY: alive and attached.
        unsafe {
            if object.class().as_raw() == api::PyDict_Type() {
                return Any::from_owned(py, api::PyDict_Copy(object.as_raw()))
                    .map(|copy| Entries::Dict(copy, 0));
            }
            // A subclass may have its own idea of order; other mappings have to be asked anyway.
            if !object.is_instance(api::PyDict_Type())
                && (api::PyMapping_Check(object.as_raw()) == 0
                    || object.class().attribute(c"items").is_err())
            {
                return Err(Error::expected("dict", object));
            }
            Any::from_owned(py, api::PyMapping_Items(object.as_raw()))
                .map(|list| Entries::Pairs(list, 0))
        }
    }

    fn length(&self) -> usize {
        // SAFETY: a live dictionary or list.
        let length = unsafe {
            match self {
                Entries::Dict(dict, _) => api::PyDict_Size(dict.as_raw()),
                Entries::Pairs(list, _) => api::PyList_Size(list.as_raw()),
            }
        };
        usize::try_from(length).unwrap_or(0)
    }

    /// The next key and value; `None` at the end, and where `items()` gave something else than pairs.
    #[inline(never)]
    pub(super) fn next(&mut self) -> Option<(Any<'a>, Any<'a>)> {
        // SAFETY: a live dictionary or list that nobody else knows, so that what it refers to stays.
        unsafe {
            match self {
                Entries::Dict(dict, position) => {
                    let (mut key, mut value) = (std::ptr::null_mut(), std::ptr::null_mut());
                    let more = api::PyDict_Next(dict.as_raw(), position, &mut key, &mut value) != 0;
                    let py = dict.py();
                    more.then(|| (Any::from_borrowed(py, key), Any::from_borrowed(py, value)))
                }
                Entries::Pairs(list, index) => {
                    if *index >= usize::try_from(api::PyList_Size(list.as_raw())).unwrap_or(0) {
                        return None;
                    }
                    let pair =
                        Argument::from_raw(api::PyList_GetItem(list.as_raw(), *index as isize));
                    *index += 1;
                    if !pair.is_instance(api::PyTuple_Type())
                        || api::PyTuple_Size(pair.as_raw()) != 2
                    {
                        return None;
                    }
                    let item =
                        |index| Any::from_borrowed(list.py(), tuple_item(pair.as_raw(), index));
                    Some((item(0), item(1)))
                }
            }
        }
    }
}

impl<K: IntoPython, V: IntoPython> IntoPython for Map<K, V> {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        // SAFETY: attached.
        let dict = unsafe { Any::from_owned(py, api::PyDict_New())? };
        for (key, value) in self {
            let key = key.into_python::<L>(py)?;
            let value = value.into_python::<L>(py)?;
            // SAFETY: live objects; both are borrowed.
            if unsafe { api::PyDict_SetItem(dict.as_raw(), key.as_raw(), value.as_raw()) } < 0 {
                return Err(Error::fetch(py));
            }
        }
        Ok(dict)
    }
}
