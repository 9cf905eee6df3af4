"""Uses that type checkers must accept, with the types that they must see."""

# pyright: strict

import datetime
import os
import pathlib
import uuid
from decimal import Decimal
from typing import Any, Dict, FrozenSet, Iterator, List, Optional, Set, Tuple, Union

import classes
import containers
import enums
import errors
import flags
import invoices
import moments
import objects
import operators
import outcomes
import params
import parcels
import parcels.routes as routes
import quantities
import railway
import records
import results
import scalars
import text
import unions
import vault
import variants
from parcels import store
from parcels.store import Shelf
from typing_extensions import assert_type

assert_type(params.nothing(), None)
assert_type(params.two(1, b=2), Tuple[int, int])
assert_type(params.everything(1, 2, 3, 4, 5, d=6, e=7, x=8, y=9)[6], Dict[str, int])
assert_type(params.computed(1), Tuple[int, Optional[int]])
assert_type(params.Taker(1).take_static(1), Tuple[int, int])

assert_type(scalars.echo_u8(True), int)
assert_type(scalars.echo_f64(1), float)
assert_type(scalars.maybe_s64(), Optional[int])
yes: bool = scalars.YES

assert_type(text.join(["a", "b"], separator="c"), str)
assert_type(text.join(("a", "b")), str)
assert_type(text.echo_bytes(b"x"), bytes)
assert_type(text.echo_bytes(bytearray(b"x")), bytes)
assert_type(text.echo_bytes(memoryview(b"x")), bytes)
assert_type(text.echo_path("x"), pathlib.Path)
assert_type(text.echo_path(pathlib.Path("x")), pathlib.Path)


def read(path: "os.PathLike[str]") -> str:
    return text.read_file(path)


assert_type(containers.numbers(range(3)), List[int])
assert_type(containers.table({"a": 1}), Dict[str, int])
assert_type(containers.unique(frozenset({1})), Set[int])
assert_type(containers.frozen({1}), FrozenSet[int])
assert_type(containers.frozen({1: "a"}.keys()), FrozenSet[int])
assert_type(containers.Album("Kind of Blue", {"jazz"}).genres, FrozenSet[str])
assert_type(containers.maybe_list(), Optional[List[int]])

point = records.Point(1, y=2.5)
assert_type(point.x, float)
assert_type(records.midpoint(point, point), records.Point)
assert_type(records.bounds([point]), Optional[records.Segment])
assert_type(records.Person("Ada", tags=["x"]).age, Optional[int])

assert_type(enums.next(enums.Colour.RED), enums.Colour)
assert_type(enums.unit_of("m"), Optional[enums.Unit])
level: int = enums.Level.HIGH
symbol: str = enums.Unit.METRE

try:
    errors.close(1)
except errors.OpenPath as error:
    assert_type(error.gap, float)
    base: ValueError = error
raised = errors.TooManySides("x", sides=3)
assert_type(errors.failing(3), Iterator[int])

counter = classes.Counter(1, step=2)
counter.label = "x"
counter.label = None
assert_type(counter.increment(), int)
assert_type(counter.copy(), classes.Counter)
assert_type(classes.Counter.parse("1"), classes.Counter)
assert_type(counter.sum([counter]), int)


class Dog(classes.Animal):
    def speak(self) -> str:
        return "woof"


assert_type(classes.introduce(Dog("x")), str)

vector = operators.Vector([1, 2])
assert_type(len(vector), int)
assert_type(vector[0], float)
assert_type(vector + vector, operators.Vector)
assert_type(2.0 * vector, operators.Vector)
assert_type(vector(2, offset=1), List[float])
assert_type(vector < vector, bool)
assert_type([item for item in vector], List[float])
assert_type(next(operators.Countdown(1)), int)

assert_type(objects.apply(lambda x: x + 1, 1), int)
assert_type(objects.same(1), Any)
assert_type(objects.countdown(3), Iterator[int])
assert_type(objects.total(iter([1])), int)
assert_type(objects.keep(["a"], lambda word: bool(word)), List[str])

parcel = store.pack(parcels.Place("x"), speed=parcels.Speed.FAST)
assert_type(parcel, store.Item)
assert_type(parcel.to, parcels.Place)
assert_type(Shelf(parcel).sorted(), Dict[str, List[store.Item]])
assert_type(routes.plan([parcel.to]), List[routes.Item])
assert_type(parcels.tariff.cost_of(1), Tuple[int, str])
assert_type(parcels.import_.first(), parcels.import_.Kind)
items: store.ByName = {"x": [parcel]}
place: store.Place = parcels.DEPOT

def describe(command: variants.CommandCase) -> str:
    # The union of the cases tells that nothing is left.
    if isinstance(command, variants.Command.Close):
        return "close"
    if isinstance(command, variants.Command.LineTo):
        assert_type(command.value, variants.Point)
        return "line"
    if isinstance(command, variants.Command.Curve):
        assert_type(command.value1, float)
        return "curve"
    assert_type(command, variants.Command.Arc)
    return str(command.radius)


def weight(value: variants.JsonCase) -> float:
    if isinstance(value, variants.Json.Items):
        return sum(weight(item) for item in value.value)
    if isinstance(value, variants.Json.Members):
        return sum(weight(item) for item in value.value.values())
    return 1


