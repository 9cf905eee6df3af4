//! [`Map`], with its entries and iterators.

use crate::Result;
use crate::error::Error;
use crate::ordered::{cloneable, iterators};
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
    #[inline]
    pub fn new() -> Self {
        Map(IndexMap::new())
    }

    /// Creates an empty map with room for this many entries.
    ///
    /// # Panics
    /// If that is more than memory can hold; the process ends if there is no memory.
    #[inline]
    pub fn with_capacity(capacity: usize) -> Self {
        Map(IndexMap::with_capacity(capacity))
    }

    /// Returns the number of entries for which there is room without another allocation.
    #[inline]
    pub fn capacity(&self) -> usize {
        self.0.capacity()
    }

    /// Returns the number of entries.
    #[inline]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there are no entries.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Removes all entries, and keeps the memory for others.
    #[inline]
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Shortens the map to its first `length` entries.
    #[inline]
    pub fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// Returns the entries in order.
    #[inline]
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter(self.0.iter())
    }

    /// Returns the entries in order, with values that can be changed.
    #[inline]
    pub fn iter_mut(&mut self) -> IterMut<'_, K, V> {
        IterMut(self.0.iter_mut())
    }

    /// Returns the keys in order.
    #[inline]
    pub fn keys(&self) -> Keys<'_, K, V> {
        Keys(self.0.keys())
    }

    /// Turns the map into its keys, in order.
    #[inline]
    pub fn into_keys(self) -> IntoKeys<K, V> {
        IntoKeys(self.0.into_keys())
    }

    /// Returns the values in order.
    #[inline]
    pub fn values(&self) -> Values<'_, K, V> {
        Values(self.0.values())
    }

    /// Returns the values in order, for changing them.
    #[inline]
    pub fn values_mut(&mut self) -> ValuesMut<'_, K, V> {
        ValuesMut(self.0.values_mut())
    }

    /// Turns the map into its values, in order.
    #[inline]
    pub fn into_values(self) -> IntoValues<K, V> {
        IntoValues(self.0.into_values())
    }

    /// Removes the entries in a range of places and returns them in order. `drain(..)` empties the map and keeps its memory.
    ///
    /// # Panics
    /// If the range starts after its end or ends after the last entry.
    #[inline]
    pub fn drain(&mut self, range: impl RangeBounds<usize>) -> Drain<'_, K, V> {
        Drain(self.0.drain(range))
    }

    /// Keeps the entries for which `keep` returns true, in order.
    pub fn retain(&mut self, keep: impl FnMut(&K, &mut V) -> bool) {
        self.0.retain(keep);
    }

    /// Returns the entry at a place in the order.
    #[inline]
    pub fn get_index(&self, index: usize) -> Option<(&K, &V)> {
        self.0.get_index(index)
    }

    /// Returns the first entry.
    #[inline]
    pub fn first(&self) -> Option<(&K, &V)> {
        self.0.first()
    }

    /// Returns the last entry.
    #[inline]
    pub fn last(&self) -> Option<(&K, &V)> {
        self.0.last()
    }

    /// Removes the last entry and returns it, like `popitem()` of a `dict`.
    #[inline]
    pub fn pop(&mut self) -> Option<(K, V)> {
        self.0.pop()
    }

    /// Reverses the order.
    pub fn reverse(&mut self) {
        self.0.reverse();
    }

    /// Sorts the entries by a comparison. Those that are equal keep their order.
    pub fn sort_by(&mut self, compare: impl FnMut(&K, &V, &K, &V) -> Ordering) {
        self.0.sort_by(compare);
    }

    /// Sorts the entries by their keys.
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
    /// # Panics
    /// If that is more than memory can hold; the process ends if there is no memory.
    #[inline]
    pub fn reserve(&mut self, additional: usize) {
        self.0.reserve(additional);
    }

    /// Gives memory back that the entries do not need.
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
    #[inline]
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        self.0.insert(key, value)
    }

    /// Returns the place of a key in the map, to look at its value and to add, change or remove it after a single search.
    #[inline]
    pub fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        match self.0.entry(key) {
            inner::Entry::Occupied(entry) => Entry::Occupied(OccupiedEntry(entry)),
            inner::Entry::Vacant(entry) => Entry::Vacant(VacantEntry(entry)),
        }
    }

    /// Returns the value of a key.
    #[inline]
    pub fn get<Q: ?Sized + Hash + Eq>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.0.get(key)
    }

    /// Returns the value of a key, for changing it.
    #[inline]
    pub fn get_mut<Q: ?Sized + Hash + Eq>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.0.get_mut(key)
    }

    /// Returns the map's own key that is equal to `key`, and its value.
    #[inline]
    pub fn get_key_value<Q: ?Sized + Hash + Eq>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        self.0.get_key_value(key)
    }

    /// Returns the place of a key in the order.
    #[inline]
    pub fn get_index_of<Q: ?Sized + Hash + Eq>(&self, key: &Q) -> Option<usize>
    where
        K: Borrow<Q>,
    {
        self.0.get_index_of(key)
    }

    /// Returns whether the key exists.
    #[inline]
    pub fn contains_key<Q: ?Sized + Hash + Eq>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.contains_key(key)
    }

    /// Removes the entry of a key and returns its value. The others keep their order, for which those after it are moved: the
    /// time grows with their number. [`swap_remove`](Map::swap_remove) does without.
    #[inline]
    pub fn remove<Q: ?Sized + Hash + Eq>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.0.shift_remove(key)
    }

    /// Removes the entry of a key and returns it. The others keep their order, as for [`remove`](Map::remove).
    #[inline]
    pub fn remove_entry<Q: ?Sized + Hash + Eq>(&mut self, key: &Q) -> Option<(K, V)>
    where
        K: Borrow<Q>,
    {
        self.0.shift_remove_entry(key)
    }

    /// Removes the entry of a key and returns its value. The last entry takes its place, which is fast in a map of any size.
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

