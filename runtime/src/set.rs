//! [`Set`], with its iterators.

use crate::Result;
use crate::error::Error;
use crate::ordered::{cloneable, iterators};
use indexmap::IndexSet;
use indexmap::set as inner;
use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::Hash;
use std::ops::{BitAnd, BitOr, BitXor, RangeBounds, Sub};

/// A set that keeps insertion order: Python's `set`, `set<t>` in the interface file.
///
/// It has the methods of a [`HashSet`](std::collections::HashSet), and keeps the order in which items were added; those of a Python
/// `set` come in that set's order. Equality ignores the order.
///
/// ```
/// use pyidl_runtime::Set;
///
/// let mut seen = Set::new();
/// assert!(seen.insert("jazz"));
/// assert!(!seen.insert("jazz"));
/// seen.extend(["rock", "pop"]);
/// assert!(seen.contains("rock"));
/// assert_eq!(seen.iter().copied().collect::<Vec<_>>(), ["jazz", "rock", "pop"]);
/// assert_eq!(&seen - &Set::from(["pop", "blues"]), Set::from(["rock", "jazz"]));
/// ```
#[derive(Clone)]
pub struct Set<T>(IndexSet<T>);

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
    /// If that is more than memory can hold; the process ends if there is no memory.
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

    /// Removes all items, and keeps the memory for others.
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

    /// Shortens the set to its first `length` items.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut set = Set::from([1, 2, 3]);
    /// set.truncate(2);
    /// assert_eq!(set, Set::from([1, 2]));
    /// ```
    #[inline]
    pub fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// Returns the items in order.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// assert!(Set::from([3, 1, 2]).iter().eq(&[3, 1, 2]));
    /// ```
    #[inline]
    pub fn iter(&self) -> Iter<'_, T> {
        Iter(self.0.iter())
    }

    /// Removes the items in a range of places and returns them in order. `drain(..)` empties the set and keeps its memory.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut set = Set::from([3, 1, 2]);
    /// assert!(set.drain(1..).eq([1, 2]));
    /// assert_eq!(set, Set::from([3]));
    /// ```
    ///
    /// # Panics
    /// If the range starts after its end or ends after the last item.
    #[inline]
    pub fn drain(&mut self, range: impl RangeBounds<usize>) -> Drain<'_, T> {
        Drain(self.0.drain(range))
    }

    /// Keeps the items for which `keep` returns true, in order.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut set = Set::from([3, 1, 2]);
    /// set.retain(|item| *item > 1);
    /// assert_eq!(set, Set::from([2, 3]));
    /// ```
    pub fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        self.0.retain(keep);
    }

    /// Returns the item at a place in the order.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// assert_eq!(Set::from([3, 1, 2]).get_index(1), Some(&1));
    /// ```
    #[inline]
    pub fn get_index(&self, index: usize) -> Option<&T> {
        self.0.get_index(index)
    }

    /// Returns the first item.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// assert_eq!(Set::from([3, 1, 2]).first(), Some(&3));
    /// ```
    #[inline]
    pub fn first(&self) -> Option<&T> {
        self.0.first()
    }

    /// Returns the last item.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// assert_eq!(Set::from([3, 1, 2]).last(), Some(&2));
    /// ```
    #[inline]
    pub fn last(&self) -> Option<&T> {
        self.0.last()
    }

    /// Removes the last item and returns it.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// assert_eq!(Set::from([3, 1, 2]).pop(), Some(2));
    /// ```
    #[inline]
    pub fn pop(&mut self) -> Option<T> {
        self.0.pop()
    }

    /// Reverses the order.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut set = Set::from([3, 1, 2]);
    /// set.reverse();
    /// assert!(set.iter().eq(&[2, 1, 3]));
    /// ```
    pub fn reverse(&mut self) {
        self.0.reverse();
    }

    /// Sorts the items by a comparison. Those that are equal keep their order.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut set = Set::from([3, 1, 2]);
    /// set.sort_by(|a, b| b.cmp(a));
    /// assert!(set.iter().eq(&[3, 2, 1]));
    /// ```
    pub fn sort_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering) {
        self.0.sort_by(compare);
    }

    /// Sorts the items.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut set = Set::from([3, 1, 2]);
    /// set.sort();
    /// assert!(set.iter().eq(&[1, 2, 3]));
    /// ```
    pub fn sort(&mut self)
    where
        T: Ord,
    {
        self.0.sort();
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
    /// If that is more than memory can hold; the process ends if there is no memory.
    #[inline]
    pub fn reserve(&mut self, additional: usize) {
        self.0.reserve(additional);
    }

    /// Gives memory back that the items do not need.
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

    /// Adds an item at the end, and returns whether it is new. If there is an equal item, that one stays.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut set = Set::new();
    /// assert!(set.insert(1) && !set.insert(1));
    /// ```
    #[inline]
    pub fn insert(&mut self, item: T) -> bool {
        self.0.insert(item)
    }

    /// Adds an item in the place of an equal one, which is returned, or at the end.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut set = Set::from([1, 2]);
    /// assert_eq!((set.replace(1), set.replace(3)), (Some(1), None));
    /// assert!(set.iter().eq(&[1, 2, 3]));
    /// ```
    #[inline]
    pub fn replace(&mut self, item: T) -> Option<T> {
        self.0.replace(item)
    }

    /// Returns the set's own item that is equal to `item`.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let set = Set::from(["a".to_owned()]);
    /// assert_eq!((set.get("a"), set.get("x")), (Some(&"a".to_owned()), None));
    /// ```
    #[inline]
    pub fn get<Q: ?Sized + Hash + Eq>(&self, item: &Q) -> Option<&T>
    where
        T: Borrow<Q>,
    {
        self.0.get(item)
    }

    /// Returns the place of an item in the order.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// assert_eq!(Set::from([3, 1, 2]).get_index_of(&2), Some(2));
    /// ```
    #[inline]
    pub fn get_index_of<Q: ?Sized + Hash + Eq>(&self, item: &Q) -> Option<usize>
    where
        T: Borrow<Q>,
    {
        self.0.get_index_of(item)
    }

    /// Returns whether there is an equal item.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let set = Set::from(["a".to_owned()]);
    /// assert!(set.contains("a"));
    /// ```
    #[inline]
    pub fn contains<Q: ?Sized + Hash + Eq>(&self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.0.contains(item)
    }

    /// Removes an item, and returns whether there was one. The others keep their order, for which those after it are moved: the
    /// time grows with their number. [`swap_remove`](Set::swap_remove) does without.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut set = Set::from([3, 1, 2]);
    /// assert!(set.remove(&3) && !set.remove(&3));
    /// assert!(set.iter().eq(&[1, 2]));
    /// ```
    #[inline]
    pub fn remove<Q: ?Sized + Hash + Eq>(&mut self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.0.shift_remove(item)
    }

    /// Removes an item and returns it. The others keep their order, as for [`remove`](Set::remove).
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut set = Set::from(["a".to_owned()]);
    /// assert_eq!(set.take("a"), Some("a".to_owned()));
    /// ```
    #[inline]
    pub fn take<Q: ?Sized + Hash + Eq>(&mut self, item: &Q) -> Option<T>
    where
        T: Borrow<Q>,
    {
        self.0.shift_take(item)
    }

    /// Removes an item, and returns whether there was one. The last item takes its place, which is fast in a set of any size.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let mut set = Set::from([3, 1, 2]);
    /// assert!(set.swap_remove(&3));
    /// assert!(set.iter().eq(&[2, 1]));
    /// ```
    #[inline]
    pub fn swap_remove<Q: ?Sized + Hash + Eq>(&mut self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.0.swap_remove(item)
    }

    /// Returns the items of both sets: those of this one, then the others.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let (one, other) = (Set::from([3, 1]), Set::from([1, 4]));
    /// assert!(one.union(&other).eq(&[3, 1, 4]));
    /// ```
    #[inline]
    pub fn union<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a T> {
        self.0.union(&other.0)
    }

    /// Returns the items that are in both sets.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let (one, other) = (Set::from([3, 1]), Set::from([1, 4]));
    /// assert!(one.intersection(&other).eq(&[1]));
    /// ```
    #[inline]
    pub fn intersection<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a T> {
        self.0.intersection(&other.0)
    }

    /// Returns the items that are not in the other set.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let (one, other) = (Set::from([3, 1]), Set::from([1, 4]));
    /// assert!(one.difference(&other).eq(&[3]));
    /// ```
    #[inline]
    pub fn difference<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a T> {
        self.0.difference(&other.0)
    }

    /// Returns the items that are in one of the sets only: those of this one, then those of the other.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// let (one, other) = (Set::from([3, 1]), Set::from([1, 4]));
    /// assert!(one.symmetric_difference(&other).eq(&[3, 4]));
    /// ```
    #[inline]
    pub fn symmetric_difference<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a T> {
        self.0.symmetric_difference(&other.0)
    }

    /// Returns whether no item is in both sets.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// assert!(Set::from([1, 2]).is_disjoint(&Set::from([3])));
    /// ```
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.0.is_disjoint(&other.0)
    }

    /// Returns whether all items are in the other set.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// assert!(Set::from([2]).is_subset(&Set::from([1, 2])));
    /// ```
    pub fn is_subset(&self, other: &Self) -> bool {
        self.0.is_subset(&other.0)
    }

    /// Returns whether all items of the other set are in this one.
    ///
    /// ```
    /// use pyidl_runtime::Set;
    ///
    /// assert!(Set::from([1, 2]).is_superset(&Set::from([2])));
    /// ```
    pub fn is_superset(&self, other: &Self) -> bool {
        self.0.is_superset(&other.0)
    }
}

