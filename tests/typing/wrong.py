"""Mistakes that type checkers must see: an ignored error that is none is an error."""

# pyright: strict, reportUnnecessaryTypeIgnoreComment=true

import classes
import containers
import enums
import errors
import flags
import objects
import operators
import outcomes
import params
import parcels
import railway
import records
import results
import scalars
import text
import variants
from parcels import routes, store

params.two(1)  # type: ignore[call-arg]
params.two(1, 2, 3)  # type: ignore[call-arg]
params.two(1, c=2)  # type: ignore[call-arg]
params.only_by_position(a=1)  # type: ignore[call-arg]
params.only_by_keyword(1, 2)  # type: ignore[call-arg]
params.any_number("x")  # type: ignore[arg-type]
params.any_keywords(x="y")  # type: ignore[arg-type]
scalars.echo_s64("1")  # type: ignore[arg-type]
scalars.echo_s64(1.5)  # type: ignore[arg-type]
scalars.echo_s64(None)  # type: ignore[arg-type]
scalars.echo_bool(1)  # type: ignore[arg-type]
text.echo(b"x")  # type: ignore[arg-type]
text.echo_bytes("x")  # type: ignore[arg-type]
text.echo_path(1)  # type: ignore[arg-type]
containers.numbers({1, 2})  # type: ignore[arg-type]
containers.table([1])  # type: ignore[arg-type]
containers.unique([1])  # type: ignore[arg-type]
records.Point()  # type: ignore[call-arg]
records.Point("x")  # type: ignore[arg-type]
records.Point(1).x = 2  # type: ignore[misc]
records.midpoint((0, 0), records.Point(0))  # type: ignore[arg-type]
enums.next(1)  # type: ignore[arg-type]
errors.OpenPath("x")  # type: ignore[call-arg]
classes.Counter(1).step = 2  # type: ignore[misc]
classes.Counter(1).value = "x"  # type: ignore[assignment]
classes.Counter(1).nothing()  # type: ignore[attr-defined]
objects.apply(lambda: 1, 1)  # type: ignore[misc,arg-type]
objects.total([1, 2])  # type: ignore[arg-type]
operators.Vector([1]) + "x"  # type: ignore[operator]
operators.Vector([1])["x"]  # type: ignore[index]


class Sub(classes.Counter):  # type: ignore[misc]
    pass


store.Shelf().put(routes.Item(parcels.DEPOT))  # type: ignore[arg-type]
routes.follow([], store.Shelf())  # type: ignore[arg-type]
store.Truck()  # type: ignore[attr-defined]
railway.Leg(railway.Station("a"), "b")  # type: ignore[arg-type]
railway.Step.Stop(railway.Train(1))  # type: ignore[arg-type]
variants.same(variants.Point(0))  # type: ignore[arg-type]
variants.same(variants.Command.Close)  # type: ignore[arg-type]
variants.Command.LineTo()  # type: ignore[call-arg]
variants.Command.LineTo(variants.Point(0)).value = variants.Point(1)  # type: ignore[misc]
flags.same(1)  # type: ignore[arg-type]
results.explain(ValueError())  # type: ignore[arg-type]
results.StoreError.Full("x")  # type: ignore[arg-type]


class Case(variants.Command.Close):  # type: ignore[misc]
    pass


def incomplete(command: variants.CommandCase) -> str:  # type: ignore[return]
    if isinstance(command, variants.Command.Close):
        return "close"
    if isinstance(command, (variants.Command.LineTo, variants.Command.Curve)):
        return "line"
outcomes.text("x")  # type: ignore[arg-type]
outcomes.text(ValueError("x"))  # type: ignore[arg-type]
outcomes.code(RuntimeError("x"))  # type: ignore[arg-type]
outcomes.code(outcomes.Errno.Denied)  # type: ignore[arg-type]
outcomes.nothing(1)  # type: ignore[arg-type]
outcomes.lost_of(outcomes.Refused("x"))  # type: ignore[arg-type]
outcomes.attempt(lambda _: outcomes.Problem.Empty())  # type: ignore[return-value,arg-type]
outcomes.each([1, RuntimeError("x")])[0] + 1  # type: ignore[operator]
