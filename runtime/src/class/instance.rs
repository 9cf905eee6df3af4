//! The memory of an instance: the part of each class that the instance's class is derived from, and then its own. The part of a
//! class consists of a mark if instances can be without a value, a [`Lock`] if the class needs one, and the Rust value.

use std::marker::PhantomData;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Class;
use crate::ffi::Raw;
use crate::layout::{Layout, Layouts};
use crate::lock::Lock;

/// The alignment of memory from Python's allocator (`ALIGNMENT` in Objects/obmalloc.c, also with PYTHONMALLOC=debug).
const ALLOCATION_ALIGNMENT: usize = 2 * size_of::<usize>();

/// The marks of instances that can be without a value. New memory is zero.
const EMPTY: usize = 0;
const BEING_FILLED: usize = 1;
const FILLED: usize = 2;

/// The part of `C` in the memory of an instance.
pub(crate) struct Contents<C>(PhantomData<C>);

impl<C: Class> Contents<C> {
    const LOCK_SIZE: usize = if C::MUTABLE { size_of::<Lock>() } else { 0 };

    /// A value with a larger alignment than the memory is moved up within the object, by an amount that depends only on the
    /// address; objects do not move.
    const SLACK: usize = align_of::<C>().saturating_sub(ALLOCATION_ALIGNMENT);

    /// Returns whether instances can be without a value, so that each records whether it has one. Instances of a class whose
    /// values come with `__init__` are empty until that is called, which a subclass may omit; on PyPy, any instance can be empty.
    #[inline(always)]
    pub(super) fn can_be_empty<L: Layout>() -> bool {
        Self::has_mark(L::facts())
    }

    #[inline(always)]
    fn has_mark(facts: &Layouts) -> bool {
        C::BASE.is_extended() || C::DEFINITION.open || facts.empty_instances
    }

    /// Returns where the part begins: where that of the base ends. Everything else is found from here.
    #[inline(always)]
    fn start(facts: &Layouts) -> usize {
        C::BASE.end(facts)
    }

    /// The mark, if there is one, is the first word.
    #[inline(always)]
    fn lock_offset(facts: &Layouts) -> usize {
        let mark = if Self::has_mark(facts) {
            size_of::<AtomicUsize>()
        } else {
            0
        };
        (Self::start(facts) + mark).next_multiple_of(align_of::<Lock>())
    }

    #[inline(always)]
    fn value_offset(facts: &Layouts) -> usize {
        let alignment = align_of::<C>().min(ALLOCATION_ALIGNMENT);
        (Self::lock_offset(facts) + Self::LOCK_SIZE).next_multiple_of(alignment)
    }

    /// Returns where the part ends, which is `tp_basicsize` of the class. It is larger than that of the base even for a
    /// zero-sized type: this tells Python that instances cannot be copied, pickled or made instances of another class.
    #[inline(always)]
    pub(super) fn end(facts: &Layouts) -> usize {
        let end = Self::value_offset(facts) + Self::SLACK + size_of::<C>();
        end.next_multiple_of(align_of::<usize>())
            .max(Self::start(facts) + size_of::<usize>())
    }

    #[inline(always)]
    unsafe fn mark<'a, L: Layout>(object: Raw) -> &'a AtomicUsize {
        // SAFETY: within the instance (callers); memory is zeroed when it is allocated.
        unsafe {
            &*object
                .cast::<u8>()
                .add(Self::start(L::facts()))
                .cast::<AtomicUsize>()
        }
    }

    /// Returns whether an instance holds a value.
    ///
    /// # Safety
    /// `object` is an instance of `C`.
    #[inline(always)]
    pub(crate) unsafe fn is_filled<L: Layout>(object: Raw) -> bool {
        // SAFETY: an instance that can be empty has a mark.
        !Self::can_be_empty::<L>()
            || unsafe { Self::mark::<L>(object) }.load(Ordering::Acquire) == FILLED
    }

    /// Stores the value of an instance. Returns `value` as the error if there is one already.
    ///
    /// # Safety
    /// `object` is an instance of `C`, and instances of `C` can be empty.
    pub(crate) unsafe fn fill<L: Layout>(object: Raw, value: C) -> Result<(), C> {
        debug_assert!(Self::can_be_empty::<L>());
        // SAFETY: as promised by the caller. The value is not read before the mark says that it is present, and only one thread
        // gets to write it.
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

    /// Returns the lock of an instance.
    ///
    /// # Safety
    /// `C::MUTABLE`; `object` is an instance of `C` or was just allocated as one, and stays alive for `'a`.
    #[inline(always)]
    pub(crate) unsafe fn lock<'a, L: Layout>(object: Raw) -> &'a Lock {
        debug_assert!(C::MUTABLE);
        // SAFETY: within the object, which has at least `end` bytes; aligned, since objects are and the offset is.
        unsafe {
            &*object
                .cast::<u8>()
                .add(Self::lock_offset(L::facts()))
                .cast::<Lock>()
        }
    }

    /// Returns a pointer to the value of an instance. Reading or writing it requires the lock, if there is one.
    ///
    /// # Safety
    /// `object` is an instance of `C` or was just allocated as one.
    #[inline(always)]
    pub(crate) unsafe fn value<L: Layout>(object: Raw) -> *mut C {
        // SAFETY: within the object, which has at least `end` bytes.
        let start = unsafe { object.cast::<u8>().add(Self::value_offset(L::facts())) };
        if Self::SLACK == 0 {
            start.cast::<C>()
        } else {
            // SAFETY: the pointer moves by at most `SLACK` bytes, since `start` has at least the allocator's alignment.
            unsafe { start.add(start.align_offset(align_of::<C>())).cast::<C>() }
        }
    }

    /// Turns newly allocated memory into an instance.
    ///
    /// # Safety
    /// `object` has the layout of `C` and no value yet.
    #[inline(always)]
    pub(crate) unsafe fn write<L: Layout>(object: Raw, value: C) {
        // SAFETY: within the object and aligned; no other code knows the object.
        unsafe {
            if C::MUTABLE {
                object
                    .cast::<u8>()
                    .add(Self::lock_offset(L::facts()))
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
