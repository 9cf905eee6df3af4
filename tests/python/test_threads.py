"""Several threads at once. On free-threaded builds these truly run in parallel."""

import gc
import signal
import subprocess
import sys
import threading
import time

import attached
import objects
import operators
import pytest
import records
import threads
from child_process import NO_FORK, in_child
from threads import SharedCounter

THREADS = 8
FREE_THREADED = not getattr(sys, "_is_gil_enabled", lambda: True)()


def in_parallel(work, count=THREADS):
    """Runs `work(number)` in several threads that start together; what any of them raises is raised here."""
    barrier = threading.Barrier(count)
    errors = []

    def run(number):
        try:
            barrier.wait()
            work(number)
        except BaseException as error:
            errors.append(error)

    workers = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if errors:
        raise errors[0]


@pytest.mark.rounds(5)
def test_the_gil_stays_off():
    if "t" not in getattr(sys, "abiflags", ""):
        pytest.skip("a build with the GIL")
    assert FREE_THREADED, "importing the modules turned the GIL on"


@pytest.mark.rounds(3)
def test_no_update_is_lost():
    counter = SharedCounter()
    rounds = 2000

    def work(number):
        for _ in range(rounds):
            counter.increment()

    in_parallel(work)
    assert counter.value == THREADS * rounds


@pytest.mark.rounds(3)
def test_no_slow_update_is_lost():
    counter = SharedCounter()

    def work(number):
        for _ in range(300):
            counter.slow_increment()
            counter.detached_increment()

    in_parallel(work)
    assert counter.value == THREADS * 600


@pytest.mark.rounds(3)
def test_readers_and_writers():
    counter = SharedCounter()

    def work(number):
        for _ in range(200):
            if number % 2:
                counter.detached_increment()
                counter.value = counter.value
            else:
                assert counter.detached_read() >= 0
                counter.value

    in_parallel(work)
    assert counter.value > 0


@pytest.mark.rounds(3)
def test_another_thread_waits():
    counter = SharedCounter()
    started = threading.Event()

    def slow(number):
        if number == 0:
            started.set()
            counter.detached_increment(100)
        else:
            started.wait()
            time.sleep(0.02)
            counter.increment()

    in_parallel(slow, 2)
    assert counter.value == 2, "the second waited for the first"


@pytest.mark.rounds(3)
def test_waiting_through_a_callback():
    # One thread is in a callback in the middle of a change; the other must wait without holding up the first.
    counter = SharedCounter()
    started = threading.Event()

    def pause():
        started.set()
        time.sleep(0.05)

    def work(number):
        if number == 0:
            counter.change(pause)
        else:
            started.wait()
            counter.increment()

    in_parallel(work, 2)
    assert counter.value == 2


@pytest.mark.rounds(3)
def test_reading_through_a_callback_in_parallel():
    counter = SharedCounter(7)

    def work(number):
        for _ in range(50):
            counter.look(lambda: counter.value)

    in_parallel(work)
    assert counter.value == 7


def test_reentry_from_the_same_thread_raises():
    counter = SharedCounter()
    for inner in (
        counter.increment,
        lambda: counter.value,
        lambda: setattr(counter, "value", 5),
        lambda: counter.change(int),
        lambda: counter.look(int),
        lambda: counter + counter,
        lambda: counter.detached_increment(),
        lambda: counter.detached_read(),
    ):
        with pytest.raises(RuntimeError, match="SharedCounter"):
            counter.change(inner)
    for inner in (counter.increment, lambda: setattr(counter, "value", 5), lambda: counter.change(int)):
        with pytest.raises(RuntimeError, match="SharedCounter"):
            counter.look(inner)
    counter.look(lambda: counter.look(lambda: counter.value))
    with pytest.raises(RuntimeError, match="SharedCounter"):
        counter.absorb(counter)
    assert counter + counter == 0
    counter.increment()
    assert counter.value == 1


class Running:
    """Calls a function in whatever way it comes to run."""

    def __init__(self, function):
        self.function = function

    def __call__(self):
        self.function()

    def __del__(self):
        self.function()

    def __repr__(self):
        self.function()
        return "Running"


def ways_to_run_python():
    ways = ["attach", "handle", "drop", "repr"]
    if threading.current_thread() is threading.main_thread():
        ways += ["panic"]
        if hasattr(sys, "getrefcount"):
            # PyPy runs handlers between two steps of Python code only.
            ways += ["signal"]
    return ways


