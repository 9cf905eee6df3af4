//! Generates code from an interface: Rust to read and implement, the glue behind it, and the Python stub.
//!
//! Each target turns the [model](crate::model) into a view, plain data with finished strings, and fills a template of
//! `templates/<target>/` from it. The output is already formatted: Rust as rustfmt would do it.

mod cases;
mod check;
mod constructors;
mod contents;
pub mod glue;
mod layout;
mod messages;
mod modules;
mod names;
pub mod python;
mod results;
pub mod rust;
mod types;
pub(crate) mod unions;
mod usage;

pub use check::check;

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

/// The panic message for input that [`check`] rejects.
pub(crate) fn refused() -> ! {
    unreachable!("this is not generated, and emit::check said so")
}

/// The names of the modules inside the extension module in Python, and where they are declared.
pub(crate) fn submodule_names(interface: &Interface) -> impl Iterator<Item = (String, Span)> {
    modules::submodules(interface).map(|id| {
        let name = &interface[id].name;
        (names::python_value(name), name.span)
    })
}

/// The name that Python imports, and the stem of the generated files.
pub fn module_name(interface: &Interface) -> String {
    names::python_value(&interface.root().name)
}
