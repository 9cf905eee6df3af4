"""Annotations are types, which mean the same wherever somebody looks at them."""

import ast
import collections.abc
import dataclasses
import datetime
import decimal
import inspect
import os
import pathlib
import subprocess
import sys
import types
import typing
import uuid

import invoices
import moments
import shadows
import outcomes
import pytest
import quantities
import records
import results
import signatures
import unions
import variants

MODULES = [invoices, moments, outcomes, quantities, records, results, shadows, signatures, unions, variants]


def members(owner):
    """What is in a module or class, by its qualified name."""
    for name in list(vars(owner)):
        if name.startswith("__"):
            continue
        value = getattr(owner, name)
        yield name, value
        if isinstance(value, type) and getattr(value, "__module__", "") == getattr(owner, "__module__", owner.__name__):
            if value.__qualname__ != getattr(owner, "__qualname__", ""):
                for inner, member in members(value):
                    yield "%s.%s" % (name, inner), member


@pytest.mark.parametrize("module", MODULES, ids=[module.__name__ for module in MODULES])
def test_hints_of_everything(module):
    assert typing.get_type_hints(module) == {}
    seen = 0
    for name, value in members(module):
        if isinstance(value, type):
            hints = typing.get_type_hints(value)
            if hasattr(inspect, "get_annotations"):
                own = inspect.get_annotations(value)
                assert inspect.get_annotations(value, eval_str=True) == own
            else:
                own = value.__dict__.get("__annotations__", {})
            for field, hint in own.items():
                assert not isinstance(hint, str), (name, field, hint)
                expected = type(None) if hint is None else hint
                assert hints[field] == expected, (name, field)
            if dataclasses.is_dataclass(value):
                fields = dataclasses.fields(value)
                assert {field.name: field.type for field in fields} == own
                assert set(own) == set(value.__match_args__)
            seen += len(own)
        elif callable(value) and not isinstance(value, type(typing.Union[int, str])):
            # Functions of C have no annotations, and no way to have any.
            try:
                assert typing.get_type_hints(value) == {}
            except TypeError:
                assert not isinstance(value, types.BuiltinFunctionType), name
            if hasattr(inspect, "get_annotations"):
                assert inspect.get_annotations(value) == {}
    assert seen or module is signatures


def test_standard_library():
    hints = typing.get_type_hints(quantities.Price)
    assert hints["amount"] is decimal.Decimal and hints["id"] is uuid.UUID
    assert hints["phase"] is complex
    hints = typing.get_type_hints(moments.Concert)
    assert hints["start"] is datetime.datetime and hints["length"] is datetime.timedelta
    assert hints["doors"] == typing.Optional[datetime.time]


def test_types_are_those_of_this_python():
    hints = typing.get_type_hints(records.Board)
    Point, Pixel = records.Point, records.Pixel
    if sys.version_info >= (3, 9):
        assert hints["rows"] == list[list[Point]]
        assert hints["pair"] == tuple[Point, Pixel]
        assert hints["by_pixel"] == dict[Pixel, Point]
        assert hints["seen"] == set[Pixel] and hints["kept"] == frozenset[Pixel]
    else:
        assert hints["rows"] == typing.List[typing.List[Point]]
        assert hints["by_pixel"] == typing.Dict[Pixel, Point]
    assert hints["maybe"] == typing.Optional[Point]
    if sys.version_info >= (3, 10):
        assert hints["maybe"] == Point | None
        assert str(hints["maybe"]) == "records.Point | None"
        assert hints["either"] == int | Point | tuple[Point, Point]
    assert typing.get_type_hints(records.Tree)["branches"].__args__ == (records.Tree,)
    hints = typing.get_type_hints(variants.Drawing)
    Command = variants.Command
    cases = typing.Union[Command.Close, Command.LineTo, Command.Curve, Command.Arc]
    assert hints["first"] == cases == variants.CommandCase
    assert hints["last"] == typing.Optional[cases]
    hints = typing.get_type_hints(outcomes.Trial)
    assert hints == {"one": typing.Union[int, outcomes.Lost], "two": typing.Union[int, outcomes.Refused]}


