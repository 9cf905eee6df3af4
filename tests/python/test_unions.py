"""Values of one of several types."""

import pathlib
import pickle
import sys
import typing

import pytest
import unions
from unions import City, Labelled, Lost, Shape, Side, Tag


def error(kind, function, *args, **keywords):
    with pytest.raises(kind) as caught:
        function(*args, **keywords)
    return str(caught.value)


def same(value, other):
    return value == other and type(value) is type(other)


def test_the_first_type_that_fits_is_taken():
    for value, kind in ((1, "integer"), (True, "integer"), (1.0, "float"), ("one", "name")):
        assert unions.kind_of(value) == kind, value
    for value in (True, 7, "x", Side.LEFT):
        assert same(unions.smallest(value), value)
    assert same(unions.tightly(200), 200) and same(unions.tightly(-3), -3)
    assert unions.same_maybe(None) is None and unions.same_maybe(1) == 1 and unions.same_maybe("a") == "a"


def test_values_go_both_ways():
    assert same(unions.twice(21), 42) and same(unions.twice(), 3.0) and unions.twice("ab") == "abab"
    assert unions.again(0) is None and same(unions.again(0.0), 0.0) and unions.again("") == ""
    a, b = City("Aachen"), City("Bonn", 2)
    assert unions.places(a) == [a] and unions.places([a, b]) == [a, b] and unions.places("Ulm") == ["Ulm"]
    assert unions.places(()) == []
    for value in ([1, 2], ["a"], {"a": [1.5]}, []):
        assert same(unions.same_lists(value), value)
    for value in (1, 1.5, "path", b"bytes", pathlib.Path("a")):
        assert same(unions.same_nested(value), value)
    assert list(unions.walk([1, "a", 2.5])) == [1, "a", 2.5]


def test_unions_in_other_types():
    index = {1: 1.5, "a": "b", ("c", 3): 4}
    for key, value in index.items():
        assert same(unions.look_up(index, key), value)
    assert unions.look_up(index, "missing") is None
    assert unions.same_keys() == {1, "a"} and unions.same_keys({("x", 1), "x", 1}) == {("x", 1), "x", 1}
    record = Labelled(keys=(1, "a"), place=City("Ulm"))
    assert record.label == "none" and record.keys == [1, "a"]
    assert unions.relabel(record, 2.5) == Labelled(2.5, [1, "a"], City("Ulm"))
    assert pickle.loads(pickle.dumps(record)) == record
    for shape in (Shape.Circle(1), Shape.Circle("big"), Shape.Other(("a", 1))):
        assert unions.same_shape(shape) == shape
    assert Shape.Circle(1.0).value == 1.0
    with pytest.raises(Lost) as caught:
        unions.lose([City("Ulm")])
    assert caught.value.place == [City("Ulm")]


def test_constants():
    assert unions.ANSWER == 42 and unions.HALF is Side.LEFT and unions.UNKNOWN == "unknown"
    assert unions.ALL_KEYS == [1, "a", ("b", 2)]


def test_python_objects():
    assert unions.read("line") == ["line"]
    assert unions.read(lambda line: line, 2) == ["line 0", "line 1"]
    assert unions.read([1, 2.5, "x"]) == [1, 2.5, "x"]
    value = [object()]
    assert unions.any_of(value) == value and unions.any_of("x") == "x"
    assert unions.each([1, "a"], lambda value: value) == [1, "a"]
    text = error(TypeError, unions.each, [1.5], lambda value: value)
    assert text == "result of the callback: expected bool, int, str or Side, got float", text
    assert "expected int, float or str, got None" in error(TypeError, unions.read, [None])


def test_classes():
    tag = Tag("a")
    assert unions.text_of(tag) == "a" and unions.text_of("b") == "b" and unions.text_of([tag, Tag("c")]) == "a c"
    one, two = unions.all_tags(tag, [tag])
    assert one is tag and two == [tag]
    new = unions.new_tag("new")
    assert type(new) is Tag and new.text == "new"
    assert error(TypeError, unions.text_of, 1) == "argument 'value': expected Tag, str or list, got int"


def test_errors_name_all_types():
    assert error(TypeError, unions.kind_of, None) == "argument 'value': expected int, float or str, got None"
    assert error(TypeError, unions.again, b"") == "argument 'value': expected int, float or str, got bytes"
    assert error(TypeError, unions.places, 1) == "argument 'place': expected City, list or str, got int"
    assert "expected int, str or None, got float" in error(TypeError, unions.same_maybe, 1.5)
    assert "key 'a': expected int, float or str, got list" in error(TypeError, unions.look_up, {"a": []}, 1)
    assert "'label': expected int, float or str, got None" in error(TypeError, Labelled, None)
    with pytest.raises(RuntimeError) as caught:
        unions.fails("no")
    assert caught.value.args == ("no",) and unions.fails(1) == 1


