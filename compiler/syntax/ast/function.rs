//! Functions and their signatures.

use serde::Serialize;

use super::{Literal, Meta, Name, Path, Type};
use crate::source::Span;

/// A function or method.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Function {
    /// Its name.
    pub name: Name,
    /// One signature or several.
    pub body: FunctionBody,
}

/// The part of a function after the colon.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FunctionBody {
    /// `func(…) -> …`
    Signature(Signature),
    /// `overload { a: func…; b: func…; }`
    Overload(Vec<Alternative>),
}

/// One alternative of an overload.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alternative {
    /// Docs and attributes.
    pub meta: Meta,
    /// Its name in Rust.
    pub name: Name,
    /// Its signature.
    pub signature: Signature,
}

/// The word before `func`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Receiver {
    /// None was written: `&self` in a class.
    None,
    /// `mut`: `&mut self`.
    Mut,
    /// `static`.
    Static,
    /// `class`.
    Class,
}

/// Parameters, result and exceptions of a function.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Signature {
    /// The word before `func`.
    pub receiver: Receiver,
    /// Whether `async` was written.
    pub is_async: bool,
    /// The word in place of `func`, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accessor: Option<Accessor>,
    /// `/` and `*` included.
    pub parameters: Vec<Parameter>,
    /// After `->`.
    pub result: Option<Type>,
    /// After `raises`.
    pub raises: Vec<Path>,
    /// The place of the whole signature.
    pub span: Span,
}

/// WIT's half of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Accessor {
    /// `get() -> t`
    Get,
    /// `set(value: t)`
    Set,
}

impl Accessor {
    /// Its keyword.
    pub fn word(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Set => "set",
        }
    }
}

/// An entry between the parentheses of a function.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// Docs and attributes.
    pub meta: Meta,
    /// Its kind.
    pub kind: ParameterKind,
    /// The place of the whole entry.
    pub span: Span,
}

/// A parameter or one of Python's markers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParameterKind {
    /// `name: type = default`
    Named {
        /// Its name.
        name: Name,
        /// Its type.
        ty: Option<Type>,
        /// After `=`.
        default: Option<Literal>,
    },
    /// `/`: all parameters before it are positional-only.
    Slash,
    /// `*`: all parameters after it are keyword-only.
    Star,
    /// `*args: type`
    VarArgs {
        /// Its name.
        name: Name,
        /// The type of each value.
        ty: Option<Type>,
    },
    /// `**kwargs: type`
    VarKeywords {
        /// Its name.
        name: Name,
        /// The type of each value.
        ty: Option<Type>,
    },
}
