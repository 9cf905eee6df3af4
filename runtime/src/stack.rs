//! How much of its stack the current thread has left.

use std::cell::Cell;
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::Result;
use crate::error::Error;
use crate::exceptions::RecursionError;
use crate::host::{self, host};

/// What is known of the stack of a thread. All of it is zero until it is looked for.
pub(crate) struct Stack {
    /// The lowest address that values may be nested down to; below it is what has to be left for others.
    floor: Cell<usize>,
    /// How many bytes there are from the floor to where the stack begins.
    height: Cell<usize>,
    /// How many bytes nested values may be charged together.
    budget: Cell<usize>,
    /// How many they are charged now.
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

/// The floor and height of the main thread's stack, which nobody else can be on: found faster than what belongs to a thread.
static MAIN: (AtomicUsize, AtomicUsize) = (AtomicUsize::new(0), AtomicUsize::new(0));

/// Every so many bytes it is looked again how large the main thread's stack may become, which can be changed at any time.
const STEP: usize = 64 << 10;
/// Stacks are used up to this size. What nested values take of it can be dropped on any thread that Rust makes, which has two
/// megabytes.
const LARGEST: usize = 8 << 20;
/// PyPy, which looks after its stack by itself, uses no more of it, and ends the process where that is exceeded in a function
/// that cannot fail.
const LARGEST_ON_PYPY: usize = 704 << 10;
/// What nested values are charged at most on a stack that is not the thread's own: some libraries bring their own.
const ELSEWHERE: usize = 48 << 10;

/// Where the stack is now.
#[inline(always)]
fn here() -> usize {
    let mark = 0_u8;
    black_box(&raw const mark) as usize
}

/// Charges `bytes` for a value inside those that are being converted, whose conversion takes at most as many; they are to be
/// given back.
///
/// # Errors
/// RecursionError where so many are not left.
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

/// Gives back what was charged.
#[inline]
pub(crate) fn give_back(bytes: usize) {
    STACK.with(|stack| stack.spent.set(stack.spent.get() - bytes));
}

/// Checks that there is stack for Python code that Rust calls.
///
/// # Errors
/// RecursionError where there is little left.
#[inline]
pub(crate) fn check() -> Result<()> {
    // A mixture of two states would be of one thread all the same: the floor only moves, with the limit.
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
            // It can grow to another size than when it was found.
            let high = self.floor.get() + self.height.get();
            self.set(high, main_thread::size());
        }
        let here = here();
        let (floor, high) = (self.floor.get(), self.floor.get() + self.height.get());
        // Below the floor is still the thread's own stack.
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
            // Nowhere, so that every address is elsewhere.
            None => self.height.set(1),
        }
    }

    /// Divides a stack of this size: a part for nested values, and one that has to be left to what they call.
    fn set(&self, high: usize, size: usize) {
        // Where there is little of it in any case, less is left to others.
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

/// Where the stack of the current thread begins, which is its highest address, and how large it can become.
#[cfg(all(any(target_os = "linux", target_os = "android"), not(miri)))]
fn bounds() -> Option<(usize, usize)> {
    let mut low: *mut std::ffi::c_void = std::ptr::null_mut();
    let (mut size, mut guard) = (0, 0);
    // SAFETY: the functions fill what they are given; the attributes are used between their initialisation, by the first,
    // and their destruction.
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
        // It grows when it is used: musl gives the part that is there already.
        true => Some((high, main_thread::size())),
        // Some libraries count the guard in.
        false => Some((high, size.saturating_sub(guard))),
    }
}

/// Where the stack of the current thread begins, which is its highest address, and how large it is.
#[cfg(target_os = "macos")]
fn bounds() -> Option<(usize, usize)> {
    // SAFETY: of the current thread both can be asked.
    unsafe {
        let this = libc::pthread_self();
        Some((
            libc::pthread_get_stackaddr_np(this) as usize,
            libc::pthread_get_stacksize_np(this),
        ))
    }
}

/// Where the stack of the current thread begins, which is its highest address, and how large it is.
#[cfg(windows)]
fn bounds() -> Option<(usize, usize)> {
    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn GetCurrentThreadStackLimits(low: *mut usize, high: *mut usize);
    }
    let (mut low, mut high) = (0, 0);
    // SAFETY: fills both; every Windows that Rust supports has it.
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

/// The thread that the process began with, on Linux: its stack grows, up to a limit that can be changed while it runs.
#[cfg(all(any(target_os = "linux", target_os = "android"), not(miri)))]
mod main_thread {
    use super::{LARGEST, here};

    /// Where a process was forked by another thread than the first, that thread is now the first, on the stack that it had.
    pub(super) fn is_current() -> bool {
        // SAFETY: neither call can fail.
        let is_first =
            unsafe { libc::syscall(libc::SYS_gettid) == libc::c_long::from(libc::getpid()) };
        is_first && is_on_growing_stack()
    }

    /// The kernel has put some random bytes where that stack begins, and no other stack is as near to them.
    fn is_on_growing_stack() -> bool {
        const NEAR: usize = 64 << 20;
        // SAFETY: may be called at any time; zero where there is no such entry.
        let begin = unsafe { libc::getauxval(libc::AT_RANDOM) } as usize;
        begin.wrapping_sub(here()) < NEAR
    }

    /// How large its stack can become, as far as it is used.
    pub(super) fn size() -> usize {
        // SAFETY: fills the structure.
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
    fn the_stack_is_where_variables_are() {
        for kilobytes in [64, 256, 1024, 8192] {
            let work = move || {
                let (high, size) = bounds().unwrap();
                assert!(here() < high && here() > high - size);
                // The guard is not counted in; a stack that is used once more can be larger.
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