def peek(counter, how, function, method=SharedCounter.peek):
    """Calls a function while the counter is read; what came of it, which is an exception if it raised one."""
    outcome = []

    def run(*_):
        if not outcome:
            outcome.append(None)
            try:
                outcome[0] = function()
            except Exception as error:
                outcome[0] = error

    if how == "signal":
        former = signal.signal(signal.SIGTERM, run)
        counter.keep(None)
        try:
            method(counter, how)
        finally:
            signal.signal(signal.SIGTERM, former)
    else:
        counter.keep(Running(run))
        method(counter, how)
        gc.collect()
    assert outcome, how
    return outcome[0]


def is_in_use(outcome):
    return isinstance(outcome, RuntimeError) and "SharedCounter is already in use by this thread" in str(outcome)


def changes(counter):
    return (counter.increment, lambda: setattr(counter, "value", 5), counter.slow_increment, counter.detached_increment)


@pytest.mark.rounds(10)
def test_a_reader_that_comes_back_to_its_object():
    counter = SharedCounter(3)

    def check():
        for how in ways_to_run_python():
            for method in (SharedCounter.peek, SharedCounter.detached_peek):
                if how == "handle" and (method is SharedCounter.detached_peek or not hasattr(sys, "getrefcount")):
                    # A thread that is detached leaves the object to one that is not; PyPy frees when it pleases.
                    continue
                for change in changes(counter):
                    assert is_in_use(peek(counter, how, change, method)), (how, method)
                # Reading it again is allowed; changing it is not.
                assert peek(counter, how, lambda: counter.value, method) == 3
                inner = lambda: peek(counter, "attach", counter.increment, method)
                assert is_in_use(peek(counter, how, inner, method)), how
                inner = lambda: peek(counter, "attach", lambda: counter + counter, method)
                assert peek(counter, how, inner, method) == 6, how
        # An argument, and a field that is read, are in use as well.
        other = SharedCounter(1)
        inner = lambda: peek(other, "attach", lambda: counter.absorb(other))
        assert is_in_use(peek(counter, "attach", inner))
        assert is_in_use(peek(other, "attach", lambda: other.absorb(counter)))
        assert is_in_use(peek(other, "attach", lambda: other.absorb(other)))

    check()
    in_parallel(lambda number: check(), 1)
    assert counter.increment() == 4


@pytest.mark.rounds(3)
def test_readers_in_many_threads_that_come_back():
    counter = SharedCounter(3)
    counters = [SharedCounter(number) for number in range(THREADS)]

    def work(number):
        for turn in range(20):
            own = counters[number]
            # Each reads its own and all read the same one.
            inner = lambda: peek(own, "attach", own.increment)
            outcome = [None]

            def look():
                outcome[0] = inner()
                with pytest.raises(RuntimeError, match="already in use by this thread"):
                    counter.increment()

            counter.look(look)
            assert is_in_use(outcome[0])

    in_parallel(work)
    assert counter.increment() == 4


@pytest.mark.rounds(3)
def test_readers_that_wait_for_one_another():
    # Each thread reads one and changes the next. The thread that closes the circle gets an error; the others continue.
    for count in (2, 3):
        counters = [SharedCounter() for _ in range(count)]
        all_read = threading.Barrier(count)
        outcomes = [None] * count

        def work(number):
            def change():
                all_read.wait()
                return counters[(number + 1) % count].increment()

            outcomes[number] = peek(counters[number], "attach", change)

        in_parallel(work, count)
        refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
        assert len(refused) == 1, outcomes
        assert "in use by a thread that waits for this one" in str(refused[0])


def while_in_use(use, check):
    """Checks something while another thread uses what it uses for half a second."""
    started = threading.Event()

    def work():
        started.set()
        use()

    user = threading.Thread(target=work)
    user.start()
    started.wait()
    time.sleep(0.1)
    try:
        check()
    finally:
        user.join()


