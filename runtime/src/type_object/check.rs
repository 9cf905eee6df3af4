//! Checks of what callers usually have checked: that a class is derived from one of ours, that an object is an instance of it.

use std::ffi::c_int;

use super::{TypeSlot, own_class};
use crate::class::Exported;
use crate::error::{Error, name_in, type_name};
use crate::ffi::Raw;
use crate::host::host;
use crate::layout::Layout;
use crate::object::Argument;
use crate::{Result, api};

/// Checks that an object is the class `T` or derived from it: for a `__new__` that its caller has not checked.
///
/// # Errors
/// TypeError in the words of CPython; ImportError where the interpreter has not got the module any more.
#[cold]
#[inline(never)]
pub(crate) fn expect_subtype<T: Exported>(class: Argument<'_>, name: &str) -> Result<()> {
    let own = T::INTERPRETERS.type_object(class.py(), T::INDEX)?;
    if !class.is_instance(api::PyType_Type()) {
        return Err(Error::type_error(format!(
            "{name}.__new__(X): X is not a type object ({})",
            type_name(class)?
        )));
    }
    // SAFETY: two live types; attached. Others than PyPy see to it that a subtype has the layout of its base.
    let fits = unsafe {
        match host().pypy {
            true => has_layout_of(class.as_raw(), own),
            false => api::PyType_IsSubtype(class.as_raw(), own) != 0,
        }
    };
    if !fits {
        let other = name_in(class, c"__name__")?.unwrap_or_default();
        return Err(Error::type_error(format!(
            "{name}.__new__({other}): {other} is not a subtype of {name}"
        )));
    }
    Ok(())
}

/// Checks on PyPy that an object is an instance of `T` as far as its memory is concerned: PyPy lets the functions of slots be
/// called with any object, and the class of an object be assigned.
///
/// # Errors
/// TypeError; ImportError where the interpreter has not got the module any more.
#[inline(always)]
pub(crate) fn expect_instance_on_pypy<T: Exported, L: Layout>(
    object: Argument<'_>,
    name: impl FnOnce() -> &'static str,
) -> Result<()> {
    if L::facts().empty_instances {
        return expect_memory_of(
            object,
            T::INTERPRETERS.type_object(object.py(), T::INDEX)?,
            name(),
        );
    }
    Ok(())
}

/// Checks that the memory of an object was allocated for an instance of a type.
///
/// # Errors
/// TypeError.
#[cold]
#[inline(never)]
pub(crate) fn expect_memory_of(object: Argument<'_>, class: Raw, name: &str) -> Result<()> {
    // SAFETY: alive; attached.
    match unsafe { has_layout_of(own_class(object.as_raw()), class) } {
        true => Ok(()),
        false => Err(Error::type_error(format!(
            "expected an instance of {name}, got {}",
            type_name(object)?
        ))),
    }
}

/// Whether instances of a type begin as those of another. The header of an object names the type that its memory was allocated
/// for, whatever Python says, and the chain of `tp_base` says what that type's layout adds to; the order in which methods are
/// looked up, which [`PyType_IsSubtype`](https://docs.python.org/3/c-api/type.html#c.PyType_IsSubtype) goes by, is for the
/// metaclass to choose.
///
/// # Safety
/// Two live types; attached, without an exception.
unsafe fn has_layout_of(mut class: Raw, other: Raw) -> bool {
    // SAFETY: as promised by the caller; a type keeps its base alive.
    unsafe {
        while class != other {
            class = api::PyType_GetSlot(class, TypeSlot::Base as c_int).cast();
            if class.is_null() {
                // The end, or a SystemError for a type that is built in.
                api::PyErr_Clear();
                return false;
            }
        }
    }
    true
}
