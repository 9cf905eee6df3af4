"""Numbers, truth values and characters."""

import fractions
import inspect
import math
import sys

import pytest
import scalars

RANGES = {
    "u8": (0, 2**8 - 1),
    "u16": (0, 2**16 - 1),
    "u32": (0, 2**32 - 1),
    "u64": (0, 2**64 - 1),
    "u128": (0, 2**128 - 1),
    "s8": (-(2**7), 2**7 - 1),
    "s16": (-(2**15), 2**15 - 1),
    "s32": (-(2**31), 2**31 - 1),
    "s64": (-(2**63), 2**63 - 1),
    "s128": (-(2**127), 2**127 - 1),
}
# Around the places where CPython's digits, machine words and small-integer cache end.
INTERESTING = sorted(
    {
        sign * (2**power + offset)
        for power in (0, 1, 7, 8, 15, 16, 29, 30, 31, 32, 59, 60, 61, 62, 63, 64, 89, 90, 119, 120, 126, 127, 128)
        for offset in (-2, -1, 0, 1, 2)
        for sign in (1, -1)
    }
    | set(range(-8, 8))
    | set(range(250, 260))
)


class Index:
    """Not an int, but usable as one."""

    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class Float:
    """Not a float, but usable as one."""

    def __init__(self, value):
        self.value = value

    def __float__(self):
        return self.value


class Int(int):
    pass


class Real(float):
    pass


class Raises:
    def __index__(self):
        raise ZeroDivisionError("index")

    def __float__(self):
        raise ZeroDivisionError("float")


@pytest.mark.rounds(100)
@pytest.mark.parametrize("name", sorted(RANGES))
def test_integers_within_and_out_of_range(name):
    echo = getattr(scalars, "echo_" + name)
    low, high = RANGES[name]
    for value in INTERESTING + [low, high]:
        if low <= value <= high:
            got = echo(value)
            assert got == value and type(got) is int
            assert echo(Index(value)) == value
            assert echo(Int(value)) == value and type(echo(Int(value))) is int
    for value in INTERESTING + [low - 1, high + 1, -(2**200), 2**200, 10**30]:
        if not low <= value <= high:
            with pytest.raises(OverflowError) as caught:
                echo(value)
            text = str(caught.value)
            assert "argument 'value'" in text and str(low) in text and str(high) in text, text
            with pytest.raises(OverflowError):
                echo(Index(value))


@pytest.mark.parametrize("name", sorted(RANGES) + ["int"])
def test_integers_of_other_kinds(name):
    echo = getattr(scalars, "echo_" + name)
    assert echo(True) == 1 and type(echo(True)) is int
    assert echo(False) == 0
    for wrong, kind in [("1", "str"), (1.0, "float"), (None, "None"), ([], "list"), (1j, "complex"), (int, "type")]:
        with pytest.raises(TypeError) as caught:
            echo(wrong)
        assert str(caught.value) == "argument 'value': expected int, got %s" % kind
    with pytest.raises(TypeError):
        echo(fractions.Fraction(1))
    with pytest.raises(TypeError):
        echo(Float(1.0))
    with pytest.raises(ZeroDivisionError, match="index"):
        echo(Raises())


@pytest.mark.rounds(200)
def test_integers_without_bounds():
    for value in INTERESTING + [3**1000, -(3**1000), 10**100, -(2**4096), 2**4096 - 1]:
        got = scalars.echo_int(value)
        assert got == value and type(got) is int
        assert scalars.echo_int(Int(value)) == value
        assert scalars.echo_int(Index(value)) == value
        assert scalars.maybe_int(value) == value
    assert scalars.maybe_int() is None
    for wrong in ("1", 1.0, None):
        with pytest.raises(TypeError, match="argument 'value': expected int, got"):
            scalars.echo_int(wrong)


@pytest.mark.rounds(200)
def test_addition():
    for a in INTERESTING:
        for b in (0, 1, -1, 300, -(2**30), 2**62):
            if -(2**63) <= a < 2**63:
                assert scalars.add(a, b) == (a + b + 2**63) % 2**64 - 2**63
    assert scalars.add(b=1, a=2) == 3


def test_ends_of_ranges_made_in_rust():
    unsigned, least, most = scalars.ends()
    assert unsigned == tuple(RANGES[name][1] for name in ("u8", "u16", "u32", "u64", "u128"))
    assert least == tuple(RANGES[name][0] for name in ("s8", "s16", "s32", "s64", "s128"))
    assert most == tuple(RANGES[name][1] for name in ("s8", "s16", "s32", "s64", "s128"))


FLOATS = [0.0, -0.0, 1.0, -1.5, 1e300, 5e-324, sys.float_info.max, sys.float_info.epsilon, 1 / 3, float("inf"), -float("inf")]


def test_floats():
    for value in FLOATS:
        got = scalars.echo_f64(value)
        assert got == value and type(got) is float
        assert math.copysign(1, got) == math.copysign(1, value)
        assert scalars.echo_f64(Real(value)) == value and type(scalars.echo_f64(Real(value))) is float
        assert scalars.echo_f64(Float(value)) == value
    assert math.isnan(scalars.echo_f64(float("nan")))
    for value in (0, 1, -7, 2**53 + 1, 2**1000, True):
        got = scalars.echo_f64(value)
        assert got == float(value) and type(got) is float
    assert scalars.echo_f64(Index(3)) == 3.0
    assert scalars.echo_f64(fractions.Fraction(1, 4)) == 0.25
    infinity, minus, nan, single = scalars.special()
    assert infinity == math.inf and minus == -math.inf and math.isnan(nan) and single == math.inf
    assert scalars.add_floats(1, 2.5) == 3.5


