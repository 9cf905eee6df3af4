//! Dates and times as arguments and results. The structs in which Python stores them are not part of its stable ABI. Therefore
//! the attributes of objects are read, and the classes are called, which check their arguments.

use super::{Date, DateTime, Duration, Time};
use crate::call::{Returned, tuple_item};
use crate::callback;
use crate::convert::{FromPython, IntoPython};
use crate::dynamic::call;
use crate::error::Error;
use crate::layout::{Layout, Probed};
use crate::object::{Any, Argument};
use crate::python::Python;
use crate::standard::{
    DATE, DATE_FIELDS, DATETIME, Standard, TIME, TIME_FIELDS, TIMEDELTA, TIMEDELTA_FIELDS, TIMEZONE,
};
use crate::{Result, api};

/// Checks that an object is an instance of a class of the standard library.
fn expect(object: Argument<'_>, class: &Standard, name: &'static str) -> Result<()> {
    match object.is_instance(class.get(object.py())?.as_raw()) {
        true => Ok(()),
        false => Err(Error::expected(name, object)),
    }
}

/// The attributes of an object.
struct Fields<'py> {
    object: Argument<'py>,
    values: Any<'py>,
    /// The name of the class, for errors.
    class: &'static str,
}

impl<'py> Fields<'py> {
    fn of(object: Argument<'py>, fields: &Standard, class: &'static str) -> Result<Self> {
        let py = object.py();
        let getter = fields.get(py)?;
        let values = callback::call(getter.as_raw(), &[object.to_object()], py)?;
        Ok(Fields {
            object,
            values,
            class,
        })
    }

    /// Returns the field at `index` among those that the getter reads.
    fn field(&self, index: usize) -> Argument<'_> {
        // SAFETY: a tuple that a getter of more than `index` attributes made; it keeps its items alive.
        unsafe { Argument::from_raw(tuple_item(self.values.as_raw(), index)) }
    }

    /// Returns the value of a field. An object without a valid one is not what its class claims: `pandas.NaT` is not a datetime.
    fn get<T: FromPython<'py>>(&self, index: usize) -> Result<T> {
        T::from_python::<Probed>(self.field(index), self.values.py())
            .map_err(|error| only_by_class(error, self.class, self.object))
    }
}

/// Returns the error for an object with attributes that do not match its class.
#[cold]
fn only_by_class(error: Error, class: &'static str, object: Argument<'_>) -> Error {
    match error.is_conversion() {
        true => Error::expected(class, object),
        false => error,
    }
}

/// Calls a class.
fn new<'py, const N: usize>(
    py: Python<'py>,
    class: &Standard,
    arguments: [Any<'py>; N],
) -> Returned<'py> {
    callback::call(class.get(py)?.as_raw(), &arguments, py)
}

impl FromPython<'_> for Date {
    fn from_python<L: Layout>(object: Argument<'_>, _py: Python<'_>) -> Result<Date> {
        expect(object, &DATE, "date")?;
        date(object, "date")
    }
}

fn date(object: Argument<'_>, class: &'static str) -> Result<Date> {
    let fields = Fields::of(object, &DATE_FIELDS, class)?;
    Ok(Date {
        year: fields.get(0)?,
        month: fields.get(1)?,
        day: fields.get(2)?,
    })
}

impl IntoPython for Date {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        new(py, &DATE, self.arguments(py)?)
    }
}

impl Date {
    fn arguments(self, py: Python<'_>) -> Result<[Any<'_>; 3]> {
        Ok([
            py.object(self.year)?,
            py.object(self.month)?,
            py.object(self.day)?,
        ])
    }
}

impl FromPython<'_> for Time {
    fn from_python<L: Layout>(object: Argument<'_>, _py: Python<'_>) -> Result<Time> {
        expect(object, &TIME, "time")?;
        time(object, "time")
    }
}

fn time(object: Argument<'_>, class: &'static str) -> Result<Time> {
    let fields = Fields::of(object, &TIME_FIELDS, class)?;
    let is_naive = fields.field(5).is_none();
    Ok(Time {
        hour: fields.get(0)?,
        minute: fields.get(1)?,
        second: fields.get(2)?,
        microsecond: fields.get(3)?,
        fold: fields.get::<u8>(4)? != 0,
        utc_offset: match is_naive {
            true => None,
            false => utc_offset(object).map_err(|error| only_by_class(error, class, object))?,
        },
    })
}

/// Returns the offset from UTC that the time zone has at this time; some time zones have none for times without a date.
fn utc_offset(object: Argument<'_>) -> Result<Option<Duration>> {
    let offset = callback::call(object.attribute(c"utcoffset")?.as_raw(), &[], object.py())?;
    Option::from_python::<Probed>(offset.as_argument(), offset.py())
}

impl IntoPython for Time {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        let [hour, minute, second, microsecond, zone] = self.arguments(py)?;
        let positional = [hour, minute, second, microsecond, zone];
        match self.fold {
            false => new(py, &TIME, positional),
            true => call(&TIME.get(py)?, positional, [(c"fold", py.object(1_u8)?)]),
        }
    }
}

impl Time {
    fn arguments(self, py: Python<'_>) -> Result<[Any<'_>; 5]> {
        let zone = match self.utc_offset {
            Some(offset) => new(py, &TIMEZONE, [py.object(offset)?])?,
            None => py.none(),
        };
        Ok([
            py.object(self.hour)?,
            py.object(self.minute)?,
            py.object(self.second)?,
            py.object(self.microsecond)?,
            zone,
        ])
    }
}

impl FromPython<'_> for DateTime {
    fn from_python<L: Layout>(object: Argument<'_>, _py: Python<'_>) -> Result<DateTime> {
        expect(object, &DATETIME, "datetime")?;
        let date = date(object, "datetime")?;
        Ok(DateTime::new(date, time(object, "datetime")?))
    }
}

impl IntoPython for DateTime {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        let [year, month, day] = self.date.arguments(py)?;
        let [hour, minute, second, microsecond, zone] = self.time.arguments(py)?;
        let positional = [year, month, day, hour, minute, second, microsecond, zone];
        match self.time.fold {
            false => new(py, &DATETIME, positional),
            true => call(
                &DATETIME.get(py)?,
                positional,
                [(c"fold", py.object(1_u8)?)],
            ),
        }
    }
}

impl FromPython<'_> for Duration {
    fn from_python<L: Layout>(object: Argument<'_>, _py: Python<'_>) -> Result<Duration> {
        expect(object, &TIMEDELTA, "timedelta")?;
        let fields = Fields::of(object, &TIMEDELTA_FIELDS, "timedelta")?;
        Ok(Duration::new(
            fields.get(0)?,
            fields.get(1)?,
            fields.get(2)?,
        ))
    }
}

impl IntoPython for Duration {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        let Ok(days) = i32::try_from(self.days()) else {
            return Err(Error::builtin(
                api::PyExc_OverflowError,
                "a duration of more than 999999999 days",
            ));
        };
        let parts = [
            py.object(days)?,
            py.object(self.seconds())?,
            py.object(self.microseconds())?,
        ];
        new(py, &TIMEDELTA, parts)
    }
}
