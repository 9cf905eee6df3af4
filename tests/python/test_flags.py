"""Flags, which are `enum.IntFlag`."""

import copy
import enum
import inspect
import pickle
import sys

import flags
import pytest
from flags import Brush, Change, Pen, Style, Wide, Widest


def test_is_an_int_flag():
    assert issubclass(Style, enum.IntFlag) and issubclass(Style, int)
    assert [int(flag) for flag in (Style.BOLD, Style.DASHED, Style.ITALIC, Style.LOUD)] == [1, 2, 16, 17]
    assert Style.LOUD is Style.BOLD | Style.ITALIC
    assert Style(3) == Style.BOLD | Style.DASHED
    assert Style["DASHED"] is Style.DASHED
    assert Style.BOLD in Style.LOUD and Style.DASHED not in Style.LOUD
    assert Style.__module__ == "flags" and Style.__qualname__ == "Style"
    assert inspect.getdoc(Style) == "How a path is drawn."
    assert repr(Style.BOLD) == "<Style.BOLD: 1>"
    if sys.version_info >= (3, 11):
        assert list(Style) == [Style.BOLD, Style.DASHED, Style.ITALIC]
        assert repr(Style.BOLD | Style.DASHED) == "<Style.BOLD|DASHED: 3>"


def test_both_ways():
    for bits in range(4):
        for style in (Style(bits), Style(bits | 16)):
            back = flags.same(style)
            assert back == style and type(back) is Style and back is style
    assert flags.every() == Style.BOLD | Style.DASHED | Style.ITALIC
    assert flags.LOUDEST == flags.every()
    assert flags.show(Style.LOUD) == "Style(BOLD | ITALIC) 0x11"
    assert flags.show(Style(0)) == "Style() 0x0"


def test_as_parameters():
    assert flags.union() == Style(0)
    assert flags.union(Style.BOLD, Style.ITALIC) is Style.LOUD
    assert flags.without(flags.every()) == Style.BOLD
    assert flags.without(flags.every(), Style.BOLD) == Style.DASHED | Style.ITALIC
    assert flags.maybe() is None and flags.maybe(None) is None and flags.maybe(Style(0)) is None
    assert flags.maybe(Style.BOLD) is Style.BOLD
    assert flags.count([Style.BOLD, Style.LOUD, Style.BOLD]) == {Style.BOLD: 2, Style.LOUD: 1}
    assert flags.distinct({Style.BOLD, Style.LOUD}) == {Style.BOLD, Style.LOUD}
    assert flags.apply(Style.BOLD, lambda style: style | Style.DASHED) == Style(3)
    assert flags.apply(Style.BOLD, lambda style: ~style) == Style.DASHED | Style.ITALIC


def test_complements():
    # Up to Python 3.10 the complement is a negative number.
    assert flags.same(~Style.BOLD) == Style.DASHED | Style.ITALIC
    assert flags.same(~Style(0)) == flags.every()
    assert flags.same_widest(~Widest.HIGH) == Widest.LOW | Widest.SIXTY_THREE | Widest.SIXTY_FOUR


def test_large_flags():
    for bit in range(40):
        assert flags.same_wide(Wide(1 << bit)) == Wide(1 << bit)
    assert flags.same_wide(Wide.F39 | Wide.F0) == Wide.F39 | Wide.F0
    for value in (Widest.LOW, Widest.SIXTY_THREE, Widest.SIXTY_FOUR, Widest.HIGH, Widest.LOW | Widest.HIGH):
        assert flags.same_widest(value) == value
    assert int(Widest.HIGH) == 2**127


def test_wrong_arguments():
    for wrong in (1, True, None, "BOLD", Wide.F0):
        with pytest.raises(TypeError, match="'style': expected Style, got "):
            flags.same(wrong)
    with pytest.raises(ValueError, match=r"'style': expected flags of Style, whose bits are 0x13, got Style\(20\)"):
        flags.same(Style(4 | 16))
    with pytest.raises(ValueError, match="expected flags of Widest"):
        flags.same_widest(Widest(2**127 | 2**100))
    with pytest.raises(ValueError, match="expected flags of Wide"):
        flags.same_wide(Wide(2**200))
    with pytest.raises(TypeError, match="item 1: expected Style, got int"):
        flags.count([Style.BOLD, 1])
    with pytest.raises(TypeError, match="expected Style, got int"):
        flags.apply(Style.BOLD, lambda style: 3)


def test_inside_other_values():
    brush = Brush(1)
    assert brush.style == Style.BOLD | Style.DASHED
    assert flags.paint(brush, Change.Add(Style.ITALIC)).style == flags.every()
    assert flags.paint(brush, Change.Remove([Style.BOLD, Style.DASHED])) == Brush(1, Style(0))
    pen = Pen()
    assert pen.style is Style.BOLD
    pen.style = Style.LOUD
    assert Style.ITALIC in pen and Style.DASHED not in pen
    with pytest.raises(TypeError):
        pen.style = 1


def test_copy_and_pickle():
    values = [Style.BOLD, Style.LOUD, Style(3), Style(0), Widest.LOW | Widest.HIGH, Brush(1), Change.Add(Style.BOLD)]
    for value in values:
        assert copy.deepcopy(value) == value
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            back = pickle.loads(pickle.dumps(value, protocol))
            assert back == value and type(back) is type(value)
