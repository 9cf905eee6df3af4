"""Classes that Python code has changed, and instances that come about by other ways than their constructors.

Each attack runs in a process of its own, since a changed class stays so: `test_changed_types.py DIRECTORY ATTACK`.
"""

import copy
import gc
import importlib.machinery
import os
import pickle
import subprocess
import sys

HERE = os.path.abspath(__file__)
if __name__ == "__main__":
    import run_tests

    sys.path.insert(0, sys.argv[1])
    if ".so" not in importlib.machinery.EXTENSION_SUFFIXES:
        sys.meta_path.append(run_tests.ByPath(sys.argv[1]))

import classes
import operators
import records
import variants

Command = variants.Command
CPYTHON = sys.implementation.name == "cpython"
TYPES = {
    classes.Counter: lambda: classes.Counter(5),
    classes.Token: lambda: classes.issue("abc"),
    classes.Frozen: lambda: classes.Frozen("12"),
    classes.Animal: lambda: classes.Animal("Rex", 3),
    operators.Vector: lambda: operators.Vector([1.0, 2.0]),
    operators.Countdown: lambda: operators.Countdown(3),
    operators.Table: lambda: operators.Table(),
    records.Point: lambda: records.Point(1.0, 2.0),
    records.Nothing: lambda: records.Nothing(),
    records.Person: lambda: records.Person("Ann", tags=["x"]),
    Command.Close: lambda: Command.Close(),
    Command.LineTo: lambda: Command.LineTo(variants.Point(1.0)),
    Command.Arc: lambda: Command.Arc(variants.Point(1.0), 2.0),
    type(iter(operators.Vector([1.0]))): lambda: iter(operators.Vector([1.0])),
    type(records.Point.__dict__["__dataclass_fields__"]): lambda: records.Point.__dict__["__dataclass_fields__"],
}
FUNCTIONS = [
    classes.introduce, classes.redeem, records.midpoint, records.grow, records.same_nothing, variants.same, variants.show,
    lambda value: classes.Counter(1).sum([value]), lambda value: classes.Counter(1).absorb(value),
    len, bool, repr, str, hash, iter, list, copy.copy, copy.deepcopy, pickle.dumps,
    lambda value: value == value, lambda value: value < value, lambda value: value + value, lambda value: value - 1.0,
    lambda value: 1.0 * value, lambda value: value[0], lambda value: value.__setitem__(0, 1.0), lambda value: 1.0 in value,
    lambda value: value(2.0), next,
]  # fmt: skip


