//! Dictionaries, and other mappings where a mapping is expected.

use super::{FromPython, IntoPython, Rest, dismantled, memory};
use crate::call::Returned;
use crate::error::{Error, Step, repr};
use crate::iterator::iterator_of;
use crate::layout::{Layout, Probed};
use crate::map::Map;
use crate::object::{Any, Argument};
use crate::python::Python;
use crate::stack;
use crate::{Result, api, callback};
use std::hash::Hash;

impl<'py, K: FromPython<'py> + Hash + Eq, V: FromPython<'py>> FromPython<'py> for Map<K, V> {
    const ROUNDS: bool = K::ROUNDS || V::ROUNDS;

    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Map<K, V>> {
        read::<K, V>(object, py, K::from_python::<L>, V::from_python::<L>)
    }

    fn from_python_unrounded<L: Layout>(
        object: Argument<'_>,
        py: Python<'py>,
    ) -> Result<Map<K, V>> {
        let (key, value) = (K::from_python_unrounded::<L>, V::from_python_unrounded::<L>);
        read::<K, V>(object, py, key, value)
    }
}

/// Converts the entries by the given conversions.
#[inline]
fn read<'py, K: Hash + Eq, V>(
    object: Argument<'_>,
    py: Python<'py>,
    to_key: impl Fn(Argument<'_>, Python<'py>) -> Result<K>,
    to_value: impl Fn(Argument<'_>, Python<'py>) -> Result<V>,
) -> Result<Map<K, V>> {
    // As for lists.
    stack::check()?;
    let mut entries = Entries::of(object)?;
    let mut map = Map::new();
    map.try_reserve(entries.length())?;
    while let Some((key, value)) = entries.next() {
        let own = to_key(key.as_argument(), py).map_err(|error| error.at(|| Step::Part("key")))?;
        let value = to_value(value.as_argument(), py).map_err(|error| at_key(error, &key))?;
        memory::insert(&mut map, own, value)?;
    }
    Ok(map)
}

#[cold]
#[inline(never)]
pub(crate) fn at_key(error: Error, key: &Any<'_>) -> Error {
    error.at_shown(|| repr(key).map(Step::Key))
}

/// A snapshot of the entries of a mapping: conversions may run code that changes the mapping.
pub(super) enum Entries<'a> {
    /// A copy of a dictionary, and the position of the iteration.
    Dict(Any<'a>, isize),
    /// The result of `items()`.
    Pairs(std::vec::IntoIter<(Any<'a>, Any<'a>)>),
}

impl<'a> Entries<'a> {
    #[inline(never)]
    pub(super) fn of(object: Argument<'a>) -> Result<Entries<'a>> {
        let py = object.py();
        if object.is_exactly::<Probed>(api::PyDict_Type()) {
            // SAFETY: a dictionary, alive and attached.
            return unsafe { Any::from_owned(py, api::PyDict_Copy(object.as_raw())) }
                .map(|copy| Entries::Dict(copy, 0));
        }
        // A subclass may define another order; other mappings have to be called anyway.
        // SAFETY: alive and attached.
        let is_mapping = object.is_instance(api::PyDict_Type())
            || unsafe { api::PyMapping_Check(object.as_raw()) != 0 };
        if !is_mapping
            || object
                .class()
                .as_argument()
                .optional_attribute(c"items")?
                .is_none()
        {
            return Err(Error::expected("dict", object));
        }
        pairs(object).map(Entries::Pairs)
    }

    /// Returns the maximal number of entries.
    fn length(&self) -> usize {
        match self {
            // SAFETY: a live dictionary.
            Entries::Dict(dict, _) => unsafe {
                usize::try_from(api::PyDict_Size(dict.as_raw())).unwrap_or(0)
            },
            Entries::Pairs(pairs) => pairs.len(),
        }
    }

    /// Returns the next key and value, or `None` at the end.
    #[inline(never)]
    pub(super) fn next(&mut self) -> Option<(Any<'a>, Any<'a>)> {
        match self {
            // SAFETY: a live dictionary that no other code knows, so that it keeps its contents alive.
            Entries::Dict(dict, position) => unsafe {
                let (mut key, mut value) = (std::ptr::null_mut(), std::ptr::null_mut());
                let more = api::PyDict_Next(dict.as_raw(), position, &mut key, &mut value) != 0;
                let py = dict.py();
                more.then(|| (Any::from_borrowed(py, key), Any::from_borrowed(py, value)))
            },
            Entries::Pairs(pairs) => pairs.next(),
        }
    }
}

/// Returns the result of `items()`, whose reported length is not trusted.
fn pairs<'a>(object: Argument<'a>) -> Result<std::vec::IntoIter<(Any<'a>, Any<'a>)>> {
    let py = object.py();
    let items = callback::call(object.attribute(c"items")?.as_raw(), &[], py)?;
    let items = iterator_of(items.as_argument(), py)
        .map_err(|error| error.at(|| Step::Part("result of items()")))?;
    let mut pairs = Vec::new();
    while let Some(item) = callback::next(&items)? {
        let index = pairs.len();
        let pair = pair(item.as_argument(), py).map_err(|error| {
            error
                .at(|| Step::Item(index))
                .at(|| Step::Part("result of items()"))
        })?;
        memory::push(&mut pairs, pair)?;
    }
    Ok(pairs.into_iter())
}

/// Returns a key and a value from a tuple, or from a list as some mappings return them.
fn pair<'py>(item: Argument<'_>, py: Python<'py>) -> Result<(Any<'py>, Any<'py>)> {
    if item.is_instance(api::PyTuple_Type()) {
        return <(Any<'py>, Any<'py>)>::from_python::<Probed>(item, py);
    }
    if !item.is_instance(api::PyList_Type()) {
        return Err(Error::expected("tuple of 2", item));
    }
    <[Any<'py>; 2]>::from_python::<Probed>(item, py).map(<(Any<'py>, Any<'py>)>::from)
}

impl<K: IntoPython, V: IntoPython> IntoPython for Map<K, V> {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        // SAFETY: attached.
        let dict = unsafe { Any::from_owned(py, api::PyDict_New())? };
        let mut entries = self.into_iter();
        while let Some((key, value)) = entries.next() {
            let key = key.into_python::<L>(py)?;
            let value = match value.into_python::<L>(py) {
                Ok(value) => value,
                Err(error) => return dismantled(entries.map(|(_, value)| value), error),
            };
            callback::set_item(&dict, &key, &value)?;
        }
        Ok(dict)
    }

    fn dismantle<'a>(self, rest: &mut Rest<'a>)
    where
        Self: 'a,
    {
        for (key, value) in self {
            key.dismantle(rest);
            value.dismantle(rest);
        }
    }
}
