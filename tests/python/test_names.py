"""Names that could be taken for something else: of Rust, of Python, of the generated code."""

import inspect
import pickle
import sys

import names
import pytest
from names import SelfLike

EIGHT = [1, 2, 3, 4, 5, 6, 7, 8]


def test_functions_take_their_parameters_by_name():
    for function, count in (
        (names.rt_call, 8),
        (names.new, 6),
        (names.ok, 4),
        (names.into, 4),
        (names.print, 7),
        (names.def_, 7),
        (names.fn, 7),
        (names.loop, 7),
    ):
        assert function(*EIGHT[:count]) == EIGHT[:count]
        if sys.implementation.name == "cpython":
            parameters = inspect.signature(function).parameters
            assert function(**dict(zip(parameters, EIGHT))) == EIGHT[:count]
    assert names.def_(def_=1, class_=2, is_=3, not_=4, pass_=5, none3=6, global_=7) == EIGHT[:7]
    assert names.new(py=1, m=2, l=3, t=4, self=5, cls=6) == EIGHT[:6]
    token = object()
    assert names.with_py(token, None, 1, other=2) == [token, None, 1, 2]
    assert names.with_py(py=1, this=2, call=3, other=4) == [1, 2, 3, 4]


def test_words_are_recased():
    assert names.a(1, 2, 3) == 6
    assert names.x1_y2_z3(a1=1, b_2=2, c_3=3) == 6
    assert names.snake_case(snake_name=5, kebab_name=3) == 2
    assert names.shouted(loud=1) == 1
    assert [member.name for member in names.Number] == ["ONE1", "TWO_2", "X_Y_Z"]
    assert names.U8_MAX == 255 and names.RT == 1 and names.GLUE == 2 and names.NONE2 is None
    assert names.type(5) == 1 and names.module() == 1 and names.names() == 2


def test_types():
    assert names.copy(names.OptionLike(1, err=7)) == names.OptionLike(1, 1, 2, 7)
    assert names.object2(names.Object()).name == "n"
    value = (names.Result(1), names.Vec(2), names.Box(async_=5, yield_=6))
    assert names.text_of(*value) == value
    assert (value[2].async_, value[2].yield_, value[2].ref) == (5, 6, 1)
    assert names.Keyword.SELF == "self" and names.Keyword("none") is names.Keyword.NONE
    for record in value + (names.Object(type=5), names.Str(2)):
        assert pickle.loads(pickle.dumps(record)) == record


def test_exceptions():
    assert names.fail(names.Ordering.EQUAL) is names.Keyword.SELF
    with pytest.raises(names.Error) as caught:
        names.fail(names.Ordering.LESS)
    assert (caught.value.message_text, caught.value.args2, str(caught.value)) == (1, [1], "less")
    with pytest.raises(names.ValueError2) as caught:
        names.fail(names.Ordering.GREATER)
    assert caught.value.cause == 2
    assert issubclass(names.Exception2, names.Error)


def test_cases():
    shape = names.try_shape(names.Shape.Circle(0.5))
    assert shape == names.Shape.Shape("0.5") and isinstance(shape, names.Shape)
    assert names.Shape.Shape is not names.Shape
    assert pickle.loads(pickle.dumps(shape)) == shape
    with pytest.raises(names.Outcome.Outcome):
        names.try_shape(names.Shape.Shape(""))
    with pytest.raises(names.Outcome) as caught:
        names.try_shape(shape)
    assert type(caught.value) is names.Outcome.Other


def test_class():
    thing = SelfLike()
    assert thing.self == 1234 and SelfLike(self=5, cls=6, args=7, kwargs=8).self == 5678
    thing.self = 5
    assert thing.type == 1 and thing.values == [5] and SelfLike.MAX == 1
    assert thing.clone().self == 5 and thing.drop(self=3, cls=1) == 7 and thing.into(thing) == 14
    assert SelfLike.of(self=3, cls=1).self == 2
    assert SelfLike.default(start=2) == 2 and SelfLike.from_(cls=3).self == 3
    assert thing.eq(7) and thing.len() == -1 and thing.op_len() == -2 and len(thing) == 7
    assert thing.fmt(py="x", f=1) == "x" and thing.borrow(this=thing, call=1) == 8
    assert thing == SelfLike.from_(7) and str(thing) == "<7>"
