//! The table of the first pass: all modules and items, with their names and attributes.

use std::collections::BTreeMap;
use std::ops::{Index, IndexMut};

use super::packages::tables::PackageId;
use super::scope::Scope;
use crate::model::{
    self, AliasId, ClassId, ConstId, Deprecation, EnumId, ExceptionId, FlagsId, FunctionId, ItemId,
    ModuleId, ProtocolId, RecordId, RecordStyle, VariantId,
};
use crate::source::{FileId, Span};
use crate::syntax::ast;

/// An item whose contents are still syntax.
#[derive(Debug)]
pub(super) struct Declared<'a, T> {
    pub(super) name: model::Name,
    /// The module that declares it.
    pub(super) module: ModuleId,
    pub(super) meta: &'a ast::Meta,
    pub(super) attributes: Attributes,
    pub(super) ast: &'a T,
    /// The whole item.
    pub(super) span: Span,
}

/// The naming convention in Python for functions, methods, properties, parameters and fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum NameCase {
    /// `by_title`
    #[default]
    Snake,
    /// `byTitle`
    Camel,
}

/// The contents of the attributes before an item.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes {
    /// `@py.name("…")`
    pub(super) python: Option<String>,
    /// `@py.names(…)`, and its place.
    pub(super) names: Option<(NameCase, Span)>,
    /// `@deprecated`
    pub(super) deprecated: Option<Deprecation>,
    /// The place of `@gil(release)`.
    pub(super) detached: Option<Span>,
    /// Whether `@open` is present.
    pub(super) open: bool,
    /// Whether `@weakref` is present.
    pub(super) weakref: bool,
    /// Whether `@dict` is present.
    pub(super) dict: bool,
    /// The place of `@pickle`.
    pub(super) pickle: Option<Span>,
    /// The method that `@context-manager` names.
    pub(super) context_manager: Option<ast::Name>,
    /// `@py.record(…)`
    pub(super) style: RecordStyle,
    /// `@message("…")`
    pub(super) message: Option<Written>,
}

/// A message as written.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) text: String,
    /// The place of the string.
    pub(super) string: Span,
    /// The place of the attribute.
    pub(super) attribute: Span,
}

/// A module with the names of its items.
#[derive(Debug)]
pub(super) struct DeclaredModule {
    pub(super) name: model::Name,
    pub(super) docs: model::Docs,
    pub(super) kind: ModuleKind,
    /// The naming convention in Python for its functions and the like.
    pub(super) case: NameCase,
    /// The parent module, whose names are visible in it.
    pub(super) outer: Option<ModuleId>,
    pub(super) package: PackageId,
    /// The feature that is off and disables the module; the module is then empty.
    pub(super) hidden: Option<String>,
    /// Its items in source order.
    pub(super) items: Vec<ItemId>,
    pub(super) scope: Scope,
    /// The `use` declarations at the top level of each file.
    pub(super) files: BTreeMap<FileId, Scope>,
}

/// The syntax that declares a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ModuleKind {
    /// A package or file: its top-level items.
    Root,
    /// `interface x { … }`
    Interface,
    /// `world x { … }`, with the world's index.
    World(usize),
    /// `export x: interface { … }`, or the same with `import`.
    Inline,
    /// `import x from "…" { … }`, with the name in Python.
    Import(String),
}

/// All supported items, in arenas with their final indices in the model.
#[derive(Debug, Default)]
pub(super) struct Declarations<'a> {
    /// The modules; a module precedes its children.
    pub(super) modules: Vec<DeclaredModule>,
    pub(super) aliases: Vec<Declared<'a, ast::Alias>>,
    pub(super) records: Vec<Declared<'a, ast::Record>>,
    pub(super) variants: Vec<Declared<'a, ast::Variant>>,
    pub(super) flags: Vec<Declared<'a, ast::Enumeration>>,
    pub(super) protocols: Vec<Declared<'a, ast::Protocol>>,
    pub(super) enums: Vec<Declared<'a, ast::Enumeration>>,
    pub(super) exceptions: Vec<Declared<'a, ast::Exception>>,
    pub(super) classes: Vec<Declared<'a, ast::Class>>,
    pub(super) functions: Vec<Declared<'a, ast::Function>>,
    pub(super) consts: Vec<Declared<'a, ast::Const>>,
}

macro_rules! items {
    ($( $kind:ident($id:ty) => $field:ident: $ast:ty, )*) => {
        $( impl<'a> Index<$id> for Declarations<'a> {
            type Output = Declared<'a, $ast>;
            fn index(&self, id: $id) -> &Self::Output { &self.$field[id.0 as usize] }
        } )*

        impl Declarations<'_> {
            /// The name of an item.
            pub(super) fn name(&self, item: ItemId) -> &model::Name {
                match item { $( ItemId::$kind(id) => &self[id].name, )* }
            }

            /// The module that declares an item; none for builtin definitions.
            pub(super) fn home(&self, item: ItemId) -> Option<ModuleId> {
                Some(match item { $( ItemId::$kind(id) => self.$field.get(id.0 as usize)?.module, )* })
            }
        }
    };
}

items! {
    Alias(AliasId) => aliases: ast::Alias,
    Record(RecordId) => records: ast::Record,
    Enum(EnumId) => enums: ast::Enumeration,
    Variant(VariantId) => variants: ast::Variant,
    Flags(FlagsId) => flags: ast::Enumeration,
    Exception(ExceptionId) => exceptions: ast::Exception,
    Protocol(ProtocolId) => protocols: ast::Protocol,
    Class(ClassId) => classes: ast::Class,
    Function(FunctionId) => functions: ast::Function,
    Const(ConstId) => consts: ast::Const,
}

impl Index<ModuleId> for Declarations<'_> {
    type Output = DeclaredModule;
    fn index(&self, id: ModuleId) -> &DeclaredModule {
        &self.modules[id.0 as usize]
    }
}

impl IndexMut<ModuleId> for Declarations<'_> {
    fn index_mut(&mut self, id: ModuleId) -> &mut DeclaredModule {
        &mut self.modules[id.0 as usize]
    }
}
