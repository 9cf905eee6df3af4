"""Variants: a sealed class with a class for each case, which behave like frozen data classes."""

import copy
import dataclasses
import inspect
import pickle
import sys
import typing

import pytest
import variants
from variants import Canvas, Command, Drawing, Json, Key, KeyPart, Pen, Point, Reserved, Single

CPYTHON = sys.implementation.name == "cpython"

CLOSE = Command.Close()
LINE = Command.LineTo(Point(1, 2))
CURVE = Command.Curve(Point(3), 0.5)
ARC = Command.Arc(Point(0), 2, pen=Pen.BROAD)
COMMANDS = [CLOSE, LINE, CURVE, ARC]


def test_construction():
    assert LINE.value == Point(1, 2)
    assert (CURVE.value0, CURVE.value1) == (Point(3), 0.5)
    assert (ARC.centre, ARC.radius, ARC.sweep, ARC.pen) == (Point(0), 2.0, 6.25, Pen.BROAD)
    assert type(ARC.radius) is float, "fields are converted and normalised"
    assert Command.Arc(Point(0), 1).pen is Pen.FINE
    assert Command.Curve(value1=1, value0=Point(0)) == Command.Curve(Point(0), 1)
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'value'"):
        Command.LineTo()
    with pytest.raises(TypeError, match="'value'.*expected .*Point.*got int"):
        Command.LineTo(1)
    with pytest.raises(TypeError, match="argument"):
        Command.Close(1)
    with pytest.raises(TypeError, match="got an unexpected keyword argument 'angle'"):
        Command.Arc(Point(0), 1, angle=1)


def test_the_class_is_sealed():
    for value in COMMANDS:
        assert isinstance(value, Command)
        assert type(value).__mro__ == (type(value), Command, object)
    with pytest.raises(TypeError, match="cannot create 'Command' instances.*Command.Close, Command.LineTo"):
        Command()
    for case in (Command.Close, Command.Arc):
        with pytest.raises(TypeError, match="not an acceptable base type"):
            type("Sub", (case,), {})
    for value in COMMANDS:
        with pytest.raises(AttributeError):
            value.other = 1
        assert not CPYTHON or not hasattr(value, "__dict__")
    with pytest.raises(dataclasses.FrozenInstanceError):
        LINE.value = Point(0)


def test_names():
    assert Command.__name__ == Command.__qualname__ == "Command"
    assert Command.Arc.__name__ == "Arc" and Command.Arc.__qualname__ == "Command.Arc"
    assert Command.Arc.__module__ == Command.__module__ == "variants"
    assert Command.__module__ == Command.Arc.__module__ == "variants"
    assert inspect.getdoc(Command) == "One drawing command."
    assert inspect.getdoc(Command.Arc) == "Part of a circle."
    assert list(inspect.signature(Command.Arc).parameters) == ["centre", "radius", "sweep", "pen"]
    assert not hasattr(variants, "Close")


def test_the_union_of_cases():
    assert typing.get_args(variants.CommandCase) == (Command.Close, Command.LineTo, Command.Curve, Command.Arc)
    assert variants.SingleCase is Single.Only
    if sys.version_info >= (3, 10):
        assert isinstance(LINE, typing.get_args(variants.CommandCase))


def test_representation():
    assert repr(CLOSE) == "Command.Close()"
    assert repr(LINE) == "Command.LineTo(value=Point(x=1.0, y=2.0))"
    assert repr(ARC).startswith("Command.Arc(centre=Point(x=0.0, y=0.0), radius=2.0, sweep=6.25, pen=<Pen.BROAD")
    assert variants.show(ARC) == "Arc { centre: Point { x: 0.0, y: 0.0 }, radius: 2.0, sweep: 6.25, pen: Broad }"


def test_equality_and_hash():
    assert Command.Close() == CLOSE and Command.LineTo(Point(1, 2)) == LINE
    for one in COMMANDS:
        assert [other == one for other in COMMANDS].count(True) == 1
        assert one != Point(1, 2) and one is not None and one != 1
    assert len(set(COMMANDS + [Command.Close(), Command.LineTo(Point(1, 2))])) == 4
    assert Key.Id(1) != Key.Pair(KeyPart(1), KeyPart(1))
    # Cases with the same contents are different values.
    assert Json.Text("1") != Json.Number(1) and Json.Null() != Reserved.None_()
    with pytest.raises(TypeError, match="unhashable"):
        hash(Json.Items([]))
    assert hash(Json.Text("x")) == hash(Json.Text("x"))


