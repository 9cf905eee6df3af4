//! The signature of a function, as data.

use crate::error::{Error, Step};
use std::ffi::CStr;

/// The signature of a function: used for binding, for errors, and by `help()` and `inspect.signature`.
#[derive(Debug)]
pub struct Signature {
    /// The name in Python.
    pub name: &'static CStr,
    /// The name qualified with the enclosing classes, as in `Counter.add`.
    pub qualified_name: &'static str,
    /// `name($module, a, /)`, a line `--`, an empty line, the documentation
    /// (<https://docs.python.org/3/reference/datamodel.html#function.__text_signature__>).
    pub doc: &'static CStr,
    /// The named parameters: first those that may be given by position, then the keyword-only ones.
    pub parameters: &'static [Parameter],
    /// The number of parameters before `/`.
    pub positional_only: usize,
    /// The number of parameters that may be given by position.
    pub positional: usize,
    /// Whether the function accepts further positional arguments (`*args`).
    pub var_args: bool,
    /// Whether the function accepts further keyword arguments (`**kwargs`).
    pub var_keywords: bool,
    /// Whether Python's count of arguments includes `self` or `cls`.
    pub receiver: bool,
}

/// A named parameter.
#[derive(Debug)]
pub struct Parameter {
    /// The name in Python.
    pub name: &'static str,
    /// Whether it has no default value.
    pub required: bool,
}

impl Parameter {
    /// Returns a required parameter.
    pub const fn required(name: &'static str) -> Self {
        Self {
            name,
            required: true,
        }
    }

    /// Returns a parameter with a default value.
    pub const fn optional(name: &'static str) -> Self {
        Self {
            name,
            required: false,
        }
    }
}

impl Signature {
    /// Returns whether the function takes no arguments (except a receiver).
    pub(crate) const fn takes_nothing(&self) -> bool {
        self.parameters.is_empty() && !self.var_args && !self.var_keywords
    }

    /// Returns whether the function takes exactly one argument, by position.
    pub(crate) const fn takes_one_by_position(&self) -> bool {
        matches!(self.parameters, [Parameter { required: true, .. }])
            && self.positional_only == 1
            && !self.var_args
            && !self.var_keywords
    }

    /// Returns whether a call with this many positional arguments, and no others, omits only optional ones. For a signature whose
    /// last parameter is required, this is known to be false at compile time.
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

    /// Returns the place of an argument, for errors.
    pub(crate) fn step(&self, index: usize) -> Step {
        Step::Argument(self.parameters[index].name.into())
    }
}
