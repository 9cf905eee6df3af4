//! Conversion of exception objects that were passed to Rust.

use std::marker::PhantomData;

use super::Exception;
use super::kept::Kept;
use crate::Result;
use crate::call::Returned;
use crate::class::Exported;
use crate::convert::{FromPython, keep};
use crate::error::{Error, Step};
use crate::layout::Layout;
use crate::object::Argument;
use crate::python::Python;
use crate::type_object::short_name;

/// The message and the fields of an exception that was passed to Rust.
pub struct ExceptionFields<'a, E> {
    exception: Argument<'a>,
    definition: PhantomData<fn() -> E>,
}

/// Returns the contents of an exception of the class of `E` or a subclass.
///
/// # Errors
/// TypeError for any other object; ImportError if the interpreter no longer has the module.
pub fn exception_from_python<E: Exception>(object: Argument<'_>) -> Result<ExceptionFields<'_, E>> {
    let class = E::INTERPRETERS.type_object(object.py(), E::INDEX)?;
    if !object.is_instance(class) {
        let name = E::DEFINITION.name;
        return Err(Error::expected_type(short_name(name), name, object));
    }
    Ok(ExceptionFields {
        exception: object,
        definition: PhantomData,
    })
}

/// Returns the exception object itself.
///
/// # Errors
/// As for [`exception_from_python`].
pub fn keep_exception<'py, E: Exception>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
    exception_from_python::<E>(object)?;
    Ok(keep(object, py))
}

/// Converts an object, if it is an exception of the class of `E` or a subclass.
///
/// # Errors
/// The error of its conversion; ImportError if the interpreter no longer has the module.
pub fn exception_of<'py, L: Layout, E: Exported + FromPython<'py>>(
    object: Argument<'_>,
    py: Python<'py>,
) -> Result<Option<E>> {
    let class = E::INTERPRETERS.type_object(py, E::INDEX)?;
    match object.is_instance(class) {
        true => E::from_python::<L>(object, py).map(Some),
        false => Ok(None),
    }
}

impl<E: Exception> ExceptionFields<'_, E> {
    /// Returns the result of `str`.
    ///
    /// # Errors
    /// The exception of Python code that `str` runs.
    pub fn message(&self) -> Result<String> {
        self.exception.str()
    }

    /// Returns the value of a field, which is an attribute that Python code can set and delete.
    ///
    /// # Errors
    /// AttributeError, or the error of its conversion, with the name of the field.
    pub fn get<'py, L: Layout, T: FromPython<'py>>(
        &self,
        py: Python<'py>,
        index: usize,
    ) -> Result<T> {
        let name = Kept::of::<E>(py)?.field_name(index);
        let value = self.exception.getattr(&name)?;
        // The first parameter is the message.
        let name = || Step::Field(E::DEFINITION.signature.parameters[index + 1].name);
        T::from_python::<L>(value.as_argument(), py).map_err(|error| error.at(name))
    }
}
