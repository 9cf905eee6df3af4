//! Lists, and other sequences where a sequence is expected.

use super::exact::OnlyHere;
use super::{FromPython, IntoPython, Rest, dismantled, memory};
use crate::Result;
use crate::api;
use crate::call::{Returned, tuple_item, tuple_size};
use crate::callback;
use crate::error::{Error, Step};
use crate::ffi::Raw;
use crate::layout::{self, Choice, FreeThreaded314, Gil38, Gil312, Layout, Lists, Probed, read};
use crate::object::{Any, Argument};
use crate::python::Python;
use crate::stack;

impl<'py, T: FromPython<'py>> FromPython<'py> for Vec<T> {
    const ROUNDS: bool = T::ROUNDS;

    #[inline]
    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Vec<T>> {
        T::list_from_python::<L>(object, py)
    }

    fn from_python_unrounded<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Vec<T>> {
        if !T::ROUNDS {
            return T::list_from_python::<L>(object, py);
        }
        let mut values = Vec::new();
        read_items(
            object,
            py,
            &mut values,
            T::from_python_unrounded::<L>,
            |_| Ok(()),
        )?;
        Ok(values)
    }
}

impl<T: IntoPython> IntoPython for Vec<T> {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        T::list_into_python::<L>(self, py)
    }

    fn dismantle<'a>(self, rest: &mut Rest<'a>)
    where
        Self: 'a,
    {
        for value in self {
            value.dismantle(rest);
        }
    }
}

/// Converts the items of a list, a tuple or any other sequence except a str.
pub(crate) fn from_sequence<'py, L: Layout, T: FromPython<'py>>(
    object: Argument<'_>,
    py: Python<'py>,
) -> Result<Vec<T>> {
    let exact =
        T::EXACT && L::facts().lists != Lists::Api && object.is_exactly::<L>(api::PyList_Type());
    let mut values = Vec::new();
    if exact {
        read_exact_items::<T>(object, &mut values)?;
        // SAFETY: a list, alive and attached.
        if values.len() == unsafe { list_length(object.as_raw()) } {
            return Ok(values);
        }
    }
    read_items(
        object,
        py,
        &mut values,
        T::from_python::<L>,
        |values| match exact {
            true => read_exact_items::<T>(object, values),
            false => Ok(()),
        },
    )?;
    Ok(values)
}

/// Converts the items after those that are already in `values`, by `convert`. After each of them, `more` may read further items
/// in another way.
#[inline]
fn read_items<'py, T>(
    object: Argument<'_>,
    py: Python<'py>,
    values: &mut Vec<T>,
    convert: impl Fn(Argument<'_>, Python<'py>) -> Result<T>,
    more: impl Fn(&mut Vec<T>) -> Result<()>,
) -> Result<()> {
    // A conversion of the user's own may come back to this one for each level of nested lists.
    stack::check()?;
    let source = Sequence::of(object, py)?;
    memory::reserve_exact(values, source.length().saturating_sub(values.len()))?;
    while let Some(item) = source.item(values.len(), py)? {
        match convert(item.as_argument(), py) {
            Ok(value) => memory::push(values, value)?,
            Err(error) => return Err(error.at(|| Step::Item(values.len()))),
        }
        more(values)?;
    }
    Ok(())
}

/// Reads as many of the next items as possible without running Python code; for most lists these are all items.
///
/// It is compiled for each layout, even if the calling function is not: a table of facts would be read again for each item.
fn read_exact_items<'py, T: FromPython<'py>>(
    list: Argument<'_>,
    values: &mut Vec<T>,
) -> Result<()> {
    match layout::choice() {
        Choice::Gil38 => read_exact_items_of::<Gil38, T>(list, values),
        Choice::Gil312 => read_exact_items_of::<Gil312, T>(list, values),
        Choice::FreeThreaded314 => read_exact_items_of::<FreeThreaded314, T>(list, values),
        Choice::Probed => read_exact_items_of::<Probed, T>(list, values),
    }
}

