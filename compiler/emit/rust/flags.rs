//! Flags as sets of bits.

use serde::Serialize;

use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::values::hexadecimal;
use crate::emit::rust::docs;
use crate::lower::enumerations::Flags;
use crate::render::layout::Layout;

/// Flags: a struct around an integer.
#[derive(Serialize)]
pub(crate) struct FlagsView {
    docs: Layout,
    derives: String,
    name: String,
    /// The width of the integer.
    bits: u8,
    flags: Vec<FlagView>,
    all: String,
    option: String,
    some: String,
    none: String,
}

#[derive(Serialize)]
struct FlagView {
    docs: Layout,
    name: String,
    value: String,
}

pub(crate) fn flags(scope: &Scope<'_>, flags: &Flags) -> FlagsView {
    let views = flags.flags.iter().map(|flag| FlagView {
        docs: docs::lines(&flag.docs),
        name: flag.rust_name.clone(),
        value: hexadecimal(flag.value),
    });
    FlagsView {
        docs: docs::lines(&flags.head.docs),
        derives: scope.derive(&["Clone", "Copy", "Default", "PartialEq", "Eq", "Hash"]),
        name: flags.head.rust_name.clone(),
        bits: flags.bits,
        flags: views.collect(),
        all: hexadecimal(flags.all()),
        option: scope.std("Option"),
        some: scope.std("Some"),
        none: scope.std("None"),
    }
}
