//! Creating a [`Set`], and the room for its items.

use super::Set;
use crate::Result;
use crate::error::Error;
use indexmap::IndexSet;
use std::hash::Hash;

impl<T> Set<T> {
    /// Creates an empty set.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut seen = Set::new();
    /// seen.insert("a");
    /// ```
    #[inline]
    pub fn new() -> Self {
        Set(IndexSet::new())
    }

    /// Creates an empty set with room for this many items.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut seen = Set::with_capacity(2);
    /// seen.extend(["a", "b"]);
    /// ```
    ///
    /// # Panics
    /// If that is more than any allocation can hold. If the allocation fails, the process ends instead.
    #[inline]
    pub fn with_capacity(capacity: usize) -> Self {
        Set(IndexSet::with_capacity(capacity))
    }

    /// Returns the number of items for which there is room without another allocation.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// assert!(Set::<u8>::with_capacity(10).capacity() >= 10);
    /// ```
    #[inline]
    pub fn capacity(&self) -> usize {
        self.0.capacity()
    }

    /// Returns the number of items.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// assert_eq!(Set::from(["a", "b", "a"]).len(), 2);
    /// ```
    #[inline]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there are no items.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// assert!(Set::<u8>::new().is_empty());
    /// ```
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Removes all items. The memory is kept for new ones.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut set = Set::from([1, 2]);
    /// set.clear();
    /// assert!(set.is_empty());
    /// ```
    #[inline]
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl<T: Hash + Eq> Set<T> {
    /// Makes room for this many more items.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut set = Set::from([1]);
    /// set.reserve(100);
    /// assert!(set.capacity() > 100);
    /// ```
    ///
    /// # Panics
    /// If that is more than any allocation can hold. If the allocation fails, the process ends instead.
    #[inline]
    pub fn reserve(&mut self, additional: usize) {
        self.0.reserve(additional);
    }

    /// Gives back the memory that the items do not need.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut set = Set::with_capacity(100);
    /// set.insert(1);
    /// set.shrink_to_fit();
    /// assert!(set.capacity() < 100);
    /// ```
    pub fn shrink_to_fit(&mut self) {
        self.0.shrink_to_fit();
    }

    /// Makes room for this many more items.
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
