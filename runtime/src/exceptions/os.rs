//! Errors of the operating system.

use super::raise::Arguments;
use super::{IntoException, OSError};
use crate::Result;
use crate::object::Any;
use crate::python::Python;
use std::io;
use std::path::{Path, PathBuf};

impl OSError {
    /// Creates an error with this number, as in `errno` (on Windows: from `GetLastError`), and the system's message for it.
    /// Python gets the subclass that corresponds to the number: `FileNotFoundError` and so on.
    ///
    /// ```
    /// use pyidl_runtime::exceptions::OSError;
    ///
    /// let error = OSError::from_code(13);
    /// assert_eq!(error.code(), Some(13));
    /// ```
    pub fn from_code(code: i32) -> OSError {
        OSError::from(io::Error::from_raw_os_error(code))
    }

    /// Adds the path of the failed operation, which becomes the attribute `filename` if the error number is known.
    ///
    /// ```
    /// use pyidl_runtime::exceptions::OSError;
    /// use std::{fs, path::Path};
    ///
    /// fn size(path: &Path) -> Result<u64, OSError> {
    ///     let data = fs::metadata(path).map_err(|error| OSError::from(error).with_path(path))?;
    ///     Ok(data.len())
    /// }
    /// assert_eq!(size(Path::new("/no/such/file")).unwrap_err().path(), Some(Path::new("/no/such/file")));
    /// ```
    #[must_use]
    pub fn with_path(mut self, path: impl Into<PathBuf>) -> OSError {
        self.0.arguments = match self.0.arguments {
            Arguments::System { code, message, .. } => Arguments::System {
                code,
                message,
                path: Some(path.into()),
            },
            other => other,
        };
        self
    }

    /// Returns the error number, if known.
    ///
    /// ```
    /// use pyidl_runtime::exceptions::OSError;
    ///
    /// assert_eq!(OSError::from_code(2).code(), Some(2));
    /// assert_eq!(OSError::new("unplugged").code(), None);
    /// ```
    pub fn code(&self) -> Option<i32> {
        match &self.0.arguments {
            Arguments::System { code, .. } => *code,
            _ => None,
        }
    }

    /// Returns the path of the failed operation, if known.
    ///
    /// ```
    /// use pyidl_runtime::exceptions::OSError;
    /// use std::path::Path;
    ///
    /// let error = OSError::from_code(2).with_path("a/b");
    /// assert_eq!(error.path(), Some(Path::new("a/b")));
    /// ```
    pub fn path(&self) -> Option<&Path> {
        match &self.0.arguments {
            Arguments::System { path, .. } => path.as_deref(),
            _ => None,
        }
    }
}

impl From<io::Error> for OSError {
    fn from(error: io::Error) -> OSError {
        let code = error.raw_os_error().or_else(|| code_of_kind(error.kind()));
        let mut message = error.to_string();
        if let Some(code) = error.raw_os_error() {
            // Rust appends the number, which Python puts before the text.
            let suffix = format!(" (os error {code})");
            if message.ends_with(&suffix) {
                message.truncate(message.len() - suffix.len());
            }
        }
        let mut exception = OSError::new("");
        exception.0.arguments = Arguments::System {
            code,
            message,
            path: None,
        };
        exception
    }
}

impl IntoException for io::Error {
    fn into_exception<'py>(self, py: Python<'py>) -> Result<Any<'py>> {
        OSError::from(self).into_exception(py)
    }

    fn describe(&self) -> String {
        self.to_string()
    }
}

/// Returns the number for a kind of error that Rust code created, so that Python gets the corresponding subclass.
#[cfg(unix)]
fn code_of_kind(kind: io::ErrorKind) -> Option<i32> {
    Some(match kind {
        io::ErrorKind::NotFound => libc::ENOENT,
        io::ErrorKind::PermissionDenied => libc::EACCES,
        io::ErrorKind::AlreadyExists => libc::EEXIST,
        io::ErrorKind::NotADirectory => libc::ENOTDIR,
        io::ErrorKind::IsADirectory => libc::EISDIR,
        io::ErrorKind::ConnectionRefused => libc::ECONNREFUSED,
        io::ErrorKind::ConnectionReset => libc::ECONNRESET,
        io::ErrorKind::ConnectionAborted => libc::ECONNABORTED,
        io::ErrorKind::BrokenPipe => libc::EPIPE,
        io::ErrorKind::Interrupted => libc::EINTR,
        io::ErrorKind::TimedOut => libc::ETIMEDOUT,
        io::ErrorKind::WouldBlock => libc::EAGAIN,
        _ => return None,
    })
}

/// `ERROR_FILE_NOT_FOUND`, `ERROR_ACCESS_DENIED`, `ERROR_FILE_EXISTS`, `ERROR_BROKEN_PIPE`, and the `WSAE…` codes.
#[cfg(windows)]
fn code_of_kind(kind: io::ErrorKind) -> Option<i32> {
    Some(match kind {
        io::ErrorKind::NotFound => 2,
        io::ErrorKind::PermissionDenied => 5,
        io::ErrorKind::AlreadyExists => 80,
        io::ErrorKind::BrokenPipe => 109,
        io::ErrorKind::WouldBlock => 10035,
        io::ErrorKind::ConnectionAborted => 10053,
        io::ErrorKind::ConnectionReset => 10054,
        io::ErrorKind::TimedOut => 10060,
        io::ErrorKind::ConnectionRefused => 10061,
        _ => return None,
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::OSError;
    use crate::exceptions::Exception;
    use std::io;

    #[test]
    #[cfg_attr(miri, ignore = "Miri has its own words for errors of the system")]
    fn the_system_error_keeps_number_and_words() {
        let error = OSError::from(io::Error::from_raw_os_error(2)).with_path("a/b");
        assert_eq!(error.code(), Some(2));
        assert_eq!(error.message(), "No such file or directory");
        assert_eq!(
            error.to_string(),
            "[Errno 2] No such file or directory: \"a/b\""
        );
        assert_eq!(
            Exception::from(error).message(),
            "No such file or directory"
        );
    }

    #[test]
    fn errors_of_rust_code_get_the_number_of_their_kind() {
        let error = OSError::from(io::Error::new(io::ErrorKind::NotFound, "no such table"));
        assert_eq!((error.code(), error.message()), (Some(2), "no such table"));
        let error = OSError::from(io::Error::other("strange"));
        assert_eq!(
            (error.code(), error.to_string().as_str()),
            (None, "strange")
        );
    }
}