def attempt(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return error


def use(value):
    """Does everything with an object that one can do with ours."""
    for function in FUNCTIONS:
        attempt(function, value)
    for name in dir(value):
        if name not in ("__del__", "__init_subclass__"):
            member = attempt(getattr, value, name)
            for arguments in ((), (value,), (1,), (value, 1)):
                attempt(member, *arguments)


def for_each_type(attack):
    def run():
        for kind in TYPES:
            value = attempt(attack, kind)
            if not isinstance(value, Exception):
                use(value)

    run.__name__ = attack.__name__
    return run


@for_each_type
def object_new(kind):
    return object.__new__(kind)


@for_each_type
def assigned_new(kind):
    kind.__new__ = lambda cls, *arguments: None
    return object.__new__(kind)


@for_each_type
def assigned_new_that_allocates(kind):
    kind.__new__ = staticmethod(lambda cls, *arguments: object.__new__(cls))
    return kind()


@for_each_type
def deleted_new(kind):
    attempt(setattr, kind, "__new__", lambda cls, *arguments: None)
    attempt(delattr, kind, "__new__")
    use(attempt(object.__new__, kind))
    return kind()


@for_each_type
def assigned_init(kind):
    kind.__init__ = lambda self, *arguments, **keywords: None
    use(attempt(kind))
    return kind.__new__(kind)


@for_each_type
def assigned_bases(kind):
    for members in ({"__slots__": ()}, {"__slots__": (), "__new__": lambda cls: object.__new__(cls)}, {}):
        attempt(setattr, kind, "__bases__", (type("Base", (), members),))
    attempt(delattr, kind, "__new__")
    use(attempt(object.__new__, kind))
    return kind()


@for_each_type
def derived(kind):
    for members in ({}, {"__slots__": ()}, {"__new__": lambda cls: object.__new__(cls)}):
        use(attempt(lambda: type("Derived", (kind,), members)()))
    return type("Derived", (kind,), {"__init__": lambda self: None})()


@for_each_type
def copied_without_constructor(kind):
    import copyreg

    attempt(setattr, kind, "__getstate__", lambda self: None)
    attempt(setattr, kind, "__reduce_ex__", object.__reduce_ex__)
    for protocol in range(5):
        dumped = attempt(pickle.dumps, TYPES[kind](), protocol)
        if isinstance(dumped, bytes):
            use(attempt(pickle.loads, dumped))
    use(attempt(copyreg.__newobj__, kind))
    return copyreg._reconstructor(kind, object, None)


@for_each_type
def class_of_other_objects(kind):
    for slots in (None, (), ("a",), ("a", "b")):
        other = type("Other", (), {} if slots is None else {"__slots__": slots})()
        attempt(classes.redeem, other)
        if not isinstance(attempt(setattr, other, "__class__", kind), Exception):
            use(other)
    return None


def class_of_instances():
    # Up to CPython 3.9 classes without contents can be taken for each other; elsewhere it is refused.
    for make in TYPES.values():
        for other in TYPES:
            value = make()
            if type(value) is other:
                continue
            attempt(setattr, value, "__class__", other)
            attempt(object.__setattr__, value, "__class__", other)
            attempt(object.__dict__["__class__"].__set__, value, other)
            use(value)


def wrong_self():
    others = [5, "a", None, object(), [], {}, type, ValueError()] + [make() for make in TYPES.values()]
    for kind in TYPES:
        for name, member in list(kind.__dict__.items()):
            for other in others:
                if isinstance(other, kind):
                    continue
                for arguments in ((), (other,), (1,), (other, 1), (None, other)):
                    attempt(member, other, *arguments)
                    attempt(getattr(kind, name, None), other, *arguments)
                    for method in ("__get__", "__set__", "__delete__"):
                        attempt(lambda: getattr(member, method)(other, *arguments))
                attempt(lambda: member.__get__(other)(other))


def new_of_another_class():
    others = list(TYPES) + [int, str, list, dict, type, object, ValueError, 5, None]
    for kind in TYPES:
        for other in others:
            if kind is not other:
                for arguments in ((), (1.0, 2.0), ("a",), ([],)):
                    made = attempt(lambda: kind.__new__(other, *arguments))
                    assert isinstance(made, TypeError), (kind, other, made)


def order_of_methods():
    # A metaclass can put any class into the order, as long as the layouts agree.
    for kind in TYPES:
        meta = type("Meta", (type,), {"mro": lambda cls: [cls, kind, object]})
        made = attempt(lambda: meta("Other", (), {}))
        if not isinstance(made, Exception):
            use(attempt(made))
            for member in list(kind.__dict__.values()):
                attempt(lambda: member(made()))
                attempt(lambda: member.__get__(made()))
                attempt(lambda: member.__get__(made())())


def revived_instances():
    revived = []

    class Phoenix(classes.Animal):
        def __del__(self):
            if len(revived) < 5:
                revived.append(self)
                use(self)

    Phoenix("a")
    Phoenix.__new__(Phoenix)
    gc.collect()
    for value in revived:
        use(value)
    revived.clear()
    gc.collect()


def seen_while_they_are_made():
    def look():
        for value in gc.get_objects():
            if type(value) in TYPES:
                use(value)

    class Number:
        def __float__(self):
            look()
            return 1.0

        def __index__(self):
            look()
            return 1

    class Name(str):
        def __hash__(self):
            look()
            return 1

    attempt(lambda: records.Point(Number(), Number()))
    attempt(lambda: records.Person("a", Number(), [Name("x")]))
    attempt(lambda: Command.Arc(variants.Point(Number()), Number()))


def frozen_records():
    for make, field in ((TYPES[records.Point], "x"), (TYPES[records.Person], "name"), (TYPES[Command.Arc], "radius")):
        value = make()
        before, kind = getattr(value, field), type(value)
        for change in (
            lambda: setattr(value, field, 9),
            lambda: object.__setattr__(value, field, 9),
            lambda: kind.__setattr__(value, field, 9),
            lambda: getattr(kind, field).__set__(value, 9),
            lambda: delattr(value, field),
            lambda: object.__delattr__(value, field),
            lambda: getattr(kind, field).__delete__(value),
            lambda: setattr(value, "__class__", records.Nothing),
            lambda: object.__setattr__(value, "__class__", records.Nothing),
        ):
            assert isinstance(attempt(change), (AttributeError, TypeError))
        attempt(lambda: value.__init__(9.0, 9.0))
        attempt(lambda: value.__dict__.update({field: 9}))
        attempt(lambda: value.__setstate__({field: 9}))
        assert getattr(value, field) is before and type(value) is kind
        assert value == make()


def patched_constructors():
    from unittest import mock

    Animal = classes.Animal

    class Dog(Animal):
        pass

    class Puppy(Dog):
        def __init__(self, *arguments, **keywords):
            super().__init__(*arguments, **keywords)

    def init(self, *arguments, **keywords):
        calls.append((arguments, keywords))

    original = Animal.__new__

    def new(cls, *arguments, **keywords):
        calls.append((arguments, keywords))
        return original(cls)

    def make(kind):
        return kind("Rex", legs=3)

    def works(kind):
        value = make(kind)
        return type(value) is kind and (value.name, value.legs) == ("Rex", 3)

    call = ("Rex",), {"legs": 3}
    for kind in (Animal, Dog, Puppy) * 3:
        assert works(kind)
        calls = []
        with mock.patch.object(Animal, "__init__", init):
            value = make(kind)
        assert calls == [call]
        error = attempt(lambda: value.name)
        assert isinstance(error, RuntimeError) and "__init__() was not called" in str(error)
        assert works(kind)
        calls = []
        with mock.patch.object(Animal, "__new__", new):
            assert works(kind)
        assert calls == [call]
        assert works(kind)
        with mock.patch.object(Animal, "__new__", lambda cls, *arguments, **keywords: 5):
            assert make(kind) == 5
        with mock.patch.object(kind, "__init__", init), mock.patch.object(kind, "__new__", new):
            calls = []
            make(kind)
            assert calls == [call, call]
        if kind is Animal:
            assert works(kind)
    for wrong in (lambda: Animal(), lambda: Animal("a", 1, 2), lambda: Animal.__new__(), lambda: Animal.__new__(5)):
        assert isinstance(attempt(wrong), TypeError)
    del Animal.__init__
    use(attempt(Animal))


def exceptions_with_another_new():
    import errors

    for new in (lambda cls, *arguments: None, lambda cls, *arguments: 5, lambda cls, *arguments: KeyError("x")):
        errors.OpenPath.__new__ = new
        error = attempt(errors.close, 0.5)
        if isinstance(error, TypeError):
            assert "should have returned an instance of BaseException" in str(error)
        else:
            # PyPy calls the `__new__` that the class was made with.
            assert isinstance(error, (KeyError, errors.OpenPath)) and error.gap == 0.5


if __name__ == "__main__":
    globals()[sys.argv[2]]()
    gc.collect()
    sys.exit()

import pytest

ATTACKS = [
    object_new,
    assigned_new,
    assigned_new_that_allocates,
    deleted_new,
    assigned_init,
    assigned_bases,
    derived,
    copied_without_constructor,
    class_of_other_objects,
    class_of_instances,
    wrong_self,
    new_of_another_class,
    order_of_methods,
    revived_instances,
    seen_while_they_are_made,
    frozen_records,
    patched_constructors,
    exceptions_with_another_new,
]


@pytest.mark.rounds(0, reason="starts processes")
@pytest.mark.parametrize("attack", [attack.__name__ for attack in ATTACKS])
def test_attack(attack):
    directory = os.path.dirname(os.path.abspath(classes.__file__))
    command = [sys.executable, "-X", "faulthandler", HERE, directory, attack]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, done.stdout.decode(errors="replace")
