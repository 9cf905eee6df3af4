//! The syntax tree: the source with places, before names are resolved.
//!
//! Names are kept as typed, without the `%` of an escaped one. Parts that are missing, which was reported, are `None`.

mod definition;
mod file;
mod function;
mod literal;
mod parts;
mod ty;

pub use definition::{
    Alias, Case, Class, Const, Constructor, Enumeration, Exception, Field, Member, Operator,
    Payload, Property, Protocol, Record, Variant,
};
pub use file::{
    Direction, Extern, ExternKind, File, ImportBlock, Include, Interface, Item, ItemKind,
    NestedPackage, Package, PackageName, Renaming, UseInterface, UseNames, UsePath, World,
};
pub use function::{
    Accessor, Alternative, Function, FunctionBody, Parameter, ParameterKind, Receiver, Signature,
};
pub use literal::{Literal, LiteralKind};
pub use parts::{Part, PartMut};
pub use ty::{Dimension, FunctionTypeParameter, Type, TypeArgument, TypeKind};

use serde::Serialize;

use crate::source::Span;

/// A word chosen by the user, such as `min-length`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Name {
    /// As typed, without `%`.
    pub text: String,
    /// Whether it was written with `%`, and so cannot be a keyword.
    pub escaped: bool,
    /// Whether `builtin.` precedes it: then it refers to a builtin definition, whatever else is declared.
    pub builtin: bool,
    /// Its place, `%` included.
    pub span: Span,
}

/// `min-length` or `acme:geometry/shapes@1.0.0` or `command.close`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Path {
    /// The parts between dots. A builtin keyword such as `string` or `self` is a part like any other.
    pub parts: Vec<Name>,
    /// The place from the first to the last part.
    pub span: Span,
}

/// Docs and attributes before an item.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Meta {
    /// The lines after `///`, without the marker and one space; block comments `/** */` are split into lines.
    pub docs: Vec<DocLine>,
    /// Its attributes in source order.
    pub attributes: Vec<Attribute>,
}

/// One line of documentation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocLine {
    /// The text without marker and trailing blanks.
    pub text: String,
    /// The place, marker included.
    pub span: Span,
}

/// `@deprecated(version = 1.2.0, message = "use `smooth`")`
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Attribute {
    /// `py`, `name` for `@py.name`.
    pub path: Path,
    /// Between the parentheses; empty without them.
    pub arguments: Vec<AttributeArgument>,
    /// The place from `@` to `)`.
    pub span: Span,
}

/// `message = "text"` or a bare value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AttributeArgument {
    /// The word before `=`.
    pub name: Option<Name>,
    /// The value.
    pub value: AttributeValue,
    /// The place of name and value.
    pub span: Span,
}

/// The kind of an attribute's argument.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttributeValue {
    /// `1.2.0`
    Version(Version),
    /// Anything else, words included (as [`LiteralKind::Case`]).
    Literal(Literal),
}

/// A semantic version as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Version {
    /// `1.2.0-rc.1+build`
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// A string with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Text {
    /// With escapes resolved.
    pub value: String,
    /// The place, quotes included.
    pub span: Span,
}
