"""Every operator that a class can have."""

import operator
import sys
import warnings

import operators
import pytest
from operators import Amount, Countdown, Hashed, Rank, Right, Stubborn, Table, Vector, Worn


def test_len_and_bool():
    assert len(Vector()) == 0 and len(Vector([1, 2])) == 2
    assert not Vector([0, 0]) and Vector([0, 1])
    assert not Table()
    assert operator.length_hint(Vector([1, 2])) == 2


def test_getitem():
    v = Vector([1, 2, 3])
    assert v[0] == 1.0 and v[-1] == 3.0 and v[True] == 2.0
    for wrong in (3, -4, 2**40):
        with pytest.raises(IndexError, match="out of range"):
            v[wrong]
    for wrong in ("x", None, 1.0):
        with pytest.raises(TypeError):
            v[wrong]
    with pytest.raises(TypeError):
        v[0:1]
    with pytest.raises((OverflowError, IndexError)):
        v[2**70]


def test_setitem():
    v = Vector([1, 2, 3])
    v[0] = 10
    v[-1] = 30.5
    assert v.items == [10.0, 2.0, 30.5]
    with pytest.raises(IndexError):
        v[3] = 1
    with pytest.raises(TypeError):
        v[0] = "x"
    with pytest.raises(TypeError):
        v["x"] = 1
    with pytest.raises(TypeError):
        del v[0]
    assert v.items == [10.0, 2.0, 30.5]


def test_contains():
    v = Vector([1, 2])
    assert 1 in v and 2.0 in v and 3 not in v
    # What the class cannot hold: either an error or simply not in it.
    try:
        assert "x" not in v
    except TypeError:
        pass
    t = Table()
    t["a"] = 1
    assert "a" in t and "b" not in t


def test_iter():
    v = Vector([1, 2, 3])
    assert list(v) == [1.0, 2.0, 3.0]
    assert [item for item in v] == v.items
    iterator = iter(v)
    assert next(iterator) == 1.0
    assert iter(iterator) is iterator
    assert list(iterator) == [2.0, 3.0]
    assert list(iterator) == [] and next(iterator, "end") == "end"
    assert max(v) == 3.0 and sum(v) == 6.0 and tuple(reversed(v)) == (3.0, 2.0, 1.0)
    a, *rest = v
    assert (a, rest) == (1.0, [2.0, 3.0])
    kept = iter(Vector([1, 2]))
    assert list(kept) == [1.0, 2.0], "an iterator outlives what it came from"


def test_next():
    c = Countdown(3)
    assert [next(c), next(c), next(c)] == [2, 1, 0]
    with pytest.raises(StopIteration):
        next(c)
    assert next(c, None) is None


def test_repr_and_str():
    v = Vector([1, 2.5])
    assert repr(v) == "Vector([1.0, 2.5])" and str(v) == "[1.0, 2.5]"
    assert "%r %s" % (v, v) == "Vector([1.0, 2.5]) [1.0, 2.5]"


def test_comparison():
    a, b, c = Vector([1, 2]), Vector([1, 2]), Vector([1, 3])
    assert a == b and not a != b and a != c and not a == c
    assert a < c and a <= c and a <= b and c > a and c >= a and b >= a
    assert not a < b and not c < a
    assert sorted([c, a]) == [a, c]
    assert a != 1 and not a == 1 and a != [1.0, 2.0] and a is not None
    for wrong in (1, None, [1.0]):
        with pytest.raises(TypeError):
            a < wrong

    class Anything:
        def __eq__(self, other):
            return True

        def __gt__(self, other):
            return "reflected"

    assert a == Anything() and (a < Anything()) == "reflected"
    nan = Vector([float("nan")])
    assert nan != nan and not nan == nan, "the class decides, not identity"


def test_equality_without_hash():
    assert Amount(1) == Amount(1) and Amount(1) != Amount(2)
    assert Amount.__hash__ is None
    with pytest.raises(TypeError, match="unhashable"):
        hash(Amount(1))
    with pytest.raises(TypeError):
        Amount(1) < Amount(2)


def test_order_without_equality():
    assert Rank(1) < Rank(2) and not Rank(2) < Rank(1)
    assert Rank(2) > Rank(1), "Python asks the other side"
    assert Rank(1) != Rank(1)
    hash(Rank(1))
    with pytest.raises(TypeError):
        Rank(1) <= Rank(2)


def test_hash():
    assert hash(Vector([1, 2])) == hash(Vector([1, 2]))
    assert {Vector([1]): "x"}[Vector([1])] == "x"
    # -1 is CPython's mark for an error.
    assert hash(Hashed(-1)) == -2
    for value in (0, 5, -7):
        assert hash(Hashed(value)) == value
    for value in (2**62, -(2**63), 2**63 - 1):
        assert isinstance(hash(Hashed(value)), int)


def test_call():
    v = Vector([1, 2])
    assert v(2) == [2.0, 4.0]
    assert v(scale=2, offset=1) == [3.0, 5.0]
    assert callable(v) and list(map(v, [1, 10])) == [[1.0, 2.0], [10.0, 20.0]]
    with pytest.raises(TypeError):
        v()
    with pytest.raises(TypeError):
        v(1, 2)


