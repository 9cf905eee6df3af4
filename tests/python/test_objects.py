"""Python objects in Rust: any object, callbacks and iterators."""

import gc
import sys

import objects
import pytest
from objects import Registry


class Boom(Exception):
    pass


def kind_of(value):
    """What messages call the type of a value."""
    return "None" if value is None else type(value).__name__


def boom(*args):
    raise Boom("bang", *args)


def test_any_object_keeps_its_identity():
    for value in (None, 1, "x", object(), [1], boom, type, sys):
        assert objects.same(value) is value
        assert objects.same(value=value) is value
        assert objects.pick([1, value], 1) is value
        assert objects.values({"k": value})[0] is value
    assert objects.maybe() == "nothing" and objects.maybe(None) == "nothing" and objects.maybe(5) == 5
    with pytest.raises(IndexError, match="5 of 2"):
        objects.pick([1, 2], 5)


def test_any_number_of_objects():
    a, b = object(), object()
    args, options = objects.collect(a, b, x=a, y=None)
    assert args == [a, b] and options == {"x": a, "y": None}
    assert objects.collect() == ([], {})


class Odd:
    """Fails at everything."""

    __hash__ = None

    def fail(self, *args):
        raise Boom("bang")

    __bool__ = __len__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __repr__ = __iter__ = fail
    __getitem__ = __setitem__ = __delitem__ = __contains__ = __setattr__ = __delattr__ = __getattr__ = __call__ = fail


class Endless(Exception):
    """Whose text is another such exception."""

    def fail(self):
        raise Endless

    __str__ = __repr__ = fail


def test_operations_of_one_object():
    operate = objects.operate
    for value in ([], [1, 2], {"a": None}, "", "äb", (None,), {3}, range(4), b"xy"):
        assert operate("len", value) == len(value) and operate("empty", value) is (not len(value))
        assert operate("bool", value) is bool(value)
        assert operate("list", value) == list(value)
    for value in (0, 1, None, "x", 1.5, (), object, len, Boom("bang")):
        assert operate("bool", value) is bool(value) and operate("none", value) is (value is None)
        assert operate("callable", value) is callable(value)
        assert operate("str", value) == str(value) and operate("repr", value) == repr(value)
        assert operate("format", value) == str(value) + " " + repr(value)
        assert operate("class", value) is type(value) and operate("type", value) == type(value).__qualname__
        assert operate("hash", value) == hash(value)
    assert operate("type", None) == "NoneType" and operate("type", Odd()) == "Odd"
    assert operate("format", Odd()) == "<Boom: bang> <Boom: bang>"
    assert operate("format", Endless()) == "<Endless: <Endless>> <Endless: <Endless>>"
    for name, value in (("len", 1), ("empty", None), ("list", 1), ("hash", [])):
        with pytest.raises(TypeError):
            operate(name, value)
    for name in ("bool", "empty", "len", "list", "repr", "str"):
        with pytest.raises(Boom, match="bang"):
            operate(name, Odd())
    with pytest.raises(UnicodeEncodeError):
        operate("str", "\udc80")
    with pytest.raises(ValueError):
        operate("nothing", 1)


def test_comparisons_of_objects():
    operate = objects.operate
    nan = float("nan")
    for a, b in ((1, 2), (2, 1), (1, 1.0), ("a", "b"), ((1, 2), (1,)), ({1}, {1, 2}), (nan, nan)):
        assert operate("eq", a, b) is (a == b) and operate("ne", a, b) is (a != b)
        assert operate("lt", a, b) is (a < b) and operate("le", a, b) is (a <= b)
        assert operate("gt", a, b) is (a > b) and operate("ge", a, b) is (a >= b)
    for a, b in ((None, None), (boom, boom), (boom, None), ([], []), (objects, objects)):
        assert operate("is", a, b) is (a is b)
    assert operate("eq", 1, "1") is False and operate("ne", 1, "1") is True
    for name in ("lt", "le", "gt", "ge"):
        with pytest.raises(TypeError):
            operate(name, 1, "1")
    for name in ("eq", "ne", "lt", "le", "gt", "ge"):
        with pytest.raises(Boom, match="bang"):
            operate(name, Odd(), 1)

    class Vague:
        def __eq__(self, other):
            return Odd()

    with pytest.raises(Boom, match="bang"):
        operate("eq", Vague(), 1)


