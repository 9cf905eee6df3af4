//! Resolves the paths after `use`, `import`, `export` and `include`.

use super::tables::{PackageId, joined_path};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::ModuleId;
use crate::resolve::context::Context;
use crate::resolve::declarations::ModuleKind;
use crate::resolve::gates;
use crate::resolve::lookup::Names;
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

/// The module that `path`, which occurs in `from`, leads to. Reports if there is none.
pub(super) fn find(
    cx: &mut Context,
    path: &UsePath,
    from: ModuleId,
    wanted: Wanted,
) -> Option<ModuleId> {
    let last = path.names.last()?;
    let module = if path.namespaces.is_empty() {
        find_near(cx, path, last, from, wanted)?
    } else {
        find_in_package(cx, path, from, wanted)?
    };
    if let Some(feature) = cx.names.declared[module].hidden.clone() {
        gates::refuse_hidden(cx.findings, &last.text, last.span, &feature);
        return None;
    }
    let is_world = matches!(cx.names.declared[module].kind, ModuleKind::World(_));
    let (is, needed) = match wanted {
        Wanted::Interface if is_world => ("a world", "an interface"),
        Wanted::World if !is_world => ("an interface", "a world"),
        _ => return Some(module),
    };
    let message = format!("`{}` is {is}, and {needed} is needed here", last.text);
    let place = cx.names.declared[module].name.span;
    cx.report(
        Diagnostic::new(Code::NotAnInterface, last.span, message, "").cause(place, "declared here"),
    );
    None
}

/// A name without a package: an interface or world of the same package, else a file beside this one.
fn find_near(
    cx: &mut Context,
    path: &UsePath,
    name: &Name,
    from: ModuleId,
    wanted: Wanted,
) -> Option<ModuleId> {
    let package = cx.names.declared[from].package;
    let root = cx.names.packages.list[package].root;
    let file = path.span.file;
    // The declaration of an alias of the file does not refer to the alias itself.
    if wanted != Wanted::Any
        && let Some(scope) = cx.names.declared[root].files.get(&file)
        && let Some(module) = scope.module(&name.text)
    {
        return module;
    }
    if let Some(module) = cx.names.declared[root].scope.module(&name.text) {
        return module;
    }
    if let Some(sibling) = sibling(cx.names, name) {
        return Some(cx.names.packages.list[sibling].root);
    }
    if cx.findings.may_be_declared(name) {
        return None;
    }
    let what = match wanted {
        Wanted::World => "world",
        Wanted::Interface | Wanted::Any => "interface",
    };
    let message = format!("there is no {what} `{}`", name.text);
    let mut diagnostic = Diagnostic::new(Code::UnknownModule, name.span, message, "not declared");
    let near = cx.names.declared[root].scope.module_names();
    let place = cx.names.packages.places.get(&file);
    let siblings = cx
        .names
        .packages
        .by_file
        .keys()
        .filter(|(other, _)| Some(other) == place);
    let names = near.chain(siblings.map(|(_, stem)| stem.as_str()));
    diagnostic = match suggest::nearest(&name.text, names) {
        Some(nearest) => diagnostic.help(format!("did you mean `{nearest}`?")),
        None if cx.names.sources.file(file).kind() == SourceKind::Wit => diagnostic.help(format!(
            "declare it in this package with `{what} {} {{ … }}`, or name its package: `namespace:package/{}`",
            name.text, name.text
        )),
        None => diagnostic.help(format!(
            "declare it with `{what} {} {{ … }}`, or in a file {}.pyidl beside this one",
            name.text, name.text
        )),
    };
    cx.report(diagnostic);
    None
}

/// The package of the file `name` in the directory of the file that refers to it.
fn sibling(names: &Names, name: &Name) -> Option<PackageId> {
    let place = names.packages.places.get(&name.span.file)?;
    let key = (place.clone(), name.text.clone());
    names.packages.by_file.get(&key).copied()
}