arc = variants.Command.Arc(variants.Point(0), 1, pen=variants.Pen.BROAD)
command: variants.Command = arc
assert_type(variants.same(arc), variants.CommandCase)
assert_type(variants.mirror(arc, variants.Command.Close()), List[variants.CommandCase])
assert_type(variants.next(), Optional[variants.CommandCase])
assert_type(variants.same_single(variants.Single.Only(None)).value, Optional[List[bytes]])
assert_type(variants.Canvas(arc).last, Optional[variants.CommandCase])

assert_type(flags.same(flags.Style.BOLD | flags.Style.DASHED), flags.Style)
assert_type(flags.Pen(flags.Style(3)).style, flags.Style)
bits: int = flags.Widest.HIGH

try:
    results.Store(1).put("a", "b")
except results.StoreError.Full as full:
    assert_type(full.size, int)
except results.StoreError as other:
    also: Exception = other
assert_type(results.ask(1), int)
assert_type(results.find("x"), Optional[int])
assert_type(results.check("x"), None)
assert_type(results.errors(), List[results.StoreErrorCase])
assert_type(results.Store(1).keys(), Iterator[str])

assert_type(invoices.charge(parcel), invoices.Line)
assert_type(invoices.bill(Shelf(parcel), [])[1], Shelf)
assert_type(vault.store.Bucket.open("x"), Optional[vault.store.Bucket])
assert_type(vault.audit.summary(vault.store.Bucket("x", vault.types.Rights.READ))[1], List[Tuple[str, int]])

number: unions.Number = 1.5
assert_type(unions.twice(number), Union[int, float, str])
assert_type(unions.again("a"), Union[int, float, str, None])
assert_type(unions.places([unions.City("Ulm")]), List[Union[unions.City, List[unions.City], str]])
assert_type(unions.Labelled(1).label, Union[int, float, str])
assert_type(unions.read(lambda line: len(line)), List[Union[int, float, str]])
assert_type(unions.read([number, "a"]), List[Union[int, float, str]])

moment = datetime.datetime(2000, 1, 1)
assert_type(moments.same_datetime(moment), datetime.datetime)
assert_type(moments.same_date(moment), datetime.date)
assert_type(moments.count([moment.date()]), Dict[datetime.date, int])
assert_type(moments.Concert(moment, datetime.timedelta(1)).doors, Optional[datetime.time])
day: moments.Moment = moments.BIRTHDAY

leg = railway.Leg(railway.Station("a"), railway.Station("b"), via=(railway.Station("c"),))
assert_type(railway.same(leg).by, Optional[railway.Train])
assert_type(leg.via, List[railway.Station])
assert_type(railway.circle("x").names, Dict[str, railway.Station])
assert_type(railway.Step.Couple(railway.Train(1), 2).value0, railway.Train)
assert_type(railway.reserve(1), railway.Leg)
try:
    railway.cancel(leg)
except railway.Derailed as derailed:
    assert_type(derailed.at, List[railway.Station])
except railway.Cancelled as cancelled:
    assert_type(cancelled.instead, Optional[railway.Leg])

assert_type(quantities.same_decimal(Decimal(1)), Decimal)
assert_type(quantities.same_complex(1), complex)
assert_type(quantities.same_uuid(uuid.UUID(int=1)), uuid.UUID)
assert_type(quantities.same_value(1.5), Union[Decimal, complex, uuid.UUID])
assert_type(objects.sum_of({1: "a"}), int)
assert_type(objects.take(word for word in ["a"]), List[str])
trial = outcomes.trials([outcomes.Trial(1, outcomes.Refused("no"))])[0]
assert_type(trial.one, Union[int, outcomes.Lost])
assert_type(outcomes.Entry("a", outcomes.Errno.Denied(), RuntimeError()).note, Union[str, RuntimeError, None])
reading, _ = outcomes.problem_of(outcomes.Problem.At(1))
if isinstance(reading, Exception):
    assert_type(reading, Union[outcomes.Problem.Empty, outcomes.Problem.At, outcomes.Problem.Span])
else:
    # Some type checkers see an int there as well.
    length: float = reading
for entry in outcomes.entries([]):
    if not isinstance(entry.size, outcomes.Errno):
        assert_type(entry.size, int)
for value in outcomes.each([1, RuntimeError("x")]):
    if not isinstance(value, RuntimeError):
        assert_type(value, int)
nothing, _ = outcomes.nothing(None)
if nothing is not None:
    assert_type(nothing, RuntimeError)
nested, _ = outcomes.nested(1)
if isinstance(nested, RuntimeError):
    assert_type(nested.args, Tuple[Any, ...])
elif isinstance(nested, int):
    assert_type(nested, int)
else:
    assert_type(nested, Union[outcomes.Errno.NotFound, outcomes.Errno.Denied])
assert_type(outcomes.measure("1"), float)
assert_type(outcomes.twice(2), Union[int, RuntimeError])
assert_type(outcomes.attempt(lambda number: number), str)
gauge = outcomes.Gauge(1)
gauge.last = outcomes.Problem.Empty()
reading_of: outcomes.Reading = gauge.last
