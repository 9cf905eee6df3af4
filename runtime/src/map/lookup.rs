//! Methods of a [`Map`] that look up a key.

use super::{Entry, Map, OccupiedEntry, VacantEntry};
use indexmap::map as inner;
use std::borrow::Borrow;
use std::hash::Hash;
use std::ops::Index;

impl<K: Hash + Eq, V> Map<K, V> {
    /// Adds an entry at the end and returns `None`. If the key exists, replaces its value and returns the old one: the entry keeps
    /// its key and its place.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut map = Map::from([("a", 1), ("b", 2)]);
    /// assert_eq!((map.insert("c", 3), map.insert("a", 4)), (None, Some(1)));
    /// assert!(map.iter().eq([(&"a", &4), (&"b", &2), (&"c", &3)]));
    /// ```
    #[inline]
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        self.0.insert(key, value)
    }

    /// Returns the [`Entry`] of a key, which reads, adds, changes, or removes its value after a single search.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut counts = Map::new();
    /// for letter in "abba".chars() {
    ///     *counts.entry(letter).or_insert(0) += 1;
    /// }
    /// assert_eq!(counts, Map::from([('a', 2), ('b', 2)]));
    /// ```
    #[inline]
    pub fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        match self.0.entry(key) {
            inner::Entry::Occupied(entry) => Entry::Occupied(OccupiedEntry(entry)),
            inner::Entry::Vacant(entry) => Entry::Vacant(VacantEntry(entry)),
        }
    }

    /// Returns the value of a key.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let map = Map::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    /// assert_eq!((map.get("a"), map.get("x")), (Some(&1), None));
    /// ```
    #[inline]
    pub fn get<Q: ?Sized + Hash + Eq>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.0.get(key)
    }

    /// Returns the value of a key, to change it.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut map = Map::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    /// if let Some(value) = map.get_mut("a") {
    ///     *value = 5;
    /// }
    /// assert_eq!(map["a"], 5);
    /// ```
    #[inline]
    pub fn get_mut<Q: ?Sized + Hash + Eq>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.0.get_mut(key)
    }

    /// Returns the map's own key that is equal to `key`, and its value.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let map = Map::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    /// assert_eq!(map.get_key_value("a"), Some((&"a".to_owned(), &1)));
    /// ```
    #[inline]
    pub fn get_key_value<Q: ?Sized + Hash + Eq>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        self.0.get_key_value(key)
    }

    /// Returns the place of a key in the order.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let map = Map::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    /// assert_eq!(map.get_index_of("b"), Some(1));
    /// ```
    #[inline]
    pub fn get_index_of<Q: ?Sized + Hash + Eq>(&self, key: &Q) -> Option<usize>
    where
        K: Borrow<Q>,
    {
        self.0.get_index_of(key)
    }

    /// Returns whether the key exists.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let map = Map::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    /// assert!(map.contains_key("a") && !map.contains_key("x"));
    /// ```
    #[inline]
    pub fn contains_key<Q: ?Sized + Hash + Eq>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.contains_key(key)
    }

    /// Removes the entry of a key and returns its value. The others keep their order: every one after it moves by one place,
    /// so that the time grows with their number. [`swap_remove`](Map::swap_remove) moves a single entry.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut map = Map::from([("a", 1), ("b", 2), ("c", 3)]);
    /// assert_eq!(map.remove("a"), Some(1));
    /// assert!(map.keys().eq(&["b", "c"]));
    /// ```
    #[inline]
    pub fn remove<Q: ?Sized + Hash + Eq>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.0.shift_remove(key)
    }

    /// Removes the entry of a key and returns it. The others keep their order, which takes as long as in [`remove`](Map::remove).
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut map = Map::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    /// assert_eq!(map.remove_entry("a"), Some(("a".to_owned(), 1)));
    /// ```
    #[inline]
    pub fn remove_entry<Q: ?Sized + Hash + Eq>(&mut self, key: &Q) -> Option<(K, V)>
    where
        K: Borrow<Q>,
    {
        self.0.shift_remove_entry(key)
    }

    /// Removes the entry of a key and returns its value. The last entry moves to its place: this changes the order, but is
    /// fast in a map of any size.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut map = Map::from([("a", 1), ("b", 2), ("c", 3)]);
    /// assert_eq!(map.swap_remove("a"), Some(1));
    /// assert!(map.keys().eq(&["c", "b"]));
    /// ```
    #[inline]
    pub fn swap_remove<Q: ?Sized + Hash + Eq>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.0.swap_remove(key)
    }
}

/// Returns the value of a key, and panics if there is none. [`get`](Map::get) does not panic.
impl<K: Hash + Eq + Borrow<Q>, Q: ?Sized + Hash + Eq, V> Index<&Q> for Map<K, V> {
    type Output = V;

    #[inline]
    fn index(&self, key: &Q) -> &V {
        &self.0[key]
    }
}
