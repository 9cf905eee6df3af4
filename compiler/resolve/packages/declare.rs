//! Assigns the packages of all files their indices.

use std::path::PathBuf;

use super::version::Version;
use super::{Group, Package, PackageId, package_path};
use crate::diagnostic::{Code, Diagnostic};
use crate::model;
use crate::resolve::attributes::{Attributes, NameCase, Site};
use crate::resolve::context::Where;
use crate::resolve::declarations::ModuleKind;
use crate::resolve::{Resolver, docs as docs_of, lines};
use crate::source::{SourceKind, Span};
use crate::syntax::ast::{self, ItemKind};

impl<'a> Resolver<'a, '_> {
    /// Declares the contents of all files of all groups.
    pub(in crate::resolve) fn declare_packages(&mut self, groups: &'a [Group<'a>]) {
        for group in groups {
            for file in &group.files {
                let file = file.span.file;
                let place = self.sources.path(file).parent();
                let place = place.map_or_else(PathBuf::new, PathBuf::from);
                self.packages.places.insert(file, place);
            }
            let nested = |item: &&'a ast::Item| matches!(item.kind, ItemKind::NestedPackage(_));
            let items = || group.files.iter().flat_map(|file| &file.items);
            let declared = self.agreed(group);
            let has_nested = items().any(|item| nested(&item));
            let has_main = declared.is_some() || !has_nested || items().any(|item| !nested(&item));
            if has_main {
                self.declare_main(group, declared);
            }
            for file in &group.files {
                for item in &file.items {
                    if let ItemKind::NestedPackage(package) = &item.kind {
                        let is_unit = group.is_input && !has_main;
                        self.declare_nested(file, package, &item.meta, is_unit);
                    }
                }
            }
        }
        self.name_packages_apart();
    }

    /// The package that the files of a group declare; preferably the documented declaration.
    fn agreed(&mut self, group: &Group<'a>) -> Option<&'a ast::Package> {
        let mut declarations = group.files.iter().filter_map(|file| file.package.as_ref());
        let mut documented = declarations.next()?;
        for other in declarations {
            if !other.meta.docs.is_empty() && !documented.meta.docs.is_empty() {
                let message = "the documentation of this package is in another file already";
                self.report(
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

    fn declare_main(&mut self, group: &'a Group<'a>, declared: Option<&'a ast::Package>) {
        if declared.is_none() {
            self.require_package(group);
        }
        let name = declared.map(|package| &package.name);
        let id = self.add_package(name, group.is_input, group.files.clone());
        let root = self.packages.list[id].root;
        for name in &group.names {
            self.packages.by_file.entry(name.clone()).or_insert(id);
        }
        let at = Where::module(root);
        let python = self.package_attributes(at, group);
        for file in &group.files {
            self.declare(at, &file.items);
        }
        let docs = group.files.iter().find(|file| !file.docs.is_empty());
        self.declared[root].docs = match docs {
            Some(file) => lines(&file.docs),
            None => declared.map_or_else(model::Docs::default, |package| docs_of(&package.meta)),
        };
        let Some(package) = declared else {
            let file = group.files[0];
            let span = Span {
                end: file.span.start,
                ..file.span
            };
            self.declared[root].name = model::Name {
                text: group.stem.clone(),
                python: None,
                span,
            };
            return;
        };
        self.require_namespace(&package.name, ";");
        if let Some(last) = package.name.names.last() {
            let attributes = Attributes {
                python,
                ..Attributes::default()
            };
            let name = self.name(last, &attributes);
            self.declared[root].name = name;
        }
    }

    /// Reads the attributes of a package in all of its files: sets the naming convention, and
    /// returns its own name in Python.
    fn package_attributes(&mut self, at: Where, group: &Group<'a>) -> Option<String> {
        let mut python = None;
        let mut names: Option<(NameCase, Span)> = None;
        for package in group.files.iter().filter_map(|file| file.package.as_ref()) {
            let attributes = self.attributes(at, &package.meta, Site::Package);
            python = python.or(attributes.python);
            match (names, attributes.names) {
                (Some((first, place)), Some((other, span))) if first != other => {
                    let message = "the files of this package want its names in different cases";
                    self.report(
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
            self.declared[at.module].case = case;
        }
        python
    }

    /// WIT requires a package name.
    fn require_package(&mut self, group: &Group<'_>) {
        let Some(file) = group.files.iter().find(|file| {
            self.sources.file(file.span.file).kind() == SourceKind::Wit
                && !self.damage.contains_key(&file.span.file)
        }) else {
            return;
        };
        if group
            .files
            .iter()
            .any(|file| self.sources.file(file.span.file).kind() == SourceKind::Pyidl)
        {
            return;
        }
        let first = file
            .items
            .first()
            .map_or(file.span.start, |item| item.span.start);
        let message = "no file of this package says what it is called";
        let span = Span::new(file.span.file, first, first);
        self.report(
            Diagnostic::new(Code::MissingPackage, span, message, "")
                .help(format!("write `package local:{};` before it", group.stem)),
        );
    }

    /// WIT requires a namespace, too. `end` is the text after the name.
    fn require_namespace(&mut self, name: &ast::PackageName, end: &str) {
        if self.is_wit(name.span) && name.namespaces.is_empty() {
            let message = "WIT wants a namespace before the name of a package";
            let text = self.sources.slice(name.span);
            let help = format!("write `package local:{text}{end}`");
            self.report(
                Diagnostic::new(Code::MissingPackage, name.span, message, "no namespace")
                    .help(help),
            );
        }
    }

    fn declare_nested(
        &mut self,
        file: &'a ast::File,
        package: &'a ast::NestedPackage,
        meta: &'a ast::Meta,
        is_unit: bool,
    ) {
        self.require_namespace(&package.name, " { … }");
        let id = self.add_package(Some(&package.name), is_unit, vec![file]);
        let root = self.packages.list[id].root;
        let at = Where::module(root);
        let attributes = self.attributes(at, meta, Site::Package);
        if let Some(last) = package.name.names.last() {
            self.declared[root].name = self.name(last, &attributes);
        }
        if let Some((case, _)) = attributes.names {
            self.declared[root].case = case;
        }
        self.declare(at, &package.items);
    }

    fn add_package(
        &mut self,
        name: Option<&'a ast::PackageName>,
        is_unit: bool,
        files: Vec<&'a ast::File>,
    ) -> PackageId {
        let id = self.packages.list.len();
        let root = self.declare_module(model::Name::default(), ModuleKind::Root, None, id);
        let version = name.and_then(|name| name.version.as_ref());
        let path = name.map(package_path);
        if let (Some(name), Some(path)) = (name, &path) {
            let known = self.packages.by_path.entry(path.clone()).or_default();
            let same = known.iter().find(|other| {
                let other = self.packages.list[**other].name;
                let other = other.and_then(|name| name.version.as_ref());
                other.map(|version| &version.text) == version.map(|version| &version.text)
            });
            match same.map(|other| self.packages.list[*other].name) {
                None => known.push(id),
                Some(first) => {
                    let message = format!(
                        "the package `{}` is declared twice",
                        self.sources.slice(name.span)
                    );
                    let mut diagnostic =
                        Diagnostic::new(Code::DuplicatePackage, name.span, message, "");
                    if let Some(first) = first {
                        diagnostic = diagnostic.cause(first.span, "first declared here");
                    }
                    self.report(diagnostic);
                }
            }
        }
        self.packages.list.push(Package {
            root,
            name,
            path,
            version: version.and_then(|version| Version::parse(&version.text)),
            is_unit,
            files,
        });
        id
    }
}
