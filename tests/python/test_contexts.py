"""What an exception that Rust raises has as its context: the same as after a `raise` statement there, on every path."""

import sys

import errors
import panics
import pytest
import records
import results
from errors import OpenPath
from panics import Fragile
from results import Errno, Store, StoreError


# PyPy does so with every exception from a C function, also with one that only propagates through it.
keeps_contexts = pytest.mark.skipif(
    sys.implementation.name == "pypy",
    reason="PyPy makes what is handled the context of whatever comes out of a C function",
)


def fail(error):
    raise error


def consume(iterator):
    for _ in iterator:
        pass


# Every kind of error, and every kind of function that can raise it.
RAISING = {
    "builtin exception": lambda: errors.check("x"),
    "builtin exception with arguments": lambda: errors.read("no such file"),
    "exception": lambda: errors.close(1),
    "one of several exceptions": lambda: errors.draw("sides"),
    "iterator": lambda: consume(errors.failing(0)),
    "case": lambda: Store(1).get("x"),
    "case of an enum": lambda: results.ask(0),
    "case without the GIL": lambda: results.compute(0),
    "constructor": lambda: Store(0),
    "static method": lambda: Store.open(""),
    "operator": lambda: Store(1)["x"],
    "value": lambda: results.parse("x"),
    "several values": lambda: results.measure("x"),
    "record": lambda: results.locate("!"),
    "nothing": lambda: results.check(""),
    "nothing, instead of an option": lambda: results.find(""),
    "list without the GIL": lambda: results.slow(2),
    "panic": lambda: panics.crash("x"),
    "panic without the GIL": lambda: panics.crash_detached(),
    "panic of a method": lambda: Fragile().look(True),
    "panic of an iterator": lambda: consume(panics.countdown(1)),
    "wrong argument": lambda: errors.close("x"),
    "number out of range": lambda: results.ask(-1),
    "missing argument": lambda: errors.close(),
    "wrong field": lambda: records.Point("x", 1),
    "assignment to a field": lambda: setattr(records.Point(1, 1), "x", 2),
    "wrong field of an exception": lambda: OpenPath(gap="x"),
    "wrong field of a case": lambda: StoreError.Full(size="x"),
}


@pytest.mark.parametrize("path", sorted(RAISING))
def test_what_is_handled_is_the_context(path):
    def raised():
        try:
            RAISING[path]()
        except Exception as error:
            return error
        raise AssertionError("nothing was raised")

    assert raised().__context__ is None
    handled = KeyError("handled")
    try:
        raise handled
    except KeyError:
        error = raised()
    assert error.__context__ is handled and handled.__context__ is None
    assert error.__cause__ is None and not error.__suppress_context__
    # What is handled around it is the context of the context.
    try:
        raise ValueError("outer")
    except ValueError as outer:
        try:
            raise handled
        except KeyError:
            error = raised()
        assert error.__context__ is handled and handled.__context__ is outer
        assert outer.__context__ is None


@keeps_contexts
def test_what_goes_through_rust_keeps_its_context():
    def inner():
        try:
            raise KeyError("inner")
        except KeyError:
            raise OSError("new")

    for call in (lambda: panics.crash_after(inner), lambda: errors.raise_later(inner, int)):
        for handled in (None, LookupError("handled")):
            try:
                if handled is None:
                    call()
                else:
                    try:
                        raise handled
                    except LookupError:
                        call()
            except OSError as error:
                assert isinstance(error.__context__, KeyError)
                assert error.__context__.__context__ is handled
            else:
                raise AssertionError


@keeps_contexts
def test_what_removed_its_context_stays_without():
    def inner():
        error = OSError("alone")
        try:
            raise error
        finally:
            error.__context__ = None

    try:
        raise KeyError("handled")
    except KeyError:
        with pytest.raises(OSError) as caught:
            errors.raise_later(inner, int)
    assert caught.value.__context__ is None


@keeps_contexts
def test_nested_calls():
    def inner():
        try:
            results.parse("x")
        except RuntimeError:
            errors.close(2)

    try:
        raise KeyError("handled")
    except KeyError as handled:
        with pytest.raises(OpenPath) as caught:
            panics.crash_after(inner)
        first = caught.value.__context__
        assert type(first) is RuntimeError and first.__context__ is handled


def test_an_error_that_rust_has_kept_is_raised_anew():
    kept = OSError("kept")

    def again():
        errors.keep(lambda: fail(kept))
        try:
            raise KeyError("handled")
        except KeyError as handled:
            with pytest.raises(OSError) as caught:
                errors.raise_kept(int)
            assert caught.value is kept and kept.__context__ is handled

    again()
    # Also where it had a context already, as with `raise kept`.
    try:
        raise LookupError("before")
    except LookupError:
        again()
    # It keeps the one that it had where nothing is handled.
    try:
        raise LookupError("before")
    except LookupError as before:
        errors.keep(lambda: fail(kept))
        assert kept.__context__ is before
        expected = before
    with pytest.raises(OSError):
        errors.raise_kept(int)
    assert kept.__context__ is expected


def test_no_circles():
    """An exception is not its own context, however far around."""
    first, second = OSError("first"), OSError("second")

    def contexts(error):
        seen = []
        while error is not None:
            assert error not in seen
            seen.append(error)
            error = error.__context__
        return seen

    errors.keep(lambda: fail(first))
    try:
        raise first
    except OSError:
        with pytest.raises(OSError) as caught:
            errors.raise_kept(int)
    assert caught.value is first and contexts(first) == [first]

    errors.keep(lambda: fail(first))
    try:
        raise first
    except OSError:
        try:
            raise second
        except OSError:
            assert contexts(second) == [second, first]
            with pytest.raises(OSError) as caught:
                errors.raise_kept(int)
    assert caught.value is first and contexts(first) == [first, second]
