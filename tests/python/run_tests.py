"""Runs pytest-style test files with nothing but an interpreter, from CPython 3.8 on and on PyPy.

    run_tests.py [--path DIRECTORY] [--leaks ROUNDS] [--only TEXT] [--timeout SECONDS] FILE...

`--path` is put on the import path; extension modules in it are loaded by path where the interpreter does not take
their suffix (PyPy). Output is one JSON object a line:

    {"python": {...}}                                     what runs the tests
    {"test": "test_x.py::test_y[1]", "outcome": "passed"} and so on; outcomes are passed, failed, skipped
    {"summary": {"passed": 1, "failed": 0, "skipped": 0}, "modules": {"x": sha256 of the file that was imported}}

The exit status is 0 when nothing failed. With `--leaks`, each test runs ROUNDS times (a mark `rounds(n)` says of how
many at most instead of a thousand, 0 for never; its reason is `rounds`' keyword) and fails when the interpreter holds more
references afterwards than after as many rounds of nothing: of an empty function, or of what a mark `baseline(run=f)` names,
which is called with the test's parameters. An exception that Python could only report as "unraisable" fails the test that
was running. A test that takes longer than the timeout ends the process with the stack of every thread.
"""

import argparse
import faulthandler
import gc
import hashlib
import importlib.machinery
import importlib.util
import inspect
import itertools
import json
import os
import pathlib
import shutil
import sys
import tempfile
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))


