//! Universally unique identifiers.

use crate::Result;
use crate::call::Returned;
use crate::callback;
use crate::convert::{FromPython, IntoPython};
use crate::error::Error;
use crate::layout::{Layout, Probed};
use crate::object::Argument;
use crate::python::Python;
use crate::standard::UUID;
use std::fmt;

/// A universally unique identifier: Python's `uuid.UUID`.
///
/// ```
/// use pyidl_runtime::Uuid;
///
/// let id = Uuid::from_u128(0x12345678_1234_5678_1234_567812345678);
/// assert_eq!(id.to_string(), "12345678-1234-5678-1234-567812345678");
/// assert_eq!(Uuid(*b"0123456789abcdef").0[0], b'0');
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Uuid(
    /// The bytes, in the order in which they are written.
    pub [u8; 16],
);

impl Uuid {
    /// Creates the identifier with these digits.
    ///
    /// ```
    /// use pyidl_runtime::Uuid;
    ///
    /// assert_eq!(Uuid::from_u128(1).to_string(), "00000000-0000-0000-0000-000000000001");
    /// ```
    pub const fn from_u128(digits: u128) -> Self {
        Self(digits.to_be_bytes())
    }

    /// Returns the digits.
    ///
    /// ```
    /// use pyidl_runtime::Uuid;
    ///
    /// assert_eq!(Uuid([0xff; 16]).as_u128(), u128::MAX);
    /// ```
    pub const fn as_u128(self) -> u128 {
        u128::from_be_bytes(self.0)
    }
}

/// Writes lower-case hexadecimal digits in the usual groups.
impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:032x}", self.as_u128());
        let mut groups = Vec::new();
        let mut rest = digits.as_str();
        for length in [8, 4, 4, 4, 12] {
            let (group, after) = rest.split_at(length);
            groups.push(group);
            rest = after;
        }
        f.write_str(&groups.join("-"))
    }
}

impl FromPython<'_> for Uuid {
    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'_>) -> Result<Uuid> {
        if !object.is_instance(UUID.get(py)?.as_raw()) {
            return Err(Error::expected("UUID", object));
        }
        let digits = object.attribute(c"int")?;
        match u128::from_python::<Probed>(digits.as_argument(), py) {
            Ok(digits) => Ok(Self::from_u128(digits)),
            // The object is of a subclass whose `int` is not an integer.
            Err(error) if error.is_conversion() => Err(Error::expected("UUID", object)),
            Err(error) => Err(error),
        }
    }
}

impl IntoPython for Uuid {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        // The parameters are UUID(hex, bytes, bytes_le, fields, int).
        let [hex, bytes, bytes_le, fields] = std::array::from_fn(|_| py.none());
        let arguments = [hex, bytes, bytes_le, fields, py.object(self.as_u128())?];
        callback::call(UUID.get(py)?.as_raw(), &arguments, py)
    }
}
