//! From the syntax tree to the [`model`]: resolves names, types values, checks rules.
//!
//! The stages, each over all items: declare the names ([`declarations`]), resolve the types of aliases, records and exceptions
//! ([`shapes`]), reject cycles and compute the properties of the types ([`table`]), then resolve everything that has values or
//! signatures. A rejected item is reported and left out (`None`); items that depend on it are dropped without a further
//! diagnostic. A model is produced only if nothing was left out.

mod accessors;
mod attribute_arguments;
mod attributes;
mod classes;
mod conformance;
mod context;
mod damage;
mod declarations;
mod deferred;
mod enums;
mod exceptions;
mod flags;
mod generics;
pub(crate) mod graph;
mod identifiers;
mod imports;
mod inclusion;
mod inheritance;
mod integer;
mod items;
mod literals;
mod loose_values;
mod messages;
mod mismatches;
mod namespaces;
mod numbers;
mod operators;
mod outcomes;
mod overloads;
pub(crate) mod packages;
pub mod prelude;
mod records;
pub(crate) mod results;
mod scope;
mod shapes;
mod signatures;
mod table;
mod types;
mod usage;
mod values;
mod variants;

use damage::Damage;
use declarations::Declarations;
use exceptions::Exceptions;
use inheritance::Inheritance;
use prelude::{Prelude, prelude};
use table::Table;
use values::Defaults;

pub use packages::{Features, Resolved};
pub(crate) use packages::{Group, Workspace};
use packages::{Order, Packages};

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::{Deprecation, Docs, ItemId};
use crate::source::{FileId, SourceMap, Span};
use crate::syntax::ast;

/// Resolves all packages of `workspace` together.
///
/// Findings go to `diagnostics`, which already holds those of the parser. An extension module is returned for each requested
/// package and world, without an interface if there are errors.
pub(crate) fn resolve(
    workspace: &Workspace<'_>,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> Vec<Resolved> {
    let divided = packages::divided(&workspace.groups, sources, diagnostics);
    let groups = divided.as_ref().map_or(&workspace.groups, |it| &it.groups);
    let files = || groups.iter().flat_map(|group| &group.files);
    let damage = files().filter_map(|file| {
        let text = &sources.file(file.span.file).text;
        Some((file.span.file, Damage::assess(file, text, diagnostics)?))
    });
    let mut damage: HashMap<FileId, Damage> = damage.collect();
    for (file, names) in divided.iter().flat_map(|it| &it.elsewhere) {
        damage.entry(*file).or_default().add_words(names);
    }
    let functions = packages::extern_functions(files().copied());
    let mut resolver = Resolver {
        damage,
        diagnostics,
        sources,
        prelude: prelude(),
        features: workspace.features,
        searched: &workspace.searched,
        extern_functions: &functions,
        packages: Packages::default(),
        order: Order::default(),
        declared: Declarations::default(),
        table: Table::default(),
        exceptions: Exceptions::default(),
        inheritance: Inheritance::default(),
        defaults: Defaults::default(),
        checks: Vec::new(),
        mismatched: None,
        borrowed: None,
        errors: HashSet::new(),
        messages: Vec::new(),
    };
    resolver.declare_packages(groups);
    resolver.bind_uses();
    resolver.shapes();
    let definitions = resolver.definitions();
    resolver.generated_names();
    resolver.connect_worlds();
    resolver.units(&definitions)
}

/// The state of a run.
struct Resolver<'a, 'd> {
    diagnostics: &'d mut Diagnostics,
    sources: &'a SourceMap,
    prelude: &'static Prelude,
    features: &'a Features,
    /// The directories that were searched for packages.
    searched: &'a [PathBuf],
    /// The functions that worlds export and import directly, as items, by their places.
    extern_functions: &'a HashMap<Span, ast::Function>,
    packages: Packages<'a>,
    /// The dependencies between modules.
    order: Order,
    declared: Declarations<'a>,
    table: Table,
    exceptions: Exceptions,
    inheritance: Inheritance,
    defaults: Defaults,
    damage: HashMap<FileId, Damage>,
    /// Checks that are possible only when all types are known.
    checks: Vec<deferred::Deferred>,
    /// The last literal of a kind that its type does not accept.
    mismatched: Option<Span>,
    /// The place of `borrow` in the type that is being resolved, if any.
    borrowed: Option<Span>,
    /// The variants and enums that are used as errors.
    errors: HashSet<ItemId>,
    /// The variants and enums whose cases have messages, and the messages' places.
    messages: Vec<(ItemId, Span)>,
}

impl Resolver<'_, '_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        if !self.is_guess(diagnostic.primary.span) {
            self.diagnostics.report(diagnostic);
        }
    }

    /// Whether no more findings are kept. Then nothing is computed that would only improve them: the time would be quadratic in
    /// their number.
    fn is_full(&self) -> bool {
        self.diagnostics.count(Severity::Error) >= Diagnostics::LIMIT
    }

    fn error(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
    ) {
        self.report(Diagnostic::new(code, span, message, label));
    }
}

/// The documentation before an item.
fn docs(meta: &ast::Meta) -> Docs {
    lines(&meta.docs)
}

/// The documentation of an item that Python cannot warn of: it mentions the deprecation itself.
fn docs_with(meta: &ast::Meta, deprecation: Option<&Deprecation>) -> Docs {
    let mut docs = docs(meta);
    if let Some(Deprecation { version, message }) = deprecation {
        if !docs.0.is_empty() {
            docs.0.push(String::new());
        }
        let since = version
            .as_ref()
            .map_or_else(String::new, |version| format!(" since version {version}"));
        docs.0.push(match message {
            Some(message) => format!("Deprecated{since}: {message}"),
            None => format!("Deprecated{since}."),
        });
    }
    docs
}

fn lines(docs: &[ast::DocLine]) -> Docs {
    Docs(docs.iter().map(|line| line.text.clone()).collect())
}

#[cfg(test)]
mod tests;
