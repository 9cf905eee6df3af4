//! The syntax tree to the [`model`]: names looked up, values typed, rules checked.
//!
//! The stages, each over all items: declare the names ([`declarations`]), resolve the types of aliases, records and
//! exceptions ([`shapes`]), refuse cycles and work out what the types are good for ([`table`]), then everything that
//! has values or signatures. Whatever is wrong is reported and left out (`None`); what rests on something left out is
//! left out without another word. A model comes out only when nothing was left out.

mod attribute_arguments;
mod attributes;
mod classes;
mod conformance;
mod damage;
mod declarations;
mod enums;
mod exceptions;
mod flags;
mod generics;
pub(crate) mod graph;
mod identifiers;
mod inclusion;
mod inheritance;
mod integer;
mod items;
mod literals;
mod loose_values;
mod namespaces;
mod operators;
mod outcomes;
mod overloads;
pub mod prelude;
mod records;
mod scope;
mod shapes;
mod signatures;
mod table;
mod types;
mod unsupported;
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

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{self, Docs, Interface, ItemId, ModuleId};
use crate::source::{FileId, SourceMap, Span};
use crate::syntax::ast;

/// Resolves one interface file.
///
/// `id` is the file that `file` was parsed from. Findings go to `diagnostics`. None comes out when there are errors,
/// those that the parser left in `diagnostics` included.
pub fn resolve(
    file: &ast::File,
    id: FileId,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<model::Interface> {
    let mut resolver = Resolver {
        damage: HashMap::from([(
            id,
            Damage::assess(file, &sources.file(id).text, diagnostics),
        )]),
        diagnostics,
        prelude: prelude(),
        current: Interface::ROOT,
        declared: Declarations::default(),
        table: Table::default(),
        exceptions: Exceptions::default(),
        inheritance: Inheritance::default(),
        defaults: Defaults::default(),
        checks: Vec::new(),
        mismatched: None,
        borrowed: None,
        errors: HashSet::new(),
        is_wit: sources.path(id).extension().is_some_and(|it| it == "wit"),
    };
    resolver.declare_root();
    resolver.declare(&file.items);
    resolver.shapes();
    let module = resolver.module(file, sources.path(id));
    let interface = resolver.interface(module);
    resolver.deferred_checks();
    interface.filter(|_| !resolver.diagnostics.has_errors())
}

/// The state of a run.
struct Resolver<'a, 'd> {
    diagnostics: &'d mut Diagnostics,
    prelude: &'static Prelude,
    /// The module that names are looked up from.
    current: ModuleId,
    declared: Declarations<'a>,
    table: Table,
    exceptions: Exceptions,
    inheritance: Inheritance,
    defaults: Defaults,
    damage: HashMap<FileId, Damage>,
    /// What can be checked only when all types are known.
    checks: Vec<generics::Deferred>,
    /// The last literal of a kind that its type does not have.
    mismatched: Option<Span>,
    /// Where the type that is being resolved says `borrow`, if it does.
    borrowed: Option<Span>,
    /// The variants and enums that functions fail with.
    errors: HashSet<ItemId>,
    /// Whether the file is WIT, which knows nothing of Python and has a few rules of its own.
    is_wit: bool,
}

impl Resolver<'_, '_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        if !self.is_guess(diagnostic.primary.span) {
            self.diagnostics.report(diagnostic);
        }
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

fn lines(docs: &[ast::DocLine]) -> Docs {
    Docs(docs.iter().map(|line| line.text.clone()).collect())
}

#[cfg(test)]
mod tests;
