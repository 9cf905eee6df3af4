import errno
import inspect
import sys

import pytest
import wordcount


def test_words_are_lower_case_and_in_order():
    assert wordcount.words("The cat, the Hat.") == ["the", "cat", "the", "hat"]
    assert wordcount.words("") == []


def test_apostrophes_belong_to_words():
    assert wordcount.words("'Don’t' isn't '") == ["don’t", "isn't"]


def test_words_of_every_script():
    assert wordcount.words("Größe ДОМ 東京 ١٢٣") == ["größe", "дом", "東京", "١٢٣"]


def test_min_length_counts_characters():
    assert wordcount.words("a be sée", min_length=2) == ["be", "sée"]
    assert wordcount.words("a be", min_length=0) == ["a", "be"]


def test_min_length_is_a_keyword():
    with pytest.raises(TypeError):
        wordcount.words("a", 2)
    with pytest.raises(OverflowError):
        wordcount.words("a", min_length=-1)


def test_text_is_a_string():
    with pytest.raises(TypeError, match="argument 'text': expected str, got bytes"):
        wordcount.words(b"a")


def test_count_file(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("to be or not to be", encoding="utf-8")
    for argument in (path, str(path)):
        counter = wordcount.count_file(argument)
        assert counter.most_common(2) == [("be", 2), ("to", 2)]
        assert counter.total == 6


def test_bytes_that_are_no_text_are_not_in_the_way(tmp_path):
    path = tmp_path / "latin-1.txt"
    path.write_bytes(b"caf\xe9 one")
    assert wordcount.count_file(path)["one"] == 1


def test_a_missing_file_raises_what_open_raises(tmp_path):
    with pytest.raises(FileNotFoundError) as caught:
        wordcount.count_file(tmp_path / "missing")
    assert caught.value.errno == errno.ENOENT


def test_an_empty_counter():
    counter = wordcount.Counter()
    assert (len(counter), counter.total, counter["x"]) == (0, 0, 0)
    assert counter.most_common() == []
    assert not counter


def test_counting():
    counter = wordcount.Counter(["a", "b", "a"])
    assert (len(counter), counter.total, counter["a"], counter["c"]) == (2, 3, 2, 0)
    assert counter.most_common() == [("a", 2), ("b", 1)]
    assert counter.most_common(1) == [("a", 2)]
    assert counter.most_common(n=None) == counter.most_common()


def test_add():
    counter = wordcount.Counter(words=("a",))
    assert counter.add("a") is None
    counter.add("b", 5)
    counter.add("b", times=1)
    assert counter.most_common() == [("b", 6), ("a", 2)]


def test_an_empty_word_is_refused():
    counter = wordcount.Counter()
    with pytest.raises(ValueError, match="a word cannot be empty"):
        counter.add("")
    assert len(counter) == 0


def test_counts_stay_at_the_largest_number():
    counter = wordcount.Counter()
    counter.add("a", 2**64 - 1)
    counter.add("a")
    counter.add("b")
    assert counter["a"] == counter.total == 2**64 - 1


def test_words_are_a_list_of_strings():
    with pytest.raises(TypeError):
        wordcount.Counter("ab")
    with pytest.raises(TypeError, match="argument 'words': item 1: expected str, got int"):
        wordcount.Counter(["a", 1])


def test_total_is_readonly():
    with pytest.raises(AttributeError):
        wordcount.Counter().total = 1


def test_documentation():
    assert wordcount.__doc__ == "Counting words."
    assert wordcount.words.__doc__ == "Splits text into lower-case words."
    assert wordcount.Counter.__module__ == "wordcount"
    if sys.implementation.name == "cpython":  # PyPy reads less of extension modules
        assert str(inspect.signature(wordcount.words)) == "(text, *, min_length=1)"
        assert wordcount.Counter.total.__doc__ == "Number of words, with repeats."
