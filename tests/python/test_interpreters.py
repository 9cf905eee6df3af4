"""Subinterpreters, repeated imports, and what happens at the end of an interpreter."""

import functools
import importlib
import os
import subprocess
import sys
import threading
import time

import attached
import pytest
import railway
import records

HERE = os.path.dirname(os.path.abspath(records.__file__))
CPYTHON = sys.implementation.name == "cpython"
# Memcheck runs with this allocator.
MEMCHECK = os.environ.get("PYTHONMALLOC") == "malloc"

# What each interpreter does. No state may be shared: types, enum members and exceptions are its own.
CODE = """
import sys
if {here!r} not in sys.path:
    sys.path.insert(0, {here!r})
import datetime
import classes, containers, enums, errors, heirs, moments, objects, panics, params, parcels.store, railway, records, scalars
import text, threads
counter = classes.Counter(3, step=2)
for _ in range(200):
    counter.increment()
assert counter.value == 403
table = heirs.Table(3)
table["x"] = heirs.Leaf(4)
assert (table.table, table["x"].leaf, heirs.Failure(5).failure) == (3, 4, 5)
assert params.everything(1, 2, 3, 4, d=5, x=6)[-1] == {{"x": 6}}
assert text.greet("x" * 5) == "Hello, xxxxx!"
assert containers.counting(1000)[999] == 999
assert records.midpoint(records.Point(0), records.Point(2)) == records.Point(1)
assert enums.next(enums.Colour.RED) is enums.Colour.GREEN
parcel = parcels.store.pack(parcels.Place("x"))
assert type(parcel) is parcels.store.Item and parcel in list(parcels.store.Shelf(parcel))
assert parcels.store is sys.modules["parcels.store"] and parcels.routes.plan([parcel.to])[0].place == parcel.to
leg = railway.Leg(railway.Station("a"), railway.Station("b"))
assert railway.same(leg).from_ is leg.from_ and type(railway.circle("x").ends[0]) is railway.Station
assert objects.apply(lambda x: x + 1, 1) == 2
moment = datetime.datetime(2000, 1, 2, tzinfo=datetime.timezone.utc)
assert moments.same_datetime(moment) == moment and moments.same_date(moment) == datetime.date(2000, 1, 2)
assert list(objects.countdown(3)) == [2, 1, 0]
assert [scalars.echo_s64(n) for n in range(-10, 300)] == list(range(-10, 300))
for call, kind in ((lambda: errors.close(1), errors.OpenPath), (lambda: panics.crash("x"), RuntimeError),
                   (lambda: params.two(1, "x"), TypeError), (lambda: params.two(1, zzz=1), TypeError)):
    try:
        call()
    except kind:
        pass
    else:
        raise AssertionError(kind)
""".format(here=HERE)


def interpreters_module():
    try:
        import _interpreters

        return _interpreters
    except ImportError:
        pass
    try:
        import _xxsubinterpreters

        return _xxsubinterpreters
    except ImportError:
        return None


MODULE = interpreters_module() if CPYTHON else None

# CPython 3.12 replaces the allocator of the whole process for moments while an interpreter starts or ends, under the
# GIL of that interpreter only (CPython's issue 123134). With the debug allocator, what another interpreter with a GIL of
# its own allocates in such a moment is freed by the wrong function. `pass` is enough as the code of the interpreters.
ALLOCATOR_RACE = sys.version_info[:2] == (3, 12) and (
    os.environ.get("PYTHONMALLOC", "").endswith("debug") or sys.flags.dev_mode or hasattr(sys, "gettotalrefcount")
)


def run_in_new_interpreter(code, kind):
    if sys.version_info >= (3, 13):
        identity = MODULE.create(kind)
        failure = MODULE.exec(identity, code)
        MODULE.destroy(identity)
        assert failure is None, getattr(failure, "formatted", failure)
        return
    if sys.version_info >= (3, 9):
        identity = MODULE.create(isolated=kind == "isolated")
    else:
        identity = MODULE.create()
    failure = MODULE.run_string(identity, code)
    MODULE.destroy(identity)
    assert failure is None, failure


