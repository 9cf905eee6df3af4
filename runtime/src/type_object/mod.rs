//! Creates type objects from data, on every version.

use std::ffi::{CStr, c_int, c_uint, c_void};

use crate::call::Returned;
use crate::class::Exported;
use crate::convert::string;
use crate::dynamic;
use crate::error::{Error, name_in};
use crate::ffi::{Raw, Slot, TypeSpec};
use crate::host::{Version, host};
use crate::layout::{Layout, Refcount};
use crate::module::session::keeps_modules;
use crate::module::{Module, nested_name};
use crate::object::{Argument, Object};
use crate::panic::returning_object;
use crate::python::Python;
use crate::{Result, api, refcount};

mod check;
mod layout;
pub(crate) mod pypy;

pub(crate) use check::{expect_instance_on_pypy, expect_memory_of, expect_subtype};
pub(crate) use layout::TypeSlots;

/// Slots of a type by their numbers in `Include/typeslots.h`. The numbers are part of the stable ABI; 3.15 has new numbers for
/// some of them and still accepts the old ones in a `PyType_Spec`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub(crate) enum TypeSlot {
    MappingAssignSubscript = 3,
    MappingLength = 4,
    MappingSubscript = 5,
    Add = 7,
    Bool = 9,
    Multiply = 29,
    Subtract = 36,
    SequenceContains = 41,
    SequenceItem = 44,
    SequenceLength = 45,
    Alloc = 47,
    Base = 48,
    Call = 50,
    Clear = 51,
    Dealloc = 52,
    DescrGet = 54,
    Doc = 56,
    Hash = 59,
    Init = 60,
    Iter = 62,
    IterNext = 63,
    Methods = 64,
    New = 65,
    Repr = 66,
    RichCompare = 67,
    SetAttr = 69,
    Str = 70,
    Traverse = 71,
    Members = 72,
    GetSet = 73,
    Free = 74,
    /// Available from 3.14 on.
    Vectorcall = 82,
}

/// `Py_TPFLAGS_IMMUTABLETYPE`, from 3.10.
const IMMUTABLE: c_uint = 1 << 8;
/// `Py_TPFLAGS_BASETYPE`
const SUBCLASSABLE: c_uint = 1 << 10;
/// `Py_TPFLAGS_HAVE_GC`
const COLLECTED: c_uint = 1 << 14;
/// `Py_TPFLAGS_DEFAULT`
const DEFAULT: c_uint = 1 << 18;

/// The data that a type object is created from.
pub(crate) struct Blueprint<'py> {
    /// `module.Name`. The type keeps a pointer to it.
    pub(crate) name: &'static CStr,
    /// The documentation, with the signature of the constructor if there is one. The type copies it.
    pub(crate) doc: &'static CStr,
    /// Size of an instance, in bytes.
    pub(crate) size: usize,
    /// Whether it can be subclassed. If not, Python code cannot change it either, unless it can change the base.
    pub(crate) open: bool,
    /// Whether other types of the module are derived from it, even if Python code cannot change it.
    pub(crate) is_base: bool,
    /// The base class. `None` stands for `object`.
    pub(crate) base: Option<Object<'py>>,
    /// Whether `tp_new` of a type that is not of this crate allocates the instances, by `tp_alloc`.
    pub(crate) allocated_by_base: bool,
    /// Its qualified name inside other classes, if it is nested.
    pub(crate) qualified_name: Option<&'static str>,
    /// Whether the garbage collector tracks instances; if so, `slots` has a traverse function.
    pub(crate) collected: bool,
    slots: Vec<Slot>,
}

impl<'py> Blueprint<'py> {
    pub(crate) fn new(name: &'static CStr, doc: &'static CStr, size: usize) -> Self {
        Self {
            name,
            doc,
            size,
            open: false,
            is_base: false,
            base: None,
            allocated_by_base: false,
            qualified_name: None,
            collected: false,
            slots: Vec::new(),
        }
    }

    /// Adds a slot. The memory that a pointer refers to (such as a table of methods) must never be freed.
    pub(crate) fn slot(&mut self, slot: TypeSlot, value: *const c_void) {
        self.slots.push(Slot {
            id: slot as c_int,
            value,
        });
    }

