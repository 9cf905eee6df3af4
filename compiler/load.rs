//! Which files belong to what was named: a file stands for itself, a directory for all interface files in it. With them
//! come the files that they use: of packages in `deps/`, and those beside them.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::input;
use crate::resolve::{Features, Group, Workspace};
use crate::source::{FileId, SourceMap};
use crate::syntax::{self, ast};

/// Where packages lie that others use.
const DEPENDENCIES: &str = "deps";

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
    /// By place on disk, or by the path of a text. None: it is no text.
    known: HashMap<PathBuf, Option<usize>>,
    /// The directories whose contents matter.
    pub(crate) directories: BTreeSet<PathBuf>,
}

/// Where files come from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Origin<'p> {
    /// The disk, with paths relative to a directory.
    Disk(&'p Path),
    /// Texts that were added, and nothing else.
    Memory,
}

/// Files that belong together, by their numbers in the library.
#[derive(Clone, Debug)]
struct Draft {
    files: Vec<usize>,
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
    /// Reads and parses `path` unless that was done before. None if it is no text.
    fn read(
        &mut self,
        root: &Path,
        path: &Path,
        sources: &mut SourceMap,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<usize>, Error> {
        let place = root.join(path);
        let place = fs::canonicalize(&place).unwrap_or(place);
        if let Some(known) = self.known.get(&place) {
            return Ok(*known);
        }
        let index = match sources.add_bytes(path, input::read(root, path)?) {
            Ok(file) => Some(self.parse(file, sources)),
            Err(finding) => {
                diagnostics.report(*finding);
                None
            }
        };
        self.known.insert(place, index);
        Ok(index)
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

/// The files of one directory that are looked at together, with all that they use.
pub(crate) struct Gathering<'c> {
    library: &'c mut Library,
    sources: &'c mut SourceMap,
    diagnostics: &'c mut Diagnostics,
    origin: Origin<'c>,
    /// Everything that was named, here or in another directory.
    inputs: &'c [PathBuf],
    drafts: Vec<Draft>,
    /// The files that are in a draft.
    taken: HashSet<usize>,
    /// The packages of the drafts with their versions.
    packages: HashMap<String, Vec<Option<String>>>,
    /// The directories that were looked through for packages.
    searched: Vec<PathBuf>,
    /// Whether a file turned out to be no text, so that names are missing.
    is_incomplete: bool,
}

/// What a path in a file needs that is not in the file.
enum Need {
    /// A package, with the version if one is given.
    Package(String, Option<String>),
    /// An interface of the same package, or a file.
    Near(String),
}

impl<'c> Gathering<'c> {
    pub(crate) fn new(
        library: &'c mut Library,
        sources: &'c mut SourceMap,
        diagnostics: &'c mut Diagnostics,
        origin: Origin<'c>,
        inputs: &'c [PathBuf],
    ) -> Self {
        Self {
            library,
            sources,
            diagnostics,
            origin,
            inputs,
            drafts: Vec::new(),
            taken: HashSet::new(),
            packages: HashMap::new(),
            searched: Vec::new(),
            is_incomplete: false,
        }
    }

    /// Adds what `path` names: a file or a directory.
    pub(crate) fn input(&mut self, path: &Path) -> Result<(), Error> {
        if let Origin::Disk(root) = self.origin
            && root.join(path).is_dir()
        {
            let files = input::interfaces_in_directory(root, path)?;
            if files.is_empty() {
                return Err(input::empty_directory(root, path));
            }
            self.directory(path, &files, true)?;
            return self.dependencies(&path.join(DEPENDENCIES));
        }
        self.file(path, true)
    }

    /// Adds a text that is in the library already.
    pub(crate) fn text(&mut self, index: usize) {
        self.draft_of_file(index, true);
    }

    /// Adds all that the files so far use.
    pub(crate) fn needed(&mut self) -> Result<(), Error> {
        let mut next = 0;
        while next < self.drafts.len() {
            for index in self.drafts[next].files.clone() {
                let path = self.sources.path(self.library.files[index].file);
                let place = path.parent().map_or_else(PathBuf::new, PathBuf::from);
                let mut needs = Vec::new();
                collect_needs(&self.library.files[index].tree.items, &mut needs);
                for need in needs {
                    match need {
                        Need::Package(path, version) => {
                            self.find_package(&path, version.as_deref(), &place)?;
                        }
                        Need::Near(name) if self.drafts[next].files.len() == 1 => {
                            self.find_sibling(&name, index, &place)?;
                        }
                        Need::Near(_) => {}
                    }
                }
            }
            next += 1;
        }
        Ok(())
    }

    /// What belongs together, and what the parser found in it. None if a file is missing that is no text, which was
    /// reported.
    pub(crate) fn finish(self) -> Option<(Plan, Diagnostics)> {
        let mut found = Diagnostics::default();
        for draft in &self.drafts {
            for &index in &draft.files {
                let file = &mut self.library.files[index];
                file.is_input |= draft.is_input;
                found.extend(file.found.clone());
            }
        }
        let plan = Plan {
            drafts: self.drafts,
            searched: self.searched,
        };
        (!self.is_incomplete).then_some((plan, found))
    }

    fn read(&mut self, path: &Path) -> Result<Option<usize>, Error> {
        let Origin::Disk(root) = self.origin else {
            return Ok(None);
        };
        let index = self
            .library
            .read(root, path, self.sources, self.diagnostics)?;
        self.is_incomplete |= index.is_none();
        Ok(index)
    }

    fn file(&mut self, path: &Path, is_input: bool) -> Result<(), Error> {
        if let Some(index) = self.read(path)? {
            self.draft_of_file(index, is_input);
        }
        Ok(())
    }

    fn draft_of_file(&mut self, index: usize, is_input: bool) {
        if !self.taken.insert(index) {
            return;
        }
        let path = self.sources.path(self.library.files[index].file);
        let stem = syntax::stem(path);
        let place = path.parent().map_or_else(PathBuf::new, PathBuf::from);
        let names = vec![(place, stem.clone())];
        self.draft(Draft {
            files: vec![index],
            stem,
            names,
            is_input,
        });
    }

    /// Adds a directory: its files are one package.
    fn directory(&mut self, path: &Path, files: &[PathBuf], is_input: bool) -> Result<(), Error> {
        let mut draft = Draft {
            files: Vec::new(),
            stem: self.name_of_directory(path),
            names: Vec::new(),
            is_input,
        };
        let around = path.parent().map_or_else(PathBuf::new, PathBuf::from);
        draft.names.push((around, draft.stem.clone()));
        for file in files {
            if let Some(index) = self.read(file)?
                && self.taken.insert(index)
            {
                draft.files.push(index);
                draft.names.push((path.to_owned(), syntax::stem(file)));
            }
        }
        self.library.directories.insert(path.to_owned());
        if !draft.files.is_empty() {
            self.draft(draft);
        }
        Ok(())
    }

    fn name_of_directory(&self, path: &Path) -> String {
        let name = |path: &Path| Some(path.file_name()?.to_string_lossy().into_owned());
        let place = match self.origin {
            Origin::Disk(root) => fs::canonicalize(root.join(path)).ok(),
            Origin::Memory => None,
        };
        name(path)
            .or_else(|| name(&place?))
            .unwrap_or_else(|| "module".to_owned())
    }

    fn draft(&mut self, draft: Draft) {
        for &index in &draft.files {
            for name in package_names(&self.library.files[index].tree) {
                let version = name.version.as_ref().map(|version| version.text.clone());
                let versions = self.packages.entry(path_of(&name)).or_default();
                versions.push(version);
            }
        }
        self.drafts.push(draft);
    }

    /// Adds all packages of a `deps/` directory, if it is there.
    fn dependencies(&mut self, directory: &Path) -> Result<(), Error> {
        let Origin::Disk(root) = self.origin else {
            return Ok(());
        };
        if self.searched.iter().any(|known| known == directory) {
            return Ok(());
        }
        self.searched.push(directory.to_owned());
        if !root.join(directory).is_dir() {
            return Ok(());
        }
        self.library.directories.insert(directory.to_owned());
        for entry in input::entries(root, directory)? {
            if root.join(&entry).is_dir() {
                let files = input::interfaces_in_directory(root, &entry)?;
                self.directory(&entry, &files, false)?;
            } else if syntax::is_interface_file(&entry) {
                self.file(&entry, false)?;
            }
        }
        Ok(())
    }

    fn has(&self, path: &str, version: Option<&str>) -> bool {
        self.packages.get(path).is_some_and(|versions| {
            version.is_none() || versions.iter().any(|known| known.as_deref() == version)
        })
    }

    /// Looks for a package: in `deps/`, among the files beside the one that uses it, and among all that was named.
    fn find_package(
        &mut self,
        path: &str,
        version: Option<&str>,
        place: &Path,
    ) -> Result<(), Error> {
        if self.has(path, version) {
            return Ok(());
        }
        let Origin::Disk(root) = self.origin else {
            for index in 0..self.library.files.len() {
                let names = package_names(&self.library.files[index].tree);
                if names.iter().any(|name| path_of(name) == path) {
                    self.draft_of_file(index, false);
                }
            }
            return Ok(());
        };
        self.dependencies(&place.join(DEPENDENCIES))?;
        if self.has(path, version) {
            return Ok(());
        }
        let directory = match place.as_os_str().is_empty() {
            true => Path::new("."),
            false => place,
        };
        if !self.searched.iter().any(|known| known == directory) {
            self.searched.push(directory.to_owned());
        }
        let beside = input::interfaces_in(root, place);
        let named: Vec<_> = self
            .inputs
            .iter()
            .filter(|input| {
                let input = root.join(input);
                !beside.iter().any(|path| root.join(path) == input)
            })
            .cloned()
            .collect();
        for file in beside {
            self.offer(&[file], None, path)?;
        }
        for input in named {
            if root.join(&input).is_dir() {
                let files = input::interfaces_in_directory(root, &input)?;
                self.offer(&files, Some(&input), path)?;
            } else {
                self.offer(&[input], None, path)?;
            }
        }
        Ok(())
    }

    /// Adds files, of a directory if one is given, if they are the package at `path`.
    fn offer(
        &mut self,
        files: &[PathBuf],
        directory: Option<&Path>,
        path: &str,
    ) -> Result<(), Error> {
        let before = self.is_incomplete;
        let mut is_wanted = false;
        for file in files {
            // A file that cannot be read is no reason to stop: nobody asked for it.
            if let Ok(Some(index)) = self.read(file) {
                let names = package_names(&self.library.files[index].tree);
                is_wanted |= names.iter().any(|name| path_of(name) == path);
            }
        }
        self.is_incomplete = before;
        match directory {
            _ if !is_wanted => Ok(()),
            Some(directory) => self.directory(directory, files, false),
            None => files.iter().try_for_each(|file| self.file(file, false)),
        }
    }

    /// Looks for a file called `name` beside the one at `index`, unless that declares the name itself.
    fn find_sibling(&mut self, name: &str, index: usize, place: &Path) -> Result<(), Error> {
        if declares(&self.library.files[index].tree.items, name) {
            return Ok(());
        }
        match self.origin {
            Origin::Disk(root) => {
                for ending in syntax::ENDINGS {
                    let path = place.join(format!("{name}{ending}"));
                    if root.join(&path).is_file() {
                        return self.file(&path, false);
                    }
                }
            }
            Origin::Memory => {
                let sibling = self.library.files.iter().position(|file| {
                    let path = self.sources.path(file.file);
                    path.parent() == Some(place) && syntax::stem(path) == name
                });
                if let Some(index) = sibling {
                    self.draft_of_file(index, false);
                }
            }
        }
        Ok(())
    }
}

/// The packages that a file declares, nested ones included.
fn package_names(tree: &ast::File) -> Vec<ast::PackageName> {
    let own = tree.package.iter().map(|package| package.name.clone());
    let nested = tree.items.iter().filter_map(|item| match &item.kind {
        ast::ItemKind::NestedPackage(package) => Some(package.name.clone()),
        _ => None,
    });
    own.chain(nested).collect()
}

/// `acme:geometry`
fn path_of(name: &ast::PackageName) -> String {
    joined(&name.namespaces, &name.names)
}

fn joined(namespaces: &[ast::Name], names: &[ast::Name]) -> String {
    let parts = namespaces.iter().chain(names.first());
    let parts: Vec<_> = parts.map(|name| name.text.as_str()).collect();
    parts.join(":")
}

/// Whether an interface or world of this name is among the items, or in a package among them.
fn declares(items: &[ast::Item], name: &str) -> bool {
    items.iter().any(|item| match &item.kind {
        ast::ItemKind::NestedPackage(package) => declares(&package.items, name),
        ast::ItemKind::Interface(interface) => interface.name.text == name,
        ast::ItemKind::World(world) => world.name.text == name,
        ast::ItemKind::ImportBlock(import) => import.name.text == name,
        _ => false,
    })
}

fn collect_needs(items: &[ast::Item], needs: &mut Vec<Need>) {
    for item in items {
        let path = match &item.kind {
            ast::ItemKind::Use(used) => &used.path,
            ast::ItemKind::UseNames(used) => &used.path,
            ast::ItemKind::Include(include) => &include.path,
            ast::ItemKind::Extern(ast::Extern {
                kind: ast::ExternKind::Path(path),
                ..
            }) => path,
            kind => {
                collect_needs(kind.items(), needs);
                continue;
            }
        };
        needs.push(match path.names.first() {
            Some(name) if path.namespaces.is_empty() => Need::Near(name.text.clone()),
            _ => Need::Package(
                joined(&path.namespaces, &path.names),
                path.version.as_ref().map(|version| version.text.clone()),
            ),
        });
    }
}
