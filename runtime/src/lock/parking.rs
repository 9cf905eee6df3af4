//! Where threads sleep until a lock is released.
//!
//! A fixed number of places for all locks, chosen by the lock's address, so that a lock is one word. Each counts its
//! wake-ups: who read the count before it found the lock taken cannot miss the wake-up that follows.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

struct Place {
    wake_ups: AtomicUsize,
    mutex: Mutex<()>,
    woken: Condvar,
}

const PLACES: usize = 64;

static TABLE: [Place; PLACES] = [const {
    Place {
        wake_ups: AtomicUsize::new(0),
        mutex: Mutex::new(()),
        woken: Condvar::new(),
    }
}; PLACES];

fn place(address: usize) -> &'static Place {
    // Objects are 16 bytes apart or more; the multiplication spreads those of one size.
    &TABLE[(address >> 4).wrapping_mul(0x9E37_79B9) >> 7 & (PLACES - 1)]
}

/// What to pass to [`sleep`]; read before looking at the lock.
pub(super) fn generation(address: usize) -> usize {
    place(address).wake_ups.load(Ordering::SeqCst)
}

/// Sleeps until [`wake`] was called for the address since `generation` was read, or `patience` is over. Wakes early
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

/// Wakes every thread that sleeps for the address.
#[cold]
#[inline(never)]
pub(super) fn wake(address: usize) {
    let place = place(address);
    let guard = place.mutex.lock().unwrap_or_else(PoisonError::into_inner);
    place.wake_ups.fetch_add(1, Ordering::SeqCst);
    drop(guard);
    place.woken.notify_all();
}
