//! The messages of exceptions that an interface file describes, and of warnings.

use crate::lower::cases::Shape;
use crate::lower::data::Data;
use crate::model::{Deprecation, Message, MessagePart};
use crate::names;

/// The result of `str()` for a case that functions fail with, if the interface gives one. Fields are written `{0}`, `{1}`, …;
/// literal braces are doubled.
pub(crate) fn given(message: &Message) -> String {
    let Message(parts) = message;
    let parts = parts.iter().map(|part| match part {
        MessagePart::Text(text) => text.replace('{', "{{").replace('}', "}}"),
        MessagePart::Field(index) => format!("{{{index}}}"),
    });
    parts.collect()
}

/// The message if the interface gives none: the name of the case in words and its fields. It has no other braces.
pub(crate) fn of_case(case: &Data, shape: Shape) -> String {
    let words = names::words(&case.head.name.text).join(" ");
    let contents = case.fields.iter().enumerate();
    let contents = contents.map(|(index, field)| match shape {
        Shape::Struct => format!("{}={{{index}}}", field.python_name),
        Shape::Unit | Shape::Tuple => format!("{{{index}}}"),
    });
    let contents = contents.collect::<Vec<_>>().join(", ");
    match contents.is_empty() {
        true => words,
        false => format!("{words}: {contents}"),
    }
}

/// The warning that `subject` is deprecated.
pub(crate) fn warning(deprecation: Option<&Deprecation>, subject: &str) -> Option<String> {
    Some(match &deprecation?.message {
        Some(message) => format!("{subject} is deprecated: {message}"),
        None => format!("{subject} is deprecated"),
    })
}