macro_rules! operators {
    ($($(#[$attribute:meta])* $operator:ident $function:ident $method:ident;)*) => {$(
        $(#[$attribute])*
        impl<T: Hash + Eq + Clone> $operator<&Set<T>> for &Set<T> {
            type Output = Set<T>;

            fn $function(self, other: &Set<T>) -> Set<T> {
                self.$method(other).cloned().collect()
            }
        }
    )*};
}

operators! {
    /// [`union`](Set::union)
    BitOr bitor union;
    /// [`intersection`](Set::intersection)
    BitAnd bitand intersection;
    /// [`difference`](Set::difference)
    Sub sub difference;
    /// [`symmetric_difference`](Set::symmetric_difference)
    BitXor bitxor symmetric_difference;
}

impl<T> Default for Set<T> {
    #[inline]
    fn default() -> Self {
        Set(IndexSet::default())
    }
}

impl<T: fmt::Debug> fmt::Debug for Set<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Sets with the same items are equal, whatever their order.
impl<T: Hash + Eq> PartialEq for Set<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T: Hash + Eq> Eq for Set<T> {}

impl<T: Hash + Eq> FromIterator<T> for Set<T> {
    #[inline]
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Set(IndexSet::from_iter(items))
    }
}

impl<T: Hash + Eq, const N: usize> From<[T; N]> for Set<T> {
    #[inline]
    fn from(items: [T; N]) -> Self {
        Set(IndexSet::from(items))
    }
}

impl<T: Hash + Eq> Extend<T> for Set<T> {
    #[inline]
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        self.0.extend(items);
    }
}

