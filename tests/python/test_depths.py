"""Values that contain others of their kind, however deep: never more than the stack holds, and as deep both ways."""

import ast
import os
import subprocess
import sys
import threading

import depths
import pytest
from child_process import NO_FORK, in_child
from depths import Knot, Nest, Tree, Twisted, Wide

KINDS = ("tree", "wide", "nest", "twisted")
#: Far more than any stack holds.
MANY = 20000
PYPY = sys.implementation.name == "pypy"


def fits(function, *arguments):
    """Whether it is not too deep."""
    try:
        function(*arguments)
    except RecursionError as error:
        assert str(error) == "values are nested too deeply", error
        return False
    return True


def most(is_fine, below):
    """The most for which it is."""
    least = 0
    while below - least > 1:
        middle = (least + below) // 2
        if is_fine(middle):
            least = middle
        else:
            below = middle
    return least


def in_thread(kilobytes, work):
    """What `work` returns on a thread with so much stack."""
    result = []

    def run():
        try:
            result.append(work())
        except BaseException as error:
            result.append(error)

    before = threading.stack_size(kilobytes * 1024)
    try:
        thread = threading.Thread(target=run)
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join()
    if isinstance(result[0], BaseException):
        raise result[0]
    return result[0]


def limits():
    """How deep each kind can be, which is the same both ways."""
    found = {}
    for kind in KINDS:
        new, same = getattr(depths, "new_" + kind), getattr(depths, "same_" + kind)
        deepest = found[kind] = most(lambda depth: fits(new, depth), 5000)
        assert fits(same, new(deepest)), (kind, deepest)
        assert not fits(new, deepest + 1), (kind, deepest)
    return found


@pytest.mark.rounds(5, reason="it makes many deep values")
def test_what_one_direction_makes_the_other_accepts():
    found = limits()
    assert all(depth >= (4 if PYPY else 20) for depth in found.values()), found


@pytest.mark.rounds(5, reason="it makes many deep values")
def test_threads_with_little_stack():
    for kilobytes in (256, 512, 1024, 4096):
        found = in_thread(kilobytes, limits)
        assert all(depth >= 1 for depth in found.values()), (kilobytes, found)


