//! Decimal numbers as arguments and results.

use super::Decimal;
use crate::call::Returned;
use crate::callback;
use crate::convert::{FromPython, IntoPython, string};
use crate::error::Error;
use crate::layout::{Layout, Probed};
use crate::object::{Any, Argument};
use crate::python::Python;
use crate::standard::DECIMAL;
use crate::{Result, api};

impl FromPython<'_> for Decimal {
    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'_>) -> Result<Decimal> {
        let class = DECIMAL.get(py)?;
        if !object.is_instance(class.as_raw()) {
            return Err(Error::expected("Decimal", object));
        }
        let mut number = object.to_object();
        if !object.is_exactly::<Probed>(class.as_raw()) {
            // A subclass may print otherwise.
            number = callback::call(class.as_raw(), &[number], py)?;
        }
        // SAFETY: alive and attached.
        let text = unsafe { Any::from_owned(py, api::PyObject_Str(number.as_raw()))? };
        let parsed = string::utf8::<L>(text.as_argument()).and_then(|text| text.parse().ok());
        parsed.ok_or_else(|| Error::expected("Decimal", object))
    }
}

impl IntoPython for Decimal {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        let text = string::from_str(py, &self.to_string())?;
        callback::call(DECIMAL.get(py)?.as_raw(), &[text], py)
    }
}
