//! Unions: an object is converted to the first of several types that accepts it.

use super::{FromPython, Normalise};
use crate::Result;
use crate::error::Error;
use crate::layout::Layout;
use crate::object::{Any, Argument};
use crate::python::Python;

/// An object that is tried as one type after another.
pub struct Union<'a> {
    object: Argument<'a>,
    /// The errors of the types that were tried.
    errors: Vec<Error>,
    /// Whether the object was an int too large for one of those types: it is then not converted to a float.
    unrounded: bool,
}

/// A union, whose types are tried in order. Implemented by generated code.
pub trait UnionMembers<'py>: Sized {
    /// Returns the value of the first type that accepts the object.
    ///
    /// # Errors
    /// The error of [`Union::mismatch`] if none does, or the exception of Python code that a conversion called.
    fn of<L: Layout>(union: Union<'_>, py: Python<'py>) -> Result<Self>;
}

impl<'a> Union<'a> {
    /// Creates a union for which no type has been tried yet.
    pub fn new(object: Argument<'a>) -> Self {
        Union {
            object,
            errors: Vec::new(),
            unrounded: false,
        }
    }

    /// Creates a union for which no type has been tried yet, but whose object was an int too large for a preferred type.
    pub fn unrounded(object: Argument<'a>) -> Self {
        Union {
            unrounded: true,
            ..Union::new(object)
        }
    }

    /// Returns the value, if the object is of type `T`.
    ///
    /// # Errors
    /// The exception of Python code that the conversion called.
    #[inline]
    pub fn member<'py, L: Layout, T: FromPython<'py>>(
        &mut self,
        py: Python<'py>,
    ) -> Result<Option<T>> {
        let value = match T::ROUNDS && self.unrounded {
            true => T::from_python_unrounded::<L>(self.object, py),
            false => T::from_python::<L>(self.object, py),
        };
        match value {
            Ok(value) => Ok(Some(value)),
            Err(error) => self.refused(error).map(|()| None),
        }
    }

    /// Returns the object to store in a field, if it is of the type that `_case` holds.
    ///
    /// # Errors
    /// As for [`member`](Union::member).
    pub fn normal<'py, L: Layout, T: Normalise<'py>, U>(
        &mut self,
        _case: fn(T) -> U,
        py: Python<'py>,
    ) -> Result<Option<Any<'py>>> {
        let object = match T::ROUNDS && self.unrounded {
            true => T::from_python_unrounded::<L>(self.object, py)
                .and_then(|_| T::normalise::<L>(self.object, py)),
            false => T::normalise::<L>(self.object, py),
        };
        match object {
            Ok(object) => Ok(Some(object)),
            Err(error) => self.refused(error).map(|()| None),
        }
    }

    #[cold]
    fn refused(&mut self, error: Error) -> Result<()> {
        if !error.is_conversion() {
            return Err(error);
        }
        self.unrounded |= error.is_no_int();
        self.errors.push(error);
        Ok(())
    }

    /// Returns the error for an object that is of none of the types.
    #[cold]
    pub fn mismatch(self) -> Error {
        Error::none_of(self.errors).unwrap_or_else(|| Error::expected("nothing", self.object))
    }
}
