"""WIT's `result<t, e>`: a case is raised, or a RuntimeError with the value."""

import copy
import inspect
import os
import pickle
import sys
import traceback

import pytest
import results
from results import Errno, NoStore, OpenError, Place, Store, StoreError, SyntaxProblem, Weather

# Under valgrind, which runs with this allocator, chains take too long.
SLOW = os.environ.get("PYTHONMALLOC") == "malloc"


def raised(kind, function, *args):
    with pytest.raises(kind) as caught:
        function(*args)
    assert type(caught.value) is kind
    return caught.value


def test_classes():
    assert issubclass(StoreError, Exception) and issubclass(Errno, Exception)
    assert StoreError.Full.__mro__[1] is StoreError
    assert Errno.NotFound.__qualname__ == "Errno.NotFound" and Errno.NotFound.__name__ == "NotFound"
    assert Errno.NotFound.__module__ == "results"
    assert inspect.getdoc(Errno.Denied) == "Not allowed."
    assert inspect.getdoc(StoreError) == "Why a key has no value."


def test_cases_are_raised():
    store = Store(1)
    error = raised(StoreError.NoSuchKey, store.get, "x")
    assert error.value == "x" and error.args == ("x",) and str(error) == "no such key: x"
    assert store.put("x", "1") is None
    error = raised(StoreError.Full, store.put, "y", "1")
    assert (error.size, error.limit) == (1, 1) and error.args == (1, 1)
    assert raised(StoreError.Full, Store, 0).limit == 0
    assert store.get("x") == store["x"] == "1"
    raised(StoreError.NoSuchKey, lambda: store["y"])
    assert len(store) == 1
    raised(Errno.NotFound, Store.open, "")
    assert len(Store.open("x")) == 0
    with pytest.raises(StoreError):
        store.get("z")


def test_text():
    """The repr of a case is that of a case of any variant; its text is its name in words and what it carries."""
    for error, shown, text in [
        (StoreError.NoSuchKey("x"), "StoreError.NoSuchKey(value='x')", "no such key: x"),
        (StoreError.Closed(), "StoreError.Closed()", "closed"),
        (StoreError.Full(2, 1), "StoreError.Full(size=2, limit=1)", "full: size=2, limit=1"),
        (StoreError.Both("{0}", 3), "StoreError.Both(value0='{0}', value1=3)", "both: {0}, 3"),
        (Errno.NotFound(), "Errno.NotFound()", "not found"),
        (
            SyntaxProblem.Unexpected(None, Place(1)),
            "SyntaxProblem.Unexpected(found=None, place=Place(line=1, column=1))",
            "unexpected: found=None, place=Place(line=1, column=1)",
        ),
    ]:
        assert repr(error) == shown and str(error) == text
        assert "{!r} {}".format(error, error) == "%s %s" % (shown, text)
        last = traceback.format_exception_only(type(error), error)[-1]
        assert last == "results.%s: %s\n" % (type(error).__qualname__, text)

    class Again(StoreError.Full):
        pass

    assert repr(Again(1)) == "test_text.<locals>.Again(size=1, limit=100)"
    # Attributes can be deleted; then it says what any exception says.
    error = StoreError.Full(2)
    del error.limit
    assert repr(error) == "StoreError.Full(size=2)" and str(error) == "(2, 100)"

    class Bare(StoreError.Full):
        def __init__(self):
            Exception.__init__(self)

    assert repr(Bare()).endswith("Bare()") and str(Bare()) == ""

    class Loud(StoreError.Closed):
        def __str__(self):
            return "CLOSED"

    assert str(Loud()) == "CLOSED"
    # What is inside itself.
    nested = SyntaxProblem.Nested([])
    nested.value.append(nested)
    assert repr(nested) == "SyntaxProblem.Nested(value=[...])"


