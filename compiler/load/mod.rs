//! Which files belong to what was named: a file stands for itself, a directory for all interface files in it. With them
//! come the files that they use: of packages in `deps/`, and those beside them.

mod gathering;
mod homes;
mod needs;
mod search;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) use gathering::Gathering;
pub(crate) use homes::homes;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::error::Error;
use crate::input;
use crate::resolve::{Features, Group, Workspace};
use crate::source::{FileId, SourceMap};
use crate::syntax::{self, ast};

/// An interface file that was read.
#[derive(Clone, Debug)]
pub struct ParsedFile {
    /// Its number in the source map.
    pub file: FileId,
    /// The syntax tree; it has gaps where there were errors.
    pub tree: ast::File,
    /// Whether it was asked for. Others are there because something uses them.
    pub is_input: bool,
    /// What the parser found.
    found: Diagnostics,
}

/// All interface files of a run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Library {
    pub(crate) files: Vec<ParsedFile>,
    /// By place on disk, or by the path of a text.
    known: HashMap<PathBuf, Text>,
    /// What is read in the place of files, by their places on disk.
    given: HashMap<PathBuf, Vec<u8>>,
    /// The directories whose contents matter.
    pub(crate) directories: BTreeSet<PathBuf>,
}

/// What a file turned out to be.
#[derive(Clone, Debug)]
enum Text {
    /// The number of the file in the library.
    Parsed(usize),
    /// What is wrong with a file that is no text.
    None(Box<Diagnostic>),
}

/// Where files come from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Origin<'p> {
    /// The disk, with paths relative to a directory.
    Disk(&'p Path),
    /// Texts that were added, and nothing else.
    Memory,
}

/// A package as it is declared: its path and its version.
type PackageKey = (String, Option<String>);

/// Files that belong together, by their numbers in the library.
#[derive(Clone, Debug)]
struct Draft {
    files: Vec<usize>,
    /// Those that came with others of their package and were not asked for.
    joined: HashSet<usize>,
    /// The directory: of the files, or the one that was named.
    place: PathBuf,
    is_directory: bool,
    /// The package of WIT files. More files of it may join.
    package: Option<PackageKey>,
    stem: String,
    names: Vec<(PathBuf, String)>,
    is_input: bool,
}

/// Which files belong together.
#[derive(Debug)]
pub(crate) struct Plan {
    drafts: Vec<Draft>,
    searched: Vec<PathBuf>,
}

impl Plan {
    /// The files, ready to be resolved.
    pub(crate) fn workspace<'l>(
        self,
        library: &'l Library,
        features: &'l Features,
    ) -> Workspace<'l> {
        let tree = |index: &usize| &library.files[*index].tree;
        let group = |draft: Draft| Group {
            files: draft.files.iter().map(tree).collect(),
            stem: draft.stem,
            names: draft.names,
            is_input: draft.is_input,
        };
        Workspace {
            groups: self.drafts.into_iter().map(group).collect(),
            searched: self.searched,
            features,
        }
    }
}

impl Library {
    /// Reads and parses `path` unless that was done before.
    fn read(&mut self, root: &Path, path: &Path, sources: &mut SourceMap) -> Result<Text, Error> {
        let place = place(root, path);
        if let Some(known) = self.known.get(&place) {
            return Ok(known.clone());
        }
        let bytes = match self.given.get(&place) {
            Some(bytes) => bytes.clone(),
            None => input::read(root, path)?,
        };
        let text = match sources.add_bytes(path, bytes) {
            Ok(file) => Text::Parsed(self.parse(file, sources)),
            Err(finding) => Text::None(finding),
        };
        self.known.insert(place, text.clone());
        Ok(text)
    }

    /// From now on reads `bytes` where the file at `path` is asked for, which need not exist.
    #[cfg(feature = "cli")]
    pub(crate) fn give(&mut self, path: &Path, bytes: Vec<u8>) {
        self.given.insert(place(Path::new(""), path), bytes);
    }

    /// What [`Library::give`] added to the files of a directory.
    fn given_in(&self, root: &Path, directory: &Path) -> Vec<PathBuf> {
        let home = place(root, directory);
        let inside = self.given.keys().filter(|place| {
            place.parent() == Some(&home) && syntax::is_interface_file(place) && !place.exists()
        });
        let names = inside.filter_map(|place| place.file_name());
        names.map(|name| directory.join(name)).collect()
    }

    /// Parses a text that was added.
    pub(crate) fn parse(&mut self, file: FileId, sources: &SourceMap) -> usize {
        let mut found = Diagnostics::default();
        let tree = syntax::parse(file, sources, &mut found);
        self.files.push(ParsedFile {
            file,
            tree,
            is_input: false,
            found,
        });
        self.files.len() - 1
    }
}

/// Where a file or directory is on disk, however it is spelt and whatever links lead to it.
pub(crate) fn place(root: &Path, path: &Path) -> PathBuf {
    let spelt = root.join(path);
    let spelt = match spelt.as_os_str().is_empty() {
        true => PathBuf::from("."),
        false => spelt,
    };
    let is_there = fs::canonicalize(&spelt);
    is_there.unwrap_or_else(|_| {
        // What was not saved yet still has a directory.
        let directory = spelt.parent().and_then(|it| fs::canonicalize(it).ok());
        match (directory, spelt.file_name()) {
            (Some(directory), Some(name)) => directory.join(name),
            _ => spelt,
        }
    })
}
