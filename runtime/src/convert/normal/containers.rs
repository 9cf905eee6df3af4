//! Normal forms of values that contain others.

use super::{Normalise, keep};
use crate::call::{Returned, tuple_item};
use crate::convert::list::Sequence;
use crate::convert::map::{Entries, at_key};
use crate::convert::result::{self, argument_of_runtime_error_as};
use crate::convert::tuple::{expect_tuple, for_tuples, from_objects};
use crate::convert::{FrozenSet, array, set};
use crate::error::{Error, Step};
use crate::layout::Layout;
use crate::map::Map;
use crate::object::{Any, Argument};
use crate::python::Python;
use crate::set::Set;
use crate::{Result, api, callback};
use std::hash::Hash;

impl<'py, T: Normalise<'py>> Normalise<'py> for Option<T> {
    #[inline]
    fn normalise<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
        match object.is_none() {
            true => Ok(py.none()),
            false => T::normalise::<L>(object, py).map_err(Error::or_none),
        }
    }
}

impl<'py, T: Normalise<'py>> Normalise<'py> for Vec<T> {
    #[inline]
    fn normalise<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
        T::normalise_list::<L>(object, py)
    }
}

impl<'py, T: Normalise<'py>, const N: usize> Normalise<'py> for [T; N] {
    fn normalise<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
        let list = T::normalise_list::<L>(object, py)?;
        // SAFETY: alive and attached; the object is a bytes object or a list.
        let length = unsafe {
            match list.as_argument().is_exactly::<L>(api::PyBytes_Type()) {
                true => api::PyBytes_Size(list.as_raw()),
                false => api::PyList_Size(list.as_raw()),
            }
        };
        match usize::try_from(length) {
            Ok(length) if length == N => Ok(list),
            Ok(length) => Err(array::wrong_length(N, length)),
            Err(_) => Err(Error::fetch(py)),
        }
    }
}

/// Creates a list of the items of a sequence, each in its normal form.
pub(super) fn list<'py, L: Layout, T: Normalise<'py>>(
    object: Argument<'_>,
    py: Python<'py>,
) -> Returned<'py> {
    let source = Sequence::of(object, py)?;
    // SAFETY: attached.
    let list = unsafe { Any::from_owned(py, api::PyList_New(0))? };
    let mut index = 0;
    while let Some(item) = source.item(index, py)? {
        let item = T::normalise::<L>(item.as_argument(), py)
            .map_err(|error| error.at(|| Step::Item(index)))?;
        // SAFETY: a list and an item that are alive; attached.
        if unsafe { api::PyList_Append(list.as_raw(), item.as_raw()) } < 0 {
            return Err(Error::fetch(py));
        }
        index += 1;
    }
    Ok(list)
}

impl<'py, K, V> Normalise<'py> for Map<K, V>
where
    K: Normalise<'py> + Hash + Eq,
    V: Normalise<'py>,
{
    fn normalise<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
        let mut entries = Entries::of(object)?;
        // SAFETY: attached.
        let dict = unsafe { Any::from_owned(py, api::PyDict_New())? };
        while let Some((key, value)) = entries.next() {
            let own = K::normalise::<L>(key.as_argument(), py)
                .map_err(|error| error.at(|| Step::Part("key")))?;
            let value =
                V::normalise::<L>(value.as_argument(), py).map_err(|error| at_key(error, &key))?;
            callback::set_item(&dict, &own, &value)?;
        }
        Ok(dict)
    }
}

impl<'py, T: Normalise<'py> + Hash + Eq> Normalise<'py> for Set<T> {
    fn normalise<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
        set_of::<L, T>(object, py).map(|(set, _)| set)
    }
}

impl<'py, T: Normalise<'py> + Hash + Eq> Normalise<'py> for FrozenSet<T> {
    fn normalise<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
        let (set, same) = set_of::<L, T>(object, py)?;
        if same && object.is_exactly::<L>(api::PyFrozenSet_Type()) {
            return Ok(keep(object, py));
        }
        // SAFETY: attached; a live set, whose items are borrowed.
        unsafe { Any::from_owned(py, api::PyFrozenSet_New(set.as_raw())) }
    }
}

/// Creates a set of the items of a set in normal form, and returns whether all of them already were.
fn set_of<'py, L: Layout, T: Normalise<'py>>(
    object: Argument<'_>,
    py: Python<'py>,
) -> Result<(Any<'py>, bool)> {
    let items = set::items(object)?;
    // SAFETY: attached; null creates an empty set.
    let set = unsafe { Any::from_owned(py, api::PySet_New(std::ptr::null_mut()))? };
    let mut same = true;
    while let Some(item) = callback::next(&items)? {
        let own = T::normalise::<L>(item.as_argument(), py)
            .map_err(|error| error.at(|| Step::Part("an item")))?;
        same &= own.is(&item);
        callback::add_to_set(&set, &own)?;
    }
    Ok((set, same))
}

/// Returns a tuple with the new items, or the tuple itself if they are the same.
fn tuple_of<'py, L: Layout>(
    object: Argument<'_>,
    py: Python<'py>,
    items: &mut [Option<Any<'py>>],
) -> Returned<'py> {
    let is_item = |(index, item): (usize, &Option<Any<'py>>)| {
        // SAFETY: the callers have checked that it is a tuple of this length, which is immutable.
        let own = unsafe { tuple_item(object.as_raw(), index) };
        item.as_ref().is_some_and(|item| item.as_raw() == own)
    };
    let same = items.iter().enumerate().all(is_item);
    match same && object.is_exactly::<L>(api::PyTuple_Type()) {
        true => Ok(keep(object, py)),
        false => from_objects(py, items),
    }
}

macro_rules! tuples {
    ($($length:literal: $($name:ident $index:tt),+;)*) => {$(
        impl<'py, $($name: Normalise<'py>),+> Normalise<'py> for ($($name,)+) {
            fn normalise<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
                expect_tuple(object, $length)?;
                let mut items = [$(Some({
                    // SAFETY: a tuple of this length, which is immutable and keeps its items alive.
                    let item = unsafe { Argument::from_raw(tuple_item(object.as_raw(), $index)) };
                    $name::normalise::<L>(item, py).map_err(|error| error.at(|| Step::Item($index)))?
                })),+];
                tuple_of::<L>(object, py, &mut items)
            }
        }
    )*};
}

for_tuples!(tuples);

/// The normal form of the value, or of an exception in its place, as [`FromPython`](crate::convert::FromPython) reads them.
impl<'py, T: Normalise<'py>, E: Normalise<'py>> Normalise<'py> for Result<T, E> {
    fn normalise<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
        result::of_object(
            object,
            |object| T::normalise::<L>(object, py),
            |object| E::normalise_error::<L>(object, py),
        )
    }
}

/// Checks for a RuntimeError whose only argument is a value of this type. The object itself is the normal form.
pub(super) fn runtime_error<'py, L: Layout, T: Normalise<'py>>(
    object: Argument<'_>,
    py: Python<'py>,
) -> Returned<'py> {
    argument_of_runtime_error_as(object, |argument| T::normalise::<L>(argument, py))?;
    Ok(keep(object, py))
}