fn find_in_package(
    cx: &mut Context,
    path: &UsePath,
    from: ModuleId,
    wanted: Wanted,
) -> Option<ModuleId> {
    let length = package_length(cx.names, path);
    let package = find_package(cx, path, length)?;
    let here = cx.names.declared[from].package;
    if package == here && cx.names.sources.file(path.span.file).kind() == SourceKind::Wit {
        let message = "a package cannot use itself by its full name";
        let name = path.names.last().map_or("…", |name| name.text.as_str());
        cx.report(
            Diagnostic::new(Code::UseCycle, path.span, message, "")
                .help(format!("write `{name}` only")),
        );
        return None;
    }
    let root = cx.names.packages.list[package].root;
    let Some(name) = path.names.get(length) else {
        return Some(root);
    };
    if let Some(module) = cx.names.declared[root].scope.module(&name.text) {
        return module;
    }
    if package_is_damaged(cx, package) {
        return None;
    }
    let what = match wanted {
        Wanted::World => "world",
        Wanted::Interface | Wanted::Any => "interface",
    };
    let shown = cx.names.packages.list[package]
        .path
        .clone()
        .unwrap_or_default();
    let message = format!("the package `{shown}` has no {what} `{}`", name.text);
    let mut diagnostic = Diagnostic::new(Code::UnknownModule, name.span, message, "not declared");
    if let Some(declared) = cx.names.packages.list[package].name {
        diagnostic = diagnostic.cause(declared.span, "the package is declared here");
    }
    let names: Vec<&str> = cx.names.declared[root].scope.module_names().collect();
    if let Some(nearest) = suggest::nearest(&name.text, names.iter().copied()) {
        diagnostic = diagnostic.help(format!("did you mean `{nearest}`?"));
    } else if !names.is_empty() {
        diagnostic = diagnostic.help(format!("it has {}", listed(names)));
    }
    cx.report(diagnostic);
    None
}

/// Whether the parser reported an error in a file of the package, in which case any name may be declared there.
fn package_is_damaged(cx: &Context, package: PackageId) -> bool {
    let files = &cx.names.packages.list[package].files;
    files
        .iter()
        .any(|file| cx.findings.damage.contains_key(&file.span.file))
}

/// Whether the parser reported an error at the declaration of `module`.
pub(super) fn module_is_damaged(cx: &Context, module: ModuleId) -> bool {
    package_is_damaged(cx, cx.names.declared[module].package)
}

/// How many names of `path` belong to its package: `acme:geometry/solids` may be a package, or an interface of
/// `acme:geometry`. If both exist, the interface takes precedence.
fn package_length(names: &Names, path: &UsePath) -> usize {
    let whole = path.names.len();
    let packages = |length| {
        let wanted = joined_path(&path.namespaces, &path.names[..length]);
        let known = names.packages.by_path.get(&wanted);
        known.map_or(&[][..], Vec::as_slice)
    };
    let declares = |package: &PackageId| {
        let scope = &names.declared[names.packages.list[*package].root].scope;
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
fn find_package(cx: &mut Context, path: &UsePath, length: usize) -> Option<PackageId> {
    let names = &path.names[..length];
    let wanted = joined_path(&path.namespaces, names);
    let span = match (path.namespaces.first(), names.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => path.span,
    };
    let known = cx.names.packages.by_path.get(&wanted);
    let Some(known) = known.filter(|known| !known.is_empty()) else {
        unknown_package(cx, &wanted, span);
        return None;
    };
    let version_of = |id: PackageId| {
        let name = cx.names.packages.list[id].name;
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
        .map(|id| version_of(*id).map_or("one without a version".to_owned(), |v| v.text.clone()))
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
    if let Some(name) = cx.names.packages.list[first].name {
        diagnostic = diagnostic.cause(name.span, "declared here");
    }
    let versions = listed(versions.iter().map(String::as_str).collect());
    cx.report(diagnostic.help(match &path.version {
        Some(_) => format!("there is {versions}"),
        None => format!("write one of them after `@`: {versions}"),
    }));
    None
}

fn unknown_package(cx: &mut Context, wanted: &str, span: crate::source::Span) {
    let message = format!("there is no package `{wanted}`");
    let mut diagnostic = Diagnostic::new(Code::UnknownModule, span, message, "not found");
    let known = cx.names.packages.by_path.keys().map(String::as_str);
    if let Some(nearest) = suggest::nearest(wanted, known) {
        diagnostic = diagnostic.help(format!("did you mean `{nearest}`?"));
    }
    let name = wanted.rsplit([':', '/']).next().unwrap_or(wanted);
    let searched: Vec<String> = cx
        .names
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
    cx.report(diagnostic);
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
