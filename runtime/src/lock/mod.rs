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

mod deadlock;
mod held;
mod parking;
mod reorder;
mod thread;

use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// The word holds the id of the thread that has the value for itself.
const EXCLUSIVE: usize = 1;
/// Somebody sleeps until the value is free.
const WAITERS: usize = 2;
/// One reader.
const READER: usize = 4;

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
    state: AtomicUsize,
}

/// Why a lock was not taken.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refused<E> {
    /// This thread has it already.
    InUse,
    /// This thread would wait for one that waits for this one.
    Deadlock,
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
    Shared,
    Exclusive,
}

impl Mode {
    fn is_blocked_by(self, state: usize) -> bool {
        match self {
            Mode::Shared => state & EXCLUSIVE != 0,
            Mode::Exclusive => state & !WAITERS != 0,
        }
    }
}

impl Lock {
    /// A lock that nobody has.
    pub(crate) const fn new() -> Self {
        Self {
            state: AtomicUsize::new(0),
        }
    }

    /// Takes the value for this thread alone; [`Lock::release_exclusive`] gives it back.
    #[inline(always)]
    pub(crate) fn exclusive<W: Waiting>(
        &self,
        parallel: bool,
        waiting: W,
    ) -> Result<(), Refused<W::Error>> {
        if self.replace(parallel, 0, thread::id() | EXCLUSIVE) {
            Ok(())
        } else {
            self.wait_exclusive(parallel, waiting)
        }
    }

    /// Takes the value for reading; [`Lock::release_shared`] gives it back.
    ///
    /// No Python code may run in this thread meanwhile, since a writer in the same thread could not be told from one
    /// in another; where it may, see [`Lock::shared_reentrant`].
    #[inline(always)]
    pub(crate) fn shared<W: Waiting>(
        &self,
        parallel: bool,
        waiting: W,
    ) -> Result<(), Refused<W::Error>> {
        let state = self.state.load(Ordering::Relaxed);
        if state & (EXCLUSIVE | WAITERS) == 0 && self.replace(parallel, state, state + READER) {
            Ok(())
        } else {
            self.wait_shared(parallel, waiting)
        }
    }

    /// Takes the value for reading and notes that this thread did; [`Lock::release_shared_reentrant`] gives it back.
    pub(crate) fn shared_reentrant<W: Waiting>(
        &self,
        parallel: bool,
        waiting: W,
    ) -> Result<(), Refused<W::Error>> {
        self.shared(parallel, waiting)?;
        held::note_receiver(self);
        Ok(())
    }

    /// Takes the value for reading as an argument of a call. It may be looked at only after [`Argument::look_at`];
    /// [`Lock::release_argument`] gives it back.
    pub(crate) fn shared_argument<W: Waiting>(
        &self,
        parallel: bool,
        waiting: W,
    ) -> Result<Argument, Refused<W::Error>> {
        self.shared(parallel, waiting)?;
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

    /// Ends what [`Lock::shared`] began.
    #[inline(always)]
    pub(crate) fn release_shared(&self, parallel: bool) {
        let left = if parallel {
            self.state.fetch_sub(READER, Ordering::Release) - READER
        } else {
            let left = self.state.load(Ordering::Relaxed) - READER;
            self.state.store(left, Ordering::Relaxed);
            left
        };
        // Where another thread takes the lock in between, it inherits the bit and the duty to wake.
        if left == WAITERS && self.replace(parallel, WAITERS, 0) {
            parking::wake(self.address());
        }
    }

    /// Ends what [`Lock::shared_reentrant`] began, in the same thread.
    pub(crate) fn release_shared_reentrant(&self, parallel: bool) {
        held::forget_receiver(self);
        self.release_shared(parallel);
    }

    /// Ends what [`Lock::shared_argument`] began, in the same thread.
    pub(crate) fn release_argument(&self, argument: &Argument, parallel: bool) {
        // An argument that was given up and not taken again has no lock to release.
        if held::forget_argument(argument.note) {
            self.release_shared(parallel);
        }
    }

    #[inline(always)]
    fn replace(&self, parallel: bool, from: usize, to: usize) -> bool {
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

    /// Takes the lock if it can be had now. `false`: look again or wait.
    fn take(&self, mode: Mode, parallel: bool, state: usize) -> bool {
        !mode.is_blocked_by(state)
            && match mode {
                Mode::Exclusive => self.replace(
                    parallel,
                    state,
                    thread::id() | EXCLUSIVE | (state & WAITERS),
                ),
                Mode::Shared => self.replace(parallel, state, state + READER),
            }
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
        parallel: bool,
        mut waiting: W,
    ) -> Result<(), Refused<W::Error>> {
        self.acquire(Mode::Shared, parallel, &mut waiting)
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
        let mut courteous = mode == Mode::Shared && !held::contains(self);
        loop {
            // Read before the state: a release after that read changes it, and the sleep ends at once.
            let generation = parking::generation(self.address());
            let state = self.state.load(Ordering::Acquire);
            let polite = courteous && state & (EXCLUSIVE | WAITERS) == WAITERS;
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
                || (mode == Mode::Exclusive && held::contains(self))
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
            if self.is_exclusive_to(state, thread::id()) || state & WAITERS != 0 {
                return false;
            }
            if self.take(mode, true, state) {
                return true;
            }
            std::hint::spin_loop();
        }
        false
    }

    fn is_exclusive_to(&self, state: usize, thread: usize) -> bool {
        state & EXCLUSIVE != 0 && state & !(EXCLUSIVE | WAITERS) == thread
    }

    /// The thread that has the value for itself.
    fn owner(&self) -> Option<usize> {
        let state = self.state.load(Ordering::Relaxed);
        (state & EXCLUSIVE != 0).then_some(state & !(EXCLUSIVE | WAITERS))
    }

    fn address(&self) -> usize {
        std::ptr::from_ref(self) as usize
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
