//! Signatures as Python writes them: annotated in the stub, bare for `inspect.signature` of the module.

use crate::emit::language::python::annotations::Annotator;
use crate::emit::language::python::values::{ELLIPSIS, literal};
use crate::lower::argument::Argument;
use crate::lower::binding::Receiver;
use crate::lower::conversion::Side;
use crate::lower::names::first_free;
use crate::model::{Default, Interface, ParameterKind};

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

impl From<Receiver> for First {
    fn from(receiver: Receiver) -> Self {
        match receiver {
            Receiver::Module => Self::Module,
            Receiver::Nothing => Self::Nothing,
            Receiver::Class => Self::Class,
            Receiver::Instance(_) => Self::Instance,
        }
    }
}

/// The definition of `head` in a stub at `indent`: `def head(self, a: int, /, b: int = 1) -> str:` and `end`.
pub(crate) fn annotated(
    annotator: &Annotator<'_>,
    (head, first): (&str, First),
    arguments: &[Argument],
    result: &str,
    end: &str,
    indent: usize,
) -> String {
    let mut list = parameters(annotator.interface, arguments, |argument| {
        Some(annotator.annotation(&argument.ty, Side::FromPython))
    });
    let receiver = match first {
        First::Nothing | First::Module => None,
        First::Instance => Some("self"),
        First::Class => Some("cls"),
    };
    list.splice(0..0, receiver.map(|name| receiver_name(arguments, name)));
    definition(head, &list, result, end, indent)
}

/// `($self, a, /, b=1)`, as `inspect` reads it from a docstring
/// (<https://docs.python.org/3/reference/datamodel.html#function.__text_signature__>).
pub(crate) fn text(interface: &Interface, first: First, arguments: &[Argument]) -> String {
    let mut list = parameters(interface, arguments, |_| None);
    let receiver = match first {
        First::Nothing => None,
        First::Module => Some("module"),
        First::Instance => Some("self"),
        First::Class => Some("type"),
    };
    let receiver = receiver.map(|name| format!("${}", receiver_name(arguments, name)));
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

/// The receiver's name, with an underscore appended if an argument has the same name.
fn receiver_name(arguments: &[Argument], name: &str) -> String {
    let taken = arguments.iter().map(|it| it.python_name.clone());
    first_free(&taken.collect(), &[name.to_owned(), format!("_{name}")])
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
    arguments: &[Argument],
    annotation: impl Fn(&Argument) -> Option<String>,
) -> Vec<String> {
    let mut list = Vec::new();
    let mut previous = None;
    for argument in arguments {
        let name = &argument.python_name;
        let kind = argument.kind;
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
        let default = argument.default.as_ref().map(|default| match default {
            Default::Computed => ELLIPSIS.to_owned(),
            Default::Value(value) => literal(interface, &argument.ty, value),
        });
        list.push(match (annotation(argument), default) {
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
