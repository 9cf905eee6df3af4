//! Objects of Python's standard library that conversions need. Each is looked up once per interpreter.

use crate::call::Returned;
use crate::dynamic::imported;
use crate::error::Error;
use crate::module::{RuntimeType, runtime_object};
use crate::object::Any;
use crate::python::Python;
use crate::{Result, convert};
use std::ffi::CStr;

/// An object of the standard library.
pub(crate) struct Standard {
    /// Its index among the objects that this crate keeps for an interpreter.
    index: RuntimeType,
    make: for<'py> fn(Python<'py>) -> Returned<'py>,
}

/// Defines a class, by the names of its module and its own.
macro_rules! class {
    ($constant:ident, $index:ident, $($module:literal)|+, $name:literal) => {
        pub(crate) const $constant: Standard = Standard {
            index: RuntimeType::$index,
            make: |py| first_of(py, &[$($module),+], $name),
        };
    };
}

/// Defines a function that returns a tuple of attributes.
macro_rules! getter {
    ($(#[$doc:meta])* $constant:ident, $index:ident, $names:expr) => {
        $(#[$doc])*
        pub(crate) const $constant: Standard = Standard {
            index: RuntimeType::$index,
            make: |py| attribute_getter(py, &$names),
        };
    };
}

// The C modules come first: tests that freeze the clock replace classes in `datetime` temporarily.
class!(DATE, Date, "_datetime" | "datetime", c"date");
class!(TIME, Time, "_datetime" | "datetime", c"time");
class!(DATETIME, DateTime, "_datetime" | "datetime", c"datetime");
class!(TIMEDELTA, TimeDelta, "_datetime" | "datetime", c"timedelta");
class!(TIMEZONE, TimeZone, "_datetime" | "datetime", c"timezone");
class!(DECIMAL, Decimal, "decimal", c"Decimal");
class!(UUID, Uuid, "uuid", c"UUID");
getter!(
    /// The fields of dates.
    DATE_FIELDS,
    DateFields,
    [c"year", c"month", c"day"]
);
getter!(
    /// The fields of times of day.
    TIME_FIELDS,
    TimeFields,
    [c"hour", c"minute", c"second", c"microsecond", c"fold", c"tzinfo"]
);
getter!(
    /// The fields of time deltas.
    TIMEDELTA_FIELDS,
    TimeDeltaFields,
    [c"days", c"seconds", c"microseconds"]
);

impl Standard {
    /// Returns the object.
    ///
    /// # Errors
    /// The exception that the import raises.
    pub(crate) fn get<'py>(&self, py: Python<'py>) -> Returned<'py> {
        runtime_object(py, self.index, self.make)
    }
}

/// Returns the class from the first of the modules that has it.
fn first_of<'py>(py: Python<'py>, modules: &[&str], name: &CStr) -> Returned<'py> {
    let mut found = Err(Error::import_error("no module has it"));
    for module in modules {
        found = imported(py, module, name);
        if found.is_ok() {
            break;
        }
    }
    found
}

/// Returns an `operator.attrgetter`: it is implemented in C, and reads all attributes in one call.
fn attribute_getter<'py, const N: usize>(py: Python<'py>, names: &[&CStr; N]) -> Returned<'py> {
    let getter = imported(py, "operator", c"attrgetter")?;
    let names: Result<Vec<Any<'py>>> = names
        .iter()
        .map(|name| convert::string::from_str(py, &name.to_string_lossy()))
        .collect();
    crate::callback::call(getter.as_raw(), &names?, py)
}