def test_messages():
    """What the interface gives as the message of a case, with what it carries as `str()` shows it."""
    place = Place(1, 2)
    for error, text in [
        (OpenError.Failed("a.txt"), "cannot open a.txt: code 2"),
        (OpenError.Failed("{path}", -1), "cannot open {path}: code -1"),
        (OpenError.Other("it's"), "it's"),
        (OpenError.Other(""), ""),
        (OpenError.Both("x", 3), "3 of x, {value0}{3}"),
        (OpenError.Unexpected("\u00e9", place), '\u00e9 at {0}, "{0}"'.format(place)),
        (OpenError.Unexpected(None, place), 'None at {0}, "{0}"'.format(place)),
        (OpenError.Locked(), "{0} ist gesperrt \U0001f512"),
        (OpenError.Many([OpenError.Other("x")]), "[OpenError.Other(value='x')]"),
        (OpenError.Lost("x"), "lost: path=x"),
        (Weather.Rain(), "it rains"),
        (Weather.HeavyStorm(), "heavy storm"),
    ]:
        assert str(error) == text
        function = results.forecast if isinstance(error, Weather) else results.open_file
        assert str(raised(type(error), function, error)) == text
    # The repr and the contents are as without a message.
    error = OpenError.Failed("a.txt")
    assert repr(error) == "OpenError.Failed(path='a.txt', exit_code=2)" and error.args == ("a.txt", 2)
    assert inspect.getdoc(OpenError.Failed) == "The system says no."
    last = traceback.format_exception_only(type(error), error)[-1]
    assert last == "results.OpenError.Failed: cannot open a.txt: code 2\n"
    # It says what the attributes say now.
    error.exit_code = 13
    assert str(error) == "cannot open a.txt: code 13"
    assert str(pickle.loads(pickle.dumps(error))) == str(copy.copy(error)) == "cannot open a.txt: code 13"
    # An attribute of the message that is gone: what any exception says.
    del error.path
    assert str(error) == "('a.txt', 2)"

    class Silent:
        def __str__(self):
            raise ZeroDivisionError("mine")

    error.path = Silent()
    with pytest.raises(ZeroDivisionError, match="mine"):
        str(error)
    # What is inside itself.
    error = OpenError.Other("")
    error.value = error
    with pytest.raises(RecursionError):
        str(error)
    error = OpenError.Many([])
    error.value.append(error)
    assert str(error) == "[OpenError.Many(value=[...])]"


@pytest.mark.rounds(5, reason="it makes many errors")
@pytest.mark.skipif(SLOW, reason="under valgrind, where it takes too long")
def test_errors_inside_each_other():
    error = OpenError.Other("")
    for _ in range(50000):
        outer = OpenError.Other("")
        outer.value = error
        error = outer
    for show in (str, repr):
        with pytest.raises(RecursionError):
            show(error)
    # Taken apart one by one: how deep the interpreter's own exceptions can be dropped is not the question here.
    while error.value:
        error = error.value


def test_iterators_fail_with_cases():
    store = Store(5)
    store.put("a", "1")
    keys = store.keys()
    assert next(keys) == "a"
    raised(StoreError.Closed, next, keys)


def test_operators_fail_with_cases():
    store = Store(20)
    for number in range(13):
        store.put(str(number), "")
    raised(Errno.Denied, len, store)


def test_enums():
    assert results.ask(2) == 2
    assert raised(Errno.NotFound, results.ask, 0).args == ()
    raised(Errno.Denied, results.ask, 1)
    assert results.compute(5) == 5
    raised(Errno.Denied, results.compute, 1)
    with pytest.raises(Errno):
        results.ask(0)


def test_values():
    assert results.parse("12") == 12
    assert raised(RuntimeError, results.parse, "x").args == ('"x" is no number',)
    assert results.measure("1.5") == 1.5
    assert raised(RuntimeError, results.measure, "ab").args == (("ab", 2),)
    assert results.check("x") is None
    assert raised(RuntimeError, results.check, "").args == ()
    assert results.find("-") is None and results.find("x") == 7
    raised(RuntimeError, results.find, "")
    assert results.locate("x") is None
    assert raised(RuntimeError, results.locate, "ab!").args == (Place(1, 2),)
    assert raised(RuntimeError, results.slow, 2).args == ([0, 1],)
    assert results.slow(3) == 3


def test_exceptions():
    error = raised(NoStore, results.connect, "none")
    assert error.store == "none" and isinstance(error, LookupError)
    assert results.connect("x") == "x"


