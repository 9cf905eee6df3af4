//! What a function takes, as data.

use crate::error::{Error, Step};
use std::ffi::CStr;

/// The signature of a function: what binding needs, what errors say, and what `help()` and `inspect.signature` show.
#[derive(Debug)]
pub struct Signature {
    /// The name in Python.
    pub name: &'static CStr,
    /// The name with those of the classes around it, as in `Counter.add`.
    pub qualified_name: &'static str,
    /// `name($module, a, /)`, a line `--`, an empty line, the documentation
    /// (<https://docs.python.org/3/reference/datamodel.html#function.__text_signature__>).
    pub doc: &'static CStr,
    /// The named parameters: first those that may be given by position, then those by keyword only.
    pub parameters: &'static [Parameter],
    /// How many of them are before `/`.
    pub positional_only: usize,
    /// How many of them may be given by position.
    pub positional: usize,
    /// Whether it takes any number of further arguments (`*args`).
    pub var_args: bool,
    /// Whether it takes any other keywords (`**kwargs`).
    pub var_keywords: bool,
    /// Whether Python's count of arguments includes `self` or `cls`.
    pub receiver: bool,
}

/// One named parameter.
#[derive(Debug)]
pub struct Parameter {
    /// The name in Python.
    pub name: &'static str,
    /// Whether it has no default value.
    pub required: bool,
}

impl Parameter {
    /// One that must be given.
    pub const fn required(name: &'static str) -> Self {
        Self {
            name,
            required: true,
        }
    }

    /// One with a default value.
    pub const fn optional(name: &'static str) -> Self {
        Self {
            name,
            required: false,
        }
    }
}

impl Signature {
    /// Whether nothing can be passed (besides a receiver).
    pub(crate) const fn takes_nothing(&self) -> bool {
        self.parameters.is_empty() && !self.var_args && !self.var_keywords
    }

    /// Whether exactly one argument has to be passed, by position.
    pub(crate) const fn takes_one_by_position(&self) -> bool {
        matches!(self.parameters, [Parameter { required: true, .. }])
            && self.positional_only == 1
            && !self.var_args
            && !self.var_keywords
    }

    /// Whether a call with this many arguments by position, and no others, leaves out optional ones only. A signature whose last
    /// parameter is required says no at compile time.
    #[inline(always)]
    pub(crate) fn rest_is_optional(&self, count: usize) -> bool {
        let may_be = self.parameters.last().is_some_and(|last| !last.required);
        may_be
            && count <= self.positional
            && self.parameters[count..]
                .iter()
                .all(|parameter| !parameter.required)
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn name_argument(&self, index: usize, error: Error) -> Error {
        error.at(|| self.step(index))
    }

    /// The place of an argument, in errors.
    pub(crate) fn step(&self, index: usize) -> Step {
        Step::Argument(self.parameters[index].name.into())
    }
}