def load_by_path(name, path):
    """Imports a source or extension file under a name."""
    if path.endswith(".py"):
        loader = importlib.machinery.SourceFileLoader(name, path)
    else:
        loader = importlib.machinery.ExtensionFileLoader(name, path)
    spec = importlib.util.spec_from_file_location(name, path, loader=loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


class ByPath:
    """A finder for extension modules with the plain suffix, for interpreters that accept only their own."""

    def __init__(self, directory):
        self.directory = directory

    def find_spec(self, name, path=None, target=None):
        for suffix in (".so", ".pyd"):
            file = os.path.join(self.directory, name + suffix)
            if os.path.exists(file):
                loader = importlib.machinery.ExtensionFileLoader(name, file)
                return importlib.util.spec_from_file_location(name, file, loader=loader)
        return None


def marks_of(function, name):
    return [mark for mark in getattr(function, "pytestmark", []) if mark.name == name]


class Case:
    """One test function with one set of parameters."""

    def __init__(self, file, function, values, ids):
        self.function = function
        self.values = values
        label = function.__name__ + ("[%s]" % "-".join(ids) if ids else "")
        self.name = "%s::%s" % (os.path.basename(file), label)
        self.wants_directory = "tmp_path" in inspect.signature(function).parameters

    def reason_to_skip(self):
        for mark in marks_of(self.function, "skip"):
            return mark.kwargs.get("reason") or (mark.args[0] if mark.args else "marked")
        for mark in marks_of(self.function, "skipif"):
            if mark.args[0]:
                return mark.kwargs.get("reason", "condition")
        return None

    def rounds(self, wanted):
        for mark in marks_of(self.function, "rounds"):
            # What the mark says is meant for a thousand.
            return min(mark.args[0], -(-mark.args[0] * wanted // 1000))
        return wanted

    def baseline(self):
        """What the interpreter does in this test apart from calling modules, as a case with the same parameters."""
        empty = Case.__new__(Case)
        empty.function = lambda **_: None
        empty.values = self.values
        empty.wants_directory = False
        for mark in marks_of(self.function, "baseline"):
            empty.function = mark.kwargs["run"]
        return empty

    def run(self, rounds=1):
        values = self.values
        directory = None
        if self.wants_directory:
            directory = tempfile.mkdtemp()
            values = dict(values, tmp_path=pathlib.Path(directory))
        try:
            function = self.function
            for _ in range(rounds):
                function(**values)
        finally:
            if directory:
                shutil.rmtree(directory, ignore_errors=True)


def cases_of(file, module):
    """The test functions of a module in the order written, once per set of parameters."""
    for name, function in list(vars(module).items()):
        if not name.startswith("test") or not inspect.isfunction(function):
            continue
        axes = []
        for mark in marks_of(function, "parametrize"):
            names, sets = mark.args[0], mark.args[1]
            ids = mark.kwargs.get("ids")
            if isinstance(names, str):
                names = [part.strip() for part in names.split(",")]
            axis = []
            for index, values in enumerate(sets):
                label = None
                if type(values).__name__ in ("Param", "ParameterSet"):
                    label = values.id
                    values = values.values if len(names) > 1 else values.values[0]
                if len(names) == 1:
                    values = (values,)
                if callable(ids):
                    label = "-".join(str(ids(value)) for value in values)
                elif ids:
                    label = str(ids[index])
                label = label or "-".join(repr(value)[:24] for value in values)
                axis.append((dict(zip(names, values)), label))
            axes.append(axis)
        for combination in itertools.product(*reversed(axes)):
            values = {}
            for chosen, _ in combination:
                values.update(chosen)
            yield Case(file, function, values, [label for _, label in combination])


class Unraisable:
    """Collects what Python reports through `sys.unraisablehook`."""

    def __init__(self):
        self.reports = []
        if hasattr(sys, "unraisablehook"):
            sys.unraisablehook = self

    def __call__(self, report):
        self.reports.append("%s in %r" % ("".join(traceback.format_exception_only(report.exc_type, report.exc_value)), report.object))

    def take(self):
        reports, self.reports = self.reports, []
        return reports


class Counters:
    """Everything that grows when a reference is lost."""

    def __init__(self, modules):
        self.total = getattr(sys, "gettotalrefcount", None)
        self.blocks = getattr(sys, "getallocatedblocks", None)
        # The cache of attributes keeps the names that were looked up: up to 4096 of them, so it fills for thousands of rounds.
        self.clear_cache = getattr(sys, "_clear_internal_caches", None) or getattr(sys, "_clear_type_cache", int)
        self.watched = []
        # Free-threaded builds count references to types and functions per thread, so their sum has no meaning.
        if hasattr(sys, "getrefcount") and "t" not in getattr(sys, "abiflags", ""):
            for module in modules:
                for value in vars(module).values():
                    if isinstance(value, (str, int, float, type(None))):
                        continue
                    self.watched.append(value)
                    if isinstance(value, type):
                        self.watched.extend(member for member in vars(value).values() if callable(member))
        self.growth(int)
        #: What reading itself makes grow.
        self.idle = self.growth(int)

    def read(self):
        for _ in range(3):
            gc.collect()
        self.clear_cache()
        references = self.total() if self.total else 0
        blocks = self.blocks() if self.blocks else 0
        watched = 0
        for value in self.watched:
            watched += sys.getrefcount(value)
        return (references, blocks, watched)

    def growth(self, run):
        before = self.read()
        run()
        return [b - a for a, b in zip(before, self.read())]


def leak_of(case, counters, rounds):
    """What is lost in each of three attempts; None when nothing is.

    Attempts after the first tell a leak from a cache that the first one filled. A reference that a call loses is lost in
    every round. Blocks come and go with the interpreter's own caches, so that only half a block a round counts, and
    the first hundred do not. What the interpreter loses without any module is taken off: some releases lose thousands of
    blocks with every subinterpreter, whatever runs in it.
    """
    limits = (
        ("references", rounds // 20),
        ("allocated blocks", 100 + rounds // 2),
        ("references to the module's objects", rounds // 20),
    )

    def growth(case, rounds):
        return counters.growth(lambda: case.run(rounds))

    def lost(case):
        # What stays after one round just as after many is held, not lost. One round comes last: it finds the caches full.
        many = growth(case, rounds + 1)
        return [b - a for a, b in zip(growth(case, 1), many)]

    def too_many(counts, own):
        return [
            "%d more %s%s" % (count - lost, name, " than the %d of the interpreter itself" % lost if lost else "")
            for (name, limit), count, lost in zip(limits, counts, own)
            if count - lost > limit
        ]

    case.run(min(rounds, 20))
    if not too_many(growth(case, rounds), counters.idle):
        return None
    empty = case.baseline()
    empty.run(min(rounds, 20))
    own = [max(0, *counts) for counts in zip(lost(empty), lost(empty))]
    for _ in range(3):
        found = too_many(lost(case), own)
        if not found:
            return None
    return ", ".join(found) + " after %d rounds" % rounds


def say(**fields):
    print(json.dumps(fields), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--path", action="append", default=[])
    parser.add_argument("--leaks", type=int, default=0, metavar="ROUNDS")
    parser.add_argument("--only", default="")
    parser.add_argument("--timeout", type=float, default=240)
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    # As the modules say where they are: those whose references are counted are found by it.
    options.path = [os.path.abspath(directory) for directory in options.path]

    faulthandler.enable()
    sys.dont_write_bytecode = True
    pytest = sys.modules["pytest"] = load_by_path("minipytest", os.path.join(HERE, "minipytest.py"))
    sys.path[:0] = options.path
    by_path = ".so" not in importlib.machinery.EXTENSION_SUFFIXES and ".pyd" not in importlib.machinery.EXTENSION_SUFFIXES
    if by_path:
        # First: to others the directory of a module's stubs is a package.
        sys.meta_path[:0] = [ByPath(directory) for directory in options.path]
    unraisable = Unraisable()
    say(
        python={
            "implementation": sys.implementation.name,
            "version": sys.version,
            "executable": sys.executable,
            "abiflags": getattr(sys, "abiflags", ""),
            "loads": "by path" if by_path else "by import",
        }
    )
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for file in options.files:
        name = os.path.splitext(os.path.basename(file))[0]
        try:
            module = load_by_path(name, os.path.abspath(file))
        except BaseException as error:
            if isinstance(error, pytest.Skipped):
                counts["skipped"] += 1
                say(test=os.path.basename(file), outcome="skipped", detail=str(error))
                continue
            counts["failed"] += 1
            say(test=os.path.basename(file), outcome="failed", detail=traceback.format_exc())
            continue
        counters = Counters(extension_modules(options.path).values()) if options.leaks else None
        for case in cases_of(file, module):
            if options.only not in case.name:
                continue
            started = time.time()
            # PyPy's faulthandler has no timer.
            if hasattr(faulthandler, "dump_traceback_later"):
                faulthandler.dump_traceback_later(options.timeout, exit=True)
            outcome, detail = run_case(case, counters, options.leaks, pytest)
            reports = unraisable.take()
            if reports and outcome != "failed":
                outcome, detail = "failed", "unraisable: " + "; ".join(reports)
            counts[outcome] += 1
            say(test=case.name, outcome=outcome, seconds=round(time.time() - started, 3), **({"detail": detail} if detail else {}))
    # After the last test, so that lazily imported ones are there too.
    modules = {name: digest(module.__file__) for name, module in sorted(extension_modules(options.path).items())}
    say(summary=counts, modules=modules)
    return 1 if counts["failed"] else 0


def run_case(case, counters, rounds, pytest):
    reason = case.reason_to_skip()
    if reason is not None:
        return "skipped", reason
    try:
        if not rounds:
            case.run()
            return "passed", None
        rounds = case.rounds(rounds)
        if not rounds:
            return "skipped", "not repeated"
        leak = leak_of(case, counters, rounds)
        return ("failed", leak) if leak else ("passed", None)
    except pytest.Skipped as skipped:
        return "skipped", str(skipped)
    except BaseException:
        return "failed", traceback.format_exc()


def extension_modules(directories):
    """The extension modules that were imported from the given directories, by name."""
    found = {}
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None) or ""
        if file.endswith((".so", ".pyd")) and os.path.dirname(file) in directories:
            found[name] = module
    return found


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
