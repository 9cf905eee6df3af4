//! An interface compiler between Rust and Python, for build scripts.
//!
//! You describe the boundary between Rust and Python in an interface file. A build script compiles it with [`build`], which
//! writes the Rust traits that you implement, the glue that exports your implementation as a Python extension module, and a `.pyi`
//! stub for type checkers and editors. The compiled module links to no Python and runs on every CPython from 3.8 on.
//!
//! # A first module
//!
//! The crate is a `cdylib`. It needs the runtime, `pyidl-runtime`, and this crate in its build script, without the command line:
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
//! `idl/greeting.pyidl`, the interface:
//!
//! ```text
//! /// Says hello.
//! greet: func(name: string = "you") -> string;
//! ```
//!
//! `build.rs`:
//!
//! ```no_run
//! fn main() {
//!     pyidl::build("idl/greeting.pyidl");
//! }
//! ```
//!
//! `src/lib.rs`. The generated trait has the name of the module, and a function for each function of the interface:
//!
//! ```text
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
//! After `cargo build`, copy or rename the library to `greeting.so` (`greeting.pyd` on Windows), in a directory where Python looks
//! for modules:
//!
//! ```text
//! >>> import greeting
//! >>> greeting.greet("Ada")
//! 'Hello, Ada!'
//! ```
//!
//! The command `pyidl run script.py` does all of this: it builds the crate, puts the library and its stub in place, and runs the
//! script.
//!
//! # What is generated
//!
//! The output is in `OUT_DIR`, where `include_idl!` finds it. A copy is in `target/pyidl/<package>/`, for reading:
//!
//! | file | contents |
//! |---|---|
//! | `greeting.rs` | the traits to implement, and the records, enums and exceptions of the interface as Rust types |
//! | `greeting.glue.rs` | the glue between the traits and Python |
//! | `greeting.pyi` | the stub; put it beside the compiled module |
//!
//! # Errors in interface files
//!
//! [`build`] reports all errors of a file in one run, each with its place and a suggestion, and the build of the crate fails. The
//! messages are the same as those of the command `pyidl check`:
//!
//! ```text
//! error[E0301]: there is no type `str`
//!   ┌─ idl/greeting.pyidl:2:19
//!   │
//! 2 │ greet: func(name: str = "you") -> string;
//!   │                   ^^^ not declared
//!   │
//!   = help: write `string`
//! ```
//!
//! # Options
//!
//! [`Build`] compiles several files, switches features of the interface on, and writes to another directory. With
//! [`Build::compile`], errors are a [`BuildError`] instead of the end of the process. Settings that the command line shares with
//! build scripts are in `pyidl.toml` beside `Cargo.toml`; these two concern build scripts:
//!
//! ```toml
//! features = ["curves"]  # features of `@unstable(feature = …)` that are on; default: none
//! mirror = false         # no copy in target/pyidl/; default: true
//! ```
//!
//! # Features of this crate
//!
//! * `cli`, on by default, is the command `pyidl`. Build scripts do not need it; without it, this crate compiles faster.
//! * `tools` is part of `cli`.
//! * `unstable` makes the compiler's modules public for this project's own tests. Any version may change them.

// The example is a whole `build.rs`.
#![allow(clippy::needless_doctest_main)]
// Without `unstable`, hardly anything is visible from outside.
#![cfg_attr(not(feature = "unstable"), allow(unreachable_pub, unused_imports))]
// Build scripts compile files of which only the command line uses all.
#![cfg_attr(not(feature = "cli"), allow(dead_code))]

mod advice;
#[cfg(feature = "tools")]
mod breaking;
mod build;
#[cfg(feature = "cli")]
#[doc(hidden)]
#[allow(rustdoc::invalid_html_tags)]
pub mod cli;
mod config;
#[cfg(feature = "tools")]
mod convert;
mod diagnostic;
mod driver;
mod emit;
mod error;
mod input;
#[cfg(feature = "cli")]
mod interpreters;
#[cfg(feature = "tools")]
mod lint;
mod load;
mod lower;
mod made;
mod model;
mod names;
mod render;
mod resolve;
mod source;
mod syntax;

pub use build::{Build, BuildError, Built, build};
pub use diagnostic::render::Format;
pub use error::Error;

/// The modules of the compiler, for the tests and fuzzers of this project. Any version may change them.
///
/// [`Compilation`](unstable::Compilation) runs the stages in order; `compiler/README.md` describes them.
#[cfg(feature = "unstable")]
pub mod unstable {
    pub use crate::convert::{convert, without_places};
    pub use crate::driver::{Compilation, Unit};
    pub use crate::load::ParsedFile;
    pub use crate::resolve::Features;

    macro_rules! insides {
        ($( $module:ident )*) => { $(
            #[allow(missing_docs)]
            pub mod $module {
                pub use crate::$module::*;
            }
        )* };
    }

    insides! { breaking diagnostic emit lint lower model render resolve source syntax }
    #[cfg(feature = "cli")]
    insides! { interpreters }
}
