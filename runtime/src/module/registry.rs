//! What is kept for each interpreter: found without a lock, added and used again under one.
//!
//! Records are never freed, so that a thread may look at any of them at any time, also while the interpreter that the record
//! is for ends in another thread: it then finds that the record is closed. There are as many as there were interpreters at
//! one time.

use super::interpreter;
use crate::fork::Mutex;
use crate::python::Python;
use std::ffi::c_void;
use std::ops::Deref;
use std::sync::atomic::{AtomicPtr, Ordering};

/// The records of one kind.
pub(super) struct Registry<T: 'static> {
    first: AtomicPtr<Record<T>>,
    /// Held while a record is added or opened again. Nothing that can run Python code is done meanwhile.
    opening: Mutex<()>,
}

/// What is kept for one interpreter.
pub(crate) struct Record<T: 'static> {
    /// Null while the record is closed.
    interpreter: AtomicPtr<c_void>,
    next: AtomicPtr<Record<T>>,
    value: T,
}

impl<T: Sync> Registry<T> {
    /// Without records.
    pub(super) const fn new() -> Self {
        Self {
            first: AtomicPtr::new(std::ptr::null_mut()),
            opening: Mutex::new(()),
        }
    }

    /// The record of the interpreter that the thread is attached to.
    #[inline(always)]
    pub(super) fn get(&self, _py: Python<'_>) -> Option<&'static Record<T>> {
        let first = self.first()?;
        let current = interpreter::current();
        if first.is_of(current) {
            return Some(first);
        }
        first.find_behind(current)
    }

    /// The record that was added first, whichever interpreter it is for.
    #[inline(always)]
    pub(super) fn first(&self) -> Option<&'static Record<T>> {
        // SAFETY: null or a record, which is never freed.
        unsafe { self.first.load(Ordering::Acquire).as_ref() }
    }

    /// All records, closed ones among them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'static Record<T>> {
        std::iter::successors(self.first(), |record| record.next())
    }

    /// The record of the current interpreter; where there is none, one that is closed and `reusable`, prepared by `prepare`,
    /// or one that `make` makes.
    pub(super) fn open(
        &self,
        _py: Python<'_>,
        reusable: impl Fn(&T) -> bool,
        prepare: impl FnOnce(&T),
        make: impl FnOnce() -> T,
    ) -> (&'static Record<T>, Opened) {
        let current = interpreter::current();
        let _guard = self.opening.lock();
        if let Some(found) = self.iter().find(|record| record.is_of(current)) {
            return (found, Opened::Before);
        }
        let closed = |record: &&'static Record<T>| record.is_closed() && reusable(record);
        let record = match self.iter().find(closed) {
            Some(record) => record,
            None => self.add(make()),
        };
        prepare(record);
        record.interpreter.store(current, Ordering::Release);
        (record, Opened::Now)
    }

    /// Appends a record, closed as yet.
    fn add(&self, value: T) -> &'static Record<T> {
        let record: &'static Record<T> = Box::leak(Box::new(Record {
            interpreter: AtomicPtr::new(std::ptr::null_mut()),
            next: AtomicPtr::new(std::ptr::null_mut()),
            value,
        }));
        let place = self.iter().last().map_or(&self.first, |last| &last.next);
        place.store(std::ptr::from_ref(record).cast_mut(), Ordering::Release);
        record
    }
}

/// Whether a record was open already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opened {
    Before,
    Now,
}

impl<T> Record<T> {
    #[inline(always)]
    fn is_of(&self, interpreter: *mut c_void) -> bool {
        self.interpreter.load(Ordering::Acquire) == interpreter
    }

    /// Whether the interpreter that it was for has ended.
    pub(super) fn is_closed(&self) -> bool {
        self.interpreter.load(Ordering::Acquire).is_null()
    }

    /// From now on the record is not found any more.
    pub(super) fn close(&self) {
        self.interpreter
            .store(std::ptr::null_mut(), Ordering::Release);
    }

    #[inline]
    fn next(&self) -> Option<&'static Record<T>> {
        // SAFETY: null or a record, which is never freed.
        unsafe { self.next.load(Ordering::Acquire).as_ref() }
    }

    #[cold]
    fn find_behind(&self, interpreter: *mut c_void) -> Option<&'static Record<T>> {
        std::iter::successors(self.next(), |record| record.next())
            .find(|record| record.is_of(interpreter))
    }
}

impl<T> Deref for Record<T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        &self.value
    }
}