@pytest.mark.rounds(2, reason="it makes many deep values")
@pytest.mark.skipif(NO_FORK, reason="no fork here, or under valgrind, which it misleads")
@pytest.mark.parametrize("look", [lambda: None, limits], ids=["at first", "again"])
def test_a_process_that_was_forked_by_a_thread_with_little_stack(look):
    def limits_in_child_and_here():
        look()
        reader, writer = os.pipe()
        in_child(lambda: os.write(writer, repr(limits()).encode()))
        found = os.read(reader, 1000)
        os.close(reader)
        os.close(writer)
        return ast.literal_eval(found.decode()), limits()

    found, own = in_thread(512, limits_in_child_and_here)
    # What the frames of PyPy take changes when it has compiled their code.
    near = all(abs(found[kind] - depth) <= depth // 4 for kind, depth in own.items())
    assert near if PYPY else found == own, (found, own)


def outside(kind, inner):
    """One more around it, made by Python."""
    if kind == "tree":
        return Tree(1, [inner])
    if kind == "wide":
        return Wide(inner=[inner])
    if kind == "nest":
        return Nest.Inner({"in": inner})
    return Twisted({"in": [(1, [Knot.Tied([inner])])]})


@pytest.mark.rounds(20, reason="it makes many deep values")
def test_what_python_makes_goes_in_to_the_same_depth():
    for kind in KINDS:
        new, same = getattr(depths, "new_" + kind), getattr(depths, "same_" + kind)
        deepest = most(lambda depth: fits(new, depth), 5000)
        value = new(deepest - 2)
        assert fits(same, value)
        for _ in range(3):
            value = outside(kind, value)
        assert not fits(same, value)


@pytest.mark.rounds(20, reason="it makes many deep values")
def test_values_far_too_deep():
    for kind in KINDS:
        assert not fits(getattr(depths, "new_" + kind), 2000 if kind == "wide" else MANY)
    assert not fits(depths.new_bush, MANY)
    assert depths.same_tree(Tree(1)) == Tree(1)


def test_values_that_contain_themselves():
    tree = Tree(1)
    tree.children.append(tree)
    assert not fits(depths.same_tree, tree)
    nest = Nest.Inner({"a": Nest.Leaf()})
    nest.value["in"] = nest
    assert not fits(depths.same_nest, nest)
    del tree.children[:]
    nest.value.clear()
    assert fits(depths.same_tree, tree) and fits(depths.same_nest, nest)


class Again:
    """Whatever Rust asks it for, it asks Rust for the same."""

    def __index__(self):
        return depths.index(self)

    def __float__(self):
        return depths.real(self)

    def __complex__(self):
        return depths.imaginary(self)

    def items(self):
        return [("a", depths.items(self))]

    def __getitem__(self, index):
        return depths.sequence(self)

    def __len__(self):
        return 1

    def __fspath__(self):
        return str(depths.file(self))

    def __call__(self):
        depths.callback(self)

    def __str__(self):
        return depths.text(self)


class Iterates:
    def __iter__(self):
        yield depths.iterate(self)


ASKING = (
    (depths.index, Again),
    (depths.real, Again),
    (depths.imaginary, Again),
    (depths.items, Again),
    (depths.sequence, Again),
    (depths.file, Again),
    (depths.callback, Again),
    (depths.iterate, Iterates),
)


def ask_all():
    for function, kind in ASKING:
        with pytest.raises(RecursionError):
            function(kind())
    assert "maximum recursion depth exceeded" in depths.text(Again())


@pytest.mark.rounds(10, reason="it makes many frames")
def test_recursion_through_python():
    ask_all()


@pytest.mark.rounds(20, reason="each starts a thread")
@pytest.mark.skipif(PYPY, reason="PyPy counts such calls")
def test_recursion_through_python_with_little_stack():
    for kilobytes in (512, 1024):
        in_thread(kilobytes, ask_all)


RECURSION = """
import sys
sys.path[:0] = %r
from objects import operate
sys.setrecursionlimit(1000000)

class Again:
    def __hash__(self):
        return operate("hash", self)

    def __setattr__(self, name, value):
        operate("setattr", self, name, value)

    def __bool__(self):
        return operate("extract bool", self)

class NumPys(Again):
    __module__ = "numpy"

NumPys.__name__ = "bool_"

class Finder:
    def find_spec(self, name, path=None, target=None):
        return operate("import", name + "x") if name.startswith("not_there") else None

sys.meta_path.append(Finder())
for what in (
    lambda: operate("hash", Again()),
    lambda: operate("setattr", Again(), "name", 1),
    lambda: operate("extract bool", NumPys()),
    lambda: operate("import", "not_there"),
):
    try:
        what()
    except RecursionError as error:
        assert str(error) == "maximum recursion depth exceeded in calls of Python from Rust", error
    else:
        raise AssertionError(what)
"""


@pytest.mark.skipif(PYPY or sys.platform != "linux", reason="the limit of a stack that grows")
@pytest.mark.rounds(0, reason="starts processes")
def test_recursion_through_every_operation():
    script = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_STACK, (512 << 10, resource.getrlimit(resource.RLIMIT_STACK)[1]))
os.execv(sys.executable, [sys.executable, "-c", %r])
""" % (RECURSION % [path for path in sys.path if path])
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.skipif(PYPY or sys.platform != "linux", reason="the limit of a stack that grows")
@pytest.mark.rounds(0, reason="starts processes")
def test_the_main_thread_when_its_limit_changes():
    script = """
import resource, sys
sys.path[:0] = %r
import depths
def deepest(below=6000):
    least = 0
    while below - least > 1:
        middle = (least + below) // 2
        try:
            depths.new_tree(middle)
            least = middle
        except RecursionError:
            below = middle
    depths.same_tree(depths.new_tree(least))
    return least
before = deepest()
resource.setrlimit(resource.RLIMIT_STACK, (1 << 20, resource.getrlimit(resource.RLIMIT_STACK)[1]))
after = deepest()
assert 1 <= after < before, (before, after)
""" % [path for path in sys.path if path]
    subprocess.run([sys.executable, "-c", script], check=True)
