//! Entries of a [`Map`](super::Map).

use indexmap::map as inner;
use std::fmt;

/// The entry of a key in a [`Map`](super::Map), or the place for it: returned by [`Map::entry`](super::Map::entry).
///
/// ```
/// use pyidl_runtime::Map;
///
/// let mut lists: Map<&str, Vec<u32>> = Map::new();
/// lists.entry("even").or_default().push(2);
/// lists.entry("even").and_modify(|list| list.clear()).or_insert_with(|| vec![4]);
/// assert_eq!(lists, Map::from([("even", vec![])]));
/// ```
pub enum Entry<'a, K, V> {
    /// The key exists.
    Occupied(OccupiedEntry<'a, K, V>),
    /// There is no such key.
    Vacant(VacantEntry<'a, K, V>),
}

impl<'a, K, V> Entry<'a, K, V> {
    /// Returns the map's own key if it exists, and otherwise the key that was searched for.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut map = Map::from([("a", 1)]);
    /// assert_eq!(map.entry("a").key(), &"a");
    /// ```
    #[inline]
    pub fn key(&self) -> &K {
        match self {
            Entry::Occupied(entry) => entry.key(),
            Entry::Vacant(entry) => entry.key(),
        }
    }

    /// Returns the value. If there is none, adds this one first.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut map = Map::new();
    /// *map.entry("a").or_insert(5) += 1;
    /// assert_eq!(map["a"], 6);
    /// ```
    #[inline]
    pub fn or_insert(self, value: V) -> &'a mut V {
        self.or_insert_with(|| value)
    }

    /// Returns the value. If there is none, adds the result of `make` first.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut map: Map<&str, String> = Map::new();
    /// map.entry("a").or_insert_with(|| "x".repeat(3)).push('y');
    /// assert_eq!(map["a"], "xxxy");
    /// ```
    #[inline]
    pub fn or_insert_with(self, make: impl FnOnce() -> V) -> &'a mut V {
        match self {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(make()),
        }
    }

    /// Returns the value. If there is none, adds the default value first.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut map: Map<&str, Vec<u8>> = Map::new();
    /// map.entry("a").or_default().push(1);
    /// assert_eq!(map["a"], [1]);
    /// ```
    #[inline]
    pub fn or_default(self) -> &'a mut V
    where
        V: Default,
    {
        self.or_insert_with(V::default)
    }

    /// Changes the value, if there is one.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut map = Map::from([("a", 1)]);
    /// map.entry("a").and_modify(|value| *value += 1).or_insert(0);
    /// assert_eq!(map["a"], 2);
    /// ```
    #[inline]
    #[must_use]
    pub fn and_modify(mut self, change: impl FnOnce(&mut V)) -> Self {
        if let Entry::Occupied(entry) = &mut self {
            change(entry.get_mut());
        }
        self
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Entry<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Entry::Occupied(entry) => entry.fmt(f),
            Entry::Vacant(entry) => entry.fmt(f),
        }
    }
}

/// The entry of a key that exists: a case of [`Entry`].
///
/// ```
/// use pyidl_runtime::map::{Entry, Map};
///
/// /// Takes one of the pieces.
/// fn take(stock: &mut Map<String, u32>, piece: &str) -> bool {
///     let Entry::Occupied(mut entry) = stock.entry(piece.to_owned()) else {
///         return false;
///     };
///     match *entry.get() {
///         1 => drop(entry.remove()),
///         _ => *entry.get_mut() -= 1,
///     }
///     true
/// }
///
/// let mut stock = Map::from([("bolt".to_owned(), 1)]);
/// assert!(take(&mut stock, "bolt") && !take(&mut stock, "bolt"));
/// ```
pub struct OccupiedEntry<'a, K, V>(pub(super) inner::OccupiedEntry<'a, K, V>);

impl<'a, K, V> OccupiedEntry<'a, K, V> {
    /// Returns the map's own key.
    ///
    /// ```
    /// use pyidl_runtime::map::{Entry, Map};
    ///
    /// let mut map = Map::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    /// if let Entry::Occupied(entry) = map.entry("a".to_owned()) {
    ///     assert_eq!(entry.key(), "a");
    /// }
    /// ```
    #[inline]
    pub fn key(&self) -> &K {
        self.0.key()
    }

