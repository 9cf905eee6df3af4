"""Every way of passing arguments, checked against Python functions with the same signatures."""

import itertools
import sys

import params
import pytest

CPYTHON = sys.implementation.name == "cpython"


# The twins. Each has the name and the signature of a function in `params` and returns what that one returns.
def nothing():
    return None


def one(a):
    return a


def two(a, b):
    return (a, b)


def three(a, b, c):
    return (a, b, c)


def only_by_position(a, /):
    return a


def two_by_position(a, b, /):
    return (a, b)


def half_by_position(a, /, b):
    return (a, b)


def only_by_keyword(*, a, b):
    return (a, b)


def one_default(a, b=5):
    return (a, b)


def all_defaults(a=1, b=2, c=3):
    return (a, b, c)


def position_default(a=1, b=2, /):
    return (a, b)


def keyword_default(a, *, b=2, c):
    return (a, b, c)


def any_number(*args):
    return list(args)


def at_least_one(first, *rest):
    return (first, list(rest))


def rest_and_keyword(*rest, a, b=2):
    return (list(rest), a, b)


def any_keywords(**options):
    return options


def position_and_keywords(a, /, **options):
    return (a, options)


def everything(a, /, b, c=3, *args, d, e=5, **options):
    return (a, b, c, list(args), d, e, options)


def many(a, b, c, d, e, f, g, h, i=9, j=10):
    return [a, b, c, d, e, f, g, h, i, j]


def reserved_words(lambda_, match, crate, type, class_):
    return [lambda_, match, crate, type, class_]


TWINS = [
    nothing,
    one,
    two,
    three,
    only_by_position,
    two_by_position,
    half_by_position,
    only_by_keyword,
    one_default,
    all_defaults,
    position_default,
    keyword_default,
    any_number,
    at_least_one,
    rest_and_keyword,
    any_keywords,
    position_and_keywords,
    everything,
    many,
    reserved_words,
]


def outcome(function, args, keywords):
    """What a call returns, or the exception's class and text."""
    try:
        return ("returned", function(*args, **keywords))
    except TypeError as error:
        return ("TypeError", "" if counted_by_python(function) or not CPYTHON else str(error))


def counted_by_python(function):
    """Whether CPython itself counts the arguments, and reports them in its words for functions written in C.

    It does so for calling conventions without arguments and with one (METH_NOARGS, METH_O), the cheapest there are.
    """
    return function.__qualname__ in ("nothing", "Taker.nothing", "only_by_position")


def calls(names):
    """Positional counts times subsets of keywords, right and wrong ones, in several orders."""
    numbers = list(range(1, 13))
    for count in range(min(len(names) + 3, 12)):
        args = numbers[:count]
        for size in range(4):
            for chosen in itertools.combinations(list(names) + ["qqq", "zzz"], size):
                yield args, {name: 100 + place for place, name in enumerate(chosen)}
                if size == 2:
                    yield args, {name: 100 + place for place, name in enumerate(reversed(chosen))}


@pytest.mark.rounds(3)
@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.__name__)
def test_calls_are_like_those_of_a_python_function(twin):
    function = getattr(params, twin.__name__)
    code = twin.__code__
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    for args, keywords in calls(names[:5]):
        ours = outcome(function, args, keywords)
        theirs = outcome(twin, args, keywords)
        assert ours == theirs, "%s(*%r, **%r)" % (twin.__name__, args, keywords)
    if names:
        full = {name: place for place, name in enumerate(names)}
        assert outcome(function, (), full) == outcome(twin, (), full)
        for name in names:
            missing = {key: value for key, value in full.items() if key != name}
            assert outcome(function, (), missing) == outcome(twin, (), missing), name


def near_misses(name):
    """Spellings that are close to a name."""
    yield name + "x"
    yield name[:-1] + "_"
    yield name.upper()


@pytest.mark.rounds(20)
@pytest.mark.parametrize("twin", [at_least_one, reserved_words, everything], ids=lambda twin: twin.__name__)
def test_misspelt_keywords_are_reported_as_python_does(twin):
    function = getattr(params, twin.__name__)
    for name in ("first", "match", "lambda_", "class_", "crate"):
        for wrong in near_misses(name):
            assert outcome(function, (), {wrong: 1}) == outcome(twin, (), {wrong: 1})
            assert outcome(function, (1, 2), {wrong: 1}) == outcome(twin, (1, 2), {wrong: 1})


class taker:
    """The twin of the methods of `params.Taker`."""

    def nothing(self):
        return None

    def take(self, a, b=5):
        return (a, b)

    def take_by_position(self, a, b, /):
        return (a, b)

    def take_by_keyword(self, a, *, b):
        return (a, b)

    def take_rest(self, a, *rest, **options):
        return (a, list(rest), options)

    @staticmethod
    def take_static(a, b=5):
        return (a, b)

    @classmethod
    def take_class(cls, a, b=5):
        return (a, b)


METHODS = ["nothing", "take", "take_by_position", "take_by_keyword", "take_rest", "take_static", "take_class"]


