"""Text, bytes and paths."""

import array
import os
import pathlib
import sys

import pytest
import text

TEXTS = [
    "",
    "x",
    "World",
    "a\0b",
    "\x7f",
    "\x80",
    "é",
    "naïve",
    "ÿ",
    "Ā",
    "€uro",
    "日本語",
    "🐍",
    "mixed é € 🐍",
    "a" * 1000,
    "é" * 1000,
    "🐍" * 1000,
]


class Text(str):
    pass


class Bytes(bytes):
    pass


def test_strings():
    for value in TEXTS:
        got = text.echo(value)
        assert got == value and type(got) is str
        assert text.echo(Text(value)) == value and type(text.echo(Text(value))) is str
        assert text.length(value) == len(value)
        assert text.greet(value) == "Hello, %s!" % value
        assert text.greet(name=value) == "Hello, %s!" % value
    # Built at run time, so that nothing is interned or cached.
    for number in range(20):
        assert text.echo("".join(["é", str(number)])) == "é%d" % number


def test_what_is_no_string():
    for wrong, kind in [(1, "int"), (b"x", "bytes"), (None, "None"), (["x"], "list"), (pathlib.Path("x"), None)]:
        with pytest.raises(TypeError) as caught:
            text.echo(wrong)
        assert str(caught.value) == "argument 'text': expected str, got %s" % (kind or type(wrong).__name__)


def test_surrogates_are_refused():
    for wrong in ("\ud800", "a\udfffb", "é\ud83d"):
        with pytest.raises(UnicodeEncodeError):
            text.echo(wrong)
        with pytest.raises(UnicodeEncodeError):
            text.join(["x", wrong])
        with pytest.raises(UnicodeEncodeError):
            text.greet(name=wrong)


def test_optional_strings():
    assert text.maybe() is None
    assert text.maybe(None) is None
    for value in TEXTS:
        assert text.maybe(value) == value
        assert text.maybe(text=value) == value
    with pytest.raises(TypeError, match="argument 'text'.*got int"):
        text.maybe(1)


def test_lists_of_strings():
    assert text.join(TEXTS, "|") == "|".join(TEXTS)
    assert text.join(["a", "b"]) == "a, b"
    assert text.join(("a", Text("b")), separator="€") == "a€b"
    assert text.split("a é 🐍") == ["a", "é", "🐍"]
    assert text.joined(*TEXTS) == "".join(TEXTS)
    assert text.joined() == ""
    with pytest.raises(TypeError) as caught:
        text.join(["a", 1])
    assert str(caught.value) == "argument 'parts': item 1: expected str, got int"


def test_a_bare_string_is_no_list():
    for wrong in ("abc", "", Text("abc")):
        with pytest.raises(TypeError, match="argument 'parts'.*got (str|Text)"):
            text.join(wrong)


def test_long_results():
    assert text.repeat("ab", 100000) == "ab" * 100000
    assert text.repeat("é€🐍", 30000) == "é€🐍" * 30000


def test_bytes():
    for value in (b"", b"x", bytes(range(256)), b"a" * 10000):
        got = text.echo_bytes(value)
        assert got == value and type(got) is bytes
        assert text.echo_bytes(Bytes(value)) == value
        assert text.echo_bytes(bytearray(value)) == value
        assert text.echo_bytes(memoryview(value)) == value
        assert text.echo_bytes(data=memoryview(bytearray(value))) == value
    assert text.echo_bytes(array.array("B", [1, 2, 3])) == b"\x01\x02\x03"
    assert text.echo_bytes(memoryview(b"abcdef")[2:4]) == b"cd"
    for wrong, kind in [("x", "str"), (1, "int"), (None, "None"), ([1, 2], "list")]:
        with pytest.raises(TypeError) as caught:
            text.echo_bytes(wrong)
        assert "argument 'data': expected" in str(caught.value) and "got " + kind in str(caught.value)


