"""Classes over classes: of Rust and of Python."""

import copy
import gc
import os
import pickle
import subprocess
import sys
import weakref

import classes
import heirs
import pytest
from heirs import Branch, Failure, Index, Leaf, Node, Pet, Queue, Remark, Table

CPYTHON = sys.implementation.name == "cpython"
# PyPy lets classes with different layouts be combined and assigned, which the receivers of methods find out.
only_cpython = pytest.mark.skipif(not CPYTHON, reason="PyPy protects C classes less")
HERE = os.path.dirname(os.path.abspath(heirs.__file__))


class Twig(Branch):
    """Gives each of its parts a value, as `super().__init__` does in Python."""

    def __init__(self, node, branch):
        Node.__init__(self, node)
        Branch.__init__(self, branch)


class Cells(Index):
    def __init__(self, table, index, **cells):
        Table.__init__(self, table)
        Index.__init__(self, index)
        dict.__init__(self, **cells)


def test_bases():
    assert Branch.__mro__ == (Branch, Node, object)
    assert Leaf.__mro__ == (Leaf, Branch, Node, object)
    assert Pet.__mro__ == (Pet, classes.Animal, object)
    assert Index.__mro__ == (Index, Table, dict, object)
    assert Failure.__mro__[1:] == Exception.__mro__ and Remark.__base__ is UserWarning
    if CPYTHON:
        for chain in ((object, Node, Branch, Leaf), (dict, Table, Index)):
            sizes = [kind.__basicsize__ for kind in chain]
            assert sizes == sorted(set(sizes))


def collect():
    # PyPy needs several rounds for objects that C code has seen.
    for _ in range(1 if CPYTHON else 5):
        gc.collect()


def test_each_part_has_its_own_value():
    twig = Twig(1, 20)
    for _ in range(100):
        twig.add_to_node(2)
        twig.add_to_branch(by=3)
    assert (twig.node, twig.branch) == (201, 320)
    leaf = Leaf(3)
    Branch.__init__(leaf, 2)
    Node.__init__(leaf, 1)
    leaf.add_to_branch(10)
    assert (leaf.node, leaf.branch, leaf.leaf) == (1, 12, 3)
    pet = Pet(7)
    classes.Animal.__init__(pet, "Rex", legs=3)
    pet.rename("Max")
    assert (pet.name, pet.legs, pet.pet) == ("Max", 3, 7)
    assert classes.introduce(pet).startswith("Max says")


def test_parts_without_a_value():
    leaf = Leaf(3)
    for use in (lambda: leaf.node, lambda: leaf.add_to_node(1), lambda: heirs.of_node(leaf)):
        with pytest.raises(RuntimeError, match=r"Node.__init__\(\) was not called"):
            use()
    with pytest.raises(RuntimeError, match=r"Branch.__init__\(\) was not called"):
        leaf.branch
    empty = Leaf.__new__(Leaf)
    with pytest.raises(RuntimeError, match=r"Leaf.__init__\(\) was not called"):
        empty.leaf
    # The base's `__new__` makes an instance of the class that it gets.
    assert type(Node.__new__(Leaf)) is Leaf
    with pytest.raises(RuntimeError, match=r"Leaf.__init__\(\) was called twice"):
        leaf.__init__(4)
    assert leaf.leaf == 3
    with pytest.raises(TypeError):
        Branch.__init__(Node(1), 2)
    with pytest.raises(TypeError):
        Branch.branch.__get__(Node(1))
    with pytest.raises(TypeError):
        Branch.__new__(Node)


def test_a_derived_instance_is_one_of_the_base():
    twig, node = Twig(1, 2), Node(5)
    assert heirs.of_node(twig) == 1
    assert heirs.of_nodes([twig, node, twig]) == 7
    assert isinstance(twig, Node) and isinstance(twig, Branch)
    with pytest.raises(TypeError, match="expected .*Node, got int"):
        heirs.of_node(3)


def test_who_can_be_extended():
    for closed in (Leaf, Queue, Remark):
        with pytest.raises(TypeError):
            type("Below", (closed,), {})


@only_cpython
def test_layouts_are_not_combined():
    with pytest.raises(TypeError):
        type("Both", (Branch, Table), {})
    with pytest.raises(TypeError):
        type("Both", (Table, Failure), {})


def test_over_a_dict():
    table = Table(5)
    assert table == {} and table.table == 5
    table["a"] = table
    table.update(b=2)
    table.add_to_table(1)
    assert (sorted(table), len(table), table.table) == (["a", "b"], 2, 6)
    cells = Cells(1, 2, x=3)
    assert (cells.table, cells.index_, dict(cells)) == (1, 2, {"x": 3})
    for number in range(1000):
        cells[number] = [number]
        cells.add_to_table(1)
        cells.add_to_index(2)
    assert (cells.table, cells.index_, cells[999]) == (1001, 2002, [999])
    with pytest.raises(RuntimeError, match=r"Table.__init__\(\) was not called"):
        Index(3).table
    collect()
    assert (cells.table, cells.index_, cells[999], table.table) == (1001, 2002, [999], 6)


def test_over_a_list():
    queue = Queue(5)
    queue.extend(range(100))
    queue.append(queue)
    queue.add_to_queue(1)
    assert queue.queue == 6 and queue[:100] == list(range(100)) and queue.pop() is queue
    assert sorted(queue, reverse=True)[0] == 99


