//! Dates, times of day and lengths of time, as plain data like that of Python's `datetime` module.

mod convert;
mod duration;

pub use duration::Duration;

use std::fmt;

/// A day in the proleptic Gregorian calendar: Python's `datetime.date`.
///
/// Its fields are public, for the conversion to a calendar library of your choice. Python raises ValueError for dates that do not
/// exist; those that come from Python always exist.
///
/// ```
/// use pyidl_runtime::Date;
///
/// let release = Date { year: 1959, month: 8, day: 17 };
/// assert!(release < Date { year: 1960, ..release });
/// assert_eq!(release.to_string(), "1959-08-17");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    /// From 1 to 9999.
    pub year: u16,
    /// From 1 to 12.
    pub month: u8,
    /// From 1.
    pub day: u8,
}

/// A time of day, with or without an offset from UTC: Python's `datetime.time`.
///
/// Two times are equal if all their fields are equal; Python compares times with different offsets from UTC by the instant.
///
/// ```
/// use pyidl_runtime::{Duration, Time};
///
/// let noon = Time { hour: 12, ..Time::default() };
/// let in_vienna = Time { utc_offset: Some(Duration::from_seconds(3600)), ..noon };
/// assert_eq!(noon.to_string(), "12:00:00");
/// assert_eq!(in_vienna.to_string(), "12:00:00+01:00");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Time {
    /// Up to 23.
    pub hour: u8,
    /// Up to 59.
    pub minute: u8,
    /// Up to 59.
    pub second: u8,
    /// Up to 999 999.
    pub microsecond: u32,
    /// How far local time is ahead of UTC, by less than a day; `None` for a time without an offset ("naive").
    ///
    /// For a time zone of Python's, this is its offset at that time; the name of the zone is not kept.
    pub utc_offset: Option<Duration>,
    /// Whether this is the second of two times that a clock shows twice when it is set back.
    pub fold: bool,
}

/// A date and a time of day: Python's `datetime.datetime`.
///
/// Two values are equal if all their fields are equal; Python compares those with different offsets from UTC by the instant.
///
/// ```
/// use pyidl_runtime::{Date, DateTime, Duration, Time};
///
/// let date = Date { year: 1959, month: 8, day: 17 };
/// let time = Time { hour: 14, minute: 30, utc_offset: Some(Duration::default()), ..Time::default() };
/// let session = DateTime::new(date, time);
/// assert_eq!((session.date, session.time), (date, time));
/// assert_eq!(session.to_string(), "1959-08-17T14:30:00+00:00");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateTime {
    /// The day.
    pub date: Date,
    /// The time of day.
    pub time: Time,
}

impl DateTime {
    /// Returns this time on this date.
    ///
    /// ```
    /// use pyidl_runtime::{Date, DateTime, Time};
    ///
    /// let midnight = DateTime::new(Date { year: 2000, month: 1, day: 1 }, Time::default());
    /// assert_eq!(midnight.to_string(), "2000-01-01T00:00:00");
    /// ```
    pub const fn new(date: Date, time: Time) -> Self {
        Self { date, time }
    }
}

/// Formats like Python's `isoformat()`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Formats like Python's `isoformat()`.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}:{:02}", self.hour, self.minute, self.second)?;
        if self.microsecond != 0 {
            write!(f, ".{:06}", self.microsecond)?;
        }
        match self.utc_offset {
            Some(offset) => offset.write_as_utc_offset(f),
            None => Ok(()),
        }
    }
}

/// Formats like Python's `isoformat()`.
impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.date, self.time)
    }
}
