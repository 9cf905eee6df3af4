//! The lock of an instance whose class has methods that take `&mut self`.
//!
//! Rust requires that nobody else can access a value while a `&mut self` method runs; Python gives no such guarantee. The lock
//! enforces it:
//!
//! * A conflict within one thread is an error in the program (a callback uses the object whose method is running, or
//!   `c.merge(c)`). Waiting would never end, so it is refused with [`Refused::InUse`].
//! * A conflict between threads is temporary: the later thread waits. It first spins briefly where threads run in parallel, then
//!   parks and detaches from the interpreter, so that the holder can continue. It checks for signals periodically.
//! * Threads that wait for one another in a cycle would wait forever. A thread that is about to sleep searches the table of
//!   sleeping threads for such a cycle. If it would close one through the locks of its own arguments, whose values have not been
//!   accessed yet (`a.merge(b)` in one thread, `b.merge(a)` in another), it gives these locks up, lets the others go first and
//!   takes all of them again; this cannot be observed. If it would close one through locks of running methods (each thread is in
//!   a method of one object, and its callback changes the other's), it gets [`Refused::Deadlock`], and the other threads
//!   continue.
//!
//! Waiting writers take precedence over new readers for a few milliseconds, so that continually overlapping readers cannot starve
//! a writer. After that time readers go ahead, so that this precedence cannot cause a deadlock.
//!
//! The state is one word. With a GIL it changes only in attached threads, so plain loads and stores suffice; without one it
//! changes by compare-and-swap. Every function takes `parallel` to choose between the two; callers pass a constant of the layout
//! where they can.
//!
//! # Readers
//! A `&self` method may run Python code at any time: by [`Python::attach`](crate::Python::attach), by dropping a
//! [`Handle`](crate::Handle), in a `Drop`, in a panic hook, in a signal handler. If that code wants exclusive access to the
//! value, its thread must be recognised as the reader, or it would wait for itself. Therefore the threads that read a value are
//! always known. This costs nothing while there is a single reader, the usual case: the word of the value is then that thread's
//! id. A second reader turns the word into a count, and notes itself in a list of its own thread ([`held`]). It cannot add to the
//! list of the first reader's thread, so it notes that reader in a global table ([`deadlock`]). From then until there are no
//! readers, each access of a thread is in either its list or the table. Which access is where does not matter, since each counts
//! the same.
//!
//! # `fork()`
//! In the child process only the thread that called `fork()` exists. Values that other threads were reading are free again. A value
//! that one of them was changing may stay half changed: access to it gets [`Refused::Lost`]. Ids and counts contain the generation of the process
//! ([`thread`]), so both cases are detected when the value is next accessed: see [`Lock::settle`].

mod deadlock;
mod held;
mod parking;
mod reorder;
mod thread;

use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The word holds the id of the thread that has exclusive access to the value.
const EXCLUSIVE: u64 = 1;
/// A thread sleeps until the value is free.
const WAITERS: u64 = 2;
/// The word counts readers. If neither this bit nor [`EXCLUSIVE`] is set, it is the id of the only reader, or 0 if there is none.
const COUNTED: u64 = 4;
/// The amount by which one reader changes the count.
const READER: u64 = 8;
/// The bits of a word that are not part of an id.
const MARKS: u64 = EXCLUSIVE | WAITERS | COUNTED;
/// The bits of the number of readers in a word that counts them.
const COUNT: u64 = (1 << 48) - READER;

/// How often a thread checks the word before it parks, where threads run in parallel: about a microsecond, longer than most
/// methods take.
const SPINS: u32 = 64;
/// How long a thread sleeps before it checks for signals.
const PATIENCE: Duration = Duration::from_millis(100);
/// How long a reader lets a waiting writer go first.
const COURTESY: Duration = Duration::from_millis(2);

/// A lock for many readers or one writer.
#[derive(Debug, Default)]
pub(crate) struct Lock {
    state: AtomicU64,
}

/// Why a lock was not taken.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refused<E> {
    /// This thread has already taken it.
    InUse,
    /// This thread would wait for a thread that waits for this one.
    Deadlock,
    /// The value was being changed by a thread that does not exist in this process: it was left behind by a fork.
    Lost,
    /// There is no memory to note that it is taken.
    NoMemory,
    /// [`Waiting::interrupted`] returned this error.
    Interrupted(E),
}

