//! Types of Python and of other extension modules as the bases of classes. The size of their instances is known only at run time,
//! and their own functions create and free the memory.

use std::ffi::{CStr, c_int, c_void};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Class;
use crate::call::Returned;
use crate::dynamic::{imported, tuple};
use crate::error::{Error, name_in};
use crate::ffi::{Raw, Visit};
use crate::fork::OnceLock;
use crate::host::{Version, host};
use crate::layout::Probed;
use crate::object::Object;
use crate::python::Python;
use crate::type_object::{Blueprint, TypeSlot, TypeSlots, own_class, track, untrack};
use crate::{Result, api};

/// A type that classes can be derived from. A static of the generated code.
///
/// # Conditions
/// The `tp_new` of the type accepts subclasses and no arguments, allocates an instance by `tp_alloc` of the class that it gets,
/// and leaves the memory after that of its own instances as it is. Its `tp_dealloc` frees by `tp_free`.
pub struct ForeignType {
    module: &'static str,
    name: &'static CStr,
    /// Where its part of an instance ends. Zero until a class is derived from it.
    end: AtomicUsize,
    /// The facts that are the same in every interpreter.
    facts: OnceLock<Facts>,
}

type New = unsafe extern "C-unwind" fn(Raw, Raw, Raw) -> Raw;
type Dealloc = unsafe extern "C-unwind" fn(Raw);
type Traverse = unsafe extern "C" fn(Raw, Visit, *mut c_void) -> c_int;

#[derive(Clone, Copy)]
struct Facts {
    size: usize,
    new: New,
    dealloc: Dealloc,
    /// `tp_traverse` and `tp_clear`, if the garbage collector tracks instances.
    collector: Option<(Traverse, *const c_void)>,
    /// Whether its functions know that instances own a reference to their type. Those of static types do not.
    counts_class: bool,
}

// SAFETY: the pointer is the address of a function.
unsafe impl Send for Facts {}
// SAFETY: as above.
unsafe impl Sync for Facts {}

impl ForeignType {
    /// Names a type by its module and its name in it.
    pub const fn new(module: &'static str, name: &'static CStr) -> Self {
        Self {
            module,
            name,
            end: AtomicUsize::new(0),
            facts: OnceLock::new(),
        }
    }

    #[inline(always)]
    pub(super) fn end(&self) -> usize {
        // Whoever has an instance has it from a thread that has seen its class, and so this number.
        self.end.load(Ordering::Relaxed)
    }