def test_types_of_objects():
    operate = objects.operate
    for value in (True, 1, "x", None, Boom()):
        for kind in (bool, int, str, Exception, Boom, object, (str, int)):
            assert operate("is_instance", value, kind) is isinstance(value, kind)
            assert operate("is_exact_instance", value, kind) is (type(value) is kind)
            assert operate("is_subclass", type(value), kind) is issubclass(type(value), kind)
    for name in ("is_instance", "is_subclass"):
        with pytest.raises(TypeError):
            operate(name, int, 1)

    class Meta(type):
        def __instancecheck__(cls, instance):
            raise Boom("bang")

        __subclasscheck__ = __instancecheck__

    Strange = Meta("Strange", (), {})
    for name in ("is_instance", "is_subclass"):
        with pytest.raises(Boom, match="bang"):
            operate(name, int, Strange)
    assert operate("is_exact_instance", Strange(), Strange) is True


def test_items_of_objects():
    operate = objects.operate
    table, row = {"a": 1, 2: "b"}, [10, 20, 30]
    assert operate("get_item", table, 2) == "b" and operate("get_item", row, -1) == 30
    assert operate("get_item", "abc", slice(1, None)) == "bc"
    token = object()
    assert operate("set_item", table, "c", token) is None and table["c"] is token
    assert operate("set_item", row, 0, 0) is None and row == [0, 20, 30]
    assert operate("del_item", table, "a") is None and operate("del_item", row, 1) is None
    assert sorted(map(str, table)) == ["2", "c"] and row == [0, 30]
    assert operate("contains", table, 2) is True and operate("contains", row, 5) is False
    assert operate("contains", "abc", "bc") is True
    for name, expected, operands in (
        ("get_item", KeyError, (table, "x")),
        ("get_item", IndexError, (row, 9)),
        ("get_item", TypeError, (1, 0)),
        ("get_item", TypeError, ({}, [])),
        ("set_item", TypeError, ((1,), 0, 2)),
        ("set_item", IndexError, (row, 9, 1)),
        ("del_item", KeyError, (table, "x")),
        ("contains", TypeError, (1, 2)),
        ("get_item", Boom, (Odd(), 1)),
        ("set_item", Boom, (Odd(), 1, 2)),
        ("del_item", Boom, (Odd(), 1)),
        ("contains", Boom, (Odd(), 1)),
    ):
        with pytest.raises(expected):
            operate(name, *operands)


def test_attributes_of_objects():
    operate = objects.operate

    class Thing:
        pass

    thing = Thing()
    assert operate("setattr", thing, "name", "x") is None and thing.name == "x"
    assert operate("getattr", thing, "name") == "x" and operate("getattr by text", thing, "name") == "x"
    assert operate("hasattr", thing, "name") is True and operate("getattr_opt", thing, "name") == "x"
    assert operate("delattr", thing, "name") is None and not hasattr(thing, "name")
    assert operate("hasattr", thing, "name") is False and operate("getattr_opt", thing, "name") is None
    for name in ("getattr", "getattr by text", "delattr"):
        with pytest.raises(AttributeError, match="name"):
            operate(name, thing, "name")
    with pytest.raises(AttributeError):
        operate("setattr", object(), "name", 1)
    for name in ("getattr", "getattr_opt", "hasattr", "delattr"):
        with pytest.raises(Boom, match="bang"):
            operate(name, Odd(), "name")
        with pytest.raises(TypeError, match="expected str, got int"):
            operate(name, thing, 1)
    with pytest.raises(Boom, match="bang"):
        operate("setattr", Odd(), "name", 1)


def test_calls_with_keywords():
    def gives(*args, **options):
        return args, options

    class Thing:
        method = staticmethod(gives)

    token = object()
    call = objects.call_with
    assert call(gives, 1, token, x=token, y=2) == ((1, token), {"x": token, "y": 2})
    assert call(gives) == ((), {}) and list(call(gives, b=1, a=2)[1]) == ["b", "a"]
    assert call(gives, token, form="none") == ((token,), {})
    assert call(gives, token, form="array") == ((token,), {"x": 1, "y": 2})
    assert call(gives, token, form="tuple") == ((token,), {"x": "one", "y": 2.5})
    assert call(gives, token, "näme", form="name") == ((), {"näme": token})
    assert call(Thing(), token, form="method") == ((token,), {"x": token})
    assert call(sorted, [2, 1, 3], form="none") == [1, 2, 3]
    assert call(dict, x=1) == {"x": 1}
    with pytest.raises(TypeError, match="two values for keyword argument 'x'"):
        call(gives, token, form="twice")
    with pytest.raises(TypeError, match="name of a keyword argument: expected str, got int"):
        call(gives, token, 1, form="name")
    with pytest.raises(TypeError):
        call(lambda: None, x=1)
    with pytest.raises(TypeError):
        call(1, x=1)
    with pytest.raises(Boom, match="bang"):
        call(boom)
    with pytest.raises(AttributeError):
        call(token, token, form="method")


