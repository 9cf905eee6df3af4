//! Searches for the packages and interfaces that a file uses.

use std::path::{Path, PathBuf};

use super::gathering::{DEPENDENCIES, Gathering, package_key};
use super::needs::{declares, package_names, path_of};
use super::{Draft, Library, Origin, PackageKey};
use crate::error::Error;
use crate::{input, syntax};

impl Gathering<'_> {
    /// Adds all packages of a `deps/` directory, if it exists.
    pub(super) fn dependencies(&mut self, directory: &Path) -> Result<(), Error> {
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

    /// Searches for a package: in `deps/`, among the files beside the one that uses it, and among all requested files.
    pub(super) fn find_package(
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
                if self.declares_package(index, path) {
                    self.draft_of_file(index, false);
                }
            }
            return Ok(());
        };
        self.dependencies(&place.join(DEPENDENCIES))?;
        // Packages in `deps/` find the others in the same directory.
        let around = place.ancestors().take(2);
        for directory in around.filter(|directory| directory.ends_with(DEPENDENCIES)) {
            if !self.has(path, version) {
                self.dependencies(directory)?;
            }
        }
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

    /// Adds files, of a directory if one is given, if they form the package at `path`.
    fn offer(
        &mut self,
        files: &[PathBuf],
        directory: Option<&Path>,
        path: &str,
    ) -> Result<(), Error> {
        let mut is_wanted = false;
        for file in files {
            if let Some(index) = self.glance(file) {
                is_wanted |= self.declares_package(index, path);
            }
        }
        match directory {
            _ if !is_wanted => Ok(()),
            Some(directory) => self.directory(directory, files, false),
            None => files.iter().try_for_each(|file| self.file(file, false)),
        }
    }

    /// Searches beside the files of a draft for a declaration of `name`, unless they contain it: in other files of their package,
    /// else, except for WIT, in a file of that name.
    pub(super) fn find_sibling(
        &mut self,
        name: &str,
        draft: usize,
        place: &Path,
    ) -> Result<(), Error> {
        let declares =
            |library: &Library, index: usize| declares(&library.files[index].tree.items, name);
        let Draft { files, package, .. } = &self.drafts[draft];
        if files.iter().any(|index| declares(self.library, *index)) {
            return Ok(());
        }
        let is_wit = files.iter().all(|index| self.is_wit(*index));
        match self.origin {
            Origin::Disk(root) => {
                let package = package.clone();
                let beside = package.is_some().then(|| input::interfaces_in(root, place));
                let beside = beside.into_iter().flatten();
                let others: Vec<_> = beside.filter_map(|path| self.glance(&path)).collect();
                let is_of =
                    |gathering: &Self, other: usize| gathering.may_be_of(other, package.as_ref());
                // WIT packages in one directory often have the same name without belonging together.
                let are_one_package = others.iter().all(|other| is_of(self, *other));
                let found = others
                    .into_iter()
                    .find(|other| declares(self.library, *other) && is_of(self, *other));
                if let Some(found) = found.filter(|_| are_one_package || !is_wit)
                    && self.taken.insert(found)
                {
                    self.join(draft, found, false);
                    return Ok(());
                }
                for ending in syntax::ENDINGS.iter().filter(|_| !is_wit) {
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

    /// Whether a file declares the package at `path`.
    fn declares_package(&self, index: usize, path: &str) -> bool {
        let mut names = package_names(&self.library.files[index].tree);
        names.any(|name| path_of(name) == path)
    }

    /// Whether a file belongs to a package, as far as it declares one. Only WIT files need not declare it.
    fn may_be_of(&self, index: usize, package: Option<&PackageKey>) -> bool {
        let own = package_key(&self.library.files[index].tree);
        package.is_some() && (own.as_ref() == package || (own.is_none() && self.is_wit(index)))
    }
}
