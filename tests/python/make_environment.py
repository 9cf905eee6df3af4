"""make_environment.py DIRECTORY PACKAGE...: makes a virtual environment with packages from PyPI, unless it is there.

Safe to run several times at once. Works where Python came without `ensurepip` (Debian without python3-venv): pip is
then fetched from PyPI.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import urllib.request
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
    """Downloads pip's wheel; it can be run as it is."""
    with urllib.request.urlopen("https://pypi.org/pypi/pip/json") as answer:
        files = json.load(answer)["urls"]
    wheel = next(file for file in files if file["packagetype"] == "bdist_wheel")
    with urllib.request.urlopen(wheel["url"]) as answer:
        data = answer.read()
    if hashlib.sha256(data).hexdigest() != wheel["digests"]["sha256"]:
        raise SystemExit("pip's wheel is damaged")
    path = os.path.join(directory, wheel["filename"])
    with open(path, "wb") as file:
        file.write(data)
    return path


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
