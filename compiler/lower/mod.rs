//! The stage between the model and the targets: what has to be decided once for all of them.
//!
//! Each function that Python can call becomes a [`binding`]. The other modules answer questions about types and modules.
//! Nothing here depends on what a target writes.

pub(crate) mod binding;
pub(crate) mod cases;
pub(crate) mod constructors;
pub(crate) mod conversion;
pub(crate) mod exceptions;
pub(crate) mod instances;
pub(crate) mod messages;
pub(crate) mod modules;
pub(crate) mod names;
pub(crate) mod properties;
pub(crate) mod results;
pub(crate) mod surface;
pub(crate) mod types;
pub(crate) mod unions;

/// Panics about input that `check` rejects before anything is generated.
pub(crate) fn refused() -> ! {
    unreachable!("`check` rejects this before anything is generated")
}
