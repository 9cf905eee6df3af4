//! Class attributes that are created on first access.
//!
//! The class's dictionary contains a descriptor, whose `__get__` creates the value from the class and stores it.

use std::ffi::{c_int, c_void};
use std::sync::atomic::{AtomicPtr, Ordering};

use crate::call::Returned;
use crate::error::Error;
use crate::ffi::{PyObject, Raw, Visit};
use crate::host::{Version, host};
use crate::layout::{Layout, Probed};
use crate::module::{Module, RuntimeType, runtime_type};
use crate::object::{Argument, Object};
use crate::panic::returning_object;
use crate::python::Python;
use crate::type_object::{self, Blueprint, TypeSlot};
use crate::{api, refcount};

/// Creates the value for a class.
pub(crate) type Make = for<'py> fn(Argument<'py>) -> Returned<'py>;

/// The data after the object header.
#[repr(C)]
struct Contents {
    /// `None` if Python code has created the instance, which PyPy allows.
    make: Option<Make>,
    /// Null until the first access.
    value: AtomicPtr<PyObject>,
}

/// Creates a descriptor for the dictionary of a class.
///
/// # Errors
/// MemoryError.
pub(crate) fn lazy_attribute<'py>(py: Python<'py>, make: Make) -> Returned<'py> {
    let class = runtime_type(py, RuntimeType::LazyAttribute, create)?;
    // SAFETY: attached; instances of the type have room for the contents, which no other code has seen yet. Zeroed memory is a
    // null value, which the collector may see before the value is set.
    unsafe {
        let object = Object::from_owned(py, api::PyType_GenericAlloc(class.as_raw(), 0))?;
        contents(object.as_raw()).write(Contents {
            make: Some(make),
            value: AtomicPtr::new(std::ptr::null_mut()),
        });
        Ok(object)
    }
}

fn create<'py>(module: &Module<'py>, _index: usize) -> Returned<'py> {
    let size = Probed::facts().header + size_of::<Contents>();
    let mut blueprint = Blueprint::new(
        c"pyidl.lazy_attribute",
        c"Made when it is first asked for.",
        size,
    );
    blueprint.collected = true;
    blueprint.slot(TypeSlot::Dealloc, deallocate as *const c_void);
    blueprint.slot(TypeSlot::Traverse, traverse as *const c_void);
    blueprint.slot(TypeSlot::Clear, clear as *const c_void);
    blueprint.slot(TypeSlot::DescrGet, get as *const c_void);
    blueprint.slot(TypeSlot::New, type_object::refuse_new as *const c_void);
    // SAFETY: the functions have the signatures of their slots, for instances with these contents.
    unsafe { blueprint.make(module, None) }
}

/// # Safety
/// `object` is an instance of the type.
unsafe fn contents(object: Raw) -> *mut Contents {
    // SAFETY: the contents follow the header.
    unsafe {
        object
            .cast::<u8>()
            .add(Probed::facts().header)
            .cast::<Contents>()
    }
}

/// # Safety
/// `object` is an instance of the type, alive for `'a`.
unsafe fn value<'a>(object: Raw) -> &'a AtomicPtr<PyObject> {
    // SAFETY: within the instance; the word is zero before the instance is complete.
    unsafe { &(*contents(object)).value }
}

// SAFETY of the functions below: Python calls them on an attached thread, with an instance of the type and arguments that
// are alive for the time of the call.

unsafe extern "C" fn get(this: Raw, instance: Raw, class: Raw) -> Raw {
    // SAFETY: see above.
    let py = unsafe { Python::assume_attached() };
    returning_object(py, || {
        if Probed::facts().empty_instances {
            let own = runtime_type(py, RuntimeType::LazyAttribute, create)?;
            // SAFETY: alive for the call.
            let this = unsafe { Argument::from_raw(this) };
            type_object::expect_memory_of(this, own.as_raw(), "lazy_attribute")?;
        }
        // SAFETY: an instance, as checked above on PyPy.
        let (value, make) = unsafe { (value(this), (*contents(this)).make) };
        let mut made = value.load(Ordering::Acquire);
        if made.is_null() {
            let make = make.ok_or_else(|| Error::type_error("this attribute has no value"))?;
            // SAFETY: see above. Python passes the class; a direct call of `__get__` may pass the instance alone.
            let class = unsafe {
                match class.is_null() {
                    true => Argument::from_raw(instance).class(),
                    false => Argument::from_raw(class).to_object(),
                }
            };
            let new = make(class.as_argument())?.into_raw();
            match value.compare_exchange(
                std::ptr::null_mut(),
                new,
                Ordering::AcqRel,
                Ordering::Acquire,
            ) {
                Ok(_) => made = new,
                Err(first) => {
                    // SAFETY: this function owns the reference that was not stored.
                    unsafe { refcount::decref::<Probed>(new) };
                    made = first;
                }
            }
        }
        // SAFETY: alive, since this object keeps a reference until it is cleared, and its class is garbage by then.
        Ok(unsafe { Object::from_borrowed(py, made) })
    })
}

unsafe extern "C" fn traverse(this: Raw, visit: Visit, argument: *mut c_void) -> c_int {
    // SAFETY: see above; from 3.9 on, instances of heap types must visit their type.
    unsafe {
        let class = (host().version >= Version::new(3, 9)).then(|| type_object::own_class(this));
        let value = value(this).load(Ordering::Relaxed);
        for reference in [Some(value), class]
            .into_iter()
            .flatten()
            .filter(|reference| !reference.is_null())
        {
            let stop = visit(reference, argument);
            if stop != 0 {
                return stop;
            }
        }
    }
    0
}

unsafe extern "C" fn clear(this: Raw) -> c_int {
    // SAFETY: see above; the instance owned the reference.
    unsafe {
        let value = value(this).swap(std::ptr::null_mut(), Ordering::AcqRel);
        if !value.is_null() {
            refcount::decref::<Probed>(value);
        }
    }
    0
}

unsafe extern "C" fn deallocate(this: Raw) {
    // SAFETY: see above; no other code uses an instance without references.
    unsafe {
        type_object::untrack(this);
        clear(this);
        type_object::free(this);
    }
}
