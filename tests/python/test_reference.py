"""The language reference, `idl/README.md`: what stands in it after `>>>` gives what stands below."""

import contextlib
import doctest
import io
import os
import traceback

import music
import pytest

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "idl", "README.md")


def sessions():
    """The text of each block that is run, by its line."""
    blocks = {}
    text = None
    with open(PAGE, encoding="utf-8") as page:
        for number, line in enumerate(page, 1):
            if text is not None:
                if line == "```\n":
                    text = None
                else:
                    text.append(line)
            elif line.startswith("```pycon"):
                text = blocks[number] = []
    return {number: "".join(lines) for number, lines in blocks.items()}


def shown(source, scope):
    """What Python shows when `source` is typed, without the traceback."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        try:
            exec(compile(source, "<reference>", "single"), scope)
        except Exception as error:
            output.write("".join(traceback.format_exception_only(type(error), error)))
    return output.getvalue()


SESSIONS = sessions()


@pytest.mark.rounds(0, reason="most of the work is Python's compiler, which keeps what it likes")
@pytest.mark.parametrize("line", sorted(SESSIONS))
def test_session(line):
    scope = {name: value for name, value in vars(music).items() if not name.startswith("_")}
    for example in doctest.DocTestParser().get_examples(SESSIONS[line]):
        result = shown(example.source, scope)
        assert result == example.want, "line %d: >>> %s%s" % (line + 1 + example.lineno, example.source, result)


def test_there_are_sessions():
    assert len(SESSIONS) >= 15
