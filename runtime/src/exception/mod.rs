//! Exceptions that an interface file declares: Rust structs that are raised as Python exceptions with typed attributes.
//!
//! The class is a Python class like any other, derived from the declared base. Its constructor is `OpenPath(message="", *, gap)`:
//! it converts and checks the fields, stores them as attributes and passes the message to the base, so that `args` is
//! `(message,)` and `str` returns the message. Python code can subclass it, catch it by its base, pickle and copy it.
//!
//! This is the complete generated code for an exception `OpenPath` of a module `geometry`:
//!
//! ```text
//! rt::unsafe_impl! {
//!     unsafe impl Exported for OpenPath {
//!         const INTERPRETERS: &'static rt::Interpreters = &INTERPRETERS;
//!         const INDEX: usize = 3; // after its base, if the module has that too
//!     }
//! }
//! impl rt::Exception for OpenPath {
//!     const DEFINITION: &'static rt::ExceptionDefinition = &rt::ExceptionDefinition {
//!         name: c"geometry.OpenPath",
//!         doc: c"A path whose ends do not meet.",
//!         base: rt::ExceptionBase::Builtin("ValueError"), // or rt::exception_base::<GeometryError>()
//!         signature: &rt::Signature {
//!             name: c"__init__",
//!             qualified_name: "OpenPath.__init__",
//!             doc: c"__init__($self, message='', *, gap)\n--\n\n",
//!             parameters: &[
//!                 rt::Parameter { name: "message", required: false }, // always the first
//!                 rt::Parameter { name: "gap", required: true },
//!             ],
//!             positional_only: 0,
//!             positional: 1,
//!             var_args: false,
//!             var_keywords: false,
//!             receiver: true,
//!         },
//!         fields: &[rt::field::<f64>(c"gap", c"", c"float")], // inherited ones first
//!     };
//!     fn message(&self) -> &str {
//!         &self.message
//!     }
//!     fn into_fields<'py>(self, py: rt::Python<'py>) -> rt::Result<Vec<rt::Object<'py>>> {
//!         Ok(vec![rt::IntoPython::into_python::<rt::Probed>(self.gap, py)?])
//!     }
//! }
//! impl<'py> rt::FromPython<'py> for OpenPath {
//!     const IS_EXCEPTION: bool = true;
//!     fn from_python<L: rt::Layout>(object: rt::Argument<'_>, py: rt::Python<'py>) -> rt::Result<Self> {
//!         let fields = rt::exception_from_python::<OpenPath>(object)?;
//!         Ok(Self {
//!             message: fields.message()?,
//!             gap: fields.get::<L, _>(py, 0)?,
//!         })
//!     }
//! }
//! impl<'py> rt::Normalise<'py> for OpenPath {
//!     fn normalise<L: rt::Layout>(object: rt::Argument<'_>, py: rt::Python<'py>) -> rt::Returned<'py> {
//!         rt::keep_exception::<OpenPath>(object, py)
//!     }
//! }
//! // in ModuleDefinition::types: rt::type_of_exception::<OpenPath>()
//! ```
//!
//! `OpenPath` then implements [`IntoException`], so `?` converts it to an [`Error`](crate::Error).

mod class_statement;
mod conversion;
mod create;
mod equality;
mod kept;
mod methods;
mod raise;

use std::ffi::CStr;

use crate::Result;
use crate::call::Signature;
use crate::class::Exported;
use crate::exceptions::IntoException;
use crate::field::Field;
use crate::module::Interpreters;
use crate::object::{Any, Object};
use crate::python::Python;

pub(crate) use class_statement::{ClassStatement, add_method};
pub use conversion::{ExceptionFields, exception_from_python, exception_of, keep_exception};
pub(crate) use create::annotate_exception;
pub use create::type_of_exception;
pub(crate) use equality::add_equality;
pub(crate) use kept::Kept;
pub(crate) use methods::{method, set_fields};
pub(crate) use raise::new_instance;

/// A Rust struct that is raised as an exception of the interface file. Implemented by generated code.
pub trait Exception: Exported + Sized + Send + Sync {
    /// The definition of the exception.
    const DEFINITION: &'static ExceptionDefinition;

    /// Returns the text that `str` shows in Python.
    fn message(&self) -> &str;

    /// Returns the values of the fields, in the order of the definition.
    ///
    /// # Errors
    /// The error of a conversion.
    fn into_fields<'py>(self, py: Python<'py>) -> Result<Vec<Object<'py>>>;
}

/// The definition of an exception. A constant in the generated code.
pub struct ExceptionDefinition {
    /// `module.Name`
    pub name: &'static CStr,
    /// Its documentation.
    pub doc: &'static CStr,
    /// The base class.
    pub base: ExceptionBase,
    /// The parameters of the constructor: the message, then the fields, these by keyword only.
    pub signature: &'static Signature,
    /// The fields, in the order of the signature.
    pub fields: &'static [Field],
}

/// The base class of an exception.
#[derive(Clone, Copy)]
pub enum ExceptionBase {
    /// One of Python's built-in exceptions, by its name.
    Builtin(&'static str),
    /// Another exception of an interface file: the states of its extension module, and its index in that module's types.
    Exported(&'static Interpreters, usize),
}

/// Returns the exception `E` as a base. It is created before its subclasses.
pub const fn exception_base<E: Exported>() -> ExceptionBase {
    ExceptionBase::Exported(E::INTERPRETERS, E::INDEX)
}

impl<E: Exception> IntoException for E {
    fn into_exception<'py>(self, py: Python<'py>) -> Result<Any<'py>> {
        raise::into_exception(self, py)
    }

    fn describe(&self) -> String {
        self.message().to_owned()
    }
}
