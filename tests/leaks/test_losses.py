"""Tests that lose references, and some that only seem to: what the leak tests find is to be the former."""

import ctypes

import pytest
import records

lose = ctypes.pythonapi.Py_IncRef
lose.argtypes = [ctypes.py_object]
held = []
calls = [0]


def test_lost_in_every_round():
    lose(records.Point)


@pytest.mark.rounds(1)
def test_lost_in_the_only_round():
    lose(records.Point)


@pytest.mark.rounds(0, reason="it is never repeated")
def test_lost_where_nobody_looks():
    lose(records.Point)


def test_lost_in_one_of_ten_rounds():
    calls[0] += 1
    if calls[0] % 10 == 0:
        lose(records.Point)


@pytest.mark.rounds(1)
def test_held_until_the_next_round():
    held[:] = [records.Point, records.Point(3, 4)]


def test_held_for_ever_but_once():
    if len(held) < 3:
        held[2:] = [records.Point]


def test_nothing_lost():
    assert records.Point(1, 2).x == 1
