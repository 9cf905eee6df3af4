//! Methods of a [`Set`] that look up an item.

use super::Set;
use std::borrow::Borrow;
use std::hash::Hash;

impl<T: Hash + Eq> Set<T> {
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

    /// Replaces the item that is equal to this one and returns the old one. If there is none, adds the item at the end.
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

    /// Removes an item, and returns whether the set contained it. The others keep their order: every one after it moves by one
    /// place, so that the time grows with their number. [`swap_remove`](Set::swap_remove) moves a single item.
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

    /// Removes an item and returns it. The others keep their order, which takes as long as in [`remove`](Set::remove).
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

    /// Removes an item, and returns whether the set contained it. The last item moves to its place: this changes the order, but
    /// is fast in a set of any size.
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
}
