"""Lists, tuples, maps, sets and options, also in each other."""

import collections
import collections.abc
import gc
import pickle
import subprocess
import sys
import types

import containers
import objects
import pytest
import quantities
import text as texts


class MyList(list):
    pass


class MyTuple(tuple):
    pass


class MyDict(dict):
    pass


class MySequence(collections.abc.Sequence):
    def __init__(self, *items):
        self.items = items

    def __len__(self):
        return len(self.items)

    def __getitem__(self, index):
        return self.items[index]


class MyMapping(collections.abc.Mapping):
    def __init__(self, table):
        self.table = table

    def __len__(self):
        return len(self.table)

    def __iter__(self):
        return iter(self.table)

    def __getitem__(self, key):
        return self.table[key]


class Breaks(collections.abc.Sequence):
    def __len__(self):
        return 3

    def __getitem__(self, index):
        raise ZeroDivisionError("no items")


def kind_of(value):
    """What messages call the type of a value."""
    return "None" if value is None else type(value).__name__


def error(kind, function, *args, **keywords):
    with pytest.raises(kind) as caught:
        function(*args, **keywords)
    return str(caught.value)


def test_lists():
    for value in ([], [1], [1, -2, 2**62], list(range(-300, 300))):
        got = containers.numbers(value)
        assert got == value and type(got) is list and got is not value
    assert containers.floats([1, 2.5, True]) == [1.0, 2.5, 1.0]
    assert containers.strings(["a", "é", "🐍"]) == ["a", "é", "🐍"]
    assert containers.truths([True, False]) == [True, False]
    assert containers.unsigned(b"\x00\xff", [2**32 - 1]) == (b"\x00\xff", [2**32 - 1])
    assert containers.options([1, None, 3]) == [1, None, 3]
    assert containers.rows([[1.0, 2.0], [], [3.5]]) == [[1.0, 2.0], [], [3.5]]
    assert containers.maybe_list() is None
    assert containers.maybe_list(None) is None
    assert containers.maybe_list([1]) == [1]
    assert containers.counting(1000) == list(range(1000))
    assert containers.counting(0) == []
    assert containers.sum([0.5] * 1000) == 500.0


def test_lists_of_fixed_length():
    assert containers.vector([1, 2.5, True]) == [1.0, 2.5, 1.0]
    assert containers.vector((0, 0, 0)) == [0.0] * 3
    assert type(containers.vector(range(3))) is list
    assert containers.vector() == [1.0, 0.0, 0.5] and containers.UNIT == [0.0, 0.0, 1.0]
    assert containers.digest() == b"\x00\x01\x02\xff"
    assert containers.words(["x", "y"]) is None and containers.words(["x", "y"], other=("", "")) == ["x", "y"]
    assert containers.digest(b"abcd") == b"abcd"
    assert containers.digest(bytearray(b"abcd")) == b"abcd"
    assert "expected bytes, got list" in error(TypeError, containers.digest, [1, 2, 3, 4])
    assert containers.words() is None and containers.words(["a", "b"]) == ["a", "b"]
    grid = [[(1, True), (2, False)]] * 3
    assert containers.grid(grid) == grid
    assert containers.corners({"a": (0, 1)}) == {"a": [0.0, 1.0]}
    for value in ([], [1, 2], [1, 2, 3, 4], range(2)):
        text = error(ValueError, containers.vector, value)
        assert text == f"argument 'value': expected length 3, got {len(value)}"
    assert error(ValueError, containers.digest, b"abc").startswith("argument 'value': expected length 4, got 3")
    assert "item 2: expected length 2, got 1" in error(ValueError, containers.grid, grid[:2] + [[(1, True)]])
    assert "item 1: expected float, got str" in error(TypeError, containers.vector, [1, "x", 3])


def test_other_sequences():
    for value in (MyList([1, 2]), (1, 2), MyTuple((1, 2)), range(1, 3), MySequence(1, 2), collections.deque([1, 2])):
        assert containers.numbers(value) == [1, 2], type(value)


def test_what_is_no_sequence():
    for wrong in (1, None, "ab", {1: 2}, {1, 2}, object(), iter([1]), (x for x in [1])):
        text = error(TypeError, containers.numbers, wrong)
        assert text.startswith("argument 'values': expected ") and text.endswith("got " + kind_of(wrong)), text
    assert error(ZeroDivisionError, containers.numbers, Breaks()) == "no items"


