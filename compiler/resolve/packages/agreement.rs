//! Directories whose files declare different packages, although a directory is one package.

use std::path::Path;

use super::tables::package_path;
use super::workspace::Group;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, SourceMap};
use crate::syntax::{self, ast};

/// Groups in which all files declare the same package.
pub(crate) struct Divided<'a> {
    pub(crate) groups: Vec<Group<'a>>,
    /// For files of a divided group, the names that the other files declare: they would be visible in a single package.
    pub(crate) elsewhere: Vec<(FileId, Vec<String>)>,
}

/// The groups, where those with files of several packages are divided; `None` if there are none of these. Each is reported once,
/// and its packages are then treated as if they were in directories of their own: they may use each other, and may share names.
pub(crate) fn divided<'a>(
    groups: &[Group<'a>],
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<Divided<'a>> {
    if groups.iter().all(|group| packages(group).len() < 2) {
        return None;
    }
    let mut divided = Divided {
        groups: Vec::new(),
        elsewhere: Vec::new(),
    };
    for group in groups {
        let packages = packages(group);
        if packages.len() > 1 {
            diagnostics.report(mismatch(&packages, sources));
            let names: Vec<String> = group.files.iter().flat_map(|file| names(file)).collect();
            let files = group.files.iter().map(|file| file.span.file);
            divided
                .elsewhere
                .extend(files.map(|file| (file, names.clone())));
        }
        divided.groups.extend(parts(group, &packages, sources));
    }
    Some(divided)
}

/// What a file declares outside of interfaces.
fn names(file: &ast::File) -> impl Iterator<Item = String> {
    let names = file.items.iter().filter_map(|item| item.kind.name());
    names.map(|name| name.text.clone())
}

/// The packages that the files of a group declare, each at its first file.
fn packages<'a>(group: &Group<'a>) -> Vec<&'a ast::Package> {
    let mut packages: Vec<&ast::Package> = Vec::new();
    for package in group.files.iter().filter_map(|file| file.package.as_ref()) {
        if !packages.iter().any(|known| is_same(known, package)) {
            packages.push(package);
        }
    }
    packages
}

fn is_same(one: &ast::Package, other: &ast::Package) -> bool {
    let version = |package: &ast::Package| package.name.version.as_ref().map(|it| it.text.clone());
    package_path(&one.name) == package_path(&other.name) && version(one) == version(other)
}

fn mismatch(packages: &[&ast::Package], sources: &SourceMap) -> Diagnostic {
    let name = |package: &ast::Package| sources.slice(package.name.span);
    let [first, second, rest @ ..] = packages else {
        unreachable!("there are several");
    };
    let message = format!(
        "the files of a directory are one package, but this one is `{}`",
        name(second)
    );
    let diagnostic = Diagnostic::new(Code::PackageMismatch, second.name.span, message, "")
        .cause(first.name.span, format!("another one is `{}`", name(first)));
    let diagnostic = rest.iter().fold(diagnostic, |diagnostic, other| {
        diagnostic.cause(other.name.span, format!("and one is `{}`", name(other)))
    });
    diagnostic
        .help("give them all the same name, or put them into different directories")
        .help("a file that is named by itself, and not its directory, is a package by itself")
}

/// The files of each package; files that declare none go to the first.
fn parts<'a>(group: &Group<'a>, packages: &[&ast::Package], sources: &SourceMap) -> Vec<Group<'a>> {
    let place = |file: &ast::File| {
        let path = sources.path(file.span.file);
        let directory = path.parent().unwrap_or(Path::new("")).to_owned();
        (directory, syntax::stem(path))
    };
    let all: Vec<_> = group.files.iter().map(|file| place(file)).collect();
    let count = packages.len().max(1);
    let part = |index: usize| {
        let mut files = group.files.clone();
        files.retain(|file| {
            let found = file
                .package
                .as_ref()
                .and_then(|package| packages.iter().position(|known| is_same(known, package)));
            found.unwrap_or_default() == index
        });
        let own: Vec<_> = files.iter().map(|file| place(file)).collect();
        let mut names = group.names.clone();
        // The first package keeps the directory's name.
        names.retain(|name| own.contains(name) || (index == 0 && !all.contains(name)));
        Group {
            files,
            stem: group.stem.clone(),
            names,
            is_input: group.is_input,
        }
    };
    (0..count).map(part).collect()
}
