//! Dates, times and lengths of time.

mod bindings {
    pyidl_runtime::include_idl!("moments");
}

use bindings::{Concert, Moment, Moments};
use pyidl_runtime::{Callback, Date, DateTime, Duration, Map, Python, Result, Time};

struct Module;

impl Moments for Module {
    const BIRTHDAY: Date = Date {
        year: 1685,
        month: 3,
        day: 31,
    };
    const CENTURY: Duration = Duration::new(36_524, 0, 0);

    fn same_datetime(value: DateTime) -> DateTime {
        value
    }

    fn same_date(value: Date) -> Date {
        value
    }

    fn same_time(value: Time) -> Time {
        value
    }

    fn same_duration(value: Duration) -> Duration {
        value
    }

    fn same_moment(value: Moment) -> Moment {
        value
    }

    fn again(concert: Concert, by: Duration) -> Concert {
        let length = concert.length.total_microseconds() + by.total_microseconds();
        Concert {
            length: Duration::from_microseconds(length),
            days: vec![concert.start.date],
            ..concert
        }
    }

    fn parts(value: DateTime) -> (Vec<u32>, Option<Duration>, bool) {
        let DateTime { date, time } = value;
        let numbers = vec![
            date.year.into(),
            date.month.into(),
            date.day.into(),
            time.hour.into(),
            time.minute.into(),
            time.second.into(),
            time.microsecond,
        ];
        (numbers, time.utc_offset, time.fold)
    }

    fn iso(value: DateTime) -> String {
        value.to_string()
    }

    fn day_of(value: DateTime) -> (Date, Time) {
        (value.date, value.time)
    }

    fn count(days: Vec<Date>) -> Map<Date, u32> {
        let mut counts = Map::new();
        for day in days {
            *counts.entry(day).or_default() += 1;
        }
        counts
    }

    fn later(value: Option<DateTime>, by: Option<Duration>) -> Option<DateTime> {
        let hours = by.unwrap_or(Duration::from_seconds(3600)).seconds() / 3600;
        value.map(|mut value| {
            value.time.hour += hours as u8;
            value
        })
    }

    fn wrong_date() -> Date {
        Date {
            year: 2023,
            month: 2,
            day: 29,
        }
    }

    fn wrong_time() -> Time {
        Time {
            microsecond: 1_000_000,
            ..Time::default()
        }
    }

    fn wrong_offset() -> DateTime {
        let utc_offset = Some(Duration::new(1, 0, 0));
        let time = Time {
            utc_offset,
            ..Time::default()
        };
        DateTime::new(Self::BIRTHDAY, time)
    }

    fn wrong_duration() -> Duration {
        Duration::from_microseconds(i128::MIN)
    }

    fn call_back<'py>(
        _py: Python<'py>,
        values: Vec<DateTime>,
        call: Callback<'py, (DateTime,), Date>,
    ) -> Result<Vec<Date>> {
        let values = values.into_iter();
        values.map(|value| call.call((value,))).collect()
    }
}

bindings::export!(Module);
