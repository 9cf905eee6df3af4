//! The interface compiler: generates Rust and Python files from interface files.
//!
//! An interface file describes what a Python extension module offers. The compiler generates the Rust traits to implement, the
//! glue that exports the implementation, and a `.pyi` stub. Most crates need one function of this crate, [`build`], in their
//! build script:
//!
//! ```toml
//! [lib]
//! crate-type = ["cdylib"]
//!
//! [dependencies]
//! pyidl-runtime = "0.1"
//!
//! [build-dependencies]
//! pyidl = { version = "0.1", default-features = false }
//! ```
//!
//! ```no_run
//! // build.rs
//! pyidl::build("idl/greeting.pyidl");
//! ```
//!
//! ```text
//! // idl/greeting.pyidl
//! /// Says hello.
//! greet: func(name: string = "you") -> string;
//! ```
//!
//! ```text
//! // src/lib.rs
//! mod bindings {
//!     pyidl_runtime::include_idl!("greeting");
//! }
//!
//! use bindings::Greeting;
//!
//! struct Module;
//!
//! impl Greeting for Module {
//!     fn greet(name: &str) -> String {
//!         format!("Hello, {name}!")
//!     }
//! }
//!
//! bindings::export!(Module);
//! ```
//!
//! `import greeting` in Python then finds the compiled library under the name `greeting.so` (`greeting.pyd` on Windows).
//! `pyidl run script.py` builds it, puts it where Python looks, and runs a script.
//!
//! [`Build`] has options. [`Compilation`] is for tools: it provides the syntax tree, the resolved [`model`], the findings and the
//! generated text. `compiler/README.md` describes the stages between them.
//!
//! The feature `cli`, on by default, adds the command line and the search for Python interpreters. Build scripts do not need it.

pub mod breaking;
mod build;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
mod convert;
pub mod diagnostic;
mod driver;
pub mod emit;
mod error;
mod input;
#[cfg(feature = "cli")]
pub mod interpreters;
pub mod lint;
mod load;
pub mod lower;
mod made;
pub mod model;
pub mod names;
pub mod render;
pub mod resolve;
pub mod source;
pub mod syntax;

pub use build::{Build, BuildError, Built, build};
pub use convert::{convert, without_places};
pub use diagnostic::render::Format;
pub use driver::{Compilation, Unit};
pub use error::Error;
pub use load::ParsedFile;
pub use resolve::Features;
