//! Enums: a Rust enum, and in Python a class made by the `enum` module.
//!
//! The class is an `enum.Enum`; if the values are integers or strings, it is an `enum.IntEnum` or `enum.StrEnum` (before 3.11,
//! which has no `StrEnum`, a `str` and `Enum` with the same `str`). Its members are kept for each interpreter: a Rust value is
//! converted to the member with its index, and a member to the value with its index. Other objects are rejected, even those that
//! are equal to a member.
//!
//! This is the complete generated code for an enum `Unit` of a module `geometry`:
//!
//! ```text
//! rt::unsafe_impl! {
//!     unsafe impl Exported for Unit {
//!         const INTERPRETERS: &'static rt::Interpreters = &INTERPRETERS;
//!         const INDEX: usize = 2;
//!     }
//! }
//! impl rt::Enumeration for Unit {
//!     const DEFINITION: &'static rt::EnumDefinition = &rt::EnumDefinition {
//!         name: c"geometry.Unit",
//!         doc: c"A unit of length; the value is its symbol.",
//!         base: rt::EnumBase::Str,
//!         members: &[
//!             rt::Member { name: c"METRE", doc: c"", value: rt::MemberValue::Str("m") },
//!             rt::Member { name: c"FOOT", doc: c"0.3048 m", value: rt::MemberValue::Str("ft") },
//!         ],
//!     };
//!     fn from_index(index: usize) -> Option<Self> {
//!         match index {
//!             0 => Some(Self::Metre),
//!             1 => Some(Self::Foot),
//!             _ => None,
//!         }
//!     }
//!     fn index(&self) -> usize {
//!         match self {
//!             Self::Metre => 0,
//!             Self::Foot => 1,
//!         }
//!     }
//! }
//! impl<'py> rt::FromPython<'py> for Unit {
//!     fn from_python<L: rt::Layout>(object: rt::Argument<'_>, _py: rt::Python<'py>) -> rt::Result<Self> {
//!         rt::enum_from_python::<Self>(object)
//!     }
//! }
//! impl rt::IntoPython for Unit {
//!     fn into_python<'py, L: rt::Layout>(self, py: rt::Python<'py>) -> rt::Returned<'py> {
//!         rt::enum_into_python::<L, Self>(&self, py)
//!     }
//! }
//! impl rt::Normalise<'_> for Unit {}
//! // in ModuleDefinition::types: rt::type_of_enum::<Unit>()
//! ```

use std::ffi::CStr;

use crate::call::Returned;
use crate::class::Exported;
use crate::convert::{IntoPython, string};
use crate::dynamic::{call, imported, set_attribute, text, tuple};
use crate::error::Error;
use crate::host::{Version, host};
use crate::layout::{Layout, Probed};
use crate::module::{Module, Related, TypeEntry};
use crate::object::{Argument, Object};
use crate::python::Python;
use crate::type_object::{check_index, module_and_name, short_name};
use crate::{Result, api, refcount};

/// A Rust enum whose values are the members of a Python enum. Implemented by generated code.
pub trait Enumeration: Exported + Sized {
    /// The definition of the enum.
    const DEFINITION: &'static EnumDefinition;
    /// Returns the value of the member with this index.
    fn from_index(index: usize) -> Option<Self>;
    /// Returns the index of the member for this value.
    fn index(&self) -> usize;
}

/// The definition of an enum. A constant in the generated code.
pub struct EnumDefinition {
    /// `module.Name`
    pub name: &'static CStr,
    /// Its documentation.
    pub doc: &'static CStr,
    /// The base of its members.
    pub base: EnumBase,
    /// Its members, in order.
    pub members: &'static [Member],
}

/// The base of the members of an enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnumBase {
    /// Members have no other base: `enum.Enum`.
    Plain,
    /// Members are integers: `enum.IntEnum`.
    Int,
    /// Members are strings: `enum.StrEnum`.
    Str,
}

/// A member of an enum.
pub struct Member {
    /// Its name in Python.
    pub name: &'static CStr,
    /// Its documentation. If empty, it is that of the class.
    pub doc: &'static CStr,
    /// Its value.
    pub value: MemberValue,
}

/// The value of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberValue {
    /// An integer.
    Int(i128),
    /// A string.
    Str(&'static str),
}

/// Returns the entry of an enum for the definition of a module.
pub const fn type_of_enum<E: Enumeration>() -> TypeEntry {
    TypeEntry::new(E::DEFINITION.name, create::<E>)
}

