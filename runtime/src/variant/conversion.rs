//! Variants as arguments and results.

use std::marker::PhantomData;

use super::create::list_of_cases;
use super::{Case, Variant, VariantDefinition, error};
use crate::Result;
use crate::api;
use crate::call::Returned;
use crate::convert::{FromPython, keep};
use crate::error::{Error, Step, name_in, type_name};
use crate::layout::Layout;
use crate::object::{Argument, Object};
use crate::python::Python;
use crate::record::{field_of, record_into_python};
use crate::refcount::type_of;
use crate::type_object::{self, short_name};

/// A variant that was passed to Rust: its case and the contents of the case.
pub struct VariantFields<'a, V> {
    object: Argument<'a>,
    /// The index in the definition's cases of the one that `object` is an instance of.
    case: usize,
    definition: PhantomData<fn() -> V>,
}

/// Returns the case of an object, and its contents.
///
/// # Errors
/// TypeError for an object that is not an instance of any case; ImportError if the interpreter no longer has the module.
#[inline]
pub fn variant_from_python<'a, L: Layout, V: Variant>(
    object: Argument<'a>,
) -> Result<VariantFields<'a, V>> {
    // SAFETY: alive and attached.
    let class = unsafe { type_of::<L>(object.as_raw()) };
    let cases = V::DEFINITION.cases.len();
    let found = V::INTERPRETERS.place_of_type(object.py(), class, V::INDEX + 1, cases);
    // Exceptions can have subclasses.
    let found = match (found, V::INTERPRETERS.state(object.py())) {
        (None, Some(state)) if V::DEFINITION.error => (0..cases).find(|case| {
            let class = state.type_object(V::INDEX + 1 + case);
            class.is_some_and(|class| object.is_instance(class))
        }),
        (found, _) => found,
    };
    match found {
        Some(case) => {
            if L::facts().empty_instances && !V::DEFINITION.error {
                let name = V::DEFINITION.cases[case].qualified_name();
                let class = V::INTERPRETERS.type_object(object.py(), V::INDEX + 1 + case)?;
                type_object::expect_memory_of(object, class, name)?;
            }
            Ok(VariantFields {
                object,
                case,
                definition: PhantomData,
            })
        }
        None => {
            // If there is no type, this returns the error that explains why.
            V::INTERPRETERS.type_object(object.py(), V::INDEX)?;
            Err(not_a_case(V::DEFINITION, object))
        }
    }
}

/// Returns the instance of a case itself, whose constructor has checked its fields.
///
/// # Errors
/// As for [`variant_from_python`].
pub fn keep_case<'py, L: Layout, V: Variant>(
    object: Argument<'_>,
    py: Python<'py>,
) -> Returned<'py> {
    variant_from_python::<L, V>(object)?;
    Ok(keep(object, py))
}

#[cold]
#[inline(never)]
fn not_a_case(definition: &VariantDefinition, object: Argument<'_>) -> Error {
    let cases = list_of_cases(definition);
    let got = || -> Result<String> {
        if object.is_instance(api::PyType_Type())
            && let Some(name) = name_in(object, c"__qualname__")?
        {
            // The class was passed instead of an instance: `Command.Close` for `Command.Close()`.
            return Ok(format!("the class {name}"));
        }
        type_name(object)
    };
    let got = match got() {
        Ok(got) => got,
        Err(raised) => return raised,
    };
    let expected = match definition.cases.len() {
        1 => cases,
        _ => format!("{} ({cases})", short_name(definition.name)),
    };
    Error::conversion(api::PyExc_TypeError, expected.into(), got)
}

impl<V: Variant> VariantFields<'_, V> {
    /// Returns the index of the case.
    #[inline]
    pub fn case(&self) -> usize {
        self.case
    }

    /// Returns the value of a field of the case.
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
        let case = &V::DEFINITION.cases[self.case];
        let value = if V::DEFINITION.error {
            let value = error::field_of::<V>(self.object, self.case, index)?;
            T::from_python::<L>(value.as_argument(), py)
        } else {
            T::from_python::<L>(field_of(self.object, case, index)?, py)
        };
        value.map_err(|error| error.at(|| Step::Field(case.signature.parameters[index].name)))
    }

    /// Returns the error for a case that the generated code does not know, although the definition has it.
    #[cold]
    pub fn unknown(&self) -> Error {
        not_a_case(V::DEFINITION, self.object)
    }
}

/// Creates an instance of the case at the index `CASE`, with these fields.
///
/// # Errors
/// MemoryError; ImportError if the interpreter no longer has the module.
#[inline]
pub fn case_into_python<'py, L: Layout, V: Variant, const CASE: usize, const N: usize>(
    py: Python<'py>,
    fields: [Object<'py>; N],
) -> Returned<'py> {
    if V::DEFINITION.error {
        error::into_exception::<Case<V, CASE>>(py, fields.into())
    } else {
        record_into_python::<L, Case<V, CASE>, N>(py, fields)
    }
}
