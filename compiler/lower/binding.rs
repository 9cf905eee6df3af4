//! Every Python callable as a function of a Rust trait.

use crate::lower::types::iterator_item;
use crate::model::{ClassId, ExceptionId, Function, Interface, OperatorKind, Type};

/// The kind of a callable in Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Function,
    Constructor,
    Method,
    Getter,
    Setter,
    Operator(OperatorKind),
}

/// One function of a trait.
#[derive(Clone, Debug)]
pub(crate) struct Callable {
    /// The class that it belongs to; none for functions of the module.
    pub(crate) owner: Option<ClassId>,
    pub(crate) role: Role,
    /// Its name in the trait.
    pub(crate) rust_name: String,
    /// The name of its shim in the glue.
    pub(crate) shim: String,
    /// Its signature; for a property, that of the getter or setter.
    pub(crate) function: Function,
    /// Its `Err` type; none if it raises nothing.
    pub(crate) error: Option<Failure>,
    /// Whether it gets the `Python` token: its signature mentions Python objects, or it takes records with instances, which
    /// cannot be read without the token.
    pub(crate) needs_python: bool,
    /// Whether its signature mentions Python objects, whose types have the attachment's lifetime.
    pub(crate) mentions_objects: bool,
}

/// The error type of a callable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The only exception that it raises.
    One(ExceptionId),
    /// A generated enum of this name over the exceptions that it raises.
    Several(String, Vec<ExceptionId>),
    /// A variant or an enum whose cases are exceptions in Python.
    Cases(Type),
    /// A value that becomes the argument of a RuntimeError.
    Value(Type),
    /// No value: a RuntimeError without arguments.
    Unit,
}

impl Callable {
    /// The items, if the callable returns an iterator. Its errors are then raised by the items.
    pub(crate) fn yields<'t>(&'t self, interface: &'t Interface) -> Option<&'t Type> {
        iterator_item(interface, self.function.result.as_ref()?)
    }

    /// Whether the error of the trait's function is not an exception itself, but becomes the argument of one.
    pub(crate) fn fails_with_value(&self) -> bool {
        // A user's function that gets the `Python` token creates the exception itself.
        !self.needs_python && matches!(self.error, Some(Failure::Value(_) | Failure::Unit))
    }

    /// Whether the trait's function returns a `Result`.
    pub(crate) fn is_fallible(&self, interface: &Interface) -> bool {
        self.needs_python || (self.error.is_some() && self.yields(interface).is_none())
    }
}
