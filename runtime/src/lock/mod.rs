//! The lock of an instance whose class has methods that take `&mut self`.
//!
//! Rust promises a `&mut self` method that nobody else sees the value; Python promises nothing of the kind. The lock
//! keeps Rust's promise:
//!
//! * A conflict within one thread is a mistake in the program (a callback that uses the object whose method is running,
//!   `c.merge(c)`) and would never end: it is refused with [`Refused::InUse`].
//! * A conflict between threads passes: the later one waits, shortly by spinning where threads run in parallel, then
//!   parked and detached from the interpreter, so that the holder can go on. It looks for signals now and then.
//! * Threads that wait for one another in a circle would wait for ever. A thread about to sleep looks for such a circle in
//!   the table of sleeping threads. If it would close one with the locks of its own arguments, whose values were not looked
//!   at yet (`a.merge(b)` in one thread, `b.merge(a)` in another), it gives them up, lets the others go first and takes
//!   all again; nobody notices. If it is by locks of methods that are running (each thread is in a method of one
//!   object, and its callback changes the other's), it gets [`Refused::Deadlock`], and the others go on.
//!
//! Waiting writers come before new readers for a few milliseconds, so that readers that overlap without end cannot
//! keep a writer out; after that readers go ahead, so that no circle can form through this courtesy.
//!
//! The state is one word. With a GIL it only changes in attached threads, hence plain loads and stores
//! suffice; without one it changes by compare-and-swap. Every function takes `parallel` to tell which; callers pass a
//! constant of the layout where they can.
//!
//! # Who reads
//! A `&self` method may run Python code at any time: by [`Python::attach`](crate::Python::attach), by dropping a
//! [`Handle`](crate::Handle), in a `Drop`, in a panic hook, in a signal handler. If that code wants the value for itself it must
//! be told from another thread, or it would wait for itself. So it is always known which threads read a value, at no cost where
//! there is one, which is nearly always: the word of a value with one reader is that thread's id. A further reader makes the
//! word a count, and notes itself in a list of its own thread ([`held`]). The first one cannot be made to do so by
//! another thread, hence is noted in a table for all ([`deadlock`]). From then until nobody reads, each of a thread's
//! accesses is in one of the two; which of them is whose does not matter, since each counts the same.
//!
//! # `fork()`
//! In the child process only the thread that called `fork()` is there. What the others read is free again. What
//! one of them was changing may be half changed for ever: who wants it gets [`Refused::Lost`]. Ids and counts have the
//! generation of the process in them ([`thread`]), so that both are seen when somebody wants the value: see [`Lock::settle`].

mod deadlock;
mod held;
mod parking;
mod reorder;
mod thread;

use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The word holds the id of the thread that has the value for itself.
const EXCLUSIVE: u64 = 1;
/// Somebody sleeps until the value is free.
const WAITERS: u64 = 2;
/// The word counts readers. Without this bit and [`EXCLUSIVE`] it is the id of the only one; 0 if there is none.
const COUNTED: u64 = 4;
/// One of the readers that the word counts.
const READER: u64 = 8;
/// What is not an id in a word.
const MARKS: u64 = EXCLUSIVE | WAITERS | COUNTED;
/// The number of readers in a word that counts them.
const COUNT: u64 = (1 << 48) - READER;

/// How often a thread looks before it parks, where threads run in parallel: about a microsecond, longer than
/// most methods.
const SPINS: u32 = 64;
/// How long a sleeping thread goes without looking for signals.
const PATIENCE: Duration = Duration::from_millis(100);
/// How long a reader lets a waiting writer go first.
const COURTESY: Duration = Duration::from_millis(2);

/// Many readers or one writer.
#[derive(Debug, Default)]
pub(crate) struct Lock {
    state: AtomicU64,
}

/// Why a lock was not taken.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refused<E> {
    /// This thread has it already.
    InUse,
    /// This thread would wait for one that waits for this one.
    Deadlock,
    /// A thread was changing the value when this process was forked from one in which that thread is.
    Lost,
    /// What [`Waiting::interrupted`] returned.
    Interrupted(E),
}

/// What a sleeping thread owes the interpreter.
pub(crate) trait Waiting {
    /// The exception of a signal handler.
    type Error;
    /// Calls `sleep` while the thread is detached.
    fn detached(&mut self, sleep: &mut dyn FnMut());
    /// Runs what is pending, such as signal handlers; called attached.
    fn interrupted(&mut self) -> Result<(), Self::Error>;
}

