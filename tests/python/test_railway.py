"""Instances of classes in the fields of records, variants and exceptions."""

import copy
import dataclasses
import gc
import pickle
import sys
import threading

import parcels.store
import pytest
import railway
import railway.yard
from railway import Cancelled, Derailed, Journey, Leg, Refusal, Station, Step, Ticket, Timetable, Train

A, B = Station("a"), Station("b")


def test_python_makes_them_and_gets_them_back():
    train, via = Train(7), [Station("x"), A]
    leg = Leg(A, B, via=via, by=train)
    assert leg.from_ is A and leg.to is B and leg.by is train and leg.via == via and leg.via is not via
    back = railway.same(leg)
    assert back is not leg and back.from_ is A and back.to is B and back.by is train
    assert [a is b for a, b in zip(back.via, via)] == [True, True] and back == leg
    assert railway.first() is None and railway.first(x=leg).by is train
    assert railway.first(Leg(B, A), leg).from_ is B


def test_rust_makes_them():
    leg = railway.plan(["a", "b", "c", "d"], 7)
    assert (leg.from_.name, leg.to.name, leg.by.number) == ("a", "d", 7)
    assert [station.name for station in leg.via] == ["b", "c"]
    assert railway.plan([]) == Leg(Station("here"), Station("there"))
    assert railway.straight("x").from_ == Station("x")
    assert [leg.from_.name for leg in railway.plans(["x", "y"])] == ["x", "y"]


def test_one_instance_of_rust_is_one_object():
    journey = railway.circle("ring")
    leg = journey.legs[0]
    station = leg.from_
    assert type(station) is Station and station.name == "ring"
    others = [leg.to, leg.via[0], journey.stops[0], journey.stops[1], journey.names["ring"], *journey.ends]
    assert all(other is station for other in others)
    station.name = "new"
    assert railway.names(journey) == ["new"] * 3


def test_what_python_changes_rust_sees():
    station = Station("old")
    table = Timetable(Leg(station, B))
    station.name = "new"
    assert table.names() == table.names_elsewhere() == ["new", "b"]


def test_identity_in_rust():
    same, other = Leg(A, B), Leg(Station("a"), B)
    assert railway.shared(same, Leg(A, A)) == 1 and railway.shared(same, same) == 2
    assert railway.shared(same, other) == 1
    made = railway.plan(["x", "y"])
    assert railway.shared(made, made) == 2 and railway.shared(made, railway.plan(["x", "y"])) == 0
    assert railway.count(iter([same, other, same]), by=same) == 2 and railway.count(iter([])) == 0


def test_data_class_behaviour():
    leg = Leg(A, B, [Station("x")])
    assert leg == Leg(Station("a"), Station("b"), [Station("x")]) and leg != Leg(B, A)
    assert repr(leg).startswith("Leg(from_=<railway.Station object at ")
    assert Leg.__match_args__ == ("from_", "to", "via", "by")
    changed = dataclasses.replace(leg, to=A)
    assert changed.from_ is A and changed.to is A and changed.via is not leg.via and changed.via[0] is leg.via[0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        leg.to = A
    shallow = copy.copy(leg)
    assert shallow == leg and shallow.from_ is A
    for cannot in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError):
            cannot(leg)
    step = Step.Run(Leg(A, B))
    assert step == Step.Run(Leg(A, B), fast=False) and hash(Step.Stop(A)) == hash(Step.Stop(Station("a")))
    assert Leg(A, B, by=Train(1)) != Leg(A, B, by=Train(1)), "trains have no operator eq"


def test_what_is_no_instance():
    with pytest.raises(TypeError, match="'to': expected Station, got str"):
        Leg(A, "b")
    with pytest.raises(TypeError, match="'via': item 1: expected Station, got Train"):
        Leg(A, B, [A, Train(1)])
    with pytest.raises(TypeError, match="expected Train or None, got Station"):
        dataclasses.replace(Leg(A, B), by=A)
    with pytest.raises(TypeError, match="expected Station, got None"):
        Step.Stop(None)
    broken = Leg(A, B, [A])
    broken.via.append("b")
    with pytest.raises(TypeError, match="argument 'leg': field 'via': item 1: expected Station, got str"):
        railway.same(broken)


def test_a_mutable_value_is_locked_only_while_it_is_read():
    leg = Leg(Station("a"), B)

    def visitor(leg, name):
        assert name == "a"
        leg.from_.name = "b"
        return leg

    x = Station("x")
    back = railway.rename([x], leg, visitor)
    assert back.from_ is leg.from_ and leg.from_.name == "b" and back.via[0] is x
    assert railway.rename([], leg, lambda leg, name: None) is None


def test_variants():
    train, leg = Train(1), Leg(A, B)
    steps = [Step.Wait(), Step.Stop(A), Step.Couple(train, 2), Step.Run(leg, fast=True)]
    run, couple, stop, wait = railway.reverse(steps)
    assert wait == steps[0] and stop.value is A and couple.value0 is train and couple.value1 == 2
    assert run.leg.from_ is A and run.fast


