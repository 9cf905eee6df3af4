//! Conversion of errors of the standard library to the corresponding Python exceptions.

use super::{
    IntoException, MemoryError, OverflowError, UnicodeDecodeError, UnicodeError, ValueError,
};
use crate::Result;
use crate::bigint::{OutOfRangeError, ParseBigIntError};
use crate::object::Any;
use crate::python::Python;
use std::collections::TryReserveError;
use std::num::{ParseFloatError, ParseIntError, TryFromIntError};
use std::str::{ParseBoolError, Utf8Error};
use std::string::FromUtf8Error;

macro_rules! from_std {
    ($($error:ty => $exception:ident;)*) => {$(
        impl From<$error> for $exception {
            fn from(error: $error) -> $exception {
                $exception::new(error.to_string())
            }
        }

        impl IntoException for $error {
            fn into_exception<'py>(self, py: Python<'py>) -> Result<Any<'py>> {
                $exception::from(self).into_exception(py)
            }

            fn describe(&self) -> String {
                self.to_string()
            }
        }
    )*};
}

from_std! {
    ParseIntError => ValueError;
    ParseFloatError => ValueError;
    ParseBoolError => ValueError;
    std::char::ParseCharError => ValueError;
    ParseBigIntError => ValueError;
    TryFromIntError => OverflowError;
    OutOfRangeError => OverflowError;
    TryReserveError => MemoryError;
    Utf8Error => UnicodeError;
}

impl IntoException for FromUtf8Error {
    fn into_exception<'py>(self, py: Python<'py>) -> Result<Any<'py>> {
        UnicodeDecodeError::from(self).into_exception(py)
    }

    fn describe(&self) -> String {
        self.to_string()
    }
}
