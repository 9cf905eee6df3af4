"""measure.py DIRECTORY ROUNDS: times the modules in a directory; prints JSON {case: {variant: nanoseconds per call}}.

All variants of all cases take turns, in one process, forwards and backwards, and the least time of each counts: what
disturbs the machine disturbs all alike. The interpreter's loop is part of every figure; "(empty loop)" says how much
that is. With ROUNDS 0 each variant runs once between two requests to callgrind, and the JSON says in which order.
"""

import gc
import importlib
import json
import sys
from time import perf_counter_ns as now

# Each call is written ten times in the loop's body, so that the loop itself hardly counts.
SOURCE = "def run(f, a, b, turns):\n start = now()\n for _ in turns:\n" + "  %s\n" * 10 + " return now() - start\n"


def load(name):
    try:
        return importlib.import_module(name)
    except ImportError as error:
        print("%s: %s" % (name, error), file=sys.stderr)
        return None


def variants(pyidl, c, pyo3, name, c_names, make=lambda thing: thing):
    """(variant, callable) of every module that has it."""
    wanted = [("pyidl", pyidl, name), ("C", c, c_names[0]), ("PyO3", pyo3, name)]
    wanted += [("C, expert", c, expert) for expert in c_names[1:]]
    return [(label, make(getattr(module, attribute))) for label, module, attribute in wanted if hasattr(module, attribute)]


def cases(pyidl, c, pyo3):
    """(case, expression, arguments, variants, turns of ten calls)."""

    def of(name, *c_names, **options):
        return variants(pyidl, c, pyo3, name, c_names or (name,), **options)

    def instance(kind):
        return kind(5000)

    floats = [float(number) for number in range(1000)]
    add = of("add", "add", "add_x")
    return [
        ("noop()", "f()", (), of("noop", "noop", "noop_x"), 2000),
        ("add(3, 4)", "f(a, b)", (3, 4), add, 2000),
        ("add(2**40, 5)", "f(a, b)", (2**40, 5), add, 2000),
        ("add(a=3, b=4)", "f(a=a, b=b)", (3, 4), of("add", "add_keywords", "add_keywords_x"), 1000),
        ("greet('World of Rust')", "f(a)", ("World of Rust",), of("greet", "greet", "greet_x"), 1000),
        ("counter.increment()", "f.increment()", (), of("Counter", make=instance), 2000),
        ("counter.get()", "f.get()", (), of("Counter", make=instance), 2000),
        ("counter.value", "f.value", (), of("Counter", make=instance), 2000),
        ("Counter()", "f()", (), of("Counter", "Counter", "Counter_x"), 1000),
        ("Counter(7)", "f(a)", (7,), of("Counter", "Counter", "Counter_x"), 1000),
        ("sum_floats(1000 floats)", "f(a)", (floats,), of("sum_floats"), 20),
        ("count_up(1000)", "f(a)", (1000,), of("count_up"), 10),
        ("(empty loop)", "None", (), [("loop", None)], 2000),
    ]


def main():
    directory, rounds = sys.argv[1], int(sys.argv[2])
    sys.path.insert(0, directory)
    modules = [load(name) for name in ("bench_pyidl", "bench_c", "bench_pyo3")]
    prepared = []
    for case, expression, arguments, found, turns in cases(*modules):
        a, b = (list(arguments) + [None, None])[:2]
        for variant, function in found:
            space = {"now": now}
            exec(SOURCE % ((expression,) * 10), space)
            prepared.append((case, variant, space["run"], function, a, b, turns))
    gc.disable()
    if rounds:
        print(json.dumps({"ns": times(prepared, rounds)}))
    else:
        print(json.dumps({"order": count(prepared)}))


def times(prepared, rounds):
    best = {case: {} for case, *_ in prepared}
    for _ in range(3):
        for _, _, run, function, a, b, turns in prepared:
            run(function, a, b, range(max(turns // 4, 3)))
    for number in range(rounds):
        for case, variant, run, function, a, b, turns in prepared if number % 2 else prepared[::-1]:
            took = run(function, a, b, range(turns)) / (turns * 10)
            known = best[case]
            known[variant] = min(took, known.get(variant, took))
    return best


def count(prepared):
    import bench_callgrind

    order = []
    for case, variant, run, function, a, b, turns in prepared:
        turns = max(turns // 20, 3)
        for _ in range(3):
            run(function, a, b, range(turns))
        counted = range(turns)
        bench_callgrind.zero()
        run(function, a, b, counted)
        bench_callgrind.dump()
        order.append((case, variant, turns * 10))
    return order


if __name__ == "__main__":
    main()
