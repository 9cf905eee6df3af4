"""What the tests do apart from calling modules, to see whether memcheck has something to say of the interpreter itself."""

import ast
import copy
import dataclasses
import enum
import importlib
import inspect
import pathlib
import pickle
import pydoc
import tempfile
import threading


@dataclasses.dataclass
class Point:
    x: int


class Colour(enum.Enum):
    RED = 1


workers = [threading.Thread(target=lambda: sum(range(10))) for _ in range(8)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
assert pickle.loads(pickle.dumps([1, 2**70, "é", Colour.RED])) == [1, 2**70, "é", Colour.RED]
assert copy.deepcopy(Point(1)) == Point(1)
assert inspect.signature(Point) and ast.parse("def f(a, b=1): ...")
assert pydoc.render_doc(pathlib)
with tempfile.TemporaryDirectory() as directory:
    pathlib.Path(directory, "größe").write_text("x")
assert (2**100 + 1).to_bytes(20, "little", signed=True)
try:
    importlib.import_module("there_is_no_such_module")
except ImportError:
    pass