def test_errors_tell_what_was_nearly_right():
    assert "'place': item 1: expected City, got int" in error(TypeError, unions.places, [City("Ulm"), 1])
    assert "item 0: expected int or str, got None" in error(TypeError, unions.same_lists, [None])
    assert "key 'a': item 0: expected float, got str" in error(TypeError, unions.same_lists, {"a": ["x"]})
    assert "from 0 to 255" in error(OverflowError, unions.smallest, 256)
    text = error(OverflowError, unions.tightly, 1000)
    assert "255" in text and "-128" in text and text.endswith("got 1000"), text


class Number:
    """What Python takes for an int, as NumPy's are."""

    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value

    def __float__(self):
        return float(self.value)


def test_an_int_that_fits_no_integer_is_no_float():
    for value in (True, 1, -(2**63), 2**63 - 1, 1.5, 2.0**70):
        assert same(unions.same_precise(value), value)
    for value in (2**63, 2**70, -(2**63) - 1, 10**400, Number(2**70)):
        text = error(OverflowError, unions.same_precise, value)
        assert text.startswith("argument 'value': expected an int from -9223372036854775808 to "), text
        assert "float" not in text, text
    assert error(OverflowError, unions.same_precise, 10**400).endswith("got an int of 1329 bits")
    assert unions.same_coarse(None) is None and same(unions.same_coarse(255), 255) and same(unions.same_coarse(0.5), 0.5)
    for value in (256, -1, 10**39, Number(256)):
        assert "from 0 to 255" in error(OverflowError, unions.same_coarse, value)
    # Of a float that is too large nothing is lost either way; there the other type decides.
    assert "e38" in error(OverflowError, unions.same_coarse, 1e39)
    assert same(unions.same_mirrored(2j), 2j) and same(unions.same_mirrored(2.5), 2.5 + 0j)
    assert "from 0 to 255" in error(OverflowError, unions.same_mirrored, 256)


def test_an_int_may_fit_another_union():
    for value in (7, 300, -1, 2**63 - 1, 1.5, "x"):
        assert same(unions.same_around(value), value)
    for value in (2**63, 2**70, Number(2**70)):
        text = error(OverflowError, unions.same_around, value)
        assert "from 0 to 255" in text and "float" not in text and "str" not in text, text


def test_ints_in_other_types_stay_ints():
    for value in ([1, 2], [70000, 1.5, True], [1.5], (1, 2.5), {"a": 255}, {"a": 0.5}):
        assert same(unions.same_rows(value), value)
    assert "item 0: expected an int from" in error(OverflowError, unions.same_rows, [2**70])
    assert "item 1: expected an int from" in error(OverflowError, unions.same_rows, [1.5, 2**70])
    # Nothing is lost of it as a list.
    assert unions.same_rows((256, 1.5)) == [256, 1.5] and "item 0" in error(OverflowError, unions.same_rows, (2**70, 1.5))
    assert "key 'a': expected an int from 0 to 255, got 256" in error(OverflowError, unions.same_rows, {"a": 256})
    assert unions.all_precise([None, 1, 2.5], x=3) == [None, 1, 2.5, 3]
    assert "item 1: expected an int from" in error(OverflowError, unions.all_precise, [None, 2**70])
    assert "argument 'x': expected an int from" in error(OverflowError, unions.all_precise, [], x=2**70)
    record = unions.Measured(1, [2.5, True], {"a": 3})
    assert unions.same_measured(record) == record
    assert "'value': expected an int from" in error(OverflowError, unions.Measured, 2**70)
    assert "'all': item 0: expected an int from" in error(OverflowError, unions.Measured, 1, [2**70])
    assert "'named': key 'a': expected an int from" in error(OverflowError, unions.Measured, 1, named={"a": 2**70})
    record.all.append(2**70)
    assert "field 'all': item 2: expected an int from" in error(OverflowError, unions.same_measured, record)


def test_what_python_code_raises_is_raised():
    class Breaks:
        def __index__(self):
            raise ZeroDivisionError("broken")

    assert error(ZeroDivisionError, unions.kind_of, Breaks()) == "broken"


def test_the_alias_is_a_union():
    assert unions.Number == typing.Union[int, float, str]
    assert unions.Small == typing.Union[bool, int, str, Side]
    if sys.version_info >= (3, 10):
        assert isinstance(1.5, unions.Number) and not isinstance(b"", unions.Number)
