//! Python's version.

use crate::api;
use std::ffi::CStr;

/// Major and minor version, in the order of versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version {
    pub(crate) major: u8,
    pub(crate) minor: u8,
}

impl Version {
    pub(crate) const fn new(major: u8, minor: u8) -> Version {
        Version { major, minor }
    }

    /// Returns the version of the running Python, from the text of `Py_GetVersion` (`Py_Version` exists only from 3.11).
    ///
    /// # Safety
    /// The API table is resolved.
    pub(super) unsafe fn running() -> Version {
        // SAFETY: Py_GetVersion returns a static NUL-terminated string.
        let text = unsafe { CStr::from_ptr(api::Py_GetVersion()) };
        Version::parse(text.to_bytes())
    }

    /// Parses `3.12.1 (main, …)`. A part that cannot be parsed counts as 0, a version for which nothing is assumed.
    fn parse(text: &[u8]) -> Version {
        let mut numbers = text.split(|byte| !byte.is_ascii_digit()).map(|digits| {
            std::str::from_utf8(digits)
                .ok()
                .and_then(|digits| digits.parse().ok())
                .unwrap_or(0)
        });
        Version::new(numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn reads_the_first_two_numbers() {
        assert_eq!(
            Version::parse(b"3.12.1 (main, Dec  8 2023)"),
            Version::new(3, 12)
        );
        assert_eq!(
            Version::parse(b"3.15.0rc2+ free-threading build"),
            Version::new(3, 15)
        );
        assert_eq!(Version::parse(b"?"), Version::new(0, 0));
    }
}
