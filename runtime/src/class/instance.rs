//! The memory of an instance: Python's header, a [`Lock`] where the class needs one, the Rust value.

use std::marker::PhantomData;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Class;
use crate::ffi::Raw;
use crate::layout::Layout;
use crate::lock::Lock;

/// What Python's allocator aligns memory to (`ALIGNMENT` in Objects/obmalloc.c, also with PYTHONMALLOC=debug).
const ALLOCATION_ALIGNMENT: usize = 2 * size_of::<usize>();

/// Marks of instances that can be without a value; new memory is zero.
const EMPTY: usize = 0;
const BEING_FILLED: usize = 1;
const FILLED: usize = 2;

/// Where in an instance of `C` what is.
pub(crate) struct Contents<C>(PhantomData<C>);

impl<C: Class> Contents<C> {
    const LOCK_SIZE: usize = if C::MUTABLE { size_of::<Lock>() } else { 0 };

    /// A value with a larger alignment than the memory has is moved up within the object, by an amount that depends on the
    /// address only; objects do not move.
    const SLACK: usize = align_of::<C>().saturating_sub(ALLOCATION_ALIGNMENT);

    /// Whether there are instances without a value, so that each says whether it has one: those of an open class until
    /// `__init__` was called, which a subclass may forget; on PyPy any.
    #[inline(always)]
    pub(super) fn can_be_empty<L: Layout>() -> bool {
        C::DEFINITION.open || L::facts().empty_instances
    }

    /// What the instance says about its value is the word after the header.
    #[inline(always)]
    fn lock_offset<L: Layout>() -> usize {
        let mark = if Self::can_be_empty::<L>() {
            size_of::<AtomicUsize>()
        } else {
            0
        };
        (L::facts().header + mark).next_multiple_of(align_of::<Lock>())
    }

    #[inline(always)]
    unsafe fn mark<'a, L: Layout>(object: Raw) -> &'a AtomicUsize {
        // SAFETY: within the instance (callers); memory is zeroed when it is allocated.
        unsafe {
            &*object
                .cast::<u8>()
                .add(L::facts().header)
                .cast::<AtomicUsize>()
        }
    }

    /// Whether an instance holds a value.
    ///
    /// # Safety
    /// `object` is an instance of `C`.
    #[inline(always)]
    pub(crate) unsafe fn is_filled<L: Layout>(object: Raw) -> bool {
        // SAFETY: an instance that can be empty has a mark.
        !Self::can_be_empty::<L>()
            || unsafe { Self::mark::<L>(object) }.load(Ordering::Acquire) == FILLED
    }

    /// Gives an instance its value; gives it back if there is one already.
    ///
    /// # Safety
    /// `object` is an instance of `C`, and instances of `C` can be empty.
    pub(crate) unsafe fn fill<L: Layout>(object: Raw, value: C) -> Result<(), C> {
        debug_assert!(Self::can_be_empty::<L>());
        // SAFETY: as promised by the caller. Nobody looks at the value before the mark says that it is there, and one thread
        // only gets to write it.
        unsafe {
            let mark = Self::mark::<L>(object);
            if mark
                .compare_exchange(EMPTY, BEING_FILLED, Ordering::Acquire, Ordering::Relaxed)
                .is_err()
            {
                return Err(value);
            }
            Self::value::<L>(object).write(value);
            mark.store(FILLED, Ordering::Release);
        }
        Ok(())
    }

    #[inline(always)]
    fn value_offset<L: Layout>() -> usize {
        let alignment = align_of::<C>().min(ALLOCATION_ALIGNMENT);
        (Self::lock_offset::<L>() + Self::LOCK_SIZE).next_multiple_of(alignment)
    }

    /// `tp_basicsize` of the class. Larger than that of `object` even for a type without size: by this Python knows that
    /// instances cannot be copied, pickled or made instances of another class.
    pub(crate) fn size<L: Layout>() -> usize {
        let end = Self::value_offset::<L>() + Self::SLACK + size_of::<C>();
        end.next_multiple_of(align_of::<usize>())
            .max(L::facts().header + size_of::<usize>())
    }

    /// The lock of an instance.
    ///
    /// # Safety
    /// `C::MUTABLE`; `object` is an instance of `C` or was just allocated as one, and stays alive for `'a`.
    #[inline(always)]
    pub(crate) unsafe fn lock<'a, L: Layout>(object: Raw) -> &'a Lock {
        debug_assert!(C::MUTABLE);
        // SAFETY: within the object, which is `size` bytes; aligned, since objects are and the offset is.
        unsafe {
            &*object
                .cast::<u8>()
                .add(Self::lock_offset::<L>())
                .cast::<Lock>()
        }
    }

    /// The value of an instance. To read or write it takes the lock, where there is one.
    ///
    /// # Safety
    /// `object` is an instance of `C` or was just allocated as one.
    #[inline(always)]
    pub(crate) unsafe fn value<L: Layout>(object: Raw) -> *mut C {
        // SAFETY: within the object, which is `size` bytes.
        let start = unsafe { object.cast::<u8>().add(Self::value_offset::<L>()) };
        if Self::SLACK == 0 {
            start.cast::<C>()
        } else {
            // SAFETY: moves by at most `SLACK` bytes, since `start` has at least the allocator's alignment.
            unsafe { start.add(start.align_offset(align_of::<C>())).cast::<C>() }
        }
    }

    /// Turns memory just allocated into an instance.
    ///
    /// # Safety
    /// `object` has the layout of `C` and no value yet.
    #[inline(always)]
    pub(crate) unsafe fn write<L: Layout>(object: Raw, value: C) {
        // SAFETY: within the object and aligned; nobody else knows the object.
        unsafe {
            if C::MUTABLE {
                object
                    .cast::<u8>()
                    .add(Self::lock_offset::<L>())
                    .cast::<Lock>()
                    .write(Lock::new());
            }
            Self::value::<L>(object).write(value);
            if Self::can_be_empty::<L>() {
                Self::mark::<L>(object).store(FILLED, Ordering::Release);
            }
        }
    }
}
