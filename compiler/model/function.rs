//! Functions and their parameters.

use serde::Serialize;

use super::{Deprecation, Docs, ExceptionId, Name, Type, Value};

/// A function, method, constructor or operator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Function {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// How it is bound to its class; [`Receiver::Static`] for module functions and constructors.
    pub receiver: Receiver,
    /// In order: positional-only, standard, var-args, keyword-only, var-keywords.
    pub parameters: Vec<Parameter>,
    /// What it returns; none: `None`.
    pub result: Option<Type>,
    /// The exceptions that the interface names.
    pub raises: Vec<ExceptionId>,
    /// What it fails with where that is no exception: WIT's `result<t, e>`.
    pub error: Option<Failure>,
    /// Whether it is `async`.
    pub is_async: bool,
    /// Whether it is half of a property: WIT's `get()` and `set(value: t)`. Both halves have one name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accessor: Option<Accessor>,
    /// `@gil(release)`: runs detached. No type of it is a Python object.
    pub detached: bool,
    /// `@deprecated`
    pub deprecated: Option<Deprecation>,
    /// The alternatives of an `overload`, each with its name in Rust; then there is nothing else but name and docs.
    pub overload: Vec<Function>,
}

impl Function {
    /// Whether it or an alternative of it takes `&mut self`.
    pub fn takes_mut(&self) -> bool {
        self.receiver == Receiver::Mut || self.overload.iter().any(Self::takes_mut)
    }
}

/// Half of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Accessor {
    /// Returns the value.
    Get,
    /// Takes it.
    Set,
}

/// What WIT's `result<t, e>` has for `e`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// Nothing: `result<t>` or `result`.
    Unit,
    /// A value of this type. That of a variant or enum is an exception class in Python.
    Value(Type),
}

/// How a function is bound to its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
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
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// How it is passed.
    pub kind: ParameterKind,
    /// Its type; of `*args` and `**kwargs` that of each value.
    pub ty: Type,
    /// Its default; none: required.
    pub default: Option<Default>,
}

/// How a parameter is passed, in Python's terms (`inspect.Parameter.kind`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
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
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Default {
    /// `= ...`: Rust gets an `Option` and computes it; the stub shows `...`.
    Computed,
    /// A value of the parameter's type.
    Value(Value),
}
