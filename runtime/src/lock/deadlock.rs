//! Which threads wait for which, to find those that wait for one another.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::held::{self, LockPointer};
use super::{Lock, Mode, thread};

/// A sleeping thread.
struct Sleeper {
    thread: usize,
    wants: LockPointer,
    mode: Mode,
    /// What it reads; it cannot change while the thread sleeps.
    reads: Vec<LockPointer>,
}

static SLEEPERS: Mutex<Vec<Sleeper>> = Mutex::new(Vec::new());

fn sleepers() -> MutexGuard<'static, Vec<Sleeper>> {
    SLEEPERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a thread stands in the way of one that wants `lock` in `mode`.
fn holds(thread: usize, reads: &[LockPointer], lock: LockPointer, mode: Mode) -> bool {
    // SAFETY: a lock that somebody wants, who keeps it alive while `Sleeping` lives.
    let owner = unsafe { lock.lock() }.owner();
    owner == Some(thread) || (mode == Mode::Exclusive && reads.contains(&lock))
}

/// While it lives, this thread counts as waiting for a lock.
pub(super) struct Sleeping<'lock> {
    thread: usize,
    lock: &'lock Lock,
}

impl<'lock> Sleeping<'lock> {
    /// Announces that this thread is about to sleep; `None` if it would wait for itself.
    ///
    /// Exact, since everything it rests on stands still: the threads in the table sleep, so what they hold cannot change
    /// before they are woken, and who is woken and still in the table is not in a circle unless this thread holds
    /// what it wants. Holders outside the table run, and a thread that runs gets on.
    pub(super) fn enter(lock: &'lock Lock, mode: Mode) -> Option<Self> {
        let thread = thread::id();
        let reads = held::all();
        let wants = LockPointer::new(lock);
        let mut sleepers = sleepers();
        let mut seen = vec![false; sleepers.len()];
        let mut wanted = vec![(wants, mode)];
        while let Some((lock, mode)) = wanted.pop() {
            for (sleeper, seen) in sleepers.iter().zip(&mut seen) {
                if *seen || !holds(sleeper.thread, &sleeper.reads, lock, mode) {
                    continue;
                }
                *seen = true;
                if holds(thread, &reads, sleeper.wants, sleeper.mode) {
                    return None;
                }
                wanted.push((sleeper.wants, sleeper.mode));
            }
        }
        sleepers.push(Sleeper {
            thread,
            wants,
            mode,
            reads,
        });
        Some(Self { thread, lock })
    }
}

impl Drop for Sleeping<'_> {
    fn drop(&mut self) {
        let wants = LockPointer::new(self.lock);
        let mut sleepers = sleepers();
        if let Some(index) = sleepers
            .iter()
            .position(|s| s.thread == self.thread && s.wants == wants)
        {
            sleepers.swap_remove(index);
        }
    }
}
