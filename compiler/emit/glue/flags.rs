//! Flags in the glue.

use serde::Serialize;

use crate::emit::glue::types::qualified_name;
use crate::emit::language::python::docstring;
use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::values::hexadecimal;
use crate::lower::enumerations::Flags;
use crate::render::layout::Layout;

/// Flags.
#[derive(Serialize)]
pub(crate) struct FlagsView {
    ty: String,
    index: usize,
    name: Layout,
    doc: Layout,
    flags: Layout,
    layout: String,
    option: String,
    /// The name of `From`.
    from: String,
    /// The width of the integer; none if it has all 128 bits.
    narrow: Option<u8>,
    /// The binary operators.
    operators: Vec<OperatorView>,
    /// A set of all flags.
    all: Layout,
}

/// A binary operator: its trait, the method of that, and the bits of the result.
#[derive(Serialize)]
struct OperatorView {
    name: &'static str,
    method: &'static str,
    bits: &'static str,
}

/// Binary operators: the trait, its method, and the bits of the result.
const OPERATORS: &[(&str, &str, &str)] = &[
    ("BitOr", "bitor", "self.0 | other.0"),
    ("BitAnd", "bitand", "self.0 & other.0"),
    ("BitXor", "bitxor", "self.0 ^ other.0"),
    ("Sub", "sub", "self.0 & !other.0"),
];

/// The flags at `index`.
pub(super) fn view(scope: &Scope<'_>, flags: &Flags, index: usize) -> FlagsView {
    let ty = scope.own(&flags.head.rust_name);
    let text = |docs| docstring::text(&docstring::lines(docs));
    let views = flags.flags.iter().map(|flag| {
        let fields = [
            ("name", Layout::literal(&flag.python_name)),
            ("doc", Layout::literal(text(&flag.docs))),
            ("value", hexadecimal(flag.value).into()),
        ];
        let fields = fields.map(|(name, value)| (name.to_owned(), value));
        Layout::structure("rt::Flag", fields.into())
    });
    let operators =
        OPERATORS
            .iter()
            .map(|&(name, method, bits)| OperatorView { name, method, bits });
    let names = flags.flags.iter();
    let names = names.map(|flag| Layout::Text(format!("{ty}::{}", flag.rust_name)));
    FlagsView {
        index,
        name: qualified_name(scope, &flags.head.python_name),
        doc: Layout::literal(text(&flags.head.docs)),
        flags: Layout::slice(views.collect()),
        layout: scope.names.layout_parameter.clone(),
        option: scope.std("Option"),
        from: match flags.bits {
            128 => String::new(),
            _ => scope.std("From"),
        },
        narrow: (flags.bits != 128).then_some(flags.bits),
        operators: operators.collect(),
        all: Layout::call(
            format!("{ty}::from_flags"),
            vec![Layout::slice(names.collect())],
        ),
        ty,
    }
}
