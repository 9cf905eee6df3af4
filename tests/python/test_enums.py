"""Enums, which are those of the module `enum`."""

import copy
import enum
import json
import pickle
import sys

import enums
import pytest
from enums import Colour, Digit, Level, Sign, Unit


def test_plain():
    assert issubclass(Colour, enum.Enum) and not issubclass(Colour, (int, str))
    assert [member.name for member in Colour] == ["RED", "GREEN", "DEEP_BLUE"]
    assert [member.value for member in Colour] == [1, 2, 3]
    assert Colour(2) is Colour.GREEN and Colour["DEEP_BLUE"] is Colour.DEEP_BLUE
    assert isinstance(Colour.RED, Colour)
    assert str(Colour.RED) == "Colour.RED"
    assert repr(Colour.RED) == "<Colour.RED: 1>"
    assert Colour.RED != 1 and Colour.RED != "RED"
    with pytest.raises(ValueError):
        Colour(4)


def test_text():
    assert issubclass(Unit, str) and issubclass(Unit, enum.Enum)
    if sys.version_info >= (3, 11):
        assert issubclass(Unit, enum.StrEnum)
    assert Unit.METRE == "m" and Unit("ft") is Unit.FOOT
    assert str(Unit.METRE) == "m" and "%s" % Unit.METRE == "m" and "{}".format(Unit.METRE) == "m"
    assert Unit.METRE.value == "m" and type(Unit.METRE.value) is str
    assert "1 " + Unit.FOOT == "1 ft"
    assert json.dumps(Unit.FOOT) == '"ft"'


def test_numbers():
    for kind in (Level, Sign):
        assert issubclass(kind, enum.IntEnum)
    assert [int(level) for level in Level] == [1, 5, 10]
    assert Level.HIGH > Level.LOW and Level.MIDDLE == 5 and Level(10) is Level.HIGH
    assert [int(sign) for sign in Sign] == [-1, 0, 1]


def test_numbers_that_are_counted():
    assert issubclass(Digit, enum.IntEnum)
    assert [int(digit) for digit in Digit] == [0, 1, 2]
    assert Digit(0) is Digit.ZERO and not Digit.ZERO and Digit.TWO > 1
    assert [enums.number_of(digit) for digit in Digit] == [0, 1, 2]


def test_as_arguments_and_results():
    assert enums.next(Colour.RED) is Colour.GREEN
    assert enums.next(colour=Colour.DEEP_BLUE) is Colour.RED
    assert enums.symbol() == "m"
    assert enums.symbol(Unit.FOOT) == "ft"
    assert enums.unit_of("ft") is Unit.FOOT and enums.unit_of("x") is None
    assert enums.highest([Level.LOW, Level.HIGH, Level.MIDDLE]) is Level.HIGH
    assert enums.highest([]) is None
    assert [enums.sign_of(number) for number in (-5, 0, 5)] == [Sign.MINUS, Sign.ZERO, Sign.PLUS]
    assert enums.count([Colour.RED, Colour.GREEN, Colour.RED]) == {Colour.RED: 2, Colour.GREEN: 1}
    assert enums.distinct({Unit.METRE, Unit.FOOT}) == {Unit.METRE, Unit.FOOT}
    assert enums.FAVOURITE is Colour.DEEP_BLUE


def test_wrong_arguments():
    class Other(enum.Enum):
        RED = 1

    for wrong in (1, "RED", None, Other.RED, Level.LOW, Colour):
        with pytest.raises(TypeError) as caught:
            enums.next(wrong)
        text = str(caught.value)
        assert text.startswith("argument 'colour': expected ") and "Colour" in text, text
    with pytest.raises(TypeError, match="argument 'levels': item 1: expected .*Level, got int"):
        enums.highest([Level.LOW, 10])


def test_copy_and_pickle():
    for member in list(Colour) + list(Unit) + list(Level) + list(Sign):
        assert copy.copy(member) is member
        assert copy.deepcopy(member) is member
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            assert pickle.loads(pickle.dumps(member, protocol)) is member


def test_introspection():
    assert Colour.__module__ == Unit.__module__ == Level.__module__ == "enums"
    assert Colour.__name__ == Colour.__qualname__ == "Colour"
    assert Colour.__doc__ == "A colour of light."
    assert Unit.__doc__ == "A unit of length; the value is its symbol."


def test_members_hash_and_compare():
    assert {Colour.RED: 1}[Colour(1)] == 1
    assert {Unit.METRE: 1}["m"] == 1
    assert {Level.LOW: 1}[1] == 1
