//! Fields of records and exceptions, as data.

use std::ffi::CStr;

use crate::call::Returned;
use crate::convert::Normalise;
use crate::layout::Probed;
use crate::object::Argument;
use crate::python::Python;

/// A field of a record or an exception.
pub struct Field {
    pub(crate) name: &'static CStr,
    pub(crate) doc: &'static CStr,
    pub(crate) annotation: &'static CStr,
    /// Checks an argument and returns the object to store.
    pub(crate) normalise: for<'py> fn(Argument<'py>) -> Returned<'py>,
    pub(crate) default: Option<for<'py> fn(Python<'py>) -> Returned<'py>>,
}

/// Returns a required field. `annotation` is its type as written in the stub.
pub const fn field<T>(name: &'static CStr, doc: &'static CStr, annotation: &'static CStr) -> Field
where
    T: for<'py> Normalise<'py>,
{
    Field {
        name,
        doc,
        annotation,
        normalise: normalise::<T>,
        default: None,
    }
}

/// Returns an optional field; `default` creates the value for each instance without one.
pub const fn field_with_default<T>(
    name: &'static CStr,
    doc: &'static CStr,
    annotation: &'static CStr,
    default: for<'py> fn(Python<'py>) -> Returned<'py>,
) -> Field
where
    T: for<'py> Normalise<'py>,
{
    Field {
        default: Some(default),
        ..field::<T>(name, doc, annotation)
    }
}

fn normalise<'py, T>(object: Argument<'py>) -> Returned<'py>
where
    T: for<'any> Normalise<'any>,
{
    T::normalise::<Probed>(object, object.py())
}