    /// Returns the value.
    ///
    /// ```
    /// use pyidl_runtime::map::{Entry, Map};
    ///
    /// let mut map = Map::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    /// if let Entry::Occupied(entry) = map.entry("a".to_owned()) {
    ///     assert_eq!(entry.get(), &1);
    /// }
    /// ```
    #[inline]
    pub fn get(&self) -> &V {
        self.0.get()
    }

    /// Returns the value, to change it.
    ///
    /// ```
    /// use pyidl_runtime::map::{Entry, Map};
    ///
    /// let mut map = Map::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    /// if let Entry::Occupied(mut entry) = map.entry("a".to_owned()) {
    ///     *entry.get_mut() += 1;
    ///     assert_eq!(entry.get(), &2);
    /// }
    /// ```
    #[inline]
    pub fn get_mut(&mut self) -> &mut V {
        self.0.get_mut()
    }

    /// Returns the value, to change it for as long as the map is borrowed.
    ///
    /// ```
    /// use pyidl_runtime::map::{Entry, Map};
    ///
    /// let mut map = Map::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    /// if let Entry::Occupied(entry) = map.entry("a".to_owned()) {
    ///     let value = entry.into_mut();
    ///     *value += 1;
    ///     assert_eq!(*value, 2);
    /// }
    /// ```
    #[inline]
    pub fn into_mut(self) -> &'a mut V {
        self.0.into_mut()
    }

    /// Replaces the value and returns the old one.
    ///
    /// ```
    /// use pyidl_runtime::map::{Entry, Map};
    ///
    /// let mut map = Map::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    /// if let Entry::Occupied(mut entry) = map.entry("a".to_owned()) {
    ///     assert_eq!(entry.insert(5), 1);
    /// }
    /// ```
    #[inline]
    pub fn insert(&mut self, value: V) -> V {
        self.0.insert(value)
    }

    /// Removes the entry and returns its value. The others keep their order, which takes as long as in
    /// [`Map::remove`](super::Map::remove).
    ///
    /// ```
    /// use pyidl_runtime::map::{Entry, Map};
    ///
    /// let mut map = Map::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    /// if let Entry::Occupied(entry) = map.entry("a".to_owned()) {
    ///     assert_eq!(entry.remove(), 1);
    /// }
    /// ```
    #[inline]
    pub fn remove(self) -> V {
        self.0.shift_remove()
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for OccupiedEntry<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The place for a key that does not exist: a case of [`Entry`].
///
/// ```
/// use pyidl_runtime::map::{Entry, Map};
///
/// let mut ids = Map::from([("a", 0)]);
/// let count = ids.len();
/// match ids.entry("b") {
///     Entry::Vacant(entry) => *entry.insert(count),
///     Entry::Occupied(entry) => panic!("there are two of {}", entry.key()),
/// };
/// assert_eq!(ids["b"], 1);
/// ```
pub struct VacantEntry<'a, K, V>(pub(super) inner::VacantEntry<'a, K, V>);

impl<'a, K, V> VacantEntry<'a, K, V> {
    /// Returns the key that was searched for.
    ///
    /// ```
    /// use pyidl_runtime::map::{Entry, Map};
    ///
    /// let mut map: Map<String, u32> = Map::new();
    /// if let Entry::Vacant(entry) = map.entry("a".to_owned()) {
    ///     assert_eq!(entry.key(), "a");
    /// }
    /// ```
    #[inline]
    pub fn key(&self) -> &K {
        self.0.key()
    }

    /// Returns the key that was searched for, owned.
    ///
    /// ```
    /// use pyidl_runtime::map::{Entry, Map};
    ///
    /// let mut map: Map<String, u32> = Map::new();
    /// if let Entry::Vacant(entry) = map.entry("a".to_owned()) {
    ///     assert_eq!(entry.into_key(), "a");
    /// }
    /// ```
    #[inline]
    pub fn into_key(self) -> K {
        self.0.into_key()
    }

    /// Adds the key with this value at the end, and returns the value.
    ///
    /// ```
    /// use pyidl_runtime::map::{Entry, Map};
    ///
    /// let mut map: Map<String, u32> = Map::new();
    /// if let Entry::Vacant(entry) = map.entry("a".to_owned()) {
    ///     *entry.insert(1) += 1;
    /// }
    /// ```
    #[inline]
    pub fn insert(self, value: V) -> &'a mut V {
        self.0.insert(value)
    }
}

impl<K: fmt::Debug, V> fmt::Debug for VacantEntry<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
