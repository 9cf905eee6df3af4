//! The order of the items of a [`Set`].

use super::{Drain, Set};
use std::cmp::Ordering;
use std::ops::RangeBounds;

impl<T> Set<T> {
    /// Returns the item at a place in the order.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// assert_eq!(Set::from([3, 1, 2]).get_index(1), Some(&1));
    /// ```
    #[inline]
    pub fn get_index(&self, index: usize) -> Option<&T> {
        self.0.get_index(index)
    }

    /// Returns the first item.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// assert_eq!(Set::from([3, 1, 2]).first(), Some(&3));
    /// ```
    #[inline]
    pub fn first(&self) -> Option<&T> {
        self.0.first()
    }

    /// Returns the last item.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// assert_eq!(Set::from([3, 1, 2]).last(), Some(&2));
    /// ```
    #[inline]
    pub fn last(&self) -> Option<&T> {
        self.0.last()
    }

    /// Removes the last item and returns it.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// assert_eq!(Set::from([3, 1, 2]).pop(), Some(2));
    /// ```
    #[inline]
    pub fn pop(&mut self) -> Option<T> {
        self.0.pop()
    }

    /// Shortens the set to its first `length` items.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut set = Set::from([1, 2, 3]);
    /// set.truncate(2);
    /// assert_eq!(set, Set::from([1, 2]));
    /// ```
    #[inline]
    pub fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// Removes the items in a range of places and returns them in order. `drain(..)` empties the set and keeps its memory.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut set = Set::from([3, 1, 2]);
    /// assert!(set.drain(1..).eq([1, 2]));
    /// assert_eq!(set, Set::from([3]));
    /// ```
    ///
    /// # Panics
    /// If the range starts after its end or ends after the last item.
    #[inline]
    pub fn drain(&mut self, range: impl RangeBounds<usize>) -> Drain<'_, T> {
        Drain(self.0.drain(range))
    }

    /// Removes the items for which `keep` returns false. The others keep their order.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut set = Set::from([3, 1, 2]);
    /// set.retain(|item| *item > 1);
    /// assert_eq!(set, Set::from([2, 3]));
    /// ```
    pub fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        self.0.retain(keep);
    }

    /// Reverses the order.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut set = Set::from([3, 1, 2]);
    /// set.reverse();
    /// assert!(set.iter().eq(&[2, 1, 3]));
    /// ```
    pub fn reverse(&mut self) {
        self.0.reverse();
    }

    /// Sorts the items by a comparison. Items that compare as equal keep their order.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut set = Set::from([3, 1, 2]);
    /// set.sort_by(|a, b| b.cmp(a));
    /// assert!(set.iter().eq(&[3, 2, 1]));
    /// ```
    pub fn sort_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering) {
        self.0.sort_by(compare);
    }

    /// Sorts the items.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut set = Set::from([3, 1, 2]);
    /// set.sort();
    /// assert!(set.iter().eq(&[1, 2, 3]));
    /// ```
    pub fn sort(&mut self)
    where
        T: Ord,
    {
        self.0.sort();
    }
}
