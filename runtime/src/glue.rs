//! The interface for generated code. It is not meant for direct use: it changes with the compiler.
//!
//! # What safe code can rely on
//!
//! Code without the word `unsafe` cannot cause undefined behaviour, whatever it implements or calls of this module. Facts by
//! which memory is read have to be promised:
//!
//! * [`Exported`], [`Class`], [`Record`], [`Variant`] and [`ExportedModule`] are unsafe traits. They define which Python type
//!   represents a Rust type, and the contents of its instances.
//! * A [`ModuleDefinition`] contains a [`Promise`], which only [`promise!(unsafe)`](promise) creates: the types in it are at the
//!   indices that those traits name.
//! * [`Layout`] is sealed, and so are the modes of access to a value ([`Receiver`]).
//!
//! Errors in everything else are harmless. Functions, methods, operators and constructors can be implemented freely: their
//! arguments are bound by checked indices, a signature that does not fit raises or panics, and a panic becomes an exception. The
//! same holds for enums, flags and exceptions, which are accessed through Python's own API, and for the conversions.
//!
//! Generated code makes the promises, since it contains both sides of each. It does so by [`unsafe_impl!`](unsafe_impl), which is
//! allowed in crates with `#![forbid(unsafe_code)]`, as is `export!`; handwritten code needs the same word:
//!
//! ```compile_fail,E0200
//! struct Mine;
//! // error: the trait `Exported` requires an `unsafe impl` declaration
//! impl pyidl_runtime::glue::Exported for Mine {
//!     const INTERPRETERS: &'static pyidl_runtime::glue::Interpreters = &INTERPRETERS;
//!     const INDEX: usize = 0;
//! }
//! # static INTERPRETERS: pyidl_runtime::glue::Interpreters = pyidl_runtime::glue::Interpreters::new();
//! ```
//!
//! ```compile_fail
//! # struct Mine;
//! // error: no rules expected `impl`
//! pyidl_runtime::glue::unsafe_impl! {
//!     impl Exported for Mine {
//!         const INTERPRETERS: &'static pyidl_runtime::glue::Interpreters = &INTERPRETERS;
//!         const INDEX: usize = 0;
//!     }
//! }
//! # static INTERPRETERS: pyidl_runtime::glue::Interpreters = pyidl_runtime::glue::Interpreters::new();
//! ```
//!
//! ```compile_fail
//! // error: expected `unsafe`
//! let promise: pyidl_runtime::glue::Promise = pyidl_runtime::glue::promise!();
//! ```
//!
//! ```
//! #![forbid(unsafe_code)]
//! # struct Mine;
//! pyidl_runtime::glue::unsafe_impl! {
//!     // SAFETY: no module has these states, so that there are no objects of the type.
//!     unsafe impl Exported for Mine {
//!         const INTERPRETERS: &'static pyidl_runtime::glue::Interpreters = &INTERPRETERS;
//!         const INDEX: usize = 0;
//!     }
//! }
//! # static INTERPRETERS: pyidl_runtime::glue::Interpreters = pyidl_runtime::glue::Interpreters::new();
//! ```

pub use crate::Result;
pub use crate::bigint::BigInt;
pub use crate::call::{Call, Parameter, Returned, Signature};
pub use crate::callback::{Callback, CallbackArguments};
pub use crate::class::{
    ArgumentRef, Base, Class, ClassDefinition, CompareOp, Constructor, ConstructorDefinition,
    Exported, ForeignType, Getter, Instance, Method, MethodDefinition, PropertyDefinition,
    Receiver, Ref, Setter, call_method, class_into_python, class_method, compact_class_method,
    compact_method, compact_static_method, constructor, method, operators, operators::Absent,
    property, property_with_setter, shared_constructor, shared_method, shared_property,
    shared_property_with_setter, static_method, type_of_class,
};
pub use crate::convert::{
    BytesArgument, Complex, Contents, Depth, FromArgument, FromPython, FrozenSet, IntoPython,
    Normalise, Rest, Union, UnionMembers, deeper, dismantled,
};
pub use crate::datetime::{Date, DateTime, Duration, Time};
pub use crate::decimal::Decimal;
pub use crate::enumeration::{
    EnumBase, EnumDefinition, Enumeration, Member, MemberValue, enum_from_python, enum_into_python,
    type_of_enum,
};
pub use crate::error::Error;
pub use crate::exception::{
    Exception, ExceptionBase, ExceptionDefinition, ExceptionFields, exception_base,
    exception_from_python, exception_of, keep_exception, type_of_exception,
};
pub use crate::exceptions::{self, IntoException};
pub use crate::ffi::PyObject;
pub use crate::field::{Field, field, field_with_default};
pub use crate::flags::{
    Flag, Flags, FlagsDefinition, debug_flags, flags_from_python, flags_into_python, type_of_flags,
};
pub use crate::function::{Function, FunctionEntry, compact_function, function, shared_function};
pub use crate::iterator::{
    Iter, Iterable, from_items as iterator_into_python, from_results as try_iterator_into_python,
};
pub use crate::layout::{Layout, Probed};
pub use crate::map::Map;
pub use crate::module::{
    Alias, Constant, ExportedModule, Implementation, Implements, Interpreters, ModuleDefinition,
    Promise, Requirement, TypeEntry, Use, alias, constant, export, in_submodule, init, requirement,
    type_of_use,
};
pub use crate::object::{Any, Argument, Object};
pub use crate::python::Python;
pub use crate::record::{
    Deprecated, Record, RecordDefinition, RecordFields, keep_record, record_from_python,
    record_into_python, type_of_record,
};
pub use crate::set::Set;
pub use crate::uuid::Uuid;
pub use crate::variant::{
    Variant, VariantDefinition, VariantFields, case_into_python, keep_case, type_of_case,
    type_of_variant, variant_from_python,
};
pub use crate::warning::warn_deprecated;
pub use crate::{__promise as promise, __unsafe_impl as unsafe_impl};
pub use std::marker::PhantomData;

use crate::convert::result::runtime_error;

/// Returns the exception for an error value that is not an exception: a RuntimeError with the value as its argument.
#[cold]
pub fn failure<T: IntoPython>(py: Python<'_>, value: T) -> Error {
    match value.into_python::<Probed>(py) {
        Ok(value) => Error::of_object(runtime_error(py, Some(value))),
        Err(error) => error,
    }
}

/// Returns the exception for an error without a value.
#[cold]
pub fn failure_without_value(py: Python<'_>) -> Error {
    Error::of_object(runtime_error(py, None))
}

/// Returns a number of any size from its decimal digits, which the compiler has checked.
pub fn big_integer(digits: &str) -> BigInt {
    digits.parse().unwrap_or_default()
}

/// Returns a set or map of these items.
pub fn collect<T, C: FromIterator<T>, const N: usize>(items: [T; N]) -> C {
    C::from_iter(items)
}

/// Returns a decimal number from its text, which the compiler has checked.
pub fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_default()
}
