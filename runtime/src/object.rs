//! References to Python objects: owned ([`Any`]) and borrowed from the caller ([`Argument`]).

use crate::error::Error;
use crate::ffi::{PyObject, Raw};
use crate::layout::{Layout, Probed};
use crate::python::Python;
use crate::{Result, api, callback, refcount};
use std::ffi::CStr;
use std::marker::PhantomData;
use std::ops::Deref;
use std::ptr::NonNull;

/// A reference to any Python object, owned while the thread is attached: `any` and `object` in the interface file.
///
/// Its methods are what Python code can do with an object. They return [`Result`], since nearly all of them can run Python code that
/// raises an exception. Most take values of Rust as well as objects: `object.get_item(0)`, `object.eq("yes")`.
///
/// ```
/// # use pyidl_runtime::{Any, Result};
/// fn describe(object: &Any<'_>) -> Result<String> {
///     if object.is_none() {
///         return Ok("nothing".to_owned());
///     }
///     if object.is_callable() {
///         return object.getattr(c"__name__")?.extract();
///     }
///     Ok(match object.hasattr(c"__len__")? {
///         true => format!("{} with {} items", object.type_name()?, object.len()?),
///         false => object.type_name()?,
///     })
/// }
/// ```
///
/// A clone is another reference to the same object. An object that Rust data keeps beyond the call is a [`Handle`](crate::Handle).
#[repr(transparent)]
pub struct Any<'py> {
    raw: NonNull<PyObject>,
    py: PhantomData<Python<'py>>,
}

/// The name of [`Any`] in code of this crate that uses objects for its own purposes.
pub type Object<'py> = Any<'py>;

impl<'py> Any<'py> {
    /// Takes ownership of a new reference; null means that an exception was raised.
    ///
    /// # Safety
    /// `raw` is null with an exception set, or a reference that the caller owns and gives up.
    #[inline(always)]
    pub(crate) unsafe fn from_owned(py: Python<'py>, raw: Raw) -> Result<Any<'py>> {
        match NonNull::new(raw) {
            Some(raw) => Ok(Any {
                raw,
                py: PhantomData,
            }),
            None => Err(Error::fetch(py)),
        }
    }

    /// Takes ownership of a new reference.
    ///
    /// # Safety
    /// `raw` is not null, and a reference that the caller owns and gives up.
    #[inline(always)]
    pub(crate) unsafe fn from_owned_unchecked(_py: Python<'py>, raw: Raw) -> Any<'py> {
        Any {
            // SAFETY: not null (caller).
            raw: unsafe { NonNull::new_unchecked(raw) },
            py: PhantomData,
        }
    }

    /// Creates a new reference to a live object.
    ///
    /// # Safety
    /// `raw` is not null, and alive.
    #[inline(always)]
    pub(crate) unsafe fn from_borrowed(py: Python<'py>, raw: Raw) -> Any<'py> {
        // SAFETY: alive (caller), attached (`py`).
        unsafe {
            refcount::incref::<Probed>(raw);
            Any::from_owned_unchecked(py, raw)
        }
    }

    /// Gives up the reference without decrementing the count.
    #[inline(always)]
    pub(crate) fn into_raw(self) -> Raw {
        std::mem::ManuallyDrop::new(self).raw.as_ptr()
    }

    #[inline(always)]
    pub(crate) fn as_raw(&self) -> Raw {
        self.raw.as_ptr()
    }

    /// Returns the proof that the thread is attached, which every object carries.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn copy<'py>(object: &Any<'py>) -> Result<Any<'py>> {
    ///     object.py().import("copy")?.call_method(c"copy", (object,))
    /// }
    /// ```
    #[inline(always)]
    pub fn py(&self) -> Python<'py> {
        // SAFETY: an `Any<'py>` is made from a `Python<'py>` and does not leave its thread.
        unsafe { Python::assume_attached() }
    }

    /// Returns an attribute.
    ///
    /// # Errors
    /// AttributeError, or the exception that the lookup raises.
    pub(crate) fn attribute(&self, name: &CStr) -> Result<Any<'py>> {
        let _nested = callback::nest()?;
        // SAFETY: alive and attached.
        unsafe {
            Any::from_owned(
                self.py(),
                api::PyObject_GetAttrString(self.as_raw(), name.as_ptr()),
            )
        }
    }

    /// Returns the object, borrowed for a conversion: [`FromPython::from_python`](crate::FromPython::from_python) takes it.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, FromPython, Layout, Result};
    /// fn convert<'py, L: Layout, T: FromPython<'py>>(object: &Any<'py>) -> Result<T> {
    ///     T::from_python::<L>(object.as_argument(), object.py())
    /// }
    /// ```
    #[inline(always)]
    pub fn as_argument(&self) -> Argument<'_> {
        Argument {
            raw: self.raw,
            py: PhantomData,
        }
    }
}

