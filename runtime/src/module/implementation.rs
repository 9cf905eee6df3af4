//! Connects `export!` with the generated code of the module that a type implements.

use super::ModuleDefinition;
use std::marker::PhantomData;

/// The type `M` as the implementation of the module with the number `KEY`, which the compiler derives from the module's name.
pub struct Implementation<M, const KEY: u64>(PhantomData<M>);

/// The definition that an [`Implementation`] exports.
///
/// The generated code of the module implements it for every type that implements the module's trait. `Tag` is a type of the
/// generated code's crate there: the orphan rule requires a local type to implement a foreign trait for a foreign type. Each key
/// has one tag, so `export!`, which does not know its path, can leave it to type inference.
#[diagnostic::on_unimplemented(
    message = "this type does not implement the module",
    note = "write `impl` of the module's trait for it"
)]
pub trait Implements<Tag> {
    /// The definition of the module.
    const DEFINITION: &'static ModuleDefinition;
}
