//! What a module consists of, as data.

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

/// A module. A constant in the generated code.
pub struct ModuleDefinition {
    /// That the types are at the places that their [`Exported`] name, each made by the function for its kind, and that no other
    /// module has these states.
    pub promise: Promise,
    /// Its dotted name.
    pub name: &'static CStr,
    /// Its documentation.
    pub doc: &'static CStr,
    /// Where its per-interpreter states are.
    pub interpreters: &'static Interpreters,
    /// Its functions.
    pub functions: &'static [FunctionEntry],
    /// The types of the extension module, those of its submodules included, each before what rests on it. Empty for a
    /// submodule.
    pub types: &'static [TypeEntry],
    /// Its constants.
    pub constants: &'static [Constant],
    /// Its type aliases.
    pub aliases: &'static [Alias],
    /// The types of other modules that are its attributes too.
    pub uses: &'static [Use],
    /// The modules in it. Only the extension module itself has any.
    pub submodules: &'static [&'static ModuleDefinition],
    /// The other extension modules that must be imported before it.
    pub requires: &'static [Requirement],
}

/// What makes the data of a definition trustworthy. Made by [`promise!`](crate::glue::promise), which takes the word `unsafe`.
pub struct Promise(());

impl Promise {
    /// # Safety
    /// The definition that contains it is as its fields say.
    #[doc(hidden)]
    pub const unsafe fn new() -> Self {
        Self(())
    }
}

/// A type of a module.
#[derive(Clone, Copy)]
pub struct TypeEntry {
    /// Its dotted name; the last part is the module's attribute.
    pub(crate) name: &'static CStr,
    pub(crate) create: CreateType,
    /// The submodule that it belongs to, if any.
    pub(crate) submodule: Option<usize>,
    /// Whether it is an attribute of another type instead.
    pub(crate) is_nested: bool,
    /// Gives it its annotations, if it has fields.
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

    /// The type with annotations, which `annotate` gives it when all types are there.
    pub(crate) const fn annotated(self, annotate: Annotate) -> Self {
        Self {
            annotate: Some(annotate),
            ..self
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

/// A type as one of the submodule with this index.
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

/// The type `T` of another module, as the attribute `name`.
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
    /// Its name, without that of the package around it.
    pub(crate) name: &'static CStr,
    pub(crate) interpreters: &'static Interpreters,
}

/// The extension module `name`, which has the type `T`.
pub const fn requirement<T: Exported>(name: &'static CStr) -> Requirement {
    Requirement {
        name,
        interpreters: T::INTERPRETERS,
    }
}

/// Makes a type object for an interpreter; the number is its index among the types of its module.
pub(crate) type CreateType = for<'py> fn(&Module<'py>, usize) -> Returned<'py>;

/// Gives a type object its annotations.
pub(crate) type Annotate = for<'py> fn(&Object<'py>, &mut Annotations<'py>) -> Result<()>;

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
    /// The extension module, borrowed; null for the types of this crate, which belong to no module.
    pub(crate) object: Raw,
    pub(crate) state: &'py State,
    /// What the module that has the type, the extension module or one in it, is called in this interpreter. Empty for
    /// the types of this crate.
    pub(crate) name: &'py str,
    /// What belongs to the type that is being made.
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

    /// A type's name with the name that its module has in this interpreter, which may be in a package that its definition
    /// knows nothing of.
    pub(crate) fn qualified(&self, name: &'static CStr) -> &'static CStr {
        qualified_name(self.name, name)
    }

    /// Objects that are to live as long as the type that is being made: [`State::related`].
    pub(crate) fn keep_with_type(&self, objects: Vec<Any<'py>>) {
        *self.related.borrow_mut() = objects;
    }

    /// Makes a type and puts it into its place; borrowed from the state.
    ///
    /// # Errors
    /// What making it raises.
    pub(super) fn make_type(&self, create: CreateType, index: usize) -> Result<Raw> {
        let class = create(self, index)?;
        Ok(self.state.place(index, class, self.related.take()))
    }
}
