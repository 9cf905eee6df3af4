//! Errors that prevent the compiler from reading an interface.

use std::fmt;
use std::io;
use std::path::Path;

/// The reason why an operation could not be done at all: a missing file, a read-only directory.
///
/// What is wrong *in* an interface file is a [`Diagnostic`](crate::diagnostic::Diagnostic) instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    message: String,
    help: Vec<String>,
}

impl Error {
    /// `message` is one sentence in lower case without a full stop, as are the lines of help.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: Vec::new(),
        }
    }

    /// An operating system error with the attempted operation: `cannot read idl/x.pyidl: Permission denied`.
    pub(crate) fn io(doing: &str, path: &Path, error: &io::Error) -> Self {
        // "(os error 13)" adds nothing to the words before it.
        let text = error.to_string();
        let text = text.split(" (os error ").next().unwrap_or(&text);
        Self::new(format!("cannot {doing} {}: {text}", path.display()))
    }

    /// Adds a line of help.
    #[must_use]
    pub(crate) fn help(mut self, line: impl Into<String>) -> Self {
        self.help.push(line.into());
        self
    }

    /// The message, in one sentence.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The help, a line each.
    pub fn help_lines(&self) -> &[String] {
        &self.help
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        for line in &self.help {
            write!(f, "\n  help: {line}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
