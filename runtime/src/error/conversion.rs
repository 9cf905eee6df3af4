//! Values that are not what was declared: what was expected, what came, and the way to it.

use crate::api;
use crate::exceptions::BuiltinException;
use std::borrow::Cow;
use std::fmt;

/// A value that is not what was declared.
pub(super) struct Conversion {
    pub(super) exception: BuiltinException,
    pub(super) expected: Cow<'static, str>,
    pub(super) got: String,
    /// The way to the value, innermost first.
    pub(super) path: Vec<Step>,
    /// Whether it is an int that does not fit.
    pub(super) no_int: bool,
}

impl Conversion {
    /// Whether this is a value of the wrong type itself, not something inside it, or one out of range.
    pub(super) fn is_mismatch(&self) -> bool {
        self.path.is_empty() && (self.exception)() == api::PyExc_TypeError()
    }

    /// What to say of a value that is none of several things: all that it could have been; but if it was one of them but
    /// for something inside it or for its range, only that. An int that does not fit comes before all else: nothing but an
    /// int was looked for there.
    pub(super) fn none_of(mut conversions: Vec<Conversion>) -> Option<Conversion> {
        if conversions.iter().any(|it| it.no_int) {
            conversions.retain(|it| it.no_int);
        }
        if conversions.iter().any(|it| !it.is_mismatch()) {
            conversions.retain(|it| !it.is_mismatch());
        }
        let deepest = conversions.iter().map(|it| it.path.len()).max();
        conversions.retain(|it| Some(it.path.len()) == deepest);
        let mut rest = conversions.into_iter();
        let mut first = rest.next()?;
        let like_first = rest
            .filter(|other| other.path == first.path && (other.exception)() == (first.exception)());
        let others: Vec<_> = like_first.map(|other| other.expected).collect();
        let expected = std::iter::once(&first.expected).chain(&others);
        first.expected = alternatives(expected.map(|it| &**it)).into();
        Some(first)
    }
}

/// `int, str or None`: each once, also those that are several alternatives already.
fn alternatives<'a>(of: impl Iterator<Item = &'a str>) -> String {
    let mut all: Vec<&str> = Vec::new();
    for alternative in of
        .flat_map(|text| text.split(" or "))
        .flat_map(|text| text.split(", "))
    {
        if !all.contains(&alternative) {
            all.push(alternative);
        }
    }
    // Stable: all that is no None stays as it is.
    all.sort_by_key(|alternative| *alternative == "None");
    match all.as_slice() {
        [all @ .., last] if !all.is_empty() => format!("{} or {last}", all.join(", ")),
        _ => all.concat(),
    }
}

/// A step on the way to a value inside an argument.
#[derive(Clone, PartialEq)]
pub enum Step {
    /// An argument by its name.
    Argument(Cow<'static, str>),
    /// An argument by its place, from 1.
    Position(usize),
    /// An item by its place, from 0.
    Item(usize),
    /// The value of a mapping at the key with this `repr`.
    Key(String),
    /// A field by its name.
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
