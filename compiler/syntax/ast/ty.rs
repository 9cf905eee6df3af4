//! Type expressions.

use serde::Serialize;

use super::{Literal, Name, Path};
use crate::source::Span;

/// A type expression.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Type {
    /// Its kind.
    pub kind: TypeKind,
    /// Its place.
    pub span: Span,
}

/// The kind of a type expression.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TypeKind {
    /// `point`, `string`, `self`, `command.close`
    Name(Path),
    /// `list<point>`; `borrow<t>` and `own<t>` too.
    Generic {
        /// The name before `<`.
        name: Name,
        /// Between the angle brackets.
        arguments: Vec<TypeArgument>,
    },
    /// `func(f64) -> bool`
    Function {
        /// Whether `async` was written.
        is_async: bool,
        /// Names are allowed and carry no meaning.
        parameters: Vec<FunctionTypeParameter>,
        /// After `->`.
        result: Option<Box<Type>>,
        /// After `raises`.
        raises: Vec<Path>,
    },
}

/// A parameter of a function type.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FunctionTypeParameter {
    /// The name before the colon.
    pub name: Option<Name>,
    /// Its type.
    pub ty: Type,
}

/// An argument between angle brackets.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TypeArgument {
    /// A type.
    Type(Type),
    /// `_`
    Underscore(Span),
    /// `[rows, _, 3]`
    Shape(Vec<Dimension>, Span),
    /// `4`, of a fixed-length list.
    Integer(Literal),
    /// `mutable = true`
    Option(Name, Literal),
}

/// One dimension of an array.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dimension {
    /// `_`
    Any(Span),
    /// `3`
    Integer(Literal),
    /// `rows`
    Name(Name),
}
