//! Decimal numbers as arguments and results.

use super::Decimal;
use crate::Result;
use crate::call::Returned;
use crate::callback;
use crate::convert::{FromPython, IntoPython, string};
use crate::error::Error;
use crate::layout::{Layout, Probed};
use crate::object::Argument;
use crate::python::Python;
use crate::standard::DECIMAL;
use std::fmt::Write as _;

impl FromPython<'_> for Decimal {
    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'_>) -> Result<Decimal> {
        let class = DECIMAL.get(py)?;
        if !object.is_instance(class.as_raw()) {
            return Err(Error::expected("Decimal", object));
        }
        let mut number = object.to_object();
        if !object.is_exactly::<Probed>(class.as_raw()) {
            // A subclass may have a different `str`.
            number = callback::call(class.as_raw(), &[number], py)?;
        }
        let text = number.to_text()?;
        match string::utf8::<L>(text.as_argument())?.map(Decimal::read) {
            Some(Ok(Some(number))) => Ok(number),
            Some(Err(_)) => Err(Error::out_of_memory()),
            Some(Ok(None)) | None => Err(Error::expected("Decimal", object)),
        }
    }
}

/// More characters than those of a number that are not digits.
const LONGEST_REST: usize = 40;

impl IntoPython for Decimal {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        // The text has digits, a point, a sign and an exponent.
        let mut text = String::new();
        text.try_reserve_exact(self.length() + LONGEST_REST)
            .map_err(|_| Error::out_of_memory())?;
        // Writing to a string cannot fail.
        let _ = write!(text, "{self}");
        let text = string::from_str(py, &text)?;
        callback::call(DECIMAL.get(py)?.as_raw(), &[text], py)
    }
}
