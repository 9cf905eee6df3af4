//! Iterators of a [`Map`].

use super::Map;
use crate::ordered::{cloneable, iterators};
use indexmap::map as inner;

impl<K, V> Map<K, V> {
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

    /// Returns the values in order, to change them.
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
    ///
    /// ```
    /// use pyidl_runtime::map::{self, Map};
    ///
    /// fn first<'a, K, V>(mut entries: map::Iter<'a, K, V>) -> Option<(&'a K, &'a V)> {
    ///     entries.next()
    /// }
    /// assert_eq!(first(Map::from([("a", 1)]).iter()), Some((&"a", &1)));
    /// ```
    struct Iter<'a, K, V>(inner::Iter<'a, K, V>) -> (&'a K, &'a V);
    /// The entries of a map, with values that can be changed: returned by [`Map::iter_mut`].
    ///
    /// ```
    /// use pyidl_runtime::map::{self, Map};
    ///
    /// fn reset(entries: map::IterMut<'_, String, u32>) {
    ///     entries.for_each(|(_, value)| *value = 0);
    /// }
    /// let mut map = Map::from([("a".to_owned(), 1)]);
    /// reset(map.iter_mut());
    /// assert_eq!(map["a"], 0);
    /// ```
    struct IterMut<'a, K, V>(inner::IterMut<'a, K, V>) -> (&'a K, &'a mut V);
    /// The entries of a map, owned: returned by `into_iter`.
    ///
    /// ```
    /// use pyidl_runtime::map::{self, Map};
    ///
    /// let mut entries: map::IntoIter<&str, u32> = Map::from([("a", 1), ("b", 2)]).into_iter();
    /// assert_eq!(entries.next_back(), Some(("b", 2)));
    /// assert_eq!(entries.len(), 1);
    /// ```
    struct IntoIter<K, V>(inner::IntoIter<K, V>) -> (K, V);
    /// The keys of a map: returned by [`Map::keys`].
    ///
    /// ```
    /// use pyidl_runtime::map::{self, Map};
    ///
    /// fn longest<V>(keys: map::Keys<'_, String, V>) -> usize {
    ///     keys.map(String::len).max().unwrap_or(0)
    /// }
    /// assert_eq!(longest(Map::from([("abc".to_owned(), 1)]).keys()), 3);
    /// ```
    struct Keys<'a, K, V>(inner::Keys<'a, K, V>) -> &'a K;
    /// The keys of a map, owned: returned by [`Map::into_keys`].
    ///
    /// ```
    /// use pyidl_runtime::map::{self, Map};
    ///
    /// let mut keys: map::IntoKeys<&str, u32> = Map::from([("a", 1)]).into_keys();
    /// assert_eq!(keys.next(), Some("a"));
    /// ```
    struct IntoKeys<K, V>(inner::IntoKeys<K, V>) -> K;
    /// The values of a map: returned by [`Map::values`].
    ///
    /// ```
    /// use pyidl_runtime::map::{self, Map};
    ///
    /// fn total<K>(values: map::Values<'_, K, u32>) -> u32 {
    ///     values.sum()
    /// }
    /// assert_eq!(total(Map::from([("a", 1), ("b", 2)]).values()), 3);
    /// ```
    struct Values<'a, K, V>(inner::Values<'a, K, V>) -> &'a V;
    /// The values of a map, which can be changed: returned by [`Map::values_mut`].
    ///
    /// ```
    /// use pyidl_runtime::map::{self, Map};
    ///
    /// fn double<K>(values: map::ValuesMut<'_, K, u32>) {
    ///     values.for_each(|value| *value *= 2);
    /// }
    /// let mut map = Map::from([("a", 1)]);
    /// double(map.values_mut());
    /// assert_eq!(map["a"], 2);
    /// ```
    struct ValuesMut<'a, K, V>(inner::ValuesMut<'a, K, V>) -> &'a mut V;
    /// The values of a map, owned: returned by [`Map::into_values`].
    ///
    /// ```
    /// use pyidl_runtime::map::{self, Map};
    ///
    /// let mut values: map::IntoValues<&str, u32> = Map::from([("a", 1)]).into_values();
    /// assert_eq!(values.next(), Some(1));
    /// ```
    struct IntoValues<K, V>(inner::IntoValues<K, V>) -> V;
    /// The entries that [`Map::drain`] removes.
    ///
    /// ```
    /// use pyidl_runtime::map::{self, Map};
    ///
    /// fn names(removed: map::Drain<'_, String, u32>) -> Vec<String> {
    ///     removed.map(|(name, _)| name).collect()
    /// }
    /// assert_eq!(names(Map::from([("a".to_owned(), 1)]).drain(..)), ["a"]);
    /// ```
    struct Drain<'a, K, V>(inner::Drain<'a, K, V>) -> (K, V);
}

cloneable! { Iter<K, V> Keys<K, V> Values<K, V> }
