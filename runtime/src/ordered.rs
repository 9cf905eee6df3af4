//! What [`Map`](crate::Map) and [`Set`](crate::Set) have in common. Both hide the crate `indexmap`, which implements them: they
//! forward to its types, and so do their iterators.

/// Implements the traits of a collection that holds another one: `Name<parameters>(inner): items type, references type`. `Iter` and
/// `IntoIter` are the collection's own iterators.
macro_rules! traits {
    (
        $(#[$equality:meta])*
        $name:ident<$key:ident $(, $value:ident)?>($inner:ident): items $item:ty, references $reference:ty
    ) => {
        impl<$key $(, $value)?> Default for $name<$key $(, $value)?> {
            #[inline]
            fn default() -> Self {
                $name($inner::default())
            }
        }

        impl<$key: std::fmt::Debug $(, $value: std::fmt::Debug)?> std::fmt::Debug for $name<$key $(, $value)?> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        $(#[$equality])*
        impl<$key: Hash + Eq $(, $value: PartialEq)?> PartialEq for $name<$key $(, $value)?> {
            fn eq(&self, other: &Self) -> bool {
                self.0 == other.0
            }
        }

        impl<$key: Hash + Eq $(, $value: Eq)?> Eq for $name<$key $(, $value)?> {}

        impl<$key: Hash + Eq $(, $value)?> FromIterator<$item> for $name<$key $(, $value)?> {
            #[inline]
            fn from_iter<I: IntoIterator<Item = $item>>(items: I) -> Self {
                $name($inner::from_iter(items))
            }
        }

        impl<$key: Hash + Eq $(, $value)?, const N: usize> From<[$item; N]> for $name<$key $(, $value)?> {
            #[inline]
            fn from(items: [$item; N]) -> Self {
                $name($inner::from(items))
            }
        }

        impl<$key: Hash + Eq $(, $value)?> Extend<$item> for $name<$key $(, $value)?> {
            #[inline]
            fn extend<I: IntoIterator<Item = $item>>(&mut self, items: I) {
                self.0.extend(items);
            }
        }

        impl<'a, $key: Hash + Eq + Copy $(, $value: Copy)?> Extend<$reference> for $name<$key $(, $value)?> {
            #[inline]
            fn extend<I: IntoIterator<Item = $reference>>(&mut self, items: I) {
                self.0.extend(items);
            }
        }

        impl<$key $(, $value)?> IntoIterator for $name<$key $(, $value)?> {
            type Item = $item;
            type IntoIter = IntoIter<$key $(, $value)?>;

            #[inline]
            fn into_iter(self) -> IntoIter<$key $(, $value)?> {
                IntoIter(self.0.into_iter())
            }
        }

        impl<'a, $key $(, $value)?> IntoIterator for &'a $name<$key $(, $value)?> {
            type Item = $reference;
            type IntoIter = Iter<'a, $key $(, $value)?>;

            #[inline]
            fn into_iter(self) -> Iter<'a, $key $(, $value)?> {
                self.iter()
            }
        }
    };
}

/// Defines iterators that hold another one: `Name<parameters>(inner) -> item`.
macro_rules! iterators {
    ($(
        $(#[$attribute:meta])*
        struct $name:ident<$($lifetime:lifetime,)? $($parameter:ident),+>($inner:ty) -> $item:ty;
    )*) => {$(
        $(#[$attribute])*
        pub struct $name<$($lifetime,)? $($parameter),+>(pub(crate) $inner);

        impl<$($lifetime,)? $($parameter),+> Iterator for $name<$($lifetime,)? $($parameter),+> {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<Self::Item> {
                self.0.next()
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                self.0.size_hint()
            }

            #[inline]
            fn count(self) -> usize {
                self.0.len()
            }

            #[inline]
            fn nth(&mut self, index: usize) -> Option<Self::Item> {
                self.0.nth(index)
            }
        }

        impl<$($lifetime,)? $($parameter),+> DoubleEndedIterator for $name<$($lifetime,)? $($parameter),+> {
            #[inline]
            fn next_back(&mut self) -> Option<Self::Item> {
                self.0.next_back()
            }
        }

        impl<$($lifetime,)? $($parameter),+> ExactSizeIterator for $name<$($lifetime,)? $($parameter),+> {
            #[inline]
            fn len(&self) -> usize {
                self.0.len()
            }
        }

        impl<$($lifetime,)? $($parameter),+> std::iter::FusedIterator for $name<$($lifetime,)? $($parameter),+> {}

        impl<$($lifetime,)? $($parameter: std::fmt::Debug),+> std::fmt::Debug for $name<$($lifetime,)? $($parameter),+> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

/// Implements `Clone` for iterators of references, which need no `Clone` of what they refer to.
macro_rules! cloneable {
    ($($name:ident<$($parameter:ident),+>)*) => {$(
        impl<$($parameter),+> Clone for $name<'_, $($parameter),+> {
            #[inline]
            fn clone(&self) -> Self {
                $name(self.0.clone())
            }
        }
    )*};
}

pub(crate) use {cloneable, iterators, traits};
