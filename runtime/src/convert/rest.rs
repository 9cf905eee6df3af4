//! Drops recursive values iteratively: those that are nested too deeply to be converted are also nested too deeply for Rust's
//! recursive drop.

use super::IntoPython;
use crate::call::Returned;
use crate::error::Error;

/// The values that are still to be dropped.
pub struct Rest<'a>(Vec<Box<dyn Part<'a> + 'a>>);

/// A value that can contain others of its kind. Implemented by generated code.
pub trait Contents: Sized {
    /// Moves the fields that can contain such values to `rest`.
    fn open<'a>(self, rest: &mut Rest<'a>)
    where
        Self: 'a;
}

/// A value whose type is erased.
trait Part<'a> {
    fn open(self: Box<Self>, rest: &mut Rest<'a>);
}

impl<'a, T: Contents + 'a> Part<'a> for T {
    fn open(self: Box<Self>, rest: &mut Rest<'a>) {
        Contents::open(*self, rest);
    }
}

impl<'a> Rest<'a> {
    /// Adds a value that is to be dropped later. If there is not enough memory for that, it is dropped now.
    pub fn add<T: Contents + 'a>(&mut self, value: T) {
        if self.0.try_reserve(1).is_ok() {
            self.0.push(Box::new(value));
        }
    }
}

/// Drops values that are not converted because of an error, and returns the error.
#[cold]
#[inline(never)]
pub fn dismantled<'py, T: IntoPython>(
    values: impl IntoIterator<Item = T>,
    error: Error,
) -> Returned<'py> {
    let mut rest = Rest(Vec::new());
    for value in values {
        value.dismantle(&mut rest);
        while let Some(part) = rest.0.pop() {
            part.open(&mut rest);
        }
    }
    Err(error)
}
