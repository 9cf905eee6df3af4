"""Settings for the real pytest."""


def pytest_configure(config):
    config.addinivalue_line("markers", "rounds(n, reason): how often the leak test repeats the test at most")
    config.addinivalue_line("markers", "baseline(run): what the leak test compares with, called with the test's parameters")
