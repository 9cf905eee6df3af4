//! `tp_dealloc`: drops the values of an instance, those of a class before those of its base, and frees the memory.

use super::Class;
use super::instance::Contents;
use crate::error::Error;
use crate::ffi::Raw;
use crate::layout::Probed;
use crate::panic::guard;
use crate::python::Python;
use crate::{api, trash, type_object};

/// `tp_dealloc`
pub(super) unsafe extern "C" fn dealloc<C: Class>(object: Raw) {
    // SAFETY: Python calls `tp_dealloc` on an attached thread for an object without references. After `untrack` the collector does
    // not track it; a subclass that it tracks has already untracked the object.
    unsafe {
        if let Some(foreign) = C::BASE.foreign() {
            foreign.untrack(object);
        }
        if has_drops::<C>() {
            trash::object(object, drop_and_free::<C>);
        } else {
            free::<C>(object);
        }
    }
}

/// # Safety
/// `object` is an instance of `C` that is being deallocated; the thread is attached.
unsafe fn drop_and_free<C: Class>(object: Raw) {
    // SAFETY: as promised by the caller.
    unsafe {
        drop_parts::<C>(object);
        free::<C>(object);
    }
}

/// # Safety
/// As for [`drop_and_free`]; the values have been dropped.
#[inline(always)]
unsafe fn free<C: Class>(object: Raw) {
    // SAFETY: as promised by the caller.
    unsafe {
        match C::BASE.foreign() {
            Some(foreign) => foreign.free(object),
            None => type_object::free(object),
        }
    }
}

/// Returns whether dropping the values of an instance does anything.
pub(super) const fn has_drops<C: Class>() -> bool {
    std::mem::needs_drop::<C>() || C::BASE.has_drops()
}

/// Drops the values of an instance.
///
/// # Safety
/// `object` is an instance of `C` that is being deallocated; the thread is attached.
pub(super) unsafe fn drop_parts<C: Class>(object: Raw) {
    // SAFETY: as promised by the caller.
    unsafe {
        // No method of an object that is freed can be running, except on a thread that a fork left behind in the middle of it.
        let is_half_changed = C::MUTABLE && Contents::<C>::lock::<Probed>(object).is_exclusive();
        let has_drop = std::mem::needs_drop::<C>();
        if has_drop && Contents::<C>::is_filled::<Probed>(object) && !is_half_changed {
            drop_value(Contents::<C>::value::<Probed>(object));
        }
        C::BASE.drop_parts(object);
    }
}

/// Drops the value. Restores Python's current exception if its `Drop` changes it. A panic is reported on stderr like an exception
/// in a finaliser (`sys.unraisablehook`).
///
/// # Safety
/// As for [`std::ptr::drop_in_place`]; the thread is attached.
unsafe fn drop_value<T>(value: *mut T) {
    // SAFETY: attached (caller).
    let py = unsafe { Python::assume_attached() };
    let current = Error::take(py);
    let result = guard(|| {
        // SAFETY: as promised by the caller.
        unsafe { std::ptr::drop_in_place(value) };
        Ok(())
    });
    if let Err(error) = result {
        error.raise(py);
        // SAFETY: attached; an exception is set.
        unsafe { api::PyErr_WriteUnraisable(std::ptr::null_mut()) };
    }
    if let Some(current) = current {
        current.raise(py);
    }
}
