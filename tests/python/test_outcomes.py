"""`result<t, e>` as a value: what is inside, or an exception in its place."""

import copy
import pickle
import typing

import outcomes
import pytest
from outcomes import (
    Broken,
    Entry,
    Errno,
    Flat,
    Gauge,
    Lost,
    Place,
    Problem,
    Refused,
    RefusedForGood,
    RefusedTwice,
    Step,
    Trial,
)


def raised(kind, function, *args):
    with pytest.raises(kind) as caught:
        function(*args)
    return caught.value


def refused(function, *args, **kwargs):
    with pytest.raises(TypeError) as caught:
        function(*args, **kwargs)
    assert type(caught.value) is TypeError
    return str(caught.value)


def same(one, other):
    """Whether two values are equal, exceptions by class and arguments."""
    if isinstance(one, (list, tuple)):
        return type(one) is type(other) and len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, BaseException):
        return type(one) is type(other) and same(one.args, other.args)
    return one == other


def test_values_both_ways():
    for function, value, text in [
        (outcomes.text, 7, "Ok(7)"),
        (outcomes.text, RuntimeError("no"), 'Err("no")'),
        (outcomes.bare, 7, "Ok(7)"),
        (outcomes.bare, RuntimeError(), "Err(())"),
        (outcomes.empty, None, "Ok(())"),
        (outcomes.empty, RuntimeError("no"), 'Err("no")'),
        (outcomes.nothing, None, "Ok(())"),
        (outcomes.nothing, RuntimeError(), "Err(())"),
        (outcomes.code, 7, "Ok(7)"),
        (outcomes.code, Errno.Denied(), "Err(Denied)"),
        (outcomes.problem_of, 0.5, "Ok(0.5)"),
        (outcomes.problem_of, Problem.Empty(), "Err(Empty)"),
        (outcomes.problem_of, Problem.At(3), "Err(At(3))"),
        (outcomes.problem_of, Problem.Span(1, end=2), "Err(Span { start: 1, end: 2 })"),
        (outcomes.record_of, Place(1, 2), "Ok(Place { line: 1, column: 2 })"),
        (outcomes.record_of, RuntimeError(Place(1)), "Err(Place { line: 1, column: 1 })"),
        (outcomes.lists, b"ab", "Ok([97, 98])"),
        (outcomes.lists, RuntimeError(["a", "b"]), 'Err(["a", "b"])'),
        (outcomes.tuples, "a", 'Ok("a")'),
        (outcomes.tuples, RuntimeError((1, 2)), "Err((1, 2))"),
        (outcomes.optional, None, "Ok(None)"),
        (outcomes.optional, 1, "Ok(Some(1))"),
        (outcomes.optional, RuntimeError(None), "Err(None)"),
        (outcomes.optional, RuntimeError(1), "Err(Some(1))"),
        (outcomes.nested, 7, "Ok(Ok(7))"),
        (outcomes.nested, Errno.Denied(), "Ok(Err(Denied))"),
        (outcomes.nested, RuntimeError("no"), 'Err("no")'),
        (outcomes.deep, None, "None"),
        (outcomes.deep, 7, "Some(Ok(Ok(7)))"),
        (outcomes.deep, Problem.At(1), "Some(Ok(Err(At(1))))"),
        (outcomes.deep, Errno.NotFound(), "Some(Err(NotFound))"),
    ]:
        back, seen = function(value)
        assert seen == text
        assert same(back, value), (back, value)


def test_an_error_without_a_value_keeps_nothing():
    back, seen = outcomes.bare(RuntimeError("for people", 1))
    assert seen == "Err(())" and same(back, RuntimeError())
    back, seen = outcomes.nothing(RuntimeError("for people"))
    assert seen == "Err(())" and same(back, RuntimeError())


def test_derived_exceptions_are_errors():
    class Mine(Problem.At):
        pass

    class Own(RuntimeError):
        pass

    assert outcomes.problem_of(Mine(2))[1] == "Err(At(2))"
    assert outcomes.text(Own("x"))[1] == 'Err("x")'
    assert outcomes.text(RecursionError("x"))[1] == 'Err("x")'


def test_raised_exceptions_are_errors():
    error = raised(Problem.At, outcomes.measure, "x")
    assert outcomes.problem_of(error)[1] == "Err(At(1))"
    try:
        raise RuntimeError("x")
    except RuntimeError as caught:
        assert outcomes.text(caught)[1] == 'Err("x")'


