"""An extension module that uses the types of another one of the same crate."""

import importlib
import importlib.machinery
import os
import pickle
import shutil
import subprocess
import sys

import invoices
import parcels
import pytest
from invoices import Line, refunds
from parcels import Place, Speed, Undeliverable
from parcels.store import Item, Missing, Shelf, pack

NEAR = Place("near", 3)
FAR = Place("far", 4000)
HERE = os.path.dirname(os.path.abspath(invoices.__file__))
SUFFIX = os.path.splitext(invoices.__file__)[1]
needs_import_by_name = pytest.mark.skipif(
    SUFFIX not in importlib.machinery.EXTENSION_SUFFIXES, reason="this Python does not import files with this suffix"
)


def test_the_types_are_those_of_the_other_module():
    for name, value in (("Place", Place), ("Speed", Speed), ("Undeliverable", Undeliverable)):
        assert getattr(invoices, name) is value
    assert invoices.Item is Item and invoices.Shelf is Shelf and refunds.Shelf is Shelf
    assert invoices.Route == parcels.Places if hasattr(invoices, "Route") else True
    assert Item.__module__ == "parcels.store" and Line.__module__ == "invoices"


def test_values_go_in_and_out():
    line = invoices.charge(pack(NEAR, 2))
    assert line == Line(Item(NEAR, 2), Speed.SLOW, 200)
    assert type(line.item) is Item and type(line.item.to) is Place
    assert Line(pack(NEAR)).speed is Speed.FAST
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(line, protocol)) == line
    assert invoices.map_items([pack(NEAR)], lambda item, speed: Item(item.to, 9, speed)) == [Item(NEAR, 9, Speed.FAST)]
    with pytest.raises(TypeError, match="expected parcels.store.Item, got parcels.routes.Item"):
        invoices.charge(parcels.routes.Item(NEAR))


def test_objects_of_classes_go_in_and_out():
    shelf = Shelf(pack(NEAR, 1), pack(FAR, 2))
    lines, rest = invoices.bill(shelf, [NEAR])
    assert lines == [Line(pack(NEAR), Speed.SLOW, 100)]
    assert type(rest) is Shelf and rest.items == [pack(FAR, 2)]
    assert rest.put(pack(NEAR)) == 2
    assert invoices.spare() is None
    assert invoices.spare(shelf).items == shelf.items
    assert [one.items for one in invoices.last([Shelf(), shelf])] == [shelf.items]
    with pytest.raises(TypeError, match="argument 'shelf': expected parcels.store.Shelf, got parcels.routes.Shelf"):
        invoices.bill(parcels.routes.Shelf(), [])
    with pytest.raises(TypeError, match="argument 'shelf': expected Shelf or None, got int"):
        invoices.spare(1)


def test_exceptions_of_the_other_module():
    with pytest.raises(Undeliverable, match="too far") as caught:
        invoices.charge(pack(FAR))
    assert type(caught.value) is Undeliverable and caught.value.place == FAR
    account = refunds.Account(Shelf(pack(NEAR)))
    assert account.places == [NEAR]
    with pytest.raises(Missing) as caught:
        account.give_back(Shelf(pack(FAR)))
    assert caught.value.wanted == "far"
    with pytest.raises(KeyError, match="an empty shelf"):
        account.give_back(Shelf())
    assert account.give_back(Shelf(pack(NEAR))) == 0


def test_aliases_of_types_of_the_other_module():
    assert "invoices.Line" in str(invoices.Lines)


@pytest.mark.rounds(20)
def test_second_import():
    names = [name for name in sys.modules if name.split(".")[0] in ("invoices", "parcels")]
    first = {name: sys.modules.pop(name) for name in names}
    try:
        second = importlib.import_module("invoices")
        others = sys.modules["parcels"]
        item = others.store.pack(others.Place("x"), 2)
        assert second.charge(item).cents == 200 and second.Item is others.store.Item
    finally:
        sys.modules.update(first)
    assert invoices.charge(pack(NEAR)).cents == 100


def run(code, path):
    program = "import sys; sys.path[:0] = [%r]\n%s" % (str(path), code)
    done = subprocess.run([sys.executable, "-E", "-c", program], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout.decode(errors="replace")


@pytest.mark.rounds(0, reason="starts processes")
@needs_import_by_name
def test_the_other_module_is_imported_first():
    status, output = run(
        "import invoices\nassert 'parcels' in sys.modules\nimport parcels.store\n"
        "assert invoices.Shelf is parcels.store.Shelf\n"
        "del sys.modules['parcels'], parcels, sys.modules['parcels.store']\n"
        "shelf = invoices.Shelf()\nassert invoices.bill(shelf, [])[0] == []",
        HERE,
    )
    assert status == 0, output


@pytest.mark.rounds(0, reason="starts processes")
@needs_import_by_name
def test_in_a_package(tmp_path):
    package = tmp_path / "shop"
    package.mkdir()
    (package / "__init__.py").write_text("")
    for module in ("invoices", "parcels"):
        os.symlink(os.path.join(HERE, module + SUFFIX), str(package / (module + SUFFIX)))
    status, output = run(
        "import pickle\nimport shop.invoices as invoices\nassert 'parcels' not in sys.modules\n"
        "parcels = sys.modules['shop.parcels']\n"
        "line = invoices.charge(parcels.store.pack(parcels.Place('x')))\n"
        "assert type(line.item).__module__ == 'shop.parcels.store'\n"
        "assert pickle.loads(pickle.dumps(line)) == line\n",
        tmp_path,
    )
    assert status == 0, output


@pytest.mark.rounds(0, reason="starts processes")
@needs_import_by_name
def test_the_other_module_is_missing(tmp_path):
    os.symlink(invoices.__file__, str(tmp_path / ("invoices" + SUFFIX)))
    status, output = run("import invoices", tmp_path)
    assert status == 1
    assert output.endswith("ModuleNotFoundError: No module named 'parcels'\n"), output


@pytest.mark.rounds(0, reason="starts processes")
@needs_import_by_name
def test_the_other_module_is_something_else(tmp_path):
    os.symlink(invoices.__file__, str(tmp_path / ("invoices" + SUFFIX)))
    (tmp_path / "parcels.py").write_text("")
    status, output = run("import invoices", tmp_path)
    assert status == 1
    assert "ImportError: invoices uses types of parcels, and the parcels that is there (" in output, output


@pytest.mark.rounds(0, reason="starts processes")
@needs_import_by_name
def test_the_other_module_is_a_copy(tmp_path):
    for module in ("invoices", "parcels"):
        shutil.copy(invoices.__file__, str(tmp_path / (module + SUFFIX)))
    status, output = run("import invoices", tmp_path)
    assert status == 1
    assert "is of another build: put both files of one build side by side" in output, output