@pytest.mark.skipif(NO_FORK, reason="no fork here, or under valgrind, where it takes too long")
@pytest.mark.rounds(1)
def test_a_forked_process_does_not_wait_for_threads_of_its_parent():
    counter = SharedCounter(3)

    def read_by_another():
        assert counter.value == 3
        assert counter.increment() == 4
        in_parallel(lambda number: counter.increment(), 4)
        assert counter.value == 8

    while_in_use(lambda: counter.detached_read(500), lambda: in_child(read_by_another))
    # Several readers, one of which is the thread that forks.
    def read_by_both():
        counter.look(lambda: in_child(read_again))

    def read_again():
        with pytest.raises(RuntimeError, match="already in use by this thread"):
            counter.increment()

    while_in_use(lambda: counter.detached_read(500), read_by_both)
    assert is_in_use(peek(counter, "attach", lambda: (in_child(read_again), counter.increment())))

    def changed_by_another():
        for use in (lambda: counter.value, counter.increment, counter.detached_read, lambda: counter + counter, lambda: other + counter):
            with pytest.raises(RuntimeError, match="SharedCounter was being changed by another thread when this process was forked"):
                use()
        in_parallel(lambda number: other.increment(), 4)

    other = SharedCounter()
    while_in_use(lambda: counter.detached_increment(500), lambda: in_child(changed_by_another))
    # The parent is as it was.
    assert counter.value == 4 and other.value == 0

    # What the thread that forks has, it still has; another one of the child waits for it.
    def change():
        def own():
            with pytest.raises(RuntimeError, match="already in use by this thread"):
                counter.increment()
            waiting = threading.Thread(target=counter.increment)
            waiting.start()
            time.sleep(0.1)
            assert waiting.is_alive()
            waiting_threads.append(waiting)

        in_child(own)

    waiting_threads = []
    counter.change(change)
    assert counter.value == 5


@pytest.mark.skipif(NO_FORK, reason="no fork here, or under valgrind, where it takes too long")
@pytest.mark.rounds(1)
def test_forks_in_the_middle_of_everything():
    counter = SharedCounter()
    stop = threading.Event()

    def work():
        while not stop.is_set():
            for method in (counter.increment, counter.slow_increment, counter.detached_increment, counter.detached_read):
                method()
            records.Point(1, 2)
            objects.chunks("text", 2)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()

    def use():
        try:
            counter.increment()
            in_parallel(lambda number: counter.increment(), 2)
        except RuntimeError as error:
            assert "forked" in str(error)
        fresh = SharedCounter()
        in_parallel(lambda number: fresh.increment(), 2)
        assert fresh.value == 2
        assert records.midpoint(records.Point(1, 2), records.Point(3, 4)).x == 2

    try:
        for _ in range(20):
            in_child(use)
    finally:
        stop.set()
        for worker in workers:
            worker.join()


@pytest.mark.rounds(3)
def test_two_objects_absorbing_each_other():
    # Each thread holds one and wants the other: neither may wait for ever.
    for _ in range(20):
        a, b = SharedCounter(1), SharedCounter(1)

        def work(number):
            one, other = (a, b) if number % 2 else (b, a)
            for _ in range(20):
                try:
                    one.absorb(other)
                    one.value = 1
                except RuntimeError:
                    pass

        worker = threading.Thread(target=in_parallel, args=(work, 4), daemon=True)
        worker.start()
        worker.join(60)
        assert not worker.is_alive(), "deadlock"


@pytest.mark.rounds(3)
def test_released_gil():
    # A thread that held the interpreter would wait for the others for ever.
    in_parallel(lambda number: threads.meet(THREADS))
    assert threads.checksum(bytes(range(10)) * 1000) == 45000
    assert threads.count_words(["a b", "c"]) == 3


@pytest.mark.rounds(3)
def test_bytes_that_change_while_they_are_read():
    data = bytearray(b"\1" * 100000)
    stop = threading.Event()

    def change():
        while not stop.is_set():
            data[:] = b"\1" * 100000
            # PyPy counts few steps for so long a one, and would let no other thread run for seconds.
            time.sleep(0)

    changer = threading.Thread(target=change)
    changer.start()
    try:
        for _ in range(50):
            # Writable memory is copied or held: the sum is of one state or the call is refused.
            try:
                assert threads.checksum(data) == 100000
                assert threads.checksum(memoryview(data)) == 100000
            except BufferError:
                pass
    finally:
        stop.set()
        changer.join()


