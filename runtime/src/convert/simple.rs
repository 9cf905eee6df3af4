//! None, bool, optional values, and objects that are passed unchanged.

use super::exact::OnlyHere;
use super::{FromPython, IntoPython, Rest, keep, result};
use crate::call::Returned;
use crate::callback;
use crate::error::{Error, name_in};
use crate::layout::Layout;
use crate::object::{Any, Argument};
use crate::python::Python;
use crate::{Result, api, refcount};

impl IntoPython for () {
    #[inline(always)]
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        // SAFETY: None lives as long as the interpreter.
        Ok(unsafe {
            Any::from_owned_unchecked(py, refcount::incref_permanent::<L>(api::_Py_NoneStruct()))
        })
    }

    fn into_error<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        result::runtime_error(py, None)
    }
}

/// `None`, as the result of a callback that returns nothing.
impl<'py> FromPython<'py> for () {
    fn from_python<L: Layout>(_object: Argument<'_>, _py: Python<'py>) -> Result<()> {
        Ok(())
    }

    fn from_ok<L: Layout>(object: Argument<'_>, _py: Python<'py>) -> Result<()> {
        match object.is_none() {
            true => Ok(()),
            false => Err(Error::expected("None", object)),
        }
    }

    /// Accepts every exception, since nothing of it is kept.
    fn from_error<L: Layout>(object: Argument<'_>, _py: Python<'py>) -> Result<()> {
        result::expect_runtime_error(object)
    }
}

impl IntoPython for bool {
    #[inline(always)]
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        let object = if self {
            api::_Py_TrueStruct()
        } else {
            api::_Py_FalseStruct()
        };
        // SAFETY: the bools live as long as the interpreter.
        Ok(unsafe { Any::from_owned_unchecked(py, refcount::incref_permanent::<L>(object)) })
    }

    plain_lists! {}
}

impl FromPython<'_> for bool {
    const EXACT: bool = true;

    #[inline(always)]
    fn from_python<L: Layout>(object: Argument<'_>, _py: Python<'_>) -> Result<bool> {
        match bool::from_exact::<L>(object, OnlyHere) {
            Some(value) => Ok(value),
            None => numpy_bool(object),
        }
    }

    #[inline(always)]
    fn from_exact<L: Layout>(object: Argument<'_>, _: OnlyHere) -> Option<bool> {
        if object.as_raw() == api::_Py_TrueStruct() {
            Some(true)
        } else if object.as_raw() == api::_Py_FalseStruct() {
            Some(false)
        } else {
            None
        }
    }
}

/// Accepts NumPy's bool, which cannot be a subclass of Python's (`bool` allows none) but has the same meaning.
#[cold]
#[inline(never)]
fn numpy_bool(object: Argument<'_>) -> Result<bool> {
    let class = object.class();
    let is = |attribute, values: &[&str]| -> Result<bool> {
        let text = name_in(class.as_argument(), attribute)?;
        Ok(text.is_some_and(|text| values.contains(&text.as_str())))
    };
    if is(c"__module__", &["numpy"])? && is(c"__name__", &["bool", "bool_"])? {
        let _nested = callback::nest()?;
        // SAFETY: alive and attached.
        match unsafe { api::PyObject_IsTrue(object.as_raw()) } {
            -1 => Err(Error::fetch(object.py())),
            truth => Ok(truth != 0),
        }
    } else {
        Err(Error::expected("bool", object))
    }
}

impl<'py> FromPython<'py> for Any<'py> {
    #[inline(always)]
    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Any<'py>> {
        // SAFETY: alive; attached for 'py.
        Ok(unsafe { Any::from_borrowed(py, object.as_raw()) })
    }
}

impl IntoPython for Any<'_> {
    #[inline(always)]
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        // SAFETY: the reference is owned; both lifetimes are of the same attachment of this thread.
        Ok(unsafe { Any::from_owned_unchecked(py, self.into_raw()) })
    }

    plain_lists! {}
}

/// Returns the same object.
impl IntoPython for &Any<'_> {
    #[inline(always)]
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        Ok(keep(self.as_argument(), py))
    }
}

/// Returns the same object.
impl IntoPython for Argument<'_> {
    #[inline(always)]
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        Ok(keep(self, py))
    }
}

impl<'py, T: FromPython<'py>> FromPython<'py> for Option<T> {
    const EXACT: bool = T::EXACT;
    const ROUNDS: bool = T::ROUNDS;

    #[inline(always)]
    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Option<T>> {
        if object.is_none() {
            return Ok(None);
        }
        match T::from_python::<L>(object, py) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(error.or_none()),
        }
    }

    fn from_python_unrounded<L: Layout>(
        object: Argument<'_>,
        py: Python<'py>,
    ) -> Result<Option<T>> {
        if object.is_none() {
            return Ok(None);
        }
        match T::from_python_unrounded::<L>(object, py) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(error.or_none()),
        }
    }

    #[inline(always)]
    fn from_exact<L: Layout>(object: Argument<'_>, _: OnlyHere) -> Option<Option<T>> {
        if object.is_none() {
            return Some(None);
        }
        T::from_exact::<L>(object, OnlyHere).map(Some)
    }
}

impl<T: IntoPython> IntoPython for Option<T> {
    #[inline(always)]
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        match self {
            Some(value) => value.into_python::<L>(py),
            None => ().into_python::<L>(py),
        }
    }

    fn dismantle<'a>(self, rest: &mut Rest<'a>)
    where
        Self: 'a,
    {
        if let Some(value) = self {
            value.dismantle(rest);
        }
    }
}

impl<T: IntoPython> IntoPython for Box<T> {
    #[inline]
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        (*self).into_python::<L>(py)
    }

    fn dismantle<'a>(self, rest: &mut Rest<'a>)
    where
        Self: 'a,
    {
        (*self).dismantle(rest);
    }
}
