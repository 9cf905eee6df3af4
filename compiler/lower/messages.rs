//! The messages of exceptions that an interface file describes, and of warnings.

use crate::model::{Deprecation, Message, MessagePart};

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

/// The warning that `subject` is deprecated.
pub(crate) fn warning(deprecation: Option<&Deprecation>, subject: &str) -> Option<String> {
    Some(match &deprecation?.message {
        Some(message) => format!("{subject} is deprecated: {message}"),
        None => format!("{subject} is deprecated"),
    })
}
