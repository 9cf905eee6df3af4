"""Modules under other names than their own: in packages, several times, under two names at once."""

import importlib.machinery
import os
import subprocess
import sys

import pytest
import records

SUFFIX = os.path.splitext(records.__file__)[1]
HERE = os.path.dirname(os.path.abspath(records.__file__))
needs_import_by_name = pytest.mark.skipif(
    SUFFIX not in importlib.machinery.EXTENSION_SUFFIXES, reason="this Python does not import files with this suffix"
)


def run_in_package(directory, modules, code):
    """Runs code in a new process, with the modules in the package `shop.parts`."""
    parts = os.path.join(str(directory), "shop", "parts")
    os.makedirs(parts)
    for package in (os.path.dirname(parts), parts):
        open(os.path.join(package, "__init__.py"), "w").close()
    for module in modules:
        os.symlink(os.path.join(HERE, module + SUFFIX), os.path.join(parts, module + SUFFIX))
    program = "import sys; sys.path.insert(0, %r)\n%s" % (str(directory), code)
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = done.stdout.decode(errors="replace")
    assert done.returncode == 0, output
    return output


@pytest.mark.rounds(0, reason="starts processes")
@needs_import_by_name
def test_types_say_where_they_are(tmp_path):
    run_in_package(
        tmp_path,
        ["records", "enums", "errors", "classes"],
        "import copy, pickle\n"
        "from shop.parts import records, enums, errors, classes\n"
        "values = [records.Point(1, 2), enums.Colour.RED, errors.OpenPath('open', gap=0.5)]\n"
        "for value in values:\n"
        "    cls = type(value)\n"
        "    assert cls.__module__ in ('shop.parts.records', 'shop.parts.enums', 'shop.parts.errors'), cls.__module__\n"
        "    assert getattr(sys.modules[cls.__module__], cls.__qualname__) is cls\n"
        "    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):\n"
        "        again = pickle.loads(pickle.dumps(value, protocol))\n"
        "        assert type(again) is cls and again.__reduce__ and str(again) == str(value), again\n"
        "    assert type(copy.deepcopy(value)) is cls\n"
        "assert classes.Counter.__module__ == 'shop.parts.classes'\n"
        "assert repr(classes.Counter) == \"<class 'shop.parts.classes.Counter'>\"\n"
        "assert pickle.loads(pickle.dumps(records.midpoint)) is records.midpoint\n",
    )


@pytest.mark.rounds(0, reason="starts processes")
@needs_import_by_name
def test_under_two_names_at_once(tmp_path):
    run_in_package(
        tmp_path,
        ["records"],
        "sys.path.insert(0, %r)\n"
        "import records, shop.parts.records as other\n"
        "assert records is not other and records.Point is other.Point\n"
        "assert other.midpoint(records.Point(0), other.Point(2)) == records.Point(1)\n" % HERE,
    )


@pytest.mark.rounds(0, reason="starts processes")
@needs_import_by_name
def test_modules_in_modules(tmp_path):
    run_in_package(
        tmp_path,
        ["parcels"],
        "import pickle\n"
        "import shop.parts.parcels.store\n"
        "from shop.parts.parcels import Place, routes, store\n"
        "from shop.parts.parcels.store import Item, Missing, pack\n"
        "assert sys.modules['shop.parts.parcels.store'] is store and store.__package__ == 'shop.parts.parcels'\n"
        "assert 'parcels' not in sys.modules and 'parcels.store' not in sys.modules\n"
        "values = [pack(Place('x')), routes.Item(Place('y')), Missing('no', place=Place('z'), wanted='w')]\n"
        "for value, module in zip(values, ['store', 'routes', 'store']):\n"
        "    assert type(value).__module__ == 'shop.parts.parcels.' + module\n"
        "    again = pickle.loads(pickle.dumps(value))\n"
        "    assert type(again) is type(value) and repr(again) == repr(value)\n"
        "assert pickle.loads(pickle.dumps(pack)) is pack\n"
        "assert 'shop.parts.parcels.store.Item' in str(store.ByName)\n",
    )


@pytest.mark.rounds(0, reason="starts processes")
@needs_import_by_name
def test_modules_in_modules_under_two_names(tmp_path):
    run_in_package(
        tmp_path,
        ["parcels"],
        "sys.path.insert(0, %r)\n"
        "import parcels.store, shop.parts.parcels.store as other\n"
        "assert parcels.store is not other and parcels.store.Item is other.Item\n"
        "assert other.pack(parcels.Place('x')) == parcels.store.pack(parcels.Place('x'))\n" % HERE,
    )