def test_what_is_refused():
    expected = "argument 'value': expected int or RuntimeError, got "
    assert refused(outcomes.text, "x") == expected + "str"
    assert refused(outcomes.text, ValueError("x")) == expected + "ValueError"
    assert refused(outcomes.text, Errno.Denied()) == expected + "Errno.Denied"
    assert refused(outcomes.text, KeyboardInterrupt()) == expected + "KeyboardInterrupt"
    assert refused(outcomes.text, RuntimeError).startswith(expected)
    assert refused(outcomes.text, None) == expected + "None"
    cases = "Errno (Errno.NotFound or Errno.Denied)"
    assert refused(outcomes.code, "x") == f"argument 'value': expected int or {cases}, got str"
    assert refused(outcomes.code, RuntimeError("x")) == f"argument 'value': expected int or {cases}, got RuntimeError"
    assert refused(outcomes.code, Errno.Denied) == (
        f"argument 'value': expected int or {cases}, got the class Errno.Denied"
    )
    assert refused(outcomes.empty, 1) == "argument 'value': expected None or RuntimeError, got int"
    assert refused(outcomes.nothing, 0) == "argument 'value': expected None or RuntimeError, got int"
    assert refused(outcomes.nested, "x") == f"argument 'value': expected int or {cases} or RuntimeError, got str"
    assert refused(outcomes.maybe, 1) == "argument 'value': expected str or RuntimeError or None, got int"
    assert refused(outcomes.each, [1, RuntimeError("x"), "y"]) == (
        "argument 'values': item 2: expected int or RuntimeError, got str"
    )
    assert refused(outcomes.by_name, {"a": 1.5}).startswith("argument 'values': key 'a': expected int or Errno (")
    with pytest.raises(OverflowError, match="'value': expected an int from 0 to 255, got 256"):
        outcomes.text(256)


def test_arguments_of_runtime_errors():
    expected = "argument 'value': expected int or RuntimeError with one argument, got RuntimeError "
    assert refused(outcomes.text, RuntimeError()) == expected + "without arguments"
    assert refused(outcomes.text, RuntimeError("a", "b")) == expected + "with 2 arguments"
    inside = "argument 'value': argument of the RuntimeError: "
    assert refused(outcomes.text, RuntimeError(1)) == inside + "expected str, got int"
    assert refused(outcomes.record_of, RuntimeError("x")) == inside + "expected Place, got str"
    assert refused(outcomes.lists, RuntimeError(["a", 1])) == inside + "item 1: expected str, got int"
    assert refused(outcomes.each, [RuntimeError(1)]) == (
        "argument 'values': item 0: argument of the RuntimeError: expected str, got int"
    )


def test_contents_of_cases():
    error = Problem.At(1)
    error.value = "x"
    assert refused(outcomes.problem_of, error) == "argument 'value': field 'value': expected int, got str"
    del error.value
    raised(AttributeError, outcomes.problem_of, error)


def test_containers():
    values = [1, RuntimeError("a"), 2]
    assert same(outcomes.each(values), values)
    assert same(outcomes.each(range(3)), [0, 1, 2])
    values = {"a": 1, "b": Errno.Denied()}
    back = outcomes.by_name(values)
    assert back["a"] == 1 and type(back["b"]) is Errno.Denied
    assert same(outcomes.pair(["x", RuntimeError("y")]), ["x", RuntimeError("y")])
    assert outcomes.sum(iter([1, RuntimeError("four"), 2])) == 7
    assert refused(outcomes.sum, iter([1, "x"])) == (
        "argument 'values': item 1: expected int or RuntimeError, got str"
    )
    assert [type(value) for value in outcomes.count(3)] == [int, Errno.Denied, int]


def test_records():
    entry = Entry("a", Errno.NotFound(), RuntimeError("lost"))
    assert type(entry.size) is Errno.NotFound and same(entry.note, RuntimeError("lost"))
    assert Entry("a", 1).note is None
    (back,) = outcomes.entries([entry])
    assert back.name == "a" and type(back.size) is Errno.NotFound and same(back.note, RuntimeError())
    assert outcomes.entries([Entry("a", 1, "b")]) == [Entry("a", 1, "b")]
    assert refused(Entry, "a", "b").startswith("argument 'size': expected int or Errno (")
    assert repr(entry) == "Entry(name='a', size=Errno.NotFound(), note=RuntimeError('lost'))"
    assert type(outcomes.flatten(Flat(Errno.Denied())).code) is Errno.Denied
    done, named = outcomes.steps([Step.Done(Problem.At(1)), Step.Named("x", twice=["y", RuntimeError("z")])])
    assert type(done.value) is Problem.At and done.value.value == 1
    assert named.value == "x" and same(named.twice, ["y", RuntimeError("z")])
    assert outcomes.steps([Step.Done(5)]) == [Step.Done(5)]


