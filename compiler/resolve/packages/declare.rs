//! The packages, interfaces and worlds of all files get their places, and their items are declared.

use std::path::PathBuf;

use super::uses::{Use, UseKind};
use super::version::Version;
use super::{Group, Package, PackageId, package_path};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{self, ItemId, ModuleId};
use crate::resolve::attributes::Site;
use crate::resolve::declarations::{DeclaredModule, ModuleKind};
use crate::resolve::scope::{Entity, Scope};
use crate::resolve::{Resolver, docs as docs_of, lines};
use crate::source::{SourceKind, Span};
use crate::syntax::ast::{self, ItemKind};

impl<'a> Resolver<'a, '_> {
    /// Declares all that the files of all groups hold.
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
                        self.declare_nested(file, package, is_unit);
                    }
                }
            }
        }
    }

    /// The package that the files of a group declare. That they declare different ones is reported.
    fn agreed(&mut self, group: &Group<'a>) -> Option<&'a ast::Package> {
        let mut declarations = group.files.iter().filter_map(|file| file.package.as_ref());
        let first = declarations.next()?;
        let shown = |package: &ast::Package| self.sources.slice(package.name.span).to_owned();
        let key = |package: &ast::Package| {
            let version = package.name.version.as_ref();
            (
                package_path(&package.name),
                version.map(|version| version.text.clone()),
            )
        };
        let mut documented = first;
        for other in declarations {
            if key(other) != key(first) {
                let message = format!(
                    "the files of a directory are one package, but this one is `{}`",
                    shown(other)
                );
                self.report(
                    Diagnostic::new(Code::PackageMismatch, other.name.span, message, "")
                        .cause(
                            first.name.span,
                            format!("another one is `{}`", shown(first)),
                        )
                        .help("give both the same name, or put them into different directories"),
                );
            } else if !other.meta.docs.is_empty() && !documented.meta.docs.is_empty() {
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
        for file in &group.files {
            self.current = root;
            self.declare(&file.items);
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
        self.require_namespace(&package.name);
        if let Some(last) = package.name.names.last() {
            let attributes = self.attributes(&package.meta, Site::Package);
            let name = self.name(last, &attributes);
            self.declared[root].name = name;
        }
    }

    /// WIT wants a package to have a name.
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

    /// WIT wants a namespace in the name, too.
    fn require_namespace(&mut self, name: &ast::PackageName) {
        if self.is_wit(name.span) && name.namespaces.is_empty() {
            let message = "WIT wants a namespace before the name of a package";
            let text = self.sources.slice(name.span);
            let help = format!("write `package local:{text};`");
            self.report(Diagnostic::new(Code::MissingPackage, name.span, message, "").help(help));
        }
    }

    fn declare_nested(
        &mut self,
        file: &'a ast::File,
        package: &'a ast::NestedPackage,
        is_unit: bool,
    ) {
        let id = self.add_package(Some(&package.name), is_unit, vec![file]);
        let root = self.packages.list[id].root;
        if let Some(last) = package.name.names.last() {
            self.declared[root].name = model::Name {
                text: last.text.clone(),
                python: None,
                span: last.span,
            };
        }
        self.current = root;
        self.declare(&package.items);
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

    fn declare_module(
        &mut self,
        name: model::Name,
        kind: ModuleKind,
        outer: Option<ModuleId>,
        package: PackageId,
    ) -> ModuleId {
        self.declared.modules.push(DeclaredModule {
            name,
            docs: model::Docs::default(),
            kind,
            outer,
            package,
            hidden: None,
            items: Vec::new(),
            scope: Scope::default(),
            files: Default::default(),
        });
        ModuleId(self.declared.modules.len() as u32 - 1)
    }

    /// Declares items of the current module.
    pub(in crate::resolve) fn declare(&mut self, items: &'a [ast::Item]) {
        let current = self.current;
        for item in items {
            match &item.kind {
                ItemKind::NestedPackage(_) => continue,
                ItemKind::Interface(interface) => {
                    self.declare_container(
                        &interface.name,
                        item,
                        ModuleKind::Interface,
                        Site::Interface,
                    );
                    continue;
                }
                ItemKind::ImportBlock(import) => {
                    self.check_python_module(&import.module);
                    let kind = ModuleKind::Import(import.module.value.clone());
                    self.declare_container(&import.name, item, kind, Site::Import);
                    continue;
                }
                ItemKind::World(world) => {
                    self.declare_world(world, item);
                    continue;
                }
                ItemKind::Use(used) => {
                    self.declare_use(item, UseKind::Module(used), used.path.span);
                    continue;
                }
                ItemKind::UseNames(used) => {
                    self.declare_use(item, UseKind::Names(used), used.path.span);
                    continue;
                }
                _ => {}
            }
            if let Some((id, name)) = self.declare_here(item) {
                let scope = &mut self.declared[current].scope;
                let is_hidden = matches!(scope.entity(&name.text), Some(Entity::Hidden(_)));
                let first = scope.declare(name, Entity::Item(id));
                self.declared[current].items.push(id);
                if let Some(first) = first.filter(|_| is_hidden) {
                    self.declared_twice(name, first);
                }
            }
        }
    }

    /// Declares an item of the current module unless a gate hides it.
    fn declare_here(&mut self, item: &'a ast::Item) -> Option<(ItemId, &'a ast::Name)> {
        let name = item.kind.name();
        let span = name.map_or(item.span, |name| name.span);
        if let Some(feature) = self.hidden(&item.meta, span) {
            if let Some(name) = name {
                let current = self.current;
                if let ItemKind::Class(class) = &item.kind {
                    self.refuse_members_always_there(class, &feature);
                }
                let entity = self.hidden_entity(feature);
                if let Some(first) = self.declared[current].scope.declare(name, entity) {
                    self.declared_twice(name, first);
                }
            }
            return None;
        }
        let (name, id) = self.declare_item(item)?;
        Some((id, name))
    }

    fn declare_use(&mut self, item: &'a ast::Item, kind: UseKind<'a>, span: Span) {
        let module = self.current;
        self.attributes(&item.meta, Site::Use);
        let hidden = self.hidden(&item.meta, span);
        self.packages.uses.push(Use {
            module,
            kind,
            hidden,
        });
    }

    /// Declares a module in the current one, and what is in it.
    fn declare_container(
        &mut self,
        name: &'a ast::Name,
        item: &'a ast::Item,
        kind: ModuleKind,
        site: Site,
    ) {
        let outer = self.current;
        let module = self.declare_named(name, item, kind, site);
        match self.declared[module].hidden.clone() {
            Some(feature) => self.refuse_types_always_there(name, item.kind.items(), &feature),
            None => {
                self.current = module;
                self.declare(item.kind.items());
                self.current = outer;
            }
        }
    }

    /// A module in the current one that others find by its name, without its contents.
    pub(super) fn declare_named(
        &mut self,
        name: &'a ast::Name,
        item: &'a ast::Item,
        kind: ModuleKind,
        site: Site,
    ) -> ModuleId {
        let outer = self.current;
        let module = self.declare_inner(name, item, kind, site);
        let scope = &mut self.declared[outer].scope;
        if let Some(first) = scope.declare_module(name, module) {
            self.declared_twice(name, first);
        }
        module
    }

    fn declared_twice(&mut self, name: &ast::Name, first: Span) {
        let message = format!("`{}` is declared twice", name.text);
        self.report(
            Diagnostic::new(Code::DuplicateName, name.span, message, "")
                .cause(first, "first declared here"),
        );
    }

    /// A module in the current one, without its contents.
    pub(super) fn declare_inner(
        &mut self,
        name: &'a ast::Name,
        item: &'a ast::Item,
        kind: ModuleKind,
        site: Site,
    ) -> ModuleId {
        let attributes = self.attributes(&item.meta, site);
        let hidden = self.hidden(&item.meta, name.span);
        let name = self.name(name, &attributes);
        let outer = self.current;
        // What a world declares is not seen in the interfaces that stand in it.
        let outer = match self.declared[outer].kind {
            ModuleKind::World(_) => self.declared[outer].outer,
            _ => Some(outer),
        };
        let package = self.declared[self.current].package;
        let module = self.declare_module(name, kind, outer, package);
        self.declared[module].docs = docs_of(&item.meta);
        self.declared[module].hidden = hidden;
        module
    }
}