def test_nested_cases():
    assert results.compile("ab") == 1
    error = raised(SyntaxProblem.Unexpected, results.compile, "")
    assert error.found is None and error.place == Place(0, 0)
    error = raised(SyntaxProblem.Nested, results.compile, "a b!")
    assert [problem.found for problem in error.value] == [" ", "!"]
    assert all(type(problem) is SyntaxProblem.Unexpected for problem in error.value)


def test_callbacks():
    store = Store(5)
    store.put("a", "b")
    store.put("empty", "")
    assert results.chain(store, "a", lambda value: value * 2) == "bb"
    raised(StoreError.NoSuchKey, results.chain, store, "x", str)
    raised(StoreError.Closed, results.chain, store, "empty", str)

    def fail(value):
        raise ZeroDivisionError(value)

    assert raised(ZeroDivisionError, results.chain, store, "a", fail).args == ("b",)


def test_construction():
    error = StoreError.Full(1)
    assert (error.size, error.limit) == (1, 100) and error.args == (1, 100)
    error = StoreError.Both(value1=2, value0="x")
    assert (error.value0, error.value1) == ("x", 2)
    assert StoreError.Full.__match_args__ == ("size", "limit")
    if sys.implementation.name == "cpython":
        assert list(inspect.signature(StoreError.Full).parameters) == ["size", "limit"]
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'value'"):
        StoreError.NoSuchKey()
    with pytest.raises(TypeError, match="'size'.*expected int, got str"):
        StoreError.Full("x")
    with pytest.raises(TypeError):
        StoreError.Closed(1)
    with pytest.raises(StoreError.NoSuchKey, match="mine"):
        raise StoreError.NoSuchKey("mine")


def test_errors_are_values_too():
    errors = results.errors()
    assert [type(error) for error in errors] == [
        StoreError.NoSuchKey,
        StoreError.Closed,
        StoreError.Full,
        StoreError.Both,
    ]
    assert (errors[3].value0, errors[3].value1) == ("b", 3)
    assert results.explain(StoreError.Full(1)) == "Full { size: 1, limit: 100 }, NotFound"
    assert results.explain(StoreError.Closed(), Errno.Denied()) == "Closed, Denied"
    assert [type(code) for code in results.codes([Errno.Denied(), Errno.NotFound()])] == [Errno.Denied, Errno.NotFound]
    assert results.last_error() is None
    assert results.last_error(StoreError.NoSuchKey("x")).value == "x"
    caught = raised(StoreError.NoSuchKey, Store(1).get, "y")
    assert results.explain(caught) == 'NoSuchKey("y"), NotFound'
    for wrong in (1, None, StoreError, StoreError.Closed, ValueError("x"), Errno.Denied()):
        with pytest.raises(TypeError, match="'error': expected StoreError"):
            results.explain(wrong)


def test_subclasses():
    class Mine(StoreError.Full):
        pass

    assert results.explain(Mine(3)) == "Full { size: 3, limit: 100 }, NotFound"


def test_missing_contents():
    error = StoreError.NoSuchKey("x")
    del error.value
    with pytest.raises(AttributeError):
        results.explain(error)
    error.value = 1
    with pytest.raises(TypeError, match="'error': field 'value': expected str, got int"):
        results.explain(error)


def test_copy_and_pickle():
    for error in results.errors() + [Errno.Denied(), SyntaxProblem.Unexpected(None, Place(1))]:
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            back = pickle.loads(pickle.dumps(error, protocol))
            assert type(back) is type(error) and back.args == error.args
        back = copy.copy(error)
        assert type(back) is type(error) and back.args == error.args


@pytest.mark.skipif(sys.version_info < (3, 10), reason="no match statement")
def test_match_statement():
    space = {"StoreError": StoreError}
    exec(
        "def describe(error):\n"
        "    match error:\n"
        "        case StoreError.NoSuchKey(key): return key\n"
        "        case StoreError.Full(size, limit=limit): return (size, limit)\n"
        "        case StoreError(): return 'other'\n",
        space,
    )
    assert [space["describe"](error) for error in results.errors()] == ["k", "other", (1, 2), "other"]
