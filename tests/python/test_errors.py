"""Exceptions that Rust raises."""

import copy
import errno
import inspect
import os
import pickle
import sys
import traceback

import errors
import pytest
from errors import NotFound, OpenPath, ShapeError, Standalone, TooManySides


def test_hierarchy():
    assert ShapeError.__mro__[1] is ValueError
    assert OpenPath.__mro__[1] is ShapeError and TooManySides.__mro__[1] is ShapeError
    assert NotFound.__mro__[1] is LookupError
    assert Standalone.__mro__[1] is Exception


def test_builtin_exceptions():
    assert errors.check("12") == 12
    with pytest.raises(ValueError) as caught:
        errors.check("zwölf")
    assert type(caught.value) is ValueError
    assert str(caught.value).startswith('not a number: "zwölf": ')
    kinds = [
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        ZeroDivisionError,
        StopIteration,
        KeyboardInterrupt,
        MemoryError,
    ]
    for kind in kinds:
        with pytest.raises(kind) as caught:
            errors.builtin(kind.__name__)
        assert type(caught.value) is kind and caught.value.args == (kind.__name__,)
    with pytest.raises(UnicodeError):
        errors.builtin("UnicodeError")
    assert errors.builtin("none of them") == "none of them"


def test_fields():
    errors.close(0)
    with pytest.raises(OpenPath) as caught:
        errors.close(1.5)
    assert type(caught.value) is OpenPath
    assert caught.value.gap == 1.5 and str(caught.value) == "open by 1.5"
    assert isinstance(caught.value, ValueError)


def test_subclasses():
    errors.draw("")
    with pytest.raises(ShapeError) as caught:
        errors.draw("open")
    assert type(caught.value) is OpenPath and caught.value.gap == 0.5
    with pytest.raises(ShapeError) as caught:
        errors.draw("sides")
    error = caught.value
    assert type(error) is TooManySides and (error.sides, error.limit) == (12, 11)
    assert str(error) == "too many sides: π"
    with pytest.raises(ShapeError) as caught:
        errors.draw("base")
    assert type(caught.value) is ShapeError and str(caught.value) == "bad shape"


def test_one_of_several():
    assert errors.find("there") == "found"
    with pytest.raises(NotFound) as caught:
        errors.find("elsewhere")
    assert caught.value.key == "elsewhere" and caught.value.near == ["there"]
    with pytest.raises(Standalone) as caught:
        errors.find("")
    assert str(caught.value) == ""


def test_operating_system_errors(tmp_path):
    file = tmp_path / "a"
    file.write_text("x")
    assert errors.read(file) == "x"
    with pytest.raises(FileNotFoundError) as caught:
        errors.read(tmp_path / "none")
    assert caught.value.errno == errno.ENOENT
    assert caught.value.strerror == os.strerror(errno.ENOENT)
    with pytest.raises(IsADirectoryError) as caught:
        errors.read(tmp_path)
    assert caught.value.errno == errno.EISDIR
    file.write_bytes(b"\xff")
    with pytest.raises(OSError):
        errors.read(file)


def test_construction():
    error = OpenPath("text", gap=2)
    assert str(error) == "text" and error.gap == 2.0 and type(error.gap) is float
    assert error.args == ("text",)
    assert str(OpenPath(gap=1)) == ""
    error = TooManySides("x", sides=3)
    assert (error.sides, error.limit) == (3, 10)
    assert NotFound(key="k").near == []
    assert str(Standalone("text")) == "text" and str(Standalone()) == ""
    assert ShapeError("text").args == ("text",)
    with pytest.raises(TypeError, match="missing 1 required keyword-only argument: 'gap'"):
        OpenPath("text")
    with pytest.raises(TypeError, match="'gap'.*expected float, got str"):
        OpenPath("text", gap="x")
    with pytest.raises(TypeError, match="got an unexpected keyword argument 'zzz'"):
        OpenPath("text", gap=1, zzz=2)
    with pytest.raises(TypeError):
        OpenPath("text", 1.0)


def test_raising_from_python():
    with pytest.raises(ValueError) as caught:
        raise TooManySides("x", sides=4) from KeyError("cause")
    assert caught.value.sides == 4 and isinstance(caught.value.__cause__, KeyError)
    with pytest.raises(LookupError):
        raise NotFound("x", key="y")
    shown = "".join(traceback.format_exception_only(OpenPath, OpenPath("text", gap=1)))
    assert shown == "errors.OpenPath: text\n"


def test_copy_and_pickle():
    for error in (OpenPath("a", gap=1), TooManySides("b", sides=3, limit=4), NotFound("c", key="k", near=["x"]), Standalone("d")):
        for back in [copy.copy(error), copy.deepcopy(error)] + [
            pickle.loads(pickle.dumps(error, protocol)) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)
        ]:
            assert type(back) is type(error) and str(back) == str(error) and back.args == error.args
            for name in ("gap", "sides", "limit", "key", "near"):
                assert getattr(back, name, None) == getattr(error, name, None)


def test_subclasses_in_python():
    class Closer(OpenPath):
        def __init__(self, message, gap, note):
            super().__init__(message, gap=gap)
            self.note = note

        # Exceptions are made by __new__ with the same arguments.
        def __new__(cls, message, gap, note):
            return super().__new__(cls, message, gap=gap)

    error = Closer("x", 1, "n")
    assert (error.gap, error.note, str(error)) == (1.0, "n", "x")
    with pytest.raises(ShapeError):
        raise error


def test_exceptions_in_iterators():
    iterator = errors.failing(3)
    seen = []
    with pytest.raises(OpenPath) as caught:
        for number in iterator:
            seen.append(number)
    assert seen == [0, 1, 2] and caught.value.gap == 3.0
    with pytest.raises(OpenPath):
        list(errors.failing(0))


def test_traceback_and_context():
    try:
        try:
            raise KeyError("first")
        except KeyError:
            errors.close(1)
    except OpenPath as error:
        assert isinstance(error.__context__, KeyError)
        assert error.__traceback__.tb_frame.f_code.co_name == "test_traceback_and_context"


def test_introspection():
    assert OpenPath.__module__ == "errors" and OpenPath.__qualname__ == "OpenPath"
    assert inspect.getdoc(OpenPath) == "A path whose ends do not meet."
    if sys.implementation.name == "cpython":
        names = list(inspect.signature(TooManySides).parameters)
        assert names == ["message", "sides", "limit"]


def test_equality_of_those_that_were_not_initialised():
    class Careless(errors.OpenPath):
        def __init__(self, *_):
            pass

    class Reader(errors.NotFound):
        def __init__(self, key):
            self.key = key

    one, other = Careless(), Careless()
    assert one == one and one == other and not one != one and one in [other]
    one.gap = 1.0
    assert one != other and one == one
    other.gap = 1.0
    assert one == other
    assert Reader("a") == Reader("a") != Reader("b")


def test_exceptions_that_are_made_by_hand_written_code():
    with pytest.raises(KeyError) as caught:
        errors.own("object", KeyError("k"))
    assert caught.value.args == ("k",)
    for wrong, name in ((3, "int"), (None, "None"), (KeyError, "type")):
        with pytest.raises(TypeError, match="Own should have returned an exception, not %s$" % name):
            errors.own("object", wrong)


@pytest.mark.rounds(20, reason="it fills the stack")
def test_an_exception_whose_making_fails_with_itself():
    with pytest.raises(RecursionError, match="maximum recursion depth exceeded"):
        errors.own("again", None)