/// The interpreter's part in waiting.
pub(crate) trait Waiting {
    /// The exception of a signal handler.
    type Error;
    /// Calls `sleep` while the thread is detached.
    fn detached(&mut self, sleep: &mut dyn FnMut());
    /// Runs pending work, such as signal handlers; called attached.
    fn interrupted(&mut self) -> Result<(), Self::Error>;
}

/// The kind of access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// Read access, for a method.
    Shared,
    /// Read access for an argument, which has a note of its own.
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
    /// Creates a lock that is free.
    pub(crate) const fn new() -> Self {
        Self {
            state: AtomicU64::new(0),
        }
    }

    /// Takes the value exclusively; [`Lock::release_exclusive`] releases it.
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

    /// Takes the value for reading; [`Lock::release_shared`] releases it.
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

    /// Takes the value for reading as an argument of a call. The value may be accessed only after [`Argument::look_at`];
    /// [`Lock::release_argument`] releases it.
    pub(crate) fn shared_argument<W: Waiting>(
        &self,
        parallel: bool,
        waiting: W,
    ) -> Result<Argument, Refused<W::Error>> {
        if !held::has_room_for_argument() {
            return Err(Refused::NoMemory);
        }
        if !self.replace(parallel, 0, counted(1)) {
            self.wait_shared(Mode::Argument, parallel, waiting)?;
        }
        Ok(Argument {
            note: held::note_argument(self),
            seen: Cell::new(false),
        })
    }

    /// Ends the access that [`Lock::exclusive`] began in the same thread.
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

    /// Ends the access that [`Lock::shared`] began in the same thread.
    #[inline(always)]
    pub(crate) fn release_shared(&self, parallel: bool) {
        // If this thread is the only reader and no thread waits, the word is this thread's id.
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

    /// Removes one of the readers that the word counts.
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

    /// Ends the access that [`Lock::shared_argument`] began in the same thread.
    pub(crate) fn release_argument(&self, argument: &Argument, parallel: bool) {
        // An argument that was given up and not taken again has no lock to release.
        if held::forget_argument(argument.note) {
            self.release_counted(parallel);
        }
    }

    /// Returns whether a thread has the value exclusively, including a thread that was left behind by a fork.
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

    /// Does the same as [`replace`](Lock::replace) after the last access to the value.
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

    /// Takes the lock if it is available. If it returns `false`, the caller checks again or waits.
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

    /// Turns a word that identifies its reader into one that counts this thread as a second reader.
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

    /// Frees what threads held that were left behind by a fork. If it returns `false`, the caller checks again.
    ///
    /// In the child process, the word keeps a former generation until the lock is next taken. A count then counts no existing
    /// reader, since [`forked`] has updated the words that the surviving thread noted. An id is the surviving thread's or that of
    /// a thread that no longer exists.
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

    /// Returns whether the state was written in a process from which this one was forked.
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
            // The generation is read before the state: a release after this read changes it, so the sleep ends at once.
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

    /// Returns whether this thread reads the value.
    fn is_read_here(&self) -> bool {
        self.named() == (Mode::Shared, thread::id())
            || held::contains(self)
            || deadlock::is_promoted(self)
    }

    /// Returns the thread that the word identifies, and its kind of access; 0 if it identifies none.
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

/// Returns a word that counts this many readers.
#[inline]
fn counted(readers: u64) -> u64 {
    thread::generation() | (readers * READER) | COUNTED
}

/// Updates the locks and the table for a new process.
///
/// # Safety
/// Must be called in the child by the thread that called `fork()`, which is its only one. No other thread was changing the table
/// of [`deadlock`] at the time of the fork.
#[cfg_attr(not(unix), allow(dead_code, reason = "there is no `fork()`"))]
pub(crate) unsafe fn forked() {
    // SAFETY: as promised by the caller.
    unsafe { thread::forked() };
    parking::forked();
    deadlock::forked();
    // The notes of this thread are all that remains of the readers that words count.
    let notes: Vec<_> = held::all()
        .into_iter()
        .chain(deadlock::promoted())
        .collect();
    for (readers, noted) in [(0, &notes), (1, &notes)] {
        for lock in noted {
            // SAFETY: this thread has not removed the note.
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
    /// Must be called before each access to the value. From the first call on, the lock is not given up temporarily.
    ///
    /// # Panics
    /// Panics if the lock was given up and could not be taken again; in that case taking the receiver's lock has failed.
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
