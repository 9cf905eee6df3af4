//! [`Map`], with its entries and iterators.

mod entry;
mod iterators;

pub use entry::{Entry, OccupiedEntry, VacantEntry};
pub use iterators::{
    Drain, IntoIter, IntoKeys, IntoValues, Iter, IterMut, Keys, Values, ValuesMut,
};

use crate::Result;
use crate::error::Error;
use indexmap::IndexMap;
use indexmap::map as inner;
use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::Hash;
use std::ops::{Index, RangeBounds};

/// A map that keeps insertion order: Python's `dict`, `map<k, v>` in the interface file.
///
/// A `dict` has an order that programs rely on, which [`HashMap`](std::collections::HashMap) would lose. The methods are those of
/// a `HashMap`, and those of a list for places in the order. Equality ignores the order, as in Python.
///
/// ```
/// use pyidl_runtime::Map;
///
/// let mut counts = Map::new();
/// for word in ["to", "be", "or", "not", "to", "be"] {
///     *counts.entry(word).or_insert(0) += 1;
/// }
/// assert_eq!(counts["to"], 2);
/// assert_eq!(counts.get("is"), None);
/// assert_eq!(counts.keys().copied().collect::<Vec<_>>(), ["to", "be", "or", "not"]);
/// assert_eq!(counts, Map::from([("be", 2), ("not", 1), ("or", 1), ("to", 2)]));
/// ```
///
/// It converts from and to other collections as an iterator of pairs: `pairs.collect()`, `map.into_iter().collect()`.
#[derive(Clone)]
pub struct Map<K, V>(IndexMap<K, V>);

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
    /// If that is more than memory can hold; the process ends if there is no memory.
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

    /// Removes all entries, and keeps the memory for others.
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

    /// Returns the entries in order.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let map = Map::from([("b", 1), ("a", 2)]);
    /// assert!(map.iter().eq([(&"b", &1), (&"a", &2)]));
    /// ```
    #[inline]
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter(self.0.iter())
    }

    /// Returns the entries in order, with values that can be changed.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut map = Map::from([("a", 1), ("b", 2)]);
    /// for (key, value) in map.iter_mut() {
    ///     *value += key.len();
    /// }
    /// assert_eq!(map["b"], 3);
    /// ```
    #[inline]
    pub fn iter_mut(&mut self) -> IterMut<'_, K, V> {
        IterMut(self.0.iter_mut())
    }

    /// Returns the keys in order.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// assert!(Map::from([("b", 1), ("a", 2)]).keys().eq(&["b", "a"]));
    /// ```
    #[inline]
    pub fn keys(&self) -> Keys<'_, K, V> {
        Keys(self.0.keys())
    }

    /// Turns the map into its keys, in order.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let keys: Vec<_> = Map::from([("b", 1), ("a", 2)]).into_keys().collect();
    /// assert_eq!(keys, ["b", "a"]);
    /// ```
    #[inline]
    pub fn into_keys(self) -> IntoKeys<K, V> {
        IntoKeys(self.0.into_keys())
    }

    /// Returns the values in order.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// assert_eq!(Map::from([("a", 1), ("b", 2)]).values().sum::<i32>(), 3);
    /// ```
    #[inline]
    pub fn values(&self) -> Values<'_, K, V> {
        Values(self.0.values())
    }

    /// Returns the values in order, for changing them.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let mut map = Map::from([("a", 1), ("b", 2)]);
    /// map.values_mut().for_each(|value| *value *= 10);
    /// assert_eq!(map["b"], 20);
    /// ```
    #[inline]
    pub fn values_mut(&mut self) -> ValuesMut<'_, K, V> {
        ValuesMut(self.0.values_mut())
    }

    /// Turns the map into its values, in order.
    ///
    /// ```
    /// use pyidl_runtime::Map;
    ///
    /// let values: Vec<_> = Map::from([("b", 1), ("a", 2)]).into_values().collect();
    /// assert_eq!(values, [1, 2]);
    /// ```
    #[inline]
    pub fn into_values(self) -> IntoValues<K, V> {
        IntoValues(self.0.into_values())
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

    /// Keeps the entries for which `keep` returns true, in order.
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

    /// Sorts the entries by a comparison. Those that are equal keep their order.
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
    /// If that is more than memory can hold; the process ends if there is no memory.
    #[inline]
    pub fn reserve(&mut self, additional: usize) {
        self.0.reserve(additional);
    }

    /// Gives memory back that the entries do not need.
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

    /// Adds an entry at the end and returns `None`. If the key exists, its entry keeps its key and its place, gets the value, and
    /// the old value is returned.
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

    /// Returns the place of a key in the map, to look at its value and to add, change or remove it after a single search.
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

    /// Returns the value of a key, for changing it.
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

    /// Removes the entry of a key and returns its value. The others keep their order, for which those after it are moved: the
    /// time grows with their number. [`swap_remove`](Map::swap_remove) does without.
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

    /// Removes the entry of a key and returns it. The others keep their order, as for [`remove`](Map::remove).
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

    /// Removes the entry of a key and returns its value. The last entry takes its place, which is fast in a map of any size.
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

impl<K, V> Default for Map<K, V> {
    #[inline]
    fn default() -> Self {
        Map(IndexMap::default())
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Maps with the same entries are equal, whatever their order.
impl<K: Hash + Eq, V: PartialEq> PartialEq for Map<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<K: Hash + Eq, V: Eq> Eq for Map<K, V> {}

/// Returns the value of a key, and panics if there is none. [`get`](Map::get) does not panic.
impl<K: Hash + Eq + Borrow<Q>, Q: ?Sized + Hash + Eq, V> Index<&Q> for Map<K, V> {
    type Output = V;

    #[inline]
    fn index(&self, key: &Q) -> &V {
        &self.0[key]
    }
}

impl<K: Hash + Eq, V> FromIterator<(K, V)> for Map<K, V> {
    #[inline]
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Map(IndexMap::from_iter(entries))
    }
}

impl<K: Hash + Eq, V, const N: usize> From<[(K, V); N]> for Map<K, V> {
    #[inline]
    fn from(entries: [(K, V); N]) -> Self {
        Map(IndexMap::from(entries))
    }
}

impl<K: Hash + Eq, V> Extend<(K, V)> for Map<K, V> {
    #[inline]
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        self.0.extend(entries);
    }
}

impl<'a, K: Hash + Eq + Copy, V: Copy> Extend<(&'a K, &'a V)> for Map<K, V> {
    #[inline]
    fn extend<I: IntoIterator<Item = (&'a K, &'a V)>>(&mut self, entries: I) {
        self.0.extend(entries);
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = IntoIter<K, V>;

    #[inline]
    fn into_iter(self) -> IntoIter<K, V> {
        IntoIter(self.0.into_iter())
    }
}

impl<'a, K, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    #[inline]
    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}

