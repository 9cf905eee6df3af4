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
