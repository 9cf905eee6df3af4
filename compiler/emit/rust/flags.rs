//! Flags as sets of bits.

use serde::Serialize;

use crate::emit::names::{rust_constant, rust_type};
use crate::emit::rust::docs;
use crate::emit::rust::scope::Scope;
use crate::model::Flags;

/// Flags: a struct around an integer.
#[derive(Serialize)]
pub(crate) struct FlagsView {
    docs: Vec<String>,
    derives: String,
    name: String,
    /// The integer.
    bits: &'static str,
    flags: Vec<FlagView>,
    all: String,
    option: String,
    some: String,
    none: String,
}

#[derive(Serialize)]
struct FlagView {
    docs: Vec<String>,
    name: String,
    value: String,
}

pub(crate) fn flags(scope: &Scope<'_>, flags: &Flags) -> FlagsView {
    let views = flags.flags.iter().map(|flag| FlagView {
        docs: docs::lines(&flag.docs),
        name: rust_constant(&flag.name),
        value: hexadecimal(flag.value),
    });
    FlagsView {
        docs: docs::lines(&flags.docs),
        derives: scope.derive(&["Clone", "Copy", "Default", "PartialEq", "Eq", "Hash"]),
        name: rust_type(&flags.name),
        bits: integer(flags),
        flags: views.collect(),
        all: hexadecimal(flags.flags.iter().fold(0, |all, flag| all | flag.value)),
        option: scope.std("Option"),
        some: scope.std("Some"),
        none: scope.std("None"),
    }
}

/// The integer that holds all flags.
pub(crate) fn integer(flags: &Flags) -> &'static str {
    match flags.flags.iter().map(|flag| flag.value).max() {
        Some(0x1_0000_0000_0000_0000..) => "u128",
        Some(0x1_0000_0000..) => "u64",
        _ => "u32",
    }
}

/// `0x1_0000`
pub(crate) fn hexadecimal(value: u128) -> String {
    let digits = format!("{value:x}");
    let mut text = String::from("0x");
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 4 == 0 {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!(super::hexadecimal(8), "0x8");
        assert_eq!(super::hexadecimal(0x1_0000), "0x1_0000");
        assert_eq!(super::hexadecimal(0xffff_0000), "0xffff_0000");
    }
}
