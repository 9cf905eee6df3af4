//! `==` and `hash` of exceptions of interface files. They compare class and contents, since exceptions are also values, which are
//! copied and pickled with the records that contain them.

use std::ffi::{c_int, c_void};

use super::Exception;
use super::class_statement::add_method;
use super::kept::Kept;
use super::methods::method;
use crate::call::{Given, Returned};
use crate::convert::IntoPython;
use crate::error::Error;
use crate::ffi::{FastFunction, METH_FASTCALL, METH_KEYWORDS, MethodDef, Raw};
use crate::layout::Probed;
use crate::object::{Argument, Object};
use crate::refcount::type_of;
use crate::{Result, api, callback};

/// A method definition, to which descriptors point.
#[repr(transparent)]
pub(super) struct Definition(pub(super) MethodDef);

// SAFETY: the definition does not change.
unsafe impl Sync for Definition {}

const fn definition(
    name: &'static std::ffi::CStr,
    function: FastFunction,
    doc: &'static std::ffi::CStr,
) -> Definition {
    Definition(MethodDef {
        name: name.as_ptr(),
        function: function as *const c_void,
        flags: METH_FASTCALL | METH_KEYWORDS,
        doc: doc.as_ptr(),
    })
}

pub(super) const EQUAL_DOC: &std::ffi::CStr =
    c"__eq__($self, other, /)\n--\n\nWhether class and contents are the same.";

static EQUAL: Definition = definition(c"__eq__", equal, EQUAL_DOC);
static HASH: Definition = definition(
    c"__hash__",
    hash,
    c"__hash__($self, /)\n--\n\nThe same for all exceptions of a class, whose contents can change.",
);

/// Makes exceptions of a class and its subclasses equal if their classes and `args` are equal.
pub(crate) fn add_equality(class: &Object<'_>) -> Result<()> {
    add_method(class, &EQUAL.0)?;
    add_hash(class)
}

/// Adds the `__hash__` that every `__eq__` requires.
pub(super) fn add_hash(class: &Object<'_>) -> Result<()> {
    add_method(class, &HASH.0)
}

unsafe extern "C" fn equal(_: Raw, arguments: *const Raw, count: isize, names: Raw) -> Raw {
    // SAFETY: Python calls it on an attached thread, with arguments that are alive for the time of the call.
    unsafe {
        method(arguments, count, names, |this, given| {
            compare(this, given, |_, _| Ok(true))
        })
    }
}

/// `__eq__` of an exception with fields.
pub(super) unsafe extern "C" fn equal_with_fields<E: Exception>(
    _: Raw,
    arguments: *const Raw,
    count: isize,
    names: Raw,
) -> Raw {
    // SAFETY: as above.
    unsafe {
        method(arguments, count, names, |this, given| {
            compare(this, given, same_fields::<E>)
        })
    }
}

unsafe extern "C" fn hash(_: Raw, arguments: *const Raw, count: isize, names: Raw) -> Raw {
    // SAFETY: as above.
    unsafe {
        method(arguments, count, names, |this, _| {
            let py = this.py();
            let hash = this.get_type().hash()?;
            (hash as i64).into_python::<Probed>(py)
        })
    }
}

/// Returns whether the argument has the same class, equal `args` and equal `contents`.
fn compare<'py>(
    this: Object<'py>,
    given: Given,
    contents: fn(&Object<'py>, &Object<'py>) -> Result<bool>,
) -> Returned<'py> {
    let py = this.py();
    if given.count != 1 {
        return Err(Error::type_error("__eq__() takes one argument"));
    }
    // SAFETY: there is an argument (checked above), which is alive for the call, as is the instance; NotImplemented lives as long
    // as Python.
    let other = unsafe {
        let other = Argument::from_raw(*given.positional).to_object();
        if type_of::<Probed>(this.as_raw()) != type_of::<Probed>(other.as_raw()) {
            return Ok(Object::from_borrowed(py, api::_Py_NotImplementedStruct()));
        }
        other
    };
    // An object is equal to itself, even if `__init__` has not set all its attributes.
    let same = this.is(&other)
        || same(&this.attribute(c"args")?, &other.attribute(c"args")?)? && contents(&this, &other)?;
    same.into_python::<Probed>(py)
}

fn same_fields<E: Exception>(this: &Object<'_>, other: &Object<'_>) -> Result<bool> {
    let kept = Kept::of::<E>(this.py())?;
    for field in 0..E::DEFINITION.fields.len() {
        let name = kept.field_name(field);
        // A subclass may not have called `__init__` of this class.
        let is_same = match (this.getattr_opt(&name)?, other.getattr_opt(&name)?) {
            (Some(own), Some(other)) => same(&own, &other)?,
            (own, other) => own.is_none() && other.is_none(),
        };
        if !is_same {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Returns whether two objects are identical or equal.
fn same(one: &Object<'_>, other: &Object<'_>) -> Result<bool> {
    const EQUAL: c_int = 2;
    let _nested = callback::nest()?;
    // SAFETY: alive and attached.
    match unsafe { api::PyObject_RichCompareBool(one.as_raw(), other.as_raw(), EQUAL) } {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Error::fetch(one.py())),
    }
}
