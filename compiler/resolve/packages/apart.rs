//! Distinguishes the module names of packages that differ only in namespace or version.

use std::collections::BTreeMap;

use super::{Package, PackageId};
use crate::names::snake;
use crate::resolve::Resolver;

impl Resolver<'_, '_> {
    /// Renames modules of used packages that share a name, by the part that tells the packages apart: `wasi-io`, `io-0-2-1`.
    /// Requested packages keep their names.
    pub(super) fn name_packages_apart(&mut self) {
        let mut by_name: BTreeMap<String, Vec<PackageId>> = BTreeMap::new();
        for (id, package) in self.packages.list.iter().enumerate() {
            let name = &self.declared[package.root].name;
            if package.path.is_some() && name.python.is_none() {
                by_name.entry(snake(&name.text)).or_default().push(id);
            }
        }
        for ids in by_name.values().filter(|ids| ids.len() > 1) {
            let packages = ids.iter().map(|id| &self.packages.list[*id]);
            let packages: Vec<_> = packages.collect();
            let used = packages.iter().filter(|package| !package.is_unit);
            let names: Vec<_> = used
                .map(|package| (package.root, apart(package, &packages)))
                .collect();
            for (root, name) in names {
                self.declared[root].name.text = name;
            }
        }
    }
}

/// The name of a package with the parts that the others do not share.
fn apart(package: &Package<'_>, all: &[&Package<'_>]) -> String {
    let mut words: Vec<&str> = Vec::new();
    let Some(name) = package.name else {
        return String::new();
    };
    if all.iter().any(|other| other.path != package.path) {
        words.extend(name.namespaces.iter().map(|it| it.text.as_str()));
    }
    words.extend(name.names.last().map(|it| it.text.as_str()));
    let versions = all.iter().filter(|other| other.path == package.path);
    if let Some(version) = &name.version
        && versions.count() > 1
    {
        words.extend(version.text.split(|letter: char| !letter.is_alphanumeric()));
    }
    words.join("-")
}
