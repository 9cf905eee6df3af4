//! Operations of [`Any`] for authors of modules: what Python code can do with an object.

mod attributes;
mod calls;
mod comparison;
mod items;
mod text;

pub use attributes::AttributeName;
pub use calls::Keywords;

use crate::convert::{FromPython, keep};
use crate::error::Error;
use crate::layout::Probed;
use crate::object::Any;
use crate::python::Python;
use crate::stack;
use crate::{Result, api, callback};
use std::ffi::c_int;

/// Returns the answer of a function of the C API that returns 1, 0, or -1 with an exception raised.
fn answer(py: Python<'_>, answer: c_int) -> Result<bool> {
    match answer {
        -1 => Err(Error::fetch(py)),
        answer => Ok(answer != 0),
    }
}

/// Returns the size that a function of the C API returned, which is -1 if an exception is raised.
fn size(py: Python<'_>, size: isize) -> Result<usize> {
    usize::try_from(size).map_err(|_| Error::fetch(py))
}

/// Identity, types and conversion.
impl<'py> Any<'py> {
    /// Converts the object to a Rust type, as if it were an argument of that type: numbers, strings, [`Vec`],
    /// [`Map`](crate::Map), records and classes of the interface file and so on.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Map, Result};
    /// fn total(prices: &Any<'_>) -> Result<f64> {
    ///     let prices: Map<String, f64> = prices.extract()?;
    ///     Ok(prices.values().sum())
    /// }
    /// ```
    ///
    /// # Errors
    /// TypeError if it is of another type, OverflowError if a number does not fit.
    pub fn extract<T: FromPython<'py>>(&self) -> Result<T> {
        // A conversion of the user's own may come back to this function for each level of nested values.
        stack::check()?;
        T::from_python::<Probed>(self.as_argument(), self.py())
    }

    /// Does the same as [`extract`](Any::extract), but returns `None` for an object of another type: for code that accepts
    /// several types.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn width(value: &Any<'_>) -> Result<usize> {
    ///     if let Some(text) = value.downcast::<String>()? {
    ///         return Ok(text.chars().count());
    ///     }
    ///     value.extract()
    /// }
    /// ```
    ///
    /// # Errors
    /// Every other error of the conversion: a number that does not fit, an item of another type in a list, an exception that
    /// Python code raised.
    pub fn downcast<T: FromPython<'py>>(&self) -> Result<Option<T>> {
        match self.extract() {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.is_mismatch() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Returns whether it is `None`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn size(limit: &Any<'_>) -> Result<Option<u64>> {
    ///     match limit.is_none() {
    ///         true => Ok(None),
    ///         false => limit.extract().map(Some), // the same as `limit.extract::<Option<u64>>()`
    ///     }
    /// }
    /// ```
    #[inline(always)]
    pub fn is_none(&self) -> bool {
        self.as_raw() == api::_Py_NoneStruct()
    }

    /// Returns whether both are the same object, like the operator `is`.
    ///
    /// For PyPy's `is`, numbers of one type and value are the same object; here they need not be.
    ///
    /// ```
    /// # use pyidl_runtime::Any;
    /// fn position(objects: &[Any<'_>], wanted: &Any<'_>) -> Option<usize> {
    ///     objects.iter().position(|object| object.is(wanted))
    /// }
    /// ```
    pub fn is(&self, other: &Any<'_>) -> bool {
        self.as_raw() == other.as_raw()
    }

    /// Returns its type: `type(object)`.
    ///
    /// ```
    /// # use pyidl_runtime::Any;
    /// fn are_alike(a: &Any<'_>, b: &Any<'_>) -> bool {
    ///     a.get_type().is(&b.get_type())
    /// }
    /// ```
    pub fn get_type(&self) -> Any<'py> {
        keep(self.as_argument().class().as_argument(), self.py())
    }

    /// Returns the name of its type without the module, `type(object).__qualname__`: for messages.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result, exceptions::TypeError};
    /// fn refuse(object: &Any<'_>) -> Result<()> {
    ///     Err(TypeError::new(format!("there is no table for {}", object.type_name()?)).into())
    /// }
    /// ```
    ///
    /// # Errors
    /// The exception that a metaclass raises.
    pub fn type_name(&self) -> Result<String> {
        self.get_type().getattr(c"__qualname__")?.extract()
    }

    /// Returns whether it is an instance of a class, or of one of the classes in a tuple: `isinstance(object, class)`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn is_mapping(object: &Any<'_>) -> Result<bool> {
    ///     let class = object.py().import("collections.abc")?.getattr(c"Mapping")?;
    ///     object.is_instance(&class)
    /// }
    /// ```
    ///
    /// # Errors
    /// TypeError if `class` is neither a class nor a tuple of classes; the exception that `__instancecheck__` raises.
    pub fn is_instance(&self, class: &Any<'_>) -> Result<bool> {
        let _nested = callback::nest()?;
        // SAFETY: live objects; attached.
        let is = unsafe { api::PyObject_IsInstance(self.as_raw(), class.as_raw()) };
        answer(self.py(), is)
    }

    /// Returns whether its type is this class, not a subclass: `type(object) is class`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn is_plain_dict(object: &Any<'_>) -> Result<bool> {
    ///     Ok(object.is_exact_instance(&object.py().import("builtins")?.getattr(c"dict")?))
    /// }
    /// ```
    pub fn is_exact_instance(&self, class: &Any<'_>) -> bool {
        self.as_argument().is_exactly::<Probed>(class.as_raw())
    }

    /// Returns whether it is a subclass of a class, or of one of the classes in a tuple: `issubclass(object, class)`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn is_an_error(class: &Any<'_>) -> Result<bool> {
    ///     class.is_subclass(&class.py().import("builtins")?.getattr(c"Exception")?)
    /// }
    /// ```
    ///
    /// # Errors
    /// TypeError if one of them is not a class; the exception that `__subclasscheck__` raises.
    pub fn is_subclass(&self, class: &Any<'_>) -> Result<bool> {
        let _nested = callback::nest()?;
        // SAFETY: live objects; attached.
        let is = unsafe { api::PyObject_IsSubclass(self.as_raw(), class.as_raw()) };
        answer(self.py(), is)
    }
}
