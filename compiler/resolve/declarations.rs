//! The first stage: every item gets its place in the model's arenas, and its name goes into scope.

use std::ops::{Index, IndexMut};

use super::attributes::{Attributes, Site};
use super::scope::{Entity, Scope};
use super::{Resolver, docs};
use crate::model::{
    self, AliasId, ClassId, ConstId, EnumId, ExceptionId, FlagsId, FunctionId, ItemId, ModuleId,
    ProtocolId, RecordId, VariantId,
};
use crate::source::Span;
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

/// A module with the names of what is in it.
#[derive(Debug)]
pub(super) struct DeclaredModule {
    pub(super) name: model::Name,
    pub(super) docs: model::Docs,
    /// The module around it.
    pub(super) parent: Option<ModuleId>,
    /// Its items in the order written.
    pub(super) items: Vec<ItemId>,
    pub(super) scope: Scope,
}

/// All items that are supported, in arenas with the numbers that they will have in the model.
#[derive(Debug, Default)]
pub(super) struct Declarations<'a> {
    /// The modules; a parent stands before what is in it.
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
    /// Declares the extension module; its name comes later.
    pub(super) fn declare_root(&mut self) {
        self.declare_module(model::Name::default(), model::Docs::default(), None);
    }

    fn declare_module(
        &mut self,
        name: model::Name,
        docs: model::Docs,
        parent: Option<ModuleId>,
    ) -> ModuleId {
        self.declared.modules.push(DeclaredModule {
            name,
            docs,
            parent,
            items: Vec::new(),
            scope: Scope::default(),
        });
        ModuleId(self.declared.modules.len() as u32 - 1)
    }

    /// Declares items of the current module.
    pub(super) fn declare(&mut self, items: &'a [ast::Item]) {
        let current = self.current;
        for item in items {
            if let ItemKind::Interface(interface) = &item.kind {
                self.declare_interface(interface, item);
                continue;
            }
            let Some((name, id)) = self.declare_item(item) else {
                continue;
            };
            let module = &mut self.declared[current];
            module.scope.declare(name, Entity::Item(id));
            module.items.push(id);
        }
    }

    /// Declares a module in the current one, and what is in it.
    fn declare_interface(&mut self, interface: &'a ast::Interface, item: &'a ast::Item) {
        let outer = self.current;
        let attributes = self.attributes(&item.meta, Site::Interface);
        let name = self.name(&interface.name, &attributes);
        let module = self.declare_module(name, docs(&item.meta), Some(outer));
        self.declared[outer]
            .scope
            .declare_module(&interface.name, module);
        self.current = module;
        self.declare(&interface.items);
        self.current = outer;
    }

    fn declare_item(&mut self, item: &'a ast::Item) -> Option<(&'a ast::Name, ItemId)> {
        macro_rules! declare {
            ($site:ident, $ast:ident, $field:ident, $id:ident) => {{
                let attributes = self.attributes(&item.meta, Site::$site);
                let name = self.name(&$ast.name, &attributes);
                let declared = Declared {
                    name,
                    module: self.current,
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
            ItemKind::Function(function) => declare!(Function, function, functions, FunctionId),
            ItemKind::Const(constant) => declare!(Const, constant, consts, ConstId),
            _ => {
                self.declare_unsupported(item);
                return None;
            }
        })
    }
}
