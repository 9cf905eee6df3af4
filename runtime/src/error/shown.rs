//! What messages show of objects: the names of their types and their `repr`, which Python code makes up. Only so much of it
//! is shown as a person reads.

use super::Error;
use crate::convert::string::with_text;
use crate::object::{Any, Argument};
use crate::{Result, api, callback};
use std::ffi::CStr;

/// So many characters of a text are shown, as in CPython's own messages.
const MOST: usize = 200;

/// The text, cut where it is longer than a message should be.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(MOST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}...", &text[..end]),
    }
}

/// The name of an object's type, for messages.
///
/// # Errors
/// What Python code raises that takes part in it: a metaclass can.
pub(crate) fn type_name(object: Argument<'_>) -> Result<String> {
    if object.is_none() {
        return Ok("None".into());
    }
    let name = name_in(object.class(), c"__qualname__")?;
    Ok(name.unwrap_or_else(|| "an object".into()))
}

/// The name of an object's type with that of its module.
///
/// # Errors
/// As for [`type_name`].
pub(crate) fn qualified_type_name(object: Argument<'_>) -> Result<String> {
    let name = type_name(object)?;
    Ok(match name_in(object.class(), c"__module__")? {
        Some(module) => format!("{module}.{name}"),
        None => name,
    })
}

/// An attribute that is a text, if it is there and is one.
pub(crate) fn name_in(object: Argument<'_>, attribute: &CStr) -> Result<Option<String>> {
    match object.optional_attribute(attribute)? {
        Some(name) => with_text(name.as_argument(), shortened),
        None => Ok(None),
    }
}

/// What `repr` says of an object; of one that it says nothing of, what it is.
///
/// # Errors
/// MemoryError, RecursionError and what is no Exception, such as KeyboardInterrupt.
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
    // The `repr` of a long int is a ValueError.
    match object.is_instance(api::PyLong_Type()) {
        true => crate::convert::integer::number_text(object),
        false => Ok(format!("<{}>", type_name(object)?)),
    }
}

impl Error {
    /// Whether this is nothing that code which only describes an object should leave out.
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
