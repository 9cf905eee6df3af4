//! Fields of type objects for which older versions have no function.
//!
//! * The vectorcall: the function that creates an instance without a tuple of arguments. 3.14 has a slot for it; from 3.9 to 3.13
//!   it can only be written into the type object. 3.8 does not use it, and PyPy has none.
//! * The signature of the constructor at the beginning of the documentation: 3.8 and 3.9 remove it when a type is created from a
//!   spec, although `__text_signature__` reads it from there.
//! * Whether Python code can change a type. The name of a nested class cannot be set on an immutable type, so the flag is set
//!   after the name.
//!
//! The layout is that of `PyTypeObject` in `Include/cpython/object.h`. Before anything is written, a newly created type is
//! compared with it, word by word where the API provides the expected values.

use std::ffi::{CStr, c_int, c_uint, c_void};
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

use super::TypeSlot;
use crate::dynamic::{call, dict, text, tuple};
use crate::ffi::Raw;
use crate::fork::OnceLock;
use crate::host::{Version, host};
use crate::layout::read;
use crate::object::Object;
use crate::{Result, api};

/// Returns whether types accept a vectorcall as a slot.
pub(super) fn has_vectorcall_slot() -> bool {
    host().version >= Version::new(3, 14) && !host().pypy
}

/// Sets the vectorcall of a type, if that is known to be safe. Subclasses do not inherit it.
///
/// # Safety
/// `class` is a new type that no other code knows; the function is of type `vectorcallfunc`.
pub(super) unsafe fn set_vectorcall(class: Raw, function: *const c_void) {
    // SAFETY: as promised by the caller; the layout was verified.
    unsafe {
        if host().version >= Version::new(3, 9) && holds(class) {
            field(class, VECTORCALL).write(function);
        }
    }
}

