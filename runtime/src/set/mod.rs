//! [`Set`], with its iterators.

mod capacity;
mod iterators;
mod lookup;
mod operations;
mod order;

pub use iterators::{Drain, IntoIter, Iter};

use crate::ordered::traits;
use indexmap::IndexSet;
use std::hash::Hash;

/// A set that keeps insertion order: Python's `set`, `set<t>` in the interface file.
///
/// It has the methods of a [`HashSet`](std::collections::HashSet), and others for places in the order. A Python `set` keeps no
/// order: when it is converted, its items come in the order in which Python iterates over it. Equality ignores the order.
///
/// ```
/// use pyidl_runtime::Set;
///
/// let mut seen = Set::new();
/// assert!(seen.insert("jazz"));
/// assert!(!seen.insert("jazz"));
/// seen.extend(["rock", "pop"]);
/// assert!(seen.contains("rock"));
/// assert_eq!(seen.iter().copied().collect::<Vec<_>>(), ["jazz", "rock", "pop"]);
/// assert_eq!(&seen - &Set::from(["pop", "blues"]), Set::from(["rock", "jazz"]));
/// ```
#[derive(Clone)]
pub struct Set<T>(IndexSet<T>);

traits! {
    /// Sets with the same items are equal, whatever their order.
    Set<T>(IndexSet): items T, references &'a T
}

#[cfg(test)]
mod tests {
    use super::Set;

    #[test]
    fn removal_keeps_the_order_unless_it_is_a_swap() {
        let mut set = Set::from([1, 2, 3, 4, 5]);
        assert!(set.remove(&1) && !set.remove(&1));
        assert_eq!(set.take(&3), Some(3));
        assert_eq!(set.iter().copied().collect::<Vec<_>>(), [2, 4, 5]);
        assert!(set.swap_remove(&2));
        assert_eq!(set.into_iter().rev().collect::<Vec<_>>(), [4, 5]);
    }

    #[test]
    fn equality_ignores_the_order() {
        let mut set = Set::from([3, 1, 2]);
        assert_eq!(set, Set::from([1, 2, 3]));
        set.sort();
        assert_eq!(
            (set.first(), set.last(), set.get_index_of(&2)),
            (Some(&1), Some(&3), Some(1))
        );
        set.extend(&[9]);
        assert_ne!(set, Set::from([1, 2, 3]));
        assert_eq!(format!("{set:?}"), "{1, 2, 3, 9}");
        assert_eq!((set.drain(1..).count(), set.len()), (3, 1));
    }
}
