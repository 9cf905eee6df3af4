"""Plain WIT: interfaces as modules, resources as classes, results as exceptions."""

import copy
import pickle
import sys

import pytest
from vault import audit, store, types
from vault.store import Bucket
from vault.types import Entry, Error, Level, Rights

RIGHTS = Rights.READ | Rights.WRITE
ENTRY = Entry("a", b"xyz", Level.HIGH, Rights.READ, ["t"])


def bucket(*keys, rights=RIGHTS):
    made = Bucket("test", rights)
    for key in keys:
        made.set(Entry(key, b"12", Level.LOW, Rights(0), None))
    return made


def test_types_are_shared_by_the_interfaces():
    assert store.Entry is Entry and store.Rights is Rights and audit.Level is Level and audit.Bucket is Bucket
    for cls in (Entry, Error, Level, Rights):
        assert cls.__module__ == "vault.types"
        assert pickle.loads(pickle.dumps(cls)) is cls
    assert Bucket.__module__ == "vault.store" and audit.Event.__module__ == "vault.audit"
    assert sys.modules["vault.audit"] is audit
    assert types.__doc__ == "What the others share."


@pytest.mark.parametrize(
    "value",
    [ENTRY, RIGHTS, Level.HIGH, audit.Event.Opened(), audit.Event.Changed(("k", 2)), Error.NoSuchKey("k")],
    ids=lambda value: type(value).__name__,
)
def test_values_are_pickled_and_copied(value):
    for again in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
        assert type(again) is type(value) and repr(again) == repr(value)


def test_resources():
    one = bucket("x")
    assert one.set(ENTRY) == 2
    assert one.get("a") == ENTRY and one.get("x").tags is None
    assert one.keys() == ["x", "a"]
    other = bucket()
    assert other.absorb(one) is None and other.keys() == ["x", "a"]
    assert Bucket.merge(one, bucket("z")).keys() == ["x", "a", "z"]
    assert store.count([one, other]) == 4 and store.count([]) == 0
    assert type(store.newest()) is Bucket and store.newest().keys() == []
    assert audit.summary(one) == (RIGHTS, [("x", 2), ("a", 3)])


def test_results():
    with pytest.raises(Error.NoSuchKey) as caught:
        bucket().get("y")
    assert isinstance(caught.value, Error) and isinstance(caught.value, Exception) and caught.value.value == "y"
    with pytest.raises(Error.Denied) as caught:
        bucket(rights=Rights.WRITE).get("y")
    assert caught.value.value is Rights.READ
    with pytest.raises(Error.Full):
        bucket("1", "2", "3").set(ENTRY)
    with pytest.raises(Error.Full):
        bucket("1", "2").absorb(bucket("3", "4"))
    assert Bucket.open("none") is None and type(Bucket.open("x")) is Bucket
    with pytest.raises(RuntimeError) as caught:
        Bucket.open("")
    assert caught.value.args == ("a bucket has a name",)
    assert store.clear(bucket("x", rights=RIGHTS | Rights.DELETE)) is None
    with pytest.raises(RuntimeError) as caught:
        store.clear(bucket())
    assert caught.value.args == ()


def test_variants():
    assert audit.log(audit.Event.Opened()) == "opened"
    assert audit.log(audit.Event.Changed(("key", 7))) == "key 7"
    assert audit.log(audit.Event.Checked(None)) == "unknown"
    assert audit.log(audit.Event.Checked(Level.HIGH)) == "high"


def test_wrong_values():
    with pytest.raises(TypeError, match="argument 'rights': expected Rights, got"):
        Bucket("x", 3)
    with pytest.raises(TypeError, match="argument 'event': expected Event"):
        audit.log("opened")
    with pytest.raises(TypeError, match="argument 'buckets': item 1: expected Bucket, got None"):
        store.count([bucket(), None])
