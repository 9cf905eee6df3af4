//! How deep values are nested that can contain themselves.
//!
//! Each is charged the stack that its conversion takes at most, the same in both directions, so that what one of them makes
//! the other accepts.

use std::marker::PhantomData;

use crate::Result;
use crate::stack;

/// A value that is being converted, as are those around it.
#[must_use = "it counts as long as it lives"]
pub struct Depth<T>(PhantomData<*const T>);

/// Counts one more value inside the others that this thread is converting.
///
/// # Errors
/// RecursionError where there are too many, as in a list that contains itself.
#[inline]
pub fn deeper<T>() -> Result<Depth<T>> {
    stack::charge(const { charge::<T>() })?;
    Ok(Depth(PhantomData))
}

impl<T> Drop for Depth<T> {
    #[inline]
    fn drop(&mut self) {
        stack::give_back(const { charge::<T>() });
    }
}

/// How many bytes of stack the conversion of a `T` takes at most, with the containers around the next one in it.
const fn charge<T>() -> usize {
    // Measured for what tests/modules/idl/depths.pyidl declares. Without optimisation every temporary has a place of its own.
    let (each, times) = match cfg!(debug_assertions) {
        true => (7 << 10, 12),
        false => (1 << 10, 5),
    };
    each + times * size_of::<T>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_limit_and_it_is_given_back() {
        let mut counts = Vec::new();
        for _ in 0..2 {
            let mut all = Vec::new();
            while let Ok(depth) = deeper::<[u8; 64]>() {
                all.push(depth);
            }
            counts.push(all.len());
            assert!(deeper::<u8>().is_err() || all.len() < 1000);
        }
        assert!(counts[0] > 10 && counts[0] == counts[1], "{counts:?}");
        assert!(deeper::<u8>().is_ok());
    }
}
