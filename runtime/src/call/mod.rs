//! Calls from Python: binding arguments to parameters as Python does, and the interface for generated functions.

mod bind;
mod compact;
mod mismatch;
mod signature;
mod suggestion;

pub(crate) use bind::{
    Keywords, bind, bind_given, bind_keywords, bind_only_keywords, tuple_item, tuple_size,
    with_tuple,
};
pub(crate) use compact::{Bound, run};
pub use signature::{Parameter, Signature};

use crate::Result;
use crate::convert::{FromArgument, FromPython, IntoPython, memory};
use crate::error::{Error, Step, shortened};
use crate::ffi::Raw;
use crate::iterator;
use crate::layout::Layout;
use crate::map::Map;
use crate::object::{Argument, Object};
use crate::python::Python;
use std::marker::PhantomData;

/// The result of a function for Python: an owned reference, or an exception.
pub type Returned<'py> = Result<Object<'py>, Error>;

/// One call from Python, with its arguments bound to the `N` named parameters of the signature.
pub struct Call<'py, const N: usize> {
    /// The arguments. An entry is null if the parameter was not given.
    pub(crate) arguments: [Raw; N],
    pub(crate) signature: &'static Signature,
    /// The arguments beyond the named parameters.
    pub(crate) given: Given,
    pub(crate) py: PhantomData<Python<'py>>,
}

/// The arguments as the caller passed them.
#[derive(Clone, Copy)]
pub(crate) struct Given {
    pub(crate) positional: *const Raw,
    pub(crate) count: usize,
    pub(crate) keywords: Keywords,
}

impl<'py, const N: usize> Call<'py, N> {
    /// Returns the proof that the thread is attached.
    #[inline(always)]
    pub fn py(&self) -> Python<'py> {
        // SAFETY: a call is made by an attached thread, which stays so for 'py.
        unsafe { Python::assume_attached() }
    }

    /// Returns the argument for a required parameter.
    ///
    /// # Errors
    /// The error of its conversion, with the name of the parameter.
    #[inline(always)]
    pub fn required<L: Layout, T: FromArgument<'py>>(&self, index: usize) -> Result<T> {
        if L::OUT_OF_LINE {
            return compact::required(self, index);
        }
        match self.optional::<L, T>(index)? {
            Some(value) => Ok(value),
            None => Err(not_bound(self.signature)),
        }
    }

    /// Returns the argument for an optional parameter, or `None` if it was omitted.
    ///
    /// # Errors
    /// The error of its conversion, with the name of the parameter.
    #[inline(always)]
    pub fn optional<L: Layout, T: FromArgument<'py>>(&self, index: usize) -> Result<Option<T>> {
        if L::OUT_OF_LINE {
            return compact::optional(self, index);
        }
        let raw = self.arguments[index];
        if raw.is_null() {
            return Ok(None);
        }
        // SAFETY: not null, and the caller keeps its arguments alive for the call.
        match T::from_argument::<L>(unsafe { Argument::from_raw(raw) }) {
            Ok(value) => Ok(Some(value.found_at(|| self.signature.step(index)))),
            Err(error) => Err(self.signature.name_argument(index, error)),
        }
    }

    /// Converts the value that the function returns.
    ///
    /// # Errors
    /// The error of its conversion.
    #[inline(always)]
    pub fn returns<L: Layout, T: IntoPython>(&self, value: T) -> Returned<'py> {
        match L::OUT_OF_LINE {
            true => compact::returns(value, self.py()),
            false => value.into_python::<L>(self.py()),
        }
    }

    /// Returns a Python iterator over values.
    ///
    /// # Errors
    /// MemoryError.
    pub fn returns_iterator<L: Layout, I>(&self, items: I) -> Returned<'py>
    where
        I: Iterator<Item: IntoPython> + Send + 'static,
    {
        iterator::from_items(items, self.py())
    }

    /// Returns a Python iterator over values, any of which may be an exception instead, which ends the iteration.
    ///
    /// # Errors
    /// MemoryError.
    pub fn returns_try_iterator<L: Layout, I, T, E>(&self, items: I) -> Returned<'py>
    where
        I: Iterator<Item = Result<T, E>> + Send + 'static,
        T: IntoPython,
        E: Into<Error>,
    {
        iterator::from_results(items, self.py())
    }

    /// Detaches the thread while `work` runs, so that other Python threads may run.
    pub fn detach<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.py().detach(work)
    }

    /// Returns the arguments beyond the positional parameters (`*args`).
    ///
    /// # Errors
    /// The error of a conversion, with the argument's position.
    pub fn var_args<L: Layout, T: FromPython<'py>>(&self) -> Result<Vec<T>> {
        let first = self.signature.positional;
        let mut values = memory::vector(self.given.count.saturating_sub(first))?;
        for index in first..self.given.count {
            // SAFETY: the caller's array has `count` arguments and keeps them alive for the call.
            let argument = unsafe { Argument::from_raw(*self.given.positional.add(index)) };
            let value = T::from_python::<L>(argument, self.py());
            let value = value.map_err(|error| error.at(|| Step::Position(index + 1)))?;
            values.push(value.found_at(|| Step::Position(index + 1)));
        }
        Ok(values)
    }

    /// Returns the keyword arguments that no parameter has the name of (`**kwargs`), in the order in which they were given.
    ///
    /// # Errors
    /// The error of a conversion, with the argument's name.
    pub fn var_keywords<L: Layout, T: FromPython<'py>>(&self) -> Result<Map<String, T>> {
        let mut values = Map::new();
        // SAFETY: `given` is what Python passed for this call.
        for (name, value) in unsafe { bind::KeywordArguments::of(self.py(), self.given) } {
            if self.signature.keyword(name)?.is_some() {
                continue;
            }
            let key = String::from_python::<L>(name, self.py())?;
            // SAFETY: the caller keeps its arguments alive for the call.
            let argument = unsafe { Argument::from_raw(value) };
            let value = T::from_python::<L>(argument, self.py());
            let step = || Step::Argument(shortened(&key).into());
            let value = value.map_err(|error| error.at(step))?.found_at(step);
            memory::insert(&mut values, key, value)?;
        }
        Ok(values)
    }
}

/// Returns the error for a shim that requests an argument that its signature does not require.
#[cold]
#[inline(never)]
fn not_bound(signature: &Signature) -> Error {
    let name = signature.qualified_name;
    Error::type_error(format!("{name}() was called without a required argument"))
}
