//! Class attributes that are made when somebody first asks for them.
//!
//! A descriptor in the class's dictionary, whose `__get__` makes the value from the class and keeps it.

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

/// Makes the value for a class.
pub(crate) type Make = for<'py> fn(Argument<'py>) -> Returned<'py>;

/// What follows the object header.
#[repr(C)]
struct Contents {
    /// None where Python code has made the instance, which PyPy allows.
    make: Option<Make>,
    /// Null until somebody has asked.
    value: AtomicPtr<PyObject>,
}

/// A descriptor for the dictionary of a class.
///
/// # Errors
/// MemoryError.
pub(crate) fn lazy_attribute<'py>(py: Python<'py>, make: Make) -> Returned<'py> {
    let class = runtime_type(py, RuntimeType::LazyAttribute, create)?;
    // SAFETY: attached; instances of the type have room for the contents, which nobody else sees yet. Zeroed memory is a
    // null value, which is what the collector may see before.
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
/// An instance of the type.
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
/// An instance of the type, alive for `'a`.
unsafe fn value<'a>(object: Raw) -> &'a AtomicPtr<PyObject> {
    // SAFETY: within the instance; before it is complete the word is zero.
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
        // SAFETY: an instance, on PyPy as just seen.
        let (value, make) = unsafe { (value(this), (*contents(this)).make) };
        let mut made = value.load(Ordering::Acquire);
        if made.is_null() {
            let make = make.ok_or_else(|| Error::type_error("this attribute has no value"))?;
            // SAFETY: see above. Python gives the class; where somebody calls `__get__`, it may be the instance alone.
            let class = unsafe {
                match class.is_null() {
                    true => Argument::from_raw(instance).class(),
                    false => Argument::from_raw(class),
                }
            };
            let new = make(class)?.into_raw();
            match value.compare_exchange(
                std::ptr::null_mut(),
                new,
                Ordering::AcqRel,
                Ordering::Acquire,
            ) {
                Ok(_) => made = new,
                Err(first) => {
                    // SAFETY: the reference that was to be kept.
                    unsafe { refcount::decref::<Probed>(new) };
                    made = first;
                }
            }
        }
        // SAFETY: alive, since this object keeps a reference until it is cleared, when its class is gone.
        Ok(unsafe { Object::from_borrowed(py, made) })
    })
}

unsafe extern "C" fn traverse(this: Raw, visit: Visit, argument: *mut c_void) -> c_int {
    // SAFETY: see above; from 3.9 on instances of heap types visit their type.
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
    // SAFETY: see above; without references nobody else uses the instance.
    unsafe {
        type_object::untrack(this);
        clear(this);
        type_object::free(this);
    }
}
