//! Addresses that are looked up on first use, and precautions for calls through them.

use std::ffi::c_void;
use std::sync::atomic::{AtomicPtr, Ordering};

/// The entry for functions before the table is filled.
pub(super) unsafe extern "C-unwind" fn unresolved() -> ! {
    eprintln!("pyidl: a Python function was called before the module was imported by a Python");
    std::process::abort()
}

/// Makes a call that may run Python code.
///
/// When the interpreter shuts down, versions up to 3.13 end every other thread that wants to resume Python code, in the middle of
/// any call, by `pthread_exit`. On many systems that unwinds the stack: it would run the destructors of Rust values, which must
/// not use Python objects any more, and abort the process where it meets `catch_unwind`. Such a thread is blocked forever
/// instead, as later versions do, and the process continues without it. (A Rust panic never gets here: it does not leave the
/// functions that Python calls.)
#[inline(always)]
pub(crate) fn until_thread_exits<T>(call: impl FnOnce() -> T) -> T {
    struct Unwound;
    impl Drop for Unwound {
        #[cold]
        #[inline(never)]
        fn drop(&mut self) {
            loop {
                std::thread::park();
            }
        }
    }
    let unwound = Unwound;
    let result = call();
    std::mem::forget(unwound);
    result
}

/// Stands for a symbol that was looked up and does not exist.
const ABSENT: *mut c_void = std::ptr::dangling_mut();

/// Returns the address of a function or variable that every supported version has.
#[inline]
pub(super) fn late_address(cache: &AtomicPtr<c_void>, name: &str) -> *mut c_void {
    let address = cache.load(Ordering::Relaxed);
    if address.is_null() {
        look_up_late(cache, name)
    } else {
        address
    }
}

#[cold]
fn look_up_late(cache: &AtomicPtr<c_void>, name: &str) -> *mut c_void {
    let address = crate::host::symbol(name);
    if address.is_null() {
        // Every supported version has it. Without it neither the call nor, reliably, an exception is possible.
        eprintln!("pyidl: this Python lacks {}", name.trim_end_matches('\0'));
        std::process::abort()
    }
    cache.store(address, Ordering::Relaxed);
    address
}

/// Returns the address of a function that not every version has; null if it is missing.
pub(super) fn late_address_where_present(cache: &AtomicPtr<c_void>, name: &str) -> *mut c_void {
    let mut address = cache.load(Ordering::Relaxed);
    if address.is_null() {
        address = crate::host::symbol(name);
        if address.is_null() {
            address = ABSENT;
        }
        cache.store(address, Ordering::Relaxed);
    }
    if address == ABSENT {
        std::ptr::null_mut()
    } else {
        address
    }
}