def one_after_another(code, kind):
    for _ in range(3):
        run_in_new_interpreter(code, kind)


def several_at_once(code, kind):
    failures = []

    def work():
        try:
            one_after_another(code, kind)
        except BaseException as error:
            failures.append(error)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for _ in range(20):
        exec(code, {})
    for worker in workers:
        worker.join()
    assert not failures, failures[0]
    exec(code, {})


@functools.lru_cache(maxsize=None)
def without_modules():
    """Code that imports what `CODE` leads to of the standard library, and nothing else: what that loses is Python's."""
    output = run(
        CODE + "import os\n"
        "ours = {name: module for name, module in sys.modules.items()"
        " if os.path.dirname(getattr(module, '__file__', None) or '') == %r}\n"
        "print(*[name for name in sys.modules if name.partition('.')[0] not in ours and name != '__main__'])\n"
        "names = {name for module in ours.values() for name in vars(module)}\n"
        "for module in ours.values():\n"
        "    for value in vars(module).values():\n"
        "        if isinstance(value, type): names.update(vars(value))\n"
        "print(len(names))\n" % HERE
    )
    standard, names = output.splitlines()
    code = "import importlib\nfor name in %r:\n    try: importlib.import_module(name)\n    except ImportError: pass\n" % (
        standard.split(),
    )
    return code + interning(int(names)) if keeps_names() else code


def interning(count):
    """Code that brings so many names, as a module would."""
    return "exec(''.join('def name_%%d(): pass\\n' %% n for n in range(%d)))\n" % count


def keeps_names():
    """Whether the names of code stay when their interpreter has ended (3.12; some releases of 3.13)."""
    blocks = []
    for count in (0, 0, 1000):
        before = sys.getallocatedblocks()
        run_in_new_interpreter(interning(count), "legacy")
        blocks.append(sys.getallocatedblocks() - before)
    return blocks[2] - blocks[1] > 500


@pytest.mark.rounds(5)
@pytest.mark.baseline(run=lambda kind: one_after_another(without_modules(), kind))
@pytest.mark.skipif(MODULE is None, reason="no subinterpreters")
@pytest.mark.parametrize("kind", ["legacy", "isolated"])
def test_one_after_another(kind):
    one_after_another(CODE, kind)
    exec(CODE, {})


@pytest.mark.rounds(2)
@pytest.mark.baseline(run=lambda kind: several_at_once(without_modules(), kind))
@pytest.mark.skipif(MODULE is None or sys.version_info < (3, 12), reason="one GIL for all interpreters")
@pytest.mark.parametrize("kind", ["legacy", "isolated"])
def test_several_at_once(kind):
    if ALLOCATOR_RACE and kind == "isolated":
        pytest.skip("3.12 mixes up debug and plain allocators when interpreters with several GILs start and end at once")
    several_at_once(CODE, kind)


@pytest.mark.rounds(5)
@pytest.mark.baseline(run=lambda: run_in_new_interpreter(without_modules(), "legacy"))
@pytest.mark.skipif(MODULE is None, reason="no subinterpreters")
def test_an_interpreter_that_ends_while_another_uses_the_module():
    point = records.Point(1, 2)
    run_in_new_interpreter(CODE, "legacy")
    assert records.midpoint(point, point) == point
    assert type(records.midpoint(point, point)) is records.Point


class Dropped:
    def __init__(self, seen):
        self.seen = seen

    def __del__(self):
        self.seen.append("freed")


def wait_for(seconds):
    """Runs Python code that makes no handles, but takes the GIL anew, when CPython looks whether it has been asked for calls."""
    end = time.time() + seconds
    while time.time() < end:
        time.sleep(0.001)


BUSY = "import time\nend = time.time() + 0.3\nwhile time.time() < end: pass\n"


