"""make_environment.py DIRECTORY PACKAGE...: makes a virtual environment with packages from PyPI, unless it is there.

Safe to run several times at once. Works where Python came without `ensurepip` (Debian without python3-venv): pip is
then fetched with the pip of another one.
"""

import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv


def lock(path):
    """Waits until no other process makes the environment. The lock ends with the process."""
    file = open(path, "w")
    try:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)
    except ImportError:
        pass
    return file


def fetch_pip(directory):
    """Has another Python's pip download itself; the wheel can be run as it is."""
    pip = shutil.which("pip3") or shutil.which("pip")
    if pip is None:
        raise SystemExit("%s has neither ensurepip nor is there a pip: install one of them" % sys.executable)
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:", "--dest", directory]
    subprocess.check_call([pip, "download"] + options + ["pip"])
    return glob.glob(os.path.join(directory, "pip-*.whl"))[0]


def main():
    directory, packages = os.path.abspath(sys.argv[1]), sys.argv[2:]
    os.makedirs(os.path.dirname(directory), exist_ok=True)
    held = lock(directory + ".lock")
    stamp = os.path.join(directory, "packages.json")
    wanted = {"packages": packages, "python": sys.version}
    try:
        with open(stamp) as file:
            if json.load(file) == wanted:
                return
    except (OSError, ValueError):
        pass
    python = os.path.join(directory, "Scripts" if os.name == "nt" else "bin", "python")
    with tempfile.TemporaryDirectory() as temporary:
        try:
            venv.create(directory, clear=True, with_pip=True)
            pip = [python, "-m", "pip"]
        except (Exception, SystemExit):
            venv.create(directory, clear=True, with_pip=False)
            pip = [python, os.path.join(fetch_pip(temporary), "pip")]
        subprocess.check_call(
            pip + ["install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"] + packages
        )
    with open(stamp, "w") as file:
        json.dump(wanted, file)
    held.close()


if __name__ == "__main__":
    main()
