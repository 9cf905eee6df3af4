//! From the syntax tree to the [`model`](crate::model): resolves names, types values, checks rules.
//!
//! [`resolve`] calls the passes in order. Each goes over all items, reads the tables of those before it, and returns its own:
//!
//! 1. [`declare`](packages::declare) gives packages, modules and items their indices and names ([`Names`](lookup::Names));
//! 2. [`bind`](packages::uses) adds what `use` brings into scope, and orders the modules ([`Order`](packages::order::Order));
//! 3. [`shapes`] resolves the types of aliases, fields and payloads, and what definitions extend ([`Types`](context::Types));
//! 4. [`define`] resolves everything that has values or signatures ([`Definitions`](define::Definitions));
//! 5. [`checks`] and [`conformance`] compare definitions with each other;
//! 6. [`worlds`](packages::worlds) works out what each world exports and imports;
//! 7. [`unit`](packages::unit) takes out for each extension module what belongs to it.
//!
//! Functions are given what they need: a [context](context) with the tables of the passes before, and where the text stands that they
//! work on ([`Where`](lookup::Where)). A rejected item is reported and left out (`None`); items that depend on it are
//! dropped without a further diagnostic. A model is produced only if nothing was left out.

mod accessors;
mod attribute_arguments;
mod attributes;
mod bases;
mod checks;
mod classes;
mod conformance;
mod constants;
mod context;
mod declarations;
mod define;
mod docs;
mod enums;
mod exceptions;
mod findings;
mod gates;
pub(crate) mod graph;
mod identifiers;
mod inclusion;
mod inheritance;
mod integer;
mod literals;
mod lookup;
mod members;
mod messages;
mod mismatches;
mod namespaces;
mod operators;
mod outcomes;
pub(crate) mod packages;
mod paths;
pub mod prelude;
mod records;
pub(crate) mod results;
mod scalars;
mod scope;
mod shapes;
mod signatures;
mod table;
#[cfg(test)]
mod tests;
mod types;
mod usage;
mod views;

pub use packages::unit::Resolved;
pub use packages::workspace::Features;
pub(crate) use packages::workspace::{Group, Workspace};

use context::{Binder, Context};
use findings::Findings;
use lookup::Names;

use crate::diagnostic::Diagnostics;
use crate::source::SourceMap;

/// Resolves all packages of `workspace` together.
///
/// Findings go to `diagnostics`, which already holds those of the parser. An extension module is returned for each requested
/// package and world, without an interface if there are errors.
pub(crate) fn resolve(
    workspace: &Workspace<'_>,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> Vec<Resolved> {
    let divided = packages::agreement::divided(&workspace.groups, sources, diagnostics);
    let groups = divided.as_ref().map_or(&workspace.groups, |it| &it.groups);
    let files = || groups.iter().flat_map(|group| &group.files).copied();
    let mut findings = Findings::new(std::mem::take(diagnostics), files(), sources);
    for (file, names) in divided.iter().flat_map(|it| &it.elsewhere) {
        findings.damage.entry(*file).or_default().add_words(names);
    }
    let extern_functions = &packages::modules::extern_functions(files());
    let names = Names {
        sources,
        features: workspace.features,
        searched: &workspace.searched,
        declared: Default::default(),
        packages: Default::default(),
    };
    let mut binder = Binder {
        names,
        findings,
        extern_functions,
    };
    packages::declare::declare(&mut binder, groups);
    let order = packages::uses::bind(&mut binder);
    let Binder {
        names,
        mut findings,
        ..
    } = binder;
    let mut cx = Context {
        names: &names,
        findings: &mut findings,
    };
    let types = shapes::resolve(&mut cx);
    namespaces::module_names(&mut cx);
    let mut cx = cx.typed(&types);
    let (mut definitions, messages) = define::define(cx.typed(&types));
    let errors = checks::deferred(&mut cx);
    conformance::check(&mut cx, &definitions.classes, &definitions.protocols);
    define::mark_errors(&mut definitions, &errors);
    checks::unused_messages(&mut cx, messages, &errors);
    namespaces::generated_names(&mut cx, &errors);
    let worlds = packages::worlds::connect(&mut cx, &order);
    let units = packages::unit::units(&mut cx, &definitions, &worlds);
    *diagnostics = findings.diagnostics;
    units
}