def test_tuples():
    assert containers.single((1,)) == (1,)
    assert containers.pair((1, "a")) == (1, "a")
    assert containers.pair(MyTuple((1, "a"))) == (1, "a")
    assert containers.triple((True, 1, None)) == (True, 1.0, None)
    assert containers.deep(((1, 2.0), ["a"])) == ((1, 2.0), ["a"])
    got = containers.pair((1, "a"))
    assert type(got) is tuple
    for wrong in ((), (1,), (1, "a", 2)):
        text = error(TypeError, containers.pair, wrong)
        assert text.startswith("argument 'value': expected "), text
        assert "2" in text and str(len(wrong)) in text, text
    for wrong in (None, 1, "ab", {1: 2}):
        assert error(TypeError, containers.pair, wrong).startswith("argument 'value': expected ")


def test_maps():
    table = {"one": 1, "zwei": 2, "🐍": -3}
    got = containers.table(table)
    assert got == table and type(got) is dict and list(got) == list(table)
    assert containers.table({}) == {}
    assert containers.by_number({2: "b", 1: "a"}) == {2: "b", 1: "a"}
    digests = {b"ab": {b"", b"abc"}, b"cd": set()}
    assert containers.by_digest(digests) == digests
    assert containers.by_pair({(1, "a"): [1.0], (2, "b"): []}) == {(1, "a"): [1.0], (2, "b"): []}
    lookup = {"a": None, "b": [("x", 1.0)], "c": []}
    assert containers.lookup(lookup) == lookup


def test_other_mappings():
    table = {"a": 1, "b": 2}
    for value in (
        MyDict(table),
        collections.OrderedDict(table),
        types.MappingProxyType(table),
        MyMapping(table),
        collections.ChainMap(table),
    ):
        assert containers.table(value) == table, type(value)
    for wrong in (1, None, "ab", [("a", 1)], {"a"}, object()):
        text = error(TypeError, containers.table, wrong)
        assert text.startswith("argument 'value': expected ") and text.endswith("got " + kind_of(wrong)), text


def test_sets():
    for value in (set(), {1, 2, 3}, set(range(100))):
        got = containers.unique(value)
        assert got == value and type(got) is set
        assert containers.unique(frozenset(value)) == value
    assert containers.names({"a", "é"}) == {"a", "é"}
    assert containers.pairs({(1, True), (1, False)}) == {(1, True), (1, False)}
    assert containers.unique({1: None}.keys()) == {1}
    for wrong in (1, None, "ab", [1], (1,), object()):
        text = error(TypeError, containers.unique, wrong)
        assert text.startswith("argument 'values': expected ") and text.endswith("got " + kind_of(wrong)), text


def test_frozen_sets():
    for value in (set(), {1, -2, 2**40}, frozenset({3}), {1: None}.keys()):
        got = containers.frozen(value)
        assert got == value and type(got) is frozenset
    assert containers.frozen() == {1, 2} and type(containers.WEEKEND) is frozenset
    assert containers.WEEKEND == {"saturday", "sunday"}
    keys = {frozenset({"a", "b"}): {frozenset(b"x"), frozenset()}, frozenset(): set()}
    assert containers.frozen_keys(keys) == keys
    for wrong in (1, None, "ab", [1], (1,), object()):
        text = error(TypeError, containers.frozen, wrong)
        assert text == "argument 'values': expected set, got " + kind_of(wrong), text
    assert "an item: expected int, got str" in error(TypeError, containers.frozen, {"a"})


def test_records_with_frozen_sets_can_be_keys():
    album = containers.Album("Kind of Blue", {"jazz", "modal"})
    assert album.genres == {"jazz", "modal"} and type(album.genres) is frozenset
    assert containers.Album("Help!").genres == {"jazz"}
    assert hash(album) == hash(containers.Album("Kind of Blue", frozenset({"modal", "jazz"})))
    albums = {album, containers.Album("Kind of Blue", {"modal", "jazz"}), containers.Album("Help!", set())}
    assert len(albums) == 2
    assert containers.genres_of(albums) == {None, frozenset({"jazz", "modal"})}
    assert pickle.loads(pickle.dumps(album)) == album


class Items(collections.abc.Mapping):
    """Has the items that it is made with."""

    def __init__(self, items, length=0):
        self.given = items
        self.length = length

    def __len__(self):
        return self.length

    def __getitem__(self, key):
        raise KeyError(key)

    def __iter__(self):
        return iter(())

    def items(self):
        return self.given


