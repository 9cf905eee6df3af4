//! The parts of messages that describe objects: the names of their types and their `repr`. Python code determines these texts, so
//! they are cut to a readable length.

use super::Error;
use crate::convert::string::with_text;
use crate::object::{Any, Argument};
use crate::{Result, api, callback};
use std::ffi::CStr;

/// The number of characters that are shown of a text, as in CPython's own messages.
const MOST: usize = 200;

/// Returns the text, cut if it is too long for a message.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(MOST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}...", &text[..end]),
    }
}

/// Returns the name of an object's type, for messages.
///
/// # Errors
/// The exception that Python code raises while the name is determined: a metaclass can run code.
pub(crate) fn type_name(object: Argument<'_>) -> Result<String> {
    if object.is_none() {
        return Ok("None".into());
    }
    let name = name_in(object.class().as_argument(), c"__qualname__")?;
    Ok(name.unwrap_or_else(|| "an object".into()))
}

/// Returns the name of an object's type, qualified with its module.
///
/// # Errors
/// As for [`type_name`].
pub(crate) fn qualified_type_name(object: Argument<'_>) -> Result<String> {
    let name = type_name(object)?;
    Ok(
        match name_in(object.class().as_argument(), c"__module__")? {
            Some(module) => format!("{module}.{name}"),
            None => name,
        },
    )
}

/// Returns an attribute, if it exists and is a str.
pub(crate) fn name_in(object: Argument<'_>, attribute: &CStr) -> Result<Option<String>> {
    match object.optional_attribute(attribute)? {
        Some(name) => with_text(name.as_argument(), shortened),
        None => Ok(None),
    }
}

/// Returns the `repr` of an object, or a description of its type if `repr` fails.
///
/// # Errors
/// MemoryError, RecursionError and exceptions that are not derived from Exception, such as KeyboardInterrupt.
pub(crate) fn repr(object: &Any<'_>) -> Result<String> {
    let object = object.as_argument();
    let py = object.py();
    let _nested = callback::nest()?;
    // SAFETY: alive and attached.
    let text = unsafe { Any::from_owned(py, api::PyObject_Repr(object.as_raw())) };
    match text.and_then(|text| with_text(text.as_argument(), shortened)) {
        Ok(Some(text)) => return Ok(text),
        Err(error) if error.is_fatal(py) => return Err(error),
        Ok(None) | Err(_) => {}
    }
    // The `repr` of a long int raises ValueError.
    match object.is_instance(api::PyLong_Type()) {
        true => crate::convert::integer::number_text(object),
        false => Ok(format!("<{}>", type_name(object)?)),
    }
}

impl Error {
    /// Returns whether the error must be passed on even by code that only describes an object.
    fn is_fatal(&self, py: crate::Python<'_>) -> bool {
        self.is_instance_of(py, api::PyExc_MemoryError)
            || self.is_instance_of(py, api::PyExc_RecursionError)
            || !self.is_instance_of(py, api::PyExc_Exception)
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, shortened};

    #[test]
    fn only_long_text_is_cut() {
        let long = "ä".repeat(MOST);
        assert_eq!(shortened(&long), long);
        assert_eq!(shortened(&format!("{long}b")), format!("{long}..."));
        assert_eq!(shortened(""), "");
    }
}
