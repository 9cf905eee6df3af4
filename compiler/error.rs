//! Errors that are not in an interface file.

use std::fmt;
use std::io;
use std::path::Path;

/// The reason why an operation could not be done at all: a missing file, a read-only directory.
///
/// Errors *in* an interface file are findings instead: [`BuildError::Findings`](crate::BuildError::Findings).
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

    /// The message: one sentence in lower case without a full stop.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What the user can do about it: one line for each suggestion.
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
