//! Resolves a deadlock that a thread would cause through its arguments when it wants exclusive access to a value. It gives up the
//! arguments, which have not been accessed yet, and takes all locks again in an order that all threads share, so that no new
//! cycle forms. If a cycle forms with a thread that does not use this order yet, this thread starts over, and the other one
//! continues.

use super::held::{self, LockPointer, Note};
use super::{Lock, Mode, Refused, Waiting};

/// Takes `lock` exclusively, and the arguments of this thread again. If that fails, the arguments have lost their locks, as
/// [`held::look_at`] and [`held::forget_argument`] will report.
pub(super) fn exclusive<W: Waiting>(
    lock: &Lock,
    parallel: bool,
    waiting: &mut W,
) -> Result<(), Refused<W::Error>> {
    let arguments = held::give_up_arguments();
    if arguments.is_empty() {
        return Err(Refused::Deadlock);
    }
    let mut wanted: Vec<Wanted> = arguments
        .into_iter()
        .map(|(note, lock)| Wanted {
            lock,
            argument: Some(note),
        })
        .collect();
    for argument in &wanted {
        argument.lock().release_counted(parallel);
    }
    wanted.push(Wanted {
        lock: LockPointer::new(lock),
        argument: None,
    });
    wanted.sort_by_key(|wanted| wanted.lock().address());
    let mut waiting = WithoutSignals(waiting);
    loop {
        let is_taken = |wanted: &&Wanted| wanted.take(parallel, &mut waiting).is_ok();
        let taken = wanted.iter().take_while(is_taken).count();
        let Some(refused) = wanted.get(taken) else {
            return Ok(());
        };
        for taken in &wanted[..taken] {
            taken.give_back(parallel);
        }
        // Now that this thread's call holds nothing, the threads in the way can continue. If they cannot, the cycle goes through
        // locks that the callers of this call hold, and these cannot be given up.
        refused.take(parallel, &mut waiting)?;
        refused.give_back(parallel);
    }
}

/// A lock that is to be taken: exclusively, or shared for an argument.
struct Wanted {
    lock: LockPointer,
    argument: Option<Note>,
}

impl Wanted {
    fn lock(&self) -> &Lock {
        // SAFETY: the lock is the caller's, or that of an argument, whose frame is below this one on this thread and keeps its
        // object alive.
        unsafe { self.lock.lock() }
    }

    fn take<W: Waiting>(&self, parallel: bool, waiting: &mut W) -> Result<(), Refused<W::Error>> {
        match self.argument {
            None => self.lock().acquire(Mode::Exclusive, parallel, waiting),
            Some(note) => {
                self.lock().acquire(Mode::Argument, parallel, waiting)?;
                held::set_given_up(note, self.lock, false);
                Ok(())
            }
        }
    }

    fn give_back(&self, parallel: bool) {
        match self.argument {
            None => self.lock().release_exclusive(parallel),
            Some(note) => {
                held::set_given_up(note, self.lock, true);
                self.lock().release_counted(parallel);
            }
        }
    }
}

/// Prevents signal handlers from running while arguments are without their locks.
struct WithoutSignals<'a, W>(&'a mut W);

impl<W: Waiting> Waiting for WithoutSignals<'_, W> {
    type Error = W::Error;

    fn detached(&mut self, sleep: &mut dyn FnMut()) {
        self.0.detached(sleep);
    }

    fn interrupted(&mut self) -> Result<(), W::Error> {
        Ok(())
    }
}
