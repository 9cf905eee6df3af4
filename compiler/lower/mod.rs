//! The stage between the model and the targets: what has to be decided once for all of them.
//!
//! [`bindings`] lowers a module: each function that Python can call becomes a [`binding`], each constant a [`constant`]. The
//! other modules answer questions about types and modules. Nothing here depends on what a target writes.

pub(crate) mod argument;
pub(crate) mod binding;
pub(crate) mod bindings;
pub(crate) mod cases;
pub(crate) mod constant;
pub(crate) mod constructors;
pub(crate) mod conversion;
pub(crate) mod exceptions;
pub(crate) mod instances;
pub(crate) mod messages;
pub(crate) mod modules;
pub(crate) mod names;
pub(crate) mod properties;
pub(crate) mod results;
pub(crate) mod types;
pub(crate) mod unions;

/// Panics about input that `check` rejects before anything is generated.
pub(crate) fn refused() -> ! {
    unreachable!("`check` rejects this before anything is generated")
}
