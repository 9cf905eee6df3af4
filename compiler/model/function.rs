//! Functions and their parameters.

use super::{Deprecation, Docs, ExceptionId, Name, Type, Value};

/// A function, method, constructor or operator.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// How it is bound to its class; [`Receiver::Static`] for module functions and constructors.
    pub receiver: Receiver,
    /// In order: positional-only, standard, var-args, keyword-only, var-keywords.
    pub parameters: Vec<Parameter>,
    /// Its result type; `None` if it returns nothing.
    pub result: Option<Type>,
    /// The exceptions that the interface names.
    pub raises: Vec<ExceptionId>,
    /// Its error type, if that is not an exception: WIT's `result<t, e>`.
    pub error: Option<Failure>,
    /// Whether it is `async`.
    pub is_async: bool,
    /// The half of a property that it is, if any: WIT's `get()` and `set(value: t)`. Both halves have one name.
    pub accessor: Option<Accessor>,
    /// `@gil(release)`: the function runs detached. None of its types is a Python object.
    pub detached: bool,
    /// `@deprecated`
    pub deprecated: Option<Deprecation>,
    /// The alternatives of an `overload`, each with its name in Rust; only name and documentation are then set here.
    pub overload: Vec<Function>,
}

impl Function {
    /// Whether it or one of its alternatives takes `&mut self`.
    pub fn takes_mut(&self) -> bool {
        self.receiver == Receiver::Mut || self.overload.iter().any(Self::takes_mut)
    }
}

/// Half of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accessor {
    /// Returns the value.
    Get,
    /// Takes the value.
    Set,
}

/// The `e` of WIT's `result<t, e>`.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// No error type: `result<t>` or `result`.
    Unit,
    /// A value of this type. A variant or enum is then an exception class in Python.
    Value(Type),
}

/// How a function is bound to its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// `&self`
    Shared,
    /// `&mut self`
    Mut,
    /// No receiver.
    Static,
    /// The class itself.
    Class,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// How it is passed.
    pub kind: ParameterKind,
    /// Its type; for `*args` and `**kwargs`, that of each value.
    pub ty: Type,
    /// Its default; `None` if it is required.
    pub default: Option<Default>,
}

/// How a parameter is passed, in Python's terms (`inspect.Parameter.kind`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterKind {
    /// Before `/`.
    PositionalOnly,
    /// By position or keyword.
    Standard,
    /// `*args`
    VarArgs,
    /// After `*`.
    KeywordOnly,
    /// `**kwargs`
    VarKeywords,
}

/// The default of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Default {
    /// `= ...`: Rust gets an `Option` and computes it; the stub shows `...`.
    Computed,
    /// A value of the parameter's type.
    Value(Value),
}
