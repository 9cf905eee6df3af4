//! What older versions keep in a type object and offer no function for.
//!
//! * The vectorcall: the function that makes an instance without a tuple of arguments. 3.14 has a slot for it; from 3.9 to
//!   3.13 it can only be written into the type object. 3.8 does not look at it, PyPy has none.
//! * The signature of the constructor at the beginning of the documentation: 3.8 and 3.9 cut it off when a type is made from
//!   a spec, although `__text_signature__` looks for it there.
//! * Whether Python code can change a type. One that cannot be changed cannot be given the name of a class in a class either,
//!   so that this is said after it got that name.
//!
//! The layout is that of `PyTypeObject` in `Include/cpython/object.h`. Nothing is written before a type that was just made has
//! been compared with it, word by word where the API tells what must be there.

use std::ffi::{CStr, c_int, c_uint, c_void};
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

use super::TypeSlot;
use crate::api;
use crate::ffi::Raw;
use crate::fork::OnceLock;
use crate::host::{Version, host};
use crate::layout::read;

/// Whether types take a vectorcall as a slot.
pub(super) fn has_vectorcall_slot() -> bool {
    host().version >= Version::new(3, 14) && !host().pypy
}

/// Makes `function` the vectorcall of a type, where that is known to be safe. Subclasses do not inherit it.
///
/// # Safety
/// A type just made, that nobody else knows; the function is of type `vectorcallfunc`.
pub(super) unsafe fn set_vectorcall(class: Raw, function: *const c_void) {
    // SAFETY: as promised by the caller; the layout was found to hold.
    unsafe {
        if host().version >= Version::new(3, 9) && holds(class) {
            field(class, VECTORCALL).write(function);
        }
    }
}

/// Gives a type its documentation with the signature, where the version has cut that off.
///
/// # Safety
/// A type just made, that nobody else knows.
pub(super) unsafe fn restore_signature(class: Raw, doc: &CStr) {
    // SAFETY: as promised by the caller; the layout was found to hold. The type frees its documentation by PyObject_Free, as
    // is done here with the former one, so that the new one is allocated by its counterpart.
    unsafe {
        if doc.is_empty() || host().version >= Version::new(3, 10) || !holds(class) {
            return;
        }
        let size = doc.to_bytes_with_nul().len();
        let copy = api::PyObject_Malloc(size);
        if copy.is_null() {
            return;
        }
        copy.cast::<u8>()
            .copy_from_nonoverlapping(doc.as_ptr().cast(), size);
        let former = field(class, DOC).replace(copy.cast_const());
        api::PyObject_Free(former.cast_mut());
    }
}

/// Keeps Python code from changing a type, where that is known to be safe. `flag` is the one that says so.
///
/// # Safety
/// A type just made, that nobody else knows.
pub(super) unsafe fn make_immutable(class: Raw, flag: c_uint) {
    if !super::has_immutable_types() {
        return;
    }
    // SAFETY: attached. Every type object is larger than what is read here; the flags are written where they were found.
    unsafe {
        let flags = api::PyType_GetFlags(class) as usize;
        if super::basic_size(class) == Some(read::<usize>(class, offset(BASIC_SIZE)))
            && read::<usize>(class, offset(FLAGS)) == flags
        {
            field(class, FLAGS).write((flags | flag as usize) as *const c_void);
        }
    }
}

/// Whether `tp_new` and `tp_init` of a type are these functions.
///
/// # Safety
/// A heap type; attached.
#[inline]
pub(super) unsafe fn has_slots(class: Raw, new: *const c_void, init: *const c_void) -> bool {
    // SAFETY: as promised by the caller; the two words were found where they are read. Other threads may write them meanwhile.
    unsafe {
        if HAS_CONSTRUCTORS.load(Ordering::Relaxed) {
            let word =
                |word| (*field(class, word).cast::<AtomicPtr<c_void>>()).load(Ordering::Relaxed);
            return word(NEW) == new.cast_mut() && word(INIT) == init.cast_mut();
        }
        has_slots_by_api(class, new, init)
    }
}

