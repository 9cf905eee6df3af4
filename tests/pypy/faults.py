"""faults.py FILE FAULT: does with an extension module, made of faults.c, what ends PyPy's process."""

import importlib.machinery
import importlib.util
import sys
import time

loader = importlib.machinery.ExtensionFileLoader("faults", sys.argv[1])
faults = importlib.util.module_from_spec(importlib.util.spec_from_file_location("faults", sys.argv[1], loader=loader))
loader.exec_module(faults)


def released_memoryview():
    view = memoryview(b"abc")
    view.release()
    faults.nothing(view)


def error_at_the_end_of_the_stack():
    class Index:
        def __index__(self):
            return faults.index_of(self)

    try:
        faults.index_of(Index())
    except RecursionError:
        pass


def thread_before_any_of_python():
    faults.start_thread(None)
    end = time.time() + 1
    while time.time() < end:
        pass


globals()[sys.argv[2]]()
print("no fault")
