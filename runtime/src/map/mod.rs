//! [`Map`], with its entries and iterators.

mod capacity;
mod entry;
mod iterators;
mod lookup;
mod order;

pub use entry::{Entry, OccupiedEntry, VacantEntry};
pub use iterators::{
    Drain, IntoIter, IntoKeys, IntoValues, Iter, IterMut, Keys, Values, ValuesMut,
};

use crate::ordered::traits;
use indexmap::IndexMap;
use std::hash::Hash;

/// A map that keeps insertion order: Python's `dict`, `map<k, v>` in the interface file.
///
/// A `dict` has an order that programs rely on, which [`HashMap`](std::collections::HashMap) would lose. `Map` has the methods
/// of a `HashMap`, and others for places in the order, as a [`Vec`] has them. Equality ignores the order, as in Python.
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
/// It is made from other collections, and turned into them, by an iterator of pairs: `pairs.collect()`,
/// `map.into_iter().collect()`.
#[derive(Clone)]
pub struct Map<K, V>(IndexMap<K, V>);

traits! {
    /// Maps with the same entries are equal, whatever their order.
    Map<K, V>(IndexMap): items (K, V), references (&'a K, &'a V)
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
