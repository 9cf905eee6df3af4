//! Breaking changes of an interface: `pyidl breaking`.
//!
//! Two [models](crate::model) are compared, definition by definition, matched by name. Each finding tells who is affected: Python
//! code that uses the module, Rust code that implements it, or possibly nobody (a warning).

mod classes;
mod definitions;
mod functions;
mod modules;
mod parameters;
mod types;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Interface, Name};
use crate::names;
use crate::source::Span;

/// Who is affected by a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Affected {
    /// Python code that uses the module.
    Python,
    /// Rust code that implements it.
    Rust,
    /// Both.
    Both,
    /// May change behaviour, but breaks no code.
    Nobody,
}

impl Affected {
    /// The label of the finding.
    fn label(self) -> &'static str {
        match self {
            Self::Python => "breaks Python callers",
            Self::Rust => "breaks Rust implementors",
            Self::Both => "breaks Python callers and Rust implementors",
            Self::Nobody => "may change what code does, but breaks none",
        }
    }

    /// Whether Python code is affected.
    pub fn is_python(self) -> bool {
        matches!(self, Self::Python | Self::Both)
    }
}

/// A relevant difference.
#[derive(Clone, Debug)]
pub struct Break {
    /// Who is affected.
    pub affected: Affected,
    /// The finding, in the new file, with the place in the old one.
    pub finding: Diagnostic,
}

/// The codes that comparisons use, in order.
pub const CODES: &[Code] = &[
    Code::RemovedItem,
    Code::ChangedKind,
    Code::RenamedInPython,
    Code::RemovedParameter,
    Code::RequiredParameter,
    Code::ParameterPassing,
    Code::NarrowedParameter,
    Code::ChangedResult,
    Code::ChangedField,
    Code::ChangedValue,
    Code::ChangedBase,
    Code::ReadonlyProperty,
    Code::LessOfAClass,
    Code::ChangedCall,
    Code::NewRequirement,
    Code::ChangedRustSignature,
    Code::NewCase,
    Code::NewException,
    Code::ChangedDefault,
];

/// Compares an interface with its earlier version.
///
/// Spans of both refer to one source map. Findings are in the order of the definitions.
pub fn compare(old: &Interface, new: &Interface) -> Vec<Break> {
    let mut comparison = Comparison {
        old,
        new,
        breaks: Vec::new(),
    };
    comparison.interfaces();
    comparison.breaks
}

/// A comparison in progress.
struct Comparison<'a> {
    old: &'a Interface,
    new: &'a Interface,
    breaks: Vec<Break>,
}

impl Comparison<'_> {
    /// Adds a finding at `span` in the new file. `before` is the place in the old file, with its label.
    fn report(
        &mut self,
        code: Code,
        affected: Affected,
        span: Span,
        message: String,
        before: Option<(Span, &str)>,
        help: &str,
    ) {
        let mut finding = Diagnostic::new(code, span, message, affected.label());
        if let Some((span, text)) = before {
            finding = finding.cause(span, text);
        }
        let help = match help {
            "" => advice(code),
            help => help,
        };
        finding = finding.help(help);
        self.breaks.push(Break { affected, finding });
    }
}

/// The help for a change without specific advice.
fn advice(code: Code) -> &'static str {
    match code {
        Code::RemovedItem => "keep it, and mark it with `@deprecated` before you remove it",
        Code::ChangedKind => "keep the old one, and give the new one another name",
        Code::RemovedParameter => "keep the parameter; it can be ignored",
        Code::ParameterPassing => "keep its position before or after `/` and `*`",
        Code::NarrowedParameter => {
            "accept the values that it accepted, or add a new function under another name"
        }
        Code::ChangedResult => {
            "return the values that it returned, or add a new one under another name"
        }
        Code::ChangedField => {
            "keep the field as it was, and add new ones with a default at the end"
        }
        Code::ChangedBase => "keep what it extended; the new base can extend that in turn",
        Code::ReadonlyProperty => "keep it writable; setting it can raise an exception",
        Code::LessOfAClass => "keep the class as capable as before",
        Code::ChangedCall => "keep it, and give the new one another name",
        Code::NewRequirement => "rustc asks for it at the `impl`",
        Code::ChangedRustSignature => "rustc shows the places that have to change",
        Code::NewCase => "rustc shows the places; a `match` with `_` still works",
        Code::ChangedDefault => "callers that rely on the old default have to pass it now",
        _ => "keep it as it was",
    }
}

/// The key for comparing names: `min-length` and `min_length` are equal.
fn key(name: &Name) -> String {
    match name.text.trim_matches('_') == name.text {
        true => names::kebab(&name.text),
        false => name.text.clone(),
    }
}

/// The item of `others` with the same name, or else the one with the same Python name according to `@py.name`.
fn counterpart<'a, T>(
    name: &Name,
    others: &'a [T],
    name_of: impl Fn(&'a T) -> &'a Name,
) -> Option<&'a T> {
    let wanted = key(name);
    let same = others.iter().find(|other| key(name_of(other)) == wanted);
    same.or_else(|| others.iter().find(|other| keeps_name(name, name_of(other))))
}

/// Whether `@py.name` moves a Python name from one item to another.
fn keeps_name(old: &Name, new: &Name) -> bool {
    let is_made_from = |python: &str, name: &Name| {
        let recased: [fn(&str) -> String; 3] = [names::snake, names::pascal, names::upper_snake];
        recased
            .iter()
            .any(|recased| names::python_identifier(recased(&name.text)) == python)
    };
    match (&old.python, &new.python) {
        (Some(before), Some(now)) => before == now,
        (None, Some(now)) => is_made_from(now, old),
        (Some(before), None) => is_made_from(before, new),
        (None, None) => false,
    }
}