def test_exceptions():
    error = raised(Broken, outcomes.fails, Errno.Denied())
    assert type(error.code) is Errno.Denied and str(error) == "it is"
    assert Broken("x", code=3).code == 3
    assert "argument 'code': expected int or Errno" in refused(Broken, "x", code="y")


def test_equality():
    for one, other in [
        (Errno.Denied(), Errno.Denied()),
        (Problem.At(1), Problem.At(1)),
        (Problem.Span(1), Problem.Span(1, 10)),
        (Refused("x"), Refused("x")),
        (Lost("x", place=Place(1)), Lost("x", place=Place(1))),
        (RefusedForGood("x", times=1, reason=Errno.Denied()), RefusedForGood("x", times=1, reason=Errno.Denied())),
    ]:
        assert one == other and not one != other and hash(one) == hash(other)
        assert len({one, other}) == 1
    for one, other in [
        (Errno.Denied(), Errno.NotFound()),
        (Problem.At(1), Problem.At(2)),
        (Problem.At(1), Problem.Span(1)),
        (Refused("x"), Refused("y")),
        (Refused("x"), RefusedTwice("x", times=1)),
        (RefusedTwice("x", times=1), RefusedTwice("x", times=2)),
        (Lost("x", place=Place(1)), Lost("x", place=Place(2))),
        (Errno.Denied(), None),
        (Errno.Denied(), Errno.Denied),
    ]:
        assert one != other and not one == other
    assert Errno.Denied().__eq__(1) is NotImplemented
    with pytest.raises(TypeError):
        Errno.Denied() < Errno.Denied()
    # Contents that are not hashable are no hindrance, and it does not matter what was raised where.
    error = raised(Problem.At, outcomes.measure, "x")
    assert error == Problem.At(1) and error in [Problem.At(1)]

    class Mine(Problem.At):
        pass

    assert Mine(1) == Mine(1) != Problem.At(1)


def test_copy_and_pickle():
    for entry in [Entry("a", 1, "b"), Entry("a", Errno.Denied(), RuntimeError())]:
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            for back in (pickle.loads(pickle.dumps(entry, protocol)), copy.deepcopy(entry)):
                assert type(back) is Entry
                assert same([back.name, back.size, back.note], [entry.name, entry.size, entry.note])
    # Exceptions of Python's own are equal to nothing but themselves.
    for value in [Entry("a", 1, "b"), Entry("a", Errno.Denied(), "b"), Trial(Lost("x", place=Place(1)), Refused("y"))]:
        assert copy.copy(value) == value == pickle.loads(pickle.dumps(value))
        assert hash(copy.copy(value)) == hash(value)
    assert copy.copy(Entry("a", 1, RuntimeError())) != Entry("a", 1, RuntimeError())


def test_classes():
    gauge = Gauge(Problem.Empty())
    assert type(gauge.last) is Problem.Empty
    gauge.last = 1.5
    assert gauge.last == 1.5
    gauge.last = Problem.At(2)
    assert gauge.last.value == 2
    gauge.add(1.0, Problem.Empty(), 2)
    assert same(gauge.all, [Problem.At(2), 1.0, Problem.Empty(), 2.0])
    assert same(list(gauge), gauge.all)
    assert gauge[1] == 1.0 and gauge[9] is None and type(gauge[2]) is Problem.Empty
    gauge[2] = 3.0
    gauge[0] = Problem.Empty()
    assert same(gauge.all, [Problem.Empty(), 1.0, 3.0, 2.0])
    assert same(list(gauge.keep(a="x", b=RuntimeError("y")).values()), ["x", RuntimeError("y")])
    assert refused(gauge.add, 1.0, "x").startswith("argument 2: expected float or Problem (")
    with pytest.raises(TypeError, match="expected float or Problem"):
        gauge.last = ValueError()
    assert same(outcomes.last_of(gauge), [2.0])
    assert outcomes.last_of(Errno.Denied()) == []
    assert refused(outcomes.last_of, 1).startswith("argument 'value': expected Gauge or Errno (")
    gauges = outcomes.gauges(3)
    assert [type(value) for value in gauges] == [Gauge, Errno.NotFound, Gauge]
    assert gauges[2].last == 2.0


