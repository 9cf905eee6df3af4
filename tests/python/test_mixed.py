"""Types within types, in every place where a type can stand."""

import copy
import dataclasses
import gc
import pathlib
import pickle

import mixed
import pytest
from mixed import Canvas, Code, Drawing, Misplaced, Place, Style, Weight

A, B, C = Place(1), Place(2, 3), Place(-1, 5)


def error(kind, function, *args, **keywords):
    with pytest.raises(kind) as caught:
        function(*args, **keywords)
    return str(caught.value)


def test_constants():
    assert mixed.HOME == Place(3, 4)
    assert mixed.CORNERS == [Place(0), Place(1, 1)]
    assert list(mixed.PRIMES) == [2, 3, 5]
    assert mixed.LIMITS == (-1, 2.5, "x")
    assert mixed.TABLE == {"a": [1], "b": []}
    assert mixed.FAVOURITE is Style.BOLD and mixed.NOTHING is None
    assert mixed.STYLES == [Style.PLAIN, Style.BOLD]
    assert Canvas.ORIGIN == Place(0) and Canvas.DEFAULT_STYLE is Style.BOLD


def test_records_in_functions():
    assert mixed.move_by(A) == Place(2, -1)
    assert mixed.move_by(A, dy=5) == Place(2, 5)
    assert mixed.move_all((A, B)) == [Place(2, 1), Place(3, 4)]
    assert mixed.move_all([A], by=B) == [Place(3, 3)]
    assert mixed.first([B, A]) == B and mixed.first([]) is None
    assert mixed.group([(Style.BOLD, A), (Style.PLAIN, B), (Style.BOLD, C)]) == {Style.BOLD: [A, C], Style.PLAIN: [B]}
    assert mixed.flatten([{Style.BOLD: [A], Style.PLAIN: (B,)}, {}]) == [A, B]
    assert mixed.swap((A, Style.BOLD)) == (Style.BOLD, A)
    assert mixed.lookup({A: Style.BOLD, B: Style.PLAIN}, B) is Style.PLAIN and mixed.lookup({}, A) is None
    assert mixed.unique({(A, Style.BOLD), (B, Style.PLAIN)}) == {(A, Style.BOLD), (B, Style.PLAIN)}
    assert mixed.codes(Code.SHORT, Code.LONG, x=Weight.HEAVY) == ([Code.SHORT, Code.LONG], {"x": Weight.HEAVY})
    assert mixed.positions(A, B, more=[C], none=()) == [A, B, C]
    assert mixed.total(Drawing("x", places=[A, B]), {Style.BOLD: [B]}) == 5
    deep = {"a": [None, (1, {2: {"x", "y"}})], "b": []}
    assert mixed.deep(deep) == deep
    assert mixed.paths({"a": "x/y"}, [b"1", bytearray(b"2")]) == ([pathlib.Path("x/y")], b"12")
    assert mixed.bigs({"a": 10**30, "b": -1}) == [10**30, -1]


def test_deep_errors():
    assert error(TypeError, mixed.flatten, [{}, {Style.BOLD: [A, 1]}]).startswith("argument 'groups': item 1: ")
    text = error(TypeError, mixed.deep, {"a": [None, (1, {2: {"x", 3}})]})
    assert text.startswith("argument 'value': key 'a': item 1: item 1: ") and text.endswith("expected str, got int")
    assert error(OverflowError, mixed.move_by, A, 2**31).startswith("argument 'dx': ")
    assert error(TypeError, mixed.codes, Code.SHORT, "s") == "argument 2: expected Code, got str"
    assert error(TypeError, mixed.codes, x=10) == "argument 'x': expected Weight, got int"
    assert error(TypeError, mixed.lookup, {1: Style.BOLD}, A).startswith("argument 'index': ")
    assert error(TypeError, mixed.total, Drawing("x"), {Style.BOLD: [None]}).startswith("argument 'by': ")


def test_a_record_of_everything():
    d = Drawing("x")
    assert d.style is Style.BOLD and d.places == [] and d.index == {} and d.weights == set() and d.corner is None
    assert d.pair == (Place(1), Style.PLAIN) and d.ratio == 0.5 and d.initial == "x" and d.big == 7
    assert d.nested == [[1, None], []]
    full = Drawing(
        "é", Style.PLAIN, [A], {"a": B}, frozenset({Weight.LIGHT}), C, (B, Style.BOLD), 0.25, "ß", 2**127, [[None]]
    )
    for value in (d, full):
        assert mixed.redraw(value, Style.PLAIN) == dataclasses.replace(value, style=Style.PLAIN)
        assert pickle.loads(pickle.dumps(value)) == value and copy.deepcopy(value) == value
        assert repr(value).startswith("Drawing(name=")
    assert dataclasses.asdict(full)["places"] == [{"x": 1, "y": 0}]
    assert error(TypeError, Drawing, "x", nested=[[1], ["a"]]).endswith("item 1: item 0: expected int or None, got str")
    with pytest.raises(OverflowError):
        Drawing("x", big=-1)


def test_exceptions_with_records():
    assert mixed.check(A) == A
    with pytest.raises(Misplaced) as caught:
        mixed.check(C)
    e = caught.value
    assert (e.place, e.style, e.others, str(e)) == (C, Style.BOLD, [C, Place(0, 5)], "left of everything")
    back = pickle.loads(pickle.dumps(e))
    assert (back.place, back.style, back.others) == (e.place, e.style, e.others)
    assert Misplaced(place=A).others == [] and Misplaced(place=A).style is Style.PLAIN


