//! The stage between the model and the targets: what has to be decided once for all of them.
//!
//! `bindings` lowers a module: each function that Python can call becomes a `Binding`, each constant a `Constant`. The other
//! modules answer questions about types and modules. Nothing here imports a target.

pub(crate) mod alias;
pub(crate) mod analysis;
pub(crate) mod argument;
pub(crate) mod binding;
pub(crate) mod bindings;
pub(crate) mod callback;
pub(crate) mod class;
pub(crate) mod constant;
pub(crate) mod conversion;
pub(crate) mod data;
pub(crate) mod enumerations;
pub(crate) mod exceptions;
pub(crate) mod family;
pub(crate) mod function;
pub(crate) mod head;
pub(crate) mod instances;
pub(crate) mod messages;
pub(crate) mod modules;
pub(crate) mod names;
pub(crate) mod order;
pub(crate) mod results;
pub(crate) mod types;
pub(crate) mod unions;

use crate::model::{Interface, ModuleId};
use analysis::Analysis;
use bindings::Bindings;
use order::Order;

/// An interface with the bindings of each of its modules that Rust implements.
pub struct Lowered<'i> {
    pub(crate) interface: &'i Interface,
    modules: Vec<(ModuleId, Bindings)>,
    pub(crate) order: Order<'i>,
}

/// Lowers an interface in which [`check`](crate::emit::check()) finds nothing.
pub fn lower(interface: &Interface) -> Lowered<'_> {
    let analysis = &Analysis::new(interface);
    let exported = interface.exported();
    let modules = exported.map(|(module, _)| (module, Bindings::new(analysis, module)));
    Lowered {
        interface,
        modules: modules.collect(),
        order: Order::new(analysis),
    }
}

impl Lowered<'_> {
    /// The modules, the extension module first.
    pub(crate) fn modules(&self) -> impl Iterator<Item = (ModuleId, &Bindings)> {
        self.modules
            .iter()
            .map(|(module, bindings)| (*module, bindings))
    }
}

/// Panics about input that `check` rejects before anything is generated.
pub(crate) fn refused() -> ! {
    unreachable!("`check` rejects this before anything is generated")
}

#[cfg(test)]
mod tests;