def test_items_that_are_no_tuples():
    table = {"a": 1, "b": 2}
    for pairs in ([["a", 1], ["b", 2]], (("a", 1), ["b", 2]), iter([("a", 1), MyList(["b", 2])]), table.items()):
        assert containers.table(Items(pairs)) == table
    for pairs, text in (
        ([("a", 1), "bc"], "item 1: expected tuple of 2, got str"),
        ([{"a": 1}], "item 0: expected tuple of 2, got dict"),
        ([("a", 1), None], "item 1: expected tuple of 2, got None"),
        ([("a", 1, 2)], "item 0: expected tuple of 2, got tuple of 3"),
        ([("a",)], "item 0: expected tuple of 2, got tuple of 1"),
        (3, "expected iterable, got int"),
        ("ab", "expected iterable, got str"),
    ):
        text = "argument 'value': result of items(): " + text
        assert error(TypeError, containers.table, Items(pairs)) == text
    for pair in (["a"], ["a", 1, 2]):
        assert "item 0: expected length 2, got " in error(ValueError, containers.table, Items([pair]))
    assert "'value': key 'a': expected int" in error(TypeError, containers.table, Items([["a", "x"]]))
    assert error(ZeroDivisionError, containers.table, Items(1 / 0 for _ in "a")) == "division by zero"


class Meta(type):
    """Says of an attribute of its classes what it is made with."""

    def __new__(meta, attribute, reason, **body):
        return super().__new__(meta, "Odd", (), dict(body, attribute=attribute, reason=reason))

    def __init__(cls, *_, **body):
        super().__init__("Odd", (), body)

    def __getattr__(cls, name):
        raise cls.reason if name == cls.attribute else AttributeError(name)


def test_only_attribute_error_means_absent():
    def get_item(self, key):
        raise KeyError(key)

    calls = (
        ("items", containers.table, "expected dict, got Odd"),
        ("__fspath__", texts.echo_path, "expected str or os.PathLike, got Odd"),
        ("__float__", containers.half, "expected float, got Odd"),
        ("__complex__", quantities.same_complex, "expected complex, got Odd"),
        ("__iter__", objects.sum_of, "expected iterable, got Odd"),
    )
    for attribute, function, otherwise in calls:
        body = {"__getitem__": get_item} if attribute == "items" else {}
        for reason in (KeyboardInterrupt("stop"), MemoryError("full"), RecursionError("deep"), ValueError("odd")):
            assert error(type(reason), function, Meta(attribute, reason, **body)()) == str(reason)
        for reason in (AttributeError("none"), type("None_", (AttributeError,), {})("none")):
            assert error(TypeError, function, Meta(attribute, reason, **body)()).endswith(otherwise)


@pytest.mark.rounds(20, reason="it makes long texts")
def test_messages_are_short():
    class Key(str):
        shown = "x" * 10**7

        def __repr__(self):
            if isinstance(self.shown, str):
                return self.shown
            raise self.shown

    assert error(TypeError, containers.table, {Key("a"): ""}) == f"argument 'value': key {'x' * 200}...: expected int, got str"
    assert len(error(TypeError, containers.table, {"ä" * 10**7: ""})) < 300
    Key.shown = ValueError("unknown")
    assert "key <" in error(TypeError, containers.table, {Key("a"): ""})
    assert "Key>: expected int" in error(TypeError, containers.table, {Key("a"): ""})
    for shown in (KeyboardInterrupt("stop"), MemoryError("full"), RecursionError("deep")):
        Key.shown = shown
        assert error(type(shown), containers.table, {Key("a"): ""}) == str(shown)
    # Python refuses to show long numbers.
    shy = type("Shy", (int,), {"__repr__": lambda self: 1 / 0})
    assert error(TypeError, containers.by_number, {shy(5): 1}) == "argument 'value': key 5: expected str, got int"
    assert error(OverflowError, containers.by_number, {1 << 10**6: ""}).endswith("got an int of 1000001 bits")
    large = type("L" * 10**6, (), {})()
    assert error(TypeError, containers.numbers, large) == f"argument 'values': expected list, got {'L' * 200}..."
    with pytest.raises(TypeError) as caught:
        containers.numbers(**{"n" * 10**6: 1})
    assert str(caught.value) == f"numbers() got an unexpected keyword argument '{'n' * 200}...'"
    with pytest.raises(TypeError) as caught:
        containers.sum_all(**{"n" * 10**6: 1})
    assert str(caught.value) == f"argument '{'n' * 200}...': expected dict, got int"


