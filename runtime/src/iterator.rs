//! Iterators: Python's as arguments ([`Iter`]), and Rust's as results.

use crate::api;
use crate::call::Returned;
use crate::class::operators::{Next, iter_self, next};
use crate::class::{Class, ClassDefinition, Exported, Receiver, class_into_python, type_of_class};
use crate::convert::{FromPython, IntoPython, memory};
use crate::error::{Error, Step};
use crate::layout::{Layout, Probed};
use crate::module::{Interpreters, RuntimeType, runtime_interpreters, runtime_type};
use crate::object::{Any, Argument};
use crate::python::Python;
use crate::{Result, callback};
use std::iter::FusedIterator;
use std::marker::PhantomData;
use std::sync::{Mutex, PoisonError};

/// A Python iterator: `iterator<t>` in the interface file. Each item is converted when it is requested.
///
/// An exception of the iterator is returned as an item. After it, or after the end, there are no more items. Use
/// [`into_vec`](Iter::into_vec) where all items are needed.
///
/// ```
/// # use pyidl_runtime::{Iter, Result};
/// // first-longer: func(words: iterator<string>, length: u32) -> option<string>;
/// fn first_longer(words: Iter<'_, String>, length: u32) -> Result<Option<String>> {
///     for word in words {
///         let word = word?;
///         if word.len() > length as usize {
///             return Ok(Some(word));
///         }
///     }
///     Ok(None)
/// }
/// ```
pub struct Iter<'py, T> {
    /// `None` once the end was reached.
    source: Option<Any<'py>>,
    count: usize,
    /// The place of the iterator, for errors.
    place: Option<Step>,
    item: PhantomData<fn() -> T>,
}

impl<'py, T> Iter<'py, T> {
    fn new(source: Any<'py>) -> Self {
        Iter {
            source: Some(source),
            count: 0,
            place: None,
            item: PhantomData,
        }
    }

    /// Adds the place of an item to an error.
    #[cold]
    fn at(&self, index: usize, error: Error) -> Error {
        let error = error.at(|| Step::Item(index));
        match &self.place {
            Some(place) => error.at(|| place.clone()),
            None => error,
        }
    }
}

impl<'py, T: FromPython<'py>> FromPython<'py> for Iter<'py, T> {
    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Iter<'py, T>> {
        // SAFETY: alive and attached.
        if unsafe { api::PyIter_Check(object.as_raw()) } == 0 {
            return Err(Error::expected("iterator", object));
        }
        Ok(Iter::new(Any::from_python::<L>(object, py)?))
    }

    fn found_at(mut self, step: impl FnOnce() -> Step) -> Self {
        self.place = Some(step());
        self
    }
}

impl<'py, T: FromPython<'py>> Iterator for Iter<'py, T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        let source = self.source.as_ref()?;
        match callback::next(source) {
            Ok(Some(item)) => {
                let index = self.count;
                self.count += 1;
                let value = T::from_python::<Probed>(item.as_argument(), item.py());
                Some(value.map_err(|error| self.at(index, error)))
            }
            Ok(None) => {
                self.source = None;
                None
            }
            Err(error) => {
                self.source = None;
                Some(Err(error))
            }
        }
    }
}

impl<'py, T: FromPython<'py>> FusedIterator for Iter<'py, T> {}

impl<'py, T: FromPython<'py>> Iter<'py, T> {
    /// Returns all the values that are left.
    ///
    /// ```
    /// # use pyidl_runtime::{Iter, Result};
    /// fn sorted(numbers: Iter<'_, i64>) -> Result<Vec<i64>> {
    ///     let mut numbers = numbers.into_vec()?;
    ///     numbers.sort();
    ///     Ok(numbers)
    /// }
    /// ```
    ///
    /// # Errors
    /// The exception that the iterator raises; the error of a value's conversion; MemoryError if an endless iterator has used up the
    /// memory, in which case `collect` ends the process.
    pub fn into_vec(self) -> Result<Vec<T>> {
        let mut values = Vec::new();
        for value in self {
            memory::push(&mut values, value?)?;
        }
        Ok(values)
    }
}

/// The items of any iterable object: `iterable<t>` in the interface file. Each is converted when it is requested.
///
/// A list, a generator and whatever else has an `__iter__` is accepted, except for a `str`, whose characters are rarely meant. The
/// iterator was requested before the function was called. An exception of it is returned as an item. After it, or after the end, there are no more
/// items.
///
/// ```
/// # use pyidl_runtime::{Iterable, Result};
/// // total: func(numbers: iterable<f64>) -> f64;
/// fn total(numbers: Iterable<'_, f64>) -> Result<f64> {
///     numbers.sum()
/// }
/// ```
pub struct Iterable<'py, T>(Iter<'py, T>);

impl<'py, T: FromPython<'py>> FromPython<'py> for Iterable<'py, T> {
    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Iterable<'py, T>> {
        iterator_of(object, py).map(|source| Iterable(Iter::new(source)))
    }

    fn found_at(self, step: impl FnOnce() -> Step) -> Self {
        Iterable(self.0.found_at(step))
    }
}

