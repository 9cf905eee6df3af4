"""Dates, times and lengths of time."""

import datetime as dt
import pickle
import sys
from datetime import date, datetime, time, timedelta, timezone

import moments
import pytest
from moments import Concert

HOUR = timedelta(hours=1)
VIENNA = timezone(HOUR, "Vienna")


class Summer(dt.tzinfo):
    """Two hours ahead of UTC, of which nothing is known without a date."""

    def utcoffset(self, when):
        return None if when is None else 2 * HOUR

    def dst(self, when):
        return HOUR

    def tzname(self, when):
        return "summer"


class Berlin(dt.tzinfo):
    """An hour more in the first of two equal hours."""

    def utcoffset(self, when):
        return HOUR if when.fold else 2 * HOUR

    def dst(self, when):
        return timedelta(0)


class Day(date):
    pass


class Moment(datetime):
    pass


def error(kind, function, *args, **keywords):
    with pytest.raises(kind) as caught:
        function(*args, **keywords)
    return str(caught.value)


def same(value, other):
    return value == other and type(value) is type(other)


def test_dates():
    for value in (date.min, date.max, date(2024, 2, 29), date.today()):
        assert same(moments.same_date(value), value)
    assert same(moments.same_date(Day(2000, 1, 2)), date(2000, 1, 2))
    assert same(moments.same_date(datetime(2000, 1, 2, 3, 4)), date(2000, 1, 2))
    assert moments.BIRTHDAY == date(1685, 3, 31)


def test_times():
    for value in (time.min, time.max, time(1, 2, 3, 4), time(12, tzinfo=timezone.utc)):
        assert same(moments.same_time(value), value)
    assert moments.same_time(time(2, fold=1)).fold == 1 and moments.same_time(time(2)).fold == 0
    assert moments.same_time(time(1, tzinfo=VIENNA)).utcoffset() == HOUR
    assert moments.same_time(time(1, tzinfo=Summer())).tzinfo is None, "it says nothing of times alone"


def test_datetimes():
    for value in (datetime.min, datetime.max, datetime(2024, 2, 29, 1, 2, 3, 4), datetime.now()):
        got = moments.same_datetime(value)
        assert same(got, value) and got.tzinfo is None
    assert same(moments.same_datetime(Moment(2000, 1, 2)), datetime(2000, 1, 2))
    assert moments.day_of(datetime(2000, 1, 2, 3)) == (date(2000, 1, 2), time(3))


def test_time_zones():
    utc = moments.same_datetime(datetime(2000, 1, 1, tzinfo=timezone.utc))
    # Where another interpreter has imported `datetime` as well, CPython 3.8 may know an older `timezone.utc`.
    assert utc.tzinfo is timezone(timedelta(0)) and utc == datetime(2000, 1, 1, tzinfo=timezone.utc)
    for offset in (HOUR, -HOUR / 2, timedelta(hours=-23, minutes=-59), timedelta(seconds=1, microseconds=5)):
        value = datetime(2000, 6, 1, 12, tzinfo=timezone(offset))
        got = moments.same_datetime(value)
        assert same(got, value) and got.utcoffset() == offset
        assert moments.iso(value) == value.isoformat()
    got = moments.same_datetime(datetime(2000, 6, 1, tzinfo=Summer()))
    assert got.utcoffset() == 2 * HOUR and got.tzinfo == timezone(2 * HOUR)
    assert moments.parts(datetime(2000, 6, 1, 1, tzinfo=VIENNA)) == ([2000, 6, 1, 1, 0, 0, 0], HOUR, False)


def test_the_second_of_two_equal_times():
    naive = datetime(2000, 10, 29, 2, 30, fold=1)
    assert moments.same_datetime(naive).fold == 1 and moments.parts(naive)[1:] == (None, True)
    first, second = (datetime(2000, 10, 29, 2, 30, fold=fold, tzinfo=Berlin()) for fold in (0, 1))
    assert moments.parts(first)[1:] == (2 * HOUR, False) and moments.parts(second)[1:] == (HOUR, True)
    assert moments.same_datetime(second).utcoffset() == HOUR and moments.same_datetime(second).fold == 1


def test_durations():
    for value in (timedelta(0), timedelta.min, timedelta.max, timedelta.resolution, -timedelta.resolution, HOUR):
        assert same(moments.same_duration(value), value)
    assert moments.CENTURY == timedelta(days=36524)


def test_inside_other_types():
    concert = Concert(datetime(2000, 1, 1, 20), HOUR, time(19, 30), [Day(2000, 1, 1)])
    assert type(concert.days[0]) is date and concert.doors == time(19, 30)
    again = moments.again(concert, HOUR)
    assert again == Concert(datetime(2000, 1, 1, 20), 2 * HOUR, time(19, 30), [date(2000, 1, 1)])
    assert pickle.loads(pickle.dumps(concert)) == concert
    days = [date(2000, 1, 1), date(2000, 1, 2), date(2000, 1, 1)]
    assert moments.count(days) == {date(2000, 1, 1): 2, date(2000, 1, 2): 1}
    for value in (datetime(2000, 1, 1), date(2000, 1, 1), time(1), HOUR):
        assert same(moments.same_moment(value), value)
    assert moments.later() is None and moments.later(datetime(2000, 1, 1)) == datetime(2000, 1, 1, 1)
    assert moments.later(datetime(2000, 1, 1), by=2 * HOUR) == datetime(2000, 1, 1, 2)
    assert moments.call_back([datetime(2000, 1, 2, 3)], datetime.date) == [date(2000, 1, 2)]


def test_other_objects():
    functions = (
        (moments.same_date, "date"),
        (moments.same_time, "time"),
        (moments.same_datetime, "datetime"),
        (moments.same_duration, "timedelta"),
    )
    for function, name in functions:
        for wrong, got in ((None, "None"), ("2000-01-01", "str"), (0, "int"), (timezone.utc, "timezone")):
            assert error(TypeError, function, wrong) == "argument 'value': expected %s, got %s" % (name, got)
    assert error(TypeError, moments.same_datetime, date(2000, 1, 1)).endswith("expected datetime, got date")
    text = error(TypeError, moments.same_moment, 1)
    assert text == "argument 'value': expected datetime, date, time or timedelta, got int", text
    assert "'start': expected datetime, got date" in error(TypeError, Concert, date(2000, 1, 1), HOUR)


def test_what_there_is_not_is_refused_by_python():
    assert "day" in error(ValueError, moments.wrong_date)
    assert "microsecond must be in 0..999999" in error(ValueError, moments.wrong_time)
    assert "offset must be" in error(ValueError, moments.wrong_offset)
    error(OverflowError, moments.wrong_duration)
    error(ValueError, moments.later, datetime(2000, 1, 1, 23))


def test_what_time_zones_raise_is_raised():
    class Broken(dt.tzinfo):
        def utcoffset(self, when):
            raise ZeroDivisionError("no idea")

    assert error(ZeroDivisionError, moments.same_datetime, datetime(2000, 1, 1, tzinfo=Broken())) == "no idea"


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="there is no other module that has the classes")
def test_classes_put_into_the_module_make_no_difference():
    dt.datetime, dt.date = Moment, Day
    try:
        for value in (datetime(2000, 1, 2, 3), Moment(2000, 1, 2, 3)):
            assert same(moments.same_datetime(value), datetime(2000, 1, 2, 3))
            assert moments.same_moment(value) == value
        assert moments.same_date(date(2000, 1, 2)) == date(2000, 1, 2)
    finally:
        dt.datetime, dt.date = datetime, date
