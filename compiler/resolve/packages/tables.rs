//! Tables of the first pass: packages, what they use, and what their worlds export and import.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use super::version::Version;
use crate::model::{FunctionId, ItemId, ModuleId, Name};
use crate::names;
use crate::resolve::scope::Entity;
use crate::source::{FileId, Span};
use crate::syntax::ast::{self, Accessor, Direction};

/// An exported or imported item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
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
pub(crate) struct Externs {
    pub(crate) list: Vec<Extern>,
    modules: HashSet<ModuleId>,
    names: HashMap<String, usize>,
}

/// An export or import.
#[derive(Clone, Debug)]
pub(crate) struct Extern {
    /// Its own name; none if an interface is known by the name of its package.
    pub(crate) name: Option<Name>,
    pub(crate) what: What,
    /// The Python name in the statement.
    pub(crate) python: Option<String>,
    pub(crate) span: Span,
    /// The half of a property that it is, if any.
    pub(crate) accessor: Option<Accessor>,
}

impl Extern {
    /// The key that must be unique among exports or imports.
    fn key(&self, name: &Name) -> String {
        let name = names::wit_key(&name.text);
        match self.accessor {
            Some(Accessor::Set) => format!("set {name}"),
            _ => name,
        }
    }
}

impl Externs {
    /// Whether the interface `module` occurs here under the name of its package.
    pub(crate) fn has(&self, module: ModuleId) -> bool {
        self.modules.contains(&module)
    }

    pub(crate) fn named(&self, name: &str) -> Option<&Extern> {
        self.names
            .get(&names::wit_key(name))
            .map(|index| &self.list[*index])
    }

    /// The setters without a getter.
    pub(crate) fn lonely_setters(&self) -> impl Iterator<Item = (&Name, Span)> {
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
    pub(crate) fn add(&mut self, new: Extern) -> Option<&Extern> {
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

/// A `use` as declared.
#[derive(Debug)]
pub(crate) struct Use<'a> {
    /// Where it stands.
    pub(crate) module: ModuleId,
    pub(crate) kind: UseKind<'a>,
    /// The feature that is off and hides it.
    pub(crate) hidden: Option<String>,
}

/// What a `use` names.
#[derive(Clone, Copy, Debug)]
pub(crate) enum UseKind<'a> {
    /// `use path as name;`
    Module(&'a ast::UseInterface),
    /// `use path.{a, b as c};`
    Names(&'a ast::UseNames),
}

/// A world.
#[derive(Debug)]
pub(crate) struct World<'a> {
    /// The module that its types are items of.
    pub(crate) module: ModuleId,
    pub(crate) statements: Vec<Statement<'a>>,
}

/// The contents of a world, besides types.
#[derive(Clone, Debug)]
pub(crate) enum Statement<'a> {
    Extern {
        direction: Direction,
        what: What,
        name: Option<&'a ast::Name>,
        path: Option<&'a ast::UsePath>,
        python: Option<String>,
        span: Span,
    },
    Include {
        include: &'a ast::Include,
        /// `None` if an error was already reported.
        world: Option<usize>,
    },
}

/// The number of a package in [`Packages`].
pub(crate) type PackageId = usize;

/// A package, declared or not.
#[derive(Debug)]
pub(crate) struct Package<'a> {
    /// The module of its top-level items; interfaces and worlds are in its scope.
    pub(crate) root: ModuleId,
    /// Its declared name and version, if any.
    pub(crate) name: Option<&'a ast::PackageName>,
    /// `acme:geometry`
    pub(crate) path: Option<String>,
    pub(crate) version: Option<Version>,
    /// Whether it produces extension modules of its own.
    pub(crate) is_unit: bool,
    /// Its files; for a nested package, the enclosing one.
    pub(crate) files: Vec<&'a ast::File>,
}

/// All packages of a run.
#[derive(Debug, Default)]
pub(crate) struct Packages<'a> {
    pub(crate) list: Vec<Package<'a>>,
    pub(crate) by_path: HashMap<String, Vec<PackageId>>,
    /// By directory and name of file.
    pub(crate) by_file: HashMap<(PathBuf, String), PackageId>,
    /// The directory of each file.
    pub(crate) places: HashMap<FileId, PathBuf>,
    pub(crate) uses: Vec<Use<'a>>,
    /// The features that [`Entity::Hidden`](super::scope::Entity) counts.
    pub(crate) hidden: Vec<String>,
    pub(crate) worlds: Vec<World<'a>>,
}

impl Packages<'_> {
    /// The entity for a name that is hidden because `feature` is off.
    pub(super) fn hide(&mut self, feature: String) -> Entity {
        self.hidden.push(feature);
        Entity::Hidden(self.hidden.len() - 1)
    }
}

/// `acme:geometry`: a package without its version.
pub(crate) fn package_path(name: &ast::PackageName) -> String {
    joined_path(&name.namespaces, &name.names)
}

/// `acme:geometry/solids`
pub(super) fn joined_path(namespaces: &[ast::Name], names: &[ast::Name]) -> String {
    let names: Vec<_> = names.iter().map(|name| name.text.as_str()).collect();
    let last = names.join("/");
    let parts = namespaces.iter().map(|name| name.text.as_str());
    parts.chain([last.as_str()]).collect::<Vec<_>>().join(":")
}