@pytest.mark.rounds(2)
@pytest.mark.baseline(run=lambda: run_in_new_interpreter(without_modules(), "legacy"))
@pytest.mark.skipif(MODULE is None, reason="no subinterpreters")
@pytest.mark.skipif(sys.version_info < (3, 9), reason="all interpreters have one queue of calls, which any of them makes")
def test_objects_dropped_by_threads_while_another_interpreter_runs():
    # To be freed where they belong, whichever interpreter has the GIL when they are dropped.
    seen = []
    attached.drop_in_background(Dropped(seen), 100)
    run_in_new_interpreter(BUSY, "legacy")
    wait_for(0.05)
    assert seen == ["freed"]


KEEP = """
try:
    railway.keep(leg)
except RuntimeError as error:
    assert str(error) == "this Station belongs to another interpreter", error
else:
    raise AssertionError("given to another interpreter")
"""


@pytest.mark.rounds(0, reason="what Rust still holds when its interpreter ends is never freed")
@pytest.mark.skipif(MEMCHECK, reason="memcheck finds what Rust still holds when its interpreter ends")
@pytest.mark.skipif(MODULE is None, reason="no subinterpreters")
def test_instances_belong_to_an_interpreter():
    leg = railway.Leg(railway.Station("a"), railway.Station("b"))
    railway.keep(leg)
    run_in_new_interpreter(CODE + KEEP, "legacy")
    # What the other one left went with it.
    with pytest.raises(RuntimeError, match="this Station belongs to another interpreter"):
        railway.keep(None)
    assert railway.keep(None) is None and railway.same(leg).from_ is leg.from_


@pytest.mark.rounds(20)
def test_second_import():
    names = ("records", "enums", "classes", "errors")
    first = {name: importlib.import_module(name) for name in names}
    for name in names:
        del sys.modules[name]
    try:
        second = {name: importlib.import_module(name) for name in names}
        for modules in (second, first):
            # Whether the two share their classes is CPython's business; none may crash or mix up its own.
            midpoint, point = modules["records"].midpoint, modules["records"].Point
            try:
                assert midpoint(point(0), point(2)) == point(1)
            except TypeError:
                assert modules is first
    finally:
        sys.modules.update(first)


def run(code):
    """Runs code in a new process and returns its output."""
    program = "import sys; sys.path.insert(0, %r)\n%s" % (HERE, code)
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, done.stdout.decode(errors="replace")
    return done.stdout.decode()


@pytest.mark.rounds(0, reason="starts processes")
@pytest.mark.skipif(not CPYTHON, reason="needs an import by path")
def test_objects_that_outlive_the_interpreter():
    # Module globals, a cycle, a thread's locals and an exit handler: all are cleared while it shuts down.
    output = run(
        "import atexit, threading, classes, errors, objects, panics, records\n"
        "counter = classes.Counter(1); loop = [counter]; loop.append(loop)\n"
        "iterator = objects.countdown(10); next(iterator)\n"
        "class Bird(classes.Animal): pass\n"
        "bird = Bird('x'); bird.self = bird\n"
        "local = threading.local(); local.x = classes.Tracked()\n"
        "class AtEnd:\n"
        "    def __del__(self, counter=counter, point=records.Point(1)):\n"
        "        counter.increment(); repr(point)\n"
        "        try: counter.add('x')\n"
        "        except TypeError: pass\n"
        "end = AtEnd(); sys.keep = (end, bird, loop)\n"
        "atexit.register(lambda: print(counter.value, records.Point(1)))\n"
    )
    assert output == "1 Point(x=1.0, y=0.0)\n"


@pytest.mark.rounds(0, reason="starts processes")
@pytest.mark.skipif(not CPYTHON, reason="needs an import by path")
@pytest.mark.parametrize("times", [1, 500])
def test_objects_dropped_by_threads_while_exit_handlers_run(times):
    # No thread has the GIL when they are dropped.
    output = run(
        "import atexit, time, attached\n"
        "def at_exit():\n"
        "    for _ in range(%d): attached.drop_in_background(object(), 20)\n"
        "    time.sleep(0.1)\n"
        "atexit.register(at_exit)\n" % times
    )
    assert output == ""


