//! Conversion of exception objects of Python's built-in classes to Rust values.

use super::BuiltinException;
use super::raise::{Arguments, Raise};
use crate::Result;
use crate::api;
use crate::convert::FromPython;
use crate::error::Error;
use crate::layout::Probed;
use crate::object::Argument;
use std::ffi::CStr;
use std::path::PathBuf;

/// The attribute for the error number of the operating system.
const NUMBER: &CStr = if cfg!(windows) { c"winerror" } else { c"errno" };

/// Converts `object`, which must be an exception of `class`, called `name`, to the nearest of Python's built-in classes.
pub(super) fn raise(
    classes: &[(&'static str, BuiltinException)],
    name: &'static str,
    class: BuiltinException,
    object: Argument<'_>,
) -> Result<Raise> {
    if !object.is_instance(class()) {
        return Err(Error::expected(name, object));
    }
    let mut classes = classes.iter().rev();
    let nearest = classes.find(|(_, class)| object.is_instance(class()));
    let &(name, class) = nearest.unwrap_or(&(name, class));
    let mut raise = Raise::new(name, class, message(object)?);
    if object.is_instance(api::PyExc_OSError())
        && let Some(arguments) = system_arguments(object)?
    {
        raise.arguments = arguments;
    }
    Ok(raise)
}

/// Returns the only argument of the exception if it is a `str`; otherwise a text that describes the exception.
fn message(object: Argument<'_>) -> Result<String> {
    // For errors of encoding and decoding, the other arguments are not kept.
    if object.is_instance(api::PyExc_UnicodeError())
        && let Some(reason) = attribute(object, c"reason")?
    {
        return Ok(reason);
    }
    let arguments = object.attribute(c"args")?;
    match <(String,)>::from_python::<Probed>(arguments.as_argument(), object.py()) {
        Ok((message,)) => Ok(message),
        Err(error) if error.is_conversion() => object.str(),
        Err(error) => Err(error),
    }
}

/// Returns the number, message and path of an `OSError` that has them.
fn system_arguments(object: Argument<'_>) -> Result<Option<Arguments>> {
    let code = attribute(object, NUMBER)?;
    let message = attribute(object, c"strerror")?;
    let path = attribute::<Option<PathBuf>>(object, c"filename")?;
    let (Some(code), Some(message), Some(path)) = (code, message, path) else {
        return Ok(None);
    };
    Ok(Some(Arguments::System {
        code: Some(code),
        message,
        path,
    }))
}

/// Returns an attribute, if it exists and has this type.
fn attribute<T: for<'py> FromPython<'py>>(object: Argument<'_>, name: &CStr) -> Result<Option<T>> {
    let Some(value) = object.optional_attribute(name)? else {
        return Ok(None);
    };
    match T::from_python::<Probed>(value.as_argument(), object.py()) {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.is_conversion() => Ok(None),
        Err(error) => Err(error),
    }
}