@pytest.mark.rounds(10)
@pytest.mark.parametrize("name", METHODS)
def test_methods_are_like_those_of_a_python_class(name):
    taker.__qualname__ = "Taker"
    raw = taker.__dict__[name]
    getattr(raw, "__func__", raw).__qualname__ = "Taker." + name
    ours, theirs = params.Taker(1), taker()
    for args, keywords in calls(("a", "b")):
        assert outcome(getattr(ours, name), args, keywords) == outcome(getattr(theirs, name), args, keywords), (
            name,
            args,
            keywords,
        )


def test_unbound_methods():
    taken = params.Taker(1)
    assert params.Taker.take(taken, 1, b=2) == (1, 2)
    assert params.Taker.take_static(1) == (1, 5)
    assert params.Taker.take_class(1) == (1, 5)
    for wrong in ((), (1,), (object(), 1)):
        with pytest.raises(TypeError):
            params.Taker.take(*wrong)


def test_constructor():
    assert params.Taker(1).got == (1, 2)
    assert params.Taker(1, 3).got == (1, 3)
    assert params.Taker(b=4, a=3).got == (3, 4)
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'a'"):
        params.Taker()
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'a'"):
        params.Taker(b=1)
    with pytest.raises(TypeError, match="positional arguments but [34] were given"):
        params.Taker(1, 2, 3)
    with pytest.raises(TypeError, match="got an unexpected keyword argument 'zzz'"):
        params.Taker(1, zzz=2)
    with pytest.raises(TypeError, match="got multiple values for argument 'a'"):
        params.Taker(1, a=2)
    with pytest.raises(TypeError, match="argument 'b': expected int, got str"):
        params.Taker(1, "x")


def test_call_operator():
    taken = params.Taker(1)
    assert taken(1) == (1, 5)
    assert taken(1, b=2) == (1, 2)
    assert taken(a=1) == (1, 5)
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'a'"):
        taken()
    with pytest.raises(TypeError, match="positional argument"):
        taken(1, 2)


def test_computed_defaults():
    assert params.computed(1) == (1, None)
    assert params.computed(1, 2) == (1, 2)
    assert params.computed(1, b=3) == (1, 3)
    with pytest.raises(TypeError):
        params.computed(1, None)
    assert params.computed_option() == (False, None)
    assert params.computed_option(None) == (True, None)
    assert params.computed_option(a=4) == (True, 4)


def test_default_values():
    assert params.kinds() == (True, -3, 0.5, "é", 'a "b"\n\\', b"xyz", None)
    assert params.kinds(False, 1, 2, "x", "y", b"z", 3) == (False, 1, 2.0, "x", "y", b"z", 3)
    assert params.kinds(text="only") == (True, -3, 0.5, "é", "only", b"xyz", None)
    assert params.containers() == ([1, 2], (1, "a"), {"k": 1}, [])
    first = params.containers()
    first[0].append(3)
    first[2]["x"] = 1
    assert params.containers() == ([1, 2], (1, "a"), {"k": 1}, []), "defaults are made anew for each call"
    assert params.containers(empty=["x"], numbers=()) == ([], (1, "a"), {"k": 1}, ["x"])


def test_names_of_wrong_arguments():
    with pytest.raises(TypeError) as caught:
        params.two(1, "x")
    assert str(caught.value) == "argument 'b': expected int, got str"
    with pytest.raises(TypeError) as caught:
        params.only_by_keyword(a=None, b=1)
    assert str(caught.value) == "argument 'a': expected int, got None"
    with pytest.raises(TypeError, match="expected int, got str"):
        params.any_number(1, 2, "x")
    with pytest.raises(TypeError, match="'x'.*expected int, got float"):
        params.any_keywords(x=1.5)
    with pytest.raises(TypeError, match="argument 'lambda_'"):
        params.reserved_words("x", 1, 2, 3, 4)


def test_keyword_names_that_are_not_literals():
    # Not interned, a subclass of str, and not ASCII.
    name = "".join(["a"])
    assert params.one(**{name: 5}) == 5

    class Text(str):
        pass

    assert params.one(**{Text("a"): 5}) == 5
    assert params.any_keywords(**{"größe": 1, "": 2}) == {"größe": 1, "": 2}
    with pytest.raises(TypeError):
        params.one(**{"\ud800": 5})
    with pytest.raises(TypeError):
        params.one(**{1: 5})


def test_keywords_keep_their_order():
    keywords = {"k%d" % number: number for number in range(50)}
    assert list(params.any_keywords(**keywords)) == list(keywords)


def test_calls_through_other_protocols():
    import functools

    assert functools.partial(params.two, 1)(b=2) == (1, 2)
    assert list(map(params.one, [1, 2])) == [1, 2]
    assert (lambda *args, **keywords: params.everything(*args, **keywords))(1, 2, 3, 4, d=5, x=6) == (
        1,
        2,
        3,
        [4],
        5,
        5,
        {"x": 6},
    )
    assert params.many(*range(8)) == [0, 1, 2, 3, 4, 5, 6, 7, 9, 10]
