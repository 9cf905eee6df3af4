//! Lists with a length that the interface declares.

use super::{FromPython, IntoPython, Rest};
use crate::Result;
use crate::api;
use crate::call::Returned;
use crate::error::Error;
use crate::layout::Layout;
use crate::object::Argument;
use crate::python::Python;

impl<'py, T: FromPython<'py>, const N: usize> FromPython<'py> for [T; N] {
    const ROUNDS: bool = T::ROUNDS;

    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<[T; N]> {
        let items = Vec::from_python::<L>(object, py)?;
        <[T; N]>::try_from(items).map_err(|items| wrong_length(N, items.len()))
    }

    fn from_python_unrounded<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<[T; N]> {
        let items = Vec::from_python_unrounded::<L>(object, py)?;
        <[T; N]>::try_from(items).map_err(|items| wrong_length(N, items.len()))
    }
}

impl<T: IntoPython, const N: usize> IntoPython for [T; N] {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        T::list_into_python::<L>(self.into(), py)
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

#[cold]
pub(super) fn wrong_length(expected: usize, got: usize) -> Error {
    Error::conversion(
        api::PyExc_ValueError,
        format!("length {expected}").into(),
        got.to_string(),
    )
}
