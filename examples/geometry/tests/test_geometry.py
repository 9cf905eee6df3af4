import copy
import dataclasses
import enum
import math
import pickle

import geometry
import pytest
from geometry import GeometryError, OpenPath, Point, Polyline, Unit

SQUARE = [Point(0, 0), Point(2, 0), Point(2, 2), Point(0, 2), Point(0, 0)]


def test_points_are_values():
    p = Point(1)
    assert (p.x, p.y) == (1.0, 0.0)
    assert isinstance(p.x, float)
    assert p == Point(x=1.0, y=0) != Point(1, 2)
    assert hash(p) == hash(Point(1, 0))
    assert repr(p) == "Point(x=1.0, y=0.0)"
    assert Point.__match_args__ == ("x", "y")
    with pytest.raises(AttributeError):
        p.x = 2.0
    with pytest.raises(TypeError):
        Point()


def test_points_are_data_classes():
    assert dataclasses.is_dataclass(Point)
    assert [field.name for field in dataclasses.fields(Point)] == ["x", "y"]
    assert dataclasses.asdict(Point(1, 2)) == {"x": 1.0, "y": 2.0}
    assert dataclasses.replace(Point(1, 2), y=3) == Point(1, 3)


def test_points_can_be_copied_and_pickled():
    p = Point(1, 2)
    assert copy.copy(p) == copy.deepcopy(p) == pickle.loads(pickle.dumps(p)) == p


def test_units():
    assert issubclass(Unit, str) and issubclass(Unit, enum.Enum)
    assert [unit.name for unit in Unit] == ["METRE", "FOOT", "INCH"]
    assert Unit("ft") is Unit.FOOT
    assert str(Unit.METRE) == "m" == f"{Unit.METRE}"
    assert geometry.to_metres(1) == 1
    assert geometry.to_metres(10, Unit.FOOT) == pytest.approx(3.048)


def test_tau():
    assert geometry.TAU == math.tau


def test_distance():
    assert geometry.distance(Point(3, 4)) == 5
    assert geometry.distance(Point(3, 4), squared=True) == 25
    assert geometry.distance(b=Point(1, 1), a=Point(1, 2)) == 1


def test_exceptions():
    assert GeometryError.__mro__[1:2] == (ValueError,)
    assert issubclass(OpenPath, GeometryError)
    error = OpenPath("apart", gap=2)
    assert (str(error), error.gap) == ("apart", 2.0)
    with pytest.raises(TypeError):
        OpenPath("gap is missing")


def test_area():
    assert Polyline(SQUARE).area() == 4
    assert Polyline().area() == 0
    with pytest.raises(OpenPath, match="the ends are 2 apart") as caught:
        Polyline(SQUARE[:4]).area()
    assert caught.value.gap == 2.0


def test_polyline_is_a_sequence_of_points():
    line = Polyline(SQUARE)
    assert len(line) == 5
    assert line[2] == line[-3] == Point(2, 2)
    assert list(line) == SQUARE
    assert Point(2, 2) in line and Point(9, 9) not in line
    for index in (5, -6):
        with pytest.raises(IndexError, match="polyline index out of range"):
            line[index]


def test_polyline_grows():
    line = Polyline()
    line.push(Point(1, 2))
    line.push(p=Point(1, 4))
    assert (len(line), line.length) == (2, 2.0)


def test_name():
    line = Polyline(name="edge")
    assert line.name == "edge"
    line.name = None
    assert line.name is None
    with pytest.raises(TypeError):
        line.name = 1
    with pytest.raises(AttributeError):
        line.length = 1.0


def test_operators():
    a, b = Polyline(SQUARE[:1]), Polyline(SQUARE[1:])
    assert a + b == Polyline(SQUARE)
    assert a != b
    assert a != 1
    assert repr(a) == "Polyline([Point(x=0.0, y=0.0)])"
    assert eval(repr(b), vars(geometry)) == b
    with pytest.raises(TypeError):
        a + 1
    with pytest.raises(TypeError):
        hash(a)


def test_from_svg():
    assert Polyline.from_svg("M0,0 H2 V2 h-2 z") == Polyline(SQUARE)
    assert Polyline.from_svg("m1 1 1e0-1") == Polyline([Point(1, 1), Point(2, 0)])
    assert len(Polyline.from_svg("")) == 0
    for path in ("L 1 1", "M 1", "M 1 1 C 1 1 2 2 3 3", "M 0 0 ?", "1 1"):
        with pytest.raises(GeometryError):
            Polyline.from_svg(path)


def test_regular_polygon():
    square = geometry.regular_polygon(4, math.sqrt(2), centre=Point(5, 5))
    assert square.area() == pytest.approx(4)
    assert geometry.bounds(*square)[0].y == pytest.approx(5 - math.sqrt(2))
    with pytest.raises(GeometryError, match="3 sides or more, not 2"):
        geometry.regular_polygon(2)
    with pytest.raises(TypeError):
        geometry.regular_polygon(sides=3)


def test_bounds():
    assert geometry.bounds() is None
    assert geometry.bounds(Point(1, 5), Point(2, 3)) == (Point(1, 3), Point(2, 5))


def test_scale():
    line = Polyline(SQUARE, name="square")
    assert line.scale(2).area() == 16
    assert line.scale(2).name == "square"