def test_iterators_of_records():
    assert list(mixed.walk([A, B])) == [A, B]
    assert list(mixed.walk_pairs([A, C])) == [(0, A), (1, None)]
    iterator = mixed.check_each([A, C, B])
    assert next(iterator) == A
    with pytest.raises(Misplaced):
        next(iterator)


def test_callbacks_with_records():
    seen = []

    def visitor(place, style):
        seen.append((place, style))
        return place if place.x > 1 else None

    assert mixed.visit([A, B], visitor) == [None, B]
    assert seen == [(A, Style.BOLD), (B, Style.BOLD)]
    assert "expected" in error(TypeError, mixed.visit, [A], lambda place, style: 1)
    assert mixed.sort(iter([B, A, C]), lambda place: place.x) == [C, A, B]
    assert error(TypeError, mixed.sort, iter([A, 1]), lambda place: place.x).endswith("expected Place, got int")
    assert mixed.fold([0, 0, 0], lambda value, place: value + [place.x], []) == [0, 1, 2]


def test_objects_among_others():
    token = object()
    assert mixed.describe(token, [Style.BOLD], {"a": 1, "b": None}) == (token, "[Bold] 2")
    assert mixed.keep([token, None, 5]) == [(token, 0), (5, 1)]


def test_classes_in_containers():
    one, two = Canvas([A]), Canvas([B, C], style=Style.BOLD, corner=A)
    copies = mixed.canvases([one, two, one])
    assert [canvas.places for canvas in copies] == [[A], [B, C], [A]]
    assert copies[0] is not one and copies[0] == one
    assert mixed.pick(one) == A and mixed.pick(Canvas(), one) == A
    with pytest.raises(IndexError):
        mixed.pick(Canvas())
    with pytest.raises(Misplaced):
        mixed.pick(Canvas([C]))
    twin, origin = two.twin()
    assert twin == two and twin is not two and origin == Place(0)
    assert two.twins(3) == [two, two, two]
    assert two.named_twins(["x", "y"]) == {"x": two, "y": two}
    assert two.maybe_twin(True) == two and two.maybe_twin(False) is None
    assert two.same(two) and two.same() and two.same(None) and not two.same(twin)
    assert list(two.each_twin(2)) == [two, two]
    assert Canvas.collect({"a": one, "b": two}) == [A, B, C]
    assert Canvas.of([A]).places == [A]
    with pytest.raises(Misplaced):
        Canvas.of([A, C])
    one.merge([two, two], one.maybe_twin(True))
    assert one.places == [A, B, C, B, C, A]
    with pytest.raises(RuntimeError):
        one.merge([one])
    with pytest.raises(RuntimeError):
        one.merge([], one)
    assert error(TypeError, Canvas.collect, {"a": 1}).startswith("argument 'canvases': key 'a': expected ")


def test_properties():
    canvas = Canvas([A])
    canvas.style = Style.BOLD
    canvas.corner = B
    canvas.index = {"x": [A, B]}
    assert (canvas.style, canvas.corner, canvas.index) == (Style.BOLD, B, {"x": [A, B]})
    canvas.corner = None
    assert canvas.corner is None
    for name, wrong in (("style", 1), ("corner", (1, 2)), ("index", {"x": [1]})):
        with pytest.raises(TypeError):
            setattr(canvas, name, wrong)
    drawing = canvas.drawing
    assert drawing.places == [A] and drawing.index == {"first": Place(0)} and drawing.weights == {Weight.HEAVY}
    assert drawing.big == 2**128 - 1 and drawing.nested == [[None, -1]] and drawing.initial == "ß"
    canvas.add(C)
    with pytest.raises(Misplaced):
        canvas.drawing


def test_methods():
    canvas = Canvas()
    assert canvas.add(A, B, style=Style.BOLD) == 2 and canvas.style is Style.BOLD
    assert canvas.find(B) == 1 and canvas.find(C) is None
    assert canvas.visit(lambda place, style: place) == [A, B]
    canvas.change(lambda place, style: Place(place.x + 1, place.y) if style is Style.BOLD else None)
    assert canvas.places == [Place(2), Place(3, 3)]
    with pytest.raises(Misplaced):
        canvas.change(lambda place, style: C)
    with pytest.raises(ZeroDivisionError):
        canvas.change(lambda place, style: 1 // 0)


def test_operators():
    canvas = Canvas([A, B])
    assert len(canvas) == 2 and A in canvas and C not in canvas
    assert canvas[1, 0] == A and canvas[(2, 3)] == B
    with pytest.raises(KeyError):
        canvas[5, 5]
    with pytest.raises(TypeError):
        canvas[1]
    canvas[Style.BOLD] = Place(9)
    assert canvas.places[-1] == Place(9)
    with pytest.raises(TypeError, match="not plain"):
        canvas[Style.PLAIN] = A
    with pytest.raises(Misplaced):
        canvas[Style.BOLD] = C
    assert list(canvas) == canvas.places
    assert canvas() == {Style.BOLD: []} and canvas(Style.PLAIN, A, B) == {Style.PLAIN: [A, B]}
    assert (canvas + C).places == canvas.places + [C]
    assert C + canvas == [C] + canvas.places
    assert Canvas([A, B]) * Canvas([C]) == [(A, C), (B, C)]
    assert Canvas([A]) == Canvas([A]) and Canvas([A]) < canvas and canvas > Canvas()
    with pytest.raises(TypeError):
        canvas + 1
    with pytest.raises(TypeError):
        hash(canvas)


@pytest.mark.rounds(100, reason="each collects garbage")
def test_results_of_calls_keep_nothing_alive():
    canvas = Canvas([A])
    twins = canvas.each_twin(3)
    next(twins)
    del canvas
    gc.collect()
    assert len(list(twins)) == 2
