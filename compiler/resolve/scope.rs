//! What the names of a module stand for.
//!
//! A name is looked up from the module that it stands in: in the module, then in the modules around it, then among the
//! builtin types and exceptions.

use std::collections::HashMap;

use super::Resolver;
use super::prelude::PreludeName;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::{ItemId, ModuleId};
use crate::source::Span;
use crate::syntax::ast;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entity {
    /// An item of a module.
    Item(ItemId),
    /// An item that was reported as not supported: nothing more is said about it.
    Unsupported,
    /// A type of the prelude.
    Builtin(usize),
    /// An exception of the prelude.
    BuiltinException(usize),
}

/// The names that a module declares.
#[derive(Debug, Default)]
pub(super) struct Scope {
    names: HashMap<String, (Entity, Span)>,
    modules: HashMap<String, (ModuleId, Span)>,
}

impl Scope {
    /// Adds the name of an item; of several items of one name the first counts.
    pub(super) fn declare(&mut self, name: &ast::Name, entity: Entity) {
        self.names
            .entry(name.text.clone())
            .or_insert((entity, name.span));
    }

    /// Adds the name of a module; of several modules of one name the first counts.
    pub(super) fn declare_module(&mut self, name: &ast::Name, module: ModuleId) {
        self.modules
            .entry(name.text.clone())
            .or_insert((module, name.span));
    }
}

impl Resolver<'_, '_> {
    /// The current module and those around it, the inner ones first.
    fn enclosing(&self) -> impl Iterator<Item = &Scope> {
        std::iter::successors(Some(self.current), |module| self.declared[*module].parent)
            .map(|module| &self.declared[module].scope)
    }

    /// What `name` stands for in the current module: an item of it or of a module around it, else one of the prelude.
    /// Reserved names always mean the prelude's unless they are written with `%`.
    pub(super) fn lookup(&self, name: &ast::Name) -> Option<Entity> {
        let builtin = self.prelude.lookup(&name.text).map(|found| match found {
            PreludeName::Type(index) => Entity::Builtin(index),
            PreludeName::Exception(index) => Entity::BuiltinException(index),
        });
        let reserved = match builtin {
            Some(Entity::Builtin(index)) => self.prelude.types[index].reserved && !name.escaped,
            _ => false,
        };
        if reserved {
            return builtin;
        }
        let declared = self
            .enclosing()
            .find_map(|scope| scope.names.get(&name.text));
        declared.map(|(entity, _)| *entity).or(builtin)
    }

    /// Where `entity` is declared; none of what is builtin.
    pub(super) fn declaration(&self, entity: Entity) -> Option<Span> {
        match entity {
            Entity::Item(item) => Some(self.declared.name(item).span),
            Entity::Unsupported | Entity::Builtin(_) | Entity::BuiltinException(_) => None,
        }
    }

    /// The module called `name`, seen from the current one.
    pub(super) fn module_called(&self, name: &str) -> Option<ModuleId> {
        let declared = self.enclosing().find_map(|scope| scope.modules.get(name));
        declared.map(|(module, _)| *module)
    }

    /// What a name with dots stands for: `shapes.point`. With the name itself, the last part. Findings are reported.
    pub(super) fn dotted<'p>(&mut self, path: &'p ast::Path) -> Option<(Entity, &'p ast::Name)> {
        let [first, second, rest @ ..] = path.parts.as_slice() else {
            return None;
        };
        let Some(module) = self.module_called(&first.text) else {
            self.nothing_inside(first, second);
            return None;
        };
        let Some((entity, _)) = self.declared[module].scope.names.get(&second.text).copied() else {
            if !self.may_be_declared(second) {
                let message = format!("`{}` declares no `{}`", first.text, second.text);
                let place = self.declared[module].name.span;
                let mut diagnostic =
                    Diagnostic::new(Code::UnknownName, second.span, message, "not declared")
                        .cause(place, "declared here");
                let names = self.declared[module].scope.names.keys();
                if let Some(nearest) = suggest::nearest(&second.text, names.map(String::as_str)) {
                    diagnostic = diagnostic.help(format!("did you mean `{nearest}`?"));
                }
                self.report(diagnostic);
            }
            return None;
        };
        if let Some(third) = rest.first() {
            self.nothing_inside(second, third);
            return None;
        }
        Some((entity, second))
    }

    /// Reports that `outer`, which is no module, has no `inner`.
    fn nothing_inside(&mut self, outer: &ast::Name, inner: &ast::Name) {
        match self.lookup(outer) {
            Some(Entity::Unsupported) => {}
            None if self.may_be_declared(outer) => {}
            None => {
                let message = format!("there is nothing called `{}`", outer.text);
                self.error(Code::UnknownName, outer.span, message, "not declared");
            }
            Some(_) => {
                let message = format!(
                    "`{}` declares no types or exceptions of its own",
                    outer.text
                );
                self.error(Code::UnknownName, inner.span, message, "not declared");
            }
        }
    }

    /// All names of types, for suggestions.
    pub(super) fn type_names(&self) -> Vec<&str> {
        self.names(
            |item| {
                !matches!(
                    item,
                    ItemId::Exception(_) | ItemId::Function(_) | ItemId::Const(_)
                )
            },
            |builtin| matches!(builtin, PreludeName::Type(_)),
        )
    }

    /// All names of exceptions, for suggestions.
    pub(super) fn exception_names(&self) -> Vec<&str> {
        self.names(
            |item| matches!(item, ItemId::Exception(_)),
            |builtin| matches!(builtin, PreludeName::Exception(_)),
        )
    }

    fn names(
        &self,
        item: impl Fn(ItemId) -> bool,
        builtin: impl Fn(PreludeName) -> bool,
    ) -> Vec<&str> {
        let declared =
            self.enclosing()
                .flat_map(|scope| &scope.names)
                .filter_map(|(name, (entity, _))| match entity {
                    Entity::Item(id) if item(*id) => Some(name.as_str()),
                    _ => None,
                });
        let mut names: Vec<&str> = declared.chain(self.prelude.names(builtin)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}
