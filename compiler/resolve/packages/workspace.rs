//! What is resolved together: groups of files, and the features that are on.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::syntax::ast;

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
    pub(crate) fn has(&self, name: &str) -> bool {
        self.all || self.names.contains(name)
    }
}
