//! The normal form of objects, in which fields store them.
//!
//! An object that Python passes for a field is checked and stored in normal form: as an object of the type that Rust would create
//! for the value, so that `Point(1)` has the field `1.0`. An object that is already in normal form is stored itself. Every
//! instance of a record, a case or an exception is in normal form, since its constructor has checked its fields. It is not
//! traversed, so that building a tree from its leaves takes as many steps as it has nodes, at any depth.
//!
//! Lists, dicts and sets are copied, since the caller may change them; their items are normalised like fields. Tuples and
//! frozensets are copied only if they have items that are not in normal form.
//!
//! Data that can be changed later, in a list of a record or in the attributes of an exception, is checked again by every
//! conversion to Rust.

mod containers;
mod flat;

use super::{FromPython, IntoPython, exact::OnlyHere};
use crate::call::Returned;
use crate::layout::Layout;
use crate::object::{Any, Argument};
use crate::python::Python;

/// A value that can be in a field of a record, a case or an exception.
pub trait Normalise<'py>: FromPython<'py> + IntoPython {
    /// Returns the object to store for this one: the object itself, if it is in normal form.
    ///
    /// # Errors
    /// As for [`FromPython::from_python`].
    #[inline]
    fn normalise<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
        Self::from_python::<L>(object, py)?.into_python::<L>(py)
    }

    /// Returns the object to store for a sequence of such values.
    #[doc(hidden)]
    #[inline]
    fn normalise_list<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
        containers::list::<L, Self>(object, py)
    }

    /// Returns the object to store for the value that is the error in a [`Result`](std::result::Result).
    #[doc(hidden)]
    fn normalise_error<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
        match <Self as FromPython<'py>>::IS_EXCEPTION {
            true => Self::normalise::<L>(object, py),
            false => containers::runtime_error::<L, Self>(object, py),
        }
    }
}

/// Returns the object unchanged.
#[inline(always)]
pub(crate) fn keep<'py>(object: Argument<'_>, py: Python<'py>) -> Any<'py> {
    // SAFETY: alive; attached for 'py.
    unsafe { Any::from_borrowed(py, object.as_raw()) }
}

/// Implements [`Normalise::normalise`] for types whose [`FromPython::from_exact`] reads only objects of the type that
/// [`IntoPython`] creates.
#[inline]
fn keep_exact<'py, L: Layout, T: FromPython<'py> + IntoPython>(
    object: Argument<'_>,
    py: Python<'py>,
) -> Returned<'py> {
    if T::from_exact::<L>(object, OnlyHere).is_some() {
        return Ok(keep(object, py));
    }
    T::from_python::<L>(object, py)?.into_python::<L>(py)
}