#[inline(always)]
fn read_exact_items_of<'py, L: Layout, T: FromPython<'py>>(
    list: Argument<'_>,
    values: &mut Vec<T>,
) -> Result<()> {
    let facts = L::facts();
    // SAFETY: an exact list with the layout that the probe found. If there are other threads, they cannot change it inside the
    // critical section. Nothing in the loop runs Python code, which could change it on this thread.
    let mut read_items = || unsafe {
        let length = read::<usize>(list.as_raw(), facts.header);
        let items = read::<*const Raw>(list.as_raw(), facts.header + size_of::<usize>());
        let mut count = values.len();
        memory::reserve_exact(values, length.saturating_sub(count))?;
        while count < length {
            let item = Argument::from_raw(*items.add(count));
            let Some(value) = T::from_exact::<L>(item, OnlyHere) else {
                break;
            };
            // There is room, so the checks of `push` are not needed.
            values.as_mut_ptr().add(count).write(value);
            count += 1;
        }
        // If a conversion panics, the items read so far are leaked.
        values.set_len(count.max(values.len()));
        Ok(())
    };
    if facts.lists == Lists::Locked {
        in_critical_section(list, read_items)
    } else {
        read_items()
    }
}

/// Prevents other threads from changing an object while `work` runs, on free-threaded builds.
#[inline(always)]
pub(crate) fn in_critical_section<T>(object: Argument<'_>, work: impl FnOnce() -> T) -> T {
    /// Storage for `PyCriticalSection`, which is at most this large.
    struct Section([usize; 4]);
    impl Drop for Section {
        #[inline(always)]
        fn drop(&mut self) {
            if let Some(end) = api::PyCriticalSection_End() {
                // SAFETY: this thread began the section below, and it was not moved since; it is ended even if `work` panics.
                unsafe { end(&mut self.0) };
            }
        }
    }
    let Some(begin) = api::PyCriticalSection_Begin() else {
        return work();
    };
    let mut section = Section([0; 4]);
    // SAFETY: the object outlives the section, which is not moved on the stack; attached.
    unsafe { begin(&mut section.0, object.as_raw()) };
    work()
}

/// # Safety
/// `list` is a live list.
#[inline]
unsafe fn list_length(list: Raw) -> usize {
    // SAFETY: as promised by the caller; attached, as is every thread that converts.
    unsafe { usize::try_from(api::PyList_Size(list)).unwrap_or(0) }
}

