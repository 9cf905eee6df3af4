//! Variants: one of several cases, each with contents of its own.
//!
//! A variant is an enum in Rust. In Python it is a class without instances, `Command`, with a nested subclass for each case,
//! `Command.LineTo`. Apart from its base, the class of a case is like that of a [record](crate::record): a frozen dataclass whose
//! instances hold Python objects.
//!
//! A variant that functions fail with is an exception class instead, and its cases are derived from it, so that `except Error`
//! catches all of them and `except Error.NoSuchKey` only one. The attributes and `args` of their instances are the contents.
//!
//! This is the complete generated code for a variant `Command` of a module `geometry`:
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
/// The module's type at this index was made by [`type_of_variant`] for this Rust type, and those at the following indices by
/// [`type_of_case`], one for each case in order: the memory of instances is read as the fields of their cases.
pub unsafe trait Variant: Exported + Sized {
    /// The definition of the variant.
    const DEFINITION: &'static VariantDefinition;
}

/// The definition of a variant. A constant in the generated code.
pub struct VariantDefinition {
    /// `module.Name`
    pub name: &'static CStr,
    /// Its documentation.
    pub doc: &'static CStr,
    /// Whether functions fail with it, so that it is an exception class.
    pub error: bool,
    /// Its cases, in order. Their names are those of the module and of the case, such as `geometry.LineTo`.
    pub cases: &'static [RecordDefinition],
    /// The message of each case if functions fail with it: text, and the contents by number, `no such key: {0}`. Literal braces
    /// are doubled. Empty for other variants.
    pub messages: &'static [&'static str],
}

/// The type of a case of a variant: the one at the index `CASE`.
pub(crate) struct Case<V, const CASE: usize>(PhantomData<fn() -> V>);

// SAFETY: the cases have the indices after the variant (`Variant`), each its own.
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