/// Returns the iterator of an object.
#[inline(never)]
pub(crate) fn iterator_of<'py>(object: Argument<'_>, py: Python<'py>) -> Result<Any<'py>> {
    // SAFETY: alive and attached.
    let is_sequence = unsafe { api::PySequence_Check(object.as_raw()) != 0 };
    let is_text = object.is_instance(api::PyUnicode_Type());
    let is_iterable = || -> Result<bool> {
        Ok(is_sequence
            || object
                .class()
                .as_argument()
                .optional_attribute(c"__iter__")?
                .is_some())
    };
    if is_text || !is_iterable()? {
        return Err(Error::expected("iterable", object));
    }
    let _nested = callback::nest()?;
    // SAFETY: alive and attached.
    unsafe { Any::from_owned(py, api::PyObject_GetIter(object.as_raw())) }
}

impl<'py, T: FromPython<'py>> Iterator for Iterable<'py, T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        self.0.next()
    }
}

impl<'py, T: FromPython<'py>> FusedIterator for Iterable<'py, T> {}

impl<'py, T: FromPython<'py>> Iterable<'py, T> {
    /// Returns all the values.
    ///
    /// ```
    /// # use pyidl_runtime::{Iterable, Result};
    /// fn sorted(numbers: Iterable<'_, i64>) -> Result<Vec<i64>> {
    ///     let mut numbers = numbers.into_vec()?;
    ///     numbers.sort();
    ///     Ok(numbers)
    /// }
    /// ```
    ///
    /// # Errors
    /// As for [`Iter::into_vec`].
    pub fn into_vec(self) -> Result<Vec<T>> {
        self.0.into_vec()
    }
}

/// A Rust iterator as a Python object.
pub(crate) struct RustIterator {
    /// Used only through `&mut`, under the lock of the instance. The mutex provides `Sync`, which the iterator need not
    /// implement.
    items: Mutex<Option<Box<dyn Items + Send>>>,
}

/// An iterator over Python objects.
trait Items {
    fn next<'py>(&mut self, py: Python<'py>) -> Result<Option<Any<'py>>>;
}

struct Plain<I>(I);

impl<I: Iterator<Item: IntoPython>> Items for Plain<I> {
    fn next<'py>(&mut self, py: Python<'py>) -> Result<Option<Any<'py>>> {
        self.0
            .next()
            .map(|item| item.into_python::<Probed>(py))
            .transpose()
    }
}

struct Fallible<I>(I);

impl<I: Iterator<Item = Result<T, E>>, T: IntoPython, E: Into<Error>> Items for Fallible<I> {
    fn next<'py>(&mut self, py: Python<'py>) -> Result<Option<Any<'py>>> {
        match self.0.next() {
            Some(Ok(item)) => item.into_python::<Probed>(py).map(Some),
            Some(Err(error)) => Err(error.into()),
            None => Ok(None),
        }
    }
}

/// Returns a Python iterator over the items of `items`.
///
/// # Errors
/// MemoryError.
pub fn from_items<'py, I>(items: I, py: Python<'py>) -> Returned<'py>
where
    I: Iterator<Item: IntoPython> + Send + 'static,
{
    from_boxed(Box::new(Plain(items)), py)
}

/// Returns a Python iterator over the items of `items`. An error is raised, and ends the iteration.
///
/// # Errors
/// MemoryError.
pub fn from_results<'py, I, T, E>(items: I, py: Python<'py>) -> Returned<'py>
where
    I: Iterator<Item = Result<T, E>> + Send + 'static,
    T: IntoPython,
    E: Into<Error>,
{
    from_boxed(Box::new(Fallible(items)), py)
}

fn from_boxed<'py>(items: Box<dyn Items + Send>, py: Python<'py>) -> Returned<'py> {
    runtime_type(
        py,
        RuntimeType::Iterator,
        type_of_class::<RustIterator>().create,
    )?;
    let iterator = RustIterator {
        items: Mutex::new(Some(items)),
    };
    iterator.into_python::<Probed>(py)
}

// SAFETY: the index is that of this type among the types of this crate.
unsafe impl Exported for RustIterator {
    const INTERPRETERS: &'static Interpreters = runtime_interpreters();
    const INDEX: usize = RuntimeType::Iterator as usize;
}

impl IntoPython for RustIterator {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        class_into_python::<L, RustIterator>(self, py)
    }
}

// SAFETY: `from_boxed` creates the type by `type_of_class`.
unsafe impl Class for RustIterator {
    const MUTABLE: bool = true;
    const DEFINITION: &'static ClassDefinition<Self> = &ClassDefinition {
        name: c"pyidl.iterator",
        doc: c"Gives the items of an iterator written in Rust.",
        open: false,
        constructor: None,
        methods: &[],
        properties: &[],
        operators: &[iter_self::<Self>(), next::<RustNext>()],
        constants: &[],
    };
}

struct RustNext;

impl Next for RustNext {
    type Class = RustIterator;

    fn call<'py, L: Layout>(this: Receiver<'py, RustIterator>) -> Result<Option<Any<'py>>> {
        let py = this.object().py();
        let mut this = this.exclusive::<L>()?;
        let source = this.items.get_mut().unwrap_or_else(PoisonError::into_inner);
        // The iterator is taken out while it runs, so that it is not used again after a panic, an error or the end.
        let Some(mut items) = source.take() else {
            return Ok(None);
        };
        let item = items.next(py)?;
        if item.is_some() {
            *source = Some(items);
        }
        Ok(item)
    }
}
