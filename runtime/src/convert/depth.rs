//! How deep values are nested that can contain themselves.

use std::cell::Cell;
use std::marker::PhantomData;

use crate::Result;
use crate::error::Error;
use crate::exceptions::RecursionError;

/// How many values of such types may be inside each other. Each takes room on the stack, of which some threads have no more
/// than a megabyte.
const LIMIT: usize = 500;

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// A value that is being converted, as are those around it.
#[must_use = "it counts as long as it lives"]
pub struct Depth(PhantomData<*const ()>);

/// Counts one more value inside the others that this thread is converting.
///
/// # Errors
/// RecursionError where there are too many, as in a list that contains itself.
pub fn deeper() -> Result<Depth> {
    let depth = DEPTH.get();
    if depth >= LIMIT {
        return Err(too_deep());
    }
    DEPTH.set(depth + 1);
    Ok(Depth(PhantomData))
}

impl Drop for Depth {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get() - 1);
    }
}

#[cold]
fn too_deep() -> Error {
    RecursionError::new("values are nested too deeply").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_limit_and_it_is_given_back() {
        for _ in 0..2 {
            let all: Vec<_> = (0..LIMIT).filter_map(|_| deeper().ok()).collect();
            assert_eq!(all.len(), LIMIT);
            assert!(deeper().is_err());
        }
        assert!(deeper().is_ok());
    }
}
