//! The names that a module or file declares, and their meanings.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::diagnostic::suggest;
use crate::model::{ItemId, ModuleId};
use crate::source::Span;
use crate::syntax::ast;

/// The meaning of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entity {
    /// An item of a module.
    Item(ItemId),
    /// An item with an error that was already reported; no further diagnostics.
    Unsupported,
    /// An item that is hidden because a feature is off: its index in the list of hidden items.
    Hidden(usize),
    /// A type of the prelude.
    Builtin(usize),
    /// An exception of the prelude.
    BuiltinException(usize),
}

/// The names that a module or file declares.
#[derive(Debug, Default)]
pub(super) struct Scope {
    pub(super) names: HashMap<String, (Entity, Span)>,
    /// Names with the wrong case, by their correct spelling. The parser reported the declarations, so uses of the correct
    /// spelling are accepted.
    pub(super) respelt: HashMap<String, Entity>,
    /// `None` if an error was already reported.
    modules: HashMap<String, (Option<ModuleId>, Span)>,
}

impl Scope {
    /// Adds the name of an item. Of several items with one name the first takes precedence; its place is returned.
    pub(super) fn declare(&mut self, name: &ast::Name, entity: Entity) -> Option<Span> {
        if is_mixed(&name.text) {
            let right = suggest::kebab_case(&name.text);
            self.respelt.entry(right).or_insert(entity);
        }
        insert(&mut self.names, name, entity)
    }

    /// Adds the name of a module. Of several modules with one name the first takes precedence; its place is returned.
    pub(super) fn declare_module(
        &mut self,
        name: &ast::Name,
        module: impl Into<Option<ModuleId>>,
    ) -> Option<Span> {
        insert(&mut self.modules, name, module.into())
    }

    /// The meaning of a name.
    pub(super) fn entity(&self, name: &str) -> Option<Entity> {
        self.names.get(name).map(|(entity, _)| *entity)
    }

    /// The declaration of a name.
    pub(super) fn place(&self, name: &str) -> Option<Span> {
        self.names.get(name).map(|(_, span)| *span)
    }

    /// All names of items, with their places.
    pub(super) fn places(&self) -> impl Iterator<Item = (&str, Span)> {
        self.names
            .iter()
            .map(|(name, (_, span))| (name.as_str(), *span))
    }

    /// The module of a name; the inner `None` means that an error was already reported.
    pub(super) fn module(&self, name: &str) -> Option<Option<ModuleId>> {
        self.modules.get(name).map(|(module, _)| *module)
    }

    /// The declaration of the name of a module.
    pub(super) fn module_place(&self, name: &str) -> Option<Span> {
        self.modules.get(name).map(|(_, span)| *span)
    }

    /// The names of all modules.
    pub(super) fn module_names(&self) -> impl Iterator<Item = &str> {
        self.modules.keys().map(String::as_str)
    }

    /// The names of all types and exceptions.
    pub(super) fn type_names(&self) -> impl Iterator<Item = &str> {
        let is_type = |entity: &Entity| {
            !matches!(
                entity,
                Entity::Item(ItemId::Function(_) | ItemId::Const(_)) | Entity::Unsupported
            )
        };
        let names = self.names.iter();
        names
            .filter(move |(_, (entity, _))| is_type(entity))
            .map(|(name, _)| name.as_str())
    }
}

fn insert<T>(names: &mut HashMap<String, (T, Span)>, name: &ast::Name, named: T) -> Option<Span> {
    match names.entry(name.text.clone()) {
        Entry::Occupied(first) => Some(first.get().1),
        Entry::Vacant(free) => {
            free.insert((named, name.span));
            None
        }
    }
}

/// Whether a word in `name` mixes upper and lower case, which no valid name does.
fn is_mixed(name: &str) -> bool {
    let has = |word: &str, kind: fn(&u8) -> bool| word.as_bytes().iter().any(kind);
    name.split(['-', '_'])
        .any(|word| has(word, u8::is_ascii_uppercase) && has(word, u8::is_ascii_lowercase))
}