@pytest.mark.rounds(2)
def test_containers_that_change_while_they_are_converted():
    values = [float(number) for number in range(1000)]
    pairs = [(number, 1.0) for number in range(500)]
    table = {"k%d" % number: 1.0 for number in range(500)}
    numbers = set(range(500))
    stop = threading.Event()

    def change():
        step = 0
        while not stop.is_set():
            step += 1
            values[step % 500] = float(step)
            if step % 10 == 0:
                values.append(1.5)
                values.pop()
                pairs.append((1, 2.0))
                pairs.pop()
                table["new%d" % (step % 1000)] = 1.0
                table.pop("new%d" % ((step + 500) % 1000), None)
                numbers.add(step)
                numbers.discard(step - 100)
            if step % 1000 == 0:
                values[500:600] = [2.5] * 100
                del values[900:950]
                values.extend([0.5] * 50)

    changer = threading.Thread(target=change)
    changer.start()

    def tolerant(function, value):
        # A dict or set that changes size while it is read may be refused; a crash or a wrong type may not be.
        try:
            assert function(value) >= 0
        except RuntimeError as error:
            assert "changed" in str(error), error

    def work(number):
        for _ in range(200):
            tolerant(threads.sum, values)
            tolerant(threads.sum_pairs, pairs)
            tolerant(threads.sum_table, table)
            tolerant(threads.length, numbers)

    try:
        in_parallel(work, 4)
    finally:
        stop.set()
        changer.join()


@pytest.mark.rounds(2)
def test_everything_at_once():
    vector = operators.Vector([1.0, 2.0, 3.0])
    shared = objects.countdown(100000)
    point = records.Point(1, 2)
    text = "größe"

    def work(number):
        for step in range(300):
            assert records.midpoint(point, point) == point
            assert objects.apply(lambda x: x + 1, step) == step + 1
            assert len(vector) == 3 and vector[0] >= 0
            vector[0] = step
            assert (vector + vector).items[1] == 4.0
            assert next(shared) >= 0
            assert list(objects.chunks(text, 2)) == ["gr", "öß", "e"]
            counter = SharedCounter(step)
            counter.increment()
            assert counter.value == step + 1
            try:
                objects.apply("x", 1)
            except TypeError:
                pass
        gc.collect()

    in_parallel(work)


@pytest.mark.rounds(2)
def test_one_iterator_in_many_threads():
    iterator = objects.countdown(5000)
    seen = [[] for _ in range(THREADS)]

    def work(number):
        while True:
            try:
                seen[number].append(next(iterator))
            except StopIteration:
                break
            except RuntimeError:
                continue

    in_parallel(work)
    everything = [item for part in seen for item in part]
    assert sorted(everything) == list(range(5000)), "each item exactly once"


@pytest.mark.rounds(2)
def test_panics_in_many_threads():
    import panics

    def work(number):
        fragile = panics.Fragile()
        for _ in range(20):
            with pytest.raises(RuntimeError, match="poked"):
                fragile.poke(True)
            with pytest.raises(RuntimeError, match="thread %d" % number):
                panics.crash("thread %d" % number)

    in_parallel(work)


@pytest.mark.rounds(2)
def test_import_in_many_threads():
    import importlib

    for name in ("wordcount", "enums", "errors", "scalars", "text"):
        saved = sys.modules.pop(name, None)
        try:
            in_parallel(lambda number: importlib.import_module(name))
        except ImportError:
            if saved is not None:
                raise
        finally:
            if saved is not None:
                sys.modules[name] = saved


class Dropped:
    def __init__(self, seen):
        self.seen = seen

    def __del__(self):
        self.seen.append(self)


@pytest.mark.rounds(20, reason="each starts threads")
def test_objects_dropped_by_threads_that_python_does_not_know():
    # The thread must not wait for the interpreter, which is held by the one that waits for it.
    seen = []
    attached.drop_in_thread(Dropped(seen))
    for _ in range(100):
        if seen:
            break
        attached.drop_in_thread(None)
        gc.collect()
    assert len(seen) == 1
    seen.clear()


# Without the path of imports, which not every interpreter has for such files.
LOADED = """
import importlib.machinery, importlib.util, time
loader = importlib.machinery.ExtensionFileLoader("attached", {file!r})
spec = importlib.util.spec_from_file_location("attached", {file!r}, loader=loader)
attached = importlib.util.module_from_spec(spec)
loader.exec_module(attached)
{code}
end = time.time() + 0.3
while time.time() < end: pass
print(attached.wait_for_background()[1])
"""


@pytest.mark.rounds(0, reason="starts processes")
@pytest.mark.parametrize("code", ["attached.make_in_background(50)", "attached.drop_in_background(object(), 50)"])
def test_threads_of_rust_before_any_of_python(code):
    # PyPy makes its lock when it starts a thread.
    program = LOADED.format(file=attached.__file__, code=code)
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert (done.returncode, done.stdout.decode().strip()) == (0, "None")
