//! Immutable sets.

use super::{FromPython, IntoPython, Rest};
use crate::call::Returned;
use crate::layout::Layout;
use crate::object::{Any, Argument};
use crate::python::Python;
use crate::set::{self, Set};
use crate::{Result, api};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash, Hasher};
use std::ops::Deref;

/// An immutable set, which can therefore be an item of another set or the key of a map: Python's `frozenset`.
///
/// It has the read-only methods of a [`Set`]. It keeps insertion order, which does not affect equality.
///
/// ```
/// use pyidl_runtime::{FrozenSet, Set};
///
/// let genres = FrozenSet::from(["jazz", "pop"]);
/// assert!(genres.contains("pop"));
/// assert_eq!(genres, ["pop", "jazz"].into_iter().collect());
/// let albums: Set<_> = [genres.clone(), genres].into_iter().collect();
/// assert_eq!(albums.len(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct FrozenSet<T>(Set<T>);

impl<T> Deref for FrozenSet<T> {
    type Target = Set<T>;

    fn deref(&self) -> &Set<T> {
        &self.0
    }
}

impl<T> Default for FrozenSet<T> {
    fn default() -> Self {
        FrozenSet(Set::default())
    }
}

impl<T: Hash + Eq> PartialEq for FrozenSet<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T: Hash + Eq> Eq for FrozenSet<T> {}

impl<T: Hash> Hash for FrozenSet<T> {
    /// Hashes the items independently of their order.
    fn hash<H: Hasher>(&self, state: &mut H) {
        let hashers = BuildHasherDefault::<DefaultHasher>::default();
        let items = self.0.iter().map(|item| hashers.hash_one(item));
        state.write_usize(self.0.len());
        state.write_u64(items.fold(0, u64::wrapping_add));
    }
}

impl<T> From<Set<T>> for FrozenSet<T> {
    fn from(items: Set<T>) -> Self {
        FrozenSet(items)
    }
}

impl<T> From<FrozenSet<T>> for Set<T> {
    fn from(items: FrozenSet<T>) -> Self {
        items.0
    }
}

impl<T: Hash + Eq, const N: usize> From<[T; N]> for FrozenSet<T> {
    fn from(items: [T; N]) -> Self {
        items.into_iter().collect()
    }
}

impl<T: Hash + Eq> FromIterator<T> for FrozenSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        FrozenSet(items.into_iter().collect())
    }
}

impl<T> IntoIterator for FrozenSet<T> {
    type Item = T;
    type IntoIter = set::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a FrozenSet<T> {
    type Item = &'a T;
    type IntoIter = set::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'py, T: FromPython<'py> + Hash + Eq> FromPython<'py> for FrozenSet<T> {
    const ROUNDS: bool = T::ROUNDS;

    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<FrozenSet<T>> {
        Set::from_python::<L>(object, py).map(FrozenSet)
    }

    fn from_python_unrounded<L: Layout>(
        object: Argument<'_>,
        py: Python<'py>,
    ) -> Result<FrozenSet<T>> {
        Set::from_python_unrounded::<L>(object, py).map(FrozenSet)
    }
}

impl<T: IntoPython> IntoPython for FrozenSet<T> {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        let items = self.0.into_python::<L>(py)?;
        // SAFETY: attached; a live set, whose items are borrowed.
        unsafe { Any::from_owned(py, api::PyFrozenSet_New(items.as_raw())) }
    }

    fn dismantle<'a>(self, rest: &mut Rest<'a>)
    where
        Self: 'a,
    {
        self.0.dismantle(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::FrozenSet;
    use std::hash::{BuildHasher, RandomState};

    #[test]
    fn the_order_of_the_items_makes_no_difference() {
        let (first, second) = (FrozenSet::from([1, 2, 3]), FrozenSet::from([3, 1, 2]));
        let hashers = RandomState::new();
        assert_eq!(first, second);
        assert_eq!(hashers.hash_one(&first), hashers.hash_one(&second));
        for other in [
            FrozenSet::from([1, 2]),
            FrozenSet::default(),
            FrozenSet::from([6]),
        ] {
            assert_ne!(first, other);
            assert_ne!(hashers.hash_one(&first), hashers.hash_one(&other));
        }
    }
}
