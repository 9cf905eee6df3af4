//! Files, packages, interfaces and worlds: the containers of items.

use serde::Serialize;

use super::{
    Alias, Class, Const, Constructor, DocLine, Enumeration, Exception, Function, Meta, Name,
    Operator, Property, Protocol, Record, Signature, Text, Variant, Version,
};
use crate::source::Span;

/// A whole file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct File {
    /// The lines after `//!`.
    pub docs: Vec<DocLine>,
    /// `package acme:geometry@0.3.0;`
    pub package: Option<Package>,
    /// Its items in source order.
    pub items: Vec<Item>,
    /// The whole text.
    pub span: Span,
}

/// The package declaration of a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Package {
    /// Docs and attributes before it.
    pub meta: Meta,
    /// The name.
    pub name: PackageName,
}

/// `acme:geometry/shapes@0.3.0`
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PackageName {
    /// The parts before a colon.
    pub namespaces: Vec<Name>,
    /// The parts after the last colon, between slashes; at least one.
    pub names: Vec<Name>,
    /// After `@`.
    pub version: Option<Version>,
    /// The place of the whole name.
    pub span: Span,
}

/// An item of a file, interface, world or class, with its documentation and attributes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    /// Docs and attributes.
    pub meta: Meta,
    /// Its kind.
    pub kind: ItemKind,
    /// From its first keyword or name to its last token.
    pub span: Span,
}

/// The kind of an item.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// `package a:b { … }`
    NestedPackage(NestedPackage),
    /// `use wasi:io/streams as s;`
    Use(UseInterface),
    /// `use types.{point, line as l};`
    UseNames(UseNames),
    /// `interface shapes { … }`
    Interface(Interface),
    /// `world app { … }`
    World(World),
    /// `import json from "json" { … }`
    ImportBlock(ImportBlock),
    /// `export …` or `import …` in a world.
    Extern(Extern),
    /// `include other with { a as b }` in a world.
    Include(Include),
    /// `type progress = func(f64) -> bool;`
    Alias(Alias),
    /// `record point { … }`
    Record(Record),
    /// `variant command { … }`
    Variant(Variant),
    /// `enum unit: string { … }`
    Enum(Enumeration),
    /// `flags style { … }`
    Flags(Enumeration),
    /// `const tau: f64 = 6.28;`
    Const(Const),
    /// `exception open-path extends geometry-error { … }`
    Exception(Exception),
    /// `class` or `resource`.
    Class(Class),
    /// `protocol sink { … }`
    Protocol(Protocol),
    /// `distance: func(…) -> f64;`, in a class or protocol a method.
    Function(Function),
    /// `constructor(…);` in a class.
    Constructor(Constructor),
    /// `readonly property length: f64;` in a class or protocol.
    Property(Property),
    /// `operator len: func() -> u64;` in a class or protocol.
    Operator(Operator),
}

impl ItemKind {
    /// The name that this declares; `None` if it declares several or none.
    pub fn name(&self) -> Option<&Name> {
        Some(match self {
            Self::Interface(interface) => &interface.name,
            Self::World(world) => &world.name,
            Self::ImportBlock(import) => &import.name,
            Self::Extern(external) => return external.name.as_ref(),
            Self::Alias(alias) => &alias.name,
            Self::Record(record) => &record.name,
            Self::Variant(variant) => &variant.name,
            Self::Enum(members) | Self::Flags(members) => &members.name,
            Self::Const(constant) => &constant.name,
            Self::Exception(exception) => &exception.name,
            Self::Class(class) => &class.name,
            Self::Protocol(protocol) => &protocol.name,
            Self::Function(function) => &function.name,
            Self::Property(property) => &property.name,
            Self::Operator(operator) => &operator.name,
            Self::NestedPackage(_)
            | Self::Use(_)
            | Self::UseNames(_)
            | Self::Include(_)
            | Self::Constructor(_) => return None,
        })
    }

    /// Whether this declares a type or an exception.
    pub fn is_type(&self) -> bool {
        matches!(
            self,
            Self::Alias(_)
                | Self::Record(_)
                | Self::Variant(_)
                | Self::Enum(_)
                | Self::Flags(_)
                | Self::Exception(_)
                | Self::Class(_)
                | Self::Protocol(_)
        )
    }

    /// The items inside this one.
    pub fn items(&self) -> &[Item] {
        match self {
            Self::NestedPackage(package) => &package.items,
            Self::Interface(interface) => &interface.items,
            Self::World(world) => &world.items,
            Self::ImportBlock(import) => &import.items,
            Self::Extern(Extern {
                kind: ExternKind::Interface(items),
                ..
            }) => items,
            Self::Class(class) => &class.items,
            Self::Protocol(protocol) => &protocol.items,
            _ => &[],
        }
    }
}

/// A package inside a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NestedPackage {
    /// Its name.
    pub name: PackageName,
    /// Uses, interfaces and worlds.
    pub items: Vec<Item>,
}

/// A path to an interface: `streams`, or `wasi:io/streams@0.2.0`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct UsePath {
    /// Empty for a name in the same package.
    pub namespaces: Vec<Name>,
    /// A single name without a package; with one, the interface (and nested ones).
    pub names: Vec<Name>,
    /// After `@`.
    pub version: Option<Version>,
    /// The place of the whole path.
    pub span: Span,
}

/// `use path as name;`
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UseInterface {
    /// The path.
    pub path: UsePath,
    /// The local name.
    pub alias: Option<Name>,
}

/// `use path.{a, b as c};`
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UseNames {
    /// The interface that declares the names.
    pub path: UsePath,
    /// The names.
    pub names: Vec<Renaming>,
}

/// `a as b` or `a`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Renaming {
    /// The original name.
    pub name: Name,
    /// The local name.
    pub alias: Option<Name>,
}

/// A named group of items.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Interface {
    /// Its name.
    pub name: Name,
    /// Its items.
    pub items: Vec<Item>,
}

/// The exports and imports of a module.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct World {
    /// Its name.
    pub name: Name,
    /// Exports, imports, uses, includes and types.
    pub items: Vec<Item>,
}

/// `import json from "json" { … }`
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ImportBlock {
    /// Its name in the interface file.
    pub name: Name,
    /// The Python module's name.
    pub module: Text,
    /// The imported items.
    pub items: Vec<Item>,
}

/// An export or import of a world.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Extern {
    /// Its direction.
    pub direction: Direction,
    /// The name before the colon; `None` if a path is exported or imported directly.
    pub name: Option<Name>,
    /// Its kind.
    pub kind: ExternKind,
}

/// The direction of an extern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Rust implements it.
    Export,
    /// Python implements it.
    Import,
}

/// The exported or imported item.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExternKind {
    /// `store` or `wasi:io/streams`
    Path(UsePath),
    /// `interface { … }`
    Interface(Vec<Item>),
    /// `func(…) -> …`
    Function(Signature),
}

/// `include path with { a as b };`
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Include {
    /// The other world.
    pub path: UsePath,
    /// New names for its externs.
    pub renamings: Vec<Renaming>,
}
