//! The table of sleeping threads, which is searched for threads that wait for one another, and of the readers that other threads
//! must know of.

use super::held::{self, LockPointer};
use super::{Lock, Mode, thread};
use crate::fork;

/// A sleeping thread.
struct Sleeper {
    thread: u64,
    wants: LockPointer,
    mode: Mode,
    /// The locks that it has noted to read. They cannot change while the thread sleeps.
    reads: Vec<LockPointer>,
}

/// The state that threads publish for each other.
struct Table {
    sleepers: Vec<Sleeper>,
    /// Accesses of threads that were the only readers until another thread came, which had to replace their id in the word.
    promoted: Vec<(u64, LockPointer)>,
}

static TABLE: fork::Mutex<Table> = fork::Mutex::new(Table {
    sleepers: Vec::new(),
    promoted: Vec::new(),
});

impl Table {
    /// Returns whether a thread prevents another from taking `lock` in `mode`, judging by `reads`, the table and the locks'
    /// words.
    fn holds(&self, thread: u64, reads: &[LockPointer], lock: LockPointer, mode: Mode) -> bool {
        // SAFETY: the thread that wants the lock keeps it alive while its `Sleeping` lives.
        match unsafe { lock.lock() }.named() {
            (Mode::Exclusive, owner) => owner == thread,
            (_, reader) => {
                mode == Mode::Exclusive
                    && (reader == thread
                        || reads.contains(&lock)
                        || self.promoted.contains(&(thread, lock)))
            }
        }
    }
}

/// Notes that `reader`, another thread, reads `lock`, if `replace` replaces its id in the word.
///
/// Both happen under the table's mutex, so that the reader finds the note when it sees that its id is gone.
pub(super) fn promote(lock: &Lock, reader: u64, replace: impl FnOnce() -> bool) -> bool {
    let mut table = TABLE.lock();
    let replaced = replace();
    if replaced {
        table.promoted.push((reader, LockPointer::new(lock)));
    }
    replaced
}

/// Removes one [`promote`] of this thread. Returns `false` if there is none.
pub(super) fn forget_promoted(lock: &Lock) -> bool {
    let own = (thread::id(), LockPointer::new(lock));
    let mut table = TABLE.lock();
    let index = table.promoted.iter().position(|access| *access == own);
    index
        .map(|index| table.promoted.swap_remove(index))
        .is_some()
}

/// Returns whether an access of this thread to `lock` is noted here.
pub(super) fn is_promoted(lock: &Lock) -> bool {
    let own = (thread::id(), LockPointer::new(lock));
    TABLE.lock().promoted.contains(&own)
}

/// Returns the accesses of this thread that are noted here.
pub(super) fn promoted() -> Vec<LockPointer> {
    let own = thread::id();
    let table = TABLE.lock();
    let accesses = table.promoted.iter();
    accesses
        .filter(|(reader, _)| *reader == own)
        .map(|(_, lock)| *lock)
        .collect()
}

/// Resets the table in a child process, in its only thread: no thread sleeps, and the other threads no longer read anything.
pub(super) fn forked() {
    let mut table = TABLE.lock();
    table.sleepers.clear();
    table.promoted.retain_mut(|(reader, _)| {
        let here = thread::survivor(*reader);
        *reader = here.unwrap_or_default();
        here.is_some()
    });
}

/// Marks this thread as waiting for a lock, as long as it lives.
pub(super) struct Sleeping<'lock> {
    thread: u64,
    lock: &'lock Lock,
}

impl<'lock> Sleeping<'lock> {
    /// Announces that this thread is about to sleep. Returns `None` if it would wait for itself.
    ///
    /// The result is exact, since what it depends on cannot change: the threads in the table sleep, so what they hold stays the
    /// same until they are woken. A thread that was woken but is still in the table is not part of a cycle unless this thread
    /// holds what it wants. Holders outside the table are running, so they make progress.
    pub(super) fn enter(lock: &'lock Lock, mode: Mode) -> Option<Self> {
        let thread = thread::id();
        let reads = held::all();
        let wants = LockPointer::new(lock);
        let mut table = TABLE.lock();
        let mut seen = vec![false; table.sleepers.len()];
        let mut wanted = vec![(wants, mode)];
        while let Some((lock, mode)) = wanted.pop() {
            for (sleeper, seen) in table.sleepers.iter().zip(&mut seen) {
                if *seen || !table.holds(sleeper.thread, &sleeper.reads, lock, mode) {
                    continue;
                }
                *seen = true;
                if table.holds(thread, &reads, sleeper.wants, sleeper.mode) {
                    return None;
                }
                wanted.push((sleeper.wants, sleeper.mode));
            }
        }
        table.sleepers.push(Sleeper {
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
        let mut table = TABLE.lock();
        if let Some(index) = table
            .sleepers
            .iter()
            .position(|s| s.thread == self.thread && s.wants == wants)
        {
            table.sleepers.swap_remove(index);
        }
    }
}
