//! Prevents the child process of a `fork()` from waiting for threads that exist only in its parent.
//!
//! `fork()` copies the memory of a process and one of its threads. A mutex that another thread holds at that moment is never
//! released in the child. Therefore no mutex of this crate may be held during a fork: [`Mutex`] and [`OnceLock`] pass through a
//! gate that is shut during a fork (by `pthread_atfork`, so that it works for every caller of `fork()`).
//!
//! Shutting the gate waits for the threads inside, possibly while attached to the interpreter. Therefore threads inside neither
//! run Python code nor wait for the interpreter.
//!
//! The locks of instances may be held for a long time, while Python code runs. [`crate::lock`] handles them separately.

use std::ops::{Deref, DerefMut};
#[cfg(unix)]
use std::sync::atomic::AtomicBool;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{self, PoisonError};
use std::thread;
#[cfg(unix)]
use std::time::{Duration, Instant};

/// The number of threads inside, or [`SHUT`].
static GATE: AtomicUsize = AtomicUsize::new(0);
const SHUT: usize = usize::MAX;

/// Marks a thread as inside the gate.
struct Inside;

impl Inside {
    #[inline]
    fn enter() -> Self {
        loop {
            let inside = GATE.load(Ordering::Relaxed);
            if inside == SHUT {
                // The gate is shut only for a short time, about that of a system call. A thread that waits here is not inside, so
                // it cannot delay the fork.
                thread::yield_now();
            } else if GATE
                .compare_exchange_weak(inside, inside + 1, Ordering::Acquire, Ordering::Relaxed)
                .is_ok()
            {
                return Self;
            }
        }
    }
}

impl Drop for Inside {
    #[inline]
    fn drop(&mut self) {
        GATE.fetch_sub(1, Ordering::Release);
    }
}

/// A mutex that no thread holds while the process is forked. It ignores poisoning.
pub(crate) struct Mutex<T>(sync::Mutex<T>);

impl<T> Mutex<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self(sync::Mutex::new(value))
    }

    /// Returns the value of a mutex that is borrowed exclusively.
    pub(crate) fn get_mut(&mut self) -> &mut T {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the value, until the guard is dropped. Meanwhile the thread must not run Python code, attach or detach.
    #[inline]
    pub(crate) fn lock(&self) -> Guard<'_, T> {
        let inside = Inside::enter();
        Guard {
            value: self.0.lock().unwrap_or_else(PoisonError::into_inner),
            _inside: inside,
        }
    }
}

impl<T: Default> Default for Mutex<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

/// The guard of a [`Mutex`].
pub(crate) struct Guard<'a, T> {
    // Fields are dropped in this order: the mutex is released before the gate is left.
    value: sync::MutexGuard<'a, T>,
    _inside: Inside,
}

impl<T> Deref for Guard<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Guard<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

/// A value that is initialised once, and never while the process is forked.
pub(crate) struct OnceLock<T>(sync::OnceLock<T>);

impl<T> OnceLock<T> {
    pub(crate) const fn new() -> Self {
        Self(sync::OnceLock::new())
    }

    #[inline]
    pub(crate) fn get(&self) -> Option<&T> {
        self.0.get()
    }

    /// Returns the value. If there is none, `make` makes it, under the same conditions as for [`Mutex::lock`].
    pub(crate) fn get_or_init(&self, make: impl FnOnce() -> T) -> &T {
        self.get().unwrap_or_else(|| {
            let _inside = Inside::enter();
            self.0.get_or_init(make)
        })
    }
}

impl<T> Default for OnceLock<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// Registers the handlers for forks. Miri does not support them.
pub(crate) fn watch() {
    #[cfg(all(unix, not(miri)))]
    {
        static WATCHES: AtomicBool = AtomicBool::new(false);
        if !WATCHES.swap(true, Ordering::Relaxed) {
            // SAFETY: the functions exist as long as the process, since extension modules are never unloaded. They call nothing
            // that is forbidden between `fork` and `exec` except the allocator, which the C library keeps usable.
            unsafe { libc::pthread_atfork(Some(shut), Some(open), Some(begin)) };
        }
    }
}

/// How long a fork waits for the threads inside. Waiting forever would be a deadlock if one of them waited for this thread.
#[cfg(unix)]
const PATIENCE: Duration = Duration::from_secs(5);

#[cfg(unix)]
unsafe extern "C" fn shut() {
    let begin = Instant::now();
    while GATE
        .compare_exchange(0, SHUT, Ordering::Acquire, Ordering::Relaxed)
        .is_err()
        && begin.elapsed() < PATIENCE
    {
        thread::yield_now();
    }
}

/// Opens the gate in the parent.
#[cfg(unix)]
unsafe extern "C" fn open() {
    let _ = GATE.compare_exchange(SHUT, 0, Ordering::Release, Ordering::Relaxed);
}

/// Opens the gate in the child and resets the locks.
#[cfg(unix)]
unsafe extern "C" fn begin() {
    GATE.store(0, Ordering::Release);
    // SAFETY: the child has one thread; the table is protected by the gate.
    unsafe { crate::lock::forked() };
}
