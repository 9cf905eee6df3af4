"""What Python passes as a field stays the object that it is, if it is one that the field can keep."""

import copy
import pickle

import outcomes
import pytest
import records
import variants
from outcomes import Entry, Errno, Flat, Gauge, Lost, Refused, RefusedTwice, Trial
from records import Board, Person, Pixel, Point, Segment, Tree
from variants import Command, Drawing, Json


class Counting:
    """An int that counts how often it is asked for."""

    def __init__(self, value):
        self.value = value
        self.asked = 0

    def __index__(self):
        self.asked += 1
        return self.value


def test_records_in_records():
    point = Point(1, 2)
    segment = Segment(point, point)
    assert segment.start is point and segment.end is point
    if hasattr(copy, "replace"):
        assert copy.replace(segment, end=Point(0)).start is point
    assert segment.__replace__(start=point).start is point
    assert Person("Ada", home=point).home is point
    # Also what has lists, which are the same ones then.
    tree = Tree([1, 2])
    assert Tree([], [tree]).branches[0] is tree


def test_records_in_items():
    point, other, pixel = Point(1, 2), Point(3, 4), Pixel(5, 6)
    rows, pixels = [[point, other], (other,)], {pixel: point}
    board = Board(
        point,
        other,
        (point, pixel),
        rows,
        (other, point),
        pixels,
        {pixel},
        frozenset([pixel]),
        other,
    )
    assert board.corner is point and board.maybe is other and board.either is other
    assert board.pair[0] is point and board.pair[1] is pixel
    assert board.rows == [[point, other], [other]]
    assert board.rows[0][0] is point and board.rows[0][1] is other and board.rows[1][0] is other
    assert board.ends[0] is other and board.ends[1] is point and type(board.ends) is list
    [(key, value)] = board.by_pixel.items()
    assert key is pixel and value is point
    assert [*board.seen][0] is pixel and [*board.kept][0] is pixel
    # What can be changed is a copy.
    assert board.rows is not rows and board.rows[0] is not rows[0]
    assert board.by_pixel is not pixels
    rows[0].clear()
    pixels.clear()
    assert len(board.rows[0]) == 2 and len(board.by_pixel) == 1
    # It is the same to Rust as one that Rust made.
    made = records.same_board(board)
    assert made == board and made.corner is not point
    assert Board(*(getattr(made, name) for name in Board.__match_args__)) == board


def test_what_cannot_change_is_not_copied():
    point, pixel = Point(1, 2), Pixel(5, 6)
    pair, kept, photo = (point, pixel), frozenset([pixel]), b"bytes"
    board = Board(point, None, pair, [], [point, point], {}, set(), kept, (point, point))
    assert board.pair is pair and board.kept is kept and board.maybe is None
    assert Person("Ada", photo=photo).photo is photo

    class Pair(tuple):
        pass

    class Kept(frozenset):
        pass

    board = Board(
        point, None, Pair(pair), [], [point, point], {}, kept, Kept(kept), Pair([point, point])
    )
    assert type(board.pair) is tuple and board.pair == pair and board.pair[0] is point
    assert type(board.kept) is frozenset and board.kept == kept
    assert type(board.seen) is set
    assert type(board.either) is tuple and board.either[1] is point


def test_variants_and_instances():
    point = variants.Point(1, 2)
    line = Command.LineTo(point)
    assert line.value is point
    drawing = Drawing([line, line], {"a": line}, line, line)
    assert drawing.commands[0] is line and drawing.commands[1] is line
    assert drawing.named["a"] is line and drawing.last is line and drawing.first is line
    text = Json.Text("x")
    both = Json.Members({"items": Json.Items([text]), "text": text})
    assert both.value["items"].value[0] is text and both.value["text"] is text
    gauge = Gauge(1.0)
    assert Lost("gone", place=outcomes.Place(1), by=gauge).by is gauge


