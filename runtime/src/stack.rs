//! Determines how much of its stack the current thread has left.

use std::cell::Cell;
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::Result;
use crate::error::Error;
use crate::exceptions::RecursionError;
use crate::host::{self, host};

/// The known limits of a thread's stack. All fields are zero until they are determined.
pub(crate) struct Stack {
    /// The lowest address that nested values may reach; the stack below it is reserved for other code.
    floor: Cell<usize>,
    /// The number of bytes from the floor to the beginning of the stack.
    height: Cell<usize>,
    /// The total number of bytes that nested values may be charged.
    budget: Cell<usize>,
    /// The number of bytes that they are charged now.
    spent: Cell<usize>,
}

thread_local! {
    static STACK: Stack = const {
        Stack {
            floor: Cell::new(0),
            height: Cell::new(0),
            budget: Cell::new(0),
            spent: Cell::new(0),
        }
    };
}

/// The floor and height of the main thread's stack, which no other thread uses: a static is faster to access than a thread-local.
static MAIN: (AtomicUsize, AtomicUsize) = (AtomicUsize::new(0), AtomicUsize::new(0));

/// The number of bytes of use after which the size limit of the main thread's stack is read again, since it can change at any
/// time.
const STEP: usize = 64 << 10;
/// The largest part of a stack that is used. The share of nested values in it can be dropped on any thread that Rust makes, which
/// has two megabytes.
const LARGEST: usize = 8 << 20;
/// The same for PyPy, which checks its own stack use: it uses no more than this, and ends the process where the limit is exceeded
/// in a function that cannot fail.
const LARGEST_ON_PYPY: usize = 704 << 10;
/// The most that nested values are charged on a stack that is not the thread's own: some libraries allocate stacks.
const ELSEWHERE: usize = 48 << 10;

/// Returns the current stack address.
#[inline(always)]
fn here() -> usize {
    let mark = 0_u8;
    black_box(&raw const mark) as usize
}

/// Charges `bytes` for a nested value, whose conversion takes at most that many. The caller must give them back.
///
/// # Errors
/// RecursionError if fewer are left.
#[inline]
pub(crate) fn charge(bytes: usize) -> Result<()> {
    STACK.with(|stack| {
        let (before, left) = (stack.spent.get(), here().wrapping_sub(stack.floor.get()));
        let after = before + bytes;
        let is_fine = left < stack.height.get()
            && left > bytes
            && after <= stack.budget.get()
            && (before ^ after) < STEP;
        if !is_fine {
            stack.look_again(bytes)?;
        }
        stack.spent.set(after);
        Ok(())
    })
}

/// Gives back the bytes that were charged.
#[inline]
pub(crate) fn give_back(bytes: usize) {
    STACK.with(|stack| stack.spent.set(stack.spent.get() - bytes));
}

/// Checks that there is enough stack for Python code that Rust calls.
///
/// # Errors
/// RecursionError if too little is left.
#[inline]
pub(crate) fn check() -> Result<()> {
    // Even if the two loads see different updates, both values are of the same stack: the floor only moves with the limit.
    let left = here().wrapping_sub(MAIN.0.load(Ordering::Relaxed));
    match left < MAIN.1.load(Ordering::Relaxed) {
        true => Ok(()),
        false => check_thread(),
    }
}

#[inline(never)]
fn check_thread() -> Result<()> {
    STACK.with(|stack| {
        let left = here().wrapping_sub(stack.floor.get());
        match left < stack.height.get() {
            true => Ok(()),
            false => stack.look_again(0),
        }
    })
}

impl Stack {
    #[cold]
    #[inline(never)]
    fn look_again(&self, bytes: usize) -> Result<()> {
        if self.height.get() == 0 {
            self.find();
        } else if main_thread::is_current() {
            // The limit of its size may have changed since it was determined.
            let high = self.floor.get() + self.height.get();
            self.set(high, main_thread::size());
        }
        let here = here();
        let (floor, high) = (self.floor.get(), self.floor.get() + self.height.get());
        // The thread's own stack continues below the floor.
        let is_own = here <= high && here >= floor.saturating_sub(LARGEST);
        let after = self.spent.get() + bytes;
        let is_enough = match is_own {
            true => here > floor.saturating_add(bytes) && after <= self.budget.get(),
            false => after <= ELSEWHERE,
        };
        match is_enough {
            true => Ok(()),
            false => Err(too_deep(bytes)),
        }
    }

    fn find(&self) {
        match bounds() {
            Some((high, size)) => self.set(high, size),
            // Without a known stack, every address counts as elsewhere.
            None => self.height.set(1),
        }
    }

    /// Divides a stack of this size into a part for nested values and one that is reserved for the code that they call.
    fn set(&self, high: usize, size: usize) {
        // A smaller share is reserved where the stack is small anyway.
        let (largest, quarters) = match host::is_known() && host().pypy {
            true => (LARGEST_ON_PYPY, 3),
            false => (LARGEST, 2),
        };
        let size = size.min(largest);
        let reserve = (size / 4).min(256 << 10);
        self.floor.set(high - size + reserve);
        self.height.set(size - reserve);
        self.budget.set((size - reserve) / 4 * quarters);
        if main_thread::is_current() {
            MAIN.0.store(self.floor.get(), Ordering::Relaxed);
            MAIN.1.store(self.height.get(), Ordering::Relaxed);
        }
    }
}