def test_names_in_the_module_make_no_difference():
    """Fields, functions and types can be called as what annotations are made of."""
    hints = typing.get_type_hints(shadows.Shadows)
    if sys.version_info >= (3, 9):
        assert hints["list"] == list[int] and hints["dict"] == dict[str, list[str]]
    assert hints["int"] is int and hints["str"] is str and hints["float"] == typing.Optional[float]
    assert hints["datetime"] is datetime.datetime and hints["pathlib"] is pathlib.Path
    assert hints["typing"] == typing.Union[int, str]
    assert hints["bytes"] is bytes
    assert shadows.sys.Inner.__module__ == "shadows.sys"
    hints = typing.get_type_hints(shadows.sys.Inner)
    assert hints["outer"] is shadows.Shadows and hints["none"] == typing.Optional[shadows.Mode]
    assert typing.get_type_hints(shadows.Problem.Dict) == {"value": str}
    assert shadows.enum(shadows.Mode.ON) is shadows.Mode.ON


def documented(stub, name):
    for node in stub.body:
        if getattr(node, "name", None) == name:
            return ast.get_docstring(node)
    return None


@pytest.mark.rounds(50, reason="it reads whole stubs")
@pytest.mark.parametrize("module", MODULES, ids=[module.__name__ for module in MODULES])
def test_documentation_is_that_of_the_stub(module):
    directory = os.path.dirname(module.__file__)
    for end in (".pyi", "/__init__.pyi"):
        file = os.path.join(directory, module.__name__ + end)
        if os.path.exists(file):
            break
    else:
        pytest.skip("no stub beside the module")
    with open(file, encoding="utf-8") as text:
        stub = ast.parse(text.read())
    assert inspect.getdoc(module) == ast.get_docstring(stub)
    for name, value in vars(module).items():
        if isinstance(value, (types.BuiltinFunctionType, type)) and documented(stub, name):
            assert inspect.getdoc(value) == documented(stub, name), name


def test_documentation_starts_with_text():
    assert shadows.dataclass.__doc__ == "Dataclass.\n\nRaises:\n    ValueError"
    assert inspect.getdoc(shadows.dataclass) == shadows.dataclass.__doc__
    assert shadows.deprecated.__doc__ == "Deprecated.\n\nArgs:\n    final: What it is."
    assert inspect.getdoc(shadows.Final) == "Last.\n\nRaises:\n    ValueError"
    if sys.implementation.name == "cpython":
        assert inspect.getdoc(shadows.Final.property) == "Property.\n\nRaises:\n    ValueError"
    assert shadows.sys.__doc__ is None
    assert shadows.__doc__.startswith("Names that annotations")


def test_aliases_are_there():
    for module, alias in [(variants, "CommandCase"), (records, "Polyline"), (records, "Corner"), (outcomes, "Read")]:
        assert alias in dir(module) and alias in vars(module)
        space = {}
        exec("from %s import *" % module.__name__, space)
        assert space[alias] is getattr(module, alias)
        public = {name for name in dir(module) if not name.startswith("_")}
        assert public <= set(space)
    if sys.version_info >= (3, 9):
        assert records.Polyline == collections.abc.Sequence[records.Point]
    with pytest.raises(AttributeError, match="^module 'records' has no attribute 'nothing'$"):
        records.nothing


@pytest.mark.skipif(
    sys.version_info < (3, 10) or sys.implementation.name != "cpython",
    reason="typing is needed",
)
@pytest.mark.rounds(0, reason="starts processes")
def test_typing_is_imported_only_where_it_is_needed():
    code = "import sys; sys.path[:0] = %r; import records; assert 'typing' not in sys.modules"
    subprocess.run([sys.executable, "-S", "-c", code % ([sys.path[0]],)], check=True)
