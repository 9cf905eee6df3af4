//! Iterators of a [`Set`].

use super::Set;
use crate::ordered::{cloneable, iterators};
use indexmap::set as inner;

impl<T> Set<T> {
    /// Returns the items in order.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// assert!(Set::from([3, 1, 2]).iter().eq(&[3, 1, 2]));
    /// ```
    #[inline]
    pub fn iter(&self) -> Iter<'_, T> {
        Iter(self.0.iter())
    }
}

iterators! {
    /// The items of a set: returned by [`Set::iter`].
    ///
    /// ```
    /// use pyidl_runtime::set::{self, Set};
    ///
    /// fn total(items: set::Iter<'_, u32>) -> u32 {
    ///     items.sum()
    /// }
    /// assert_eq!(total(Set::from([1, 2]).iter()), 3);
    /// ```
    struct Iter<'a, T>(inner::Iter<'a, T>) -> &'a T;
    /// The items of a set, owned: returned by `into_iter`.
    ///
    /// ```
    /// use pyidl_runtime::set::{self, Set};
    ///
    /// let mut items: set::IntoIter<u32> = Set::from([1, 2]).into_iter();
    /// assert_eq!((items.next_back(), items.len()), (Some(2), 1));
    /// ```
    struct IntoIter<T>(inner::IntoIter<T>) -> T;
    /// The items that [`Set::drain`] removes.
    ///
    /// ```
    /// use pyidl_runtime::set::{self, Set};
    ///
    /// fn total(removed: set::Drain<'_, u32>) -> u32 {
    ///     removed.sum()
    /// }
    /// let mut set = Set::from([1, 2]);
    /// assert_eq!((total(set.drain(..)), set.len()), (3, 0));
    /// ```
    struct Drain<'a, T>(inner::Drain<'a, T>) -> T;
}

cloneable! { Iter<T> }
