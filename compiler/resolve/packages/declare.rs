//! The first pass: packages get their indices and names. [`modules`](super::modules) declares what is in them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::modules;
use super::tables::{Package, PackageId, package_path};
use super::version::Version;
use super::workspace::Group;
use crate::diagnostic::{Code, Diagnostic};
use crate::model;
use crate::names::snake;
use crate::resolve::attributes::{self, Site};
use crate::resolve::context::{Binder, Context};
use crate::resolve::declarations::{Attributes, ModuleKind, NameCase};
use crate::resolve::docs::{docs, lines};
use crate::resolve::findings::Findings;
use crate::resolve::identifiers;
use crate::resolve::lookup::{Names, Where};
use crate::source::{SourceKind, Span};
use crate::syntax::ast::{self, ItemKind};

/// Renames modules of used packages that share a name, by the part that tells the packages apart: `wasi-io`, `io-0-2-1`.
/// Requested packages keep their names.
fn name_packages_apart(all: &mut Names) {
    let mut by_name: BTreeMap<String, Vec<PackageId>> = BTreeMap::new();
    for (id, package) in all.packages.list.iter().enumerate() {
        let name = &all.declared[package.root].name;
        if package.path.is_some() && name.python.is_none() {
            by_name.entry(snake(&name.text)).or_default().push(id);
        }
    }
    for ids in by_name.values().filter(|ids| ids.len() > 1) {
        let packages = ids.iter().map(|id| &all.packages.list[*id]);
        let packages: Vec<_> = packages.collect();
        let used = packages.iter().filter(|package| !package.is_unit);
        let names: Vec<_> = used
            .map(|package| (package.root, apart(package, &packages)))
            .collect();
        for (root, name) in names {
            all.declared[root].name.text = name;
        }
    }
}

/// Declares the contents of all files of all groups.
pub(crate) fn declare<'a>(cx: &mut Binder<'a>, groups: &'a [Group<'a>]) {
    for group in groups {
        for file in &group.files {
            let file = file.span.file;
            let place = cx.names.sources.path(file).parent();
            let place = place.map_or_else(PathBuf::new, PathBuf::from);
            cx.names.packages.places.insert(file, place);
        }
        let nested = |item: &&'a ast::Item| matches!(item.kind, ItemKind::NestedPackage(_));
        let items = || group.files.iter().flat_map(|file| &file.items);
        let declared = agreed(&mut cx.findings, group);
        let has_nested = items().any(|item| nested(&item));
        let has_main = declared.is_some() || !has_nested || items().any(|item| !nested(&item));
        if has_main {
            declare_main(cx, group, declared);
        }
        for file in &group.files {
            for item in &file.items {
                if let ItemKind::NestedPackage(package) = &item.kind {
                    let is_unit = group.is_input && !has_main;
                    declare_nested(cx, file, package, &item.meta, is_unit);
                }
            }
        }
    }
    name_packages_apart(&mut cx.names);
}

/// The package that the files of a group declare; preferably the documented declaration.
fn agreed<'a>(findings: &mut Findings, group: &Group<'a>) -> Option<&'a ast::Package> {
    let mut declarations = group.files.iter().filter_map(|file| file.package.as_ref());
    let mut documented = declarations.next()?;
    for other in declarations {
        if !other.meta.docs.is_empty() && !documented.meta.docs.is_empty() {
            let message = "the documentation of this package is in another file already";
            findings.report(
                Diagnostic::new(
                    Code::PackageMismatch,
                    other.meta.docs[0].span,
                    message,
                    "the second one",
                )
                .cause(documented.meta.docs[0].span, "the first one")
                .help("put it all into one of the files"),
            );
        }
        if documented.meta.docs.is_empty() {
            documented = other;
        }
    }
    Some(documented)
}

fn declare_main<'a>(cx: &mut Binder<'a>, group: &'a Group<'a>, declared: Option<&'a ast::Package>) {
    if declared.is_none() {
        require_package(&mut cx.context(), group);
    }
    let name = declared.map(|package| &package.name);
    let id = add_package(cx, name, group.is_input, group.files.clone());
    let root = cx.names.packages.list[id].root;
    for name in &group.names {
        cx.names.packages.by_file.entry(name.clone()).or_insert(id);
    }
    let at = Where::module(root);
    let python = package_attributes(cx, at, group);
    for file in &group.files {
        modules::declare(cx, at, &file.items);
    }
    let documented = group.files.iter().find(|file| !file.docs.is_empty());
    cx.names.declared[root].docs = match documented {
        Some(file) => lines(&file.docs),
        None => declared.map_or_else(model::Docs::default, |package| docs(&package.meta)),
    };
    let Some(package) = declared else {
        let file = group.files[0];
        let span = Span {
            end: file.span.start,
            ..file.span
        };
        cx.names.declared[root].name = model::Name {
            text: group.stem.clone(),
            python: None,
            span,
        };
        return;
    };
    require_namespace(&mut cx.context(), &package.name, ";");
    if let Some(last) = package.name.names.last() {
        let attributes = Attributes {
            python,
            ..Attributes::default()
        };
        let name = identifiers::declared_name(&mut cx.findings, last, &attributes);
        cx.names.declared[root].name = name;
    }
}

