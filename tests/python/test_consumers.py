"""Libraries that read annotations take records as the data classes that they say they are."""

import pytest
import records
import variants
from moments import Concert
from quantities import Price
from records import Board, Person, Pixel, Point, Segment, Tree

try:
    import cattrs
    import pydantic
except ImportError:
    cattrs = pydantic = None

installed = pytest.mark.skipif(cattrs is None, reason="cattrs and pydantic are not installed")

SEGMENT = Segment(Point(1, 2), Point(3))
BOARD = Board(
    Point(1),
    Point(2),
    (Point(3), Pixel(4, 5)),
    [[Point(6)], []],
    [Point(7), Point(8)],
    {Pixel(1, 2): Point(9)},
    {Pixel(3, 4, "x")},
    {Pixel(5, 6)},
    7,
)


@installed
def test_cattrs():
    assert cattrs.unstructure(SEGMENT) == {"start": {"x": 1.0, "y": 2.0}, "end": {"x": 3.0, "y": 0.0}}
    for value in (SEGMENT, Point(1), Person("Ada", 36, ["a"], b"png", Point(1)), Tree([1], [Tree([2])])):
        assert cattrs.structure(cattrs.unstructure(value), type(value)) == value
    converter = cattrs.Converter()
    assert converter.structure({"start": {"x": 1}, "end": {"x": 2}}, Segment) == Segment(Point(1), Point(2))
    with pytest.raises(Exception):
        converter.structure({"start": 1, "end": 2}, Segment)
    arc = variants.Command.Arc(variants.Point(0), 2)
    assert converter.structure(converter.unstructure(arc), type(arc)) == arc


@installed
def test_pydantic():
    """It makes data classes without their constructor, so that it takes instances, and no dicts in their place."""
    adapter = pydantic.TypeAdapter(Segment)
    assert adapter.validate_python(SEGMENT) is SEGMENT
    assert adapter.dump_python(SEGMENT) == {"start": {"x": 1.0, "y": 2.0}, "end": {"x": 3.0, "y": 0.0}}
    assert pydantic.TypeAdapter(Board).validate_python(BOARD) is BOARD
    schema = pydantic.TypeAdapter(Tree).json_schema()
    assert schema["$defs"]["Tree"]["properties"]["branches"]["items"] == {"$ref": "#/$defs/Tree"}
    schema = pydantic.TypeAdapter(Person).json_schema()
    assert schema["properties"]["tags"]["items"] == {"type": "string"} and schema["required"] == ["name"]
    schema = pydantic.TypeAdapter(Price).json_schema()
    assert schema["properties"]["id"]["format"] == "uuid"
    schema = pydantic.TypeAdapter(Concert).json_schema()
    assert schema["properties"]["start"]["format"] == "date-time"

    class Plan(pydantic.BaseModel):
        way: Segment
        by: variants.Drawing

    drawing = variants.Drawing([variants.Command.Close()])
    plan = Plan(way=SEGMENT, by=drawing)
    assert plan.way is SEGMENT and plan.by is drawing
    with pytest.raises(pydantic.ValidationError):
        Plan(way=1, by=drawing)
    assert records.midpoint(plan.way.start, plan.way.end) == Point(2, 1)
