//! Methods that reject what PyPy, unlike CPython, lets Python code do with classes.
//!
//! PyPy allows any class to be subclassed, copies and pickles instances by calling the constructor without arguments, and creates
//! instances by `object.__new__`, whose values are missing (`class::instance` detects them).

use std::ffi::{c_int, c_void};

use super::expect_instance_on_pypy;
use crate::error::{Error, name_in, type_name};
use crate::ffi::{GetSetDef, METH_CLASS, METH_FASTCALL, METH_KEYWORDS, MethodDef, Raw};
use crate::host::host;
use crate::layout::Probed;
use crate::object::Argument;
use crate::panic::{returning_object, returning_status};
use crate::python::Python;
use crate::record::{Record, field_of};

/// Returns the method that rejects subclasses.
pub(crate) fn closed() -> Option<MethodDef> {
    on_pypy(MethodDef {
        name: c"__init_subclass__".as_ptr(),
        function: refuse_subclass as *const c_void,
        flags: METH_FASTCALL | METH_KEYWORDS | METH_CLASS,
        doc: std::ptr::null(),
    })
}

/// Returns the method that rejects copies.
pub(crate) fn not_copied() -> Option<MethodDef> {
    on_pypy(MethodDef {
        name: c"__reduce_ex__".as_ptr(),
        function: refuse_to_reduce as *const c_void,
        flags: METH_FASTCALL | METH_KEYWORDS,
        doc: std::ptr::null(),
    })
}

/// Returns the attributes of a record: its fields, and its class, which cannot be assigned. PyPy reads a `PyMemberDef` of any
/// object whose class has one, although classes can be assigned. The table is made once per process and never freed.
pub(crate) fn record_attributes<R: Record>() -> Option<*const GetSetDef> {
    if !host().pypy {
        return None;
    }
    let fields = R::DEFINITION.fields.iter().enumerate();
    let fields = fields.map(|(index, field)| GetSetDef {
        name: field.name.as_ptr(),
        get: get_field::<R> as *const c_void,
        set: std::ptr::null(),
        doc: match field.doc.is_empty() {
            true => std::ptr::null(),
            false => field.doc.as_ptr(),
        },
        closure: std::ptr::without_provenance_mut(index),
    });
    let class = GetSetDef {
        name: c"__class__".as_ptr(),
        get: get_class as *const c_void,
        set: refuse_class as *const c_void,
        doc: std::ptr::null(),
        closure: std::ptr::null_mut(),
    };
    let table = fields.chain([class, GetSetDef::END]).collect();
    Some(Vec::leak(table).as_ptr())
}

fn on_pypy(method: MethodDef) -> Option<MethodDef> {
    host().pypy.then_some(method)
}

// SAFETY of the functions below: Python calls methods and the functions of properties on an attached thread, with arguments
// that are alive for the time of the call.

unsafe extern "C" fn get_field<R: Record>(this: Raw, index: *mut c_void) -> Raw {
    // SAFETY: see above.
    let (py, this) = unsafe { (Python::assume_attached(), Argument::from_raw(this)) };
    returning_object(py, || {
        expect_instance_on_pypy::<R, Probed>(this, || R::DEFINITION.qualified_name())?;
        field_of(this, R::DEFINITION, index.addr()).map(Argument::to_object)
    })
}

unsafe extern "C" fn get_class(this: Raw, _closure: *mut c_void) -> Raw {
    // SAFETY: see above.
    let (py, this) = unsafe { (Python::assume_attached(), Argument::from_raw(this)) };
    returning_object(py, || Ok(this.class()))
}

unsafe extern "C" fn refuse_class(this: Raw, _class: Raw, _closure: *mut c_void) -> c_int {
    // SAFETY: see above.
    let (py, this) = unsafe { (Python::assume_attached(), Argument::from_raw(this)) };
    returning_status(py, || {
        let name = type_name(this)?;
        Err(Error::type_error(format!(
            "the class of a '{name}' object cannot be assigned"
        )))
    })
}

unsafe extern "C" fn refuse_to_reduce(this: Raw, _: *const Raw, _: isize, _: Raw) -> Raw {
    // SAFETY: see above.
    let (py, this) = unsafe { (Python::assume_attached(), Argument::from_raw(this)) };
    returning_object(py, || {
        Err(Error::type_error(format!(
            "cannot pickle '{}' object",
            type_name(this)?
        )))
    })
}

unsafe extern "C" fn refuse_subclass(class: Raw, _: *const Raw, _: isize, _: Raw) -> Raw {
    // SAFETY: see above; the argument is the new subclass.
    let (py, class) = unsafe { (Python::assume_attached(), Argument::from_raw(class)) };
    returning_object(py, || {
        let base = class.to_object().attribute(c"__base__")?;
        let name = name_in(base.as_argument(), c"__name__")?.unwrap_or_default();
        Err(Error::type_error(format!(
            "type '{name}' is not an acceptable base type"
        )))
    })
}