def test_exceptions():
    train = Train(3)
    leg = Leg(A, B, by=train)
    railway.cancel(Leg(A, B))
    with pytest.raises(Cancelled) as caught:
        railway.cancel(leg)
    assert caught.value.train is train and caught.value.instead.from_ is A
    with pytest.raises(Derailed) as caught:
        railway.cancel(leg, A)
    assert caught.value.train is train and caught.value.at == [A] and caught.value.at[0] is not A
    mine = Derailed("x", train=train, at=[B])
    assert mine.at[0] is B and mine.instead is None
    with pytest.raises(TypeError, match="expected Train, got int"):
        Cancelled(train=1)


def test_errors_of_wit():
    assert railway.reserve(20).by.number == 20
    with pytest.raises(Refusal.Full) as caught:
        railway.reserve(5)
    assert caught.value.value.number == 5
    with pytest.raises(Refusal.Closed) as caught:
        railway.reserve(10)
    assert caught.value.at == Station("shut") and caught.value.until == 10
    with pytest.raises(Refusal.Unknown):
        railway.reserve(0)
    assert railway.board(Leg(A, B, by=Train(1))).number == 2
    with pytest.raises(Refusal.Closed) as caught:
        railway.board(Leg(A, B))
    assert caught.value.at is A
    with pytest.raises(Refusal.Full) as caught:
        unlucky = Train(13)
        railway.board(Leg(A, B, by=unlucky))
    assert caught.value.value is unlucky


def test_unions_and_results():
    leg, train = Leg(A, B), Train(1)
    ticket = railway.punch(Ticket("z", leg))
    assert ticket.to is B and ticket.seat.from_ is A
    refused = railway.punch(Ticket(A, Refusal.Full(train)))
    assert refused.to is A and type(refused.seat) is Refusal.Full and refused.seat.value is train
    with pytest.raises(TypeError, match="'to'"):
        Ticket(train, leg)


def test_properties_and_operators():
    one, two = Leg(A, B), Leg(B, A)
    table = Timetable(one)
    assert table.first.from_ is A and table.add(two) == len(table) == 2
    table.first = two
    assert table[0].from_ is B and [leg.from_ for leg in table] == [B, B]
    table[1] = one
    assert table.legs == [two, one] and one in table and Leg(Station("a"), B) not in table
    assert table(one).from_ is B and len(table + one) == 3
    with pytest.raises(IndexError):
        table[2] = one
    table.clear_elsewhere()
    assert table.first is None
    table.first = one
    table.first = None
    assert len(table) == 0


def test_classes_of_other_modules():
    shelf = parcels.store.Shelf()
    journey = Journey([], (A, B), cargo=shelf)
    assert journey.cargo is shelf and journey.rate == 1.0
    assert type(railway.circle("x", shelf).cargo) is parcels.store.Shelf
    train = Train(1)
    shunting = railway.yard.Shunting(train, railway.yard.Shed(), Leg(A, B), [A])
    assert shunting.past[0] is A and railway.yard.shunt(Train(2), shunting).leg.to is B
    with pytest.raises(railway.yard.Blocked) as caught:
        railway.yard.shunt(train, shunting)
    assert caught.value.shunting.train is train


@pytest.mark.rounds(100, reason="each collects garbage")
def test_nothing_is_kept_alive():
    # Rust keeps what it was given, and no longer than that.
    station = Station("kept")
    before = sys.getrefcount(station) if hasattr(sys, "getrefcount") else None
    for _ in range(3):
        assert railway.keep(Leg(station, B)) is None
        assert railway.keep(None).from_ is station
        table = Timetable(*[Leg(station, B)] * 5)
        table.clear_elsewhere()
        del table
    railway.same(Leg(station, station, [station] * 10))
    gc.collect()
    if before is not None and getattr(sys, "_is_gil_enabled", lambda: True)():
        assert sys.getrefcount(station) == before


@pytest.mark.rounds(100, reason="each collects garbage")
@pytest.mark.skipif(sys.implementation.name == "pypy", reason="PyPy does not look into extension modules for cycles")
def test_cycles_through_records_are_collected():
    class Marker:
        seen = 0

        def __del__(self):
            Marker.seen += 1

    leg = Leg(A, B, [])
    leg.via.append(leg)
    leg.via.append(Marker())
    del leg
    for _ in range(3):
        gc.collect()
    assert Marker.seen == 1


@pytest.mark.rounds(20, reason="each starts threads")
def test_threads_that_see_an_instance_first_see_the_same():
    table, count = Timetable(), 200
    for number in range(count):
        table.add_new(str(number))
    barrier, seen = threading.Barrier(4), []

    def work():
        barrier.wait()
        for _ in range(3):
            seen.append([leg.from_ for leg in table])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [station.name for station in seen[0]] == [str(number) for number in range(count)]
    assert len(seen) == 12 and all(a is b for stations in seen for a, b in zip(stations, seen[0]))


@pytest.mark.rounds(20, reason="each starts threads")
def test_threads_share_an_instance():
    leg = railway.plan(["a", "b"], 1)
    table = Timetable(leg)
    journey, seen = railway.circle("x"), []

    def work():
        for _ in range(100):
            seen.append(table[0].from_)
            journey.legs[0].from_.name = "y"
            assert table.names_elsewhere()[0] == "a" and railway.names(journey)[0] == "y"

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 400 and all(station is leg.from_ for station in seen)