def test_buffers_with_gaps_are_refused():
    view = memoryview(b"abcdef")
    numbers = memoryview(array.array("i", [1, 2, 3, 4]))
    for gaps in (view[::2], view[::-1], view[1:1:2], numbers[::3], numbers[::-1]):
        for function in (text.echo_bytes, text.maybe_bytes, lambda data: text.total_length([data])):
            with pytest.raises(BufferError, match="not C-contiguous"):
                function(gaps)


def test_buffers_of_any_shape():
    view = memoryview(b"abcdef")
    for whole in (view, view[::1], view.cast("B", (2, 3)), view.cast("B", (1, 6)), view[1:][:-1], view[::6]):
        assert text.echo_bytes(whole) == whole.tobytes()
    assert text.echo_bytes(view[:1].cast("B", ())) == b"a"
    numbers = array.array("i", [1, 2, 3, 4])
    assert text.echo_bytes(memoryview(numbers)[1:]) == numbers.tobytes()[numbers.itemsize :]
    rows = view.cast("B", (2, 3))[1:]
    try:
        assert text.echo_bytes(rows) == b"def"
    except BufferError:
        assert sys.implementation.name == "pypy", "whose view has a size that is not that of its shape"


def test_buffers_are_released():
    data = bytearray(b"abc")
    text.echo_bytes(data)
    data.append(1)
    view = memoryview(data)
    text.echo_bytes(view)
    view.release()
    data.append(2)
    with pytest.raises(ValueError):
        text.echo_bytes(view)


def test_optional_and_nested_bytes():
    assert text.maybe_bytes() is None
    assert text.maybe_bytes(None) is None
    assert text.maybe_bytes(b"a") == b"a"
    assert text.maybe_bytes(bytearray(b"a")) == b"a"
    assert text.total_length([b"ab", bytearray(b"c"), memoryview(b"d")]) == 4
    assert text.reverse_each([b"ab", b""]) == [b"ba", b""]
    with pytest.raises(TypeError, match="argument 'parts': item 1: expected .*got str"):
        text.total_length([b"ab", "c"])


class PathLike:
    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return self.path


def test_paths():
    for value in ("", ".", "/a/b", "größe/日本", "a b"):
        got = text.echo_path(value)
        assert isinstance(got, pathlib.Path)
        assert got == pathlib.Path(value)
        assert text.echo_path(pathlib.Path(value)) == pathlib.Path(value)
        assert text.echo_path(PathLike(value)) == pathlib.Path(value)
    assert text.maybe_path() is None
    assert text.maybe_path("x") == pathlib.Path("x")
    assert text.maybe_path(path=pathlib.Path("x")) == pathlib.Path("x")
    assert text.parents(["/a/b", pathlib.Path("/a")]) == [pathlib.Path("/a"), pathlib.Path("/")]
    for wrong in (1, None, ["x"], PathLike(1)):
        with pytest.raises(TypeError):
            text.echo_path(wrong)


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX only")
def test_paths_that_are_not_text():
    # What os.listdir returns for a name that is not UTF-8.
    name = os.fsdecode(b"caf\xe9")
    if os.fsencode(name) != b"caf\xe9" or sys.getfilesystemencoding() != "utf-8":
        pytest.skip("other file system encoding")
    assert text.echo_path(name) == pathlib.Path(name)


def test_files(tmp_path):
    file = tmp_path / "größe.txt"
    file.write_text("drei Wörter hier", encoding="utf-8")
    assert text.read_file(file) == "drei Wörter hier"
    assert text.read_file(str(file)) == "drei Wörter hier"
    with pytest.raises(FileNotFoundError):
        text.read_file(tmp_path / "none")
    with pytest.raises(OSError):
        text.read_file(tmp_path)


def test_nul_in_paths():
    # Rust has no such paths; the system call refuses them.
    with pytest.raises((OSError, ValueError)):
        text.read_file("a\0b")


def test_constants():
    assert text.GREETING == 'Grüße, "世界"'
    assert text.MAGIC == b"\x7fELF"