iterators! {
    /// The entries of a map: returned by [`Map::iter`].
    struct Iter<'a, K, V>(inner::Iter<'a, K, V>) -> (&'a K, &'a V);
    /// The entries of a map, with values that can be changed: returned by [`Map::iter_mut`].
    struct IterMut<'a, K, V>(inner::IterMut<'a, K, V>) -> (&'a K, &'a mut V);
    /// The entries of a map, owned: returned by `into_iter`.
    struct IntoIter<K, V>(inner::IntoIter<K, V>) -> (K, V);
    /// The keys of a map: returned by [`Map::keys`].
    struct Keys<'a, K, V>(inner::Keys<'a, K, V>) -> &'a K;
    /// The keys of a map, owned: returned by [`Map::into_keys`].
    struct IntoKeys<K, V>(inner::IntoKeys<K, V>) -> K;
    /// The values of a map: returned by [`Map::values`].
    struct Values<'a, K, V>(inner::Values<'a, K, V>) -> &'a V;
    /// The values of a map, which can be changed: returned by [`Map::values_mut`].
    struct ValuesMut<'a, K, V>(inner::ValuesMut<'a, K, V>) -> &'a mut V;
    /// The values of a map, owned: returned by [`Map::into_values`].
    struct IntoValues<K, V>(inner::IntoValues<K, V>) -> V;
    /// The entries that [`Map::drain`] removes.
    struct Drain<'a, K, V>(inner::Drain<'a, K, V>) -> (K, V);
}

cloneable! { Iter<K, V> Keys<K, V> Values<K, V> }

/// The place of a key in a [`Map`], with a value or without: returned by [`Map::entry`].
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
    /// Returns the key: the one of the entry, or the one that was looked for.
    #[inline]
    pub fn key(&self) -> &K {
        match self {
            Entry::Occupied(entry) => entry.key(),
            Entry::Vacant(entry) => entry.key(),
        }
    }

    /// Returns the value, after adding this one if there is none.
    #[inline]
    pub fn or_insert(self, value: V) -> &'a mut V {
        self.or_insert_with(|| value)
    }

    /// Returns the value, after adding the result of `make` if there is none.
    #[inline]
    pub fn or_insert_with(self, make: impl FnOnce() -> V) -> &'a mut V {
        match self {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(make()),
        }
    }

    /// Returns the value, after adding the default value if there is none.
    #[inline]
    pub fn or_default(self) -> &'a mut V
    where
        V: Default,
    {
        self.or_insert_with(V::default)
    }

    /// Changes the value, if there is one.
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
pub struct OccupiedEntry<'a, K, V>(inner::OccupiedEntry<'a, K, V>);

impl<'a, K, V> OccupiedEntry<'a, K, V> {
    /// Returns the map's own key.
    #[inline]
    pub fn key(&self) -> &K {
        self.0.key()
    }

    /// Returns the value.
    #[inline]
    pub fn get(&self) -> &V {
        self.0.get()
    }

    /// Returns the value, for changing it.
    #[inline]
    pub fn get_mut(&mut self) -> &mut V {
        self.0.get_mut()
    }

    /// Returns the value for as long as the map is borrowed, for changing it.
    #[inline]
    pub fn into_mut(self) -> &'a mut V {
        self.0.into_mut()
    }

    /// Replaces the value and returns the old one.
    #[inline]
    pub fn insert(&mut self, value: V) -> V {
        self.0.insert(value)
    }

    /// Removes the entry and returns its value. The others keep their order, as for [`Map::remove`].
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

/// The place of a key that does not exist: a case of [`Entry`].
pub struct VacantEntry<'a, K, V>(inner::VacantEntry<'a, K, V>);

impl<'a, K, V> VacantEntry<'a, K, V> {
    /// Returns the key that was looked for.
    #[inline]
    pub fn key(&self) -> &K {
        self.0.key()
    }

    /// Returns the key that was looked for, owned.
    #[inline]
    pub fn into_key(self) -> K {
        self.0.into_key()
    }

    /// Adds the key with this value at the end, and returns the value.
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
