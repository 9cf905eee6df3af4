//! Resolves the paths after `use`, `import`, `export` and `include`.

use super::{PackageId, joined_path};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::ModuleId;
use crate::resolve::Resolver;
use crate::resolve::declarations::ModuleKind;
use crate::source::SourceKind;
use crate::syntax::ast::{Name, UsePath};

/// The kind of module that a path must lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// An interface, or the top-level items of a package or file.
    Interface,
    World,
    /// Either: what `use path;` names.
    Any,
}

impl Resolver<'_, '_> {
    /// The module that `path`, which occurs in `from`, leads to. Reports if there is none.
    pub(super) fn find(
        &mut self,
        path: &UsePath,
        from: ModuleId,
        wanted: Wanted,
    ) -> Option<ModuleId> {
        let last = path.names.last()?;
        let module = if path.namespaces.is_empty() {
            self.find_near(path, last, from, wanted)?
        } else {
            self.find_in_package(path, from, wanted)?
        };
        if let Some(feature) = self.declared[module].hidden.clone() {
            self.refuse_hidden(&last.text, last.span, &feature);
            return None;
        }
        let is_world = matches!(self.declared[module].kind, ModuleKind::World(_));
        let (is, needed) = match wanted {
            Wanted::Interface if is_world => ("a world", "an interface"),
            Wanted::World if !is_world => ("an interface", "a world"),
            _ => return Some(module),
        };
        let message = format!("`{}` is {is}, and {needed} is needed here", last.text);
        let place = self.declared[module].name.span;
        self.report(
            Diagnostic::new(Code::NotAnInterface, last.span, message, "")
                .cause(place, "declared here"),
        );
        None
    }

    /// A name without a package: an interface or world of the same package, else a file beside this one.
    fn find_near(
        &mut self,
        path: &UsePath,
        name: &Name,
        from: ModuleId,
        wanted: Wanted,
    ) -> Option<ModuleId> {
        let package = self.declared[from].package;
        let root = self.packages.list[package].root;
        let file = path.span.file;
        // The declaration of an alias of the file does not refer to the alias itself.
        if wanted != Wanted::Any
            && let Some(scope) = self.declared[root].files.get(&file)
            && let Some(module) = scope.module(&name.text)
        {
            return module;
        }
        if let Some(module) = self.declared[root].scope.module(&name.text) {
            return module;
        }
        if let Some(sibling) = self.sibling(name) {
            return Some(self.packages.list[sibling].root);
        }
        if self.may_be_declared(name) {
            return None;
        }
        let what = match wanted {
            Wanted::World => "world",
            Wanted::Interface | Wanted::Any => "interface",
        };
        let message = format!("there is no {what} `{}`", name.text);
        let mut diagnostic =
            Diagnostic::new(Code::UnknownModule, name.span, message, "not declared");
        let near = self.declared[root].scope.module_names();
        let place = self.packages.places.get(&file);
        let siblings = self
            .packages
            .by_file
            .keys()
            .filter(|(other, _)| Some(other) == place);
        let names = near.chain(siblings.map(|(_, stem)| stem.as_str()));
        diagnostic = match suggest::nearest(&name.text, names) {
            Some(nearest) => diagnostic.help(format!("did you mean `{nearest}`?")),
            None if self.sources.file(file).kind() == SourceKind::Wit => diagnostic.help(format!(
                "declare it in this package with `{what} {} {{ … }}`, or name its package: `namespace:package/{}`",
                name.text, name.text
            )),
            None => diagnostic.help(format!(
                "declare it with `{what} {} {{ … }}`, or in a file {}.pyidl beside this one",
                name.text, name.text
            )),
        };
        self.report(diagnostic);
        None
    }

    /// The package of the file `name` in the directory of the file that refers to it.
    fn sibling(&self, name: &Name) -> Option<PackageId> {
        let place = self.packages.places.get(&name.span.file)?;
        let key = (place.clone(), name.text.clone());
        self.packages.by_file.get(&key).copied()
    }

    fn find_in_package(
        &mut self,
        path: &UsePath,
        from: ModuleId,
        wanted: Wanted,
    ) -> Option<ModuleId> {
        let length = self.package_length(path);
        let package = self.find_package(path, length)?;
        let here = self.declared[from].package;
        if package == here && self.sources.file(path.span.file).kind() == SourceKind::Wit {
            let message = "a package cannot use itself by its full name";
            let name = path.names.last().map_or("…", |name| name.text.as_str());
            self.report(
                Diagnostic::new(Code::UseCycle, path.span, message, "")
                    .help(format!("write `{name}` only")),
            );
            return None;
        }
        let root = self.packages.list[package].root;
        let Some(name) = path.names.get(length) else {
            return Some(root);
        };
        if let Some(module) = self.declared[root].scope.module(&name.text) {
            return module;
        }
        if self.package_is_damaged(package) {
            return None;
        }
        let what = match wanted {
            Wanted::World => "world",
            Wanted::Interface | Wanted::Any => "interface",
        };
        let shown = self.packages.list[package].path.clone().unwrap_or_default();
        let message = format!("the package `{shown}` has no {what} `{}`", name.text);
        let mut diagnostic =
            Diagnostic::new(Code::UnknownModule, name.span, message, "not declared");
        if let Some(declared) = self.packages.list[package].name {
            diagnostic = diagnostic.cause(declared.span, "the package is declared here");
        }
        let names: Vec<&str> = self.declared[root].scope.module_names().collect();
        if let Some(nearest) = suggest::nearest(&name.text, names.iter().copied()) {
            diagnostic = diagnostic.help(format!("did you mean `{nearest}`?"));
        } else if !names.is_empty() {
            diagnostic = diagnostic.help(format!("it has {}", listed(names)));
        }
        self.report(diagnostic);
        None
    }

