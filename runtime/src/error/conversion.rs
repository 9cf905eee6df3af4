//! Values that are not what was declared: what was expected, what came, and the way to it.

use crate::convert::string::to_string_lossy;
use crate::exceptions::BuiltinException;
use crate::object::Argument;
use std::borrow::Cow;
use std::fmt;

/// A value that is not what was declared.
pub(super) struct Conversion {
    pub(super) exception: BuiltinException,
    pub(super) expected: Cow<'static, str>,
    pub(super) got: String,
    /// The way to the value, innermost first.
    pub(super) path: Vec<Step>,
}

/// A step on the way to a value inside an argument.
pub(crate) enum Step {
    Argument(Cow<'static, str>),
    /// An argument by its place, from 1.
    Position(usize),
    Item(usize),
    /// The value of a mapping at the key with this `repr`.
    Key(String),
    Field(&'static str),
    /// Anything else with a name of its own: `result`, `key`.
    Part(&'static str),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Argument(name) => write!(f, "argument '{name}'"),
            Step::Position(place) => write!(f, "argument {place}"),
            Step::Item(index) => write!(f, "item {index}"),
            Step::Key(key) => write!(f, "key {key}"),
            Step::Field(name) => write!(f, "field '{name}'"),
            Step::Part(name) => f.write_str(name),
        }
    }
}

impl fmt::Display for Conversion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in self.path.iter().rev() {
            write!(f, "{step}: ")?;
        }
        write!(f, "expected {}, got {}", self.expected, self.got)
    }
}

/// The name of an object's type, for messages.
pub(crate) fn type_name(object: Argument<'_>) -> String {
    if object.is_none() {
        return "None".into();
    }
    let name = object.class().attribute(c"__qualname__");
    let name = name
        .ok()
        .and_then(|name| to_string_lossy(name.as_argument()));
    name.unwrap_or_else(|| "an object".into())
}

/// The name of an object's type with that of its module.
pub(crate) fn qualified_type_name(object: Argument<'_>) -> String {
    let name = type_name(object);
    let module = object.class().attribute(c"__module__").ok();
    match module.and_then(|module| to_string_lossy(module.as_argument())) {
        Some(module) => format!("{module}.{name}"),
        None => name,
    }
}
