//! Generates code from an interface: Rust to read and implement, the glue behind it, and the Python stub.
//!
//! Each target turns the [model](crate::model) and its bindings into a view, plain data, and fills a template of
//! `templates/<target>/` from it. The output is already formatted by `render`: Rust as rustfmt would do it.
//!
//! Targets do not import one another. What several of them write is in `language`, what several of them decide in `lower`.

mod check;
pub mod glue;
pub(crate) mod language;
pub mod python;
pub mod rust;

pub use check::check;

pub use crate::lower::modules::module_name;
use crate::lower::{modules, names};
use crate::model::Interface;
use crate::source::Span;

/// What the output depends on besides the interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The path of the interface file in the first line of the output: relative to the package, with `/`.
    pub source: String,
}

impl Options {
    /// The path on one line, even if the file name has line breaks.
    fn source_line(&self) -> String {
        self.source.replace(|letter: char| letter.is_control(), "?")
    }
}

/// The names of the modules inside the extension module in Python, and where they are declared.
pub(crate) fn submodule_names(interface: &Interface) -> impl Iterator<Item = (String, Span)> {
    modules::submodules(interface).map(|id| {
        let name = &interface[id].name;
        (names::python_value(name), name.span)
    })
}

#[cfg(test)]
mod tests;
