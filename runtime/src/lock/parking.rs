//! The places where threads sleep until a lock is released.
//!
//! There is a fixed number of places for all locks, chosen by the lock's address, so that a lock is one word. Each place counts
//! its wake-ups: a thread that read the count before it found the lock taken cannot miss the wake-up that follows.

use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

struct Place {
    wake_ups: AtomicUsize,
    mutex: Mutex<()>,
    woken: Condvar,
}

const PLACES: usize = 64;

type Table = [Place; PLACES];

/// The places of this process. Null until first use. Never freed.
static TABLE: AtomicPtr<Table> = AtomicPtr::new(std::ptr::null_mut());

fn place(address: usize) -> &'static Place {
    let table = TABLE.load(Ordering::Acquire);
    // SAFETY: tables are never freed.
    let table = unsafe { table.as_ref() }.unwrap_or_else(first_table);
    // Objects are at least 16 bytes apart; the multiplication spreads addresses of equally large objects.
    &table[(address >> 4).wrapping_mul(0x9E37_79B9) >> 7 & (PLACES - 1)]
}

#[cold]
fn first_table() -> &'static Table {
    let new = Box::into_raw(Box::new(
        [const {
            Place {
                wake_ups: AtomicUsize::new(0),
                mutex: Mutex::new(()),
                woken: Condvar::new(),
            }
        }; PLACES],
    ));
    let none = std::ptr::null_mut();
    let table = match TABLE.compare_exchange(none, new, Ordering::AcqRel, Ordering::Acquire) {
        Ok(_) => new,
        Err(table) => {
            // SAFETY: no other thread has seen the new table.
            drop(unsafe { Box::from_raw(new) });
            table
        }
    };
    // SAFETY: tables are never freed.
    unsafe { &*table }
}

/// Discards the places in the child process of a fork, since other threads may have left them in any state. New ones are made.
pub(super) fn forked() {
    TABLE.store(std::ptr::null_mut(), Ordering::Release);
}

/// Returns the count to pass to [`sleep`]. It must be read before the lock is checked.
pub(super) fn generation(address: usize) -> usize {
    place(address).wake_ups.load(Ordering::SeqCst)
}

/// Sleeps until [`wake`] is called for the address after `generation` was read, or until `patience` has elapsed. May wake early
/// when a lock that shares the place is released.
pub(super) fn sleep(address: usize, generation: usize, patience: Duration) {
    let place = place(address);
    let end = Instant::now() + patience;
    let mut guard = place.mutex.lock().unwrap_or_else(PoisonError::into_inner);
    while place.wake_ups.load(Ordering::SeqCst) == generation {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return;
        }
        guard = place
            .woken
            .wait_timeout(guard, left)
            .unwrap_or_else(PoisonError::into_inner)
            .0;
    }
}

/// Wakes all threads that sleep for the address.
#[cold]
#[inline(never)]
pub(super) fn wake(address: usize) {
    let place = place(address);
    let guard = place.mutex.lock().unwrap_or_else(PoisonError::into_inner);
    place.wake_ups.fetch_add(1, Ordering::SeqCst);
    drop(guard);
    place.woken.notify_all();
}
