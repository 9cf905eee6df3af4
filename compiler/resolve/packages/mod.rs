//! Packages: which files belong together, what they declare, and how they refer to each other.
//!
//! All packages of a run are resolved together, in one set of arenas ([`declare`]; [`uses`] binds names that are used across
//! packages). The contents of each extension module are extracted at the end ([`unit`]).

mod agreement;
mod apart;
mod declare;
mod externs;
mod find;
mod gates;
mod modules;
mod order;
mod taken;
mod unit;
mod uses;
mod version;
mod worlds;

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use crate::model::ModuleId;
use crate::source::{FileId, Span};
use crate::syntax::ast::{self, ExternKind, ItemKind};

pub(super) use agreement::divided;
pub(super) use order::Order;
pub(super) use unit::Definitions;
pub use unit::Resolved;
use uses::Use;
use version::Version;
use worlds::World;

/// All that is resolved together.
#[derive(Debug)]
pub(crate) struct Workspace<'a> {
    /// The files that belong together, each group once.
    pub(crate) groups: Vec<Group<'a>>,
    /// The other directories that were searched for packages, as they are displayed.
    pub(crate) searched: Vec<PathBuf>,
    /// The features that are on.
    pub(crate) features: &'a Features,
}

/// Files that belong together: one, or all of a directory. They form one package, besides packages nested in it.
#[derive(Debug)]
pub(crate) struct Group<'a> {
    /// At least one.
    pub(crate) files: Vec<&'a ast::File>,
    /// The name of the module if no file declares a package: the name of the file or directory.
    pub(crate) stem: String,
    /// The directories and names by which neighbouring files refer to it.
    pub(crate) names: Vec<(PathBuf, String)>,
    /// Whether it was requested. Other groups are only used.
    pub(crate) is_input: bool,
}

/// The features that are on: an item with `@unstable(feature = x)` is available if `x` is on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// All of them.
    pub all: bool,
    /// By name.
    pub names: BTreeSet<String>,
}

impl Features {
    fn has(&self, name: &str) -> bool {
        self.all || self.names.contains(name)
    }
}

/// The functions that the worlds of `files` export and import directly, as items of their own.
pub(super) fn extern_functions<'f>(
    files: impl Iterator<Item = &'f ast::File>,
) -> HashMap<Span, ast::Function> {
    let mut functions = HashMap::new();
    for file in files {
        collect_functions(&file.items, &mut functions);
    }
    functions
}

fn collect_functions(items: &[ast::Item], functions: &mut HashMap<Span, ast::Function>) {
    for item in items {
        match &item.kind {
            ItemKind::NestedPackage(_) | ItemKind::World(_) => {
                collect_functions(item.kind.items(), functions);
            }
            ItemKind::Extern(ast::Extern {
                name: Some(name),
                kind: ExternKind::Function(signature),
                ..
            }) => {
                let function = ast::Function {
                    name: name.clone(),
                    body: ast::FunctionBody::Signature(signature.clone()),
                };
                functions.insert(item.span, function);
            }
            _ => {}
        }
    }
}

/// The number of a package in [`Packages`].
pub(super) type PackageId = usize;

/// A package, declared or not.
#[derive(Debug)]
pub(super) struct Package<'a> {
    /// The module of its top-level items; interfaces and worlds are in its scope.
    pub(super) root: ModuleId,
    /// Its declared name and version, if any.
    pub(super) name: Option<&'a ast::PackageName>,
    /// `acme:geometry`
    pub(super) path: Option<String>,
    version: Option<Version>,
    /// Whether it produces extension modules of its own.
    pub(super) is_unit: bool,
    /// Its files; for a nested package, the enclosing one.
    pub(super) files: Vec<&'a ast::File>,
}

/// All packages of a run.
#[derive(Debug, Default)]
pub(super) struct Packages<'a> {
    pub(super) list: Vec<Package<'a>>,
    by_path: HashMap<String, Vec<PackageId>>,
    /// By directory and name of file.
    by_file: HashMap<(PathBuf, String), PackageId>,
    /// The directory of each file.
    places: HashMap<FileId, PathBuf>,
    uses: Vec<Use<'a>>,
    /// The features that [`Entity::Hidden`](super::scope::Entity) counts.
    pub(super) hidden: Vec<String>,
    worlds: Vec<World<'a>>,
}

/// `acme:geometry`: a package without its version.
pub(super) fn package_path(name: &ast::PackageName) -> String {
    joined_path(&name.namespaces, &name.names)
}

/// `acme:geometry/solids`
fn joined_path(namespaces: &[ast::Name], names: &[ast::Name]) -> String {
    let names: Vec<_> = names.iter().map(|name| name.text.as_str()).collect();
    let last = names.join("/");
    let parts = namespaces.iter().map(|name| name.text.as_str());
    parts.chain([last.as_str()]).collect::<Vec<_>>().join(":")
}
