"""Settings for the real pytest."""

import os
import sys

# With `--import-mode=importlib` the files of this directory do not find each other otherwise.
sys.path.append(os.path.dirname(__file__))


def pytest_configure(config):
    config.addinivalue_line("markers", "rounds(n, reason): how often the leak test repeats the test at most")
    config.addinivalue_line("markers", "baseline(run): what the leak test compares with, called with the test's parameters")
