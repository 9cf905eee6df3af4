"""Modules in an extension module: importable, with types of their own, which know where they are."""

import copy
import importlib
import pickle
import sys
import types

import parcels
import parcels.store
import parcels.tariff as tariff
import pytest
from parcels import Place, Speed, Undeliverable, routes, store
from parcels.routes import Item as Stop, Shelf as Bay, Truck
from parcels.store import Item, Missing, Shelf, pack

INNER = ["import_", "routes", "store", "tariff"]
NEAR = Place("near", 3)
FAR = Place("far", 40.5)


def test_they_are_attributes_and_in_sys_modules():
    for name in INNER:
        module = getattr(parcels, name)
        assert type(module) is types.ModuleType
        assert sys.modules["parcels." + name] is module
        assert importlib.import_module("parcels." + name) is module
        assert module.__name__ == "parcels." + name
        assert module.__package__ == "parcels"
        assert module.__spec__.name == module.__name__
        assert module.__spec__.parent == "parcels"
        assert module.__file__ == parcels.__file__
        assert module.__loader__ is parcels.__loader__
    assert store.__doc__ == "Where parcels lie."
    assert parcels.__doc__ == "Parcels on their way: a module with modules in it."
    assert parcels.store is store and tariff is parcels.tariff


def test_others_are_not_there():
    with pytest.raises(ModuleNotFoundError, match="No module named 'parcels.shop'"):
        importlib.import_module("parcels.shop")
    with pytest.raises(ImportError, match="cannot import name 'shop' from 'parcels'"):
        exec("from parcels import shop")
    with pytest.raises(ImportError, match="cannot import name 'Bay' from 'parcels.store'"):
        exec("from parcels.store import Bay")
    with pytest.raises(AttributeError, match="module 'parcels.store' has no attribute 'Bay'"):
        store.Bay


def test_all_names():
    names = {}
    exec("from parcels.routes import *", names)
    assert {"Item", "Shelf", "Truck", "plan", "follow"} <= set(names)


@pytest.mark.parametrize(
    "cls, module",
    [
        (Place, "parcels"),
        (Speed, "parcels"),
        (Undeliverable, "parcels"),
        (Item, "parcels.store"),
        (Missing, "parcels.store"),
        (Shelf, "parcels.store"),
        (Stop, "parcels.routes"),
        (Bay, "parcels.routes"),
        (Truck, "parcels.routes"),
        (parcels.import_.Kind, "parcels.import_"),
    ],
)
def test_types_say_where_they_are(cls, module):
    assert cls.__module__ == module
    assert getattr(sys.modules[module], cls.__qualname__) is cls
    assert module + "." + cls.__name__ in repr(cls) or isinstance(cls, type(Speed))
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(cls, protocol)) is cls


@pytest.mark.parametrize(
    "value",
    [
        pack(NEAR, 2),
        Stop(FAR, 7),
        Missing("gone", place=NEAR, wanted="it"),
        Undeliverable("no", place=NEAR),
        parcels.import_.Kind.TWO,
        {"a": [Item(NEAR), Stop(NEAR)]},
    ],
    ids=lambda value: type(value).__name__,
)
def test_values_are_pickled_and_copied(value):
    copies = [pickle.loads(pickle.dumps(value, protocol)) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)]
    copies += [copy.copy(value), copy.deepcopy(value)]
    for again in copies:
        assert type(again) is type(value)
        assert repr(again) == repr(value)
        if isinstance(value, Missing):
            assert again.wanted == "it" and again.place == NEAR


def test_functions_are_pickled_by_name():
    for function in (parcels.distance, store.pack, routes.plan, tariff.cost_of, parcels.import_.first):
        assert pickle.loads(pickle.dumps(function)) is function
    assert store.pack.__module__ == "parcels.store"
    assert store.pack.__qualname__ == "pack"
    assert store.find.__text_signature__ == "($module, items, name)"


def test_types_of_one_name_are_different_types():
    assert Item is not Stop and Shelf is not Bay
    assert Item(NEAR) != Stop(NEAR)
    with pytest.raises(TypeError, match="argument 'item': expected parcels.store.Item, got parcels.routes.Item"):
        Shelf().put(Stop(NEAR))
    with pytest.raises(TypeError, match="argument 'shelf': expected parcels.routes.Shelf, got parcels.store.Shelf"):
        routes.follow([], Shelf())
    with pytest.raises(TypeError, match="argument 'shelf': expected Shelf, got Truck"):
        routes.follow([], Truck())


