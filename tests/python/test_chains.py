"""Objects that refer to further ones, in chains of a length that no stack has room for."""

import gc
import os
import sys
import threading

import chains
import pytest
from chains import Grasp, Grip, Link, Node, OpenNode, Slipped

PYPY = not hasattr(sys, "getrefcount")
# Under valgrind, which runs with this allocator, it takes too long.
SLOW = os.environ.get("PYTHONMALLOC") == "malloc"
LENGTH = 10000 if PYPY or SLOW else 1000000
SMALL_STACK = 256 * 1024


def in_small_thread(work):
    """Runs something in a thread with little stack; what it raises is raised here."""
    errors = []

    def run():
        try:
            work()
        except BaseException as error:
            errors.append(error)

    former = threading.stack_size(SMALL_STACK)
    try:
        thread = threading.Thread(target=run)
        thread.start()
    finally:
        threading.stack_size(former)
    thread.join()
    if errors:
        raise errors[0]


def none_is_left(before):
    # PyPy frees what C code refers to one after the other, each in a collection of its own.
    return PYPY or chains.alive() == before


class Sub(OpenNode):
    pass


class Full:
    """Has every kind of reference in it."""

    def __init__(self, next):
        self.next = next


def keep(previous):
    node = Node()
    node.keep(previous)
    return node


def grasp_one(previous):
    node = Node()
    node.grasp(Grasp.One(previous))
    return node


def grasp_many(previous):
    node = Node()
    node.grasp(Grasp.Many([previous, previous], named={"again": previous}))
    return node


def through_exception(previous):
    node = Node()
    node.keep(Slipped("message", node=previous))
    return node


def through_cause(previous):
    error = Slipped("message")
    error.__cause__ = previous
    return error


def through_containers(previous):
    node = Node()
    node.keep([(previous, {"key": Full(previous)})])
    return node


def through_closure(previous):
    node = Node()
    node.keep(lambda: previous)
    return node


# How the next object of a chain is made from the one before.
WAYS = {
    "records": lambda previous: Node(Grip(previous)),
    "lists": lambda previous: Node(Grip(others=[previous])),
    "handles": keep,
    "one": grasp_one,
    "many": grasp_many,
    "exception": through_exception,
    "containers": through_containers,
    "closure": through_closure,
    "iterator": lambda previous: keep(chains.hold(previous)),
}
OTHERS = {
    "open": lambda previous: OpenNode(previous),
    "subclass": lambda previous: Sub(previous),
    "iterators": lambda previous: chains.hold(previous),
    "causes": through_cause,
    "exceptions": lambda previous: through_cause(None) if previous is None else Slipped("m", node=Node(Grip(previous.node))),
}


def make(way, length, first):
    chain = first
    for _ in range(length):
        chain = way(chain)
    return chain


@pytest.mark.parametrize("way", sorted(WAYS))
@pytest.mark.rounds(1)
def test_chains_of_instances(way):
    before = chains.alive()
    length = LENGTH if way in ("records", "handles") else LENGTH // 20
    gc.disable()
    try:
        chain = make(WAYS[way], length, Node())
        assert PYPY or chains.alive() - before == length + 1
        del chain
        assert none_is_left(before)

        def work():
            chain = make(WAYS[way], length // 5, Node())
            del chain
            assert none_is_left(before)

        in_small_thread(work)
    finally:
        gc.enable()


@pytest.mark.parametrize("way", sorted(OTHERS))
@pytest.mark.rounds(1)
def test_chains_of_other_objects(way):
    gc.disable()
    try:
        chain = make(OTHERS[way], LENGTH // 4, None)
        del chain
        if way != "causes":
            # Frees exceptions that CPython has by itself; 3.13.0 needs more stack for it.
            in_small_thread(lambda: make(OTHERS[way], LENGTH // 10, None))
    finally:
        gc.enable()


@pytest.mark.rounds(1)
def test_chains_of_everything():
    before = chains.alive()
    gc.disable()
    try:

        def work():
            chain = Node()
            for _ in range(LENGTH // 100):
                for way in WAYS.values():
                    chain = way(chain)
            del chain
            assert none_is_left(before)

        work()
        in_small_thread(work)
    finally:
        gc.enable()


@pytest.mark.rounds(1)
def test_chains_of_records():
    # As deep as they can be built.
    def build():
        chain = Link()
        depth = 1
        try:
            for _ in range(100 if PYPY else LENGTH // 5):
                chain = Link([chain])
                depth += 1
        except RecursionError:
            pass
        assert depth > 99
        return [chain], depth

    holder, depth = build()
    try:
        assert chains.depth(holder[0]) == depth
    except RecursionError:
        pass
    holder.clear()
    holder, _ = build()
    in_small_thread(holder.clear)


@pytest.mark.rounds(1)
def test_chains_of_values():
    before = chains.alive()
    node = chains.make(LENGTH)
    assert PYPY or chains.alive() - before == LENGTH
    assert isinstance(node.grip.node.grip.node, Node)
    del node
    assert none_is_left(before)
    # The innermost first.
    node = chains.make(1000)
    while node is not None:
        node = node.grip.node
    assert none_is_left(before)
    in_small_thread(lambda: chains.make(LENGTH // 5))
    chains.drop_chains(LENGTH // 2, SMALL_STACK)
    # What was dropped on a thread that was not attached is released by one that is.
    chains.make(1).keep(None)
    assert none_is_left(before)


@pytest.mark.rounds(1)
def test_a_wide_tree():
    before = chains.alive()
    leaves = [Node() for _ in range(10000)]
    chain = make(lambda previous: Node(Grip(previous, leaves)), 100, Node())
    del leaves
    assert PYPY or chains.alive() - before == 10101
    del chain
    assert none_is_left(before)


@pytest.mark.rounds(1)
def test_finalisers_that_run_deep_inside():
    class Tail:
        def __del__(self):
            # Makes and frees objects while others are freed.
            seen.append(len(str(make(WAYS["records"], 1000, Node()))))
            raise_nothing = Grip(Node())
            del raise_nothing

    seen = []
    before = chains.alive()
    first = Node()
    first.keep(Tail())
    chain = make(WAYS["records"], 1000, first)
    del first, chain
    assert none_is_left(before)
    assert PYPY or len(seen) == 1
