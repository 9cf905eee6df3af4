"""Classes: constructors, properties, methods and subclasses."""

import copy
import gc
import inspect
import pickle
import sys
import weakref

import classes
import pytest
from classes import Animal, Counter, Frozen, Token, Tracked

CPYTHON = sys.implementation.name == "cpython"
# PyPy gives instances of C classes a `__dict__`, takes other classes for `__class__`, and so on.
only_cpython = pytest.mark.skipif(not CPYTHON, reason="PyPy protects C classes less")


def test_construction():
    assert Counter().value == 0 and Counter().step == 1
    assert Counter(5, step=2).step == 2
    assert Counter(start=5).value == 5
    for wrong in (lambda: Counter("x"), lambda: Counter(1, 2), lambda: Counter(zzz=1), lambda: Counter(step=None)):
        with pytest.raises(TypeError):
            wrong()
    with pytest.raises(OverflowError):
        Counter(2**63)


def test_methods():
    counter = Counter(10, step=5)
    assert counter.increment() == 15
    assert counter.value == 15
    assert counter.add(3) is None
    counter.add(2, times=10)
    counter.add(number=1, times=0)
    assert counter.value == 38
    with pytest.raises(OverflowError, match="too large"):
        counter.add(2**62, 4)
    assert counter.value == 38
    with pytest.raises(TypeError, match="argument 'number': expected int, got str"):
        counter.add("x")


def test_static_and_class_functions():
    assert Counter.larger(Counter(1), Counter(2)) == 2
    assert Counter().larger(Counter(1), b=Counter(2)) == 2
    parsed = Counter.parse("41")
    assert type(parsed) is Counter and parsed.increment() == 42
    assert Counter().parse(text="7").value == 7
    with pytest.raises(ValueError, match='"x"'):
        Counter.parse("x")


def test_properties():
    counter = Counter()
    counter.value = 7
    assert counter.value == 7
    assert counter.label is None
    counter.label = "größe"
    assert counter.label == "größe"
    counter.label = None
    assert counter.label is None
    with pytest.raises(TypeError) as caught:
        counter.label = 5
    assert "expected" in str(caught.value) and "str" in str(caught.value) and "got int" in str(caught.value)
    with pytest.raises(TypeError):
        counter.value = "x"
    with pytest.raises(OverflowError):
        counter.value = 2**63
    with pytest.raises(AttributeError):
        counter.step = 5
    for name in ("value", "label", "step"):
        with pytest.raises((AttributeError, TypeError)):
            delattr(counter, name)
    assert counter.value == 7


def test_properties_that_raise():
    counter = Counter(4)
    assert counter.even == 4
    counter.even = 6
    assert counter.value == 6
    with pytest.raises(ValueError, match="7 is odd"):
        counter.even = 7
    assert counter.value == 6
    counter.value = 7
    with pytest.raises(ValueError, match="it is odd"):
        counter.even


def test_constants():
    assert Counter.LIMIT == 1000 and Counter().LIMIT == 1000
    assert Counter.UNIT == "steps"


def test_instances_as_arguments():
    one, two = Counter(1), Counter(2)
    assert one.plus() == 1 and one.plus(None) == 1 and one.plus(two) == 3 and one.plus(other=two) == 3
    assert one.plus(one) == 2
    assert one.sum([two, two, one]) == 6
    assert one.sum([]) == 1
    assert one.absorb(two) == 3
    assert one.absorb_all([two, two]) == 7
    assert two.value == 2
    assert one.same(one) and not one.same(two)
    for wrong in (1, None, "x", Frozen("x"), Counter):
        with pytest.raises(TypeError) as caught:
            one.absorb(wrong)
        text = str(caught.value)
        assert text.startswith("argument 'other': expected ") and "Counter" in text, text
    with pytest.raises(TypeError, match="argument 'others': item 1: expected .*Counter, got None"):
        one.sum([two, None])


