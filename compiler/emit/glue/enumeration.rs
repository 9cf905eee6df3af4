//! Enums in the glue.

use serde::Serialize;

use crate::emit::glue::types::qualified_name;
use crate::emit::language::python::docstring;
use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::values::string;
use crate::lower::enumerations::Enumeration;
use crate::model::{EnumRepr, Value};
use crate::render::layout::Layout;

/// An enum, with finished literals.
#[derive(Serialize)]
pub(crate) struct EnumView {
    ty: String,
    index: usize,
    name: Layout,
    doc: Layout,
    base: &'static str,
    members: Vec<MemberView>,
    layout: String,
    option: String,
    some: String,
    none: String,
}

#[derive(Serialize)]
struct MemberView {
    /// The name in Rust.
    variant: String,
    number: usize,
    some: String,
    /// The name in Python, as a literal.
    name: Layout,
    doc: Layout,
    value: String,
}

/// The enum at `index`.
pub(super) fn view(scope: &Scope<'_>, enumeration: &Enumeration, index: usize) -> EnumView {
    let text = |docs| docstring::text(&docstring::lines(docs));
    let members = enumeration.members.iter().enumerate();
    let members = members.map(|(number, member)| MemberView {
        variant: member.rust_name.clone(),
        number,
        some: scope.std("Some"),
        name: Layout::literal(&member.python_name),
        doc: Layout::literal(text(&member.docs)),
        value: match &member.value {
            Value::Str(text) => format!("rt::MemberValue::Str({})", string(text)),
            Value::Int(digits) => format!("rt::MemberValue::Int({digits})"),
            _ => unreachable!("members are integers or strings"),
        },
    });
    EnumView {
        layout: scope.names.layout_parameter.clone(),
        option: scope.std("Option"),
        some: scope.std("Some"),
        none: scope.std("None"),
        ty: scope.own(&enumeration.head.rust_name),
        index,
        name: qualified_name(scope, &enumeration.head.python_name),
        doc: Layout::literal(text(&enumeration.head.docs)),
        base: match enumeration.repr {
            EnumRepr::Plain => "rt::EnumBase::Plain",
            EnumRepr::Int => "rt::EnumBase::Int",
            EnumRepr::Str => "rt::EnumBase::Str",
        },
        members: members.collect(),
    }
}