    /// Creates the type as part of `module`, which the type keeps alive. `vectorcall` creates an instance, on versions where a
    /// type can have such a function.
    ///
    /// # Safety
    /// The functions have the signatures of their slots and fit instances of `size` bytes.
    pub(crate) unsafe fn make(
        mut self,
        module: &Module<'py>,
        vectorcall: Option<*const c_void>,
    ) -> Returned<'py> {
        let (doc, qualified_name) = (self.doc, self.qualified_name);
        let name = module.qualified(self.name);
        // CPython's messages show this name. CPython takes all its parts but the last for the module's name.
        self.name = qualified_name.map_or(name, |inner| nested_name(name, inner));
        if let Some(function) = vectorcall
            && layout::has_vectorcall_slot()
        {
            self.slot(TypeSlot::Vectorcall, function);
        }
        // SAFETY: as promised by the caller.
        let class = unsafe { self.make_type(module.py, module.object)? };
        // SAFETY: the type is new and has documentation.
        unsafe { layout::restore_signature(class.as_raw(), doc) };
        if let Some(function) = vectorcall
            && !layout::has_vectorcall_slot()
        {
            // SAFETY: the type is new; the function is as promised by the caller.
            unsafe { layout::set_vectorcall(class.as_raw(), function) };
        }
        if let Some(inner) = qualified_name {
            let home = string::from_str(module.py, module_and_name(name).0)?;
            set_class_attribute(&class, c"__module__", &home)?;
            let inner = string::from_str(module.py, inner)?;
            dynamic::set_attribute(&class, c"__qualname__", &inner)?;
            // SAFETY: the type is new.
            unsafe { layout::make_immutable(class.as_raw(), IMMUTABLE) };
        }
        Ok(class)
    }

    unsafe fn make_type(mut self, py: Python<'py>, module: Raw) -> Returned<'py> {
        if self.allocated_by_base {
            self.slot(TypeSlot::Alloc, alloc as *const c_void);
        } else if !self.open && !host().pypy {
            self.slot(TypeSlot::Alloc, refuse_alloc as *const c_void);
        }
        if !self.doc.is_empty() {
            self.slot(TypeSlot::Doc, self.doc.as_ptr().cast());
        }
        self.slots.push(Slot::END);
        let mut flags = DEFAULT;
        if self.open || self.is_base {
            flags |= SUBCLASSABLE;
        }
        let has_immutable_base = |base: &Object<'_>| {
            // SAFETY: a live type; attached.
            unsafe { api::PyType_GetFlags(base.as_raw()) as c_uint & IMMUTABLE != 0 }
        };
        if !self.open
            && self.qualified_name.is_none()
            && has_immutable_types()
            && self.base.as_ref().is_none_or(has_immutable_base)
        {
            flags |= IMMUTABLE;
        }
        if self.collected {
            flags |= COLLECTED;
        }
        let size = c_int::try_from(self.size).map_err(|_| {
            Error::import_error(format!(
                "instances of {:?} are too large for Python",
                self.name
            ))
        })?;
        let mut spec = TypeSpec {
            name: self.name.as_ptr(),
            basic_size: size,
            item_size: 0,
            flags,
            slots: self.slots.as_ptr(),
        };
        let bases = match self.base.take() {
            Some(base) => Some(dynamic::tuple(py, [base])?),
            None => None,
        };
        let bases = bases.as_ref().map_or(std::ptr::null_mut(), Object::as_raw);
        // SAFETY: attached; the slots end with `END` and are as promised by the caller; no bases means `object`.
        unsafe {
            if let Some(make) = api::PyType_FromModuleAndSpec() {
                return Object::from_owned(py, make(module, &mut spec, bases));
            }
            let class = Object::from_owned(py, api::PyType_FromSpecWithBases(&mut spec, bases))?;
            if module.is_null() {
                return Ok(class);
            }
            // Later versions store this in the type itself. The collector sees the cycle, since both objects own dictionaries.
            set_class_attribute(
                &class,
                c"__pyidl_module__",
                &Object::from_borrowed(py, module),
            )?;
            Ok(class)
        }
    }
}

/// Returns whether this version has types that Python code cannot change.
fn has_immutable_types() -> bool {
    host().version >= Version::new(3, 10) && !host().pypy
}