    /// Whether the parser reported an error in a file of the package, in which case any name may be declared there.
    fn package_is_damaged(&self, package: PackageId) -> bool {
        let files = &self.packages.list[package].files;
        files
            .iter()
            .any(|file| self.damage.contains_key(&file.span.file))
    }

    /// Whether the parser reported an error at the declaration of `module`.
    pub(super) fn module_is_damaged(&self, module: ModuleId) -> bool {
        self.package_is_damaged(self.declared[module].package)
    }

    /// How many names of `path` belong to its package: `acme:geometry/solids` may be a package, or an interface of
    /// `acme:geometry`. If both exist, the interface takes precedence.
    fn package_length(&self, path: &UsePath) -> usize {
        let whole = path.names.len();
        let packages = |length| {
            let wanted = joined_path(&path.namespaces, &path.names[..length]);
            let known = self.packages.by_path.get(&wanted);
            known.map_or(&[][..], Vec::as_slice)
        };
        let declares = |package: &PackageId| {
            let scope = &self.declared[self.packages.list[*package].root].scope;
            let name = path.names.last();
            name.is_some_and(|name| scope.module(&name.text).is_some())
        };
        let before = whole.saturating_sub(1);
        if before == 0 || packages(before).iter().any(declares) {
            return before.max(1);
        }
        match packages(whole).is_empty() {
            true => before,
            false => whole,
        }
    }

    /// The package that the first `length` names of `path` refer to: the named version, or the only one.
    fn find_package(&mut self, path: &UsePath, length: usize) -> Option<PackageId> {
        let names = &path.names[..length];
        let wanted = joined_path(&path.namespaces, names);
        let span = match (path.namespaces.first(), names.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => path.span,
        };
        let known = self.packages.by_path.get(&wanted);
        let Some(known) = known.filter(|known| !known.is_empty()) else {
            self.unknown_package(&wanted, span);
            return None;
        };
        let version_of = |id: PackageId| {
            let name = self.packages.list[id].name;
            name.and_then(|name| name.version.as_ref())
        };
        let found = match &path.version {
            Some(version) => known
                .iter()
                .find(|id| version_of(**id).is_some_and(|known| known.text == version.text)),
            None => match known.as_slice() {
                [only] => Some(only),
                several => several.iter().find(|id| version_of(**id).is_none()),
            },
        };
        if let Some(found) = found {
            return Some(*found);
        }
        let mut versions: Vec<String> = known
            .iter()
            .map(|id| {
                version_of(*id).map_or("one without a version".to_owned(), |v| v.text.clone())
            })
            .collect();
        versions.sort();
        let (message, place) = match &path.version {
            Some(version) => (
                format!(
                    "there is no version {} of the package `{wanted}`",
                    version.text
                ),
                version.span,
            ),
            None => (
                format!("there are several versions of the package `{wanted}`"),
                span,
            ),
        };
        let first = known[0];
        let mut diagnostic = Diagnostic::new(Code::UnknownModule, place, message, "");
        if let Some(name) = self.packages.list[first].name {
            diagnostic = diagnostic.cause(name.span, "declared here");
        }
        let versions = listed(versions.iter().map(String::as_str).collect());
        self.report(diagnostic.help(match &path.version {
            Some(_) => format!("there is {versions}"),
            None => format!("write one of them after `@`: {versions}"),
        }));
        None
    }

    fn unknown_package(&mut self, wanted: &str, span: crate::source::Span) {
        let message = format!("there is no package `{wanted}`");
        let mut diagnostic = Diagnostic::new(Code::UnknownModule, span, message, "not found");
        let known = self.packages.by_path.keys().map(String::as_str);
        if let Some(nearest) = suggest::nearest(wanted, known) {
            diagnostic = diagnostic.help(format!("did you mean `{nearest}`?"));
        }
        let name = wanted.rsplit([':', '/']).next().unwrap_or(wanted);
        let searched: Vec<String> = self
            .searched
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        diagnostic = match searched.first() {
            Some(first) => diagnostic.help(format!(
                "put its files into {first}/{name}/; it was looked for in {}",
                searched.join(", ")
            )),
            None => diagnostic.help(format!(
                "put its files into a directory `deps/{name}/` beside this file"
            )),
        };
        self.report(diagnostic);
    }
}

/// Names listed in a sentence; only the first ones if there are many.
fn listed(mut names: Vec<&str>) -> String {
    const SHOWN: usize = 5;
    names.sort_unstable();
    let more = names.len() > SHOWN;
    names.truncate(SHOWN);
    let mut text = format!("`{}`", names.join("`, `"));
    if more {
        text.push_str(", …");
    }
    text
}
