//! Errors of encoding and decoding, with the data that failed and its range.

use super::raise::Arguments;
use super::{UnicodeDecodeError, UnicodeEncodeError, UnicodeTranslateError};
use std::ops::Range;
use std::string::FromUtf8Error;

impl UnicodeDecodeError {
    /// Creates the error for `bytes` that are not text in this encoding: those in `range`, for this reason.
    ///
    /// ```
    /// use pyidl_runtime::exceptions::UnicodeDecodeError;
    ///
    /// let error = UnicodeDecodeError::with_bytes("ascii", vec![b'a', 200], 1..2, "ordinal not in range(128)");
    /// assert_eq!(error.message(), "ordinal not in range(128)");
    /// ```
    pub fn with_bytes(
        encoding: impl Into<String>,
        bytes: Vec<u8>,
        range: Range<usize>,
        reason: impl Into<String>,
    ) -> UnicodeDecodeError {
        let mut exception = UnicodeDecodeError::new("");
        exception.0.arguments = Arguments::Decode {
            encoding: encoding.into(),
            bytes,
            start: range.start,
            end: range.end,
            reason: reason.into(),
        };
        exception
    }
}

impl UnicodeEncodeError {
    /// Creates the error for `text` that this encoding cannot represent: the characters in `range`, for this reason.
    ///
    /// ```
    /// use pyidl_runtime::exceptions::UnicodeEncodeError;
    ///
    /// let error = UnicodeEncodeError::with_text("ascii", "naïve", 2..3, "ordinal not in range(128)");
    /// assert_eq!(error.message(), "ordinal not in range(128)");
    /// ```
    pub fn with_text(
        encoding: impl Into<String>,
        text: impl Into<String>,
        range: Range<usize>,
        reason: impl Into<String>,
    ) -> UnicodeEncodeError {
        let mut exception = UnicodeEncodeError::new("");
        exception.0.arguments = Arguments::Encode {
            encoding: Some(encoding.into()),
            text: text.into(),
            start: range.start,
            end: range.end,
            reason: reason.into(),
        };
        exception
    }
}

impl UnicodeTranslateError {
    /// Creates the error for `text` that cannot be translated: the characters in `range`, for this reason.
    ///
    /// ```
    /// use pyidl_runtime::exceptions::UnicodeTranslateError;
    ///
    /// let error = UnicodeTranslateError::with_text("naïve", 2..3, "no such letter");
    /// assert_eq!(error.message(), "no such letter");
    /// ```
    pub fn with_text(
        text: impl Into<String>,
        range: Range<usize>,
        reason: impl Into<String>,
    ) -> UnicodeTranslateError {
        let mut exception = UnicodeTranslateError::new("");
        exception.0.arguments = Arguments::Encode {
            encoding: None,
            text: text.into(),
            start: range.start,
            end: range.end,
            reason: reason.into(),
        };
        exception
    }
}

impl From<FromUtf8Error> for UnicodeDecodeError {
    fn from(error: FromUtf8Error) -> UnicodeDecodeError {
        let start = error.utf8_error().valid_up_to();
        let (length, reason) = match error.utf8_error().error_len() {
            Some(length) => (length, "invalid utf-8"),
            None => (error.as_bytes().len() - start, "unexpected end of data"),
        };
        UnicodeDecodeError::with_bytes("utf-8", error.into_bytes(), start..start + length, reason)
    }
}