def test_conversions_by_hand():
    assert objects.further([slice(1, 2), slice(-1, 0)]) == [slice(2, 3), slice(0, 1)]
    assert objects.further(()) == []
    for wrong, text in ((1, "expected slice, got int"), (slice(None), "field 'start': expected int, got None")):
        with pytest.raises(TypeError) as caught:
            objects.further([slice(1, 2), wrong])
        assert str(caught.value) == "item 1: " + text


def test_a_part_of_an_object_of_the_right_type():
    assert objects.dispatch(slice(1, 2)) == ("span", slice(1, 2))
    with pytest.raises(TypeError, match="^field 'stop': expected int, got None$"):
        objects.dispatch(slice(1, None))


def test_dispatch_on_the_type():
    names = Registry()
    names.add("a")
    for value, expected in (
        (5, ("u8", 5)),
        (["a", "b"], ("words", ["a", "b"])),
        ((), ("words", [])),
        (names, ("registry", ["a"])),
        (None, ("NoneType", None)),
        (1.5, ("float", 1.5)),
        (objects, ("module", objects)),
    ):
        assert objects.dispatch(value) == expected
    # Only the type decides: what is of the type and does not fit is an error.
    with pytest.raises(OverflowError):
        objects.dispatch(256)
    with pytest.raises(TypeError, match="item 1: expected str, got int"):
        objects.dispatch(["a", 1])


def test_callbacks():
    assert objects.apply(lambda x: x * 2, 21) == 42
    assert objects.apply(function=abs, value=-3) == 3
    token = object()
    assert objects.apply_to_any(lambda x: [x], token) == [token]
    assert objects.apply_to_two(lambda a, b: "%s %r" % (a, b)) == "zwölf 0.5"
    seen = []
    assert objects.notify(lambda: seen.append(1), 3) == 3 and seen == [1, 1, 1]
    assert objects.transform([1, 2], lambda x: x + 0.5) == [1.5, 2.5]
    assert objects.maybe_apply(5) == 5 and objects.maybe_apply(5, None) == 5
    assert objects.maybe_apply(5, lambda x: x + 1) == 6
    assert objects.keep(["a", "bb", "ccc"], lambda word: len(word) > 1) == ["bb", "ccc"]
    assert objects.call_all([str, lambda x: "<%d>" % x]) == ["0", "<1>"]


def test_callable_objects():
    class Adds:
        def __init__(self, n):
            self.n = n

        def __call__(self, x):
            return x + self.n

        def method(self, x):
            return x - self.n

    assert objects.apply(Adds(5), 1) == 6
    assert objects.apply(Adds(5).method, 1) == -4
    assert objects.apply(int, 7) == 7
    assert objects.apply_to_any(Adds, 3).n == 3


def test_what_cannot_be_called():
    for wrong in (None, 1, "x", []):
        with pytest.raises(TypeError) as caught:
            objects.apply(wrong, 1)
        text = str(caught.value)
        assert text.startswith("argument 'function': expected ") and text.endswith("got " + kind_of(wrong)), text
    with pytest.raises(TypeError, match="argument 'functions': item 1: expected "):
        objects.call_all([str, 1])


def test_exceptions_pass_through():
    for attempt in (
        lambda: objects.apply(boom, 1),
        lambda: objects.apply_to_any(boom, None),
        lambda: objects.notify(boom),
        lambda: objects.transform([1.0], boom),
        lambda: objects.keep(["a"], boom),
        lambda: objects.call_all([boom]),
    ):
        with pytest.raises(Boom, match="bang"):
            attempt()
    error = Boom()

    def raises_it(_):
        raise error

    with pytest.raises(Boom) as caught:
        objects.apply(raises_it, 1)
    assert caught.value is error
    names = []
    traceback = error.__traceback__
    while traceback:
        names.append(traceback.tb_frame.f_code.co_name)
        traceback = traceback.tb_next
    assert names[-1] == "raises_it"
    for kind in (KeyboardInterrupt, SystemExit, StopIteration, GeneratorExit):

        def raise_kind(_, kind=kind):
            raise kind

        with pytest.raises(kind):
            objects.apply(raise_kind, 1)


