"""Rust panics become `PanicError`; nothing else happens to the process."""

import gc
import os
import pickle
import signal
import sys
import warnings

import panics
import pytest
from child_process import NO_FORK
from panics import Fragile, FragileIterator


def panic_of(function, *args, **keywords):
    """The message of the PanicError that a call raises."""
    with pytest.raises(RuntimeError) as caught:
        function(*args, **keywords)
    kind = type(caught.value)
    assert kind.__name__ == "PanicError" and issubclass(kind, RuntimeError)
    text = str(caught.value)
    assert os.path.join("src", "panics.rs") + ":" in text, text
    return text


def test_message_and_location():
    assert "größe 🐍" in panic_of(panics.crash, "größe 🐍")
    assert panic_of(panics.crash, "")
    text = panic_of(panics.pick, [1, 2], 5)
    assert "index out of bounds: the len is 2 but the index is 5" in text
    assert panics.pick([1, 2], 1) == 2


def test_message_with_nul():
    panic_of(panics.crash, "a\0b")


def test_payload_that_is_no_text():
    panic_of(panics.crash_oddly)


def test_in_another_process():
    # As multiprocessing passes it on, to where the class cannot be imported.
    with pytest.raises(RuntimeError) as caught:
        panics.crash("a\0b")
    arrived = pickle.loads(pickle.dumps(caught.value))
    assert type(arrived) is RuntimeError
    assert arrived.args == caught.value.args


def test_one_class_for_all():
    kinds = set()
    for attempt in (lambda: panics.crash("x"), lambda: Fragile(True), panics.crash_oddly):
        with pytest.raises(RuntimeError) as caught:
            attempt()
        kinds.add(type(caught.value))
    assert len(kinds) == 1


def test_iterators():
    iterator = panics.countdown(2)
    assert next(iterator) == 1 and next(iterator) == 0
    assert "nothing left" in panic_of(next, iterator)
    # What it does next is up to it; it must not crash the process.
    for _ in range(3):
        try:
            next(iterator)
        except (StopIteration, RuntimeError):
            pass
    assert "nothing left" in panic_of(list, panics.countdown(3))


def test_after_a_callback():
    seen = []
    assert "after the callback" in panic_of(panics.crash_after, lambda: seen.append(1))
    assert seen == [1]
    with pytest.raises(ZeroDivisionError):
        panics.crash_after(lambda: 1 // 0)


def test_through_a_callback():
    # A panic in Rust, called by Python, called by Rust.
    assert "inner" in panic_of(panics.crash_after, lambda: panics.crash("inner"))


def test_while_detached():
    assert "without the lock" in panic_of(panics.crash_detached)
    panics.pick([1], 0)


def test_constructor():
    assert "in the constructor" in panic_of(Fragile, True)
    assert Fragile().pokes == 0


def test_methods_leave_the_object_usable():
    fragile = Fragile()
    assert fragile.poke() == 1
    assert "poked" in panic_of(fragile.poke, True)
    assert fragile.poke() == 3, "unlocked, and with what Rust had changed"
    assert "looked" in panic_of(fragile.look, crash=True)
    assert fragile.look() == 3


def test_properties():
    fragile = Fragile()
    assert "in a getter" in panic_of(getattr, fragile, "broken")
    assert "in a setter" in panic_of(setattr, fragile, "broken", 1)
    assert fragile.poke() == 1


def test_operators():
    fragile = Fragile()
    assert "in len" in panic_of(len, fragile)
    assert "in repr" in panic_of(repr, fragile)
    assert "in eq" in panic_of(lambda: fragile == Fragile())
    assert "in add" in panic_of(lambda: fragile + 1)
    assert "in getitem" in panic_of(lambda: fragile[0])
    assert "in iter" in panic_of(iter, fragile)
    assert fragile.poke() == 1
    iterator = FragileIterator(1)
    assert next(iterator) == 0
    assert "ran out" in panic_of(next, iterator)


@pytest.mark.rounds(100, reason="each collects garbage")
@pytest.mark.skipif(not hasattr(sys, "unraisablehook"), reason="no hook")
def test_drop():
    reports = []
    before = sys.unraisablehook
    # The report's own objects are not kept: that would bring them back to life.
    sys.unraisablehook = lambda report: reports.append((report.exc_type.__name__, str(report.exc_value)))
    try:
        fragile = Fragile(crash_on_drop=True)
        del fragile
        gc.collect()
    finally:
        sys.unraisablehook = before
    # A panic where no exception can be raised is reported, or swallowed, but never more than that.
    for kind, text in reports:
        assert kind == "PanicError" and "in drop" in text
    assert Fragile().poke() == 1


@pytest.mark.rounds(100, reason="each collects garbage")
@pytest.mark.skipif(not hasattr(sys, "unraisablehook"), reason="no hook")
def test_drop_leaves_a_raised_exception_alone():
    before = sys.unraisablehook
    sys.unraisablehook = lambda report: None

    def fails():
        fragile = Fragile(crash_on_drop=True)
        fragile.poke()
        raise KeyError("mine")

    try:
        with pytest.raises(KeyError) as caught:
            fails()
        assert caught.value.args == ("mine",)
        caught.value.__traceback__ = None
    finally:
        del caught
        gc.collect()
        sys.unraisablehook = before


@pytest.mark.rounds(0, reason="the file descriptor is for all threads")
def test_panics_on_threads_of_rust_are_not_printed_where_they_are_exceptions():
    kept, (reader, writer) = os.dup(2), os.pipe()
    os.dup2(writer, 2)
    try:
        raised = panics.call_in_thread(lambda: panics.crash("quiet"))
        again = panics.call_in_thread(lambda: panics.crash_after(lambda: None))
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(writer)
    with os.fdopen(reader) as printed:
        assert printed.read() == ""
    assert raised.startswith("PanicError: quiet (") and again.startswith("PanicError: after the callback ("), (raised, again)
    assert panics.call_in_thread(lambda: None) == "nothing"


def test_a_panic_that_is_caught_while_another_unwinds():
    assert panic_of(panics.crash_and_catch).startswith("the first (")
    # The place is kept, too, where the other one became an exception.
    raised = []

    def fails():
        try:
            panics.crash("the second")
        except RuntimeError as error:
            raised.append(str(error))

    assert panic_of(panics.crash_and_call, fails).startswith("the first (")
    assert len(raised) == 1 and raised[0].startswith("the second (")


@pytest.mark.rounds(0, reason="a process ends")
@pytest.mark.skipif(NO_FORK, reason="not with valgrind, nor without fork")
def test_two_panics_at_once_are_printed_before_the_process_ends():
    reader, writer = os.pipe()
    sys.stdout.flush()
    with warnings.catch_warnings():
        # Python says that forking a process with threads is dangerous.
        warnings.simplefilter("ignore")
        child = os.fork()
    if child == 0:
        os.dup2(writer, 2)
        try:
            panics.crash_twice()
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as printed:
        text = printed.read()
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGABRT, status
    for part in ("the first", "the second", "panics.rs:"):
        assert part in text, text
