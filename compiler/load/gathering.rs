//! Gathers the files that are compiled together, with all files that they use.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::needs::{Need, collect_needs, package_names, path_of};
use super::{Draft, Library, Origin, PackageKey, Plan, Text};
use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::input;
use crate::source::{SourceKind, SourceMap};
use crate::syntax::{self, ast};

/// The directory of packages that others use.
pub(super) const DEPENDENCIES: &str = "deps";

/// A draft: the files of one directory that are compiled together, with all files that they use.
pub(crate) struct Gathering<'c> {
    pub(super) library: &'c mut Library,
    pub(super) sources: &'c mut SourceMap,
    pub(super) diagnostics: &'c mut Diagnostics,
    pub(super) origin: Origin<'c>,
    /// Everything that was requested, in this or another directory.
    pub(super) inputs: &'c [PathBuf],
    pub(super) drafts: Vec<Draft>,
    /// The files that are in a draft.
    pub(super) taken: HashSet<usize>,
    /// The packages of the drafts, with their versions.
    pub(super) packages: HashMap<String, Vec<Option<String>>>,
    /// The directories that were searched for packages.
    pub(super) searched: Vec<PathBuf>,
    /// Whether a file turned out not to be text, so that names are missing.
    pub(super) is_incomplete: bool,
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

    /// Adds `path`: a file or a directory.
    pub(crate) fn input(&mut self, path: &Path) -> Result<(), Error> {
        if let Origin::Disk(root) = self.origin
            && root.join(path).is_dir()
        {
            let mut files = input::interfaces_in_directory(root, path)?;
            files.extend(self.library.given_in(root, path));
            files.sort();
            if files.is_empty() {
                return Err(input::empty_directory(root, path));
            }
            self.directory(path, &files, true)?;
            return self.dependencies(&path.join(DEPENDENCIES));
        }
        self.file(path, true)
    }

    /// Adds a text that is already in the library.
    #[cfg(feature = "unstable")]
    pub(crate) fn text(&mut self, index: usize) {
        self.draft_of_file(index, true);
    }

    /// Adds all files that the current files use.
    pub(crate) fn needed(&mut self) -> Result<(), Error> {
        let mut next = 0;
        while next < self.drafts.len() {
            // Files may be added during the loop.
            let mut at = 0;
            while let Some(&index) = self.drafts[next].files.get(at) {
                let place = self.place(index);
                let mut needs = Vec::new();
                collect_needs(&self.library.files[index].tree.items, &mut needs);
                for need in needs {
                    match need {
                        Need::Package(path, version) => {
                            self.find_package(&path, version.as_deref(), &place)?;
                        }
                        Need::Near(name) if !self.drafts[next].is_directory => {
                            self.find_sibling(&name, next, &place)?;
                        }
                        Need::Near(_) => {}
                    }
                }
                at += 1;
            }
            next += 1;
        }
        Ok(())
    }

    /// The groups of files, with the parser's findings. `None` if a file is missing because it is not text, which was reported.
    pub(crate) fn finish(self) -> Option<(Plan, Diagnostics)> {
        let mut found = Diagnostics::default();
        for draft in &self.drafts {
            for &index in &draft.files {
                let file = &mut self.library.files[index];
                file.is_input |= draft.is_input && !draft.joined.contains(&index);
                found.extend(file.found.clone());
            }
        }
        let plan = Plan {
            drafts: self.drafts,
            searched: self.searched,
        };
        (!self.is_incomplete).then_some((plan, found))
    }

    /// The directory of a file.
    fn place(&self, index: usize) -> PathBuf {
        let path = self.sources.path(self.library.files[index].file);
        path.parent().map_or_else(PathBuf::new, PathBuf::from)
    }

    pub(super) fn is_wit(&self, index: usize) -> bool {
        let file = self.library.files[index].file;
        self.sources.file(file).kind() == SourceKind::Wit
    }

    /// A required file. `None` if it is not text, which is reported.
    fn read(&mut self, path: &Path) -> Result<Option<usize>, Error> {
        let Origin::Disk(root) = self.origin else {
            return Ok(None);
        };
        match self.library.read(root, path, self.sources)? {
            Text::Parsed(index) => Ok(Some(index)),
            Text::None(finding) => {
                self.diagnostics.report(*finding);
                self.is_incomplete = true;
                Ok(None)
            }
        }
    }

    /// A file that may be useful. `None` if it cannot be read, which is not an error because nobody requested the file.
    pub(super) fn glance(&mut self, path: &Path) -> Option<usize> {
        let Origin::Disk(root) = self.origin else {
            return None;
        };
        match self.library.read(root, path, self.sources) {
            Ok(Text::Parsed(index)) => Some(index),
            _ => None,
        }
    }

    pub(super) fn file(&mut self, path: &Path, is_input: bool) -> Result<(), Error> {
        if let Some(index) = self.read(path)? {
            self.draft_of_file(index, is_input);
        }
        Ok(())
    }

    /// Adds a single file; several files of one package in one directory form a group.
    pub(super) fn draft_of_file(&mut self, index: usize, is_input: bool) {
        if !self.taken.insert(index) {
            if is_input {
                for draft in &mut self.drafts {
                    draft.joined.remove(&index);
                }
            }
            return;
        }
        let path = self.sources.path(self.library.files[index].file);
        let stem = syntax::stem(path);
        let place = self.place(index);
        let names = vec![(place.clone(), stem.clone())];
        // Each file in `deps/` is a package of its own.
        let (package, named) = if place.ends_with(DEPENDENCIES) {
            (None, None)
        } else if self.is_wit(index) {
            self.wit_package(index, &place)
        } else {
            (package_key(&self.library.files[index].tree), None)
        };
        let known = self.drafts.iter().position(|draft| {
            package.is_some() && draft.package == package && draft.place == place
        });
        if let Some(known) = known {
            return self.join(known, index, is_input);
        }
        self.draft(Draft {
            files: vec![index],
            joined: HashSet::new(),
            place,
            is_directory: false,
            package,
            stem,
            names,
            is_input,
        });
        if let Some(named) = named
            && self.taken.insert(named)
        {
            self.join(self.drafts.len() - 1, named, false);
        }
    }

    /// The package of a WIT file. If it declares none, the package that the files beside it agree on, and one of these files.
    fn wit_package(&mut self, index: usize, place: &Path) -> (Option<PackageKey>, Option<usize>) {
        let tree = &self.library.files[index].tree;
        if tree.package.is_some() || package_names(tree).next().is_some() {
            return (package_key(tree), None);
        }
        let Origin::Disk(root) = self.origin else {
            return (None, None);
        };
        let mut found: Option<(PackageKey, usize)> = None;
        for beside in input::interfaces_in(root, place) {
            let Some(other) = self.glance(&beside) else {
                continue;
            };
            let key = package_key(&self.library.files[other].tree);
            match (key, &found) {
                (Some(key), None) => found = Some((key, other)),
                (Some(key), Some((first, _))) if key != *first => return (None, None),
                _ => {}
            }
        }
        found.map_or((None, None), |(key, other)| (Some(key), Some(other)))
    }

    /// Adds a file to a draft.
    pub(super) fn join(&mut self, draft: usize, index: usize, is_input: bool) {
        self.note_packages(index);
        let place = self.place(index);
        let stem = syntax::stem(self.sources.path(self.library.files[index].file));
        let draft = &mut self.drafts[draft];
        draft.files.push(index);
        draft.names.push((place, stem));
        if is_input {
            draft.is_input = true;
        } else {
            draft.joined.insert(index);
        }
    }

    /// Adds a directory: its files are one package.
    pub(super) fn directory(
        &mut self,
        path: &Path,
        files: &[PathBuf],
        is_input: bool,
    ) -> Result<(), Error> {
        self.library.directories.insert(path.to_owned());
        let mut indices = Vec::new();
        for file in files {
            if let Some(index) = self.read(file)?
                && self.taken.insert(index)
            {
                indices.push(index);
            }
        }
        if indices.is_empty() {
            return Ok(());
        }
        // One of its files may also have been requested individually.
        let known = self.drafts.iter().position(|draft| draft.place == path);
        if let Some(known) = known {
            for index in indices {
                self.join(known, index, is_input);
            }
            self.drafts[known].is_directory = true;
            return Ok(());
        }
        let stem = self.name_of_directory(path);
        let around = path.parent().map_or_else(PathBuf::new, PathBuf::from);
        let mut names = vec![(around, stem.clone())];
        names.extend(indices.iter().map(|&index| {
            let file = self.library.files[index].file;
            (path.to_owned(), syntax::stem(self.sources.path(file)))
        }));
        self.draft(Draft {
            files: indices,
            joined: HashSet::new(),
            place: path.to_owned(),
            is_directory: true,
            package: None,
            stem,
            names,
            is_input,
        });
        Ok(())
    }

    fn name_of_directory(&self, path: &Path) -> String {
        let name = |path: &Path| Some(path.file_name()?.to_string_lossy().into_owned());
        let place = match self.origin {
            Origin::Disk(root) => std::fs::canonicalize(root.join(path)).ok(),
            Origin::Memory => None,
        };
        name(path)
            .or_else(|| name(&place?))
            .unwrap_or_else(|| "module".to_owned())
    }

    fn draft(&mut self, draft: Draft) {
        for &index in &draft.files {
            self.note_packages(index);
        }
        self.drafts.push(draft);
    }

    fn note_packages(&mut self, index: usize) {
        for name in package_names(&self.library.files[index].tree) {
            let version = name.version.as_ref().map(|version| version.text.clone());
            let versions = self.packages.entry(path_of(name)).or_default();
            versions.push(version);
        }
    }
}

/// The package that a file declares, if any.
pub(super) fn package_key(tree: &ast::File) -> Option<PackageKey> {
    let name = &tree.package.as_ref()?.name;
    let version = name.version.as_ref().map(|version| version.text.clone());
    Some((path_of(name), version))
}