/// What is asked of a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// To read, for a method.
    Shared,
    /// To read, for an argument, which has a note of its own.
    Argument,
    Exclusive,
}

impl Mode {
    fn is_blocked_by(self, state: u64) -> bool {
        match self {
            Mode::Shared | Mode::Argument => state & EXCLUSIVE != 0,
            Mode::Exclusive => state & !WAITERS != 0,
        }
    }
}

impl Lock {
    /// A lock that nobody has.
    pub(crate) const fn new() -> Self {
        Self {
            state: AtomicU64::new(0),
        }
    }

    /// Takes the value for this thread alone; [`Lock::release_exclusive`] gives it back.
    #[inline(always)]
    pub(crate) fn exclusive<W: Waiting>(
        &self,
        parallel: bool,
        waiting: W,
    ) -> Result<(), Refused<W::Error>> {
        if self.replace(parallel, 0, thread::exclusive()) {
            Ok(())
        } else {
            self.wait_exclusive(parallel, waiting)
        }
    }

    /// Takes the value for reading; [`Lock::release_shared`] gives it back.
    #[inline(always)]
    pub(crate) fn shared<W: Waiting>(
        &self,
        parallel: bool,
        waiting: W,
    ) -> Result<(), Refused<W::Error>> {
        if self.replace(parallel, 0, thread::id()) {
            Ok(())
        } else {
            self.wait_shared(Mode::Shared, parallel, waiting)
        }
    }

    /// Takes the value for reading as an argument of a call. It may be looked at only after [`Argument::look_at`];
    /// [`Lock::release_argument`] gives it back.
    pub(crate) fn shared_argument<W: Waiting>(
        &self,
        parallel: bool,
        waiting: W,
    ) -> Result<Argument, Refused<W::Error>> {
        if !self.replace(parallel, 0, counted(1)) {
            self.wait_shared(Mode::Argument, parallel, waiting)?;
        }
        Ok(Argument {
            note: held::note_argument(self),
            seen: Cell::new(false),
        })
    }

    /// Ends what [`Lock::exclusive`] began, in the same thread.
    #[inline(always)]
    pub(crate) fn release_exclusive(&self, parallel: bool) {
        let state = if parallel {
            self.state.swap(0, Ordering::Release)
        } else {
            let state = self.state.load(Ordering::Relaxed);
            self.state.store(0, Ordering::Relaxed);
            state
        };
        if state & WAITERS != 0 {
            parking::wake(self.address());
        }
    }

    /// Ends what [`Lock::shared`] began, in the same thread.
    #[inline(always)]
    pub(crate) fn release_shared(&self, parallel: bool) {
        // Whether this thread is the only reader, and nobody waits: then the word is the thread's id.
        let is_alone = if parallel {
            self.give_back(parallel, thread::id(), 0)
        } else {
            let state = self.state.load(Ordering::Relaxed);
            state & (COUNTED | WAITERS) == 0 && self.give_back(parallel, state, 0)
        };
        if !is_alone {
            self.release_reader(parallel);
        }
    }

    #[cold]
    #[inline(never)]
    fn release_reader(&self, parallel: bool) {
        loop {
            let state = self.state.load(Ordering::Relaxed);
            if state & COUNTED != 0 {
                // A thread that is ending has no notes.
                let _ = held::forget_receiver(self) || deadlock::forget_promoted(self);
                return self.release_counted(parallel);
            }
            if self.give_back(parallel, state, 0) {
                if state & WAITERS != 0 {
                    parking::wake(self.address());
                }
                return;
            }
        }
    }

    /// One less of the readers that the word counts.
    fn release_counted(&self, parallel: bool) {
        loop {
            let state = self.state.load(Ordering::Relaxed);
            if state & COUNT != READER {
                if self.give_back(parallel, state, state - READER) {
                    return;
                }
            } else if self.give_back(parallel, state, 0) {
                if state & WAITERS != 0 {
                    parking::wake(self.address());
                }
                return;
            }
        }
    }

    /// Ends what [`Lock::shared_argument`] began, in the same thread.
    pub(crate) fn release_argument(&self, argument: &Argument, parallel: bool) {
        // An argument that was given up and not taken again has no lock to release.
        if held::forget_argument(argument.note) {
            self.release_counted(parallel);
        }
    }