def test_infinities_in_the_interface():
    assert scalars.INFINITY == math.inf and scalars.DOWNWARDS == -math.inf and math.isnan(scalars.UNKNOWN)
    assert scalars.BOUNDS == (-math.inf, [math.inf])
    start, end, step = scalars.open_range()
    assert (start, end) == (-math.inf, math.inf) and math.isnan(step)
    assert scalars.open_range(end=1, step=None) == (-math.inf, 1.0, None)
    if sys.implementation.name == "cpython":
        for parameter in inspect.signature(scalars.open_range).parameters.values():
            assert parameter.default is ...


def test_single_precision():
    for value in (0.0, 0.5, -2.25, 2.0**100, float("inf")):
        assert scalars.echo_f32(value) == value
    assert scalars.echo_f32(0.1) != 0.1 and abs(scalars.echo_f32(0.1) - 0.1) < 1e-8
    assert math.isnan(scalars.echo_f32(float("nan")))
    assert scalars.echo_f32(3) == 3.0


@pytest.mark.parametrize("name", ["f32", "f64"])
def test_what_is_no_float(name):
    echo = getattr(scalars, "echo_" + name)
    for wrong, kind in [("1.5", "str"), (None, "None"), ([1.5], "list"), (b"1", "bytes")]:
        with pytest.raises(TypeError) as caught:
            echo(wrong)
        assert str(caught.value) == "argument 'value': expected float, got %s" % kind
    with pytest.raises(TypeError):
        echo(1j)
    with pytest.raises(OverflowError):
        echo(10**400)
    with pytest.raises(ZeroDivisionError, match="float"):
        echo(Raises())


@pytest.mark.parametrize("name", ["f32", "f64"])
def test_what_conversions_to_floats_raise(name):
    def fail(self):
        raise self.reason

    echo = getattr(scalars, "echo_" + name)
    for reason in (KeyboardInterrupt("stop"), MemoryError("full"), OverflowError("mine"), TypeError("mine")):
        bodies = [{"__index__": fail}, {"__float__": fail}, {"__index__": fail, "__float__": fail}]
        classes = [type("Odd", bases, dict(body, reason=reason)) for bases in ((), (int,)) for body in bodies]
        for odd in classes:
            if not issubclass(odd, int) or "__float__" in vars(odd):
                with pytest.raises(type(reason)) as caught:
                    echo(odd())
                assert caught.value is reason
    with pytest.raises(TypeError, match="non-int|must return an int"):
        echo(Index("1"))
    with pytest.raises(OverflowError, match="argument 'value': expected a number within the range of float"):
        echo(Int(10**400))


def test_truth_values():
    assert scalars.echo_bool(True) is True
    assert scalars.echo_bool(False) is False
    for wrong, kind in [(1, "int"), (0, "int"), (None, "None"), ("", "str"), ([], "list"), (1.0, "float")]:
        with pytest.raises(TypeError) as caught:
            scalars.echo_bool(wrong)
        assert str(caught.value) == "argument 'value': expected bool, got %s" % kind


def test_characters():
    for value in ("a", "\0", "\x7f", "\x80", "é", "ÿ", "Ā", "€", "\ud7ff", "\ue000", "\uffff", "🐍", "\U0010ffff"):
        assert scalars.echo_char(value) == value
    for wrong in ("", "ab", "e\u0301"):
        with pytest.raises(TypeError) as caught:
            scalars.echo_char(wrong)
        text = "argument 'value': expected a str of one character, got one of %d" % len(wrong)
        assert str(caught.value) == text
    with pytest.raises(UnicodeEncodeError):
        scalars.echo_char("\ud800")
    for wrong, kind in [(97, "int"), (b"a", "bytes"), (None, "None")]:
        with pytest.raises(TypeError) as caught:
            scalars.echo_char(wrong)
        assert "argument 'value': expected" in str(caught.value) and "got " + kind in str(caught.value)


def test_options():
    for name, value in [("bool", True), ("s64", -5), ("int", 10**40), ("f64", 0.5), ("char", "x")]:
        maybe = getattr(scalars, "maybe_" + name)
        assert maybe() is None
        assert maybe(None) is None
        assert maybe(value=None) is None
        assert maybe(value) == value
        with pytest.raises(TypeError, match="argument 'value'"):
            maybe([])


def test_constants():
    assert scalars.MOST == 2**64 - 1
    assert scalars.LEAST == -(2**63)
    assert scalars.HALF == 0.5
    assert scalars.YES is True
    assert scalars.LETTER == "ß"
    assert scalars.HUGE == 2**128 - 1


def test_numpy_scalars():
    try:
        import numpy
    except ImportError:
        pytest.skip("no numpy")
    assert scalars.echo_s64(numpy.int32(5)) == 5
    assert scalars.echo_u8(numpy.uint8(255)) == 255
    assert scalars.echo_f64(numpy.float32(0.5)) == 0.5
    assert scalars.echo_f64(numpy.float64(0.1)) == 0.1
    assert scalars.echo_bool(numpy.bool_(True)) is True
    assert scalars.echo_bool(numpy.bool_(False)) is False
    with pytest.raises(TypeError):
        scalars.echo_bool(numpy.int8(1))
