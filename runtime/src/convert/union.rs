//! Values of several types: the first that an object can be converted to.

use super::{FromPython, Normalise};
use crate::Result;
use crate::error::Error;
use crate::layout::Layout;
use crate::object::{Any, Argument};
use crate::python::Python;

/// An object that is tried as one type after the other.
pub struct Union<'a> {
    object: Argument<'a>,
    /// Why it is none of those that were tried.
    errors: Vec<Error>,
    /// Whether it was an int too large for one of those: then it does not become a float.
    unrounded: bool,
}

/// A union, which is tried for an object type by type. Implemented by generated code.
pub trait UnionMembers<'py>: Sized {
    /// The value of the first type that takes the object.
    ///
    /// # Errors
    /// That of [`Union::mismatch`] where none does, or what Python code raised that a conversion had to call.
    fn of<L: Layout>(union: Union<'_>, py: Python<'py>) -> Result<Self>;
}

impl<'a> Union<'a> {
    /// Nothing has been tried yet.
    pub fn new(object: Argument<'a>) -> Self {
        Union {
            object,
            errors: Vec::new(),
            unrounded: false,
        }
    }

    /// Nothing has been tried yet, but the object was an int too large for a type that is preferred.
    pub fn unrounded(object: Argument<'a>) -> Self {
        Union {
            unrounded: true,
            ..Union::new(object)
        }
    }

    /// The value, if the object is one of type `T`.
    ///
    /// # Errors
    /// What Python code raised that the conversion had to call.
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

    /// The object to keep in a field, if it is one of the type that `_case` holds.
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

    /// The error for an object that is of none of the types.
    #[cold]
    pub fn mismatch(self) -> Error {
        Error::none_of(self.errors).unwrap_or_else(|| Error::expected("nothing", self.object))
    }
}
