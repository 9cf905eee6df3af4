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

/// A variant that was passed to Rust: which case it is, and what that contains.
pub struct VariantFields<'a, V> {
    object: Argument<'a>,
    /// An index of the definition's cases, of which `object` is an instance.
    case: usize,
    definition: PhantomData<fn() -> V>,
}

/// The case of an object, and its contents.
///
/// # Errors
/// TypeError for what is an instance of no case; ImportError where the interpreter has not got the module any more.
#[inline]
pub fn variant_from_python<'a, L: Layout, V: Variant>(
    object: Argument<'a>,
) -> Result<VariantFields<'a, V>> {
    // SAFETY: alive and attached.
    let class = unsafe { type_of::<L>(object.as_raw()) };
    let cases = V::DEFINITION.cases.len();
    let found = V::INTERPRETERS.place_of_type(object.py(), class, V::INDEX + 1, cases);
    // Exceptions can be derived from further.
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
            // Says why there is no type, if there is none.
            V::INTERPRETERS.type_object(object.py(), V::INDEX)?;
            Err(not_a_case(V::DEFINITION, object))
        }
    }
}

/// The instance of a case itself, whose constructor has checked its fields.
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
            // The class where an instance was meant: `Command.Close` for `Command.Close()`.
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
    /// The index of the case.
    #[inline]
    pub fn case(&self) -> usize {
        self.case
    }

    /// The value of a field of the case.
    ///
    /// # Errors
    /// What its conversion gives, with the name of the field: Python code may have put something else into a list.
    ///
    /// # Panics
    /// Where there is no such field.
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

    /// What to say of a case that the generated code does not know: the definition has more of them.
    #[cold]
    pub fn unknown(&self) -> Error {
        not_a_case(V::DEFINITION, self.object)
    }
}

/// A new instance of the case at the index `CASE`, with these fields.
///
/// # Errors
/// MemoryError; ImportError where the interpreter has not got the module any more.
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