#[cold]
fn too_deep(bytes: usize) -> Error {
    let message = match bytes {
        0 => "maximum recursion depth exceeded in calls of Python from Rust",
        _ => "values are nested too deeply",
    };
    RecursionError::new(message).into()
}

/// Returns the highest address of the current thread's stack, where it begins, and the size that it can reach.
#[cfg(all(any(target_os = "linux", target_os = "android"), not(miri)))]
fn bounds() -> Option<(usize, usize)> {
    let mut low: *mut std::ffi::c_void = std::ptr::null_mut();
    let (mut size, mut guard) = (0, 0);
    // SAFETY: the functions fill the structures that they are given. The attributes are used only between their initialisation by
    // the first function and their destruction.
    unsafe {
        let mut attributes: libc::pthread_attr_t = std::mem::zeroed();
        if libc::pthread_getattr_np(libc::pthread_self(), &mut attributes) != 0 {
            return None;
        }
        let known = libc::pthread_attr_getstack(&attributes, &mut low, &mut size) == 0
            && libc::pthread_attr_getguardsize(&attributes, &mut guard) == 0;
        libc::pthread_attr_destroy(&mut attributes);
        if !known {
            return None;
        }
    }
    let high = low as usize + size;
    match main_thread::is_current() {
        // This stack grows on demand: musl reports only the part that exists already.
        true => Some((high, main_thread::size())),
        // Some C libraries include the guard in the size.
        false => Some((high, size.saturating_sub(guard))),
    }
}

/// Returns the highest address of the current thread's stack, where it begins, and its size.
#[cfg(target_os = "macos")]
fn bounds() -> Option<(usize, usize)> {
    // SAFETY: both functions may be called for the current thread.
    unsafe {
        let this = libc::pthread_self();
        Some((
            libc::pthread_get_stackaddr_np(this) as usize,
            libc::pthread_get_stacksize_np(this),
        ))
    }
}

/// Returns the highest address of the current thread's stack, where it begins, and its size.
#[cfg(windows)]
fn bounds() -> Option<(usize, usize)> {
    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn GetCurrentThreadStackLimits(low: *mut usize, high: *mut usize);
    }
    let (mut low, mut high) = (0, 0);
    // SAFETY: the function fills both variables; every Windows version that Rust supports has it.
    unsafe { GetCurrentThreadStackLimits(&mut low, &mut high) };
    Some((high, high - low))
}

#[cfg(not(any(
    all(any(target_os = "linux", target_os = "android"), not(miri)),
    target_os = "macos",
    windows
)))]
fn bounds() -> Option<(usize, usize)> {
    None
}

/// The initial thread of the process on Linux: its stack grows, up to a limit that can change while it runs.
#[cfg(all(any(target_os = "linux", target_os = "android"), not(miri)))]
mod main_thread {
    use super::{LARGEST, here};

    /// Returns whether this is the initial thread. In a process forked by another thread, that thread is the initial one, on its
    /// old stack.
    pub(super) fn is_current() -> bool {
        // SAFETY: neither call can fail.
        let is_first =
            unsafe { libc::syscall(libc::SYS_gettid) == libc::c_long::from(libc::getpid()) };
        is_first && is_on_growing_stack()
    }

    /// Returns whether the thread is on the growing stack: the kernel puts random bytes at the beginning of that stack, and no
    /// other stack is as near to them.
    fn is_on_growing_stack() -> bool {
        const NEAR: usize = 64 << 20;
        // SAFETY: may be called at any time; returns zero if there is no such entry.
        let begin = unsafe { libc::getauxval(libc::AT_RANDOM) } as usize;
        begin.wrapping_sub(here()) < NEAR
    }

    /// Returns the size that its stack can reach, capped at what is used of it.
    pub(super) fn size() -> usize {
        // SAFETY: the function fills the structure.
        let limit = unsafe {
            let mut limit: libc::rlimit = std::mem::zeroed();
            match libc::getrlimit(libc::RLIMIT_STACK, &mut limit) {
                0 => limit.rlim_cur,
                _ => 0,
            }
        };
        usize::try_from(limit).map_or(LARGEST, |limit| limit.min(LARGEST))
    }
}

#[cfg(not(all(any(target_os = "linux", target_os = "android"), not(miri))))]
mod main_thread {
    pub(super) fn is_current() -> bool {
        false
    }

    pub(super) fn size() -> usize {
        super::LARGEST
    }
}

#[cfg(test)]
mod tests {
    use super::{STACK, bounds, here};
    use std::thread;

    #[test]
    #[cfg_attr(miri, ignore = "Miri does not tell where the stack is")]
    fn the_stack_is_where_variables_are() {
        for kilobytes in [64, 256, 1024, 8192] {
            let work = move || {
                let (high, size) = bounds().unwrap();
                assert!(here() < high && here() > high - size);
                // The guard is not included; a stack that is used again can be larger.
                assert!(size >= (kilobytes - 16) << 10, "{size}");
            };
            let builder = thread::Builder::new().stack_size(kilobytes << 10);
            builder.spawn(work).unwrap().join().unwrap();
        }
    }

    #[test]
    fn a_part_is_left() {
        STACK.with(|stack| {
            stack.set(100 << 20, 1 << 20);
            assert_eq!(stack.floor.get(), (99 << 20) + (256 << 10));
            assert_eq!(stack.height.get(), 768 << 10);
            assert_eq!(stack.budget.get(), 384 << 10);
        });
    }
}