    /// Whether a thread has the value for itself: also one that was left behind by a fork.
    pub(crate) fn is_exclusive(&self) -> bool {
        self.state.load(Ordering::Relaxed) & EXCLUSIVE != 0
    }

    #[inline(always)]
    fn replace(&self, parallel: bool, from: u64, to: u64) -> bool {
        if parallel {
            self.state
                .compare_exchange(from, to, Ordering::Acquire, Ordering::Relaxed)
                .is_ok()
        } else {
            let same = self.state.load(Ordering::Relaxed) == from;
            if same {
                self.state.store(to, Ordering::Relaxed);
            }
            same
        }
    }

    /// As [`replace`](Lock::replace), when what was written to the value, or read of it, is over.
    #[inline(always)]
    fn give_back(&self, parallel: bool, from: u64, to: u64) -> bool {
        if parallel {
            self.state
                .compare_exchange(from, to, Ordering::Release, Ordering::Relaxed)
                .is_ok()
        } else {
            self.state.store(to, Ordering::Relaxed);
            true
        }
    }

    /// Takes the lock if it can be had now. `false`: look again or wait.
    fn take(&self, mode: Mode, parallel: bool, state: u64) -> bool {
        if mode.is_blocked_by(state) {
            return false;
        }
        let waiters = state & WAITERS;
        let nobody_reads = state & !WAITERS == 0;
        match mode {
            Mode::Exclusive => self.replace(parallel, state, thread::exclusive() | waiters),
            Mode::Shared if nobody_reads => self.replace(parallel, state, thread::id() | waiters),
            Mode::Argument if nobody_reads => self.replace(parallel, state, counted(1) | waiters),
            Mode::Shared | Mode::Argument => {
                let taken = if state & COUNTED != 0 {
                    self.replace(parallel, state, state + READER)
                } else {
                    self.promote(parallel, state)
                };
                if taken && mode == Mode::Shared {
                    held::note_receiver(self);
                }
                taken
            }
        }
    }

    /// Makes a word that names its reader one that counts this thread as a second one.
    fn promote(&self, parallel: bool, state: u64) -> bool {
        let next = counted(2) | (state & WAITERS);
        let reader = state & !MARKS;
        if reader != thread::id() {
            return deadlock::promote(self, reader, || self.replace(parallel, state, next));
        }
        let promoted = self.replace(parallel, state, next);
        if promoted {
            held::note_receiver(self);
        }
        promoted
    }

    /// Takes back what threads held that were left behind by a fork. `false`: look again.
    ///
    /// In the child process the word is of a former generation as long as nobody took the lock. A count is then nobody's, since
    /// [`forked`] has counted what the surviving thread noted. An id is that thread's, or nobody's.
    #[cold]
    fn settle<E>(&self, parallel: bool, state: u64) -> Result<(), Refused<E>> {
        let next = match thread::survivor(state & !MARKS) {
            Some(id) if state & COUNTED == 0 => id | (state & MARKS),
            _ if state & EXCLUSIVE != 0 => return Err(Refused::Lost),
            _ => 0,
        };
        self.replace(parallel, state, next);
        Ok(())
    }

    /// Whether the state is of a process from which this one was forked.
    fn is_unsettled(state: u64) -> bool {
        state & !WAITERS != 0 && thread::is_former(state)
    }

    #[cold]
    #[inline(never)]
    fn wait_exclusive<W: Waiting>(
        &self,
        parallel: bool,
        mut waiting: W,
    ) -> Result<(), Refused<W::Error>> {
        match self.acquire(Mode::Exclusive, parallel, &mut waiting) {
            Err(Refused::Deadlock) => reorder::exclusive(self, parallel, &mut waiting),
            other => other,
        }
    }

    #[cold]
    #[inline(never)]
    fn wait_shared<W: Waiting>(
        &self,
        mode: Mode,
        parallel: bool,
        mut waiting: W,
    ) -> Result<(), Refused<W::Error>> {
        self.acquire(mode, parallel, &mut waiting)
    }