/// Whether `tp_new` and `tp_init` are where they are read.
static HAS_CONSTRUCTORS: AtomicBool = AtomicBool::new(false);

/// # Safety
/// As for [`has_slots`].
#[cold]
#[inline(never)]
unsafe fn has_slots_by_api(class: Raw, new: *const c_void, init: *const c_void) -> bool {
    let slots = [
        (NEW, TypeSlot::New, new.cast_mut()),
        (INIT, TypeSlot::Init, init.cast_mut()),
    ];
    // SAFETY: as promised by the caller. Type objects of all versions are larger than what is read of them here.
    unsafe {
        let same = slots
            .iter()
            .all(|(_, slot, function)| api::PyType_GetSlot(class, *slot as c_int) == *function);
        if same
            && slots
                .iter()
                .all(|(word, _, function)| read::<*mut c_void>(class, offset(*word)) == *function)
        {
            HAS_CONSTRUCTORS.store(true, Ordering::Relaxed);
        }
        same
    }
}

// Fields of `PyTypeObject`, as words after `ob_size`.
const BASIC_SIZE: usize = 1;
const DEALLOC: usize = 3;
const VECTORCALL_OFFSET: usize = 4;
const FLAGS: usize = 18;
const DOC: usize = 19;
const INIT: usize = 34;
const ALLOC: usize = 35;
const NEW: usize = 36;
const FREE: usize = 37;
const FINALIZE: usize = 46;
const VECTORCALL: usize = 47;

/// Fields whose values the API tells, with the numbers of their slots.
const SLOTS: [(usize, c_int); 6] = [
    (DEALLOC, TypeSlot::Dealloc as c_int),
    (DOC, TypeSlot::Doc as c_int),
    (ALLOC, 47),
    (NEW, TypeSlot::New as c_int),
    (FREE, TypeSlot::Free as c_int),
    (FINALIZE, 80),
];

fn offset(word: usize) -> usize {
    host().header + (1 + word) * size_of::<usize>()
}

/// # Safety
/// A type object with the known layout.
unsafe fn field(class: Raw, word: usize) -> *mut *const c_void {
    // SAFETY: within the type object (caller).
    unsafe { class.cast::<u8>().add(offset(word)).cast() }
}

/// Whether type objects have the known layout; found out once, with the first type.
///
/// # Safety
/// A heap type with documentation.
unsafe fn holds(class: Raw) -> bool {
    static HOLDS: OnceLock<bool> = OnceLock::new();
    match HOLDS.get() {
        Some(holds) => *holds,
        None => {
            // Not inside of the `OnceLock`, on which other threads would wait while they are attached.
            // SAFETY: as promised by the caller.
            let found = unsafe { probe(class) };
            *HOLDS.get_or_init(|| found)
        }
    }
}

unsafe fn probe(class: Raw) -> bool {
    let version = host().version;
    if host().pypy || version < Version::new(3, 8) || version >= Version::new(3, 14) {
        return false;
    }
    // SAFETY: attached. Type objects of these versions are larger than what is read of them here; slots of heap types may be
    // asked for.
    unsafe {
        let word = |class, word| read::<usize>(class, offset(word));
        let slot = |(field, slot): &(usize, c_int)| {
            word(class, *field) == api::PyType_GetSlot(class, *slot) as usize
        };
        super::basic_size(class) == Some(word(class, BASIC_SIZE))
            && SLOTS.iter().all(slot)
            && word(class, VECTORCALL) == 0
            // From 3.9 on `type` is called through this very field of its instances, which some builtin types fill.
            && (version < Version::new(3, 9)
                || word(api::PyType_Type(), VECTORCALL_OFFSET) == offset(VECTORCALL)
                    && word(api::PyList_Type(), VECTORCALL) != 0)
    }
}