/// Restores the documentation of a type with its signature, if this Python version has removed the signature.
///
/// # Safety
/// `class` is a new type that no other code knows.
pub(super) unsafe fn restore_signature(class: Raw, doc: &CStr) {
    // SAFETY: as promised by the caller; the layout was verified. The type frees its documentation by PyObject_Free, as is done
    // here with the old one, so the new one is allocated by the corresponding function.
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

/// Prevents Python code from changing a type, if that is known to be safe. `flag` is the flag to set.
///
/// # Safety
/// `class` is a new type that no other code knows.
pub(super) unsafe fn make_immutable(class: Raw, flag: c_uint) {
    if !super::has_immutable_types() {
        return;
    }
    // SAFETY: attached. Every type object is larger than the part that is read here; the flags are written where they were found.
    unsafe {
        let flags = api::PyType_GetFlags(class) as usize;
        if super::basic_size(class) == Some(read::<usize>(class, offset(BASIC_SIZE)))
            && read::<usize>(class, offset(FLAGS)) == flags
        {
            field(class, FLAGS).write((flags | flag as usize) as *const c_void);
        }
    }
}

/// Returns whether `tp_new` and `tp_init` of a type are these functions.
///
/// # Safety
/// `class` is a heap type; the thread is attached.
#[inline]
pub(super) unsafe fn has_slots(class: Raw, new: *const c_void, init: *const c_void) -> bool {
    // SAFETY: as promised by the caller; the positions of the two words were verified. Other threads may write them meanwhile.
    unsafe {
        if HAS_CONSTRUCTORS.load(Ordering::Relaxed) {
            let word =
                |word| (*field(class, word).cast::<AtomicPtr<c_void>>()).load(Ordering::Relaxed);
            return word(NEW) == new.cast_mut() && word(INIT) == init.cast_mut();
        }
        has_slots_by_api(class, new, init)
    }
}

/// Whether the positions of `tp_new` and `tp_init` are as expected.
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
    // SAFETY: as promised by the caller. Type objects of all versions are larger than the part that is read here.
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

/// The sizes and functions of any type. For those of static types there is no function before 3.10, and none on PyPy.
pub(crate) struct TypeSlots {
    class: Raw,
    /// Whether they are read from the type object.
    direct: bool,
    pub(crate) is_heap_type: bool,
    /// Whether a `class` statement made the type. `tp_dealloc` of such a type cannot be called for an instance of a subclass that
    /// has another one.
    pub(crate) is_python_class: bool,
    /// Whether the garbage collector tracks instances.
    pub(crate) is_collected: bool,
}

impl TypeSlots {
    /// # Errors
    /// MemoryError.
    pub(crate) fn of(class: &Object<'_>) -> Result<Self> {
        let py = class.py();
        let flags = class.getattr("__flags__")?.extract::<u64>()? as c_uint;
        let is_heap_type = flags & HEAP_TYPE != 0;
        // SAFETY: `type` is alive as long as the interpreter; attached.
        let metaclass = unsafe { Object::from_borrowed(py, api::PyType_Type()) };
        let contents = [(c"__slots__", tuple(py, [])?)];
        let arguments = [text(py, c"Plain")?, tuple(py, [])?, dict(py, contents)?];
        let plain = call(&metaclass, arguments, [])?;
        let mut slots = Self {
            class: plain.as_raw(),
            direct: false,
            is_heap_type,
            is_python_class: false,
            is_collected: flags & super::COLLECTED != 0,
        };
        let dealloc = slots.function(TypeSlot::Dealloc);
        let has_function = host().version >= Version::new(3, 10) && !host().pypy;
        slots.direct = !has_function && slots.are_in_place();
        slots.class = class.as_raw();
        slots.is_python_class = slots.function(TypeSlot::Dealloc) == dealloc;
        Ok(slots)
    }

    /// Returns whether the functions of a heap type are where they are expected.
    fn are_in_place(&self) -> bool {
        FUNCTIONS.iter().all(|(field, slot)| {
            // SAFETY: attached; type objects of all versions are larger than the part that is read here.
            unsafe {
                read::<*mut c_void>(self.class, offset(*field))
                    == api::PyType_GetSlot(self.class, *slot as c_int)
            }
        })
    }

    /// Returns the function in one of the slots in [`FUNCTIONS`]; `None` if there is none or if it is not known.
    pub(crate) fn function(&self, slot: TypeSlot) -> Option<*const c_void> {
        let (field, _) = FUNCTIONS.iter().find(|(_, other)| *other == slot)?;
        // SAFETY: attached; the position was verified. For a type whose slots it does not read, PyType_GetSlot raises.
        let function = unsafe {
            match self.direct {
                true => read::<*mut c_void>(self.class, offset(*field)),
                false => {
                    let function = api::PyType_GetSlot(self.class, slot as c_int);
                    api::PyErr_Clear();
                    function
                }
            }
        };
        (!function.is_null()).then_some(function.cast_const())
    }

    /// Returns `tp_basicsize` and `tp_itemsize`, if they are known.
    pub(crate) fn sizes(&self) -> Option<(usize, usize)> {
        if self.direct {
            let word = |field| {
                // SAFETY: the positions of other fields were verified.
                unsafe { read::<usize>(self.class, offset(field)) }
            };
            return Some((word(BASIC_SIZE), word(ITEM_SIZE)));
        }
        let size = |name| super::size_in(self.class, name);
        size(c"__basicsize__").zip(size(c"__itemsize__"))
    }
}

/// The functions that [`TypeSlots`] reads.
const FUNCTIONS: [(usize, TypeSlot); 4] = [
    (DEALLOC, TypeSlot::Dealloc),
    (TRAVERSE, TypeSlot::Traverse),
    (CLEAR, TypeSlot::Clear),
    (NEW, TypeSlot::New),
];

/// `Py_TPFLAGS_HEAPTYPE`
const HEAP_TYPE: c_uint = 1 << 9;

// Fields of `PyTypeObject`, as words after `ob_size`.
const BASIC_SIZE: usize = 1;
const ITEM_SIZE: usize = 2;
const DEALLOC: usize = 3;
const VECTORCALL_OFFSET: usize = 4;
const FLAGS: usize = 18;
const DOC: usize = 19;
const TRAVERSE: usize = 20;
const CLEAR: usize = 21;
const INIT: usize = 34;
const ALLOC: usize = 35;
const NEW: usize = 36;
const FREE: usize = 37;
const FINALIZE: usize = 46;
const VECTORCALL: usize = 47;

/// Fields whose values the API provides, with the numbers of their slots.
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
/// `class` is a type object with the known layout.
unsafe fn field(class: Raw, word: usize) -> *mut *const c_void {
    // SAFETY: within the type object (caller).
    unsafe { class.cast::<u8>().add(offset(word)).cast() }
}

/// Returns whether type objects have the known layout. This is determined once, with the first type.
///
/// # Safety
/// `class` is a heap type with documentation.
unsafe fn holds(class: Raw) -> bool {
    static HOLDS: OnceLock<bool> = OnceLock::new();
    match HOLDS.get() {
        Some(holds) => *holds,
        None => {
            // This is done outside the `OnceLock`, on which other threads would wait while attached.
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
    // SAFETY: attached. Type objects of these versions are larger than the part that is read here; slots of heap types may be
    // queried.
    unsafe {
        let word = |class, word| read::<usize>(class, offset(word));
        let slot = |(field, slot): &(usize, c_int)| {
            word(class, *field) == api::PyType_GetSlot(class, *slot) as usize
        };
        super::basic_size(class) == Some(word(class, BASIC_SIZE))
            && SLOTS.iter().all(slot)
            && word(class, VECTORCALL) == 0
            // From 3.9 on, `type` is called through this field of its instances, and some built-in types set it.
            && (version < Version::new(3, 9)
                || word(api::PyType_Type(), VECTORCALL_OFFSET) == offset(VECTORCALL)
                    && word(api::PyList_Type(), VECTORCALL) != 0)
    }
}