def test_results_of_callbacks_are_checked():
    for wrong in ("x", None, 1.5):
        with pytest.raises(TypeError, match="expected int, got " + kind_of(wrong)):
            objects.apply(lambda _: wrong, 1)
    with pytest.raises(OverflowError):
        objects.apply(lambda _: 2**63, 1)
    with pytest.raises(TypeError, match="expected bool, got int"):
        objects.keep(["a"], lambda _: 1)
    # A callback without result may return anything or must return None; it must not crash.
    try:
        objects.notify(lambda: 5)
    except TypeError:
        pass
    with pytest.raises(TypeError):
        objects.apply(lambda: 1, 1)


def test_caught_in_rust():
    assert objects.forgive(lambda: 5) == 5
    assert objects.forgive(boom) == 0
    assert objects.forgive(lambda: "x") == 0
    assert sys.exc_info() == (None, None, None)


def test_nested_calls():
    def countdown(n):
        return n if n == 0 else objects.apply(countdown, n - 1)

    assert objects.apply(countdown, 50) == 0
    with pytest.raises(Boom):
        objects.apply(lambda n: objects.apply(boom, n), 1)


@pytest.mark.rounds(3)
@pytest.mark.skipif(sys.implementation.name != "cpython", reason="PyPy's C API does not survive it")
def test_endless_recursion():
    def forever(n):
        return objects.apply(forever, n)

    with pytest.raises(RecursionError):
        objects.apply(forever, 1)


def test_iterators_in():
    assert objects.total(iter([1, 2, 3])) == 6
    assert objects.total(number for number in range(10)) == 45
    assert objects.total(iter([])) == 0
    assert objects.first(iter([1, 2.5, 3]), 2) == [1.0, 2.5]
    rest = iter(range(10))
    assert objects.first(rest, 3) == [0.0, 1.0, 2.0]
    assert next(rest) == 3, "no more is taken than asked for"

    class Iterator:
        def __init__(self):
            self.n = 0

        def __iter__(self):
            return self

        def __next__(self):
            self.n += 1
            if self.n > 3:
                raise StopIteration
            return self.n

    assert objects.total(Iterator()) == 6


def test_iterators_in_that_fail():
    def failing():
        yield 1
        raise Boom("bang")

    with pytest.raises(Boom):
        objects.total(failing())
    with pytest.raises(TypeError, match="expected int, got str"):
        objects.total(iter([1, "x"]))
    with pytest.raises(OverflowError):
        objects.total(iter([2**63]))
    for wrong in (1, None, object()):
        with pytest.raises(TypeError) as caught:
            objects.total(wrong)
        text = str(caught.value)
        assert text.startswith("argument 'numbers': expected ") and text.endswith("got " + kind_of(wrong)), text


def test_iterables_in():
    for values in ([1, 2, 3], (1, 2, 3), {1, 2, 3}, {1: "a", 2: "b", 3: "c"}, range(1, 4), iter([1, 2, 3])):
        assert objects.sum_of(values) == 6, type(values)
    assert objects.sum_of(n for n in range(10)) == 45 and objects.sum_of([]) == 0
    assert objects.sum_of(b"ab") == 195

    class Old:
        def __getitem__(self, index):
            if index == 3:
                raise IndexError
            return index

    assert objects.sum_of(Old()) == 3
    rest = iter("abcd")
    assert objects.take(rest) == ["a", "b"] and next(rest) == "c"


