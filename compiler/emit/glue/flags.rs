//! Flags in the glue.

use serde::Serialize;

use crate::emit::glue::fields::INDENT;
use crate::emit::glue::types::qualified_name;
use crate::emit::language::python::docstring;
use crate::emit::language::rust::c_string;
use crate::emit::language::rust::layout::{self, Layout};
use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::values::hexadecimal;
use crate::lower::enumerations::Flags;

/// Flags, with finished literals.
#[derive(Serialize)]
pub(crate) struct FlagsView {
    ty: String,
    index: usize,
    name: String,
    doc: String,
    flags: String,
    layout: String,
    option: String,
    /// The conversions from `bits` to a set and from a set to bits; both have 128 bits.
    from_bits: String,
    to_bits: String,
    /// The implementations of operators.
    operators: Vec<OperatorView>,
    debug: String,
    /// A constant that mentions all flags.
    used: String,
}

/// `impl ::core::ops::BitOr for super::Style {`
#[derive(Serialize)]
struct OperatorView {
    header: String,
    method: &'static str,
    /// The bits of the result.
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
    // A single flag is indented less.
    let indent = if flags.flags.len() == 1 { 12 } else { 16 };
    let views = flags.flags.iter().map(|flag| {
        let name = c_string::literal(&flag.python_name, indent, indent, 0);
        let doc = c_string::literal(&text(&flag.docs), indent + 4, indent + 5, 1);
        let fields = [
            ("name", name),
            ("doc", doc),
            ("value", hexadecimal(flag.value)),
        ];
        let fields = fields.map(|(name, value)| (name.to_owned(), Layout::Text(value)));
        Layout::structure("rt::Flag", fields.into())
    });
    let operators = OPERATORS.iter().map(|&(name, method, bits)| OperatorView {
        header: layout::implementation(&format!("impl ::core::ops::{name}"), &ty),
        method,
        bits,
    });
    FlagsView {
        index,
        name: qualified_name(scope, &flags.head.python_name, INDENT),
        doc: c_string::literal(&text(&flags.head.docs), INDENT + 4, INDENT + 5, 1),
        flags: Layout::slice(views.collect()).format(8, 15, 1),
        layout: scope.names.layout_parameter.clone(),
        option: scope.std("Option"),
        from_bits: match flags.bits {
            128 => "Self::from_bits(bits)".to_owned(),
            smaller => {
                let conversion = format!("<u{smaller} as ::core::convert::TryFrom<_>>::try_from");
                let inner = layout::spaces(12);
                format!("{conversion}(bits)\n{inner}.ok()\n{inner}.and_then(Self::from_bits)")
            }
        },
        to_bits: match flags.bits {
            128 => "Self::bits(self)".to_owned(),
            _ => format!("{}::from(Self::bits(self))", scope.std("From")),
        },
        operators: operators.collect(),
        used: used(&ty, flags),
        debug: layout::implementation("impl ::core::fmt::Debug", &ty),
        ty,
    }
}

/// `const _: bool = Style::from_flags(&[…]).contains(Style::all());`
fn used(ty: &str, flags: &Flags) -> String {
    let names = flags.flags.iter();
    let names = names.map(|flag| Layout::Text(format!("{ty}::{}", flag.rust_name)));
    let all = Layout::call(
        format!("{ty}::from_flags"),
        vec![Layout::slice(names.collect())],
    );
    let all = layout::assignment(&format!("const _: {ty}"), &all, 0);
    format!("{all}\nconst _: bool = {ty}::all().contains({ty}::empty());")
}