impl<'a, T: Hash + Eq + Copy> Extend<&'a T> for Set<T> {
    #[inline]
    fn extend<I: IntoIterator<Item = &'a T>>(&mut self, items: I) {
        self.0.extend(items);
    }
}

impl<T> IntoIterator for Set<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    #[inline]
    fn into_iter(self) -> IntoIter<T> {
        IntoIter(self.0.into_iter())
    }
}

impl<'a, T> IntoIterator for &'a Set<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    #[inline]
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

iterators! {
    /// The items of a set: returned by [`Set::iter`].
    ///
    /// ```
    /// use pyidl_runtime::set::{self, Set};
    ///
    /// fn total(items: set::Iter<'_, u32>) -> u32 {
    ///     items.sum()
    /// }
    /// assert_eq!(total(Set::from([1, 2]).iter()), 3);
    /// ```
    struct Iter<'a, T>(inner::Iter<'a, T>) -> &'a T;
    /// The items of a set, owned: returned by `into_iter`.
    ///
    /// ```
    /// use pyidl_runtime::set::{self, Set};
    ///
    /// let mut items: set::IntoIter<u32> = Set::from([1, 2]).into_iter();
    /// assert_eq!((items.next_back(), items.len()), (Some(2), 1));
    /// ```
    struct IntoIter<T>(inner::IntoIter<T>) -> T;
    /// The items that [`Set::drain`] removes.
    ///
    /// ```
    /// use pyidl_runtime::set::{self, Set};
    ///
    /// fn total(removed: set::Drain<'_, u32>) -> u32 {
    ///     removed.sum()
    /// }
    /// let mut set = Set::from([1, 2]);
    /// assert_eq!((total(set.drain(..)), set.len()), (3, 0));
    /// ```
    struct Drain<'a, T>(inner::Drain<'a, T>) -> T;
}

cloneable! { Iter<T> }

#[cfg(test)]
mod tests {
    use super::Set;

    #[test]
    fn removal_keeps_the_order_unless_it_is_a_swap() {
        let mut set = Set::from([1, 2, 3, 4, 5]);
        assert!(set.remove(&1) && !set.remove(&1));
        assert_eq!(set.take(&3), Some(3));
        assert_eq!(set.iter().copied().collect::<Vec<_>>(), [2, 4, 5]);
        assert!(set.swap_remove(&2));
        assert_eq!(set.into_iter().rev().collect::<Vec<_>>(), [4, 5]);
    }

    #[test]
    fn set_algebra_keeps_the_order() {
        let (first, second) = (Set::from([3, 1, 2]), Set::from([4, 2, 3]));
        let items = |set: Set<u32>| set.into_iter().collect::<Vec<_>>();
        assert_eq!(items(&first | &second), [3, 1, 2, 4]);
        assert_eq!(items(&first & &second), [3, 2]);
        assert_eq!(items(&first - &second), [1]);
        assert_eq!(items(&first ^ &second), [1, 4]);
        assert!((&first & &second).is_subset(&first) && first.is_superset(&Set::from([1])));
        assert!(first.is_disjoint(&Set::from([9])));
    }

    #[test]
    fn equality_ignores_the_order() {
        let mut set = Set::from([3, 1, 2]);
        assert_eq!(set, Set::from([1, 2, 3]));
        set.sort();
        assert_eq!(
            (set.first(), set.last(), set.get_index_of(&2)),
            (Some(&1), Some(&3), Some(1))
        );
        set.extend(&[9]);
        assert_ne!(set, Set::from([1, 2, 3]));
        assert_eq!(format!("{set:?}"), "{1, 2, 3, 9}");
        assert_eq!((set.drain(1..).count(), set.len()), (3, 1));
    }
}