def test_is_a_dataclass():
    for value in COMMANDS:
        assert dataclasses.is_dataclass(value)
    assert [field.name for field in dataclasses.fields(Command.Arc)] == ["centre", "radius", "sweep", "pen"]
    assert dataclasses.asdict(LINE) == {"value": {"x": 1.0, "y": 2.0}}
    assert dataclasses.replace(ARC, radius=3) == Command.Arc(Point(0), 3, pen=Pen.BROAD)
    assert ARC.__replace__(radius=3).radius == 3.0
    assert Command.Curve.__match_args__ == ("value0", "value1")
    assert Command.Arc.__match_args__ == ("centre", "radius", "sweep", "pen")
    assert Command.Close.__match_args__ == ()


def test_copy_and_pickle():
    values = COMMANDS + [
        Json.Items([Json.Members({"a": Json.Null()})]),
        Key.Name("a", "b"),
        Key.Pair(KeyPart(1, "x"), KeyPart(2)),
        Single.Only([b"x"]),
        Reserved.Self(1),
        Drawing(COMMANDS, {"a": LINE}, CLOSE, ARC),
    ]
    for value in values:
        assert copy.copy(value) == value
        assert copy.deepcopy(value) == value
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            back = pickle.loads(pickle.dumps(value, protocol))
            assert back == value and type(back) is type(value)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(Command, protocol)) is Command


@pytest.mark.skipif(sys.version_info < (3, 10), reason="no match statement")
def test_match_statement():
    space = {"Command": Command, "Point": Point, "Pen": Pen}
    exec(
        "def describe(command):\n"
        "    match command:\n"
        "        case Command.Close(): return 'close'\n"
        "        case Command.LineTo(Point(x, y)): return (x, y)\n"
        "        case Command.Curve(end, bend): return (end, bend)\n"
        "        case Command.Arc(radius=r, pen=Pen.BROAD): return r\n"
        "        case Command(): return 'other'\n",
        space,
    )
    describe = space["describe"]
    assert [describe(value) for value in COMMANDS] == ["close", (1.0, 2.0), (Point(3), 0.5), 2.0]
    assert describe(Command.Arc(Point(0), 2)) == "other"


def test_as_arguments_and_results():
    for value in COMMANDS:
        back = variants.same(value)
        assert back == value and type(back) is type(value)
    assert variants.mirror() == []
    assert variants.mirror(*COMMANDS)[1:] == [
        Command.LineTo(Point(-1, 2)),
        Command.Curve(Point(-3), -0.5),
        Command.Arc(Point(0), 2, -6.25, Pen.BROAD),
    ]
    assert variants.next() == CLOSE and variants.next(CLOSE) is None and variants.next(LINE) == CLOSE
    assert variants.next(otherwise=ARC) == ARC
    assert variants.named(a=LINE, b=ARC) == {"a": LINE, "b": ARC}
    assert variants.FIRST == CLOSE and type(variants.FIRST) is Command.Close


def test_inside_other_values():
    table = {"a": [(LINE, None), (ARC, CLOSE)], "b": []}
    assert variants.by_name(table) == table
    drawing = Drawing(COMMANDS, {"x": LINE})
    assert drawing.first == CLOSE and drawing.last is None
    assert variants.redraw(drawing) == dataclasses.replace(drawing, last=ARC)
    assert variants.map_each(COMMANDS, lambda command: CLOSE) == [CLOSE] * 4
    assert variants.map_each([LINE], lambda command: Command.Curve(command.value, 1)) == [Command.Curve(Point(1, 2), 1)]
    with pytest.raises(TypeError, match="result.*expected Command .*got int"):
        variants.map_each([LINE], lambda command: 1)
    assert variants.same_single(Single.Only([b"a", bytearray(b"b")])) == Single.Only([b"a", b"b"])
    assert variants.same_single(Single.Only(None)) == Single.Only(None)


