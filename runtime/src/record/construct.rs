//! How Python creates records.

use super::behaviour::expect_record_on_pypy;
use super::definition::{Record, RecordDefinition};
use super::instance;
use crate::Result;
use crate::call::{Given, Keywords, bind_keywords, bind_only_keywords, with_tuple};
use crate::class::vectorcall_count;
use crate::error::Error;
use crate::ffi::Raw;
use crate::layout::{Layout, Probed};
use crate::object::{Argument, Object};
use crate::panic::returning_object;
use crate::python::Python;
use crate::type_object;
use crate::warning::warn_deprecated;

// SAFETY of the trampolines: Python calls them on an attached thread, with arguments that are alive for the time of the call.

/// `tp_new`
pub(super) unsafe extern "C" fn new<R: Record>(class: Raw, arguments: Raw, keywords: Raw) -> Raw {
    // SAFETY: see above.
    let py = unsafe { Python::assume_attached() };
    returning_object(py, || {
        if Probed::facts().empty_instances {
            // SAFETY: alive for the call.
            let class = unsafe { Argument::from_raw(class) };
            type_object::expect_subtype::<R>(class, R::DEFINITION.qualified_name())?;
        }
        warn::<R>(py)?;
        // SAFETY: a tuple, and a dictionary or null; records cannot be subclassed, so `class` is the record's own.
        unsafe {
            with_tuple(py, arguments, keywords, |given| {
                construct(py, R::DEFINITION, class, given)
            })
        }
    })
}

/// `tp_vectorcall`
pub(super) unsafe extern "C" fn vectorcall<R: Record>(
    class: Raw,
    arguments: *const Raw,
    count_and_flag: usize,
    names: Raw,
) -> Raw {
    // SAFETY: see above.
    let py = unsafe { Python::assume_attached() };
    returning_object(py, || {
        warn::<R>(py)?;
        let keywords = if names.is_null() {
            Keywords::Absent
        } else {
            Keywords::Names(names)
        };
        let given = Given {
            positional: arguments,
            count: vectorcall_count(count_and_flag),
            keywords,
        };
        // SAFETY: the arguments are those that Python passed to the vectorcall function of this class.
        unsafe { construct(py, R::DEFINITION, class, given) }
    })
}

/// Emits the warning of a deprecated record.
fn warn<R: Record>(py: Python<'_>) -> Result<()> {
    match R::DEPRECATED {
        Some(message) => warn_deprecated(py, message),
        None => Ok(()),
    }
}

/// Most records have at most this many fields; for larger ones memory is allocated.
const FEW: usize = 8;

/// Creates an instance from the arguments of a call.
///
/// # Safety
/// `class` is the record's type object, and `given` holds the arguments that Python passed, alive for the call.
pub(super) unsafe fn construct<'py>(
    py: Python<'py>,
    definition: &'static RecordDefinition,
    class: Raw,
    given: Given,
) -> Result<Object<'py>> {
    let count = definition.fields.len();
    let mut few = [std::ptr::null_mut(); FEW];
    let mut many;
    let arguments = if count <= FEW {
        &mut few[..count]
    } else {
        many = vec![std::ptr::null_mut(); count];
        &mut many[..]
    };
    // SAFETY: as promised by the caller; there is one entry per parameter.
    unsafe {
        bind_keywords(py, definition.signature, arguments, given)?;
        let object = instance::allocate(py, class)?;
        for (index, (field, argument)) in definition.fields.iter().zip(&*arguments).enumerate() {
            let value = match (argument.is_null(), field.default) {
                (true, Some(default)) => default(py)?,
                // Binding has rejected calls without this argument.
                (true, None) => return Err(Error::type_error("a field has no value")),
                (false, _) => (field.normalise)(Argument::from_raw(*argument))
                    .map_err(|error| definition.signature.name_argument(index, error))?,
            };
            instance::set::<Probed>(&object, index, value);
        }
        Ok(object)
    }
}

/// `__replace__(self, /, **changes)`
pub(super) unsafe extern "C" fn replace<R: Record>(
    this: Raw,
    arguments: *const Raw,
    count: isize,
    names: Raw,
) -> Raw {
    // SAFETY: see above; `this` is an instance of the record.
    let (py, this) = unsafe { (Python::assume_attached(), Argument::from_raw(this)) };
    returning_object(py, || {
        expect_record_on_pypy::<R, Probed>(this)?;
        if count != 0 {
            let message = format!(
                "__replace__() takes 1 positional argument but {} were given",
                count + 1
            );
            return Err(Error::type_error(message));
        }
        let keywords = if names.is_null() {
            Keywords::Absent
        } else {
            Keywords::Names(names)
        };
        // SAFETY: the arguments are those that Python passed to a METH_FASTCALL | METH_KEYWORDS function.
        unsafe {
            replaced(
                py,
                R::DEFINITION,
                this,
                Given {
                    positional: arguments,
                    count: 0,
                    keywords,
                },
            )
        }
    })
}

/// Returns a copy with some fields changed. A name that is not a field gets the constructor's error.
unsafe fn replaced<'py>(
    py: Python<'py>,
    definition: &'static RecordDefinition,
    this: Argument<'py>,
    changes: Given,
) -> Result<Object<'py>> {
    let count = definition.fields.len();
    let mut arguments = vec![std::ptr::null_mut(); count];
    // SAFETY: as promised by the caller; there is one entry per parameter.
    unsafe {
        bind_only_keywords(py, definition.signature, &mut arguments, changes)?;
        let object = instance::allocate(py, crate::type_object::own_class(this.as_raw()))?;
        for (index, (field, argument)) in definition.fields.iter().zip(&arguments).enumerate() {
            let value = if argument.is_null() {
                super::behaviour::field_of(this, definition, index)?.to_object()
            } else {
                (field.normalise)(Argument::from_raw(*argument))
                    .map_err(|error| definition.signature.name_argument(index, error))?
            };
            instance::set::<Probed>(&object, index, value);
        }
        Ok(object)
    }
}