def test_over_an_exception():
    failure = Failure(5)
    assert failure.args == (5,) and str(failure) == "5" and failure.failure == 5
    failure.add_to_failure(1)
    with pytest.raises(Failure) as caught:
        try:
            raise ValueError("first")
        except ValueError:
            raise failure
    assert caught.value is failure and caught.value.failure == 6
    assert type(failure.__context__) is ValueError and failure.__traceback__ is not None
    failure.note = "x"
    assert failure.__dict__ == {"note": "x"}

    class Worse(Failure):
        pass

    with pytest.raises(Exception) as caught:
        raise Worse(7)
    assert caught.value.failure == 7
    assert Remark(8).remark == 8 and issubclass(Remark, Warning)


def test_rust_makes_instances():
    table = heirs.new_table(5)
    assert type(table) is Table and table.table == 5 and table == {}
    table["x"] = 1
    assert table == {"x": 1}
    with pytest.raises(RuntimeError, match="called twice"):
        table.__init__(6)
    first, second = heirs.same_tables(3)
    assert first is second and first.table == 3
    first[1] = 2
    assert second == {1: 2}


@pytest.mark.rounds(50, reason="the collector runs")
def test_values_are_dropped_once():
    collect()
    before = heirs.alive()
    for make, parts in (
        (lambda: Node(1), 1),
        (lambda: Twig(1, 2), 2),
        (lambda: Leaf(1), 1),
        (lambda: Table(1), 1),
        (lambda: Cells(1, 2, x=[3]), 2),
        (lambda: Index(1), 1),
        (lambda: Queue(1), 1),
        (lambda: Failure(1), 1),
        (lambda: Remark(1), 1),
        (lambda: heirs.new_table(1), 1),
        (lambda: heirs.same_tables(1), 1),
        (lambda: Table.__new__(Table), 0),
        (lambda: Branch.__new__(Branch), 0),
    ):
        made = [make() for _ in range(10)]
        assert heirs.alive() == before + 10 * parts
        del made
        collect()
        assert heirs.alive() == before


@pytest.mark.rounds(50, reason="the collector runs")
def test_the_collector_frees_cycles():
    def cycle():
        table, queue, failure, cells = Table(1), Queue(2), Failure(3), Cells(4, 5)
        table["queue"] = queue
        queue.append(failure)
        failure.__cause__ = Failure(6)
        failure.args = (cells,)
        cells["table"] = table

    collect()
    before = heirs.alive()
    for _ in range(20):
        cycle()
    collect()
    assert heirs.alive() == before


@pytest.mark.rounds(50, reason="the collector runs")
@only_cpython
def test_the_collector_frees_classes():
    def cycle():
        class Local(Table):
            pass

        class Mistake(Failure):
            pass

        Local.own, Mistake.own = Local(1), Mistake(2)
        return weakref.ref(Local), weakref.ref(Mistake)

    found = [reference for _ in range(5) for reference in cycle()]
    collect()
    assert [reference() for reference in found] == [None] * 10


@pytest.mark.rounds(3, reason="a long chain")
def test_long_chains():
    before = heirs.alive()
    chain = None
    for number in range(100000):
        link = Queue(number)
        link.append(chain)
        chain = link
    del link
    del chain
    collect()
    assert heirs.alive() == before


def test_copies_have_no_value():
    table = Table(1)
    table["x"] = 2
    for again in (copy.copy, lambda it: pickle.loads(pickle.dumps(it))):
        try:
            copied = again(table)
        except TypeError:
            continue
        assert copied == {"x": 2}
        with pytest.raises(RuntimeError, match="was not called"):
            copied.table
    if CPYTHON:
        assert copy.copy(Failure(3)).failure == 3
    with pytest.raises(TypeError):
        copy.copy(Branch(1))


@only_cpython
def test_classes_cannot_be_assigned():
    for instance, other in ((Table(1), dict), (Table(1), Index), (Index(1), Table), (Branch(1), Node), (Node(1), Branch)):
        with pytest.raises(TypeError):
            instance.__class__ = other


REPLACED = """
import builtins, sys
sys.path.insert(0, {here!r})
{code}
import classes
try:
    import heirs
except ImportError as error:
    print(error)
"""


@pytest.mark.rounds(0, reason="starts a process")
@only_cpython
@pytest.mark.parametrize(
    "code, why",
    [
        ("builtins.UserWarning = 3", "it is not a class"),
        ("builtins.UserWarning = type('UserWarning', (int,), {})", "the size of its instances varies"),
        ("builtins.UserWarning = type('UserWarning', (UserWarning,), {})", "it is a class written in Python"),
        ("builtins.UserWarning = ValueError", "it was replaced by another type"),
    ],
)
def test_types_that_cannot_be_extended(code, why):
    command = [sys.executable, "-c", REPLACED.format(here=HERE, code=code)]
    said = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode()
    assert said.strip() == "no class can extend builtins.UserWarning: " + why


@pytest.mark.skipif(CPYTHON, reason="CPython lets nobody combine or assign such classes")
def test_memory_of_other_classes():
    both = type("Both", (Branch, Table), {})
    for make in (lambda: both.__new__(both), lambda: Branch.__new__(both), lambda: Table.__new__(both)):
        try:
            instance = make()
        except TypeError:
            continue
        for use in (lambda: Branch.__init__(instance, 1), lambda: Table.__init__(instance, 1), lambda: instance.branch):
            with pytest.raises((TypeError, RuntimeError)):
                use()
                instance.branch, instance.table
    table = Table(1)
    table.__class__ = Index
    with pytest.raises((TypeError, RuntimeError)):
        table.index_
    node = Node(1)
    node.__class__ = Branch
    with pytest.raises((TypeError, RuntimeError)):
        Branch.__init__(node, 1)
