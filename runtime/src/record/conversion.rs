//! Records as arguments and results.

use std::marker::PhantomData;

use super::behaviour::{expect_record_on_pypy, field_of};
use super::definition::Record;
use super::instance;
use crate::Result;
use crate::call::Returned;
use crate::convert::{FromPython, keep};
use crate::error::{Error, Step};
use crate::layout::Layout;
use crate::object::{Argument, Object};
use crate::python::Python;
use crate::type_object::while_held;

/// The fields of a record that was passed to Rust.
pub struct RecordFields<'a, R> {
    record: Argument<'a>,
    definition: PhantomData<fn() -> R>,
}

/// Returns the fields of an instance of `R`.
///
/// # Errors
/// TypeError for any other object; ImportError if the interpreter no longer has the module.
#[inline]
pub fn record_from_python<'a, L: Layout, R: Record>(
    object: Argument<'a>,
) -> Result<RecordFields<'a, R>> {
    if !R::INTERPRETERS.has_type::<L>(object, R::INDEX) {
        // If there is no type, this returns the error that explains why.
        R::INTERPRETERS.type_object(object.py(), R::INDEX)?;
        let definition = R::DEFINITION;
        let name = definition.qualified_name();
        return Err(Error::expected_type(name, definition.name, object));
    }
    expect_record_on_pypy::<R, L>(object)?;
    Ok(RecordFields {
        record: object,
        definition: PhantomData,
    })
}

/// Returns the instance of `R` itself, whose constructor has checked its fields.
///
/// # Errors
/// As for [`record_from_python`].
pub fn keep_record<'py, L: Layout, R: Record>(
    object: Argument<'_>,
    py: Python<'py>,
) -> Returned<'py> {
    record_from_python::<L, R>(object)?;
    Ok(keep(object, py))
}

impl<R: Record> RecordFields<'_, R> {
    /// Returns the value of a field.
    ///
    /// # Errors
    /// The error of its conversion, with the name of the field: Python code may have changed the items of a list.
    ///
    /// # Panics
    /// Panics if there is no such field.
    #[inline]
    pub fn get<'py, L: Layout, T: FromPython<'py>>(
        &self,
        py: Python<'py>,
        index: usize,
    ) -> Result<T> {
        let field = field_of(self.record, R::DEFINITION, index)?;
        T::from_python::<L>(field, py).map_err(|error| {
            error.at(|| Step::Field(R::DEFINITION.signature.parameters[index].name))
        })
    }
}

/// Creates an instance of `R` with these fields.
///
/// # Errors
/// MemoryError; ImportError if the interpreter no longer has the module.
#[inline]
pub fn record_into_python<'py, L: Layout, R: Record, const N: usize>(
    py: Python<'py>,
    fields: [Object<'py>; N],
) -> Returned<'py> {
    const {
        assert!(
            N == R::DEFINITION.fields.len(),
            "a record is made of its fields"
        )
    };
    let class = R::INTERPRETERS.type_object(py, R::INDEX)?;
    // SAFETY: the record's type object, just borrowed from the state, and as many fields as its instances have.
    unsafe {
        let object = while_held::<L, _>(class, || instance::allocate(py, class))?;
        for (index, field) in fields.into_iter().enumerate() {
            instance::set::<L>(&object, index, field);
        }
        Ok(object)
    }
}
