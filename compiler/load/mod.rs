//! Determines the files of a run: a file stands for itself, a directory for all interface files in it. Files that they use are
//! added: from packages in `deps/`, and from beside them.

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
    /// Its index in the source map.
    pub file: FileId,
    /// The syntax tree; it has gaps where there were errors.
    pub tree: ast::File,
    /// Whether it was requested. Other files are there because a file uses them.
    pub is_input: bool,
    /// The parser's findings.
    found: Diagnostics,
}

/// All interface files of a run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Library {
    pub(crate) files: Vec<ParsedFile>,
    /// The files by their place on disk, or by the path of a text.
    known: HashMap<PathBuf, Text>,
    /// The contents that replace those of files, by their places on disk.
    given: HashMap<PathBuf, Vec<u8>>,
    /// The directories whose contents the result depends on.
    pub(crate) directories: BTreeSet<PathBuf>,
}

/// The result of reading a file.
#[derive(Clone, Debug)]
enum Text {
    /// The index of the file in the library.
    Parsed(usize),
    /// The error in a file that is not text.
    None(Box<Diagnostic>),
}

/// The origin of files.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Origin<'p> {
    /// The disk, with paths relative to a directory.
    Disk(&'p Path),
    /// Only the texts that were added.
    #[cfg_attr(not(feature = "unstable"), allow(dead_code))]
    Memory,
}

/// A declared package: its path and its version.
type PackageKey = (String, Option<String>);

/// Files that belong together, by their indices in the library.
#[derive(Clone, Debug)]
struct Draft {
    files: Vec<usize>,
    /// The files that were added as part of their package and were not requested.
    joined: HashSet<usize>,
    /// The directory of the files, or the requested one.
    place: PathBuf,
    is_directory: bool,
    /// The package of WIT files. More files of it may be added.
    package: Option<PackageKey>,
    stem: String,
    names: Vec<(PathBuf, String)>,
    is_input: bool,
}

/// The groups of files.
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
    /// Reads and parses `path`, unless this has been done before.
    fn read(&mut self, root: &Path, path: &Path, sources: &mut SourceMap) -> Result<Text, Error> {
        let place = place(root, path);
        if let Some(known) = self.known.get(&place) {
            return Ok(known.clone());
        }
        let bytes = match self.given.get(&place) {
            Some(bytes) => bytes.clone(),
            None => input::read(root, path)?,
        };
        let text = match input::add(sources, path, bytes) {
            Ok(file) => Text::Parsed(self.parse(file, sources)),
            Err(finding) => Text::None(finding),
        };
        self.known.insert(place, text.clone());
        Ok(text)
    }

    /// From now on uses `bytes` as the contents of the file at `path`, which need not exist.
    #[cfg(feature = "cli")]
    pub(crate) fn give(&mut self, path: &Path, bytes: Vec<u8>) {
        self.given.insert(place(Path::new(""), path), bytes);
    }

    /// The entries that [`Library::give`] added to the files of a directory.
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

/// The place on disk of a file or directory, independent of its spelling and of links.
pub(crate) fn place(root: &Path, path: &Path) -> PathBuf {
    let spelt = root.join(path);
    let spelt = match spelt.as_os_str().is_empty() {
        true => PathBuf::from("."),
        false => spelt,
    };
    let is_there = fs::canonicalize(&spelt);
    is_there.unwrap_or_else(|_| {
        // A file that has not been saved yet still has a directory.
        let directory = spelt.parent().and_then(|it| fs::canonicalize(it).ok());
        match (directory, spelt.file_name()) {
            (Some(directory), Some(name)) => directory.join(name),
            _ => spelt,
        }
    })
}