@pytest.mark.rounds(0, reason="starts processes")
@pytest.mark.skipif(not CPYTHON, reason="needs an import by path")
def test_daemon_threads_at_the_end():
    run(
        "import threading, time, threads, objects\n"
        "counter = threads.SharedCounter()\n"
        "def work():\n"
        "    while True:\n"
        "        counter.detached_increment(1); objects.apply(lambda x: x, 1)\n"
        "for _ in range(4): threading.Thread(target=work, daemon=True).start()\n"
        "time.sleep(0.1)\n"
    )


@pytest.mark.rounds(0, reason="starts processes")
@pytest.mark.skipif(not CPYTHON, reason="needs an import by path")
@pytest.mark.parametrize("flags", ["-O", "-OO", "-I", "-X dev", "-W error", "-X importtime"])
def test_flags(flags):
    code = "import sys; sys.path.insert(0, %r); import records; records.midpoint(records.Point(1), records.Point(2))" % HERE
    done = subprocess.run(
        [sys.executable] + flags.split() + ["-c", code], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert done.returncode == 0, done.stdout.decode(errors="replace")


@pytest.mark.rounds(0, reason="starts processes")
@pytest.mark.skipif(not CPYTHON or not hasattr(os, "fork"), reason="no fork")
def test_fork():
    run(
        "import os, classes, threads\n"
        "counter = classes.Counter(1)\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    counter.increment(); os._exit(0 if counter.value == 2 else 1)\n"
        "_, status = os.waitpid(child, 0)\n"
        "assert status == 0 and counter.value == 1\n"
    )


# How an interpreter is made and used in a new process, whatever the version.
NEW_INTERPRETER = """
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters
def create(kind):
    if sys.version_info >= (3, 13): return interpreters.create(kind)
    if sys.version_info >= (3, 9): return interpreters.create(isolated=kind == "isolated")
    return interpreters.create()
def execute(identity, code):
    failure = (interpreters.exec if sys.version_info >= (3, 13) else interpreters.run_string)(identity, code)
    assert failure is None, failure
path = "import sys; sys.path.insert(0, {here!r})\\n"
""".format(here=HERE)

TYPES_OF_ANOTHER = """
other = create({kind!r})
# The module is in the other interpreter only: its types are not for threads that are attached to the main one.
execute(other, path + '''import attached
problem = attached.make_in_thread(1)
assert problem and "not imported in this interpreter" in problem, problem
assert attached.Point(1).x == 1
''')
import attached
execute(other, "assert attached.make_in_thread(1000) is None")
assert attached.make_in_thread(1000) is None
interpreters.destroy(other)
assert attached.make_in_thread(1000) is None
"""


@pytest.mark.rounds(0, reason="starts processes")
@pytest.mark.skipif(MODULE is None, reason="no subinterpreters")
@pytest.mark.parametrize("kind", ["legacy", "isolated"])
def test_threads_attach_to_the_main_interpreter_and_use_nothing_of_others(kind):
    run(NEW_INTERPRETER + TYPES_OF_ANOTHER.format(kind=kind))


ATTACHED_ALREADY = """
other = create("legacy")
import attached
assert attached.attach_here()
code = path + '''
import attached, sys, threading
def attempt():
    try:
        assert attached.attach_here() and sys.version_info >= (3, 12)
    except RuntimeError as error:
        assert "on a thread of a subinterpreter" in str(error) and sys.version_info < (3, 12), error
attempt()
done = []
thread = threading.Thread(target=lambda: done.append(attached.attach_here()))
thread.start()
thread.join()
assert done == [True]
'''
execute(other, code)
interpreters.destroy(other)
assert attached.attach_here()
"""


@pytest.mark.rounds(0, reason="starts processes")
@pytest.mark.skipif(MODULE is None, reason="no subinterpreters")
def test_a_thread_that_is_attached_already():
    run(NEW_INTERPRETER + ATTACHED_ALREADY)


HANDLES = """
other = create("legacy")
execute(other, path + "import attached; assert attached.keep_in_thread(0) == (True, False)")
import attached
assert attached.keep_in_thread(0) == (True, True)
execute(other, "assert attached.keep_in_thread(0) == (True, False)")
interpreters.destroy(other)
"""


@pytest.mark.rounds(0, reason="starts processes")
@pytest.mark.skipif(MODULE is None, reason="no subinterpreters")
def test_a_handle_is_for_the_interpreter_of_its_object():
    run(NEW_INTERPRETER + HANDLES)


DROPPED = """
import gc, time, attached
sys.setswitchinterval(1e-5)
attached.make_in_background(1500)
wait = attached.wait_for_background
gc.set_threshold(1, 1, 1)
end = time.time() + 1.2
while time.time() < end:
    del sys.modules["attached"], attached
    time.sleep(0.0002)
    import attached
    assert attached.Point(1) == attached.Point(1)
rounds, problem = wait()
assert problem is None, problem
assert rounds > 0
"""


@pytest.mark.rounds(0, reason="starts processes")
@pytest.mark.skipif(not CPYTHON, reason="needs an import by path")
def test_a_module_is_dropped_while_a_thread_makes_its_objects():
    run(DROPPED)


FIRST_IMPORTS = """
import builtins, faulthandler, threading, time
faulthandler.dump_traceback_later(60, exit=True)
other = create("legacy")
# Lets other threads run in the middle of an import.
real = builtins.__import__
def slow(*arguments, **keywords):
    time.sleep(0.05)
    return real(*arguments, **keywords)
def here():
    import attached
    done.append(attached.Point(1))
def there():
    execute(other, path + "import attached; attached.Point(1)")
    done.append(1)
done = []
threads = [threading.Thread(target=work) for work in (here, there)]
builtins.__import__ = slow
for thread in threads: thread.start()
for thread in threads: thread.join()
builtins.__import__ = real
assert len(done) == 2, done
interpreters.destroy(other)
"""


@pytest.mark.rounds(0, reason="starts processes")
@pytest.mark.skipif(MODULE is None, reason="no subinterpreters")
def test_first_imports_at_the_same_time():
    run(NEW_INTERPRETER + FIRST_IMPORTS)


LACK_OF_MEMORY = """
import copyreg, dataclasses, datetime, enum, importlib, inspect, os, traceback, typing, _testcapi
name = {name!r}
def forget():
    for each in [each for each in sys.modules if each.split(".")[0] == name]:
        del sys.modules[each]
def use(module):
    for thing in vars(module).values():
        if isinstance(thing, enum.EnumMeta): list(thing), thing._member_map_, thing.__doc__
    if name == "attached": assert module.make_in_thread(1) is None
    if name == "enums": assert module.next(module.Colour.RED) is module.Colour.GREEN
    if name == "errors":
        try: module.close(1)
        except module.OpenPath: pass
def attempt(start):
    failed = 0
    for count in (1, 9):
        forget()
        _testcapi.set_nomemory(start, start + count)
        try: importlib.import_module(name)
        except BaseException: failed = 1
        finally: _testcapi.remove_mem_hooks()
        use(importlib.import_module(name))
    return failed
failed = 0
# From the n-th allocation on, some fail. Each try is in a process where the module was never imported.
for start in range(20, 1000, 21):
    child = os.fork()
    if child == 0:
        try: os._exit(attempt(start))
        except BaseException: traceback.print_exc(); os._exit(2)
    _, status = os.waitpid(child, 0)
    assert status in (0, 256), (start, status)
    failed += status == 256
assert failed > 5, failed
"""


@pytest.mark.rounds(0, reason="starts processes")
@pytest.mark.skipif(not CPYTHON or not hasattr(os, "fork"), reason="no fork")
@pytest.mark.skipif(hasattr(sys, "gettotalrefcount"), reason="debug builds assert that there is memory")
@pytest.mark.parametrize("name", ["attached", "enums", "errors"])
def test_an_import_that_lacks_memory_leaves_nothing_behind(name):
    try:
        importlib.import_module("_testcapi")
    except ImportError:
        pytest.skip("no allocations that fail on demand")
    run(LACK_OF_MEMORY.format(name=name))
