//! Which locks a thread reads, where that must be known.
//!
//! A writer is known by the lock's word, and so is a reader that is alone when it begins. Others are only counted there, and
//! noted by their thread. Notes are no links through the stack, because a greenlet may be switched to another stack
//! meanwhile.

use std::cell::RefCell;

use super::Lock;

/// A lock that is alive because whoever noted it keeps the object alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LockPointer(*const Lock);

// SAFETY: a `Lock` is `Sync`.
unsafe impl Send for LockPointer {}

impl LockPointer {
    pub(super) fn new(lock: &Lock) -> Self {
        Self(lock)
    }

    /// # Safety
    /// Who noted the lock has not taken the note back.
    pub(super) unsafe fn lock<'a>(self) -> &'a Lock {
        // SAFETY: alive (caller).
        unsafe { &*self.0 }
    }
}

/// The note of an argument: its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Note(Option<usize>);

/// An argument that a thread reads, or a free place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Argument {
    /// The index of the next free place.
    Free(Option<usize>),
    /// Nobody has looked at the value yet, so that the lock may be given up for a while.
    Unseen(LockPointer),
    Seen(LockPointer),
    GivenUp,
}

#[derive(Default)]
struct Notes {
    /// Receivers of methods that are running, as far as their locks count readers, the innermost last.
    receivers: Vec<LockPointer>,
    /// Arguments; a place stays the same until it is free. There may be many, from a list of instances.
    arguments: Vec<Argument>,
    free: Option<usize>,
    arguments_in_use: usize,
}

/// The memory of more notes than this is not kept when they are gone.
const MANY: usize = 256;

thread_local! {
    static NOTES: RefCell<Notes> = const {
        RefCell::new(Notes { receivers: Vec::new(), arguments: Vec::new(), free: None, arguments_in_use: 0 })
    };
}

/// `None` while the thread ends: a conflict is then not told from another thread's.
fn with<T>(body: impl FnOnce(&mut Notes) -> T) -> Option<T> {
    NOTES.try_with(|notes| body(&mut notes.borrow_mut())).ok()
}

impl Notes {
    fn held(&self) -> impl Iterator<Item = LockPointer> {
        let arguments = self.arguments.iter().filter_map(|argument| match argument {
            Argument::Unseen(lock) | Argument::Seen(lock) => Some(*lock),
            Argument::Free(_) | Argument::GivenUp => None,
        });
        self.receivers.iter().copied().chain(arguments)
    }
}

/// Notes that this thread reads `lock` for a method that is running.
pub(super) fn note_receiver(lock: &Lock) {
    with(|notes| notes.receivers.push(LockPointer::new(lock)));
}

/// Takes back one [`note_receiver`]. `false` if there is none.
pub(super) fn forget_receiver(lock: &Lock) -> bool {
    let lock = LockPointer::new(lock);
    let was_there = with(|notes| {
        let index = notes.receivers.iter().rposition(|own| *own == lock)?;
        Some(notes.receivers.remove(index))
    });
    was_there.flatten().is_some()
}

/// Notes that this thread reads `lock` for an argument, at whose value nobody has looked yet.
pub(super) fn note_argument(lock: &Lock) -> Note {
    let argument = Argument::Unseen(LockPointer::new(lock));
    Note(with(|notes| {
        notes.arguments_in_use += 1;
        match notes.free {
            Some(place) => {
                if let Argument::Free(next) = notes.arguments[place] {
                    notes.free = next;
                }
                notes.arguments[place] = argument;
                place
            }
            None => {
                notes.arguments.push(argument);
                notes.arguments.len() - 1
            }
        }
    }))
}

/// Notes that the value of the argument is looked at from now on. `false` if its lock was given up and could not be taken
/// again.
pub(super) fn look_at(note: Note) -> bool {
    let Some(place) = note.0 else {
        return true;
    };
    let is_there = with(|notes| {
        let argument = &mut notes.arguments[place];
        if let Argument::Unseen(lock) = *argument {
            *argument = Argument::Seen(lock);
        }
        *argument != Argument::GivenUp
    });
    is_there.unwrap_or(true)
}

/// Takes back a [`note_argument`]. `false` if the lock was given up and could not be taken again.
pub(super) fn forget_argument(note: Note) -> bool {
    let Some(place) = note.0 else {
        return true;
    };
    let was_there = with(|notes| {
        let former = std::mem::replace(&mut notes.arguments[place], Argument::Free(notes.free));
        notes.free = Some(place);
        notes.arguments_in_use -= 1;
        if notes.arguments_in_use == 0 && notes.arguments.len() > MANY {
            notes.arguments = Vec::new();
            notes.free = None;
        }
        former != Argument::GivenUp
    });
    was_there.unwrap_or(true)
}

/// Whether this thread noted that it reads `lock`.
pub(super) fn contains(lock: &Lock) -> bool {
    let lock = LockPointer::new(lock);
    with(|notes| notes.held().any(|held| held == lock)).unwrap_or(false)
}

/// The locks that this thread noted.
pub(super) fn all() -> Vec<LockPointer> {
    with(|notes| notes.held().collect()).unwrap_or_default()
}

/// Notes that the arguments at whose values nobody has looked are given up.
pub(super) fn give_up_arguments() -> Vec<(Note, LockPointer)> {
    let give_up = |(place, argument): (usize, &mut Argument)| match *argument {
        Argument::Unseen(lock) => {
            *argument = Argument::GivenUp;
            Some((Note(Some(place)), lock))
        }
        _ => None,
    };
    with(|notes| {
        notes
            .arguments
            .iter_mut()
            .enumerate()
            .filter_map(give_up)
            .collect()
    })
    .unwrap_or_default()
}

/// Notes that an argument that was given up is read again, or given up again.
pub(super) fn set_given_up(note: Note, lock: LockPointer, given_up: bool) {
    if let Some(place) = note.0 {
        let argument = if given_up {
            Argument::GivenUp
        } else {
            Argument::Unseen(lock)
        };
        with(|notes| notes.arguments[place] = argument);
    }
}
