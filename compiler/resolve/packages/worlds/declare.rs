//! Declares worlds and their contents.

use super::{Statement, World, string_argument};
use crate::model::FunctionId;
use crate::resolve::Resolver;
use crate::resolve::attributes::Site;
use crate::resolve::context::Where;
use crate::resolve::declarations::{Declared, ModuleKind};
use crate::resolve::packages::externs::{Externs, What};
use crate::syntax::ast::{self, Direction, ExternKind, ItemKind};

impl<'a> Resolver<'a, '_> {
    /// Declares a world and its contents.
    pub(in crate::resolve::packages) fn declare_world(
        &mut self,
        at: Where,
        world: &'a ast::World,
        item: &'a ast::Item,
    ) {
        let index = self.packages.worlds.len();
        let kind = ModuleKind::World(index);
        let module = self.declare_named(at, &world.name, item, kind, Site::World);
        self.packages.worlds.push(World {
            module,
            statements: Vec::new(),
            imports: Externs::default(),
            exports: Externs::default(),
        });
        if self.declared[module].hidden.is_none() {
            let at = Where::module(module);
            for item in &world.items {
                if let Some(statement) = self.declare_statement(at, item) {
                    self.packages.worlds[index].statements.push(statement);
                }
            }
        }
    }

    fn declare_statement(&mut self, at: Where, item: &'a ast::Item) -> Option<Statement<'a>> {
        match &item.kind {
            ItemKind::Extern(external) => self.declare_extern(at, external, item),
            ItemKind::Include(include) => {
                self.attributes(at, &item.meta, Site::Include);
                self.hidden(at, &item.meta, include.path.span)
                    .is_none()
                    .then_some(Statement::Include {
                        include,
                        world: None,
                    })
            }
            _ => {
                self.declare(at, std::slice::from_ref(item));
                None
            }
        }
    }

    fn declare_extern(
        &mut self,
        at: Where,
        external: &'a ast::Extern,
        item: &'a ast::Item,
    ) -> Option<Statement<'a>> {
        // Only `@py.name` can name an export; `@external-id` can name an import, too.
        let python = match external.direction {
            Direction::Export => string_argument(&item.meta, &["py.name"]),
            Direction::Import => string_argument(&item.meta, &["py.name", "external-id"]),
        };
        let name = external.name.as_ref();
        let (what, path) = match (&external.kind, name) {
            (ExternKind::Path(path), _) => {
                self.attributes(at, &item.meta, Site::Extern);
                if self.hidden(at, &item.meta, path.span).is_some() {
                    return None;
                }
                (What::Nothing, Some(path))
            }
            (ExternKind::Interface(items), Some(name)) => {
                let module = self.declare_inner(at, name, item, ModuleKind::Inline, Site::Extern);
                if self.declared[module].hidden.is_some() {
                    return None;
                }
                let at = Where::module(module);
                self.declare(at, items);
                (What::Module(module), None)
            }
            (ExternKind::Function(_), Some(name)) => {
                if self.hidden(at, &item.meta, name.span).is_some() {
                    return None;
                }
                let function = self.extern_functions.get(&item.span)?;
                let attributes = self.attributes(at, &item.meta, Site::Extern);
                let name = self.value_name(at, name, &attributes);
                self.declared.functions.push(Declared {
                    name,
                    module: at.module,
                    meta: &item.meta,
                    attributes,
                    ast: function,
                    span: item.span,
                });
                let id = FunctionId(self.declared.functions.len() as u32 - 1);
                (What::Function(id), None)
            }
            (ExternKind::Interface(_) | ExternKind::Function(_), None) => return None,
        };
        let span = match (name, path) {
            (Some(name), _) => name.span,
            (None, Some(path)) => path.span,
            (None, None) => item.span,
        };
        Some(Statement::Extern {
            direction: external.direction,
            what,
            name,
            path,
            python,
            span,
        })
    }
}
