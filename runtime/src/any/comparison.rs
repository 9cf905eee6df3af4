//! Comparisons, truth and hashes of objects.

use super::answer;
use crate::convert::IntoPython;
use crate::error::Error;
use crate::layout::Probed;
use crate::object::Any;
use crate::{Result, api, callback};
use std::ffi::c_int;

/// Comparison operators by their numbers in `Include/object.h`, which are part of the stable ABI.
#[derive(Clone, Copy)]
#[repr(i32)]
enum Operator {
    Less = 0,
    LessOrEqual = 1,
    Equal = 2,
    NotEqual = 3,
    Greater = 4,
    GreaterOrEqual = 5,
}

/// Comparisons, truth and hashes. They call methods of the objects, which may raise any exception: for that reason [`Any`] has
/// no `==` in Rust and cannot be a key of a [`Map`](crate::Map).
impl<'py> Any<'py> {
    fn compare(&self, other: impl IntoPython, operator: Operator) -> Result<bool> {
        let py = self.py();
        let other = other.into_python::<Probed>(py)?;
        let _nested = callback::nest()?;
        // SAFETY: live objects and one of the six numbers; attached.
        let result = unsafe {
            let result =
                api::PyObject_RichCompare(self.as_raw(), other.as_raw(), operator as c_int);
            Any::from_owned(py, result)?
        };
        result.is_truthy()
    }

    /// Returns `object == other`, for another object or for a value that is converted to one.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn count(items: &[Any<'_>], wanted: &Any<'_>) -> Result<usize> {
    ///     let mut count = 0;
    ///     for item in items {
    ///         count += usize::from(item.eq(wanted)?);
    ///     }
    ///     Ok(count)
    /// }
    ///
    /// fn is_yes(answer: &Any<'_>) -> Result<bool> {
    ///     answer.eq("yes")
    /// }
    /// ```
    ///
    /// # Errors
    /// The error of the conversion, or the exception that the comparison raises.
    pub fn eq(&self, other: impl IntoPython) -> Result<bool> {
        self.compare(other, Operator::Equal)
    }

    /// Returns `object != other`, for another object or for a value that is converted to one.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn has_changed(old: &Any<'_>, new: &Any<'_>) -> Result<bool> {
    ///     old.ne(new)
    /// }
    /// ```
    ///
    /// # Errors
    /// As for [`eq`](Any::eq).
    pub fn ne(&self, other: impl IntoPython) -> Result<bool> {
        self.compare(other, Operator::NotEqual)
    }

    /// Returns `object < other`, for another object or for a value that is converted to one.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn least<'py>(items: Vec<Any<'py>>) -> Result<Option<Any<'py>>> {
    ///     let mut least: Option<Any<'py>> = None;
    ///     for item in items {
    ///         if least.as_ref().map_or(Ok(true), |least| item.lt(least))? {
    ///             least = Some(item);
    ///         }
    ///     }
    ///     Ok(least)
    /// }
    /// ```
    ///
    /// # Errors
    /// As for [`eq`](Any::eq), and TypeError if the objects have no order.
    pub fn lt(&self, other: impl IntoPython) -> Result<bool> {
        self.compare(other, Operator::Less)
    }

    /// Returns `object <= other`, like [`lt`](Any::lt).
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn fits(size: &Any<'_>, limit: f64) -> Result<bool> {
    ///     size.le(limit)
    /// }
    /// ```
    ///
    /// # Errors
    /// As for [`lt`](Any::lt).
    pub fn le(&self, other: impl IntoPython) -> Result<bool> {
        self.compare(other, Operator::LessOrEqual)
    }

    /// Returns `object > other`, like [`lt`](Any::lt).
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn exceeds(size: &Any<'_>, limit: f64) -> Result<bool> {
    ///     size.gt(limit)
    /// }
    /// ```
    ///
    /// # Errors
    /// As for [`lt`](Any::lt).
    pub fn gt(&self, other: impl IntoPython) -> Result<bool> {
        self.compare(other, Operator::Greater)
    }

    /// Returns `object >= other`, like [`lt`](Any::lt).
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn reaches(size: &Any<'_>, limit: f64) -> Result<bool> {
    ///     size.ge(limit)
    /// }
    /// ```
    ///
    /// # Errors
    /// As for [`lt`](Any::lt).
    pub fn ge(&self, other: impl IntoPython) -> Result<bool> {
        self.compare(other, Operator::GreaterOrEqual)
    }

    /// Returns whether it counts as true in an `if` statement: `bool(object)`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn chosen<'py>(items: Vec<Any<'py>>, test: &Any<'py>) -> Result<Vec<Any<'py>>> {
    ///     let mut chosen = Vec::new();
    ///     for item in items {
    ///         if test.call((&item,))?.is_truthy()? {
    ///             chosen.push(item);
    ///         }
    ///     }
    ///     Ok(chosen)
    /// }
    /// ```
    ///
    /// # Errors
    /// The exception that `__bool__` or `__len__` raises.
    pub fn is_truthy(&self) -> Result<bool> {
        let _nested = callback::nest()?;
        // SAFETY: alive and attached.
        let truth = unsafe { api::PyObject_IsTrue(self.as_raw()) };
        answer(self.py(), truth)
    }

    /// Returns its hash: `hash(object)`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn hash_of_both(a: &Any<'_>, b: &Any<'_>) -> Result<isize> {
    ///     Ok(a.hash()? ^ b.hash()?.rotate_left(1))
    /// }
    /// ```
    ///
    /// # Errors
    /// TypeError if it has no hash, as a list has none; the exception that `__hash__` raises.
    pub fn hash(&self) -> Result<isize> {
        let _nested = callback::nest()?;
        // SAFETY: alive and attached. No object has the hash -1.
        match unsafe { api::PyObject_Hash(self.as_raw()) } {
            -1 => Err(Error::fetch(self.py())),
            hash => Ok(hash),
        }
    }
}