def test_iterables_in_that_fail():
    class Failing:
        def __iter__(self):
            raise Boom("bang")

    class Wrong:
        def __iter__(self):
            return 1

    for values in (Failing(), (Boom("bang") for _ in [Failing()] for _ in Failing())):
        with pytest.raises(Boom):
            objects.sum_of(values)
    with pytest.raises(TypeError, match="iterator"):
        objects.sum_of(Wrong())
    with pytest.raises(TypeError, match="item 1: expected int, got str"):
        objects.sum_of([1, "x"])
    for wrong in (1, None, object(), int):
        with pytest.raises(TypeError) as caught:
            objects.sum_of(wrong)
        assert str(caught.value) == "argument 'values': expected iterable, got " + kind_of(wrong)
    with pytest.raises(TypeError) as caught:
        objects.take("abc")
    assert str(caught.value) == "argument 'words': expected iterable, got str"
    for values, text in (([1, "x"], "item 1: expected int, got str"), ((None,), "item 0: expected int, got None")):
        with pytest.raises(TypeError) as caught:
            objects.sum_of(values)
        assert str(caught.value) == "argument 'values': " + text
        with pytest.raises(TypeError) as caught:
            objects.total(iter(values))
        assert str(caught.value) == "argument 'numbers': " + text
    with pytest.raises(OverflowError) as caught:
        objects.sum_of([2**70])
    assert str(caught.value).startswith("argument 'values': item 0: expected an int from ")
    with pytest.raises(TypeError) as caught:
        objects.take([b"x"])
    assert str(caught.value) == "argument 'words': item 0: expected str, got bytes"


def test_iterators_out():
    iterator = objects.countdown(3)
    assert iter(iterator) is iterator
    assert next(iterator) == 2
    assert list(iterator) == [1, 0]
    assert list(iterator) == []
    with pytest.raises(StopIteration):
        next(iterator)
    assert list(objects.chunks("aé🐍bc", 2)) == ["aé", "🐍b", "c"]
    assert list(objects.pairs(["x", "y"])) == [(0, "x"), (1, "y")]
    assert dict(objects.pairs(["x"])) == {0: "x"}
    assert sum(objects.countdown(1000)) == 499500
    assert objects.total(objects.countdown(4)) == 6
    unused = objects.chunks("abc", 1)
    next(unused)
    del unused


def test_iterators_out_that_fail():
    iterator = objects.failing(2)
    assert next(iterator) == 0 and next(iterator) == 1
    with pytest.raises(ValueError, match="no more"):
        next(iterator)
    with pytest.raises(ValueError):
        sum(objects.failing(5))


def test_the_type_of_iterators():
    iterator = objects.countdown(3)
    kind = type(iterator)
    with pytest.raises(TypeError):
        kind()
    assert hasattr(iterator, "__next__") and hasattr(iterator, "__iter__")
    with pytest.raises(TypeError):
        len(iterator)


@pytest.mark.rounds(100, reason="each collects garbage")
def test_iterators_collected_while_they_run():
    def uses(n):
        gc.collect()
        return n

    assert [uses(n) for n in objects.countdown(3)] == [2, 1, 0]


def registry():
    names = Registry()
    names.add("a")
    names.add("b")
    return names


def test_reading_while_python_runs():
    names = registry()
    seen = []
    assert names.each(seen.append) == 2 and seen == ["a", "b"]
    # Reading again meanwhile is fine, changing is not.
    seen = []
    names.each(lambda name: seen.append(names.names))
    assert seen == [["a", "b"], ["a", "b"]]
    with pytest.raises(RuntimeError, match="Registry"):
        names.each(lambda name: names.add("c"))
    assert names.names == ["a", "b"]
    names.add("c")
    assert names.names == ["a", "b", "c"], "usable again"


def test_changing_while_python_runs():
    names = registry()
    names.rename_all(str.upper)
    assert names.names == ["A", "B"]
    for attempt in (
        lambda name: names.add("c"),
        lambda name: names.names,
        lambda name: names.rename_all(str),
        lambda name: names.each(str),
        lambda name: list(names),
    ):
        with pytest.raises(RuntimeError, match="Registry"):
            names.rename_all(attempt)
    assert names.names == ["A", "B"]
    with pytest.raises(Boom):
        names.rename_all(boom)
    names.add("c")
    assert list(names) == ["A", "B", "c"]


@pytest.mark.rounds(100, reason="each collects garbage")
def test_objects_dropped_while_in_use():
    names = registry()

    def forget(name):
        nonlocal names
        names = None
        gc.collect()

    assert names.each(forget) == 2
    assert names is None
    assert Registry().each(boom) == 0


def test_nested_values_and_conversions_written_by_hand():
    assert [objects.levels(value) for value in (1, [], [[], [[1]]], ({"a": (2,)},))] == [0, 1, 3, 3]
    inside_itself = []
    inside_itself.append(inside_itself)
    table = {}
    table["a"] = table
    deep = ()
    for _ in range(50000):
        deep = (deep,)
    for value in (inside_itself, table, deep):
        with pytest.raises(RecursionError):
            objects.levels(value)
