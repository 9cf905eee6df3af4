//! Decimal and complex numbers, and universally unique identifiers.

mod bindings {
    pyidl_runtime::include_idl!("quantities");
}

use bindings::{Price, Quantities, Value};
use pyidl_runtime::exceptions::ValueError;
use pyidl_runtime::{Complex, Decimal, Map, Set, Uuid};

struct Module;

impl Quantities for Module {
    const ZERO: Complex = Complex { re: 0.0, im: 0.0 };

    fn same_decimal(value: Decimal) -> Decimal {
        value
    }

    fn same_complex(value: Complex) -> Complex {
        value
    }

    fn same_uuid(value: Uuid) -> Uuid {
        value
    }

    fn same_value(value: Value) -> Value {
        value
    }

    fn same_price(price: Price) -> Price {
        price
    }

    fn parts(value: Decimal) -> (bool, Option<String>, Option<i64>, f64) {
        let digits = value.digits().map(str::to_owned);
        (
            value.is_negative(),
            digits,
            value.exponent(),
            value.to_f64(),
        )
    }

    fn spectrum(values: Vec<Complex>) -> Vec<Complex> {
        let conjugate = |value: Complex| Complex {
            im: -value.im,
            ..value
        };
        values.into_iter().map(conjugate).collect()
    }

    fn count(keys: Vec<Decimal>, ids: Set<Uuid>) -> Map<Decimal, u32> {
        let count = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        keys.into_iter().map(|key| (key, count)).collect()
    }

    fn text(id: Uuid) -> String {
        id.to_string()
    }

    fn parse(text: &str) -> Result<Decimal, ValueError> {
        let parsed = text.parse::<Decimal>();
        parsed.map_err(|error| ValueError::new(error.to_string()))
    }
}

bindings::export!(Module);
