//! The text of an error for Rust code: `Display` and `Debug`.

use super::{Error, Kind, type_name};
use crate::api;
use crate::handle::Handle;
use crate::module::interpreter;
use crate::python::Python;
use std::fmt;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.describe(f, true)
    }
}

impl Error {
    /// Writes the error. Of an exception whose `__str__` fails, this is its class, and once the error of `__str__`, whose own
    /// `__str__` can fail in turn, without an end.
    fn describe(&self, f: &mut fmt::Formatter<'_>, once_more: bool) -> fmt::Result {
        match self.kind() {
            Kind::Raised(exception, _) => describe_raised(exception, f, once_more),
            Kind::Builtin(_, message) => f.write_str(message),
            Kind::Lazy(exception) => f.write_str(&exception.describe()),
            Kind::Conversion(conversion) => fmt::Display::fmt(conversion, f),
        }
    }
}

/// Writes `ValueError: the message`, if this thread may access the exception.
fn describe_raised(exception: &Handle, f: &mut fmt::Formatter<'_>, once_more: bool) -> fmt::Result {
    if interpreter::is_attached() {
        // SAFETY: the check above has just shown that the thread is attached.
        let py = unsafe { Python::assume_attached() };
        if let Some(exception) = exception.bind(py)
            && let Ok(name) = type_name(exception.as_argument())
        {
            f.write_str(&name)?;
            return match exception.to_text() {
                Ok(text) => write!(f, ": {text}"),
                Err(error) if error.is_instance_of(py, api::PyExc_RecursionError) => {
                    f.write_str(": <maximum recursion depth exceeded>")
                }
                Err(error) if once_more => {
                    f.write_str(": <")?;
                    error.describe(f, false)?;
                    f.write_str(">")
                }
                Err(_) => Ok(()),
            };
        }
    }
    f.write_str("an exception raised by Python")
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}
