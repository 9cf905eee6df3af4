//! What PyPy lets Python code do with classes that CPython refuses, and must be refused by methods.
//!
//! PyPy lets any class be subclassed, copies and pickles instances by calling the constructor without arguments, and makes
//! instances by `object.__new__`, whose values are missing (`class::instance` knows which).

use std::ffi::c_void;

use crate::dynamic;
use crate::error::{Error, name_in, type_name};
use crate::ffi::{METH_CLASS, METH_FASTCALL, METH_KEYWORDS, MethodDef, Raw};
use crate::host::host;
use crate::object::Argument;
use crate::panic::returning_object;
use crate::python::Python;

/// The method that refuses subclasses.
pub(crate) fn closed() -> Option<MethodDef> {
    on_pypy(MethodDef {
        name: c"__init_subclass__".as_ptr(),
        function: refuse_subclass as *const c_void,
        flags: METH_FASTCALL | METH_KEYWORDS | METH_CLASS,
        doc: std::ptr::null(),
    })
}

/// The method that refuses copies.
pub(crate) fn not_copied() -> Option<MethodDef> {
    on_pypy(MethodDef {
        name: c"__reduce_ex__".as_ptr(),
        function: refuse_to_reduce as *const c_void,
        flags: METH_FASTCALL | METH_KEYWORDS,
        doc: std::ptr::null(),
    })
}

fn on_pypy(method: MethodDef) -> Option<MethodDef> {
    host().pypy.then_some(method)
}

// SAFETY of the functions below: Python calls methods on an attached thread, with arguments that are alive for the time of
// the call.

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
    // SAFETY: see above; the subclass that was made.
    let (py, class) = unsafe { (Python::assume_attached(), Argument::from_raw(class)) };
    returning_object(py, || {
        let base = dynamic::attribute(&class.to_object(), c"__base__")?;
        let name = name_in(base.as_argument(), c"__name__")?.unwrap_or_default();
        Err(Error::type_error(format!(
            "type '{name}' is not an acceptable base type"
        )))
    })
}
