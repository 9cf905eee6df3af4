//! Creating a [`Map`], and the room for its entries.

use super::Map;
use crate::Result;
use crate::error::Error;
use indexmap::IndexMap;
use std::hash::Hash;

impl<K, V> Map<K, V> {
    /// Creates an empty map.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut sizes: Map<&str, u64> = Map::new();
    /// sizes.insert("a", 1);
    /// ```
    #[inline]
    pub fn new() -> Self {
        Map(IndexMap::new())
    }

    /// Creates an empty map with room for this many entries.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let names = ["a", "b"];
    /// let mut lengths = Map::with_capacity(names.len());
    /// lengths.extend(names.map(|name| (name, name.len())));
    /// ```
    ///
    /// # Panics
    /// If that is more than any allocation can hold. If the allocation fails, the process ends instead.
    #[inline]
    pub fn with_capacity(capacity: usize) -> Self {
        Map(IndexMap::with_capacity(capacity))
    }

    /// Returns the number of entries for which there is room without another allocation.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// assert!(Map::<u8, u8>::with_capacity(10).capacity() >= 10);
    /// ```
    #[inline]
    pub fn capacity(&self) -> usize {
        self.0.capacity()
    }

    /// Returns the number of entries.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// assert_eq!(Map::from([("a", 1), ("b", 2), ("a", 3)]).len(), 2);
    /// ```
    #[inline]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there are no entries.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// assert!(Map::<u8, u8>::new().is_empty());
    /// ```
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Removes all entries. The memory is kept for new ones.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut map = Map::from([("a", 1)]);
    /// map.clear();
    /// assert!(map.is_empty());
    /// ```
    #[inline]
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl<K: Hash + Eq, V> Map<K, V> {
    /// Makes room for this many more entries.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut map = Map::from([("a", 1)]);
    /// map.reserve(100);
    /// assert!(map.capacity() > 100);
    /// ```
    ///
    /// # Panics
    /// If that is more than any allocation can hold. If the allocation fails, the process ends instead.
    #[inline]
    pub fn reserve(&mut self, additional: usize) {
        self.0.reserve(additional);
    }

    /// Gives back the memory that the entries do not need.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut map = Map::with_capacity(100);
    /// map.insert("a", 1);
    /// map.shrink_to_fit();
    /// assert!(map.capacity() < 100);
    /// ```
    pub fn shrink_to_fit(&mut self) {
        self.0.shrink_to_fit();
    }

    /// Makes room for this many more entries.
    ///
    /// # Errors
    /// MemoryError.
    #[inline]
    pub(crate) fn try_reserve(&mut self, additional: usize) -> Result<()> {
        self.0
            .try_reserve(additional)
            .map_err(|_| Error::out_of_memory())
    }
}