    /// Returns the type in this interpreter.
    ///
    /// # Errors
    /// The exception that importing it raises; ImportError if no class can be derived from it.
    pub(super) fn find<'py>(&self, py: Python<'py>) -> Returned<'py> {
        let class = imported(py, self.module, self.name)?;
        let facts = self.read(&class)?;
        let first = self.facts.get_or_init(|| facts);
        if !first.equals(&facts) {
            return Err(self.refused("another interpreter has another type of that name"));
        }
        let end = facts.size.next_multiple_of(align_of::<usize>());
        self.end.store(end, Ordering::Relaxed);
        Ok(class)
    }

    fn read(&self, class: &Object<'_>) -> Result<Facts> {
        if !class.as_argument().is_instance(api::PyType_Type()) {
            return Err(self.refused("it is not a class"));
        }
        let slots = TypeSlots::of(class)?;
        let sizes = slots.sizes();
        if sizes.is_some_and(|(_, item)| item != 0) {
            return Err(self.refused("the size of its instances varies"));
        }
        if slots.is_python_class {
            return Err(self.refused("it is a class written in Python"));
        }
        let name = name_in(class.as_argument(), c"__name__")?;
        if name.as_deref() != self.name.to_str().ok() {
            return Err(self.refused("it was replaced by another type"));
        }
        sizes
            .and_then(|(size, _)| Facts::of(size, &slots))
            .ok_or_else(|| self.refused("its functions are not known"))
    }

    #[cold]
    fn refused(&self, why: &str) -> Error {
        let (module, name) = (self.module, self.name.to_string_lossy());
        Error::import_error(format!("no class can extend {module}.{name}: {why}"))
    }

    /// Returns what [`find`](Self::find) has read.
    fn facts(&self) -> &Facts {
        match self.facts.get() {
            Some(facts) => facts,
            None => unreachable!("the type of the instance was made from this one"),
        }
    }

    /// Adds the slots that a class with this type at the root of its bases needs. `tp_new` is inherited.
    pub(super) fn add_slots<C: Class>(&self, blueprint: &mut Blueprint<'_>) {
        blueprint.allocated_by_base = true;
        if let Some((own, clear)) = self.facts().collector {
            // From 3.9 on, instances of heap types must visit their type.
            let visits = host().version >= Version::new(3, 9) && !self.facts().counts_class;
            blueprint.collected = true;
            let traverse = if visits { traverse::<C> } else { own };
            blueprint.slot(TypeSlot::Traverse, traverse as *const c_void);
            if !clear.is_null() {
                blueprint.slot(TypeSlot::Clear, clear);
            }
        }
    }

    /// Creates an instance of a class that has this type at the root of its bases. Its values are missing.
    ///
    /// # Errors
    /// The exception that `tp_new` raises.
    pub(super) fn allocate<'py>(&self, class: &Object<'py>) -> Returned<'py> {
        let py = class.py();
        let arguments = tuple(py, [])?;
        let new = self.facts().new;
        // SAFETY: attached; the class is derived from the type whose function this is, and null stands for no keywords.
        let object = unsafe {
            let object = api::until_thread_exits(|| {
                new(class.as_raw(), arguments.as_raw(), std::ptr::null_mut())
            });
            Object::from_owned(py, object)?
        };
        match object.as_argument().is_exactly::<Probed>(class.as_raw()) {
            true => Ok(object),
            false => Err(Error::type_error("an object of another class was created")),
        }
    }

    /// Stops the garbage collector from tracking an instance: the first step of `tp_dealloc`.
    ///
    /// # Safety
    /// As for [`untrack`], for an instance of a class with this type at the root of its bases.
    pub(super) unsafe fn untrack(&self, object: Raw) {
        if self.facts().collector.is_some() {
            // SAFETY: as promised by the caller.
            unsafe { untrack(object) };
        }
    }

    /// Frees the part of this type and the memory: the last step of `tp_dealloc`.
    ///
    /// # Safety
    /// As for [`type_object::free`](crate::type_object::free), for an untracked instance of a class with this type at the root of
    /// its bases.
    pub(super) unsafe fn free(&self, object: Raw) {
        let facts = self.facts();
        // SAFETY: as promised by the caller. Some functions, such as that of exceptions before 3.11, expect an object that is
        // tracked. Functions of static types do not release the reference to the type that every instance of a heap type owns.
        unsafe {
            let class = own_class(object);
            if facts.collector.is_some() {
                track(object);
            }
            api::until_thread_exits(|| (facts.dealloc)(object));
            if !facts.counts_class {
                api::Py_DecRef(class);
            }
        }
    }
}

impl Facts {
    fn of(size: usize, slots: &TypeSlots) -> Option<Self> {
        let new = slots.function(TypeSlot::New)?;
        let dealloc = slots.function(TypeSlot::Dealloc)?;
        let collector = match slots.is_collected {
            true => Some(slots.function(TypeSlot::Traverse)?),
            false => None,
        };
        let clear = slots.function(TypeSlot::Clear).unwrap_or(std::ptr::null());
        // SAFETY: the functions in these slots have these types.
        unsafe {
            Some(Self {
                size,
                new: std::mem::transmute::<*const c_void, New>(new),
                dealloc: std::mem::transmute::<*const c_void, Dealloc>(dealloc),
                collector: collector.map(|traverse| {
                    let traverse = std::mem::transmute::<*const c_void, Traverse>(traverse);
                    (traverse, clear)
                }),
                counts_class: slots.is_heap_type,
            })
        }
    }

    fn equals(&self, other: &Self) -> bool {
        let words = |facts: &Self| {
            let collector = facts.collector;
            (
                facts.size,
                facts.new as usize,
                facts.dealloc as usize,
                collector.map(|(traverse, clear)| (traverse as usize, clear.addr())),
            )
        };
        words(self) == words(other)
    }
}

/// `tp_traverse` of a class whose base does not visit the type of its instances.
unsafe extern "C" fn traverse<C: Class>(object: Raw, visit: Visit, argument: *mut c_void) -> c_int {
    let collector = C::BASE
        .foreign()
        .and_then(|foreign| foreign.facts().collector);
    // SAFETY: the collector calls this with an instance and its own function and argument. Values in Rust have no references
    // that it sees.
    unsafe {
        match (visit(own_class(object), argument), collector) {
            (0, Some((traverse, _))) => traverse(object, visit, argument),
            (stop, _) => stop,
        }
    }
}
