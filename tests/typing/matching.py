"""`match` statements that have every case, which Python has from 3.10 on."""

# pyright: strict

import results
import variants
from typing_extensions import assert_never, assert_type


def describe(command: variants.CommandCase) -> str:
    match command:
        case variants.Command.Close():
            return "close"
        case variants.Command.LineTo(variants.Point(x, y)):
            assert_type(x, float)
            return f"to {x}, {y}"
        case variants.Command.Curve():
            return "somewhere"
        case variants.Command.Arc(radius=radius, pen=pen):
            assert_type(pen, variants.Pen)
            return f"around {radius}"


def explain(error: results.StoreErrorCase) -> str:
    match error:
        case results.StoreError.NoSuchKey(key):
            assert_type(key, str)
            return key
        case results.StoreError.Closed():
            return ""
        case results.StoreError.Full(size, limit):
            return f"{size} of {limit}"
        case results.StoreError.Both(value1=number):
            return str(number)
        case _:
            assert_never(error)
