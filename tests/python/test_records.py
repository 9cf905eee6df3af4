"""Records, which behave like frozen data classes."""

import copy
import dataclasses
import inspect
import pickle
import sys
import warnings

import pytest
import records
from records import Nothing, Person, Pixel, Point, Reserved, Segment

CPYTHON = sys.implementation.name == "cpython"


def test_construction():
    p = Point(1, 2.5)
    assert (p.x, p.y) == (1.0, 2.5)
    assert type(p.x) is float, "fields are converted and normalised"
    assert Point(1) == Point(1.0, 0.0)
    assert Point(y=2, x=1) == Point(1, 2)
    assert Segment(Point(0)).end == Point(1, 1)
    assert Person("Ada").age is None and Person("Ada").tags == [] and Person("Ada").photo == b""
    assert Person("Ada", 36, ["x"], b"y", Point(1)).home == Point(1)
    assert Person("Ada", tags=("a", "b")).tags == ["a", "b"]
    assert Nothing() == Nothing()


def test_construction_errors():
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        Point()
    with pytest.raises(TypeError, match="got an unexpected keyword argument 'zzz'"):
        Point(1, zzz=1)
    with pytest.raises(TypeError, match="got multiple values for argument 'x'"):
        Point(1, x=1)
    with pytest.raises(TypeError, match="positional arguments? but"):
        Point(1, 2, 3)
    with pytest.raises(TypeError, match="'x'.*expected float, got str"):
        Point("a")
    with pytest.raises(TypeError, match="'start'.*expected .*Point.*got int"):
        Segment(1)
    with pytest.raises(TypeError, match="'tags'.*item 1: expected str, got int"):
        Person("Ada", tags=["a", 1])
    with pytest.raises(OverflowError, match="'age'.*255"):
        Person("Ada", 256)


def test_each_default_is_its_own():
    first, second = Person("a"), Person("a")
    assert first.tags == second.tags and first.tags is not second.tags
    first.tags.append("x")
    assert second.tags == [] and Person("a").tags == []


def test_representation():
    assert repr(Point(1, 2.5)) == "Point(x=1.0, y=2.5)"
    assert str(Point(1)) == "Point(x=1.0, y=0.0)"
    assert repr(Segment(Point(0))) == "Segment(start=Point(x=0.0, y=0.0), end=Point(x=1.0, y=1.0))"
    assert repr(Nothing()) == "Nothing()"
    assert repr(Person("Ädä", 1)) == "Person(name='Ädä', age=1, tags=[], photo=b'', home=None)"


def test_equality_and_hash():
    assert Point(1, 2) == Point(1, 2) and not Point(1, 2) != Point(1, 2)
    assert Point(1, 2) != Point(2, 1)
    assert Point(1) != (1.0, 0.0) and Point(1) != 1.0 and Point(1) is not None
    assert Pixel(1, 2) != Point(1, 2)
    assert hash(Point(1, 2)) == hash(Point(1, 2))
    assert hash(Pixel(1, 2)) == hash(Pixel(1, 2))
    assert len({Point(1), Point(1.0), Point(2)}) == 2
    if CPYTHON:
        # To PyPy all numbers of the same bits are one object.
        assert Point(float("nan")) != Point(float("nan"))
    with pytest.raises(TypeError, match="unhashable"):
        hash(Person("Ada"))
    with pytest.raises(TypeError):
        Point(1) < Point(2)  # noqa: B015


def test_frozen():
    p = Point(1)
    for attempt in (
        lambda: setattr(p, "x", 2.0),
        lambda: delattr(p, "x"),
        lambda: setattr(p, "z", 2.0),
    ):
        with pytest.raises(AttributeError):
            attempt()
    with pytest.raises(dataclasses.FrozenInstanceError):
        p.x = 2.0
    assert p == Point(1)
    assert not CPYTHON or not hasattr(p, "__dict__")


def test_is_a_dataclass():
    assert dataclasses.is_dataclass(Point) and dataclasses.is_dataclass(Point(1))
    fields = dataclasses.fields(Person)
    assert [field.name for field in fields] == ["name", "age", "tags", "photo", "home"]
    assert fields[0].default is dataclasses.MISSING and fields[0].default_factory is dataclasses.MISSING
    assert fields[1].default is None
    assert fields[2].default_factory() == []
    assert all(field.init and field.repr and field.compare for field in fields)
    assert dataclasses.fields(Nothing()) == ()
    assert dataclasses.asdict(Segment(Point(0))) == {"start": {"x": 0.0, "y": 0.0}, "end": {"x": 1.0, "y": 1.0}}
    assert dataclasses.astuple(Segment(Point(0), Point(2))) == ((0.0, 0.0), (2.0, 0.0))
    assert dataclasses.replace(Point(1, 2), y=3) == Point(1, 3)
    with pytest.raises(TypeError):
        dataclasses.replace(Point(1), zzz=1)
    assert Point.__match_args__ == ("x", "y")
    assert Nothing.__match_args__ == ()


