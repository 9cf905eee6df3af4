"""The part of pytest that the test files use, for interpreters that have no pytest.

`run_tests.py` offers this module under the name `pytest`. It covers `raises`, `skip`, `approx`, the marks
`parametrize`, `skipif`, `skip`, `rounds` and `baseline`, and (in the runner) the fixture `tmp_path`. A test file that keeps to
these also runs under the real pytest.
"""

import re


class Skipped(Exception):
    """Raised by `skip`."""


def skip(reason=""):
    """Ends the running test as skipped."""
    raise Skipped(reason)


class Mark:
    """One mark of a test function, with the attributes of `pytest.Mark`."""

    def __init__(self, name, args, kwargs):
        self.name = name
        self.args = args
        self.kwargs = kwargs


class MarkDecorator:
    """What `pytest.mark.name` is: a decorator, with or without arguments."""

    def __init__(self, name, args=(), kwargs=None):
        self.mark = Mark(name, args, kwargs or {})

    def __call__(self, *args, **kwargs):
        if len(args) == 1 and not kwargs and callable(args[0]):
            function = args[0]
            function.pytestmark = getattr(function, "pytestmark", []) + [self.mark]
            return function
        return MarkDecorator(self.mark.name, args, kwargs)


class MarkGenerator:
    """`pytest.mark`."""

    def __getattr__(self, name):
        return MarkDecorator(name)


mark = MarkGenerator()


class Param:
    """`pytest.param(…)`."""

    def __init__(self, values, id, marks):
        self.values = values
        self.id = id
        self.marks = marks if isinstance(marks, (list, tuple)) else [marks]


def param(*values, id=None, marks=()):
    """One set of values of `parametrize`, with a name and marks of its own."""
    return Param(values, id, marks)


class Raises:
    """The context manager of `raises`: afterwards `value` is the exception."""

    def __init__(self, expected, match):
        self.expected = expected
        self.match = match
        self.type = None
        self.value = None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        if kind is None:
            raise AssertionError("DID NOT RAISE %r" % (self.expected,))
        if not issubclass(kind, self.expected):
            return False
        self.type = kind
        self.value = value
        if self.match is not None and not re.search(self.match, str(value)):
            raise AssertionError("%r does not match %r" % (str(value), self.match))
        return True


def raises(expected, *args, match=None, **kwargs):
    """Expects an exception of the class (or classes), from a `with` block or from calling `args[0]`."""
    manager = Raises(expected, match)
    if not args:
        return manager
    with manager:
        args[0](*args[1:], **kwargs)
    return manager


class approx:
    """A number that equals others that are close to it."""

    def __init__(self, expected, rel=1e-6, abs=1e-12):
        self.expected = expected
        self.rel = rel
        self.abs = abs

    def __eq__(self, other):
        return abs(other - self.expected) <= max(self.rel * abs(self.expected), self.abs)

    def __repr__(self):
        return "approx(%r)" % (self.expected,)