/// An object with ordered items.
pub(super) enum Sequence<'a, 'py> {
    /// A list. Its length is read again for each item, since conversions may run code that changes it.
    List(Argument<'a>),
    Tuple(Argument<'a>),
    /// An iterator over any other sequence, whose reported length is not trusted.
    Iterator(Any<'py>),
}

impl<'a, 'py> Sequence<'a, 'py> {
    #[inline(never)]
    pub(super) fn of(object: Argument<'a>, py: Python<'py>) -> Result<Self> {
        if object.is_instance(api::PyList_Type()) {
            return Ok(Sequence::List(object));
        }
        if object.is_instance(api::PyTuple_Type()) {
            return Ok(Sequence::Tuple(object));
        }
        let _nested = callback::nest()?;
        // SAFETY: alive and attached.
        unsafe {
            let is_sequence = api::PySequence_Check(object.as_raw()) != 0;
            if !is_sequence || object.is_instance(api::PyUnicode_Type()) {
                return Err(Error::expected("list", object));
            }
            Any::from_owned(py, api::PyObject_GetIter(object.as_raw())).map(Sequence::Iterator)
        }
    }

    /// Returns the initial number of items, if known.
    fn length(&self) -> usize {
        // SAFETY: a live list or tuple.
        unsafe {
            match self {
                Sequence::List(list) => list_length(list.as_raw()),
                Sequence::Tuple(tuple) => tuple_size(tuple.as_raw()),
                Sequence::Iterator(_) => 0,
            }
        }
    }

    /// Returns a reference to the item, or `None` after the last. The indices must be requested in order.
    #[inline(never)]
    pub(super) fn item(&self, index: usize, py: Python<'py>) -> Result<Option<Any<'py>>> {
        if let Sequence::Iterator(items) = self {
            return callback::next(items);
        }
        // SAFETY: a live list or tuple, attached; a borrowed item gets a reference before any other code can run.
        unsafe {
            let list = match self {
                Sequence::Tuple(tuple) => {
                    let tuple = tuple.as_raw();
                    let is_there = index < tuple_size(tuple);
                    return Ok(is_there.then(|| Any::from_borrowed(py, tuple_item(tuple, index))));
                }
                Sequence::List(list) => list.as_raw(),
                Sequence::Iterator(_) => return Ok(None),
            };
            let facts = Probed::facts();
            if facts.lists == Lists::Direct {
                if index >= read::<usize>(list, facts.header) {
                    return Ok(None);
                }
                let items = read::<*const Raw>(list, facts.header + size_of::<usize>());
                return Ok(Some(Any::from_borrowed(py, *items.add(index))));
            }
            // With parallel threads, the item must be referenced while the list is certain to contain it.
            if let Some(get) = api::PyList_GetItemRef() {
                while index < list_length(list) {
                    if let Ok(item) = Any::from_owned(py, get(list, index as isize)) {
                        return Ok(Some(item));
                    }
                    // An IndexError means that another thread has shortened the list.
                }
                return Ok(None);
            }
            if index >= list_length(list) {
                return Ok(None);
            }
            let item = api::PyList_GetItem(list, index as isize);
            if item.is_null() {
                return Err(Error::fetch(py));
            }
            Ok(Some(Any::from_borrowed(py, item)))
        }
    }
}

/// Creates a list of these values.
pub(crate) fn into_list<'py, L: Layout, T: IntoPython>(
    values: impl IntoIterator<Item = T, IntoIter: ExactSizeIterator>,
    py: Python<'py>,
) -> Returned<'py> {
    let values = values.into_iter();
    // SAFETY: attached.
    let list = unsafe { Any::from_owned(py, api::PyList_New(values.len() as isize))? };
    // Making the items may run Python code, which `gc.get_objects()` would give the unfinished list.
    // SAFETY: a list, which is collected, and which the collector can drop untracked; it is tracked again with all its items.
    unsafe {
        if let Some(untrack) = api::PyObject_GC_UnTrack() {
            untrack(list.as_raw().cast());
        }
        fill::<L, T>(&list, values, py)?;
        if let Some(track) = api::PyObject_GC_Track() {
            track(list.as_raw().cast());
        }
    }
    Ok(list)
}

/// Does the same as [`into_list`] for values whose objects are made without running Python code.
pub(crate) fn into_plain_list<'py, L: Layout, T: IntoPython>(
    values: Vec<T>,
    py: Python<'py>,
) -> Returned<'py> {
    // SAFETY: attached.
    let list = unsafe { Any::from_owned(py, api::PyList_New(values.len() as isize))? };
    fill::<L, T>(&list, values.into_iter(), py)?;
    Ok(list)
}

/// Fills a new list, of which no other code knows.
#[inline(always)]
fn fill<L: Layout, T: IntoPython>(
    list: &Any<'_>,
    values: impl ExactSizeIterator<Item = T>,
    py: Python<'_>,
) -> Result<()> {
    let facts = L::facts();
    // SAFETY: attached. No other code changes the list; its items are filled in order, each once.
    unsafe {
        // The choice is made once, not for each item.
        if facts.lists == Lists::Api {
            put_each::<L, T>(values, py, |index, item| {
                api::PyList_SetItem(list.as_raw(), index as isize, item);
            })
        } else {
            let items = read::<*mut Raw>(list.as_raw(), facts.header + size_of::<usize>());
            put_each::<L, T>(values, py, |index, item| items.add(index).write(item))
        }
    }
}

/// Stores the object of each value in its slot.
#[inline(always)]
fn put_each<L: Layout, T: IntoPython>(
    mut values: impl Iterator<Item = T>,
    py: Python<'_>,
    put: impl Fn(usize, Raw),
) -> Result<()> {
    if !std::mem::needs_drop::<T>() {
        // The values that are left after an error are dropped by the iterator, so the loop need not keep them.
        for (index, value) in values.enumerate() {
            put(index, value.into_python::<L>(py)?.into_raw());
        }
        return Ok(());
    }
    let mut index = 0;
    while let Some(value) = values.next() {
        match value.into_python::<L>(py) {
            Ok(item) => put(index, item.into_raw()),
            Err(error) => return dismantled(values, error).map(drop),
        }
        index += 1;
    }
    Ok(())
}
