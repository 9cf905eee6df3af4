"""Types of every kind in every position."""

import copy
import dataclasses
import pathlib
import pickle

import positions
import pytest
from positions import AnyOf, Broken, Code, Colour, Everything, Holder, Point, Problem, Shape, Style

BOX = Shape.Box(Point(1), Point(2, 3))

# Two values of each type.
VALUES = {
    "truth": (True, False),
    "byte": (0, 255),
    "large": (0, 2**128 - 1),
    "signed": (-(2**63), 2**63 - 1),
    "whole": (0, -(10**40)),
    "real": (0.0, 1.5),
    "letter": ("a", "\U0001f40d"),
    "text": ("", "zw\xf6lf"),
    "data": (b"", b"\x00\xff"),
    "file": (pathlib.Path("a"), pathlib.Path("/b/c")),
    "numbers": ([], [1, -1]),
    "names": ([], ["a", "\xe9"]),
    "maybe": (None, "x"),
    "pair": ((0, ""), (255, "x")),
    "table": ({}, {"a": [1.0], "b": []}),
    "unique": (set(), {"a", "b"}),
    "vector": ([0.0, 0.0, 0.0], [1.0, 2.0, 3.0]),
    "digest": (b"\x00\x00\x00\x00", b"abcd"),
    "place": (Point(0), Point(1, 2)),
    "figure": (Shape.Nothing(), BOX),
    "hue": (Colour.RED, Colour.GREEN),
    "look": (Style(0), Style.BOLD | Style.WIDE),
    "trouble": (Problem.Other(), Problem.Missing("x")),
    "status": (Code.Bad(), Code.Worse()),
    "figures": ([], [None, BOX, Shape.Dot(Point(0))]),
    "looks": ({}, {Style.BOLD: (Colour.RED, Point(1))}),
    "troubles": (None, [Problem.Other(), Problem.Missing("y")]),
    "deep": ([], [{1: [None, (BOX, b"abcd")]}, {}]),
}
NAMES = sorted(VALUES)


def everything(which):
    return Everything(**{name: values[which] for name, values in VALUES.items()})


def comparable(value):
    """Exceptions are equal only to themselves: they are compared by what they are made of."""
    if isinstance(value, Exception):
        return (type(value), value.args)
    if isinstance(value, (list, tuple)):
        return [comparable(item) for item in value]
    if isinstance(value, Everything):
        return [comparable(getattr(value, name)) for name in NAMES]
    return value


def same(one, other):
    return type(one) is type(other) and comparable(one) == comparable(other)


def test_all_types_are_here():
    assert sorted(field.name for field in dataclasses.fields(Everything)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_parameters_and_results(name):
    for value in VALUES[name]:
        assert same(getattr(positions, "same_" + name)(value), value)


@pytest.mark.parametrize("name", NAMES)
def test_variable_arguments_and_iterators(name):
    one, other = VALUES[name]
    each = getattr(positions, "each_" + name)
    assert list(each()) == []
    assert same(list(each(one, other, key=one)), [one, other, one])


@pytest.mark.parametrize("name", NAMES)
def test_callbacks(name):
    one, other = VALUES[name]
    given = []

    def change(value):
        given.append(value)
        return other

    assert same(getattr(positions, "call_" + name)(one, change), other)
    assert same(given, [one])
    with pytest.raises(TypeError, match="result of the callback: expected"):
        getattr(positions, "call_" + name)(one, lambda value: object())


@pytest.mark.parametrize("name", NAMES)
def test_results_that_fail(name):
    for value in VALUES[name]:
        function = getattr(positions, "try_" + name)
        assert same(function(value, False), value)
        kind = type(value) if isinstance(value, Exception) else RuntimeError
        with pytest.raises(kind) as caught:
            function(value, True)
        if kind is RuntimeError:
            assert same(caught.value.args, (value,))
        else:
            assert same(caught.value, value)


@pytest.mark.parametrize("name", NAMES)
def test_cases(name):
    case = getattr(AnyOf, name.capitalize())
    for value in VALUES[name]:
        back = positions.same_any_of(case(value))
        assert type(back) is case and same(back.value, value)


@pytest.mark.parametrize("name", NAMES)
def test_properties(name):
    holder = Holder(everything(0))
    for value in reversed(VALUES[name]):
        setattr(holder, name, value)
        assert same(getattr(holder, name), value)
    with pytest.raises(TypeError, match="expected"):
        setattr(holder, name, object())


def test_records():
    for which in (0, 1):
        value = everything(which)
        back = positions.same_everything(value)
        assert same(back, value)
        assert same(copy.copy(value), value)
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            assert same(pickle.loads(pickle.dumps(value, protocol)), value)


def test_exceptions():
    for which in (0, 1):
        value = everything(which)
        with pytest.raises(Broken) as caught:
            positions.fail(value)
        assert str(caught.value) == "broken"
        for name in NAMES:
            assert same(getattr(caught.value, name), getattr(value, name))


@pytest.mark.parametrize("name", NAMES)
def test_wrong_values(name):
    with pytest.raises(TypeError, match="argument 'value': expected"):
        getattr(positions, "same_" + name)(object())
    arguments = {other: values[0] for other, values in VALUES.items()}
    arguments[name] = object()
    with pytest.raises(TypeError, match="argument '" + name + "': expected"):
        Everything(**arguments)
