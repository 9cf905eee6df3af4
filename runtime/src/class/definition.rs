//! The definition of a class, as data.

use std::ffi::CStr;

use super::base::Base;
use super::constructor::ConstructorDefinition;
use super::method::MethodDefinition;
use super::operators::OperatorDefinition;
use super::property::PropertyDefinition;
use crate::convert::IntoPython;
use crate::module::{Constant, Interpreters};

/// A type that a module exports to Python. Implemented by generated code.
///
/// # Safety
/// [`INDEX`](Exported::INDEX) is the index of this type, and of no other, among the types of the only module whose definition has
/// these [`INTERPRETERS`](Exported::INTERPRETERS). The classes of a variant's cases have the indices after it.
pub unsafe trait Exported: 'static {
    /// The states of the module, which hold the type object.
    const INTERPRETERS: &'static Interpreters;
    /// The index of the type in the module's types.
    const INDEX: usize;
}

/// A Rust type whose values are the instances of a Python class. Implemented by generated code.
///
/// # Safety
/// The module's type at this index was made by [`type_of_class`](super::type_of_class) for this Rust type: the memory of
/// instances is read as `Self`. If [`BASE`](Self::BASE) has a [`ForeignType`](super::ForeignType), that type is
/// as it requires.
pub unsafe trait Class: Exported + IntoPython + Send + Sync {
    /// Whether any method takes `&mut self`, so that instances need a lock.
    const MUTABLE: bool;
    /// What the class is derived from.
    const BASE: Base = Base::OBJECT;
    /// The definition of the class.
    const DEFINITION: &'static ClassDefinition<Self>;
}

/// The definition of a class. A constant in the generated code.
pub struct ClassDefinition<C: 'static> {
    /// `module.Name`
    pub name: &'static CStr,
    /// The constructor's signature (`Name(a, b=1)`, a line `--`, an empty line), if there is a constructor, then the
    /// documentation.
    pub doc: &'static CStr,
    /// Whether Python code may subclass it.
    pub open: bool,
    /// The constructor. Without one, only Rust can create instances.
    pub constructor: Option<ConstructorDefinition<C>>,
    /// Its methods.
    pub methods: &'static [MethodDefinition<C>],
    /// Its properties.
    pub properties: &'static [PropertyDefinition<C>],
    /// Its operators.
    pub operators: &'static [OperatorDefinition<C>],
    /// Its constants.
    pub constants: &'static [Constant],
}
