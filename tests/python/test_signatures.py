"""`inspect`, `help()` and the stubs tell the same."""

import ast
import glob
import importlib
import inspect
import os
import pydoc
import sys
import warnings

import pytest
import signatures

DIRECTORY = os.path.dirname(os.path.abspath(signatures.__file__))
MODULES = sorted(os.path.splitext(os.path.basename(path))[0] for path in glob.glob(os.path.join(DIRECTORY, "*.pyi")))
CPYTHON = sys.implementation.name == "cpython"


class Stub:
    """A parsed stub: functions, classes and constants by dotted name."""

    def __init__(self, module):
        with open(os.path.join(DIRECTORY, module + ".pyi"), encoding="utf-8") as file:
            self.tree = ast.parse(file.read(), type_comments=False)
        self.functions = {}
        self.classes = {}
        self.variables = []
        self.collect(self.tree.body, "")

    def collect(self, body, prefix):
        for node in body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.functions.setdefault(prefix + node.name, node)
            elif isinstance(node, ast.ClassDef):
                self.classes[prefix + node.name] = node
                self.collect(node.body, prefix + node.name + ".")
            elif isinstance(node, ast.AnnAssign):
                self.variables.append(prefix + node.target.id)


def decorators(node):
    return [ast.dump(decorator) for decorator in node.decorator_list]


def is_property(node):
    return any("'property'" in text or "'setter'" in text for text in decorators(node))


def has(node, name):
    return any("'%s'" % name in text for text in decorators(node))


def parameters_of_stub(node, drop_first):
    """(name, kind, default's source or None) of each parameter, without self or cls."""
    arguments = node.args
    kind = inspect.Parameter
    listed = []
    positional = [(a, kind.POSITIONAL_ONLY) for a in arguments.posonlyargs]
    positional += [(a, kind.POSITIONAL_OR_KEYWORD) for a in arguments.args]
    defaults = [None] * (len(positional) - len(arguments.defaults)) + list(arguments.defaults)
    for (argument, which), default in zip(positional, defaults):
        listed.append((argument.arg, which, default))
    if drop_first:
        listed = listed[1:]
    if arguments.vararg:
        listed.append((arguments.vararg.arg, kind.VAR_POSITIONAL, None))
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults):
        listed.append((argument.arg, kind.KEYWORD_ONLY, default))
    if arguments.kwarg:
        listed.append((arguments.kwarg.arg, kind.VAR_KEYWORD, None))
    return listed


def value_of(default):
    """The value of a default in the stub; Ellipsis for `...` and whatever is no literal."""
    try:
        return ast.literal_eval(default)
    except ValueError:
        return Ellipsis


def parameters_of_object(function):
    listed = []
    for parameter in inspect.signature(function).parameters.values():
        listed.append((parameter.name, parameter.kind, parameter.default))
    return listed


def find(module, dotted):
    target = module
    for part in dotted.split("."):
        # Through __dict__, so that class and static methods are seen as they are declared.
        target = getattr(target, part)
    return target


def check_signature(module, dotted, node, function, drop_first):
    expected = parameters_of_stub(node, drop_first)
    actual = parameters_of_object(function)
    names = [(name, kind) for name, kind, _ in actual]
    assert names == [(name, kind) for name, kind, _ in expected], "%s.%s" % (module, dotted)
    for (name, _, ours), (_, _, stub) in zip(actual, expected):
        where = "%s.%s(%s)" % (module, dotted, name)
        assert (ours is inspect.Parameter.empty) == (stub is None), where
        if stub is None:
            continue
        value = value_of(stub)
        # `...` in the stub stands for what has no literal.
        if value is not Ellipsis:
            assert ours == value and type(ours) is type(value), (where, ours, value)


@pytest.mark.rounds(5)
@pytest.mark.parametrize("name", MODULES)
@pytest.mark.skipif(not CPYTHON, reason="no text signatures")
def test_signatures_equal_the_stub(name):
    module = importlib.import_module(name)
    stub = Stub(name)
    assert stub.functions or stub.classes
    for dotted, node in stub.functions.items():
        owner, _, last = dotted.rpartition(".")
        if is_property(node) or last in ("__init__", "__new__"):
            continue
        if last.startswith("__"):
            continue  # operators have the signatures of their slots
        raw = find(module, owner).__dict__[last] if owner else getattr(module, last)
        static = has(node, "staticmethod")
        if owner:
            assert isinstance(raw, staticmethod) == static, dotted
        function = find(module, dotted)
        # Looked up on the class, a class method is bound and a method is not.
        actual_function = function
        drop = bool(owner) and not static
        if drop and not has(node, "classmethod"):
            first = next(iter(inspect.signature(function).parameters.values()), None)
            # `_self` where a parameter is called `self`.
            assert first is not None and first.name in ("self", "_self"), dotted
            actual_function = _without_self(function)
        check_signature(name, dotted, node, actual_function, drop)


class _without_self:
    """A signature without its first parameter."""

    def __init__(self, function):
        signature = inspect.signature(function)
        self.__signature__ = signature.replace(parameters=list(signature.parameters.values())[1:])

    def __call__(self):
        pass


@pytest.mark.rounds(5)
@pytest.mark.parametrize("name", MODULES)
@pytest.mark.skipif(not CPYTHON, reason="no text signatures")
def test_constructors_equal_the_stub(name):
    module = importlib.import_module(name)
    stub = Stub(name)
    for dotted in stub.classes:
        for constructor in ("__init__", "__new__"):
            node = stub.functions.get(dotted + "." + constructor)
            if node is not None:
                check_signature(name, dotted, node, find(module, dotted), True)


