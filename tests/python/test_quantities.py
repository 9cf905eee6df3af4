"""Decimal and complex numbers, and universally unique identifiers."""

import math
import pickle
import uuid
from decimal import Context, Decimal, InvalidOperation, localcontext

import quantities
import pytest
from quantities import Price

ID = uuid.UUID("12345678-1234-5678-1234-567812345678")


class Money(Decimal):
    def __str__(self):
        return "$" + super().__str__()


def error(kind, function, *args, **keywords):
    with pytest.raises(kind) as caught:
        function(*args, **keywords)
    return str(caught.value)


def exactly(value, other):
    """Equal, and of one type, sign and number of digits."""
    return type(value) is type(other) and repr(value) == repr(other)


def test_decimals_are_exact():
    texts = ["0", "-0", "0.00", "1", "1.0", "1.50", "-12345678901234567890.123456789", "1E+3", "1E-7", "0.000001"]
    texts += ["Infinity", "-Infinity", "NaN", "sNaN", "-NaN12", "1E+999999", "123E-9", "0E+5", "9" * 4000]
    for text in texts:
        assert exactly(quantities.same_decimal(Decimal(text)), Decimal(text)), text
    assert exactly(quantities.same_decimal(), Decimal("1.50"))
    assert exactly(quantities.same_decimal(Money("1.20")), Decimal("1.20"))
    with localcontext(Context(prec=2, capitals=0)):
        assert exactly(quantities.same_decimal(Decimal("1.2345E+30")), Decimal("1.2345E+30"))
    assert quantities.parts(Decimal("-12.50")) == (True, "1250", -2, -12.5)
    assert quantities.parts(Decimal("1E+400")) == (False, "1", 400, math.inf)
    assert quantities.parts(Decimal("-Infinity")) == (True, None, None, -math.inf)
    assert math.isnan(quantities.parts(Decimal("sNaN"))[3])
    assert exactly(quantities.parse("007.50e2"), Decimal("7.50e2"))
    assert error(ValueError, quantities.parse, "1,5") == "not a decimal number"
    far = "1E+9000000000000000000"
    try:
        assert quantities.parse(far) == Decimal(far)
    except InvalidOperation:
        error(InvalidOperation, Decimal, far)


def test_complex_numbers():
    for value in (0j, 1 + 2j, complex(math.inf, -0.0), -1e300j):
        assert exactly(quantities.same_complex(value), value)
    assert exactly(quantities.same_complex(2), 2 + 0j) and exactly(quantities.same_complex(1.5), 1.5 + 0j)
    assert exactly(quantities.same_complex(), 2 + 0j)
    assert quantities.spectrum([1 + 2j, 3]) == [1 - 2j, 3]
    assert quantities.ONE == 1 and type(quantities.ONE) is complex and quantities.ZERO == 0


def test_what_says_that_it_is_complex():
    class Vector:
        def __complex__(self):
            return 3 + 4j

    class Wrong:
        def __complex__(self):
            return "no"

    class Sub(complex):
        pass

    class Real:
        def __float__(self):
            return 0.5

    assert quantities.same_complex(Vector()) == 3 + 4j
    assert exactly(quantities.same_complex(Sub(1, 2)), 1 + 2j)
    assert quantities.same_complex(Real()) == 0.5
    assert error(TypeError, quantities.same_complex, Wrong()).endswith("expected complex, got str")


def test_identifiers():
    for value in (ID, uuid.uuid4(), uuid.UUID(int=0), uuid.UUID(int=2**128 - 1)):
        got = quantities.same_uuid(value)
        assert exactly(got, value) and quantities.text(value) == str(value)
    assert quantities.same_uuid() == ID and quantities.NOBODY == uuid.UUID(int=0)


def test_inside_other_types():
    price = Price()
    assert exactly(price.amount, Decimal("9.90")) and price.id == ID and price.phase == 1.5
    assert [str(rate) for rate in price.rates] == ["1", "1E+3", "-2.50"]
    price = Price(Decimal("1.0"), (), uuid.UUID(int=1), 2)
    assert quantities.same_price(price) == price and type(price.phase) is complex
    assert pickle.loads(pickle.dumps(price)) == price
    for value in (Decimal("1.0"), 1j, ID):
        assert exactly(quantities.same_value(value), value)
    assert exactly(quantities.same_value(1), 1 + 0j)
    assert quantities.count([Decimal("1.5"), Decimal(2)], {ID, ID}) == {Decimal("1.5"): 1, Decimal(2): 1}
    assert quantities.LIMITS == (Decimal("1.0"), [1, -2.5]) and exactly(quantities.TAX, Decimal("0.20"))


def test_other_objects():
    functions = ((quantities.same_decimal, "Decimal"), (quantities.same_complex, "complex"), (quantities.same_uuid, "UUID"))
    for function, name in functions:
        for wrong, got in ((None, "None"), ("1.5", "str"), ([], "list")):
            assert error(TypeError, function, wrong) == "argument 'value': expected %s, got %s" % (name, got)
    assert error(TypeError, quantities.same_decimal, 1.5).endswith("expected Decimal, got float")
    text = error(TypeError, quantities.same_value, "x")
    assert text == "argument 'value': expected Decimal, complex or UUID, got str", text
