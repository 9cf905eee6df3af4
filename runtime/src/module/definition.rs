//! What a module consists of, as data.

use super::{Alias, Interpreters, State};
use crate::call::Returned;
use crate::ffi::Raw;
use crate::function::FunctionEntry;
use crate::python::Python;
use std::ffi::CStr;

/// A module. A constant in the generated code.
pub struct ModuleDefinition {
    /// Its dotted name.
    pub name: &'static CStr,
    /// Its documentation.
    pub doc: &'static CStr,
    /// Where its per-interpreter states are.
    pub interpreters: &'static Interpreters,
    /// Its functions.
    pub functions: &'static [FunctionEntry],
    /// Its classes, records, enums and exceptions; bases before what is derived from them.
    pub types: &'static [TypeEntry],
    /// Its constants.
    pub constants: &'static [Constant],
    /// Its type aliases.
    pub aliases: &'static [Alias],
}

/// A type of a module.
#[derive(Clone, Copy)]
pub struct TypeEntry {
    /// Its dotted name; the last part is the module's attribute.
    pub(crate) name: &'static CStr,
    pub(crate) create: CreateType,
    /// Whether it is an attribute of another type instead.
    pub(crate) is_nested: bool,
}

impl TypeEntry {
    pub(crate) const fn new(name: &'static CStr, create: CreateType) -> Self {
        Self {
            name,
            create,
            is_nested: false,
        }
    }

    /// The type as an attribute of another type, which `create` makes it.
    pub(crate) const fn nested(self) -> Self {
        Self {
            is_nested: true,
            ..self
        }
    }
}

/// Makes a type object for an interpreter; the number is its index among the types of its module.
pub(crate) type CreateType = for<'py> fn(&Module<'py>, usize) -> Returned<'py>;

/// A constant of a module or class.
#[derive(Clone, Copy)]
pub struct Constant {
    pub(crate) name: &'static CStr,
    pub(crate) value: for<'py> fn(Python<'py>) -> Returned<'py>,
}

/// A constant; `value` is asked once per interpreter.
pub const fn constant(
    name: &'static CStr,
    value: for<'py> fn(Python<'py>) -> Returned<'py>,
) -> Constant {
    Constant { name, value }
}

/// A module that is being initialised.
pub(crate) struct Module<'py> {
    pub(crate) py: Python<'py>,
    /// The module object, borrowed; null for the types of this crate, which belong to no module.
    pub(crate) object: Raw,
    pub(crate) state: &'py State,
}
