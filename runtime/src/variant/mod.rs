//! Variants: one of several cases, each with contents of its own.
//!
//! A variant is a Rust enum on this side. On the other it is a class without instances, `Command`, and inside it a class for
//! each case, `Command.LineTo`, which is derived from it and else is what the class of a [record](crate::record) is: a frozen
//! dataclass whose instances hold Python objects.
//!
//! A variant that functions fail with is an exception class instead, and its cases are derived from it, so that `except Error`
//! catches them all and `except Error.NoSuchKey` one. Their instances have the contents as attributes and as `args`.
//!
//! This is all that the generated code has for a variant `Command` of a module `geometry`:
//!
//! ```text
//! rt::unsafe_impl! {
//!     unsafe impl Exported for Command {
//!         const INTERPRETERS: &'static rt::Interpreters = &INTERPRETERS;
//!         const INDEX: usize = 4; // its cases are 5 and 6
//!     }
//! }
//! rt::unsafe_impl! {
//!     unsafe impl Variant for Command {
//!         const DEFINITION: &'static rt::VariantDefinition = &rt::VariantDefinition {
//!             name: c"geometry.Command",
//!             doc: c"One drawing command.",
//!             error: false,
//!         messages: &[],
//!             cases: &[
//!                 rt::RecordDefinition { name: c"geometry.Close", … },
//!                 rt::RecordDefinition { name: c"geometry.LineTo", … }, // qualified_name: "Command.LineTo.__init__"
//!             ],
//!         };
//!     }
//! }
//! impl<'py> rt::FromPython<'py> for Command {
//!     fn from_python<L: rt::Layout>(object: rt::Argument<'_>, py: rt::Python<'py>) -> rt::Result<Self> {
//!         let fields = rt::variant_from_python::<L, Self>(object)?;
//!         match fields.case() {
//!             0 => Ok(Self::Close),
//!             1 => Ok(Self::LineTo(fields.get::<L, _>(py, 0)?)),
//!             _ => Err(fields.unknown()),
//!         }
//!     }
//! }
//! impl rt::IntoPython for Command {
//!     fn into_python<'py, L: rt::Layout>(self, py: rt::Python<'py>) -> rt::Returned<'py> {
//!         match self {
//!             Self::Close => rt::case_into_python::<L, Self, 0, 0>(py, []),
//!             Self::LineTo(value) => {
//!                 let value = rt::IntoPython::into_python::<L>(value, py)?;
//!                 rt::case_into_python::<L, Self, 1, 1>(py, [value])
//!             }
//!         }
//!     }
//! }
//! impl<'py> rt::Normalise<'py> for Command {
//!     fn normalise<L: rt::Layout>(object: rt::Argument<'_>, py: rt::Python<'py>) -> rt::Returned<'py> {
//!         rt::keep_case::<L, Self>(object, py)
//!     }
//! }
//! // in ModuleDefinition::types, one after the other:
//! // rt::type_of_variant::<Command>(), rt::type_of_case::<Command, 0>(), rt::type_of_case::<Command, 1>()
//! ```

mod conversion;
mod create;
mod error;
mod text;

use std::ffi::CStr;
use std::marker::PhantomData;

use crate::class::Exported;
use crate::module::Interpreters;
use crate::record::{Record, RecordDefinition};

pub use conversion::{VariantFields, case_into_python, keep_case, variant_from_python};
pub use create::{type_of_case, type_of_variant};

/// A Rust enum whose values are instances of its cases' classes. Implemented by generated code.
///
/// # Safety
/// What the module has at the place of the type was made by [`type_of_variant`] for it, and what it has at the places after
/// that by [`type_of_case`], one for each case in order: the memory of instances is read as the fields of their cases.
pub unsafe trait Variant: Exported + Sized {
    /// What the variant consists of.
    const DEFINITION: &'static VariantDefinition;
}

/// What a variant consists of. A constant in the generated code.
pub struct VariantDefinition {
    /// `module.Name`
    pub name: &'static CStr,
    /// Its documentation.
    pub doc: &'static CStr,
    /// Whether functions fail with it, so that it is an exception class.
    pub error: bool,
    /// Its cases, in order. Their names are those of the module and of the case, such as `geometry.LineTo`.
    pub cases: &'static [RecordDefinition],
    /// What each case says where functions fail with it: text, and the contents by number, `no such key: {0}`. Braces are doubled.
    /// Empty for others.
    pub messages: &'static [&'static str],
}

/// A case of a variant, as a type: that at the index `CASE`.
pub(crate) struct Case<V, const CASE: usize>(PhantomData<fn() -> V>);

// SAFETY: the cases have the places after the variant (`Variant`), each its own.
unsafe impl<V: Variant, const CASE: usize> Exported for Case<V, CASE> {
    const INTERPRETERS: &'static Interpreters = V::INTERPRETERS;
    const INDEX: usize = V::INDEX + 1 + CASE;
}

// SAFETY: `type_of_case` makes the class of a case as that of a record, with this definition.
unsafe impl<V: Variant, const CASE: usize> Record for Case<V, CASE> {
    const DEFINITION: &'static RecordDefinition = &V::DEFINITION.cases[CASE];
    const VARIANT: Option<usize> = Some(V::INDEX);
    const MESSAGE: &'static str = match V::DEFINITION.messages.len() > CASE {
        true => V::DEFINITION.messages[CASE],
        false => "",
    };
}
