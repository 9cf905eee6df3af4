//! Dropping values that contain others of their kind one after the other, not inside each other: those that are nested too
//! deeply to be converted are also nested too deeply to be dropped as Rust does it.

use super::IntoPython;
use crate::call::Returned;
use crate::error::Error;

/// What is still to be dropped.
pub struct Rest<'a>(Vec<Box<dyn Part<'a> + 'a>>);

/// A value that can contain others of its kind. Implemented by generated code.
pub trait Contents: Sized {
    /// Hands over the fields that can contain such values.
    fn open<'a>(self, rest: &mut Rest<'a>)
    where
        Self: 'a;
}

/// A value of a type that is not known any more.
trait Part<'a> {
    fn open(self: Box<Self>, rest: &mut Rest<'a>);
}

impl<'a, T: Contents + 'a> Part<'a> for T {
    fn open(self: Box<Self>, rest: &mut Rest<'a>) {
        Contents::open(*self, rest);
    }
}

impl<'a> Rest<'a> {
    /// Has this value dropped later.
    pub fn add<T: Contents + 'a>(&mut self, value: T) {
        self.0.push(Box::new(value));
    }
}

/// Drops values that are not converted because of an error, which it returns.
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
