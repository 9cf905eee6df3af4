//! What a world exports and imports, by name.

use std::collections::{HashMap, HashSet};

use crate::model::{FunctionId, ItemId, ModuleId, Name};
use crate::resolve::namespaces::same_name;
use crate::source::Span;
use crate::syntax::ast::Accessor;

/// An exported or imported item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Module(ModuleId),
    Function(FunctionId),
    /// A type of the world itself.
    Type(ItemId),
    /// A type that the world uses.
    Used,
    /// An item with an error that was already reported.
    Nothing,
}

/// The exports or the imports of a world.
#[derive(Clone, Debug, Default)]
pub(super) struct Externs {
    pub(super) list: Vec<Extern>,
    modules: HashSet<ModuleId>,
    names: HashMap<String, usize>,
}

/// An export or import.
#[derive(Clone, Debug)]
pub(super) struct Extern {
    /// Its own name; none if an interface is known by the name of its package.
    pub(super) name: Option<Name>,
    pub(super) what: What,
    /// The Python name in the statement.
    pub(super) python: Option<String>,
    pub(super) span: Span,
    /// The half of a property that it is, if any.
    pub(super) accessor: Option<Accessor>,
}

impl Extern {
    /// The key that must be unique among exports or imports.
    fn key(&self, name: &Name) -> String {
        let name = same_name(&name.text);
        match self.accessor {
            Some(Accessor::Set) => format!("set {name}"),
            _ => name,
        }
    }
}

impl Externs {
    /// Whether the interface `module` occurs here under the name of its package.
    pub(super) fn has(&self, module: ModuleId) -> bool {
        self.modules.contains(&module)
    }

    pub(super) fn named(&self, name: &str) -> Option<&Extern> {
        self.names
            .get(&same_name(name))
            .map(|index| &self.list[*index])
    }

    /// The setters without a getter.
    pub(super) fn lonely_setters(&self) -> impl Iterator<Item = (&Name, Span)> {
        let named = |known: &Extern, name: &Name, accessor| {
            let same = known
                .name
                .as_ref()
                .is_some_and(|known| known.text == name.text);
            same && known.accessor == Some(accessor)
        };
        self.list.iter().filter_map(move |setter| {
            let name = setter.name.as_ref()?;
            let is_lonely = setter.accessor == Some(Accessor::Set)
                && !self
                    .list
                    .iter()
                    .any(|known| named(known, name, Accessor::Get));
            is_lonely.then_some((name, setter.span))
        })
    }

    /// Adds an extern. If one of the same name exists, that one is returned and takes precedence.
    pub(super) fn add(&mut self, new: Extern) -> Option<&Extern> {
        match &new.name {
            Some(name) => {
                let key = new.key(name);
                if let Some(first) = self.names.get(&key) {
                    return Some(&self.list[*first]);
                }
                self.names.insert(key, self.list.len());
            }
            None => {
                if let What::Module(module) = new.what
                    && !self.modules.insert(module)
                {
                    return self
                        .list
                        .iter()
                        .find(|known| known.name.is_none() && known.what == What::Module(module));
                }
            }
        }
        self.list.push(new);
        None
    }
}
