//! The first stage: assigns each item an index in the model's arenas, and adds its name to the scope.

use std::collections::HashMap;
use std::ops::{Index, IndexMut};

use super::Resolver;
use super::attributes::{Attributes, NameCase, Site};
use super::context::Where;
use super::packages::PackageId;
use super::scope::Scope;
use crate::diagnostic::Code;
use crate::model::{
    self, AliasId, ClassId, ConstId, EnumId, ExceptionId, FlagsId, FunctionId, ItemId, ModuleId,
    ProtocolId, RecordId, VariantId,
};
use crate::source::{FileId, Span};
use crate::syntax::ast::{self, ItemKind};

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
    pub(super) files: HashMap<FileId, Scope>,
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

impl Declarations<'_> {
    /// The name of an item.
    pub(super) fn name(&self, item: ItemId) -> &model::Name {
        match item {
            ItemId::Record(id) => &self[id].name,
            ItemId::Enum(id) => &self[id].name,
            ItemId::Variant(id) => &self[id].name,
            ItemId::Flags(id) => &self[id].name,
            ItemId::Protocol(id) => &self[id].name,
            ItemId::Exception(id) => &self.exceptions[id.0 as usize].name,
            ItemId::Class(id) => &self[id].name,
            ItemId::Alias(id) => &self[id].name,
            ItemId::Function(id) => &self.functions[id.0 as usize].name,
            ItemId::Const(id) => &self.consts[id.0 as usize].name,
        }
    }
}

macro_rules! index {
    ($( $id:ty => $field:ident: $ast:ty, )*) => { $(
        impl<'a> Index<$id> for Declarations<'a> {
            type Output = Declared<'a, $ast>;
            fn index(&self, id: $id) -> &Self::Output { &self.$field[id.0 as usize] }
        }
    )* };
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

index! {
    AliasId => aliases: ast::Alias,
    RecordId => records: ast::Record,
    EnumId => enums: ast::Enumeration,
    VariantId => variants: ast::Variant,
    FlagsId => flags: ast::Enumeration,
    ProtocolId => protocols: ast::Protocol,
    ClassId => classes: ast::Class,
}

impl<'a> Resolver<'a, '_> {
    /// Declares an item of a module. `None` if an error was already reported.
    pub(super) fn declare_item(
        &mut self,
        at: Where,
        item: &'a ast::Item,
    ) -> Option<(&'a ast::Name, ItemId)> {
        macro_rules! declare {
            ($site:ident, $ast:ident, $field:ident, $id:ident) => {
                declare!($site, $ast, $field, $id, name)
            };
            ($site:ident, $ast:ident, $field:ident, $id:ident, $naming:ident $(, $at:ident)?) => {{
                let attributes = self.attributes(at, &item.meta, Site::$site);
                let name = self.$naming($($at,)? &$ast.name, &attributes);
                let declared = Declared {
                    name,
                    module: at.module,
                    meta: &item.meta,
                    attributes,
                    ast: $ast,
                    span: item.span,
                };
                self.declared.$field.push(declared);
                (
                    &$ast.name,
                    ItemId::$site($id(self.declared.$field.len() as u32 - 1)),
                )
            }};
        }
        Some(match &item.kind {
            ItemKind::Alias(alias) => declare!(Alias, alias, aliases, AliasId),
            ItemKind::Record(record) => declare!(Record, record, records, RecordId),
            ItemKind::Enum(enumeration) => declare!(Enum, enumeration, enums, EnumId),
            ItemKind::Variant(variant) => declare!(Variant, variant, variants, VariantId),
            ItemKind::Flags(members) => declare!(Flags, members, flags, FlagsId),
            ItemKind::Exception(exception) => {
                declare!(Exception, exception, exceptions, ExceptionId)
            }
            ItemKind::Protocol(protocol) => declare!(Protocol, protocol, protocols, ProtocolId),
            ItemKind::Class(class) => declare!(Class, class, classes, ClassId),
            ItemKind::Function(function) => {
                declare!(Function, function, functions, FunctionId, value_name, at)
            }
            ItemKind::Const(constant) => declare!(Const, constant, consts, ConstId),
            ItemKind::Constructor(_) | ItemKind::Property(_) | ItemKind::Operator(_) => {
                let message = "constructors, properties and operators belong into a class";
                self.error(Code::Misplaced, item.span, message, "");
                return None;
            }
            ItemKind::Interface(_)
            | ItemKind::NestedPackage(_)
            | ItemKind::Use(_)
            | ItemKind::UseNames(_)
            | ItemKind::World(_)
            | ItemKind::ImportBlock(_)
            | ItemKind::Extern(_)
            | ItemKind::Include(_) => return None,
        })
    }
}
