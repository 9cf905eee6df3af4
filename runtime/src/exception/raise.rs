//! Creates the exception object for a Rust value without calling the constructor, which would repeat checks that Rust has done.

use std::ffi::{c_int, c_void};

use super::Exception;
use super::kept::Kept;
use super::methods::set_fields;
use crate::call::Returned;
use crate::convert::string;
use crate::dynamic::{call, tuple};
use crate::error::{Error, repr};
use crate::ffi::Raw;
use crate::host::host;
use crate::object::{Argument, Object};
use crate::python::Python;
use crate::type_object::TypeSlot;
use crate::{api, callback};

pub(super) fn into_exception<'py, E: Exception>(exception: E, py: Python<'py>) -> Returned<'py> {
    let class = E::INTERPRETERS.class(py, E::INDEX)?;
    let kept = Kept::of::<E>(py)?;
    let message = string::from_str(py, exception.message())?;
    let values = exception.into_fields(py)?;
    make(kept, class, message, values)
}

fn make<'py>(
    kept: Kept<'py>,
    class: Object<'py>,
    message: Object<'py>,
    values: Vec<Object<'py>>,
) -> Returned<'py> {
    let exception = new_instance(kept, class, vec![message.clone()])?;
    if let Some(init) = kept.base_init() {
        call(&init, [exception.clone(), message], [])?;
    }
    set_fields(&exception, kept, values)?;
    Ok(exception)
}

/// Returns the result of `class.__new__(class, *arguments)`, whose `args` are the arguments.
///
/// # Errors
/// The exception that it raises; a TypeError with the message of a `raise` statement if the result is not an exception, since
/// Python code can replace `__new__`.
pub(crate) fn new_instance<'py>(
    kept: Kept<'py>,
    class: Object<'py>,
    arguments: Vec<Object<'py>>,
) -> Returned<'py> {
    let made = call_new(kept, class.clone(), arguments)?;
    match made.as_argument().is_instance(api::PyExc_BaseException()) {
        true => Ok(made),
        false => Err(no_exception(&class, made.as_argument())),
    }
}

#[cold]
fn no_exception(class: &Object<'_>, made: Argument<'_>) -> Error {
    match (repr(class), repr(&made.class())) {
        (Ok(class), Ok(got)) => Error::type_error(format!(
            "calling {class} should have returned an instance of BaseException, not {got}"
        )),
        (Err(error), _) | (_, Err(error)) => error,
    }
}

fn call_new<'py>(
    kept: Kept<'py>,
    class: Object<'py>,
    mut arguments: Vec<Object<'py>>,
) -> Returned<'py> {
    let py = class.py();
    if host().pypy {
        arguments.insert(0, class);
        return callback::call_with_dict(kept.new_function().as_raw(), &arguments, None, py);
    }
    type New = unsafe extern "C" fn(Raw, Raw, Raw) -> Raw;
    let arguments = tuple(py, arguments)?;
    // SAFETY: attached. A class made by a `class` statement has a `tp_new` of type `newfunc`; it takes its own reference to the
    // arguments if it needs them.
    unsafe {
        let new = api::PyType_GetSlot(class.as_raw(), TypeSlot::New as c_int);
        let new = std::mem::transmute::<*mut c_void, New>(new);
        Object::from_owned(
            py,
            new(class.as_raw(), arguments.as_raw(), std::ptr::null_mut()),
        )
    }
}