impl<'a, K, V> IntoIterator for &'a mut Map<K, V> {
    type Item = (&'a K, &'a mut V);
    type IntoIter = IterMut<'a, K, V>;

    #[inline]
    fn into_iter(self) -> IterMut<'a, K, V> {
        self.iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, Map};

    fn letters() -> Map<String, u32> {
        ["a", "b", "c", "d"]
            .map(str::to_owned)
            .into_iter()
            .zip(1..)
            .collect()
    }

    #[test]
    fn removal_keeps_the_order_unless_it_is_a_swap() {
        let keys = |map: &Map<String, u32>| map.keys().map(String::as_str).collect::<String>();
        let mut map = letters();
        assert_eq!(
            (map.remove("a"), map.remove("x"), keys(&map)),
            (Some(1), None, "bcd".into())
        );
        assert_eq!((map.swap_remove("b"), keys(&map)), (Some(2), "dc".into()));
        assert_eq!(map.insert("d".into(), 9), Some(4));
        assert_eq!(keys(&map), "dc", "a new value does not move the entry");
        assert_eq!(map.remove_entry("d"), Some(("d".into(), 9)));
        let Entry::Occupied(entry) = map.entry("c".into()) else {
            panic!("it is there")
        };
        assert_eq!(entry.remove(), 3);
        assert!(map.is_empty());
    }

    #[test]
    fn entries_and_iterators() {
        let mut map = letters();
        for (_, value) in &mut map {
            *value *= 2;
        }
        map.retain(|key, _| key != "b");
        assert_eq!(
            map.iter()
                .rev()
                .map(|(_, value)| *value)
                .collect::<Vec<_>>(),
            [8, 6, 2]
        );
        assert_eq!(
            (map.first(), map.get_index_of("c")),
            (Some((&"a".into(), &2)), Some(1))
        );
        assert_eq!(
            (map.len(), map.keys().len(), map.values().count()),
            (3, 3, 3)
        );
        map.entry("e".into())
            .and_modify(|value| *value = 0)
            .or_insert(5);
        assert_eq!(map.pop(), Some(("e".into(), 5)));
        assert_eq!(
            map.drain(1..).map(|(key, _)| key).collect::<Vec<_>>(),
            ["c", "d"]
        );
        assert_eq!(
            format!("{map:?} {:?}", map.iter()),
            r#"{"a": 2} [("a", 2)]"#
        );
    }

    #[test]
    fn equality_ignores_the_order() {
        let mut map = letters();
        map.reverse();
        assert_eq!(map, letters());
        assert_ne!(map.first(), letters().first());
        map.sort_keys();
        assert_eq!(map.first(), letters().first());
        map.extend([("a".to_owned(), 0)]);
        assert_ne!(map, letters());
    }

    #[test]
    #[should_panic]
    fn indexing_by_a_key_that_is_not_there_panics() {
        let _ = letters()["x"];
    }
}
