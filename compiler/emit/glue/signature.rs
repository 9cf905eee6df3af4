//! Signatures in the form that the runtime expects.

use serde::Serialize;

use crate::emit::language::python::docstring;
use crate::emit::language::python::signature::{First, text};
use crate::emit::language::rust::values::string;
use crate::lower::argument::Argument;
use crate::model::{Interface, ParameterKind};
use crate::render::layout::Layout;

/// An `rt::Signature`, with finished literals.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SignatureView {
    name: Layout,
    qualified_name: String,
    doc: Layout,
    parameters: Layout,
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
    pub(crate) fn new(arguments: &[Argument], heading: &Heading<'_>) -> Self {
        let named = arguments.iter().filter(|it| it.is_named());
        let items = named.map(|argument| {
            let kind = match argument.default.is_some() {
                true => "optional",
                false => "required",
            };
            let name = string(&argument.python_name).into();
            Layout::call(format!("rt::Parameter::{kind}"), vec![name])
        });
        let count = |kinds: &[ParameterKind]| {
            let arguments = arguments.iter();
            arguments.filter(|it| kinds.contains(&it.kind)).count()
        };
        let has = |kind| count(&[kind]) > 0;
        Self {
            name: Layout::literal(heading.name),
            qualified_name: string(heading.qualified_name),
            doc: Layout::literal(heading.doc),
            parameters: Layout::slice(items.collect()),
            positional_only: count(&[ParameterKind::PositionalOnly]),
            positional: count(&[ParameterKind::PositionalOnly, ParameterKind::Standard]),
            var_args: has(ParameterKind::VarArgs),
            var_keywords: has(ParameterKind::VarKeywords),
            receiver: heading.first != First::Module && heading.first != First::Nothing,
        }
    }
}

/// The docstring of a function: its text signature, which `inspect` reads, and the documentation.
pub(crate) fn doc(
    interface: &Interface,
    name: &str,
    first: First,
    arguments: &[Argument],
    docs: &[String],
) -> String {
    format!(
        "{name}{}\n--\n\n{}",
        text(interface, first, arguments),
        docstring::text(docs)
    )
}