def test_exceptions():
    place = outcomes.Place(1)
    lost = Lost("gone", place=place)
    assert lost.place is place
    twice = RefusedTwice("no", times=2)

    class Again(Refused):
        pass

    again = Again("again")
    trial = Trial(lost, twice)
    assert trial.one is lost and trial.two is twice
    assert Trial(lost, again).two is again
    missing = Errno.NotFound()
    assert Flat(missing).code is missing
    nothing = RuntimeError("some", "thing")
    entry = Entry("x", missing, nothing)
    assert entry.size is missing and entry.note is nothing
    value = RuntimeError("value")
    named = outcomes.Step.Named(value, [value, "text"])
    assert named.value is value and named.twice[0] is value
    with pytest.raises(TypeError) as caught:
        outcomes.Step.Named(RuntimeError(1), [])
    expected = "argument 'value': argument of the RuntimeError: expected str, got int"
    assert str(caught.value) == expected
    with pytest.raises(TypeError, match="argument 'two': expected int or Refused, got Lost"):
        Trial(lost, lost)


def test_wrong_items_are_told_as_elsewhere():
    point, pixel = Point(1), Pixel(1, 1)
    good = dict(
        corner=point,
        maybe=None,
        pair=(point, pixel),
        rows=[],
        ends=[point, point],
        by_pixel={},
        seen=set(),
        kept=set(),
        either=1,
    )
    assert Board(**good).kept == frozenset()
    for name, wrong, message in [
        ("corner", None, "expected Point, got None"),
        ("maybe", pixel, "expected Point or None, got Pixel"),
        ("pair", (point, point), "item 1: expected Pixel, got Point"),
        ("pair", (point,), "expected tuple of 2, got tuple of 1"),
        ("pair", [point, pixel], "expected tuple of 2, got list"),
        ("rows", [[], [point, 1]], "item 1: item 1: expected Point, got int"),
        ("rows", "text", "expected list, got str"),
        ("rows", 1, "expected list, got int"),
        ("ends", [point], "expected length 2, got 1"),
        ("by_pixel", {1: point}, "key: expected Pixel, got int"),
        ("by_pixel", {pixel: 1}, "key %r: expected Point, got int" % pixel),
        ("by_pixel", [], "expected dict, got list"),
        ("seen", {1}, "an item: expected Pixel, got int"),
        ("seen", [pixel], "expected set, got list"),
        ("kept", {point}, "an item: expected Pixel, got Point"),
        ("either", (point, 1), "item 1: expected Point, got int"),
        ("either", "x", "expected int, Point or tuple of 2, got str"),
        ("either", 256, "expected an int from 0 to 255, got 256"),
    ]:
        with pytest.raises((TypeError, ValueError, OverflowError)) as caught:
            Board(**dict(good, **{name: wrong}))
        assert str(caught.value) == "argument '%s': %s" % (name, message)


def test_building_a_tree_is_linear():
    """Each constructor looks at its own fields only, however deep what is in them."""
    leaf = Tree([1])
    # Only a conversion to Rust finds it.
    number = Counting(2)
    leaf.numbers.append(number)
    tree = leaf
    for _ in range(20):
        tree = Tree([], [tree])
        tree = Tree(branches=(tree,))
    assert number.asked == 0
    assert records.sum(tree) == 3 and number.asked == 1
    # Each of these has two of the one before: 2 ** 60 leaves.
    for _ in range(60):
        tree = Tree([], [tree, tree])
    assert number.asked == 1

    value = Json.Null()
    for _ in range(60):
        value = Json.Items([value, value])
        value = Json.Members({"a": value, "b": value})
    assert value.value["a"] is value.value["b"]

    # Exceptions can have anything in their attributes.
    number = Counting(3)
    error = RefusedTwice("no", times=2)
    error.times = number
    for _ in range(60):
        trial = Trial(1, error)
    assert number.asked == 0 and trial.two is error
    outcomes.trials([trial])
    assert number.asked == 1


@pytest.mark.rounds(3, reason="it makes many objects")
def test_a_tree_can_be_deeper_than_a_conversion():
    tree = Tree([1])
    for _ in range(100_000):
        tree = Tree([], [tree])
    assert type(tree.branches[0].branches[0]) is Tree
    value = Json.Null()
    for _ in range(100_000):
        value = Json.Items([value])
    del tree, value


def test_copies():
    point = Point(1, 2)
    segment = Segment(point, point)
    assert copy.copy(segment).start is point
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        loaded = pickle.loads(pickle.dumps(segment, protocol))
        assert loaded == segment and loaded.start is loaded.end