def test_arithmetic():
    a, b = Vector([1, 2]), Vector([10, 20])
    assert (a + b).items == [11.0, 22.0]
    assert (b - a).items == [9.0, 18.0]
    assert (a * 2).items == [2.0, 4.0]
    assert (2 * a).items == [2.0, 4.0]
    assert (1 + a).items == [2.0, 3.0]
    assert (1 - a).items == [0.0, -1.0]
    assert sum([a, b], 0).items == [11.0, 22.0]
    assert a.items == [1.0, 2.0]
    c = a
    c += b
    assert c.items == [11.0, 22.0] and a.items == [1.0, 2.0]
    with pytest.raises(ValueError, match="different lengths"):
        a + Vector([1])


def test_arithmetic_with_something_else():
    a = Vector([1])
    for attempt in (
        lambda: a + "x",
        lambda: a - None,
        lambda: a * "x",
        lambda: "x" + a,
        lambda: None - a,
        lambda: [] * a,
        lambda: a + 1,
    ):
        with pytest.raises(TypeError, match="unsupported operand|can't multiply|can only concatenate|must be str"):
            attempt()

    class Other:
        def __radd__(self, other):
            return "radd"

        def __rmul__(self, other):
            return "rmul"

    assert a + Other() == "radd" and a * Other() == "rmul"
    assert Vector.__add__(a, 1) is NotImplemented
    assert Vector.__radd__(a, "x") is NotImplemented


def test_only_reflected():
    r = Right(5)
    assert 10 + r == 15 and 10 - r == 5 and 10 * r == 50
    for attempt in (lambda: r + 10, lambda: r - 10, lambda: r * 10, lambda: r + r, lambda: 1.5 + r):
        with pytest.raises(TypeError):
            attempt()
    # An operand out of range is an error, not "some other type".
    with pytest.raises((OverflowError, TypeError)):
        2**70 + r


def test_table():
    t = Table()
    t["a"] = 1
    t["b"] = -2
    assert len(t) == 2 and t["a"] == 1 and t["b"] == -2
    with pytest.raises(KeyError) as caught:
        t["c"]
    assert caught.value.args == ("c",)
    with pytest.raises(TypeError):
        t[1]
    with pytest.raises(TypeError):
        t["a"] = "x"
    with pytest.raises(OverflowError):
        t["a"] = 2**63


def test_sequence_and_mapping_protocols():
    # Negative indices reach __getitem__ as they are: Python must not add the length to them.
    v = Vector([1, 2, 3])
    assert operator.getitem(v, -3) == 1.0
    assert operator.contains(v, 2)
    assert operator.setitem(v, -3, 7) is None and v[0] == 7.0
    with pytest.raises(TypeError):
        v + [1.0]
    with pytest.raises(TypeError):
        v * v


def test_operators_that_raise():
    s = Stubborn()

    def assign():
        s[0] = 1

    for attempt in (
        lambda: len(s),
        lambda: bool(s),
        lambda: s[0],
        assign,
        lambda: 1 in s,
        lambda: list(s),
        lambda: repr(s),
        lambda: s == Stubborn(),
        lambda: s != Stubborn(),
        lambda: hash(s),
        lambda: s(),
        lambda: s + 1,
    ):
        with pytest.raises(ValueError, match="^no$"):
            attempt()


DEPRECATED = {
    "len": len,
    "bool": bool,
    "getitem": lambda worn: worn[0],
    "setitem": lambda worn: operator.setitem(worn, 0, 1),
    "contains": lambda worn: 1 in worn,
    "iter": iter,
    "repr": repr,
    "str": str,
    "eq": lambda worn: worn == Worn(),
    "lt": lambda worn: worn < Worn(),
    "hash": hash,
    "call": lambda worn: worn(),
    "add": lambda worn: worn + 1,
    "radd": lambda worn: 1 + worn,
}


@pytest.mark.parametrize("name", DEPRECATED)
def test_deprecated(name):
    use = DEPRECATED[name]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(DeprecationWarning, match=f"^Worn.{name} is deprecated$"):
            use(Worn())
        warnings.simplefilter("ignore")
        use(Worn())


def test_special_methods_can_be_called():
    v = Vector([1, 2])
    assert v.__len__() == 2 and v.__getitem__(0) == 1.0 and v.__contains__(1) is True
    assert v.__repr__() == repr(v) and v.__eq__(v) is True and v.__eq__(1) is NotImplemented
    assert list(v.__iter__()) == [1.0, 2.0]
    assert v.__call__(2) == [2.0, 4.0]
    assert v.__bool__() is True
    assert Countdown(1).__next__() == 0
    for name in ("__iadd__", "__neg__", "__truediv__", "__delattr__x"):
        assert not hasattr(v, name)
    if sys.implementation.name == "cpython":
        assert sys.getsizeof(v) > 0
