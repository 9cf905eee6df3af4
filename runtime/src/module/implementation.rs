//! How `export!` finds what is in the glue of the module that a type implements.

use super::ModuleDefinition;
use std::marker::PhantomData;

/// The type `M` as the implementation of the module that `KEY` stands for, a number that the compiler makes of its name.
pub struct Implementation<M, const KEY: u64>(PhantomData<M>);

/// What an [`Implementation`] exports.
///
/// The generated code of the module implements it, for whatever type has the module's trait. `Tag` is a type there: one of the
/// crate's own, as an implementation of a foreign trait for a foreign type must mention. There is one for each key, so that it
/// need not be named, by a path that `export!` would not know.
#[diagnostic::on_unimplemented(
    message = "this type does not implement the module",
    note = "write `impl` of the module's trait for it"
)]
pub trait Implements<Tag> {
    /// What the module consists of.
    const DEFINITION: &'static ModuleDefinition;
}
