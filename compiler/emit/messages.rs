//! What exceptions say of themselves, where an interface file describes them.

use crate::emit::cases::Shape;
use crate::emit::names::python_value;
use crate::model::{Message, MessagePart, Record};
use crate::names;

/// What `str()` gives for a case that functions fail with, if the interface says it. Fields stand as `{0}`, `{1}`, …; braces that
/// are text are doubled.
pub(crate) fn given(message: &Message) -> String {
    let Message(parts) = message;
    let parts = parts.iter().map(|part| match part {
        MessagePart::Text(text) => text.replace('{', "{{").replace('}', "}}"),
        MessagePart::Field(index) => format!("{{{index}}}"),
    });
    parts.collect()
}

/// What it gives if the interface does not: the name of the case in words and what it carries. There are no other braces.
pub(crate) fn of_case(case: &Record, shape: Shape) -> String {
    let words = names::words(&case.name.text).join(" ");
    let contents = case.fields.iter().enumerate();
    let contents = contents.map(|(index, field)| match shape {
        Shape::Struct => format!("{}={{{index}}}", python_value(&field.name)),
        Shape::Unit | Shape::Tuple => format!("{{{index}}}"),
    });
    let contents = contents.collect::<Vec<_>>().join(", ");
    match contents.is_empty() {
        true => words,
        false => format!("{words}: {contents}"),
    }
}