/// Reads the attributes of a package in all of its files: sets the naming convention, and
/// returns its own name in Python.
fn package_attributes<'a>(cx: &mut Binder<'a>, at: Where, group: &Group<'a>) -> Option<String> {
    let mut python = None;
    let mut names: Option<(NameCase, Span)> = None;
    for package in group.files.iter().filter_map(|file| file.package.as_ref()) {
        let attributes = attributes::read(&mut cx.context(), at, &package.meta, Site::Package);
        python = python.or(attributes.python);
        match (names, attributes.names) {
            (Some((first, place)), Some((other, span))) if first != other => {
                let message = "the files of this package want its names in different cases";
                cx.findings.report(
                    Diagnostic::new(Code::PackageMismatch, span, message, "another case")
                        .cause(place, "the first one")
                        .help("delete one of the two: it holds for all files"),
                );
            }
            (None, Some(given)) => names = Some(given),
            _ => {}
        }
    }
    if let Some((case, _)) = names {
        cx.names.declared[at.module].case = case;
    }
    python
}

/// WIT requires a package name.
fn require_package(cx: &mut Context, group: &Group<'_>) {
    let Some(file) = group.files.iter().find(|file| {
        cx.names.sources.file(file.span.file).kind() == SourceKind::Wit
            && !cx.findings.damage.contains_key(&file.span.file)
    }) else {
        return;
    };
    if group
        .files
        .iter()
        .any(|file| cx.names.sources.file(file.span.file).kind() == SourceKind::Pyidl)
    {
        return;
    }
    let first = file
        .items
        .first()
        .map_or(file.span.start, |item| item.span.start);
    let message = "no file of this package says what it is called";
    let span = Span::new(file.span.file, first, first);
    cx.report(
        Diagnostic::new(Code::MissingPackage, span, message, "")
            .help(format!("write `package local:{};` before it", group.stem)),
    );
}

/// WIT requires a namespace, too. `end` is the text after the name.
fn require_namespace(cx: &mut Context, name: &ast::PackageName, end: &str) {
    if cx.names.is_wit(name.span) && name.namespaces.is_empty() {
        let message = "WIT wants a namespace before the name of a package";
        let text = cx.names.sources.slice(name.span);
        let help = format!("write `package local:{text}{end}`");
        cx.report(
            Diagnostic::new(Code::MissingPackage, name.span, message, "no namespace").help(help),
        );
    }
}

fn declare_nested<'a>(
    cx: &mut Binder<'a>,
    file: &'a ast::File,
    package: &'a ast::NestedPackage,
    meta: &'a ast::Meta,
    is_unit: bool,
) {
    require_namespace(&mut cx.context(), &package.name, " { … }");
    let id = add_package(cx, Some(&package.name), is_unit, vec![file]);
    let root = cx.names.packages.list[id].root;
    let at = Where::module(root);
    let attributes = attributes::read(&mut cx.context(), at, meta, Site::Package);
    if let Some(last) = package.name.names.last() {
        cx.names.declared[root].name =
            identifiers::declared_name(&mut cx.findings, last, &attributes);
    }
    if let Some((case, _)) = attributes.names {
        cx.names.declared[root].case = case;
    }
    modules::declare(cx, at, &package.items);
}

fn add_package<'a>(
    cx: &mut Binder<'a>,
    name: Option<&'a ast::PackageName>,
    is_unit: bool,
    files: Vec<&'a ast::File>,
) -> PackageId {
    let id = cx.names.packages.list.len();
    let root = modules::declare_module(
        &mut cx.names,
        model::Name::default(),
        ModuleKind::Root,
        None,
        id,
    );
    let version = name.and_then(|name| name.version.as_ref());
    let path = name.map(package_path);
    if let (Some(name), Some(path)) = (name, &path) {
        let known = cx.names.packages.by_path.entry(path.clone()).or_default();
        let same = known.iter().find(|other| {
            let other = cx.names.packages.list[**other].name;
            let other = other.and_then(|name| name.version.as_ref());
            other.map(|version| &version.text) == version.map(|version| &version.text)
        });
        match same.map(|other| cx.names.packages.list[*other].name) {
            None => known.push(id),
            Some(first) => {
                let message = format!(
                    "the package `{}` is declared twice",
                    cx.names.sources.slice(name.span)
                );
                let mut diagnostic =
                    Diagnostic::new(Code::DuplicatePackage, name.span, message, "");
                if let Some(first) = first {
                    diagnostic = diagnostic.cause(first.span, "first declared here");
                }
                cx.findings.report(diagnostic);
            }
        }
    }
    cx.names.packages.list.push(Package {
        root,
        name,
        path,
        version: version.and_then(|version| Version::parse(&version.text)),
        is_unit,
        files,
    });
    id
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
