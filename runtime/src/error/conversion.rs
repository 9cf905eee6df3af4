//! Values that do not have the declared type: the expected type, the actual one, and the path to the value.

use crate::api;
use crate::exceptions::BuiltinException;
use std::borrow::Cow;
use std::fmt;

/// A conversion that failed since the value does not have the declared type.
pub(super) struct Conversion {
    pub(super) exception: BuiltinException,
    pub(super) expected: Cow<'static, str>,
    pub(super) got: String,
    /// The path to the value, innermost step first.
    pub(super) path: Vec<Step>,
    /// Whether the value is an int that does not fit.
    pub(super) no_int: bool,
}

impl Conversion {
    /// Returns whether the value itself has the wrong type, as opposed to a value inside it, or one that is out of range.
    pub(super) fn is_mismatch(&self) -> bool {
        self.path.is_empty() && (self.exception)() == api::PyExc_TypeError()
    }

    /// Combines the errors of a value that fits none of several types into one that lists all of them. If the value fits a type
    /// except for something inside it or for its range, only that error is returned. An int that does not fit takes precedence
    /// over everything else, since only an int was accepted there.
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

/// Returns a text like `int, str or None`. Each alternative is listed once, even if an entry already consists of several.
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
    // The sort is stable: `None` moves to the end, and the others keep their order.
    all.sort_by_key(|alternative| *alternative == "None");
    match all.as_slice() {
        [all @ .., last] if !all.is_empty() => format!("{} or {last}", all.join(", ")),
        _ => all.concat(),
    }
}

/// A step on the path to a value inside an argument.
#[derive(Clone, PartialEq)]
pub enum Step {
    /// The name of an argument.
    Argument(Cow<'static, str>),
    /// The position of an argument, from 1.
    Position(usize),
    /// The index of an item, from 0.
    Item(usize),
    /// The value of a mapping at the key with this `repr`.
    Key(String),
    /// The name of a field.
    Field(&'static str),
    /// Another part with a name: `result`, `key`.
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