def test_instances_that_are_changed_while_they_are_read():
    one = Counter(1)
    with pytest.raises(RuntimeError, match="Counter"):
        one.absorb(one)
    with pytest.raises(RuntimeError, match="Counter"):
        one.absorb_all([Counter(2), one])
    assert one.value == 1
    assert one.absorb(Counter(4)) == 5, "usable again afterwards"


def test_new_instances_from_rust():
    one = Counter(5, step=3)
    one.label = "x"
    twin = one.copy()
    twin.increment()
    assert (one.value, twin.value, twin.step, twin.label) == (5, 8, 3, "x")
    assert [half.value for half in one.split()] == [2, 3]


def test_classes_without_constructor():
    token = classes.issue("abc")
    assert type(token) is Token and token.text == "abc"
    assert classes.redeem(token) == "abc"
    assert classes.maybe_issue() is None
    assert classes.maybe_issue("x").text == "x"
    for attempt in (lambda: Token(), lambda: Token("x"), lambda: Token.__new__(Token)):
        with pytest.raises(TypeError):
            attempt()
    with pytest.raises(TypeError, match="cannot create 'classes.Token' instances"):
        Token()


def test_unfinished_instances():
    # However an instance comes about, Rust's part is there or the call is refused.
    for kind, use in (
        (Counter, Counter.increment),
        (Token, classes.redeem),
        (Animal, Animal.speak),
        (Frozen, lambda frozen: frozen.text),
    ):
        with pytest.raises((TypeError, RuntimeError)):
            use(object.__new__(kind))
    if CPYTHON:
        with pytest.raises(TypeError):
            Counter.__new__(int)
        with pytest.raises(TypeError):
            Counter.__new__()
    counter = Counter(5)
    try:
        counter.__init__(9)
    except TypeError:
        pass
    assert counter.value in (5, 9)
    with pytest.raises(TypeError):
        Counter.increment(Animal("x"))
    with pytest.raises(TypeError):
        Counter.value.__get__(Animal("x"))
    with pytest.raises(TypeError):
        Counter.value.__set__(Animal("x"), 1)


@only_cpython
def test_final_classes():
    for kind in (Counter, Token, Frozen):
        with pytest.raises(TypeError, match="not an acceptable base type"):
            type("Sub", (kind,), {})
    with pytest.raises(TypeError):
        Counter(1).__class__ = Frozen


@only_cpython
def test_attributes_of_the_class_cannot_be_set_on_instances():
    for name in ("increment", "nothing"):
        with pytest.raises(AttributeError):
            setattr(Counter(), name, None)
    assert not hasattr(Counter(), "__dict__")


class Dog(Animal):
    def __init__(self, name, legs=4, tricks=()):
        super().__init__(name, legs)
        self.tricks = list(tricks)

    def speak(self):
        return "woof"


class Bird(Animal):
    pass


def test_subclasses():
    bird = Bird("Tweety", 2)
    assert (bird.name, bird.legs, bird.speak()) == ("Tweety", 2, "nothing")
    bird.colour = "yellow"
    assert bird.colour == "yellow"
    bird.rename("Woodstock")
    assert bird.name == "Woodstock"
    assert isinstance(bird, Animal) and type(bird) is Bird
    assert classes.introduce(bird) == "Woodstock says nothing"
    assert classes.introduce(Animal("Cow")) == "Cow says nothing"
    with pytest.raises(TypeError):
        Bird()
    with pytest.raises(TypeError, match="argument 'legs'"):
        Bird("x", "y")


def test_subclasses_with_more():
    dog = Dog("Rex", tricks=["sit"])
    assert (dog.name, dog.legs, dog.tricks, dog.speak()) == ("Rex", 4, ["sit"], "woof")
    assert Animal.speak(dog) == "nothing"
    # Rust sees its own part, not what Python overrides.
    assert classes.introduce(dog) == "Rex says nothing"

    class Puppy(Dog):
        __slots__ = ("age",)

    puppy = Puppy("Tim")
    puppy.age = 1
    assert (puppy.name, puppy.age, puppy.tricks) == ("Tim", 1, [])


