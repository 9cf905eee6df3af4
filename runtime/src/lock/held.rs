//! Notes of which locks a thread reads, where the lock's word does not say so.
//!
//! The lock's word identifies a writer, and also a reader that is alone when it begins. Other readers are only counted there, and
//! noted by their thread. The notes are not linked through the stack, since a greenlet may switch to another stack meanwhile.

use std::cell::RefCell;

use super::Lock;

/// A lock that is alive because the code that noted it keeps the object alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LockPointer(*const Lock);

// SAFETY: a `Lock` is `Sync`.
unsafe impl Send for LockPointer {}

impl LockPointer {
    pub(super) fn new(lock: &Lock) -> Self {
        Self(lock)
    }

    /// # Safety
    /// The lock's note has not been removed.
    pub(super) unsafe fn lock<'a>(self) -> &'a Lock {
        // SAFETY: alive (caller).
        unsafe { &*self.0 }
    }
}

/// The note of an argument: its index in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Note(Option<usize>);

/// An argument that a thread reads, or a free entry.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Argument {
    /// A free entry, with the index of the next free one.
    Free(Option<usize>),
    /// The value has not been accessed yet, so the lock may be given up temporarily.
    Unseen(LockPointer),
    Seen(LockPointer),
    GivenUp,
}

#[derive(Default)]
struct Notes {
    /// Receivers of running methods whose locks count readers, the innermost last.
    receivers: Vec<LockPointer>,
    /// Arguments. An index stays valid until its entry is free. There may be many, for a list of instances.
    arguments: Vec<Argument>,
    free: Option<usize>,
    arguments_in_use: usize,
}

/// A list with more notes than this frees its memory when it becomes empty.
const MANY: usize = 256;

thread_local! {
    static NOTES: RefCell<Notes> = const {
        RefCell::new(Notes { receivers: Vec::new(), arguments: Vec::new(), free: None, arguments_in_use: 0 })
    };
}

/// Calls `body` with the notes of this thread. Returns `None` while the thread ends: its own conflicts then look like those with
/// other threads.
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

/// Notes that this thread reads `lock` for a running method.
pub(super) fn note_receiver(lock: &Lock) {
    with(|notes| notes.receivers.push(LockPointer::new(lock)));
}

/// Removes one [`note_receiver`]. Returns `false` if there is none.
pub(super) fn forget_receiver(lock: &Lock) -> bool {
    let lock = LockPointer::new(lock);
    let was_there = with(|notes| {
        let index = notes.receivers.iter().rposition(|own| *own == lock)?;
        Some(notes.receivers.remove(index))
    });
    was_there.flatten().is_some()
}

/// Returns whether there is memory for one more [`note_argument`].
pub(super) fn has_room_for_argument() -> bool {
    with(|notes| notes.free.is_some() || notes.arguments.try_reserve(1).is_ok()).unwrap_or(true)
}

/// Notes that this thread reads `lock` for an argument whose value has not been accessed yet.
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

/// Notes that the value of the argument is accessed from now on. Returns `false` if its lock was given up and could not be taken
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

/// Removes a [`note_argument`]. Returns `false` if the lock was given up and could not be taken again.
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

/// Returns whether this thread noted that it reads `lock`.
pub(super) fn contains(lock: &Lock) -> bool {
    let lock = LockPointer::new(lock);
    with(|notes| notes.held().any(|held| held == lock)).unwrap_or(false)
}

/// Returns the locks that this thread noted.
pub(super) fn all() -> Vec<LockPointer> {
    with(|notes| notes.held().collect()).unwrap_or_default()
}

/// Marks the arguments whose values have not been accessed as given up, and returns them.
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

/// Notes that an argument that was given up is read again, or is given up again.
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
