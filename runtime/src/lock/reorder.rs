//! What a thread does that wants a value for itself and would close a circle of waiting threads because of the arguments that
//! it reads: it gives these up, which nobody has looked at yet, and takes everything again in an order that all threads
//! share, so that no new circle forms. If one does with a thread that has not come here yet, it starts over, and the
//! other one goes on.

use super::held::{self, LockPointer, Note};
use super::{Lock, Mode, Refused, Waiting};

/// Takes `lock` exclusively, and the arguments of this thread again. If that fails, the arguments have lost their locks, as
/// [`held::look_at`] and [`held::forget_argument`] will tell.
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
        // Now that this thread has nothing in hand, those that are in the way go on. If they do not, the circle is closed by
        // what the callers of this call hold, who cannot give it up.
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
        // SAFETY: the lock of the caller, or of an argument, which lives in a frame of this thread below this one and
        // keeps its object alive.
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

/// No signal handler runs while arguments are without their locks.
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