/// Sets an attribute of a type, even of an immutable one. Allowed only while no other code knows the type.
pub(crate) fn set_class_attribute(
    class: &Object<'_>,
    name: &CStr,
    value: &Object<'_>,
) -> Result<()> {
    let py = class.py();
    // SAFETY: attached, all objects are alive, and the name ends with NUL. `PyObject_GenericGetDict` returns the dictionary of
    // any object that has one; for a type this is the one behind the proxy that `__dict__` is. `PyType_Modified` invalidates the
    // type's caches.
    unsafe {
        let status = if host().pypy {
            api::PyObject_SetAttrString(class.as_raw(), name.as_ptr(), value.as_raw())
        } else {
            let dict = api::PyObject_GenericGetDict(class.as_raw(), std::ptr::null_mut());
            let dict = Object::from_owned(py, dict)?;
            let name = Object::from_owned(py, api::PyUnicode_InternFromString(name.as_ptr()))?;
            let status = api::PyDict_SetItem(dict.as_raw(), name.as_raw(), value.as_raw());
            api::PyType_Modified(class.as_raw());
            status
        };
        if status < 0 {
            Err(Error::fetch(py))
        } else {
            Ok(())
        }
    }
}

/// Creates an instance of a type that is borrowed from a state. Where types can be garbage-collected, the allocation can start
/// the collector, which must not free this type.
///
/// # Safety
/// The type is alive; the thread is attached.
#[inline(always)]
pub(crate) unsafe fn while_held<L: Layout, T>(class: Raw, make: impl FnOnce() -> T) -> T {
    let facts = L::facts();
    let collected = match facts.refcount {
        // On 3.8 to 3.11, counting costs less than determining whether it is needed.
        Refcount::Plain => true,
        Refcount::Immortal => false,
        Refcount::Api => !facts.parallel && !keeps_modules(),
    };
    if !collected {
        return make();
    }
    // SAFETY: alive and attached (caller).
    unsafe {
        refcount::incref::<L>(class);
        let made = make();
        refcount::decref::<L>(class);
        made
    }
}

/// Checks that a type is at the index that its [`Exported`] names: code that relies on the index reads instances without a check.
///
/// # Errors
/// ImportError.
pub(crate) fn check_index<T: Exported>(module: &Module<'_>, index: usize) -> Result<()> {
    let own = T::INTERPRETERS
        .state(module.py)
        .is_some_and(|state| std::ptr::eq(state, module.state));
    if own && T::INDEX == index {
        return Ok(());
    }
    Err(Error::import_error(format!(
        "type {index} of the module is not where its definition says"
    )))
}

/// Returns the type with this index, from which another type of its module is created.
///
/// # Errors
/// ImportError.
pub(crate) fn made_before<'py>(module: &Module<'py>, index: usize) -> Returned<'py> {
    match module.state.type_object(index) {
        // SAFETY: the state keeps the type alive; attached.
        Some(class) => Ok(unsafe { Object::from_borrowed(module.py, class) }),
        None => Err(Error::import_error(format!(
            "a type of the module is defined before type {index}, which it is made from"
        ))),
    }
}

/// Returns whether `tp_new` and `tp_init` of a class are still these functions. Assigning `__new__` or `__init__` replaces them.
///
/// # Safety
/// `class` was made by [`Blueprint::make`]; the thread is attached.
#[inline]
pub(crate) unsafe fn has_slots(class: Raw, new: *const c_void, init: *const c_void) -> bool {
    // SAFETY: as promised by the caller.
    unsafe { layout::has_slots(class, new, init) }
}

/// Returns `__basicsize__` of a type.
pub(crate) fn basic_size(class: Raw) -> Option<usize> {
    size_in(class, c"__basicsize__")
}

/// Returns an attribute of a type that is a size.
fn size_in(class: Raw, name: &CStr) -> Option<usize> {
    // SAFETY: a live type; attached.
    unsafe {
        let size = api::PyObject_GetAttrString(class, name.as_ptr());
        if size.is_null() {
            api::PyErr_Clear();
            return None;
        }
        let value = api::PyLong_AsLongLong(size);
        api::Py_DecRef(size);
        usize::try_from(value).ok()
    }
}

/// Returns the parts of `module.Name`.
pub(crate) fn module_and_name(name: &'static CStr) -> (&'static str, &'static str) {
    let name = name.to_str().unwrap_or_default();
    name.rsplit_once('.').unwrap_or(("builtins", name))
}

