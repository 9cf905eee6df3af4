//! Signatures in the form that the runtime expects.

use serde::Serialize;

use crate::emit::language::python::docstring;
use crate::emit::language::python::signature::{First, text};
use crate::emit::language::rust::c_string;
use crate::emit::language::rust::layout::{Layout, width};
use crate::emit::language::rust::values::string;
use crate::lower::names::python_value;
use crate::model::{Function, Interface, ParameterKind};

/// An `rt::Signature`, with finished literals.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SignatureView {
    name: String,
    qualified_name: String,
    doc: String,
    parameters: String,
    positional_only: usize,
    positional: usize,
    var_args: bool,
    var_keywords: bool,
    receiver: bool,
}

/// The parts of a signature besides its parameters.
pub(crate) struct Heading<'a> {
    /// Its name in Python.
    pub(crate) name: &'a str,
    /// The name qualified with that of the class.
    pub(crate) qualified_name: &'a str,
    /// The docstring, text signature included; empty where it is not visible.
    pub(crate) doc: &'a str,
    /// What precedes the parameters in Python.
    pub(crate) first: First,
}

impl SignatureView {
    /// The signature, with its fields indented by `indent`.
    pub(crate) fn new(function: &Function, heading: &Heading<'_>, indent: usize) -> Self {
        let variadic = [ParameterKind::VarArgs, ParameterKind::VarKeywords];
        let named: Vec<_> = function
            .parameters
            .iter()
            .filter(|it| !variadic.contains(&it.kind))
            .collect();
        let items = named.iter().map(|parameter| {
            let kind = if parameter.default.is_some() {
                "optional"
            } else {
                "required"
            };
            Layout::call(
                format!("rt::Parameter::{kind}"),
                vec![string(&python_value(&parameter.name)).into()],
            )
        });
        let count = |kinds: &[ParameterKind]| {
            named
                .iter()
                .filter(|parameter| kinds.contains(&parameter.kind))
                .count()
        };
        let has = |kind| {
            function
                .parameters
                .iter()
                .any(|parameter| parameter.kind == kind)
        };
        let column = indent + width("parameters: ");
        Self {
            name: c_string::literal(heading.name, indent + 4, indent + width("name: "), 1),
            qualified_name: string(heading.qualified_name),
            doc: c_string::literal(heading.doc, indent + 4, indent + width("doc: "), 1),
            parameters: Layout::slice(items.collect()).format(indent, column, 1),
            positional_only: count(&[ParameterKind::PositionalOnly]),
            positional: count(&[ParameterKind::PositionalOnly, ParameterKind::Standard]),
            var_args: has(ParameterKind::VarArgs),
            var_keywords: has(ParameterKind::VarKeywords),
            receiver: heading.first != First::Module && heading.first != First::Nothing,
        }
    }
}

/// The docstring of a callable: its text signature, which `inspect` reads, and the documentation.
pub(crate) fn doc(
    interface: &Interface,
    name: &str,
    first: First,
    function: &Function,
    docs: &[String],
) -> String {
    format!(
        "{name}{}\n--\n\n{}",
        text(interface, first, function),
        docstring::text(docs)
    )
}