impl Clone for Any<'_> {
    fn clone(&self) -> Self {
        // SAFETY: alive, since `self` owns a reference.
        unsafe { Any::from_borrowed(self.py(), self.as_raw()) }
    }
}

impl Drop for Any<'_> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: `self` owns a reference; attached, since an `Any` does not leave its thread nor enter `detach`.
        unsafe { refcount::decref::<Probed>(self.raw.as_ptr()) };
    }
}

/// Returns the result of an attribute lookup, or `None` if there is no such attribute: only an AttributeError means that.
///
/// # Errors
/// Any other exception that the lookup raised.
pub(crate) fn if_there<'py>(
    py: Python<'py>,
    attribute: Result<Any<'py>>,
) -> Result<Option<Any<'py>>> {
    match attribute {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.is_instance_of(py, api::PyExc_AttributeError) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A Python object that other code keeps alive for `'py`: an argument for the time of the call, an item of a tuple. Conversions
/// ([`FromPython`](crate::FromPython)) get one, so that they need not count a reference.
///
/// It has the methods of [`Any`].
///
/// ```
/// # use pyidl_runtime::{Argument, Error, Result};
/// fn even_length(object: Argument<'_>) -> Result<usize> {
///     match object.len()? {
///         length if length % 2 == 0 => Ok(length),
///         _ => Err(Error::expected("pairs", object)),
///     }
/// }
/// ```
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Argument<'py> {
    raw: NonNull<PyObject>,
    py: PhantomData<Python<'py>>,
}

impl<'py> Deref for Argument<'py> {
    type Target = Any<'py>;

    #[inline(always)]
    fn deref(&self) -> &Any<'py> {
        // SAFETY: both types are a pointer to the object, by `repr(transparent)`. The object is alive and the thread attached for
        // 'py (see `from_raw`); the reference that an `Any` stands for is not given up through `&Any`.
        unsafe { &*(&raw const *self).cast::<Any<'py>>() }
    }
}

impl<'py> Argument<'py> {
    /// # Safety
    /// `raw` is not null, and alive for `'py`, during which the thread is attached.
    #[inline(always)]
    pub(crate) unsafe fn from_raw(raw: Raw) -> Argument<'py> {
        Argument {
            // SAFETY: not null (caller).
            raw: unsafe { NonNull::new_unchecked(raw) },
            py: PhantomData,
        }
    }

    #[inline(always)]
    pub(crate) fn as_raw(self) -> Raw {
        self.raw.as_ptr()
    }

    /// Returns a new owned reference.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Argument};
    /// fn kept<'py>(argument: Argument<'py>) -> Vec<Any<'py>> {
    ///     vec![argument.to_object()]
    /// }
    /// ```
    #[inline(always)]
    pub fn to_object(self) -> Any<'py> {
        // SAFETY: alive for 'py.
        unsafe { Any::from_borrowed(self.py(), self.as_raw()) }
    }

    /// Returns the object's type. A reference is held: Python code that runs meanwhile, such as a metaclass's, can give the object
    /// another type and drop this one.
    pub(crate) fn class(self) -> Any<'py> {
        // SAFETY: alive and attached; no code runs before the reference is taken.
        unsafe { Any::from_borrowed(self.py(), refcount::type_of::<Probed>(self.as_raw())) }
    }

    /// Returns an attribute, or `None` if it does not exist: only an AttributeError means that.
    ///
    /// # Errors
    /// Any other exception that the lookup raises, such as KeyboardInterrupt.
    pub(crate) fn optional_attribute(self, name: &CStr) -> Result<Option<Any<'py>>> {
        if_there(self.py(), self.attribute(name))
    }

    /// Returns whether the object's type is exactly `class`, not a subclass.
    #[inline(always)]
    pub(crate) fn is_exactly<L: Layout>(self, class: Raw) -> bool {
        // SAFETY: alive and attached.
        unsafe { refcount::type_of::<L>(self.as_raw()) == class }
    }

    /// Returns whether the object's type is `class` or a subclass (without `__instancecheck__`).
    pub(crate) fn is_instance(self, class: Raw) -> bool {
        // SAFETY: alive and attached.
        unsafe {
            let own = refcount::type_of::<Probed>(self.as_raw());
            own == class || api::PyType_IsSubtype(own, class) != 0
        }
    }
}