def test_recursion():
    value = Json.Items([Json.Null(), Json.Members({"a": Json.Boolean(True), "b": Json.Items([])}), Json.Number(1)])
    assert variants.depth(value) == 3
    assert variants.same_json(value) == value
    assert repr(Json.Items([Json.Text("x")])) == "Json.Items(value=[Json.Text(value='x')])"
    with pytest.raises(TypeError, match="item 1: field .value.: item 0: expected Json .*got None"):
        inner = Json.Items([])
        inner.value.append(None)
        variants.depth(Json.Items([Json.Null(), inner]))


def test_recursion_without_end():
    value = Json.Items([])
    value.value.append(value)
    with pytest.raises(RecursionError):
        variants.depth(value)
    assert "..." in repr(value)
    value.value.clear()


def test_as_keys():
    keys = [Key.Id(1), Key.Name("a"), Key.Id(1), Key.Pair(KeyPart(1), KeyPart(2)), Key.Name("a", "")]
    assert variants.count(keys) == {Key.Id(1): 2, Key.Name("a"): 2, Key.Pair(KeyPart(1), KeyPart(2)): 1}
    assert variants.distinct(set(keys)) == set(keys)


def test_in_classes():
    canvas = Canvas(*COMMANDS[:2])
    assert canvas.last == LINE and canvas[0] == CLOSE
    canvas.last = ARC
    assert list(canvas.commands()) == [CLOSE, ARC]
    assert ARC in canvas and LINE not in canvas
    assert canvas.draw(CURVE).last == CURVE
    canvas.last = None
    assert canvas.last == ARC
    with pytest.raises(TypeError, match="expected Command .*got int"):
        canvas.last = 1
    with pytest.raises(IndexError):
        canvas[9]


def test_wrong_arguments():
    for wrong, got in ((1, "got int"), (None, "got None"), (Json.Null(), "got .*Null"), (Command.Close, "got the class Command.Close")):
        with pytest.raises(TypeError, match="'command': expected Command .Command.Close, Command.LineTo, .*" + got):
            variants.same(wrong)
    with pytest.raises(TypeError, match="expected Single.Only, got int"):
        variants.same_single(1)
    with pytest.raises(TypeError, match="'commands': key 'b': item 1: item 0: expected Command "):
        variants.by_name({"a": [], "b": [(LINE, None), (1, None)]})


def test_reserved_names():
    for value in (Reserved.None_(), Reserved.Self(1), Reserved.Class(True), Reserved.Type()):
        assert variants.same_reserved(value) == value
    value = Reserved.Self(lambda_=1, type="x", self=5)
    assert (value.lambda_, value.type, getattr(value, "self")) == (1, "x", 5)


def test_unusual_construction():
    with pytest.raises(TypeError):
        Command.LineTo.__new__(Command.LineTo)
    with pytest.raises((TypeError, AttributeError)):
        variants.same(object.__new__(Command.LineTo))
    if CPYTHON:
        with pytest.raises(TypeError):
            Command.Close.__new__(Command.LineTo)


@pytest.mark.skipif(sys.implementation.name == "pypy", reason="PyPy names no modules in its messages")
def test_messages_of_cpython_have_the_whole_name():
    line = Command.LineTo(Point(1))
    for operation in (lambda: line.x, lambda: line + 1, lambda: line[0], lambda: len(line), lambda: line()):
        with pytest.raises((AttributeError, TypeError)) as caught:
            operation()
        assert "variants.Command.LineTo" in str(caught.value), caught.value
    assert repr(Command.LineTo) == "<class 'variants.Command.LineTo'>"
    with pytest.raises(TypeError, match="type 'variants.Command.LineTo' is not an acceptable base type"):
        type("Sub", (Command.LineTo,), {})
    if sys.version_info >= (3, 10):
        with pytest.raises(TypeError, match="immutable type 'variants.Command.LineTo'"):
            Command.LineTo.value = 1
    assert pickle.loads(pickle.dumps(Command.LineTo)) is Command.LineTo
