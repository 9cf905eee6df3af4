//! Iterators of a [`Map`](super::Map).

use crate::ordered::{cloneable, iterators};
use indexmap::map as inner;

iterators! {
    /// The entries of a map: returned by [`Map::iter`](super::Map::iter).
    struct Iter<'a, K, V>(inner::Iter<'a, K, V>) -> (&'a K, &'a V);
    /// The entries of a map, with values that can be changed: returned by [`Map::iter_mut`](super::Map::iter_mut).
    struct IterMut<'a, K, V>(inner::IterMut<'a, K, V>) -> (&'a K, &'a mut V);
    /// The entries of a map, owned: returned by `into_iter`.
    struct IntoIter<K, V>(inner::IntoIter<K, V>) -> (K, V);
    /// The keys of a map: returned by [`Map::keys`](super::Map::keys).
    struct Keys<'a, K, V>(inner::Keys<'a, K, V>) -> &'a K;
    /// The keys of a map, owned: returned by [`Map::into_keys`](super::Map::into_keys).
    struct IntoKeys<K, V>(inner::IntoKeys<K, V>) -> K;
    /// The values of a map: returned by [`Map::values`](super::Map::values).
    struct Values<'a, K, V>(inner::Values<'a, K, V>) -> &'a V;
    /// The values of a map, which can be changed: returned by [`Map::values_mut`](super::Map::values_mut).
    struct ValuesMut<'a, K, V>(inner::ValuesMut<'a, K, V>) -> &'a mut V;
    /// The values of a map, owned: returned by [`Map::into_values`](super::Map::into_values).
    struct IntoValues<K, V>(inner::IntoValues<K, V>) -> V;
    /// The entries that [`Map::drain`](super::Map::drain) removes.
    struct Drain<'a, K, V>(inner::Drain<'a, K, V>) -> (K, V);
}

cloneable! { Iter<K, V> Keys<K, V> Values<K, V> }
