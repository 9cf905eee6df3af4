//! Enums: `enum.Enum`, `enum.IntEnum` and `enum.StrEnum`.

mod bindings {
    pyidl_runtime::include_idl!("enums");
}

use bindings::{Colour, Digit, Enums, Level, Sign, Unit};
use pyidl_runtime::{Map, Set};

struct Module;

impl Enums for Module {
    fn next(colour: Colour) -> Colour {
        match colour {
            Colour::Red => Colour::Green,
            Colour::Green => Colour::DeepBlue,
            Colour::DeepBlue => Colour::Red,
        }
    }

    fn symbol(unit: Unit) -> String {
        match unit {
            Unit::Metre => "m",
            Unit::Foot => "ft",
        }
        .to_owned()
    }

    fn unit_of(symbol: &str) -> Option<Unit> {
        match symbol {
            "m" => Some(Unit::Metre),
            "ft" => Some(Unit::Foot),
            _ => None,
        }
    }

    fn highest(levels: Vec<Level>) -> Option<Level> {
        levels.into_iter().max_by_key(|level| match level {
            Level::Low => 1,
            Level::Middle => 5,
            Level::High => 10,
        })
    }

    fn sign_of(number: i64) -> Sign {
        match number {
            ..0 => Sign::Minus,
            0 => Sign::Zero,
            1.. => Sign::Plus,
        }
    }

    fn number_of(digit: Digit) -> i64 {
        digit as i64
    }

    fn count(colours: Vec<Colour>) -> Map<Colour, u64> {
        let mut counts = Map::default();
        for colour in colours {
            *counts.entry(colour).or_insert(0) += 1;
        }
        counts
    }

    fn distinct(units: Set<Unit>) -> Set<Unit> {
        units
    }
}

bindings::export!(Module);
