//! The definition of a module, as data.

use super::{Alias, Annotations, Interpreters, State, qualified_name};
use crate::Result;
use crate::call::Returned;
use crate::class::Exported;
use crate::ffi::Raw;
use crate::function::FunctionEntry;
use crate::object::{Any, Object};
use crate::python::Python;
use std::cell::RefCell;
use std::ffi::CStr;

/// The definition of a module. A constant in the generated code.
pub struct ModuleDefinition {
    /// Promises that each type is at the index that its [`Exported`] names and is created by the function for its kind, and that
    /// no other module uses these states.
    pub promise: Promise,
    /// Its dotted name.
    pub name: &'static CStr,
    /// Its documentation.
    pub doc: &'static CStr,
    /// The module's per-interpreter states.
    pub interpreters: &'static Interpreters,
    /// Its functions.
    pub functions: &'static [FunctionEntry],
    /// Its types; for an extension module, those of its submodules too. Each type comes before those that depend on it. Empty for
    /// a submodule.
    pub types: &'static [TypeEntry],
    /// Its constants.
    pub constants: &'static [Constant],
    /// Its type aliases.
    pub aliases: &'static [Alias],
    /// Types of other modules that are also attributes of this module.
    pub uses: &'static [Use],
    /// Its submodules. Only the extension module itself has any.
    pub submodules: &'static [&'static ModuleDefinition],
    /// The other extension modules that must be imported before it.
    pub requires: &'static [Requirement],
}

/// Certifies that the data of a definition can be trusted. It is made by [`promise!`](crate::glue::promise), which requires the
/// word `unsafe`.
pub struct Promise(());

impl Promise {
    /// # Safety
    /// The definition that contains it satisfies what its fields require.
    #[doc(hidden)]
    pub const unsafe fn new() -> Self {
        Self(())
    }
}

/// A type of a module.
#[derive(Clone, Copy)]
pub struct TypeEntry {
    /// Its dotted name. The last part is its name as an attribute of the module.
    pub(crate) name: &'static CStr,
    pub(crate) create: CreateType,
    /// The submodule that it belongs to, if any.
    pub(crate) submodule: Option<usize>,
    /// Whether it is an attribute of another type instead.
    pub(crate) is_nested: bool,
    /// Sets its annotations, if it has fields.
    pub(crate) annotate: Option<Annotate>,
}

impl TypeEntry {
    pub(crate) const fn new(name: &'static CStr, create: CreateType) -> Self {
        Self {
            name,
            create,
            submodule: None,
            is_nested: false,
            annotate: None,
        }
    }

    /// Returns the entry with `annotate`, which sets the type's annotations once all types exist.
    pub(crate) const fn annotated(self, annotate: Annotate) -> Self {
        Self {
            annotate: Some(annotate),
            ..self
        }
    }

    /// Returns the entry of a type that `create` makes an attribute of another type.
    pub(crate) const fn nested(self) -> Self {
        Self {
            is_nested: true,
            ..self
        }
    }
}

/// Returns the entry as one of the submodule with this index.
pub const fn in_submodule<const INDEX: usize>(entry: TypeEntry) -> TypeEntry {
    TypeEntry {
        submodule: Some(INDEX),
        ..entry
    }
}

/// A type of another module.
#[derive(Clone, Copy)]
pub struct Use {
    pub(crate) name: &'static CStr,
    pub(crate) interpreters: &'static Interpreters,
    pub(crate) index: usize,
}

/// Returns the use of the type `T` of another module, as the attribute `name`.
pub const fn type_of_use<T: Exported>(name: &'static CStr) -> Use {
    Use {
        name,
        interpreters: T::INTERPRETERS,
        index: T::INDEX,
    }
}

/// Another extension module of the same crate.
#[derive(Clone, Copy)]
pub struct Requirement {
    /// Its name without the package that contains it.
    pub(crate) name: &'static CStr,
    pub(crate) interpreters: &'static Interpreters,
}

/// Returns the requirement of the extension module `name`, which has the type `T`.
pub const fn requirement<T: Exported>(name: &'static CStr) -> Requirement {
    Requirement {
        name,
        interpreters: T::INTERPRETERS,
    }
}

/// Makes a type object for an interpreter. The number is the type's index in its module.
pub(crate) type CreateType = for<'py> fn(&Module<'py>, usize) -> Returned<'py>;

/// Sets the annotations of a type object.
pub(crate) type Annotate = for<'py> fn(&Object<'py>, &mut Annotations<'py>) -> Result<()>;

/// A constant of a module or class.
#[derive(Clone, Copy)]
pub struct Constant {
    pub(crate) name: &'static CStr,
    pub(crate) value: for<'py> fn(Python<'py>) -> Returned<'py>,
}

/// Returns a constant. `value` is called once per interpreter.
pub const fn constant(
    name: &'static CStr,
    value: for<'py> fn(Python<'py>) -> Returned<'py>,
) -> Constant {
    Constant { name, value }
}

/// A module that is being initialised.
pub(crate) struct Module<'py> {
    pub(crate) py: Python<'py>,
    /// The extension module, borrowed. Null for the types of this crate, which belong to no module.
    pub(crate) object: Raw,
    pub(crate) state: &'py State,
    /// The name, in this interpreter, of the extension module or submodule that has the type. Empty for the types of this crate.
    pub(crate) name: &'py str,
    /// The objects that belong to the type that is being made.
    related: RefCell<Vec<Any<'py>>>,
}

impl<'py> Module<'py> {
    pub(super) fn new(py: Python<'py>, object: Raw, state: &'py State, name: &'py str) -> Self {
        Self {
            py,
            object,
            state,
            name,
            related: RefCell::default(),
        }
    }

    /// Returns a type's name qualified with its module's name in this interpreter. The module may be in a package that its
    /// definition does not know.
    pub(crate) fn qualified(&self, name: &'static CStr) -> &'static CStr {
        qualified_name(self.name, name)
    }

    /// Keeps objects alive as long as the type that is being made: [`State::related`].
    pub(crate) fn keep_with_type(&self, objects: Vec<Any<'py>>) {
        *self.related.borrow_mut() = objects;
    }

    /// Makes a type and stores it in the state. Returns a reference borrowed from the state.
    ///
    /// # Errors
    /// Returns the exception that making the type raises.
    pub(super) fn make_type(&self, create: CreateType, index: usize) -> Result<Raw> {
        let class = create(self, index)?;
        Ok(self.state.place(index, class, self.related.take()))
    }
}
