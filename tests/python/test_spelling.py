"""Names that Python writes in camelCase, and names that builtin types have, too."""

import copy
import pickle

import pytest
import spelling
from spelling import TextDocument, TextRange


def test_functions_and_parameters():
    ranges = [TextRange(1, 3), TextRange(firstLine=2, lastLine=9)]
    counted = spelling.countLines(
        *ranges, lineEnd=spelling.LineEnd.CARRIAGE_RETURN, textOptions=spelling.TextOptions.WHOLE_WORDS, tabSize=4
    )
    assert counted == {"tabSize": 4, "range 0": 2, "range 1": 7, "end": 13, "words": 1}
    assert spelling.countLines(firstRange=ranges[0])["range 0"] == 2
    assert spelling.filterLines(["a", "bb"], lineFilter=lambda line: len(line) > 1) == ["bb"]
    assert spelling.lambda_(lambda_=1, isLambda=2) == 3
    assert spelling.spelt_by_hand(byHand=5) == 5
    assert not hasattr(spelling, "count_lines")
    with pytest.raises(TypeError, match=r"countLines\(\) missing 1 required positional argument: 'firstRange'"):
        spelling.countLines()
    with pytest.raises(TypeError, match="argument 'allLines': expected list, got int"):
        spelling.filterLines(1, bool)
    assert "firstRange: Where it starts." in spelling.countLines.__doc__


def test_what_keeps_its_case():
    assert spelling.MAX_LINES == 10 and TextDocument.MAX_SIZE == 4
    assert spelling.LineEnd.LINE_FEED and spelling.TextOptions.IGNORE_CASE
    assert spelling.text_tools.__name__ == "spelling.text_tools"


def test_fields():
    full = TextRange(1, lastLine=2, kept_name="k", plain=3)
    assert (full.firstLine, full.lastLine, full.kept_name, full.plain) == (1, 2, "k", 3)
    assert repr(full) == "TextRange(firstLine=1, lastLine=2, kept_name='k', plain=3)"
    assert pickle.loads(pickle.dumps(full)) == full == copy.deepcopy(full)
    with pytest.raises(TypeError, match="first_line"):
        TextRange(first_line=1)
    box = spelling.outlineOf(full, asBox=True)
    assert (box.leftEdge, box.rightEdge) == (1.0, 2.0)
    assert box == spelling.Outline.BoxOf(leftEdge=1, rightEdge=2)
    assert repr(box) == "Outline.BoxOf(leftEdge=1.0, rightEdge=2.0)"
    assert type(box).__match_args__ == ("leftEdge", "rightEdge")
    with pytest.raises(spelling.ParseError, match="backwards") as caught:
        spelling.countLines(TextRange(5, 1))
    assert caught.value.lineNumber == 5
    assert spelling.ParseError("x", lineNumber=7).lineNumber == 7


def test_members():
    document = TextDocument("a.txt", lineCount=2)
    assert (document.fileName, document.addLine(newLine="x"), len(document)) == ("a.txt", 3, 3)
    document.lineCount = 8
    assert document.lineCount == 8
    with pytest.raises(AttributeError):
        document.fileName = "b.txt"
    assert TextDocument.fromRange(textRange=TextRange(1, 6)).lineCount == 6


def test_interfaces():
    from spelling import test_types, text_tools

    (pair,) = text_tools.findAll(wantedText="x")
    assert (pair.given_name, pair.family_name) == ("x", "")
    assert test_types.swap_names(name_pair=pair) == test_types.NamePair("", "x")


def test_errors_of_one_name():
    from spelling import test_types, text_tools

    kinds = [test_types.ValueError, spelling.ValueError, test_types.ValueError, ValueError]
    for kind, error in enumerate(kinds):
        with pytest.raises(error) as caught:
            text_tools.failWith(errorKind=kind)
        assert type(caught.value) is error
        assert getattr(caught.value, "firstCause", None) is None
        if error is test_types.ValueError:
            assert caught.value.first_cause == "cause"
    assert test_types.ValueError.__mro__[1:3] == (spelling.ValueError, ValueError)


def test_builtin_types_whose_names_are_taken():
    assert spelling.int(2**100) == 2**100 and spelling.int(int=1, base=7) == 7
    data = spelling.Bytes(b"a")
    assert data.value() == b"a" and spelling.Bytes().value() == b""
    assert spelling.Bytes.joined([data, spelling.Bytes(b"b")]).value() == b"a-b"
    empty = spelling.List([])
    assert spelling.setOf(spelling.Set({1, 2}), spelling.List([empty, empty])) == {"2 lists": {1, 2}}
    assert spelling.Set({1}).others == frozenset()
    spelling.checkValue(0)
    for kind, error in [(1, spelling.ValueError), (2, ValueError), (3, KeyError)]:
        with pytest.raises(error) as caught:
            spelling.checkValue(kind)
        assert type(caught.value) is error
    assert issubclass(spelling.ValueError, ValueError)
