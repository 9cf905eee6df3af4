//! The library of the Python modules that pyidl generates: Rust types for Python's values and objects.
//!
//! This crate does not link to Python: when an interpreter imports the module, it finds the C API in the running process,
//! determines its version and build, and adapts to it. One file thus serves every CPython from 3.8 on, with and without the global
//! interpreter lock, and PyPy.
//!
//! # How it is used
//!
//! An interface file describes the module, the build script calls `pyidl::build`, and [`include_idl!`] includes what that has
//! generated: traits to implement. Their signatures use Rust's own types and those of this crate.
//!
//! ```
//! # // What `include_idl!` includes for these functions.
//! # mod bindings {
//! #     use pyidl_runtime as rt;
//! #     pub trait Wordcount {
//! #         fn count(text: &str) -> rt::Map<String, u64>;
//! #         fn longest<'py>(py: rt::Python<'py>, words: rt::Iterable<'py, String>, key: rt::Any<'py>) -> rt::Result<Option<String>>;
//! #     }
//! # }
//! // count: func(text: string) -> map<string, u64>;
//! // longest: func(words: iterable<string>, key: any) -> option<string>;
//!
//! use pyidl_runtime::prelude::*;
//!
//! struct Module;
//!
//! impl bindings::Wordcount for Module {
//!     fn count(text: &str) -> Map<String, u64> {
//!         let mut counts = Map::new();
//!         for word in text.split_whitespace() {
//!             *counts.entry(word.to_owned()).or_default() += 1;
//!         }
//!         counts
//!     }
//!
//!     fn longest<'py>(_py: Python<'py>, words: Iterable<'py, String>, key: Any<'py>) -> rt::Result<Option<String>> {
//!         let mut longest = None;
//!         for word in words {
//!             let word = word?; // an exception of the iterator, or a TypeError for an object that is not a str
//!             let length: f64 = key.call((&*word,))?.extract()?;
//!             if longest.as_ref().is_none_or(|(most, _)| length > *most) {
//!                 longest = Some((length, word));
//!             }
//!         }
//!         Ok(longest.map(|(_, word)| word))
//!     }
//! }
//! ```
//!
//! # The types
//!
//! | interface file | Rust |
//! |---|---|
//! | `int`, `map<k, v>`, `set<t>`, `frozenset<t>` | [`BigInt`], [`Map`], [`Set`], [`FrozenSet`] |
//! | `datetime`, `date`, `time`, `duration` | [`DateTime`], [`Date`], [`Time`], [`Duration`] |
//! | `decimal`, `complex`, `uuid` | [`Decimal`], [`Complex`], [`Uuid`] |
//! | `any`, `func(a) -> b`, `iterator<t>`, `iterable<t>` | [`Any`], [`Callback`], [`Iter`], [`Iterable`] |
//! | `list<c>` of a class | [`Vec`] of [`Ref`] |
//! | a field of a class | [`Instance`] |
//! | `raises value-error` | [`exceptions::ValueError`] |
//!
//! * **Objects.** [`Any`] is any Python object, with what Python code can do with it. [`FromPython`] and [`IntoPython`] convert
//!   between objects and values, and can be implemented for types of your own.
//! * **Errors.** A function that touches Python objects returns [`Result`], whose [`Error`] holds any exception; `?` turns
//!   Python's own [`exceptions`], those of the interface file, and errors of the standard library into it.
//! * **Panics.** A panic never unwinds into Python. It raises `pyidl.PanicError`, a subclass of `RuntimeError`, with the message
//!   and the place in the Rust code, and is not printed. A panic is an error in the module, not something to handle by name: the
//!   class cannot be imported from any Python module, `except RuntimeError` catches it, and it is pickled as a `RuntimeError`.
//! * **Safety.** Crates can have `#![forbid(unsafe_code)]`: generated code makes its promises by macros of this crate, which the
//!   lint does not check. Code without the word `unsafe` causes no undefined behaviour, whatever Python does.
//! * **Threads.** [`Python`] is the proof that a thread may use Python objects. [`Python::detach`] lets other threads run,
//!   [`Python::attach`] is for threads that Rust code has started, and [`Handle`] keeps an object alive beyond a call.
//!
//! # Names
//!
//! `use pyidl_runtime::prelude::*;` imports the names above except those that the standard library has as well: [`Result`],
//! [`Error`], [`Duration`] and [`Iter`] are written `rt::Result` and so on, by the name `rt` of this crate, which the
//! [`prelude`] contains.

#[cfg(panic = "abort")]
compile_error!(
    "pyidl makes Python exceptions of panics, which `panic = \"abort\"` rules out: delete that line from the profile in the \
     workspace's Cargo.toml, or build the extension module with a profile of its own: `[profile.extension]`, \
     `inherits = \"release\"`, `panic = \"unwind\"`"
);

mod any;
mod api;
mod bigint;
mod call;
mod callback;
mod class;
mod convert;
mod datetime;
mod decimal;
mod dynamic;
#[doc(hidden)]
pub mod embedding;
mod enumeration;
mod error;
mod exception;
pub mod exceptions;
mod export;
mod ffi;
mod field;
mod flags;
mod fork;
mod function;
#[doc(hidden)]
pub mod glue;
mod handle;
mod host;
mod iterator;
mod layout;
mod lazy_attribute;
mod lock;
mod macros;
pub mod map;
mod module;
mod object;
mod ordered;
mod panic;
pub mod prelude;
mod python;
mod record;
mod refcount;
pub mod set;
mod stack;
mod standard;
mod trash;
mod type_object;
mod uuid;
mod variant;
mod warning;

pub use any::{AttributeName, Keywords};
pub use bigint::{BigInt, OutOfRangeError, ParseBigIntError};
pub use callback::{Callback, CallbackArguments};
pub use class::{Instance, Ref};
pub use convert::{Complex, FromPython, FrozenSet, IntoPython};
pub use datetime::{Date, DateTime, Duration, Time};
pub use decimal::{Decimal, ParseDecimalError};
pub use error::Error;
pub use handle::Handle;
pub use iterator::{Iter, Iterable};
pub use layout::Layout;
pub use map::Map;
pub use object::{Any, Argument};
pub use python::Python;
pub use set::Set;
pub use uuid::Uuid;

/// An alias of this crate: older versions of Rust, 1.90 among them, cannot import a bare `$crate`.
#[doc(hidden)]
pub use crate as __runtime;

/// The result of an operation that may raise an exception in Python: `rt::Result<T>` is a `Result<T, rt::Error>`.
///
/// Functions of the interface file that touch Python objects return it, so that `?` passes on every exception:
///
/// ```
/// use pyidl_runtime as rt;
///
/// fn shape(array: &rt::Any<'_>) -> rt::Result<Vec<usize>> {
///     let shape: Vec<usize> = array.getattr("shape")?.extract()?;
///     match shape.len() {
///         1 | 2 => Ok(shape),
///         _ => Err(rt::exceptions::ValueError::new("expected one or two dimensions").into()),
///     }
/// }
/// ```
///
/// It replaces [`std::result::Result`] where both are imported: with two parameters it is the same type.
pub type Result<T, E = Error> = std::result::Result<T, E>;
