//! Flags as sets of bits.

use serde::Serialize;

use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::values::{hexadecimal, integer};
use crate::emit::rust::docs;
use crate::lower::names::{rust_constant, rust_type};
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
