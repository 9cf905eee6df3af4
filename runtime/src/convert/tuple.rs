//! Tuples.

use super::exact::OnlyHere;
use super::{FromPython, IntoPython, Rest};
use crate::call::{Returned, tuple_item, tuple_size};
use crate::error::{Error, Step};
use crate::ffi::Raw;
use crate::layout::{Layout, Probed, read};
use crate::object::{Any, Argument};
use crate::python::Python;
use crate::{Result, api, stack};

/// Checks that an object is a tuple of this length.
#[inline(never)]
pub(super) fn expect_tuple(object: Argument<'_>, length: usize) -> Result<()> {
    // As for lists.
    stack::check()?;
    if !object.is_instance(api::PyTuple_Type()) {
        return Err(Error::expected(format!("tuple of {length}"), object));
    }
    // SAFETY: a live tuple.
    let own = unsafe { tuple_size(object.as_raw()) };
    if own != length {
        let (expected, got) = (format!("tuple of {length}"), format!("tuple of {own}"));
        return Err(Error::conversion(
            api::PyExc_TypeError,
            expected.into(),
            got,
        ));
    }
    Ok(())
}

/// Returns the items of an exact tuple of this length, if they can be read directly.
#[inline(always)]
fn exact_items<L: Layout>(object: Argument<'_>, length: usize) -> Option<*const Raw> {
    // The constants of a layout do not include this offset, since it changed in 3.14.
    let items = Probed::facts().tuple_items;
    if items == 0 || !object.is_exactly::<L>(api::PyTuple_Type()) {
        return None;
    }
    // SAFETY: a tuple, whose length follows its header and whose items are where the probe found them.
    unsafe {
        let own = read::<usize>(object.as_raw(), Probed::facts().header);
        (own == length).then(|| {
            object
                .as_raw()
                .cast::<u8>()
                .add(items)
                .cast::<Raw>()
                .cast_const()
        })
    }
}

/// Creates a tuple of these objects.
#[inline(never)]
pub(crate) fn from_objects<'py>(
    py: Python<'py>,
    objects: &mut [Option<Any<'py>>],
) -> Returned<'py> {
    let mut objects = objects.iter_mut();
    with_items(py, objects.len(), || {
        let object = objects.next().and_then(Option::take);
        Ok(object.unwrap_or_else(|| py.none()))
    })
}

/// Creates a tuple of this many items. `next` runs no Python code, which could see the tuple before it is filled.
///
/// # Errors
/// MemoryError, or the error of `next`.
#[inline]
pub(crate) fn with_items<'py>(
    py: Python<'py>,
    count: usize,
    mut next: impl FnMut() -> Returned<'py>,
) -> Returned<'py> {
    // SAFETY: attached; the tuple is new and has this many items, each of which takes ownership of one reference.
    unsafe {
        let tuple = Any::from_owned(py, api::PyTuple_New(count as isize))?;
        for index in 0..count {
            let item = next()?.into_raw();
            if api::PyTuple_SetItem(tuple.as_raw(), index as isize, item) < 0 {
                return Err(Error::fetch(py));
            }
        }
        Ok(tuple)
    }
}

macro_rules! tuples {
    ($($length:literal: $($name:ident $index:tt),+;)*) => {$(
        impl<'py, $($name: FromPython<'py>),+> FromPython<'py> for ($($name,)+) {
            const EXACT: bool = $($name::EXACT)&&+;
            const ROUNDS: bool = $($name::ROUNDS)||+;

            fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Self> {
                expect_tuple(object, $length)?;
                Ok(($({
                    // SAFETY: a tuple of this length, which is immutable and keeps its items alive.
                    let item = unsafe { Argument::from_raw(tuple_item(object.as_raw(), $index)) };
                    $name::from_python::<L>(item, py).map_err(|error| error.at(|| Step::Item($index)))?
                },)+))
            }

            fn from_python_unrounded<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Self> {
                expect_tuple(object, $length)?;
                Ok(($({
                    // SAFETY: as above.
                    let item = unsafe { Argument::from_raw(tuple_item(object.as_raw(), $index)) };
                    $name::from_python_unrounded::<L>(item, py).map_err(|error| error.at(|| Step::Item($index)))?
                },)+))
            }

            #[inline]
            fn from_exact<L: Layout>(object: Argument<'_>, _: OnlyHere) -> Option<Self> {
                let items = exact_items::<L>(object, $length)?;
                // SAFETY: a tuple of this length, which is immutable and keeps its items alive.
                Some(($($name::from_exact::<L>(unsafe { Argument::from_raw(*items.add($index)) }, OnlyHere)?,)+))
            }
        }

        impl<$($name: IntoPython),+> IntoPython for ($($name,)+) {
            fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
                from_objects(py, &mut [$(Some(self.$index.into_python::<L>(py)?)),+])
            }

            fn dismantle<'a>(self, rest: &mut Rest<'a>)
            where
                Self: 'a,
            {
                $(self.$index.dismantle(rest);)+
            }
        }
    )*};
}

/// Invokes a macro with the length of every supported tuple, and a name and the index of each of its items.
macro_rules! for_tuples {
    ($macro:ident) => {
        $macro! {
            1: A 0;
            2: A 0, B 1;
            3: A 0, B 1, C 2;
            4: A 0, B 1, C 2, D 3;
            5: A 0, B 1, C 2, D 3, E 4;
            6: A 0, B 1, C 2, D 3, E 4, F 5;
            7: A 0, B 1, C 2, D 3, E 4, F 5, G 6;
            8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
            9: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8;
            10: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9;
            11: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10;
            12: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, M 11;
        }
    };
}
pub(super) use for_tuples;

for_tuples!(tuples);