/// Returns `Point` for `geometry.Point`.
pub(crate) fn last_part(name: &'static CStr) -> &'static CStr {
    let dot = name.to_bytes().iter().rposition(|byte| *byte == b'.');
    &name[dot.map_or(0, |dot| dot + 1)..]
}

/// Returns the name without its module.
pub(crate) fn short_name(name: &'static CStr) -> &'static str {
    module_and_name(name).1
}

/// `tp_new` of a type of which Python code cannot create instances.
pub(crate) unsafe extern "C" fn refuse_new(class: Raw, _arguments: Raw, _keywords: Raw) -> Raw {
    // SAFETY: Python calls `tp_new` on an attached thread, with a type.
    let (py, class) = unsafe { (Python::assume_attached(), Argument::from_raw(class)) };
    returning_object(py, || {
        let class = class.to_object();
        let name = |part| {
            let name = name_in(class.as_argument(), part)?;
            Ok::<_, Error>(name.unwrap_or_default())
        };
        // The message is that of CPython 3.10 and later for a type that cannot be instantiated.
        let message = format!(
            "cannot create '{}.{}' instances",
            name(c"__module__")?,
            name(c"__qualname__")?
        );
        Err(Error::type_error(message))
    })
}

/// `tp_alloc` of types whose base allocates their instances. The base's own `tp_alloc` could reserve less memory. The memory is
/// zero.
unsafe extern "C-unwind" fn alloc(class: Raw, items: isize) -> Raw {
    // SAFETY: as promised by the caller, which is Python.
    unsafe { api::PyType_GenericAlloc(class, items) }
}

/// `tp_alloc` of types that Python code cannot subclass. Their instances are allocated by [`PyType_GenericAlloc`], never through
/// this slot. Only `object.__new__` calls it, which accepts a type if Python code has changed `__new__`, as is possible up to
/// CPython 3.9.
///
/// [`PyType_GenericAlloc`]: https://docs.python.org/3/c-api/type.html#c.PyType_GenericAlloc
unsafe extern "C" fn refuse_alloc(class: Raw, _items: isize) -> Raw {
    // SAFETY: Python allocates on an attached thread, instances of a type.
    let (py, class) = unsafe { (Python::assume_attached(), Argument::from_raw(class)) };
    returning_object(py, || {
        let name = name_in(class, c"__name__")?.unwrap_or_default();
        Err(Error::type_error(format!(
            "instances of {name} are made by its own __new__ only"
        )))
    })
}

/// Untracks an object from the garbage collector: the first step of `tp_dealloc` of a type that is collected.
///
/// # Safety
/// `object` is an instance of such a type, being deallocated; the thread is attached.
pub(crate) unsafe fn untrack(object: Raw) {
    // PyPy's collector works differently and has no such function.
    if let Some(untrack) = api::PyObject_GC_UnTrack() {
        // SAFETY: as promised by the caller.
        unsafe { untrack(object.cast()) };
    }
}

/// Has the garbage collector track an object again.
///
/// # Safety
/// As for [`untrack`], which was called before.
pub(crate) unsafe fn track(object: Raw) {
    if let Some(track) = api::PyObject_GC_Track() {
        // SAFETY: as promised by the caller.
        unsafe { track(object.cast()) };
    }
}

/// Frees the memory of an instance and releases its reference to its type: the last step of every `tp_dealloc`.
///
/// # Safety
/// `object` is an instance of a type made by [`Blueprint::make`] or of a subclass, being deallocated; attached.
pub(crate) unsafe fn free(object: Raw) {
    // SAFETY: the object still has its type. A subclass written in Python may be collected, so the memory is freed by the
    // function of the object's own type. From 3.8 on, instances own a reference to a heap type.
    unsafe {
        let class = own_class(object);
        let free = api::PyType_GetSlot(class, TypeSlot::Free as c_int);
        std::mem::transmute::<*mut c_void, unsafe extern "C" fn(*mut c_void)>(free)(object.cast());
        api::Py_DecRef(class);
    }
}

/// Returns the type of an object whose reference count must not be used any more.
///
/// # Safety
/// `object` has a header.
pub(crate) unsafe fn own_class(object: Raw) -> Raw {
    // SAFETY: `Py_TYPE` reads the header's last word on every interpreter, PyPy included.
    unsafe { crate::layout::read::<Raw>(object, host().header - size_of::<Raw>()) }
}
