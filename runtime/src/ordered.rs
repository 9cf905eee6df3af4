//! Iterators of [`Map`](crate::Map) and [`Set`](crate::Set). Each hides the iterator of the crate that implements the collection.

/// Defines iterators around others.
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

/// Makes iterators that only read cloneable, whatever their items are.
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

pub(crate) use {cloneable, iterators};
