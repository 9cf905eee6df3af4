//! Signatures as Python writes them: annotated in the stub, bare for `inspect.signature` of the module.

use crate::emit::language::python::annotations::{Annotator, Direction};
use crate::emit::language::python::values::{ELLIPSIS, literal};
use crate::lower::names::{first_free, python_value};
use crate::model::{Default, Function, Interface, Parameter, ParameterKind};

/// What precedes the parameters of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum First {
    /// Nothing: static methods and functions of the stub; constructors in a class's text signature.
    Nothing,
    /// `$module` in the text signature of a function.
    Module,
    /// `self`; `$self` in a text signature.
    Instance,
    /// `cls`; `$type` in a text signature.
    Class,
}

/// The definition of `head` in a stub at `indent`: `def head(self, a: int, /, b: int = 1) -> str:` and `end`.
pub(crate) fn annotated(
    annotator: &Annotator<'_>,
    head: &str,
    first: First,
    function: &Function,
    end: &str,
    indent: usize,
) -> String {
    let mut list = parameters(annotator.interface, function, |parameter| {
        Some(annotator.annotation(&parameter.ty, Direction::FromPython))
    });
    let receiver = match first {
        First::Nothing | First::Module => None,
        First::Instance => Some("self"),
        First::Class => Some("cls"),
    };
    list.splice(0..0, receiver.map(|name| receiver_name(function, name)));
    let result = match &function.result {
        Some(ty) => annotator.annotation(ty, Direction::IntoPython),
        None => "None".to_owned(),
    };
    definition(head, &list, &result, end, indent)
}

/// `($self, a, /, b=1)`, as `inspect` reads it from a docstring
/// (<https://docs.python.org/3/reference/datamodel.html#function.__text_signature__>).
pub(crate) fn text(interface: &Interface, first: First, function: &Function) -> String {
    let mut list = parameters(interface, function, |_| None);
    let receiver = match first {
        First::Nothing => None,
        First::Module => Some("module"),
        First::Instance => Some("self"),
        First::Class => Some("type"),
    };
    let receiver = receiver.map(|name| format!("${}", receiver_name(function, name)));
    list.splice(0..0, receiver);
    ascii(&format!("({})", list.join(", ")))
}

/// `inspect` accepts only ASCII in a signature. Other characters of a default can be escaped.
fn ascii(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match u32::from(letter) {
            0..0x80 => escaped.push(letter),
            code @ 0x80..0x100 => escaped += &format!("\\x{code:02x}"),
            code @ 0x100..0x1_0000 => escaped += &format!("\\u{code:04x}"),
            code => escaped += &format!("\\U{code:08x}"),
        }
    }
    escaped
}

/// The receiver's name, with an underscore appended if a parameter has the same name.
fn receiver_name(function: &Function, name: &str) -> String {
    let parameters = function
        .parameters
        .iter()
        .map(|parameter| python_value(&parameter.name));
    first_free(
        &parameters.collect(),
        &[name.to_owned(), format!("_{name}")],
    )
}

/// A definition on one line, with all parameters on one line of their own, or with a line for each parameter: as Black formats it
/// for lines of 100 characters.
fn definition(head: &str, parameters: &[String], result: &str, end: &str, indent: usize) -> String {
    const MAX_WIDTH: usize = 100;
    let (outer, inner) = (" ".repeat(indent), " ".repeat(indent + 4));
    let list = parameters.join(", ");
    let line = format!("def {head}({list}) -> {result}:{end}");
    if parameters.is_empty() || indent + line.chars().count() <= MAX_WIDTH {
        return line;
    }
    if indent + 4 + list.chars().count() <= MAX_WIDTH {
        return format!("def {head}(\n{inner}{list}\n{outer}) -> {result}:{end}");
    }
    let list = parameters.join(&format!(",\n{inner}"));
    format!("def {head}(\n{inner}{list},\n{outer}) -> {result}:{end}")
}

fn parameters(
    interface: &Interface,
    function: &Function,
    annotation: impl Fn(&Parameter) -> Option<String>,
) -> Vec<String> {
    let mut list = Vec::new();
    let mut previous = None;
    for parameter in &function.parameters {
        let name = python_value(&parameter.name);
        let kind = parameter.kind;
        if previous == Some(ParameterKind::PositionalOnly) && kind != ParameterKind::PositionalOnly
        {
            list.push("/".to_owned());
        }
        let has_star = matches!(
            previous,
            Some(ParameterKind::KeywordOnly | ParameterKind::VarArgs)
        );
        if kind == ParameterKind::KeywordOnly && !has_star {
            list.push("*".to_owned());
        }
        previous = Some(kind);

        let stars = match kind {
            ParameterKind::VarArgs => "*",
            ParameterKind::VarKeywords => "**",
            _ => "",
        };
        let default = parameter.default.as_ref().map(|default| match default {
            Default::Computed => ELLIPSIS.to_owned(),
            Default::Value(value) => literal(interface, &parameter.ty, value),
        });
        list.push(match (annotation(parameter), default) {
            (None, None) => format!("{stars}{name}"),
            (None, Some(default)) => format!("{name}={default}"),
            (Some(ty), None) => format!("{stars}{name}: {ty}"),
            (Some(ty), Some(default)) => format!("{name}: {ty} = {default}"),
        });
    }
    if previous == Some(ParameterKind::PositionalOnly) {
        list.push("/".to_owned());
    }
    list
}

#[cfg(test)]
mod tests {
    #[test]
    fn other_letters_are_escaped() {
        assert_eq!(
            super::ascii("(a=\"é\u{20ac}🐍\")"),
            "(a=\"\\xe9\\u20ac\\U0001f40d\")"
        );
    }
}
