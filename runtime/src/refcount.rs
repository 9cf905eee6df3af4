//! Reference counting, and the objects that every interpreter keeps forever.

use crate::api;
use crate::ffi::{PyObject, Raw};
use crate::layout::{Layout, Refcount, read};
use std::sync::atomic::{AtomicPtr, Ordering};

/// Adds a reference.
///
/// # Safety
/// The object is alive and the thread attached.
#[inline(always)]
pub(crate) unsafe fn incref<L: Layout>(object: Raw) {
    // SAFETY: the count is where the layout says (probed); only this thread runs, since inline counting is for GIL builds.
    unsafe {
        match L::facts().refcount {
            Refcount::Api => api::Py_IncRef(object),
            Refcount::Plain => *object.cast::<usize>() += 1,
            Refcount::Immortal => {
                let count = object.cast::<u32>();
                if *count < 3 << 30 {
                    *count += 1;
                }
            }
        }
    }
}

/// Releases a reference, which may free the object and run Python code.
///
/// # Safety
/// The caller owns a reference to the object, and the thread is attached.
#[inline(always)]
pub(crate) unsafe fn decref<L: Layout>(object: Raw) {
    // SAFETY: as for `incref`; the last reference passes the object to its type's deallocator.
    unsafe {
        match L::facts().refcount {
            Refcount::Api => api::Py_DecRef(object),
            Refcount::Plain => {
                let count = object.cast::<usize>();
                *count -= 1;
                if *count == 0 {
                    deallocate(object);
                }
            }
            Refcount::Immortal => {
                let count = object.cast::<u32>();
                if (*count as i32) >= 0 {
                    *count -= 1;
                    if *count == 0 {
                        deallocate(object);
                    }
                }
            }
        }
    }
}

#[cold]
#[inline(never)]
unsafe fn deallocate(object: Raw) {
    // SAFETY: inline counting is chosen only if this function exists; the count is 0.
    unsafe {
        if let Some(deallocate) = api::_Py_Dealloc() {
            api::until_thread_exits(|| deallocate(object));
        }
    }
}

/// Returns a reference to an object that lives as long as the interpreter: `None`, a bool, a small int.
///
/// # Safety
/// As for [`incref`], for such an object.
#[inline(always)]
pub(crate) unsafe fn incref_permanent<L: Layout>(object: Raw) -> Raw {
    if !L::facts().immortals {
        // SAFETY: as promised by the caller.
        unsafe { incref::<L>(object) };
    }
    object
}

const FIRST_SMALL: i64 = -5;
const SMALL_COUNT: usize = 262;

/// The ints -5 to 256, of which CPython keeps one object each.
pub(crate) struct SmallIntegers;

static SMALL_INTEGERS: [AtomicPtr<PyObject>; SMALL_COUNT] =
    [const { AtomicPtr::new(std::ptr::null_mut()) }; SMALL_COUNT];

impl SmallIntegers {
    /// Fills the table with the objects of the current interpreter. The table owns its references.
    ///
    /// # Safety
    /// The API table is resolved and the thread attached.
    pub(crate) unsafe fn fill() {
        for (value, entry) in (FIRST_SMALL..).zip(&SMALL_INTEGERS) {
            // SAFETY: as promised by the caller; creating a small int returns a reference to the existing object.
            unsafe {
                let object = api::PyLong_FromLongLong(value);
                // Another thread may be importing the first module of this library at the same time.
                if entry.swap(object, Ordering::Relaxed) == object {
                    api::Py_DecRef(object);
                }
            }
        }
    }

    /// Returns a new reference to the object for `value`, if it is small.
    ///
    /// # Safety
    /// The layout allows it (ints are not read by API), and the thread is attached.
    #[inline(always)]
    pub(crate) unsafe fn get<L: Layout>(value: i64) -> Option<Raw> {
        let index = value.wrapping_sub(FIRST_SMALL) as u64;
        if index >= SMALL_COUNT as u64 {
            return None;
        }
        // SAFETY: within the table, which was filled at load and whose objects are alive.
        unsafe {
            let object = SMALL_INTEGERS.get_unchecked(index as usize);
            Some(incref_permanent::<L>(object.load(Ordering::Relaxed)))
        }
    }
}

/// Returns the type of an object, borrowed: the object keeps it alive.
///
/// # Safety
/// The object is alive and the thread attached.
#[inline(always)]
pub(crate) unsafe fn type_of<L: Layout>(object: Raw) -> Raw {
    let facts = L::facts();
    // SAFETY: the type pointer is the header's last word, as was probed.
    unsafe {
        if facts.types {
            read::<Raw>(object, facts.header - size_of::<Raw>())
        } else {
            type_by_api(object)
        }
    }
}

#[inline(never)]
unsafe fn type_by_api(object: Raw) -> Raw {
    // SAFETY: as promised by the caller of `type_of`; the object itself holds another reference to its type.
    unsafe {
        let class = api::PyObject_Type(object);
        api::Py_DecRef(class);
        class
    }
}