def test_replace():
    assert Point(1, 2).__replace__(x=5) == Point(5, 2)
    assert Point(1, 2).__replace__() == Point(1, 2)
    if sys.version_info >= (3, 13):
        assert copy.replace(Point(1, 2), y=5) == Point(1, 5)
    with pytest.raises(TypeError):
        Point(1).__replace__(x="a")
    with pytest.raises(TypeError):
        Point(1).__replace__(zzz=1)
    with pytest.raises(TypeError):
        Point(1).__replace__(1)


def test_copy_and_pickle():
    for value in (Point(1, 2), Segment(Point(0)), Nothing(), Person("Ada", 36, ["x"], b"y", Point(1)), Pixel(1, 2)):
        assert copy.copy(value) == value
        assert copy.deepcopy(value) == value
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            back = pickle.loads(pickle.dumps(value, protocol))
            assert back == value and type(back) is type(value)
    person = Person("Ada", tags=["x"])
    assert copy.deepcopy(person).tags is not person.tags


@pytest.mark.skipif(sys.version_info < (3, 10), reason="no match statement")
def test_match_statement():
    space = {"records": records}
    exec(
        "def where(value):\n"
        "    match value:\n"
        "        case records.Point(0.0, y=high): return ('axis', high)\n"
        "        case records.Segment(records.Point(x, y), end): return (x, y, end)\n"
        "        case _: return None\n",
        space,
    )
    assert space["where"](Point(0, 5)) == ("axis", 5.0)
    assert space["where"](Segment(Point(1, 2))) == (1.0, 2.0, Point(1, 1))
    assert space["where"](Point(1)) is None


def test_subclasses_are_refused():
    with pytest.raises(TypeError, match="not an acceptable base type"):
        type("Sub", (Point,), {})


def test_as_arguments_and_results():
    assert records.midpoint(Point(0, 0), Point(2, 4)) == Point(1, 2)
    assert type(records.midpoint(Point(0), Point(1))) is Point
    assert records.bounds([]) is None
    assert records.bounds([Point(1, 5), Point(3, 2)]) == Segment(Point(1, 2), Point(3, 5))
    assert records.shift() == Point(1, 0)
    assert records.shift(Point(1, 1), by=Point(2, 3)) == Point(3, 4)
    ada = Person("Ada", 36, ["x", "é"], b"\0\1", Point(1))
    grown = records.grow(ada, 2)
    assert grown == dataclasses.replace(ada, age=38) and ada.age == 36
    assert records.grow(Person("Bob")).age == 1
    assert records.same_nothing(Nothing()) == Nothing()
    value = Reserved(1)
    assert records.same_reserved(value) == value


def test_wrong_arguments():
    class Looks:
        x = 1.0
        y = 2.0

    for wrong in ((0, 0), Looks(), None, 1.0, Pixel(1, 2), Point):
        with pytest.raises(TypeError) as caught:
            records.midpoint(wrong, Point(0))
        text = str(caught.value)
        assert text.startswith("argument 'a': expected ") and "Point" in text, text
    with pytest.raises(TypeError, match="argument 'points': item 1: expected .*Point, got int"):
        records.bounds([Point(1), 1])


def test_lists_in_records_are_read_again():
    # The list of a field can be changed behind the record's back; Rust must look at what is there now.
    person = Person("Ada", tags=["a"])
    person.tags.append(1)
    with pytest.raises(TypeError, match="'person'.*tags.*item 1: expected str, got int"):
        records.grow(person)
    person.tags[1] = "b"
    assert records.grow(person).tags == ["a", "b"]


def test_as_keys():
    picture = {Pixel(0, 0): "red", Pixel(1, 0, "top"): "blue"}
    assert records.paint(picture) == picture
    assert records.distinct(set(picture)) == set(picture)


def test_reserved_names():
    names = [field.name for field in dataclasses.fields(Reserved)]
    assert names == ["lambda_", "type", "self"]
    value = Reserved(lambda_=1, type=5, self=6)
    assert (value.lambda_, value.type, getattr(value, "self")) == (1, 5, 6)
    assert dataclasses.replace(value, self=7) == Reserved(1, 5, 7)


def test_introspection():
    assert Point.__name__ == Point.__qualname__ == "Point"
    assert Point.__module__ == "records"
    assert inspect.getdoc(Point) == "A point in the plane."
    assert list(inspect.signature(Point).parameters) == ["x", "y"]
    assert inspect.signature(Point).parameters["y"].default == 0.0
    assert records.ORIGIN == Point(0, 0)


def test_unusual_construction():
    # Without __new__'s arguments, through object, and from pickles that lie.
    with pytest.raises(TypeError):
        Point.__new__(Point)
    with pytest.raises((TypeError, AttributeError)):
        records.midpoint(object.__new__(Point), Point(1))
    if CPYTHON:
        with pytest.raises(TypeError):
            Point.__new__(int, 1)


def test_deprecated():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        spot = records.Spot(1)
        records.Spot(2)
        # Values that Rust makes do not count as a use of the class.
        assert records.same_spot(spot) == spot
    assert [warning.category for warning in caught] == [DeprecationWarning] * 2
    assert str(caught[0].message) == "Spot is deprecated: use `point`"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(DeprecationWarning):
            records.Spot()
        assert records.same_spot(spot) == spot
