//! Limits how deeply values of recursive types may be nested.
//!
//! Each value is charged the most stack that its conversion may take. The charge is the same in both directions, so that every
//! value that one direction produces is accepted by the other.

use std::marker::PhantomData;

use crate::Result;
use crate::stack;

/// A nested value that is being converted.
#[must_use = "it counts as long as it lives"]
pub struct Depth<T>(PhantomData<*const T>);

/// Counts one more nested value that this thread is converting.
///
/// # Errors
/// RecursionError where they are nested too deeply, as in a list that contains itself.
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

/// Returns the number of bytes of stack that the conversion of a `T` takes at most, including the containers between it and the
/// next nested value.
const fn charge<T>() -> usize {
    // Measured for the types of tests/modules/idl/depths.pyidl. Without optimisation every temporary has its own stack slot.
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
    #[cfg_attr(miri, ignore = "Miri does not tell where the stack is")]
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
