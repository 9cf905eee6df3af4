//! The declarations of items: types, constants, classes and their members.

use serde::Serialize;

use super::{FunctionBody, Item, Literal, Meta, Name, Path, Type};

/// `type name = type;`
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alias {
    /// The new name.
    pub name: Name,
    /// The target.
    pub ty: Option<Type>,
}

/// A value type with named fields.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Record {
    /// Its name.
    pub name: Name,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A field of a record, exception or case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    /// Docs and attributes.
    pub meta: Meta,
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: Option<Type>,
    /// After `=`.
    pub default: Option<Literal>,
}

/// A tagged union: one of several cases, each with a payload.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Variant {
    /// Its name.
    pub name: Name,
    /// Its cases.
    pub cases: Vec<Case>,
}

/// A case of a variant.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Case {
    /// Docs and attributes.
    pub meta: Meta,
    /// Its name.
    pub name: Name,
    /// Its payload.
    pub payload: Payload,
}

/// The payload of a case.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Payload {
    /// No payload.
    None,
    /// `(point)`
    Tuple(Vec<Type>),
    /// `{ centre: point }`
    Fields(Vec<Field>),
}

/// An enum or flags.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Enumeration {
    /// Its name.
    pub name: Name,
    /// The type of the values, after the colon.
    pub repr: Option<Type>,
    /// Its members.
    pub members: Vec<Member>,
}

/// A member of an enum or flags.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Member {
    /// Docs and attributes.
    pub meta: Meta,
    /// Its name.
    pub name: Name,
    /// After `=`.
    pub value: Option<Literal>,
}

/// A named value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Const {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: Option<Type>,
    /// After `=`; `None` if it is computed in Rust.
    pub value: Option<Literal>,
}

/// An exception class.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Exception {
    /// Its name.
    pub name: Name,
    /// After `extends`.
    pub base: Option<Path>,
    /// Between the braces; empty without them.
    pub fields: Vec<Field>,
}

/// A class whose instances live in Rust.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Class {
    /// `class`, `resource`.
    pub keyword: String,
    /// Its name.
    pub name: Name,
    /// After `extends`.
    pub base: Option<Path>,
    /// After `implements`.
    pub implements: Vec<Type>,
    /// Constructors, properties, operators, consts, methods.
    pub items: Vec<Item>,
}

/// A set of methods that a Python object must have.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Protocol {
    /// Its name.
    pub name: Name,
    /// After `extends`.
    pub bases: Vec<Path>,
    /// Properties, operators, methods.
    pub items: Vec<Item>,
}

/// `constructor(…)` or `constructor: overload { … }`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Constructor {
    /// One signature (kind [`Receiver::None`], not async) or several.
    pub body: FunctionBody,
}

/// `operator len: func() -> u64;`
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Operator {
    /// `len`, `getitem` and so on.
    pub name: Name,
    /// One signature or several.
    pub body: FunctionBody,
}

/// `readonly property total: u64;`
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Property {
    /// Its name.
    pub name: Name,
    /// Whether it is read-only.
    pub readonly: bool,
    /// Its type.
    pub ty: Option<Type>,
    /// After `raises`.
    pub raises: Vec<Path>,
}