fn create<'py, E: Enumeration>(module: &Module<'py>, index: usize) -> Returned<'py> {
    check_index::<E>(module, index)?;
    let class = make_class(module, E::DEFINITION)?;
    let mut members = Vec::with_capacity(E::DEFINITION.members.len());
    for Member { name, doc, .. } in E::DEFINITION.members {
        members.push(member(&class, name, doc)?);
    }
    module.keep_with_type(members);
    Ok(class)
}

/// Returns a member of a class, after setting its documentation if there is any.
pub(crate) fn member<'py>(class: &Object<'py>, name: &CStr, doc: &CStr) -> Returned<'py> {
    let py = class.py();
    let name = text(py, name)?;
    // SAFETY: alive and attached.
    let member =
        unsafe { Object::from_owned(py, api::PyObject_GetItem(class.as_raw(), name.as_raw()))? };
    if !doc.is_empty() {
        set_attribute(&member, c"__doc__", &text(py, doc)?)?;
    }
    Ok(member)
}

/// Creates a class with these pairs of name and value, by the function call syntax of Python's `enum` classes.
pub(crate) fn make_enum<'py>(
    module: &Module<'py>,
    base: &Object<'py>,
    name: &'static CStr,
    doc: &CStr,
    members: Vec<Object<'py>>,
    mixed_in: Option<Object<'py>>,
) -> Returned<'py> {
    let py = module.py;
    let (module, name) = module_and_name(module.qualified(name));
    let positional = [string::from_str(py, name)?, tuple(py, members)?];
    let module = (c"module", string::from_str(py, module)?);
    let qualified_name = (c"qualname", string::from_str(py, name)?);
    let class = match mixed_in {
        None => call(base, positional, [module, qualified_name])?,
        Some(class) => call(base, positional, [module, qualified_name, (c"type", class)])?,
    };
    set_attribute(&class, c"__doc__", &text(py, doc)?)?;
    Ok(class)
}

fn make_class<'py>(module: &Module<'py>, definition: &EnumDefinition) -> Returned<'py> {
    let py = module.py;
    let mut members = Vec::with_capacity(definition.members.len());
    for member in definition.members {
        let value = match member.value {
            MemberValue::Int(value) => value.into_python::<Probed>(py)?,
            MemberValue::Str(value) => value.into_python::<Probed>(py)?,
        };
        members.push(tuple(py, [text(py, member.name)?, value])?);
    }
    let has_str_enum = host().version >= Version::new(3, 11);
    let base = match definition.base {
        EnumBase::Plain => c"Enum",
        EnumBase::Int => c"IntEnum",
        EnumBase::Str if has_str_enum => c"StrEnum",
        EnumBase::Str => c"Enum",
    };
    let base = imported(py, "enum", base)?;
    if definition.base != EnumBase::Str || has_str_enum {
        return make_enum(
            module,
            &base,
            definition.name,
            definition.doc,
            members,
            None,
        );
    }
    // SAFETY: the type is alive as long as the interpreter; attached.
    let str = unsafe { Object::from_borrowed(py, api::PyUnicode_Type()) };
    let (name, doc) = (definition.name, definition.doc);
    let class = make_enum(module, &base, name, doc, members, Some(str.clone()))?;
    for method in [c"__str__", c"__format__"] {
        set_attribute(&class, method, &str.attribute(method)?)?;
    }
    Ok(class)
}

/// Returns the value of a member.
///
/// # Errors
/// TypeError for any other object.
pub fn enum_from_python<E: Enumeration>(object: Argument<'_>) -> Result<E> {
    E::INTERPRETERS
        .place_in_related(object, E::INDEX)
        .and_then(E::from_index)
        .ok_or_else(|| {
            let name = E::DEFINITION.name;
            Error::expected_type(short_name(name), name, object)
        })
}

/// Returns the member for a value.
///
/// # Errors
/// ImportError if the interpreter no longer has the module.
pub fn enum_into_python<'py, L: Layout, E: Enumeration>(
    value: &E,
    py: Python<'py>,
) -> Returned<'py> {
    let members = E::INTERPRETERS
        .state(py)
        .map_or(&[][..], |state| state.related(E::INDEX));
    let Some(member) = members.get(value.index()).and_then(Related::object) else {
        // If there are no members, this returns the error that explains why.
        E::INTERPRETERS.type_object(py, E::INDEX)?;
        return Err(Error::type_error(format!(
            "{} has no such member",
            short_name(E::DEFINITION.name)
        )));
    };
    // SAFETY: the state keeps the member alive; attached.
    unsafe {
        refcount::incref::<L>(member);
        Ok(Object::from_owned_unchecked(py, member))
    }
}
