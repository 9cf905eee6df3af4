"""Several threads at once. On free-threaded builds these truly run in parallel."""

import gc
import sys
import threading
import time

import objects
import operators
import pytest
import records
import threads
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

    changer = threading.Thread(target=change)
    changer.start()
    try:
        for _ in range(50):
            # Writable memory is copied or held: the sum is of one state or the call is refused.
            try:
                assert threads.checksum(data) == 100000
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
