//! What keeps the child process of a `fork()` from waiting for threads that only its parent has.
//!
//! `fork()` copies the memory of a process and one of its threads. A mutex that another thread holds at that moment is never
//! released in the child. So none of this crate's is held then: [`Mutex`] and [`OnceLock`] pass a gate, which is shut for the
//! time of a fork (by `pthread_atfork`, so that it does not matter who forks).
//!
//! Shutting the gate waits for those inside. It may be done while the thread is attached to the interpreter. Therefore
//! whoever is inside neither runs Python code nor waits for the interpreter.
//!
//! The locks of instances may be held for long, while Python code runs. They are looked after in [`crate::lock`].

use std::ops::{Deref, DerefMut};
#[cfg(unix)]
use std::sync::atomic::AtomicBool;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{self, PoisonError};
use std::thread;
#[cfg(unix)]
use std::time::{Duration, Instant};

/// How many are inside, or [`SHUT`].
static GATE: AtomicUsize = AtomicUsize::new(0);
const SHUT: usize = usize::MAX;

/// Somebody inside.
struct Inside;

impl Inside {
    #[inline]
    fn enter() -> Self {
        loop {
            let inside = GATE.load(Ordering::Relaxed);
            if inside == SHUT {
                // For the time of a system call. Who waits here is not inside, else the gate would not be shut.
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

/// A mutex that nobody holds while the process is forked. A panic while it is held does not matter.
pub(crate) struct Mutex<T>(sync::Mutex<T>);

impl<T> Mutex<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self(sync::Mutex::new(value))
    }

    /// The value of a mutex that nobody else has.
    pub(crate) fn get_mut(&mut self) -> &mut T {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    /// The value, until the guard is dropped: meanwhile no Python code may run, and the thread stays attached or not as it
    /// is.
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

/// The value of a [`Mutex`].
pub(crate) struct Guard<'a, T> {
    // Released before the gate is passed: fields are dropped in this order.
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

/// A value that is made once, and that nobody makes while the process is forked.
pub(crate) struct OnceLock<T>(sync::OnceLock<T>);

impl<T> OnceLock<T> {
    pub(crate) const fn new() -> Self {
        Self(sync::OnceLock::new())
    }

    #[inline]
    pub(crate) fn get(&self) -> Option<&T> {
        self.0.get()
    }

    /// The value; made by `make` if there is none, under the same conditions as for [`Mutex::lock`].
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

/// Looks after forks from now on. Miri knows none.
pub(crate) fn watch() {
    #[cfg(all(unix, not(miri)))]
    {
        static WATCHES: AtomicBool = AtomicBool::new(false);
        if !WATCHES.swap(true, Ordering::Relaxed) {
            // SAFETY: the functions are there as long as the process, since extension modules are never unloaded; they call
            // nothing that a process must not call between `fork` and `exec` but the allocator, which the C library keeps usable.
            unsafe { libc::pthread_atfork(Some(shut), Some(open), Some(begin)) };
        }
    }
}

/// How long a fork waits for those inside: for ever would be a deadlock, were one of them to wait for this thread.
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

/// In the parent.
#[cfg(unix)]
unsafe extern "C" fn open() {
    let _ = GATE.compare_exchange(SHUT, 0, Ordering::Release, Ordering::Relaxed);
}

/// In the child.
#[cfg(unix)]
unsafe extern "C" fn begin() {
    GATE.store(0, Ordering::Release);
    // SAFETY: the child has one thread; the table is inside the gate.
    unsafe { crate::lock::forked() };
}