def test_subclass_that_forgets_the_constructor():
    class Forgetful(Animal):
        def __init__(self):
            pass

    animal = Forgetful()
    for use in (
        lambda: animal.name,
        animal.speak,
        lambda: animal.rename("x"),
        lambda: classes.introduce(animal),
        lambda: Animal.speak(animal),
    ):
        with pytest.raises(RuntimeError, match="__init__"):
            use()
    Animal.__init__(animal, "late")
    assert animal.name == "late"


@pytest.mark.rounds(100, reason="each collects garbage")
def test_subclass_in_a_cycle_is_collected():
    if not CPYTHON:
        pytest.skip("no reference counts")
    bird = Bird("x")
    bird.itself = bird
    gone = weakref.ref(bird)
    del bird
    gc.collect()
    assert gone() is None


@pytest.mark.rounds(100, reason="each collects garbage")
def test_subclass_with_finaliser():
    seen = []

    class Mortal(Animal):
        def __del__(self):
            seen.append(self.name)

    mortal = Mortal("Socrates")
    del mortal
    gc.collect()
    assert seen == ["Socrates"]


def test_multiple_inheritance():
    class Named:
        def greet(self):
            return "I am " + self.name

    class Pet(Bird, Named):
        pass

    assert Pet("Polly").greet() == "I am Polly"
    if CPYTHON:
        with pytest.raises(TypeError):
            type("Both", (Animal, Exception), {})


def test_class_function_of_a_subclass():
    twin = Bird.twin("Ann")
    assert type(twin) is Animal and twin.name == "Ann"


def test_immutable_class():
    frozen = Frozen("12")
    assert (frozen.text, frozen.length, frozen.number) == ("12", 2, 12)
    with pytest.raises(ValueError, match="no text"):
        Frozen("")
    with pytest.raises(ValueError, match="no number: x"):
        Frozen("x").number
    with pytest.raises(AttributeError):
        frozen.text = "x"


@pytest.mark.rounds(100, reason="each collects garbage")
def test_drop():
    before = classes.alive()
    several = [Tracked() for _ in range(10)]
    assert classes.alive() == before + 10
    del several
    gc.collect()
    if CPYTHON:
        assert classes.alive() == before
    with pytest.raises(TypeError):
        Tracked(1)
    if CPYTHON:
        assert classes.alive() == before


def test_copy_and_pickle_are_refused():
    # Rust's part cannot be copied without a say of its own.
    for copier in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError):
            copier(Counter(5))


def test_default_operators():
    one = Counter(1)
    assert one == one and one != Counter(1)
    assert hash(one) == hash(one)
    assert "Counter" in repr(one)
    assert bool(Counter(0))
    for attempt in (lambda: len(one), lambda: one[0], lambda: iter(one), lambda: one + one, lambda: one(), lambda: one < one):
        with pytest.raises(TypeError):
            attempt()


@only_cpython
def test_introspection():
    assert Counter.__module__ == "classes" and Counter.__qualname__ == "Counter"
    assert inspect.getdoc(Counter) == "Counts in steps."
    assert Counter.increment.__name__ == "increment"
    assert Counter.increment.__qualname__ == "Counter.increment"
    assert inspect.getdoc(Counter.value) == "The number that was reached."
    assert inspect.getdoc(Counter.increment) == "Makes one step."
    assert str(inspect.signature(Counter)) == "(start=0, *, step=1)"
    assert str(inspect.signature(Counter.add)) == "(self, /, number, times=1)" or str(
        inspect.signature(Counter.add)
    ).startswith("(self, number, times=1")


@only_cpython
def test_types_cannot_be_changed_into_something_unsafe():
    with pytest.raises(TypeError):
        Counter(1).__class__ = type("Other", (), {})
