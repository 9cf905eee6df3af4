//! The two readings of an item: first strictly, as the grammar says; if that fails, leniently, with mistakes and the habits of
//! other languages.
//!
//! A token is read at most twice, however deep items are nested: a rule that contains a block of items ends with it, so it fails
//! before the block or not at all, and each item in the block chooses its own reading. A strict reading does not look for ways
//! to go on, so it never reads a part twice.

use super::{Cursor, Parsed};

impl<'t> Cursor<'t> {
    /// Reads by `rule` strictly; if that fails, its findings are dropped, and `rule` reads leniently.
    pub(crate) fn read<T>(self, rule: impl Fn(Self) -> Parsed<'t, T>) -> Parsed<'t, T> {
        let state = self.state;
        let was_lenient = state.lenient.replace(false);
        let before = state.diagnostics.take();
        let type_parameters = state.type_parameters.borrow().len();
        let (last_reported, was_too_deep) = (state.last_reported.get(), state.was_too_deep.get());
        let strict = rule(self);
        let found = state.diagnostics.replace(before);
        let parsed = match strict {
            Ok(parsed) => {
                state.diagnostics.borrow_mut().extend(found);
                Ok(parsed)
            }
            Err(nom::Err::Incomplete(needed)) => Err(nom::Err::Incomplete(needed)),
            Err(nom::Err::Error(stuck) | nom::Err::Failure(stuck)) => {
                state.last_reported.set(last_reported);
                state.was_too_deep.set(was_too_deep);
                state.lenient.set(true);
                let lenient = rule(self);
                if lenient.is_ok() && !state.diagnostics.borrow().has_errors() {
                    debug_assert!(false, "accepted though the grammar forbids it: {stuck:?}");
                    self.report_stuck(stuck);
                }
                lenient
            }
        };
        state.type_parameters.borrow_mut().truncate(type_parameters);
        state.lenient.set(was_lenient);
        parsed
    }

    /// Whether this is a lenient reading.
    pub(crate) fn is_lenient(self) -> bool {
        self.state.lenient.get()
    }

    /// The result of a rule for a mistake or habit at this place; `None` in a strict reading.
    pub(crate) fn habit<T>(self, rule: impl FnOnce(Self) -> Option<T>) -> Option<T> {
        match self.is_lenient() {
            true => rule(self),
            false => None,
        }
    }

    /// Skips what a rule for a mistake or habit skips; nothing in a strict reading.
    #[must_use]
    pub(crate) fn past(self, rule: impl FnOnce(Self) -> Self) -> Self {
        match self.is_lenient() {
            true => rule(self),
            false => self,
        }
    }
}