def test_python_objects_in_errors():
    thing = object()
    assert outcomes.blame(RuntimeError(thing)) is thing
    assert outcomes.blame(1) is None


def test_optional_and_computed():
    assert outcomes.maybe() is None and outcomes.maybe(None) is None
    assert outcomes.maybe("x") == "x" and same(outcomes.maybe(RuntimeError("y")), RuntimeError("y"))
    assert same(outcomes.computed(), (RuntimeError("computed"),))
    assert outcomes.computed("x") == ("x",)
    assert same(outcomes.detached(RuntimeError("x")), [RuntimeError("x")])


def test_results_of_functions_are_raised():
    assert outcomes.measure("1.5") == 1.5
    raised(Problem.Empty, outcomes.measure, "")
    assert outcomes.twice(2) == 2
    assert same(outcomes.twice(1), RuntimeError("one"))
    raised(Errno.NotFound, outcomes.twice, 0)
    assert outcomes.both_text(2) == 2
    assert same(outcomes.both_text(1), RuntimeError("returned"))
    assert raised(RuntimeError, outcomes.both_text, 0).args == ("raised",)
    assert same(outcomes.all_of(2), ["zero", RuntimeError("1")])
    raised(Problem.Empty, outcomes.all_of, 0)


def test_callbacks_raise():
    def fail(error):
        def run(*_):
            raise error

        return run

    assert outcomes.attempt(lambda number: number) == "Ok(7)"
    assert outcomes.attempt(fail(Problem.At(3))) == "Err(At(3))"
    raised(Errno.Denied, outcomes.attempt, fail(Errno.Denied()))
    raised(ZeroDivisionError, outcomes.attempt, fail(ZeroDivisionError()))
    assert outcomes.attempt_text(str) == 'Ok("7")'
    assert outcomes.attempt_text(fail(RuntimeError("x"))) == 'Err("x")'
    assert raised(RuntimeError, outcomes.attempt_text, fail(RuntimeError(1))).args == (1,)
    assert raised(RuntimeError, outcomes.attempt_text, fail(RuntimeError())).args == ()
    # Those that say something else go on.
    raised(RecursionError, outcomes.attempt_text, fail(RecursionError("deep")))
    raised(NotImplementedError, outcomes.attempt_bare, fail(NotImplementedError()))
    assert outcomes.attempt_nothing(lambda: None) == "Ok(())"
    assert outcomes.attempt_nothing(fail(Errno.Denied())) == "Err(Denied)"
    assert outcomes.attempt_bare(fail(RuntimeError("for people"))) == "Err(())"
    assert refused(outcomes.attempt, str) == "result of the callback: expected int, got str"
    assert refused(outcomes.attempt, lambda _: Problem.Empty()) == (
        "result of the callback: expected int, got Problem.Empty"
    )
    assert refused(outcomes.attempt_nothing, lambda: 1) == "result of the callback: expected None, got int"


def test_callbacks_take_results():
    assert outcomes.tell(lambda code, text: f"{code!r} {text!r}") == ["1 RuntimeError('x')", "Errno.Denied() 'y'"]


def test_exceptions_as_errors():
    lost = Lost("key", place=Place(1, 2))
    for function, value, text in [
        (outcomes.lost_of, 7, "7"),
        (outcomes.lost_of, lost, '"key" Place { line: 1, column: 2 } false'),
        (outcomes.refused_of, 7, "Ok(7)"),
        (outcomes.refused_of, Refused("no"), 'Err(Refused { message: "no" })'),
        (
            outcomes.refused_of,
            RefusedTwice("no", times=2),
            'Err(RefusedTwice(RefusedTwice { message: "no", times: 2 }))',
        ),
        (
            outcomes.refused_of,
            RefusedForGood("no", times=3, reason=Errno.Denied()),
            'Err(RefusedTwice(RefusedForGood(RefusedForGood { message: "no", times: 3, reason: Err(Denied) })))',
        ),
        (outcomes.three, 7, "7"),
        (outcomes.three, lost, "key"),
        (outcomes.three, Refused("no"), "no"),
        (outcomes.three, RuntimeError("text"), "text"),
    ]:
        back, seen = function(value)
        assert seen == text
        assert same(back, value), (back, value)
    back, _ = outcomes.lost_of(Lost("key", place=Place(3), by=Gauge(1)))
    assert back.place == Place(3) and back.by.last == 1 and str(back) == "key"
    back, _ = outcomes.refused_of(RefusedForGood("no", times=3, reason=Errno.Denied()))
    assert (back.times, type(back.reason)) == (3, Errno.Denied)
    (back,) = outcomes.trials([Trial(lost, RefusedTwice("no", times=1))])
    assert type(back.one) is Lost and back.two.times == 1


