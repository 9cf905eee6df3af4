//! What stops the compiler before it can look at an interface.

use std::fmt;
use std::io;
use std::path::Path;

/// Why something could not be done at all: a missing file, a directory that cannot be written.
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

    /// An operating system's error, with what was tried: `cannot read idl/x.pyidl: Permission denied`.
    pub(crate) fn io(doing: &str, path: &Path, error: &io::Error) -> Self {
        // "(os error 13)" tells nothing that the words before it do not.
        let text = error.to_string();
        let text = text.split(" (os error ").next().unwrap_or(&text);
        Self::new(format!("cannot {doing} {}: {text}", path.display()))
    }

    /// Adds a line that says what to do.
    #[must_use]
    pub(crate) fn help(mut self, line: impl Into<String>) -> Self {
        self.help.push(line.into());
        self
    }

    /// What happened, in one sentence.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do about it, a line each.
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
