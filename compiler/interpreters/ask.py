# Prints, as one line of JSON, what pyidl wants to know of the interpreter that runs this. Works from Python 3.4 on.
import json
import os
import sys
import sysconfig
from importlib.machinery import EXTENSION_SUFFIXES


def variables(*names):
    found = []
    for name in names:
        value = sysconfig.get_config_var(name)
        if isinstance(value, str) and value and value not in found:
            found.append(value)
    return found


release = "%d.%d.%d" % sys.version_info[:3]
if sys.version_info.releaselevel != "final":
    release += {"alpha": "a", "beta": "b", "candidate": "rc"}[sys.version_info.releaselevel]
    release += str(sys.version_info.serial)

library = os.path.join(sys.base_prefix, "lib")
directories = variables("LIBDIR", "LIBPL", "PYTHONFRAMEWORKPREFIX")
directories += [library, os.path.join(library, sysconfig.get_config_var("MULTIARCH") or ""), sys.base_prefix]

print(json.dumps({
    "executable": sys.executable or None,
    "major": sys.version_info.major,
    "minor": sys.version_info.minor,
    "release": release,
    "implementation": sys.implementation.name,
    "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
    "debug": hasattr(sys, "gettotalrefcount"),
    "bits": 64 if sys.maxsize > 2**32 else 32,
    "prefix": sys.prefix,
    "extension_suffixes": EXTENSION_SUFFIXES,
    "library_names": variables("INSTSONAME", "LDLIBRARY", "PYTHONFRAMEWORK"),
    "library_directories": directories,
}))
