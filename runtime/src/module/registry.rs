//! Per-interpreter records. They are found without a lock, and added and reused under one.
//!
//! Records are never freed, so that any thread may read any of them at any time, even while the record's interpreter ends in
//! another thread: the record is then found to be closed. There are as many records as there were interpreters at the same time.

use super::interpreter;
use crate::fork::Mutex;
use crate::python::Python;
use std::ffi::c_void;
use std::ops::Deref;
use std::sync::atomic::{AtomicPtr, Ordering};

/// The records of one kind.
pub(super) struct Registry<T: 'static> {
    first: AtomicPtr<Record<T>>,
    /// Held while a record is added or reopened. No code that can run Python code runs meanwhile.
    opening: Mutex<()>,
}

/// The record of one interpreter.
pub(crate) struct Record<T: 'static> {
    /// Null while the record is closed.
    interpreter: AtomicPtr<c_void>,
    next: AtomicPtr<Record<T>>,
    value: T,
}

impl<T: Sync> Registry<T> {
    /// Creates a registry without records.
    pub(super) const fn new() -> Self {
        Self {
            first: AtomicPtr::new(std::ptr::null_mut()),
            opening: Mutex::new(()),
        }
    }

    /// Returns the record of the interpreter that the thread is attached to.
    #[inline(always)]
    pub(super) fn get(&self, _py: Python<'_>) -> Option<&'static Record<T>> {
        let first = self.first()?;
        let current = interpreter::current();
        if first.is_of(current) {
            return Some(first);
        }
        first.find_behind(current)
    }

    /// Returns the record that was added first, whichever interpreter it is for.
    #[inline(always)]
    pub(super) fn first(&self) -> Option<&'static Record<T>> {
        // SAFETY: null or a record, which is never freed.
        unsafe { self.first.load(Ordering::Acquire).as_ref() }
    }

    /// Returns an iterator over all records, including closed ones.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'static Record<T>> {
        std::iter::successors(self.first(), |record| record.next())
    }

    /// Returns the record of the current interpreter. If there is none, a closed and `reusable` one is reopened after `prepare`,
    /// or a new one is made by `make`.
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

    /// Appends a closed record.
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

/// Whether a record was already open.
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

    /// Returns whether the record's interpreter has ended.
    pub(super) fn is_closed(&self) -> bool {
        self.interpreter.load(Ordering::Acquire).is_null()
    }

    /// Closes the record, so that it is no longer found.
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
