//! Frees long chains of objects and values without a correspondingly deep stack.
//!
//! Freeing an object drops its references, which may free the next object inside the first one's function. A chain of a million
//! objects would overflow the stack. The functions that free objects of this crate therefore count their nesting depth, as
//! CPython does for its own containers ("trashcan"). Objects that are nested too deeply are put on a list, and freed by an outer
//! function as soon as the nested call has returned.
//!
//! CPython's trashcan supports only objects that its garbage collector tracks. Instances are not tracked, and values without a
//! Python object are not objects at all.

use std::any::Any as Payload;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::ffi::Raw;
use crate::module::interpreter;

/// The depth of the functions that free the items on the list.
const BASE: u32 = 8;
/// The depth beyond which items are put on the list.
const LIMIT: u32 = 24;

/// Something to be freed.
struct Item {
    what: *mut (),
    free: unsafe fn(*mut ()),
}

impl Item {
    /// # Safety
    /// `what` is of the kind that `free` frees, and has not been freed yet.
    unsafe fn free(self) {
        // SAFETY: as promised by the caller.
        unsafe { (self.free)(self.what) };
    }
}

/// The interpreter that the thread is attached to. An item that is freed later needs the same one.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Attachment(usize);

impl Attachment {
    const NONE: Self = Self(0);

    /// Returns the attachment of the current thread, which is attached.
    fn current() -> Self {
        Self(interpreter::current() as usize | 1)
    }
}

struct Later {
    items: RefCell<Vec<Item>>,
    /// The attachment of the function at [`BASE`].
    attachment: Cell<Attachment>,
}

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static LATER: Later = const {
        Later { items: RefCell::new(Vec::new()), attachment: Cell::new(Attachment::NONE) }
    };
}

/// Frees an object by `free`, now or when the enclosing calls of this function have returned.
///
/// # Safety
/// `object` has no references, no other code (including the collector) knows it, and the thread is attached to its interpreter.
/// `free` does not unwind and may be called for the object.
#[inline(always)]
pub(crate) unsafe fn object(object: Raw, free: unsafe fn(Raw)) {
    DEPTH.with(|depth| {
        let own = depth.get();
        if own < BASE {
            depth.set(own + 1);
            // SAFETY: as promised by the caller.
            unsafe { free(object) };
            depth.set(own);
        } else {
            // SAFETY: the function pointer types differ only in the type that the argument points to.
            let free = unsafe { std::mem::transmute::<unsafe fn(Raw), unsafe fn(*mut ())>(free) };
            let what = object.cast();
            // SAFETY: as promised by the caller, on an attached thread.
            unsafe { deep(depth, Item { what, free }, Some(Attachment::current())) };
        }
    });
}

/// Drops a value, now or when the enclosing calls of this function have returned.
pub(crate) fn value<T>(value: Box<T>) {
    /// # Safety
    /// `what` comes from a box of this type whose ownership was given up.
    unsafe fn free<T>(what: *mut ()) {
        // SAFETY: as promised by the caller.
        drop(unsafe { Box::from_raw(what.cast::<T>()) });
    }

    struct Restore<'a>(&'a Cell<u32>, u32);
    impl Drop for Restore<'_> {
        fn drop(&mut self) {
            self.0.set(self.1);
        }
    }

    DEPTH.with(|depth| {
        let own = depth.get();
        if own < BASE {
            let _restore = Restore(depth, own);
            depth.set(own + 1);
            drop(value);
        } else {
            let what = Box::into_raw(value).cast();
            // SAFETY: ownership of the box was given up.
            unsafe {
                deep(
                    depth,
                    Item {
                        what,
                        free: free::<T>,
                    },
                    None,
                );
            }
        }
    });
}

/// Frees an item at depth [`BASE`] or deeper. An object comes with the attachment to its interpreter.
///
/// # Safety
/// As for [`Item::free`]; the thread is attached to that interpreter.
#[cold]
#[inline(never)]
unsafe fn deep(depth: &Cell<u32>, item: Item, attachment: Option<Attachment>) {
    let own = depth.get();
    let mut item = Some(item);
    if own >= LIMIT {
        // A thread that is ending has no list.
        let _ = LATER.try_with(|later| {
            let mut items = later.items.borrow_mut();
            let is_here = attachment.is_none_or(|it| it == later.attachment.get());
            // If there is not enough memory for the list, the item is freed in a nested call.
            if is_here && items.try_reserve(1).is_ok() {
                items.extend(item.take());
            }
        });
    }
    let Some(item) = item else { return };
    let panic = if own == BASE || own >= LIMIT {
        // SAFETY: as promised by the caller.
        unsafe { free_all(depth, item, attachment) }
    } else {
        depth.set(own + 1);
        // SAFETY: as promised by the caller.
        catch_unwind(AssertUnwindSafe(|| unsafe { item.free() })).err()
    };
    depth.set(own);
    if let Some(panic) = panic {
        resume_unwind(panic);
    }
}

/// Frees an item and all items that are put on a new list meanwhile. Returns the first panic.
///
/// # Safety
/// As for [`deep`].
unsafe fn free_all(
    depth: &Cell<u32>,
    item: Item,
    attachment: Option<Attachment>,
) -> Option<Box<dyn Payload + Send>> {
    let attachment = attachment.unwrap_or_else(|| {
        if interpreter::is_attached() {
            Attachment::current()
        } else {
            Attachment::NONE
        }
    });
    // Saves the list of an outer function, which is attached to another interpreter.
    let outer = LATER.try_with(|later| (later.items.take(), later.attachment.replace(attachment)));
    let mut first_panic = None;
    let mut next = Some(item);
    while let Some(item) = next {
        depth.set(BASE + 1);
        // SAFETY: as promised by the caller. The items on the list belong to the interpreter that this thread is attached to, the
        // same as when this function was called.
        let result = catch_unwind(AssertUnwindSafe(|| unsafe { item.free() }));
        first_panic = first_panic.or(result.err());
        next = LATER
            .try_with(|later| later.items.borrow_mut().pop())
            .ok()
            .flatten();
    }
    if let Ok((items, attachment)) = outer {
        let _ = LATER.try_with(|later| {
            later.items.replace(items);
            later.attachment.set(attachment);
        });
    }
    first_panic
}
