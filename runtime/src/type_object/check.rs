//! Checks that callers usually make: that a class is a subclass of one of this crate's types, that an object is an instance of
//! it.

use std::ffi::c_int;

use super::{TypeSlot, own_class};
use crate::class::Exported;
use crate::error::{Error, name_in, type_name};
use crate::ffi::Raw;
use crate::host::host;
use crate::layout::Layout;
use crate::object::Argument;
use crate::{Result, api};

/// Checks that an object is the class `T` or a subclass, for a `__new__` whose caller has not checked this.
///
/// # Errors
/// TypeError with CPython's message; ImportError if the interpreter no longer has the module.
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
    // SAFETY: two live types; attached. Except on PyPy, the interpreter ensures that a subtype has the layout of its base.
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

/// Checks on PyPy that the memory of an object is that of an instance of `T`: PyPy allows the functions of slots to be called
/// with any object, and the class of an object to be assigned.
///
/// # Errors
/// TypeError; ImportError if the interpreter no longer has the module.
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

/// Returns whether the layout of a type begins with that of another. The header of an object refers to the type that its memory
/// was allocated for, even if its class was assigned, and the chain of `tp_base` lists the types whose layouts it extends. The
/// method resolution order, which [`PyType_IsSubtype`](https://docs.python.org/3/c-api/type.html#c.PyType_IsSubtype) uses, is not
/// reliable, since the metaclass chooses it.
///
/// # Safety
/// Both are live types; the thread is attached and has no exception set.
unsafe fn has_layout_of(mut class: Raw, other: Raw) -> bool {
    // SAFETY: as promised by the caller; a type keeps its base alive.
    unsafe {
        while class != other {
            class = api::PyType_GetSlot(class, TypeSlot::Base as c_int).cast();
            if class.is_null() {
                // This is the end of the chain, or a SystemError for a built-in type.
                api::PyErr_Clear();
                return false;
            }
        }
    }
    true
}
