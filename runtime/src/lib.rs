//! The CPython side of pyidl.
//!
//! Modules that pyidl generates depend on this crate. It does not link to Python: when an interpreter imports the module, it
//! finds the C API in the running process, determines its version and build, and adapts to it. One file thus serves every CPython
//! from 3.8 on, with and without the global interpreter lock, and PyPy.
//!
//! The traits to implement come from the interface file (`pyidl::build` generates them, [`include_idl!`] includes them). Apart
//! from Rust's own types, their signatures use these:
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
//! * **Errors.** A function that touches Python objects returns [`Result`], whose [`Error`] holds any exception; `?` turns
//!   Python's own [`exceptions`], those of the interface file, and errors of the standard library into it.
//! * **Panics.** A panic never unwinds into Python. It raises `pyidl.PanicError`, a subclass of `RuntimeError`, with the message
//!   and the place in the Rust code, and is not printed. A panic is an error in the module, not something to handle by name: the
//!   class cannot be imported from any Python module, `except RuntimeError` catches it, and it is pickled as a `RuntimeError`.
//! * **Safety.** Crates can have `#![forbid(unsafe_code)]`: generated code makes its promises by macros of this crate, which the
//!   lint does not check. Code without the word `unsafe` causes no undefined behaviour, whatever Python does; [`glue`] defines
//!   what safe code can rely on.
//! * **Threads.** [`Python`] is the proof that a thread may use Python objects. [`Python::detach`] lets other threads run,
//!   [`Python::attach`] is for threads that Rust code has started, and [`Handle`] keeps an object alive beyond a call.

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

pub use bigint::{BigInt, OutOfRangeError, ParseBigIntError};
pub use callback::{Callback, CallbackArguments};
pub use class::{Instance, Ref};
pub use convert::{Complex, FromPython, FrozenSet, IntoPython};
pub use datetime::{Date, DateTime, Duration, Time};
pub use decimal::{Decimal, ParseDecimalError};
pub use error::Error;
pub use handle::Handle;
pub use iterator::{Iter, Iterable};
pub use map::Map;
pub use object::Any;
pub use python::Python;
pub use set::Set;
pub use uuid::Uuid;

/// An alias of this crate: older versions of Rust, 1.90 among them, cannot import a bare `$crate`.
#[doc(hidden)]
pub use crate as __runtime;

/// The result of an operation that may raise an exception in Python.
pub type Result<T, E = Error> = std::result::Result<T, E>;