def test_where_in_a_container_it_went_wrong():
    rows = [{"x": 1.0}, {}, {"y": 2}, {"x": "a"}]
    assert error(TypeError, containers.sum_rows, rows) == "argument 'rows': item 3: key 'x': expected float, got str"
    assert error(TypeError, containers.numbers, [1, "a"]) == "argument 'values': item 1: expected int, got str"
    assert error(TypeError, containers.numbers, (None,)) == "argument 'values': item 0: expected int, got None"
    assert error(TypeError, containers.rows, [[], [1, 2, []]]) == "argument 'values': item 1: item 2: expected float, got list"
    assert error(TypeError, containers.options, [None, 1, 1.5]).startswith("argument 'values': item 2: expected int")
    assert error(TypeError, containers.pair, (1, 2)) == "argument 'value': item 1: expected str, got int"
    assert error(TypeError, containers.deep, ((1, "a"), [])) == "argument 'value': item 0: item 1: expected float, got str"
    assert error(TypeError, containers.deep, ((1, 2), ["a", 3])) == "argument 'value': item 1: item 1: expected str, got int"
    assert error(TypeError, containers.table, {"a": 1, "b": "x"}) == "argument 'value': key 'b': expected int, got str"
    assert error(TypeError, containers.by_number, {5: 6}) == "argument 'value': key 5: expected str, got int"
    text = error(TypeError, containers.table, {1: 1})
    assert text.startswith("argument 'value': ") and text.endswith("expected str, got int"), text
    text = error(TypeError, containers.unique, {"a"})
    assert text.startswith("argument 'values': ") and text.endswith("expected int, got str"), text
    text = error(TypeError, containers.sum_all, [1.0], named={"x": "y"})
    assert text.startswith("argument '") and "expected" in text and text.endswith("got str"), text


def test_ranges_in_containers():
    text = error(OverflowError, containers.unsigned, b"", [-1])
    assert text.startswith("argument 'wide': item 0: ") and str(2**32 - 1) in text, text
    text = error(OverflowError, containers.table, {"k": 2**63})
    assert text.startswith("argument 'value': key 'k': ") and str(2**63 - 1) in text, text


def test_hashes_and_equality_of_keys():
    # Python's 1 and True are one key; so they are when they come back.
    assert containers.unique({1, 0}) == {0, 1}
    assert containers.unique({True}) == {1}


def test_conversions_that_change_the_list():
    class Sneaky:
        def __init__(self, target):
            self.target = target

        def __float__(self):
            self.target.clear()
            return 1.0

    values = [1.0, 2.0]
    values[0:0] = [Sneaky(values)]
    try:
        assert containers.sum(values) in (1.0, 4.0)
    except (TypeError, RuntimeError, IndexError):
        pass
    growing = [1.0]

    class Growing:
        def __float__(self):
            if len(growing) < 50:
                growing.extend([Growing(), 2.0])
            return 1.0

    growing.append(Growing())
    try:
        containers.sum(growing)
    except (TypeError, RuntimeError, IndexError):
        pass


def test_conversions_that_change_the_map():
    table = {}

    class Sneaky:
        def __float__(self):
            table["n%d" % len(table)] = 1.0
            table.pop("x", None)
            return 1.0

    table.update(x=Sneaky(), y=Sneaky(), z=1.0)
    try:
        containers.sum_rows([table])
    except (RuntimeError, TypeError):
        pass


def test_self_reference():
    loop = []
    loop.append(loop)
    assert error(TypeError, containers.rows, loop).endswith("expected float, got list")


def test_errors_do_not_depend_on_odd_type_names():
    odd = type("Ödd name", (), {})
    assert error(TypeError, containers.numbers, [odd()]) == "argument 'values': item 0: expected int, got Ödd name"


def test_keys_whose_repr_fails():
    class Key:
        def __repr__(self):
            raise ZeroDivisionError

    text = error((TypeError, ZeroDivisionError), containers.by_pair, {(1, "a"): [1.0], Key(): []})
    assert text == "" or text.startswith("argument 'value'")


