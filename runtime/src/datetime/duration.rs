//! Lengths of time.

use crate::bigint::OutOfRangeError;
use std::fmt;
use std::time;

const MICROSECONDS: i128 = 1_000_000;
const SECONDS: i128 = 24 * 60 * 60;

/// A length of time, which may be negative: Python's `datetime.timedelta`.
///
/// Like Python's, it consists of whole days, rounded down, and a remainder. Lengths of more than 999 999 999 days in either
/// direction raise OverflowError in Python.
///
/// ```
/// use pyidl_runtime::Duration;
///
/// let rest = Duration::from_seconds(-1);
/// assert_eq!((rest.days(), rest.seconds(), rest.microseconds()), (-1, 86_399, 0));
/// let pause = Duration::from(std::time::Duration::from_millis(1500));
/// assert_eq!(pause.total_microseconds(), 1_500_000);
/// assert!(rest < pause);
/// assert!(std::time::Duration::try_from(rest).is_err());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Duration {
    /// The total length. 128 bits are needed, as Python's range exceeds 64.
    microseconds: i128,
}

impl Duration {
    /// Returns a length of this many microseconds.
    ///
    /// ```
    /// use pyidl_runtime::Duration;
    ///
    /// assert_eq!(Duration::from_microseconds(1_500_000).seconds(), 1);
    /// ```
    pub const fn from_microseconds(microseconds: i128) -> Self {
        Self { microseconds }
    }

    /// Returns a length of this many seconds.
    ///
    /// ```
    /// use pyidl_runtime::Duration;
    ///
    /// assert_eq!(Duration::from_seconds(86_400).days(), 1);
    /// ```
    pub const fn from_seconds(seconds: i64) -> Self {
        Self::from_microseconds(seconds as i128 * MICROSECONDS)
    }

    /// Returns the sum of these, as Python's constructor does.
    ///
    /// ```
    /// use pyidl_runtime::Duration;
    ///
    /// assert_eq!(Duration::new(1, -1, 0), Duration::from_seconds(86_399));
    /// ```
    pub const fn new(days: i32, seconds: i32, microseconds: i32) -> Self {
        let seconds = days as i128 * SECONDS + seconds as i128;
        Self::from_microseconds(seconds * MICROSECONDS + microseconds as i128)
    }

    /// Returns the total length in microseconds.
    ///
    /// ```
    /// use pyidl_runtime::Duration;
    ///
    /// assert_eq!(Duration::new(0, 1, 5).total_microseconds(), 1_000_005);
    /// ```
    pub const fn total_microseconds(self) -> i128 {
        self.microseconds
    }

    /// Returns the total length in seconds, as the nearest float.
    ///
    /// ```
    /// use pyidl_runtime::Duration;
    ///
    /// assert_eq!(Duration::new(0, 1, 500_000).total_seconds(), 1.5);
    /// ```
    pub fn total_seconds(self) -> f64 {
        self.microseconds as f64 / MICROSECONDS as f64
    }

    /// Returns the whole days, rounded down.
    ///
    /// ```
    /// use pyidl_runtime::Duration;
    ///
    /// assert_eq!(Duration::from_seconds(-1).days(), -1);
    /// ```
    pub const fn days(self) -> i128 {
        self.microseconds.div_euclid(SECONDS * MICROSECONDS)
    }

    /// Returns the whole seconds without the days: up to 86 399.
    ///
    /// ```
    /// use pyidl_runtime::Duration;
    ///
    /// assert_eq!(Duration::new(3, 5, 0).seconds(), 5);
    /// ```
    pub const fn seconds(self) -> u32 {
        (self.microseconds.div_euclid(MICROSECONDS)).rem_euclid(SECONDS) as u32
    }

    /// Returns the microseconds without the days and seconds: up to 999 999.
    ///
    /// ```
    /// use pyidl_runtime::Duration;
    ///
    /// assert_eq!(Duration::new(3, 5, 7).microseconds(), 7);
    /// ```
    pub const fn microseconds(self) -> u32 {
        self.microseconds.rem_euclid(MICROSECONDS) as u32
    }

    /// Writes `+01:00`, with seconds and microseconds only if needed.
    pub(super) fn write_as_utc_offset(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.microseconds < 0 { '-' } else { '+' };
        let ahead = Self::from_microseconds(self.microseconds.abs());
        let (seconds, microseconds) = (ahead.seconds(), ahead.microseconds());
        write!(f, "{sign}{:02}:{:02}", seconds / 3600, seconds / 60 % 60)?;
        if seconds % 60 != 0 || microseconds != 0 {
            write!(f, ":{:02}", seconds % 60)?;
        }
        if microseconds != 0 {
            write!(f, ".{microseconds:06}")?;
        }
        Ok(())
    }
}

/// Fractions of a microsecond are dropped.
impl From<time::Duration> for Duration {
    fn from(duration: time::Duration) -> Self {
        let seconds = i128::from(duration.as_secs());
        Self::from_microseconds(seconds * MICROSECONDS + i128::from(duration.subsec_micros()))
    }
}

/// Negative lengths are out of range.
impl TryFrom<Duration> for time::Duration {
    type Error = OutOfRangeError;

    fn try_from(duration: Duration) -> Result<Self, OutOfRangeError> {
        let seconds = duration.microseconds.div_euclid(MICROSECONDS);
        let seconds = u64::try_from(seconds).map_err(|_| OutOfRangeError)?;
        Ok(Self::new(seconds, duration.microseconds() * 1000))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Time;
    use super::Duration;

    #[test]
    fn parts_are_those_that_python_has() {
        let parts = |it: Duration| (it.days(), it.seconds(), it.microseconds());
        assert_eq!(parts(Duration::new(1, 2, 3)), (1, 2, 3));
        assert_eq!(parts(Duration::new(0, 0, -1)), (-1, 86_399, 999_999));
        assert_eq!(parts(Duration::new(0, 86_400, 1_000_000)), (1, 1, 0));
        let longest = Duration::new(999_999_999, 86_399, 999_999);
        assert_eq!(parts(longest), (999_999_999, 86_399, 999_999));
        assert_eq!(Duration::from_seconds(90).total_seconds(), 90.0);
    }

    #[test]
    fn durations_of_the_standard_library() {
        for microseconds in [0, 1, 999_999, 1_000_001, 86_400_000_000] {
            let duration = Duration::from_microseconds(microseconds);
            let theirs = std::time::Duration::try_from(duration);
            assert_eq!(theirs.map(Duration::from), Ok(duration));
        }
        assert!(std::time::Duration::try_from(Duration::from_microseconds(-1)).is_err());
    }

    #[test]
    fn offsets_are_written_as_python_does() {
        let text = |microseconds| {
            let utc_offset = Some(Duration::from_microseconds(microseconds));
            let time = Time {
                utc_offset,
                microsecond: 5,
                ..Time::default()
            };
            time.to_string()
        };
        assert_eq!(text(0), "00:00:00.000005+00:00");
        assert_eq!(text(-19_800_000_000), "00:00:00.000005-05:30");
        assert_eq!(text(1_000_000), "00:00:00.000005+00:00:01");
        assert_eq!(text(-1), "00:00:00.000005-00:00:00.000001");
    }
}
