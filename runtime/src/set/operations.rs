//! Operations on two sets.

use super::Set;
use std::hash::Hash;
use std::ops::{BitAnd, BitOr, BitXor, Sub};

impl<T: Hash + Eq> Set<T> {
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
    /// `&one | &other` collects clones of the items of the [`union`](Set::union).
    BitOr bitor union;
    /// `&one & &other` collects clones of the items of the [`intersection`](Set::intersection).
    BitAnd bitand intersection;
    /// `&one - &other` collects clones of the items of the [`difference`](Set::difference).
    Sub sub difference;
    /// `&one ^ &other` collects clones of the items of the [`symmetric_difference`](Set::symmetric_difference).
    BitXor bitxor symmetric_difference;
}

#[cfg(test)]
mod tests {
    use super::Set;

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
}
