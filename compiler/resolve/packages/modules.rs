//! Assigns the interfaces and worlds of a package their indices, and declares their items.

use super::PackageId;
use super::uses::{Use, UseKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{self, ItemId, ModuleId};
use crate::resolve::attributes::{NameCase, Site};
use crate::resolve::context::Where;
use crate::resolve::declarations::{DeclaredModule, ModuleKind};
use crate::resolve::scope::{Entity, Scope};
use crate::resolve::{Resolver, docs_with as docs_of};
use crate::source::Span;
use crate::syntax::ast::{self, ItemKind};

impl<'a> Resolver<'a, '_> {
    /// A module without its contents.
    pub(super) fn declare_module(
        &mut self,
        name: model::Name,
        kind: ModuleKind,
        outer: Option<ModuleId>,
        package: PackageId,
    ) -> ModuleId {
        self.declared.modules.push(DeclaredModule {
            name,
            docs: model::Docs::default(),
            kind,
            outer,
            case: NameCase::default(),
            package,
            hidden: None,
            items: Vec::new(),
            scope: Scope::default(),
            files: Default::default(),
        });
        ModuleId(self.declared.modules.len() as u32 - 1)
    }

    /// Declares items of a module.
    pub(in crate::resolve) fn declare(&mut self, at: Where, items: &'a [ast::Item]) {
        for item in items {
            match &item.kind {
                ItemKind::NestedPackage(_) => continue,
                ItemKind::Interface(interface) => {
                    self.declare_container(
                        at,
                        &interface.name,
                        item,
                        ModuleKind::Interface,
                        Site::Interface,
                    );
                    continue;
                }
                ItemKind::ImportBlock(import) => {
                    self.check_python_module(&import.module);
                    let kind = ModuleKind::Import(import.module.value.clone());
                    self.declare_container(at, &import.name, item, kind, Site::Import);
                    continue;
                }
                ItemKind::World(world) => {
                    self.declare_world(at, world, item);
                    continue;
                }
                ItemKind::Use(used) => {
                    self.declare_use(at, item, UseKind::Module(used), used.path.span);
                    continue;
                }
                ItemKind::UseNames(used) => {
                    self.declare_use(at, item, UseKind::Names(used), used.path.span);
                    continue;
                }
                _ => {}
            }
            if let Some((id, name)) = self.declare_here(at, item) {
                let scope = &mut self.declared[at.module].scope;
                let is_hidden = matches!(scope.entity(&name.text), Some(Entity::Hidden(_)));
                let first = scope.declare(name, Entity::Item(id));
                self.declared[at.module].items.push(id);
                if let Some(first) = first.filter(|_| is_hidden) {
                    self.declared_twice(name, first);
                }
            }
        }
    }

    /// Declares an item of a module unless a gate hides it.
    fn declare_here(&mut self, at: Where, item: &'a ast::Item) -> Option<(ItemId, &'a ast::Name)> {
        let name = item.kind.name();
        let span = name.map_or(item.span, |name| name.span);
        if let Some(feature) = self.hidden(at, &item.meta, span) {
            if let Some(name) = name {
                if let ItemKind::Class(class) = &item.kind {
                    self.refuse_members_always_there(at, class, &feature);
                }
                let entity = self.hidden_entity(feature);
                if let Some(first) = self.declared[at.module].scope.declare(name, entity) {
                    self.declared_twice(name, first);
                }
            }
            return None;
        }
        let (name, id) = self.declare_item(at, item)?;
        Some((id, name))
    }

    fn declare_use(&mut self, at: Where, item: &'a ast::Item, kind: UseKind<'a>, span: Span) {
        self.attributes(at, &item.meta, Site::Use);
        let hidden = self.hidden(at, &item.meta, span);
        self.packages.uses.push(Use {
            module: at.module,
            kind,
            hidden,
        });
    }

    /// Declares a module in another one, with its contents.
    fn declare_container(
        &mut self,
        at: Where,
        name: &'a ast::Name,
        item: &'a ast::Item,
        kind: ModuleKind,
        site: Site,
    ) {
        let module = self.declare_named(at, name, item, kind, site);
        match self.declared[module].hidden.clone() {
            Some(feature) => self.refuse_types_always_there(at, name, item.kind.items(), &feature),
            None => self.declare(Where::module(module), item.kind.items()),
        }
    }

    /// A module in another one that others find by its name, without its contents.
    pub(super) fn declare_named(
        &mut self,
        at: Where,
        name: &'a ast::Name,
        item: &'a ast::Item,
        kind: ModuleKind,
        site: Site,
    ) -> ModuleId {
        let module = self.declare_inner(at, name, item, kind, site);
        let scope = &mut self.declared[at.module].scope;
        if let Some(first) = scope.declare_module(name, module) {
            self.declared_twice(name, first);
        }
        module
    }

    fn declared_twice(&mut self, name: &ast::Name, first: Span) {
        let message = format!("`{}` is declared twice", name.text);
        self.report(
            Diagnostic::new(Code::DuplicateName, name.span, message, "")
                .cause(first, "first declared here"),
        );
    }

    /// A module in another one, without its contents.
    pub(super) fn declare_inner(
        &mut self,
        at: Where,
        name: &'a ast::Name,
        item: &'a ast::Item,
        kind: ModuleKind,
        site: Site,
    ) -> ModuleId {
        let attributes = self.attributes(at, &item.meta, site);
        let hidden = self.hidden(at, &item.meta, name.span);
        let name = self.name(name, &attributes);
        // The declarations of a world are not visible in the interfaces inside it.
        let outer = match self.declared[at.module].kind {
            ModuleKind::World(_) => self.declared[at.module].outer,
            _ => Some(at.module),
        };
        let package = self.declared[at.module].package;
        // An imported module follows Python's own naming convention, whatever the convention around it.
        let around = match kind {
            ModuleKind::Import(_) => NameCase::default(),
            _ => self.declared[at.module].case,
        };
        let module = self.declare_module(name, kind, outer, package);
        self.declared[module].case = attributes.names.map_or(around, |(case, _)| case);
        self.declared[module].docs = docs_of(&item.meta, attributes.deprecated.as_ref());
        self.declared[module].hidden = hidden;
        module
    }
}