@pytest.mark.rounds(20)
@pytest.mark.parametrize("name", MODULES)
def test_docs_equal_the_stub(name):
    module = importlib.import_module(name)
    stub = Stub(name)
    assert (module.__doc__ or None) == ast.get_docstring(stub.tree, clean=True)
    for dotted, node in list(stub.functions.items()) + list(stub.classes.items()):
        last = dotted.rpartition(".")[2]
        if last.startswith("__"):
            continue
        expected = ast.get_docstring(node, clean=True)
        if expected is None or ("." in dotted and not CPYTHON):
            continue  # PyPy keeps no docs of methods and properties
        target = find(module, dotted)
        # Python 3.13 strips docstrings' indentation; getdoc does so everywhere.
        assert inspect.getdoc(target) == expected, dotted


@pytest.mark.rounds(20)
@pytest.mark.parametrize("name", MODULES)
def test_everything_in_the_stub_is_there(name):
    module = importlib.import_module(name)
    stub = Stub(name)
    for dotted in list(stub.functions) + list(stub.classes):
        find(module, dotted)
    for dotted in stub.variables:
        # Private names are there for the stub alone.
        if not ("." in dotted or dotted.startswith("_")):
            getattr(module, dotted)


@pytest.mark.rounds(20)
@pytest.mark.parametrize("name", MODULES)
def test_nothing_is_missing_in_the_stub(name):
    module = importlib.import_module(name)
    stub = Stub(name)
    known = set(stub.functions) | set(stub.classes) | set(stub.variables)
    for attribute in vars(module):
        if not attribute.startswith("_"):
            assert attribute in known, attribute


@pytest.mark.rounds(20)
@pytest.mark.parametrize("name", MODULES)
def test_where_things_say_they_are(name):
    module = importlib.import_module(name)
    stub = Stub(name)
    assert module.__name__ == name
    for dotted in stub.classes:
        kind = find(module, dotted)
        assert kind.__module__ == name and kind.__qualname__ == dotted and kind.__name__ == dotted.rpartition(".")[2]
    for dotted, node in stub.functions.items():
        owner, _, last = dotted.rpartition(".")
        if is_property(node) or last.startswith("__"):
            continue
        function = find(module, dotted)
        assert function.__name__ == last, dotted
        if CPYTHON:
            assert function.__qualname__ == dotted, dotted
        if not owner:
            assert function.__module__ == name, dotted


def test_docs_are_what_was_written():
    assert signatures.__doc__.startswith("What `help()`, `inspect` and type checkers see.\n\nA second paragraph")
    assert 'with "quotes", a backslash \\n that is no line break, and an umlaut: ü.' in signatures.__doc__
    assert inspect.getdoc(signatures.documented) == "One line."
    doc = inspect.getdoc(signatures.at_length)
    assert "Several lines.\n\n    an indented block\n\n" in doc
    assert '"quotes" and """three of them"""' in doc and "C:\\new" in doc
    assert not signatures.undocumented.__doc__
    assert inspect.getdoc(signatures.quoted) == 'Ends with a "quote"'


@pytest.mark.skipif(not CPYTHON, reason="no text signatures")
def test_text_signatures():
    assert signatures.documented.__text_signature__ == "($module, a, b='x')" or (
        str(inspect.signature(signatures.documented)) == "(a, b='x')"
    )
    assert str(inspect.signature(signatures.kinds)) == "(a, b=1, /, c=2, *args, d, e=3, **options)"
    assert str(inspect.signature(signatures.undocumented)) == "(a)"
    assert str(inspect.signature(signatures.Thing)) == "(text, *, count=1)"
    assert str(inspect.signature(signatures.Thing("x").method)) == "(a, b=2)"
    assert str(inspect.signature(signatures.Thing.of)) == "(text)"
    assert str(inspect.signature(signatures.Thing.parse)) == "(text, strict=True)"
    values = {
        parameter.name: parameter.default for parameter in inspect.signature(signatures.defaults).parameters.values()
    }
    assert values["a"] == -1 and values["b"] == 1.5e10 and values["c"] == "it's \"quoted\"" and values["e"] is None
    assert values["f"] is False and values["d"] == b"\0\1" and values["j"] is Ellipsis and values["k"] == "'"


def test_names():
    assert signatures.otherName.__name__ == "otherName"
    assert not hasattr(signatures, "renamed")
    signatures.otherName()
    with pytest.raises(TypeError, match=r"otherName\(\) takes 0 positional arguments but 1 was given"):
        signatures.otherName(1)


def test_deprecation():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert signatures.old() == 1
    assert [(warning.category, str(warning.message)) for warning in caught] == [
        (DeprecationWarning, "old is deprecated: use `documented`")
    ]


@pytest.mark.rounds(3)
@pytest.mark.parametrize("name", MODULES)
@pytest.mark.skipif(not CPYTHON, reason="PyPy looks for source in the binary")
def test_help_can_be_rendered(name):
    module = importlib.import_module(name)
    text = pydoc.plain(pydoc.render_doc(module))
    assert name in text


def test_exception_and_record():
    with pytest.raises(signatures.Trouble) as caught:
        signatures.fail()
    assert caught.value.place == "here" and caught.value.code == 7
    assert inspect.getdoc(signatures.Pair) == 'A record with "docs".'
    assert inspect.getdoc(signatures.Trouble) == 'An exception with "docs".'
    assert signatures.Answer.__doc__ == 'An enum with "docs".'
    assert signatures.TURNS == 12 and signatures.Thing.SIZE == 3
    assert signatures.sum([1, 2]) == 3
