//! The common part of Python's built-in exceptions.

use super::BuiltinException;
use crate::Result;
use crate::callback;
use crate::convert::{IntoPython, bytes, path, string};
use crate::layout::Probed;
use crate::object::Any;
use crate::python::Python;
use std::fmt;
use std::path::PathBuf;

/// Prevents other crates from implementing [`Builtin`](super::Builtin).
pub trait Sealed {}

/// An exception that has not been created yet: its class and the arguments of the class.
#[derive(Clone)]
pub(super) struct Raise {
    name: &'static str,
    class: BuiltinException,
    pub(super) arguments: Arguments,
}

/// The arguments of an exception's class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Arguments {
    /// A message.
    Message(String),
    /// A message and the additional arguments of `OSError`.
    System {
        code: Option<i32>,
        message: String,
        path: Option<PathBuf>,
    },
    /// The encoding, the bytes, the range of those that failed, the reason.
    Decode {
        encoding: String,
        bytes: Vec<u8>,
        start: usize,
        end: usize,
        reason: String,
    },
    /// The encoding (unless it is a translation), the text, the range of characters that failed, the reason.
    Encode {
        encoding: Option<String>,
        text: String,
        start: usize,
        end: usize,
        reason: String,
    },
}

impl Arguments {
    /// Returns the arguments for a class. Three classes of Python cannot be created from a message alone; for these it is the
    /// reason.
    fn for_class(class: &str, message: String) -> Arguments {
        let (start, end, text) = (0, 0, String::new());
        match class {
            "UnicodeDecodeError" => Arguments::Decode {
                encoding: "utf-8".into(),
                bytes: Vec::new(),
                start,
                end,
                reason: message,
            },
            "UnicodeEncodeError" => Arguments::Encode {
                encoding: Some("utf-8".into()),
                text,
                start,
                end,
                reason: message,
            },
            "UnicodeTranslateError" => Arguments::Encode {
                encoding: None,
                text,
                start,
                end,
                reason: message,
            },
            _ => Arguments::Message(message),
        }
    }
}

impl Raise {
    pub(super) fn new(name: &'static str, class: BuiltinException, message: String) -> Raise {
        Raise {
            name,
            class,
            arguments: Arguments::for_class(name, message),
        }
    }

    pub(super) fn class(&self) -> BuiltinException {
        self.class
    }

    pub(super) fn message(&self) -> &str {
        match &self.arguments {
            Arguments::Message(message) | Arguments::System { message, .. } => message,
            Arguments::Decode { reason, .. } | Arguments::Encode { reason, .. } => reason,
        }
    }

    pub(super) fn into_message(self) -> Result<(BuiltinException, String), Raise> {
        match self.arguments {
            Arguments::Message(message) => Ok((self.class, message)),
            _ => Err(self),
        }
    }

    #[cold]
    #[inline(never)]
    pub(super) fn into_exception(self, py: Python<'_>) -> Result<Any<'_>> {
        let text = |text: &str| string::from_str(py, text);
        let number = |number: usize| number.into_python::<Probed>(py);
        let arguments = match self.arguments {
            Arguments::Message(message) => vec![text(&message)?],
            Arguments::System {
                code: None,
                message,
                ..
            } => vec![text(&message)?],
            Arguments::System {
                code: Some(code),
                message,
                path,
            } => {
                let path = path
                    .map(|path| path::from_os_str(py, path.as_os_str()))
                    .transpose()?;
                system_arguments(py, code, text(&message)?, path)?
            }
            Arguments::Decode {
                encoding,
                bytes,
                start,
                end,
                reason,
            } => {
                let bytes = bytes::from_slice(py, &bytes)?;
                vec![
                    text(&encoding)?,
                    bytes,
                    number(start)?,
                    number(end)?,
                    text(&reason)?,
                ]
            }
            Arguments::Encode {
                encoding,
                text: whole,
                start,
                end,
                reason,
            } => {
                let mut arguments = Vec::new();
                if let Some(encoding) = encoding {
                    arguments.push(text(&encoding)?);
                }
                arguments.extend([text(&whole)?, number(start)?, number(end)?, text(&reason)?]);
                arguments
            }
        };
        callback::call((self.class)(), &arguments, py)
    }
}

/// Calls `OSError(errno, strerror, filename)`, which creates the subclass for that number.
#[cfg(not(windows))]
fn system_arguments<'py>(
    py: Python<'py>,
    code: i32,
    message: Any<'py>,
    path: Option<Any<'py>>,
) -> Result<Vec<Any<'py>>> {
    let mut arguments = vec![code.into_python::<Probed>(py)?, message];
    arguments.extend(path);
    Ok(arguments)
}

/// Calls `OSError(errno, strerror, filename, winerror)`: the number is a Windows one, from which Python determines the `errno`.
#[cfg(windows)]
fn system_arguments<'py>(
    py: Python<'py>,
    code: i32,
    message: Any<'py>,
    path: Option<Any<'py>>,
) -> Result<Vec<Any<'py>>> {
    let path = path.unwrap_or_else(|| py.none());
    Ok(vec![
        0_i32.into_python::<Probed>(py)?,
        message,
        path,
        code.into_python::<Probed>(py)?,
    ])
}

// Classes are compared by name, since addresses of functions are not unique.
impl PartialEq for Raise {
    fn eq(&self, other: &Raise) -> bool {
        self.name == other.name && self.arguments == other.arguments
    }
}

impl Eq for Raise {}

impl fmt::Display for Raise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.arguments {
            Arguments::System {
                code: Some(code),
                message,
                path: Some(path),
            } => {
                write!(f, "[Errno {code}] {message}: {path:?}")
            }
            Arguments::System {
                code: Some(code),
                message,
                path: None,
            } => {
                write!(f, "[Errno {code}] {message}")
            }
            _ => f.write_str(self.message()),
        }
    }
}

impl fmt::Debug for Raise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({:?})", self.name, self.to_string())
    }
}
