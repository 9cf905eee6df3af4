//! The order of the entries of a [`Map`].

use super::{Drain, Map};
use std::cmp::Ordering;
use std::ops::RangeBounds;

impl<K, V> Map<K, V> {
    /// Returns the entry at a place in the order.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// assert_eq!(Map::from([("b", 1), ("a", 2)]).get_index(1), Some((&"a", &2)));
    /// ```
    #[inline]
    pub fn get_index(&self, index: usize) -> Option<(&K, &V)> {
        self.0.get_index(index)
    }

    /// Returns the first entry.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// assert_eq!(Map::from([("b", 1), ("a", 2)]).first(), Some((&"b", &1)));
    /// ```
    #[inline]
    pub fn first(&self) -> Option<(&K, &V)> {
        self.0.first()
    }

    /// Returns the last entry.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// assert_eq!(Map::from([("b", 1), ("a", 2)]).last(), Some((&"a", &2)));
    /// ```
    #[inline]
    pub fn last(&self) -> Option<(&K, &V)> {
        self.0.last()
    }

    /// Removes the last entry and returns it, like `popitem()` of a `dict`.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// assert_eq!(Map::from([("b", 1), ("a", 2)]).pop(), Some(("a", 2)));
    /// ```
    #[inline]
    pub fn pop(&mut self) -> Option<(K, V)> {
        self.0.pop()
    }

    /// Shortens the map to its first `length` entries.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut map = Map::from([("a", 1), ("b", 2)]);
    /// map.truncate(1);
    /// assert_eq!(map, Map::from([("a", 1)]));
    /// ```
    #[inline]
    pub fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// Removes the entries in a range of places and returns them in order. `drain(..)` empties the map and keeps its memory.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut map = Map::from([("a", 1), ("b", 2), ("c", 3)]);
    /// assert!(map.drain(1..).eq([("b", 2), ("c", 3)]));
    /// assert_eq!(map.len(), 1);
    /// ```
    ///
    /// # Panics
    /// If the range starts after its end or ends after the last entry.
    #[inline]
    pub fn drain(&mut self, range: impl RangeBounds<usize>) -> Drain<'_, K, V> {
        Drain(self.0.drain(range))
    }

    /// Removes the entries for which `keep` returns false. The others keep their order.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut map = Map::from([("a", 1), ("b", 2)]);
    /// map.retain(|_, value| *value > 1);
    /// assert_eq!(map, Map::from([("b", 2)]));
    /// ```
    pub fn retain(&mut self, keep: impl FnMut(&K, &mut V) -> bool) {
        self.0.retain(keep);
    }

    /// Reverses the order.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut map = Map::from([("b", 1), ("a", 2)]);
    /// map.reverse();
    /// assert!(map.keys().eq(&["a", "b"]));
    /// ```
    pub fn reverse(&mut self) {
        self.0.reverse();
    }

    /// Sorts the entries by a comparison. Entries that compare as equal keep their order.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut map = Map::from([("a", 1), ("b", 2)]);
    /// map.sort_by(|_, one, _, other| other.cmp(one));
    /// assert!(map.keys().eq(&["b", "a"]));
    /// ```
    pub fn sort_by(&mut self, compare: impl FnMut(&K, &V, &K, &V) -> Ordering) {
        self.0.sort_by(compare);
    }

    /// Sorts the entries by their keys.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut map = Map::from([("b", 1), ("a", 2)]);
    /// map.sort_keys();
    /// assert!(map.keys().eq(&["a", "b"]));
    /// ```
    pub fn sort_keys(&mut self)
    where
        K: Ord,
    {
        self.0.sort_keys();
    }
}