def test_derived_from_exceptions():
    class Mine(RefusedTwice):
        def __init__(self):
            super().__init__("mine", times=5)

    back, seen = outcomes.refused_of(Mine())
    assert seen == 'Err(RefusedTwice(RefusedTwice { message: "mine", times: 5 }))'
    assert type(back) is RefusedTwice


def test_exceptions_that_are_refused():
    assert refused(outcomes.lost_of, "x") == "argument 'value': expected int or Lost, got str"
    assert refused(outcomes.lost_of, KeyError("x")) == "argument 'value': expected int or Lost, got KeyError"
    assert refused(outcomes.three, ValueError()) == (
        "argument 'value': expected int or Lost or Refused or RuntimeError, got ValueError"
    )
    assert refused(outcomes.python_of, ValueError()) == "argument 'value': expected int or LookupError, got ValueError"
    error = RefusedTwice("no", times=1)
    error.times = "x"
    assert refused(outcomes.refused_of, error) == "argument 'value': field 'times': expected int, got str"
    del error.times
    raised(AttributeError, outcomes.refused_of, error)
    error = Refused("no")
    error.args = (1,)
    assert outcomes.refused_of(error)[1] == 'Err(Refused { message: "1" })'


def test_exceptions_of_python():
    for error, text in [
        (LookupError("x"), 'Err(LookupError("x"))'),
        (KeyError("x"), 'Err(KeyError("x"))'),
        (IndexError(), 'Err(IndexError(""))'),
        (KeyError(1), 'Err(KeyError("1"))'),
    ]:
        back, seen = outcomes.python_of(error)
        assert seen == text and type(back) is type(error)
    # Those derived from them are the nearest that Python has itself.
    back, seen = outcomes.python_of(Lost("x", place=Place(1)))
    assert type(back) is KeyError and back.args == ("x",)
    assert outcomes.system_of("x") == ("x", 'Ok("x")')
    back, seen = outcomes.system_of(OSError("plain"))
    assert type(back) is OSError and back.args == ("plain",)
    missing = raised(FileNotFoundError, open, "/no/such/file")
    back, seen = outcomes.system_of(missing)
    assert type(back) is FileNotFoundError
    assert (back.errno, back.strerror, back.filename) == (missing.errno, missing.strerror, "/no/such/file")
    raised(FileNotFoundError, outcomes.read_file, "/no/such/file")


def test_callbacks_raise_exceptions():
    def fail(error):
        def run():
            raise error

        return run

    assert outcomes.attempt_refused(lambda: 1) == "Ok(1)"
    assert "times: 4" in outcomes.attempt_refused(fail(RefusedTwice("no", times=4)))
    raised(Lost, outcomes.attempt_refused, fail(Lost("x", place=Place(1))))
    assert outcomes.attempt_system(lambda: open("/no/such/file").read()).startswith("Err(FileNotFoundError(")
    raised(ZeroDivisionError, outcomes.attempt_system, lambda: 1 // 0)


def test_nothing_but_the_object_is_kept():
    error = raised(Problem.At, outcomes.measure, "x")
    assert error.__traceback__ is not None
    back, _ = outcomes.problem_of(error)
    assert back is not error and back.__traceback__ is None and back.__cause__ is None


def test_annotations():
    cases = (Problem.Empty, Problem.At, Problem.Span)
    assert outcomes.Reading == typing.Union[(float,) + cases]
    assert outcomes.Outcome == typing.Union[str, RuntimeError]
    assert Entry.__annotations__["size"] == typing.Union[int, Errno.NotFound, Errno.Denied]
