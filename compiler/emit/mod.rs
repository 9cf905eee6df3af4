//! What is generated from an interface: Rust to read and implement, the glue behind it, the Python stub.
//!
//! Each target turns the [model](crate::model) into a view, plain data with finished strings, and fills a template of
//! `templates/<target>/` from it. The text that comes out is formatted: Rust as rustfmt does it.

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

/// What the text depends on besides the interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The interface file as the first line of the output names it: a path with `/`, relative to the package.
    pub source: String,
}

impl Options {
    /// The interface file, on one line whatever its name is.
    fn source_line(&self) -> String {
        self.source.replace(|letter: char| letter.is_control(), "?")
    }
}

/// What targets say of things that [`check`] keeps from them.
pub(crate) fn refused() -> ! {
    unreachable!("this is not generated, and emit::check said so")
}

/// What the modules in the extension module are called in Python, and where they are named.
pub(crate) fn submodule_names(interface: &Interface) -> impl Iterator<Item = (String, Span)> {
    modules::submodules(interface).map(|id| {
        let name = &interface[id].name;
        (names::python_value(name), name.span)
    })
}

/// The name that Python imports, which is also the stem of the generated files.
pub fn module_name(interface: &Interface) -> String {
    names::python_value(&interface.root().name)
}
