//! What every type of a module has: names on both sides and documentation.

use crate::lower::names::{python_type, rust_type};
use crate::model::{Deprecation, Docs, Name};

/// The head of a type's definition.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    /// Its name in the interface; that of a case alone.
    pub(crate) name: Name,
    pub(crate) rust_name: String,
    pub(crate) python_name: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<Deprecation>,
}

impl Head {
    pub(crate) fn new(name: &Name, docs: &Docs, deprecated: Option<&Deprecation>) -> Self {
        Self {
            name: name.clone(),
            rust_name: rust_type(name),
            python_name: python_type(name),
            docs: docs.clone(),
            deprecated: deprecated.cloned(),
        }
    }
}
