//! Records: immutable values with named fields, which Python sees as frozen dataclasses.
//!
//! A record is a struct in Rust and a class of its own in Python. Instances of the class hold their fields as Python objects, so
//! reading a field costs the same as in a class with `__slots__`. The struct is created from them when an instance is passed to
//! Rust. The constructor checks each argument and stores the normal form of the value (`Point(1)` stores `1.0`), so the fields of
//! an instance always have the declared types.
//!
//! The class has everything that the `dataclass` decorator would have added: `__eq__` and `__hash__` as for the tuple of fields,
//! `__repr__`, `__match_args__`, `__replace__`, `__slots__`, assignments that raise `FrozenInstanceError`, pickling and copying.
//! The attribute for the `dataclasses` module (`__dataclass_fields__`) is created on first access.
//!
//! This is the complete generated code for a record `Point` of a module `geometry`:
//!
//! ```text
//! rt::unsafe_impl! {
//!     unsafe impl Exported for Point {
//!         const INTERPRETERS: &'static rt::Interpreters = &INTERPRETERS;
//!         const INDEX: usize = 1;
//!     }
//! }
//! rt::unsafe_impl! {
//!     unsafe impl Record for Point {
//!         const DEFINITION: &'static rt::RecordDefinition = &rt::RecordDefinition {
//!             name: c"geometry.Point",
//!             doc: c"Point(x, y=0.0)\n--\n\nA point in the plane.",
//!             signature: &rt::Signature {
//!                 name: c"__init__",
//!                 qualified_name: "Point.__init__",
//!                 doc: c"",
//!                 parameters: &[
//!                     rt::Parameter { name: "x", required: true },
//!                     rt::Parameter { name: "y", required: false },
//!                 ],
//!                 positional_only: 0,
//!                 positional: 2,
//!                 var_args: false,
//!                 var_keywords: false,
//!                 receiver: true,
//!             },
//!             fields: &[
//!                 rt::field::<f64>(c"x", c"To the right.", c"float"),
//!                 rt::field_with_default::<f64>(c"y", c"", c"float", |py| rt::IntoPython::into_python::<rt::Probed>(0.0_f64, py)),
//!             ],
//!             acyclic: true, // no list, map or set in any field, directly or in a tuple, option or record
//!         };
//!     }
//! }
//! impl<'py> rt::FromPython<'py> for Point {
//!     fn from_python<L: rt::Layout>(object: rt::Argument<'_>, py: rt::Python<'py>) -> rt::Result<Self> {
//!         let fields = rt::record_from_python::<L, Self>(object)?;
//!         Ok(Point { x: fields.get::<L, _>(py, 0)?, y: fields.get::<L, _>(py, 1)? })
//!     }
//! }
//! impl rt::IntoPython for Point {
//!     fn into_python<'py, L: rt::Layout>(self, py: rt::Python<'py>) -> rt::Returned<'py> {
//!         let fields = [self.x.into_python::<L>(py)?, self.y.into_python::<L>(py)?];
//!         rt::record_into_python::<L, Self, 2>(py, fields)
//!     }
//! }
//! impl<'py> rt::Normalise<'py> for Point {
//!     fn normalise<L: rt::Layout>(object: rt::Argument<'_>, py: rt::Python<'py>) -> rt::Returned<'py> {
//!         rt::keep_record::<L, Self>(object, py)
//!     }
//! }
//! // in ModuleDefinition::types: rt::type_of_record::<Point>()
//! ```
//!
//! The annotations (`c"float"`) are those that `dataclasses.fields` and `typing.get_type_hints` show, written as in the stub.

mod behaviour;
mod construct;
mod conversion;
mod create;
mod dataclass;
mod definition;
mod instance;

pub(crate) use behaviour::field_of;
pub use conversion::{RecordFields, keep_record, record_from_python, record_into_python};
pub(crate) use create::create_record;
pub use create::type_of_record;
pub(crate) use dataclass::annotate;
pub use definition::{Deprecated, Record, RecordDefinition};