    fn acquire<W: Waiting>(
        &self,
        mode: Mode,
        parallel: bool,
        waiting: &mut W,
    ) -> Result<(), Refused<W::Error>> {
        if parallel && self.spin(mode) {
            return Ok(());
        }
        let mut courteous = mode != Mode::Exclusive;
        loop {
            // Read before the state: a release after that read changes it, and the sleep ends at once.
            let generation = parking::generation(self.address());
            let state = self.state.load(Ordering::Acquire);
            if Self::is_unsettled(state) {
                self.settle(parallel, state)?;
                continue;
            }
            let polite =
                courteous && state & (EXCLUSIVE | WAITERS) == WAITERS && !self.is_read_here();
            courteous &= !polite;
            if polite {
                waiting.detached(&mut || parking::sleep(self.address(), generation, COURTESY));
                waiting.interrupted().map_err(Refused::Interrupted)?;
                continue;
            }
            if self.take(mode, parallel, state) {
                return Ok(());
            }
            if self.is_exclusive_to(state, thread::id())
                || (mode == Mode::Exclusive && self.is_read_here())
            {
                return Err(Refused::InUse);
            }
            if !mode.is_blocked_by(state)
                || (state & WAITERS == 0 && !self.replace(parallel, state, state | WAITERS))
            {
                continue;
            }
            let sleeping = deadlock::Sleeping::enter(self, mode).ok_or(Refused::Deadlock)?;
            waiting.detached(&mut || parking::sleep(self.address(), generation, PATIENCE));
            drop(sleeping);
            waiting.interrupted().map_err(Refused::Interrupted)?;
        }
    }

    fn spin(&self, mode: Mode) -> bool {
        for _ in 0..SPINS {
            let state = self.state.load(Ordering::Relaxed);
            if self.is_exclusive_to(state, thread::id())
                || state & WAITERS != 0
                || Self::is_unsettled(state)
            {
                return false;
            }
            if self.take(mode, true, state) {
                return true;
            }
            std::hint::spin_loop();
        }
        false
    }

    fn is_exclusive_to(&self, state: u64, thread: u64) -> bool {
        state & EXCLUSIVE != 0 && state & !MARKS == thread
    }

    /// Whether this thread reads the value.
    fn is_read_here(&self) -> bool {
        self.named() == (Mode::Shared, thread::id())
            || held::contains(self)
            || deadlock::is_promoted(self)
    }

    /// The thread that the word names, and what for; 0 if it names none.
    fn named(&self) -> (Mode, u64) {
        let state = self.state.load(Ordering::Relaxed);
        match state & (EXCLUSIVE | COUNTED) {
            0 => (Mode::Shared, state & !MARKS),
            EXCLUSIVE => (Mode::Exclusive, state & !MARKS),
            _ => (Mode::Shared, 0),
        }
    }

    fn address(&self) -> usize {
        std::ptr::from_ref(self) as usize
    }
}

/// A word that counts so many readers.
#[inline]
fn counted(readers: u64) -> u64 {
    thread::generation() | (readers * READER) | COUNTED
}

/// Makes the locks those of a new process.
///
/// # Safety
/// To be called in the child by the thread that called `fork()`, which is its only one. No other thread was changing the table of
/// [`deadlock`] at the time.
#[cfg_attr(not(unix), allow(dead_code, reason = "there is no `fork()`"))]
pub(crate) unsafe fn forked() {
    // SAFETY: as promised by the caller.
    unsafe { thread::forked() };
    parking::forked();
    deadlock::forked();
    // What this thread noted is what is left of the readers that words count.
    let notes: Vec<_> = held::all()
        .into_iter()
        .chain(deadlock::promoted())
        .collect();
    for (readers, noted) in [(0, &notes), (1, &notes)] {
        for lock in noted {
            // SAFETY: this thread has not taken the note back.
            let lock = unsafe { lock.lock() };
            let state = lock.state.load(Ordering::Relaxed);
            let next = if readers == 0 {
                counted(0)
            } else {
                state + READER
            };
            lock.state.store(next, Ordering::Relaxed);
        }
    }
}

/// A value that is read for an argument.
pub(crate) struct Argument {
    note: held::Note,
    seen: Cell<bool>,
}

impl Argument {
    /// To be called whenever the value is looked at: from now on the lock is not given up for a while.
    ///
    /// # Panics
    /// If the lock was given up and could not be taken again, in which case taking the receiver's lock has failed.
    #[inline]
    pub(crate) fn look_at(&self) {
        if !self.seen.get() {
            assert!(
                held::look_at(self.note),
                "an argument is used after the call was refused"
            );
            self.seen.set(true);
        }
    }
}

#[cfg(test)]
mod tests;
