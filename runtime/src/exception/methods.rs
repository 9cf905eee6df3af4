//! The methods of exception classes.

use super::Exception;
use super::kept::Kept;
use crate::call::{Given, Keywords, Returned, bind_keywords};
use crate::convert::{Normalise, string};
use crate::dynamic::{call, imported, set_attribute, tuple};
use crate::error::Error;
use crate::ffi::Raw;
use crate::layout::Probed;
use crate::object::{Argument, Object};
use crate::panic::returning_object;
use crate::python::Python;
use crate::refcount::type_of;
use crate::{Result, api, callback};

// SAFETY of the trampolines: Python calls them on an attached thread, with arguments that are alive for the time of the call.

/// Calls a method with the instance, which is the first argument, and the remaining arguments.
///
/// # Safety
/// The arguments are those that Python passed to a `METH_FASTCALL | METH_KEYWORDS` function.
pub(crate) unsafe fn method(
    arguments: *const Raw,
    count: isize,
    names: Raw,
    body: for<'py> fn(Object<'py>, Given) -> Returned<'py>,
) -> Raw {
    // SAFETY: see above.
    let py = unsafe { Python::assume_attached() };
    returning_object(py, || {
        if count < 1 {
            return Err(Error::type_error("unbound method needs an argument"));
        }
        // SAFETY: there is at least one argument (checked above); the others follow it.
        let (this, positional) = unsafe { (Argument::from_raw(*arguments), arguments.add(1)) };
        let keywords = if names.is_null() {
            Keywords::Absent
        } else {
            Keywords::Names(names)
        };
        body(
            this.to_object(),
            Given {
                positional,
                count: count as usize - 1,
                keywords,
            },
        )
    })
}

/// `__init__(self, message="", *, …)`
pub(super) unsafe extern "C" fn init<E: Exception>(
    _: Raw,
    arguments: *const Raw,
    count: isize,
    names: Raw,
) -> Raw {
    // SAFETY: see above.
    unsafe { method(arguments, count, names, initialise::<E>) }
}

fn initialise<'py, E: Exception>(this: Object<'py>, given: Given) -> Returned<'py> {
    let py = this.py();
    let definition = E::DEFINITION;
    let mut arguments = vec![std::ptr::null_mut(); definition.fields.len() + 1];
    // SAFETY: the arguments are those that Python passed to a METH_FASTCALL | METH_KEYWORDS function; there is one entry per
    // parameter.
    unsafe { bind_keywords(py, definition.signature, &mut arguments, given)? };
    let name = |index| move |error| definition.signature.name_argument(index, error);
    let argument = |index: usize| {
        // SAFETY: bound arguments are alive for the call.
        (!arguments[index].is_null()).then(|| unsafe { Argument::from_raw(arguments[index]) })
    };
    let message = match argument(0) {
        Some(message) => String::normalise::<Probed>(message, py).map_err(name(0))?,
        None => string::from_str(py, "")?,
    };
    let mut values = Vec::with_capacity(definition.fields.len());
    for (index, field) in definition.fields.iter().enumerate() {
        values.push(match (argument(index + 1), field.default) {
            (Some(argument), _) => (field.normalise)(argument).map_err(name(index + 1))?,
            (None, Some(default)) => default(py)?,
            // Binding has rejected calls without this argument.
            (None, None) => return Err(Error::type_error("a field has no value")),
        });
    }
    let kept = Kept::of::<E>(py)?;
    match kept.base_init() {
        Some(init) => {
            call(&init, [this.clone(), message], [])?;
        }
        None => set_attribute(&this, c"args", &tuple(py, [message])?)?,
    }
    set_fields(&this, kept, values)?;
    Ok(py.none())
}

/// Stores the fields as attributes.
pub(crate) fn set_fields<'py>(
    this: &Object<'py>,
    kept: Kept<'py>,
    values: Vec<Object<'py>>,
) -> Result<()> {
    for (field, value) in values.into_iter().enumerate() {
        this.setattr(&kept.field_name(field), value)?;
    }
    Ok(())
}

/// `__reduce__`: a copy is created by `__new__` alone, then its attributes are set, including `args`, which some exceptions set
/// only in `__init__`.
pub(super) unsafe extern "C" fn reduce(
    _: Raw,
    arguments: *const Raw,
    count: isize,
    names: Raw,
) -> Raw {
    // SAFETY: see above.
    unsafe { method(arguments, count, names, reduced) }
}

fn reduced<'py>(this: Object<'py>, _given: Given) -> Returned<'py> {
    let py = this.py();
    let arguments = this.attribute(c"args")?;
    // SAFETY: alive and attached.
    let class = unsafe { Object::from_borrowed(py, type_of::<Probed>(this.as_raw())) };
    let own = this.attribute(c"__dict__")?;
    let state = call(
        &imported(py, "builtins", c"dict")?,
        [own],
        [(c"args", arguments.clone())],
    )?;
    let class = tuple(py, [class])?;
    // SAFETY: alive and attached.
    let new_arguments = unsafe {
        Object::from_owned(
            py,
            api::PySequence_Concat(class.as_raw(), arguments.as_raw()),
        )?
    };
    tuple(
        py,
        [
            imported(py, "copyreg", c"__newobj__")?,
            new_arguments,
            state,
        ],
    )
}

/// `__setstate__`: sets all attributes.
pub(super) unsafe extern "C" fn restore(
    _: Raw,
    arguments: *const Raw,
    count: isize,
    names: Raw,
) -> Raw {
    // SAFETY: see above.
    unsafe { method(arguments, count, names, restored) }
}

fn restored<'py>(this: Object<'py>, given: Given) -> Returned<'py> {
    let py = this.py();
    let _nested = callback::nest()?;
    // SAFETY: there is an argument (`given.count`), alive for the call. References are held to the objects that are used while
    // Python code may change the dictionary, and a copy of the dictionary is read.
    unsafe {
        if given.count != 1
            || !Argument::from_raw(*given.positional).is_instance(api::PyDict_Type())
        {
            return Err(Error::type_error("state is not a dictionary"));
        }
        let state = Object::from_owned(py, api::PyDict_Copy(*given.positional))?;
        let (mut place, mut name, mut value) = (0, std::ptr::null_mut(), std::ptr::null_mut());
        while api::PyDict_Next(state.as_raw(), &mut place, &mut name, &mut value) != 0 {
            let name = Object::from_borrowed(py, name);
            let value = Object::from_borrowed(py, value);
            if api::PyObject_SetAttr(this.as_raw(), name.as_raw(), value.as_raw()) < 0 {
                return Err(Error::fetch(py));
            }
        }
    }
    Ok(py.none())
}

/// `__str__`: the message.
pub(super) unsafe extern "C" fn show(
    _: Raw,
    arguments: *const Raw,
    count: isize,
    names: Raw,
) -> Raw {
    // SAFETY: see above.
    unsafe { method(arguments, count, names, shown) }
}

fn shown<'py>(this: Object<'py>, _given: Given) -> Returned<'py> {
    let py = this.py();
    let arguments = this.attribute(c"args")?;
    match arguments.is_truthy()? {
        true => arguments.get_item(0)?.to_text(),
        false => string::from_str(py, ""),
    }
}
