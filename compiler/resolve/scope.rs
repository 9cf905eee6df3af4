//! What the names of a file stand for.

use std::collections::HashMap;

use super::Resolver;
use super::prelude::PreludeName;
use crate::model::ItemId;
use crate::source::Span;
use crate::syntax::ast;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entity {
    /// An item of the file.
    Item(ItemId),
    /// An item of the file that was reported as not supported: nothing more is said about it.
    Unsupported,
    /// A type of the prelude.
    Builtin(usize),
    /// An exception of the prelude.
    BuiltinException(usize),
}

/// The names that a file declares.
#[derive(Debug, Default)]
pub(super) struct Scope {
    names: HashMap<String, (Entity, Span)>,
}

impl Scope {
    /// Adds a name; of several items of one name the first counts.
    pub(super) fn declare(&mut self, name: &ast::Name, entity: Entity) {
        self.names
            .entry(name.text.clone())
            .or_insert((entity, name.span));
    }

    /// Where `name` is declared.
    pub(super) fn place(&self, name: &str) -> Option<Span> {
        self.names.get(name).map(|(_, span)| *span)
    }
}

impl Resolver<'_, '_> {
    /// What `name` stands for: a definition of the file, else one of the prelude. Reserved names always mean the
    /// prelude's unless they are written with `%`.
    pub(super) fn lookup(&self, name: &ast::Name) -> Option<Entity> {
        let builtin = self.prelude.lookup(&name.text).map(|found| match found {
            PreludeName::Type(index) => Entity::Builtin(index),
            PreludeName::Exception(index) => Entity::BuiltinException(index),
        });
        let reserved = match builtin {
            Some(Entity::Builtin(index)) => self.prelude.types[index].reserved && !name.escaped,
            _ => false,
        };
        let declared = self.scope.names.get(&name.text).map(|(entity, _)| *entity);
        if reserved {
            builtin
        } else {
            declared.or(builtin)
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
        let declared = self
            .scope
            .names
            .iter()
            .filter_map(|(name, (entity, _))| match entity {
                Entity::Item(id) if item(*id) => Some(name.as_str()),
                _ => None,
            });
        let mut names: Vec<&str> = declared.chain(self.prelude.names(builtin)).collect();
        names.sort_unstable();
        names
    }
}