def test_types_of_the_module_around_are_used():
    assert store.Place is Place and routes.Speed is Speed and store.Undeliverable is Undeliverable
    assert pack(NEAR) == Item(NEAR, 1.0, Speed.SLOW)
    assert pack(to=NEAR, weight=2, speed=Speed.FAST).speed is Speed.FAST
    assert type(pack(NEAR).to) is Place
    assert routes.plan([NEAR, FAR]) == [Stop(NEAR), Stop(FAR)]
    assert list(routes.follow([Stop(NEAR, 9), Stop(FAR)], Bay(1))) == [(NEAR, 9)]
    assert tariff.cost_of(3.4) == (7, "EUR")
    assert tariff.cost_of(3, Speed.SLOW) == (3, "EUR")
    assert parcels.distance([NEAR, FAR]) == 43.5
    assert parcels.import_.first() is parcels.import_.Kind.ONE


def test_classes():
    shelf = Shelf(pack(NEAR), speed=Speed.FAST)
    assert shelf.put(pack(FAR)) == 2 and len(shelf) == 2
    assert shelf.items == list(shelf) == [Item(NEAR), Item(FAR, speed=Speed.FAST)]
    assert shelf.sorted() == {"near": [Item(NEAR)], "far": [Item(FAR, 1, Speed.FAST)]}
    assert len(shelf.merge(shelf)) == 4
    assert shelf.take(FAR).to == FAR
    bay = Bay(3)
    bay.free -= 1
    assert bay.free == 2
    truck = Truck(routes.plan([NEAR]))
    assert truck.twin() == truck and truck.stops == [Stop(NEAR)]
    assert truck != Truck()


def test_modules_in_it_use_types_of_each_other():
    assert routes.Shelf is Bay and store.Price == tariff.Price
    assert Item(NEAR, price=(5, "EUR")).price == (5, "EUR") and Item(NEAR).price is None
    assert parcels.heaviest([pack(NEAR), pack(FAR, 3)]) == pack(FAR, 3) and parcels.heaviest([]) is None
    truck = Truck()
    truck.fill(Shelf(pack(NEAR), pack(FAR), pack(NEAR, 2)), NEAR)
    assert truck.parcels == [pack(NEAR), pack(NEAR, 2)]
    with pytest.raises(Missing, match="nothing for it"):
        truck.fill(Shelf(), NEAR)
    shelf = truck.unload()
    assert type(shelf) is Shelf and shelf.put(pack(FAR)) == 3 and truck.parcels == []
    with pytest.raises(TypeError, match="expected parcels.store.Shelf, got parcels.routes.Shelf"):
        truck.fill(Bay(), NEAR)


def test_exceptions():
    with pytest.raises(Missing, match="not here") as caught:
        Shelf().take(FAR)
    assert caught.value.place == FAR and caught.value.wanted == "far" and caught.value.speed is Speed.SLOW
    assert issubclass(Missing, Undeliverable) and issubclass(Missing, ValueError)
    with pytest.raises(Undeliverable) as caught:
        store.find([pack(NEAR)], "far")
    assert type(caught.value) is Missing and caught.value.place == parcels.DEPOT
    with pytest.raises(Undeliverable) as caught:
        store.find([pack(Place("x", 1e9))], "x")
    assert type(caught.value) is Undeliverable


def test_callbacks_and_iterators():
    items = [pack(NEAR), pack(FAR)]
    assert store.choose(items, lambda item: item.to.distance < 10) == items[:1]
    with pytest.raises(ZeroDivisionError):
        store.choose(items, lambda item: 1 / 0)
    assert list(store.each(iter(items))) == [NEAR, FAR]


def test_constants_and_aliases():
    assert store.STANDARD is Speed.SLOW and store.OPENED == 1871 and Shelf.SIZE == 3
    assert store.LARGEST == Item(Place("end of the world", 20000), 31.5, Speed.FAST)
    assert parcels.DEPOT == Place("depot")
    assert "Item" in str(store.Items) and "Item" in str(store.ByName)
    assert store.ByName is store.ByName
    assert "Place" in str(parcels.Places)
    assert routes.Places == parcels.Places


def test_modules_in_it_are_not_executed_again():
    before = vars(store).copy()
    importlib.reload(parcels)
    assert parcels.store is store and vars(store) == before


@pytest.mark.rounds(20)
def test_second_import():
    names = ["parcels"] + ["parcels." + name for name in INNER]
    first = {name: sys.modules.pop(name) for name in names}
    try:
        second = importlib.import_module("parcels.store")
        assert second is sys.modules["parcels.store"] is sys.modules["parcels"].store
        item = second.pack(sys.modules["parcels"].Place("x"))
        assert type(item) is second.Item and type(item).__module__ == "parcels.store"
        assert second.find([item], "x") == item
        if second.Item is not Item:
            with pytest.raises(TypeError, match="expected parcels.store.Item, got another parcels.store.Item"):
                store.find([item], "x")
    finally:
        sys.modules.update(first)
    assert store.find([pack(NEAR)], "near") == Item(NEAR)
