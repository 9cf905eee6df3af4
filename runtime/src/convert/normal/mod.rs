//! The objects that are kept in fields.
//!
//! What Python passes as a field is checked and kept in normal form: an object of the very type that Rust would make for the
//! value, so that `Point(1)` has the field `1.0`. What is in normal form already stays the object that it is. That is true of
//! every instance of a record, of a case and of an exception, since its constructor has checked its fields: it is not looked
//! into, so that a tree can be built from its leaves in as many steps as it has nodes, however deep it is.
//!
//! Lists, dicts and sets are copied, since who passed one may change it; their items are kept as fields are. Tuples and
//! frozensets are copied only for items that are not in normal form.
//!
//! What can be changed later, in a list of a record or in the attributes of an exception, is checked again by every
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
    /// The object to keep for this one: itself, if it is in normal form.
    ///
    /// # Errors
    /// As for [`FromPython::from_python`].
    #[inline]
    fn normalise<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
        Self::from_python::<L>(object, py)?.into_python::<L>(py)
    }

    /// The object to keep for a sequence of such values.
    #[doc(hidden)]
    #[inline]
    fn normalise_list<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
        containers::list::<L, Self>(object, py)
    }

    /// The object to keep for the value where it is the error in a [`Result`](std::result::Result).
    #[doc(hidden)]
    fn normalise_error<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
        match <Self as FromPython<'py>>::IS_EXCEPTION {
            true => Self::normalise::<L>(object, py),
            false => containers::runtime_error::<L, Self>(object, py),
        }
    }
}

/// An object as it is.
#[inline(always)]
pub(crate) fn keep<'py>(object: Argument<'_>, py: Python<'py>) -> Any<'py> {
    // SAFETY: alive; attached for 'py.
    unsafe { Any::from_borrowed(py, object.as_raw()) }
}

/// [`Normalise::normalise`] of types whose [`FromPython::from_exact`] reads nothing but objects of the type that
/// [`IntoPython`] makes.
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
