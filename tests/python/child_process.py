"""Running something in a process that is forked from this one."""

import os
import signal
import sys
import traceback
import warnings

# Under valgrind, which runs with this allocator, it takes too long; and CPython's child loses locks of its parent.
NO_FORK = not hasattr(os, "fork") or os.environ.get("PYTHONMALLOC") == "malloc"


def in_child(work):
    """Runs something in a forked process; what is to be seen of it is whether it was right, and that it ended."""
    sys.stdout.flush()
    with warnings.catch_warnings():
        # Python says that forking a process with threads is dangerous.
        warnings.simplefilter("ignore")
        child = os.fork()
    if child == 0:
        status = 1
        try:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(20)
            work()
            status = 0
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0, "14: it hung"