MEMORY = """
import resource, sys
sys.path[:0] = %r
import collections.abc, itertools
import classes, containers, railway, scalars, text, unions

class Claims(collections.abc.Sequence):
    def __init__(self, *items):
        self.items = items
    def __len__(self):
        return 2**60
    def __length_hint__(self):
        return 2**60
    def __getitem__(self, index):
        return self.items[index]
    def __iter__(self):
        return Hinted(self.items)

class Hinted:
    def __init__(self, items):
        self.left = iter(items)
    def __iter__(self):
        return self
    def __next__(self):
        return next(self.left)
    def __length_hint__(self):
        return 2**60

class Endless(collections.abc.Sequence):
    def __init__(self, item):
        self.item = item
    def __len__(self):
        return 0
    def __getitem__(self, index):
        return self.item

class EndlessSet(collections.abc.Set):
    def __len__(self):
        return 0
    def __contains__(self, item):
        return True
    def __iter__(self):
        return itertools.count()

class EndlessMapping(collections.abc.Mapping):
    def __len__(self):
        return 0
    def __getitem__(self, key):
        return 1
    def __iter__(self):
        return iter(())
    def items(self):
        return ((str(number), number) for number in itertools.count())

class Keys(collections.abc.Mapping):
    def __len__(self):
        return 2**60
    def __getitem__(self, key):
        return 1
    def __iter__(self):
        return iter("ab")

def refused(function, *arguments, **keywords):
    try:
        function(*arguments, **keywords)
    except MemoryError:
        return
    raise AssertionError(function)

# What an object says of its length is not believed.
assert containers.numbers(Claims(1, 2)) == [1, 2] and containers.strings(Claims("a")) == ["a"]
assert containers.table(Keys()) == {"a": 1, "b": 1}

size = 256 << 20
large, few = bytes(size), [0.5] * (size // 16)
string, number, array = "x" * size, 1 << (8 * size - 1), bytearray(large)
counter, station = classes.Counter(), railway.Station("a")
leg = railway.Leg(station, station, via=[station] * 3000000)
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + (96 << 20), resource.RLIM_INFINITY))
for function, argument in (
    (containers.strings, [string]),
    (containers.floats, few),
    (containers.rows, [few]),
    (containers.table, {string: 1}),
    (containers.names, {string}),
    (containers.by_digest, {b"ab": {large}}),
    (text.echo_bytes, array),
    (text.echo_path, string),
    (text.total_length, [large]),
    (scalars.echo_int, number),
    (containers.strings, Endless("some text")),
    (containers.numbers, Endless(1)),
    (containers.options, Endless(None)),
    (containers.unique, EndlessSet()),
    (containers.table, EndlessMapping()),
    (unions.same_lists, Endless("text")),
    (counter.sum, [counter] * 3000000),
    (railway.same, leg),
    (containers.gathered, itertools.repeat("some text")),
    (containers.remaining, itertools.repeat("some text")),
):
    refused(function, argument)
refused(containers.sum_all, **{string: {}})
assert containers.numbers([1]) == [1]
"""


def test_lists_of_bytes_by_another_name():
    assert containers.octets() == b"\x01\x02" and containers.octets(bytearray(b"ab"), {b"ba"}) == b"ab"
    assert containers.octets(b"ab", {b"ab"}) == b""
    with pytest.raises(TypeError, match="argument 'value': expected bytes, got list"):
        containers.octets([1, 2])


def test_iterators_to_their_end():
    assert containers.gathered({"a": 1}) == ["a"] and containers.remaining(iter("ab")) == ["a", "b"]
    for function in containers.gathered, containers.remaining:
        with pytest.raises(TypeError, match=r"argument 'values': item 1: expected str, got int"):
            function(iter(["a", 1]))
        with pytest.raises(ZeroDivisionError):
            function(1 / number and "a" for number in (1, 0))


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or sys.implementation.name == "pypy",
    reason="the limit of the memory of a process, where PyPy itself ends it",
)
@pytest.mark.rounds(0, reason="starts a process")
def test_lack_of_memory_is_a_memory_error():
    script = MEMORY % [path for path in sys.path if path]
    subprocess.run([sys.executable, "-c", script], check=True, timeout=100)


@pytest.mark.rounds(2, reason="each collects garbage with every few objects")
@pytest.mark.skipif(not hasattr(gc, "callbacks"), reason="the collector has no callbacks")
def test_nobody_sees_an_unfinished_list():
    """The collector runs where objects are made, and gives its callbacks all lists."""
    given = [[0.5]] * 777
    seen = []

    def look(phase, info):
        for value in gc.get_objects():
            if type(value) is list and len(value) == 777 and value is not given:
                # Code that saw it before it was filled could read slots without objects.
                seen.append(tuple(value))
                value.clear()

    before = gc.get_threshold()
    gc.callbacks.append(look)
    gc.set_threshold(10, 1, 1)
    try:
        containers.rows(given)
    finally:
        gc.set_threshold(*before)
        gc.callbacks.remove(look)
    assert all(rows == tuple(given) for rows in seen)
