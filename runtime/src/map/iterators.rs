//! Iterators of a [`Map`](super::Map).

use crate::ordered::{cloneable, iterators};
use indexmap::map as inner;

iterators! {
    /// The entries of a map: returned by [`Map::iter`](super::Map::iter).
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
    /// The entries of a map, with values that can be changed: returned by [`Map::iter_mut`](super::Map::iter_mut).
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
    /// The keys of a map: returned by [`Map::keys`](super::Map::keys).
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
    /// The keys of a map, owned: returned by [`Map::into_keys`](super::Map::into_keys).
    ///
    /// ```
    /// use pyidl_runtime::map::{self, Map};
    ///
    /// let mut keys: map::IntoKeys<&str, u32> = Map::from([("a", 1)]).into_keys();
    /// assert_eq!(keys.next(), Some("a"));
    /// ```
    struct IntoKeys<K, V>(inner::IntoKeys<K, V>) -> K;
    /// The values of a map: returned by [`Map::values`](super::Map::values).
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
    /// The values of a map, which can be changed: returned by [`Map::values_mut`](super::Map::values_mut).
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
    /// The values of a map, owned: returned by [`Map::into_values`](super::Map::into_values).
    ///
    /// ```
    /// use pyidl_runtime::map::{self, Map};
    ///
    /// let mut values: map::IntoValues<&str, u32> = Map::from([("a", 1)]).into_values();
    /// assert_eq!(values.next(), Some(1));
    /// ```
    struct IntoValues<K, V>(inner::IntoValues<K, V>) -> V;
    /// The entries that [`Map::drain`](super::Map::drain) removes.
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
