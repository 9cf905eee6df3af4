"""Classes whose metaclass frees them while an object of theirs is looked at."""

import gc

import containers
import positions
import pytest
import quantities
import scalars


class Plain:
    pass


def changing(name, value):
    """An object that takes another class, which frees its own, when the attribute `name` of its class is read."""
    kept = []

    class Meta(type):
        def __getattribute__(cls, attribute):
            if attribute == name and kept:
                kept.pop().__class__ = Plain
                del cls
                gc.collect()
                if value is None:
                    raise AttributeError(attribute)
                return value
            return type.__getattribute__(cls, attribute)

    kept.append(Meta("Odd", (), {})())
    return kept[0]


ATTRIBUTES = [
    ("__module__", "numpy"),
    ("__qualname__", "Odd"),
    ("__float__", None),
    ("__index__", None),
    ("__complex__", None),
    ("__fspath__", None),
    ("__iter__", None),
    ("items", None),
]

FUNCTIONS = [
    scalars.echo_bool,
    scalars.echo_f64,
    scalars.echo_u64,
    quantities.same_complex,
    quantities.same_decimal,
    quantities.same_uuid,
]
FUNCTIONS += [value for module in (containers, positions) for value in vars(module).values() if type(value) is type(len)]


@pytest.mark.rounds(2, reason="each collects garbage some hundred times")
@pytest.mark.parametrize("name, value", ATTRIBUTES)
def test_an_object_whose_class_is_freed_while_it_is_converted(name, value):
    for function in FUNCTIONS:
        try:
            function(changing(name, value))
        except (TypeError, AttributeError, ValueError):
            pass
