//! Conversions between Python and Rust: a trait for each direction, and one file per kind of type.
//!
//! Types accept what Python's own functions accept: an int wherever `__index__` returns one, a float wherever `__float__` does.
//! Fast paths read memory directly, and only for exact types. Everything else is in functions that are not generic and not
//! inlined, which keeps the code of a module small.

/// For types whose objects are made without running Python code: lists of them need not be hidden while they are filled.
macro_rules! plain_lists {
    () => {
        fn list_into_python<'py, L: crate::layout::Layout>(
            items: Vec<Self>,
            py: crate::python::Python<'py>,
        ) -> crate::call::Returned<'py> {
            crate::convert::into_plain_list::<L, Self>(items, py)
        }
    };
}

mod array;
pub(crate) mod bytes;
mod complex;
mod depth;
pub(crate) mod float;
mod frozenset;
pub(crate) mod integer;
mod list;
mod map;
pub(crate) mod memory;
mod normal;
pub(crate) mod path;
mod rest;
pub(crate) mod result;
mod set;
mod simple;
pub(crate) mod string;
pub(crate) mod tuple;
mod union;

pub use bytes::BytesArgument;
pub use complex::Complex;
pub use depth::{Depth, deeper};
pub use frozenset::FrozenSet;
pub(crate) use list::{into_list, into_plain_list};
pub use normal::Normalise;
pub(crate) use normal::keep;
pub use rest::{Contents, Rest, dismantled};
pub use union::{Union, UnionMembers};

use crate::Result;
use crate::call::Returned;
use crate::error::Step;
use crate::layout::{Layout, Probed};
use crate::object::{Any, Argument};
use crate::python::Python;

pub(crate) mod exact {
    /// A type that other crates cannot name, so that they cannot call or implement the methods that take it.
    #[derive(Clone, Copy)]
    pub struct OnlyHere;
}

/// A value that can be made from a Python object and does not borrow from it.
///
/// [`Any::extract`] makes it, also as an item of a [`Vec`], a [`Map`](crate::Map), a tuple and so on, and so do the results of a
/// [`Callback`](crate::Callback) and the items of an [`Iter`](crate::Iter). Generated code implements it for the types of the
/// interface file. You can implement it for others:
///
/// ```
/// use pyidl_runtime::{Any, Argument, Error, FromPython, Layout, Python, Result};
///
/// struct Point {
///     x: f64,
///     y: f64,
/// }
///
/// /// Any object with `x` and `y`, or a pair of numbers.
/// impl<'py> FromPython<'py> for Point {
///     fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Point> {
///         if let (Some(x), Some(y)) = (object.getattr_opt(c"x")?, object.getattr_opt(c"y")?) {
///             return Ok(Point { x: x.extract()?, y: y.extract()? });
///         }
///         match object.downcast::<(f64, f64)>()? {
///             Some((x, y)) => Ok(Point { x, y }),
///             None => Err(Error::expected("point", object)),
///         }
///     }
/// }
///
/// fn sum_of_x(points: &Any<'_>) -> Result<f64> {
///     let points: Vec<Point> = points.extract()?; // "item 2: expected point, got int"
///     Ok(points.iter().map(|point| point.x).sum())
/// }
/// ```
pub trait FromPython<'py>: Sized {
    /// Whether [`from_exact`](FromPython::from_exact) is worth trying for the items of a list.
    #[doc(hidden)]
    const EXACT: bool = false;

    /// Whether the objects are exceptions. If so, they are raised as errors themselves, not as the argument of a RuntimeError.
    #[doc(hidden)]
    const IS_EXCEPTION: bool = false;

    /// Whether an int can be converted to a float in it.
    #[doc(hidden)]
    const ROUNDS: bool = false;

    /// Converts an object to the value. `L` says how the memory of this Python's objects is read; pass it on to other conversions
    /// of the same object.
    ///
    /// ```
    /// use pyidl_runtime::{Argument, FromPython, Layout, Python, Result, exceptions::ValueError};
    ///
    /// struct Percent(u8);
    ///
    /// impl<'py> FromPython<'py> for Percent {
    ///     fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Percent> {
    ///         match u8::from_python::<L>(object, py)? {
    ///             percent @ ..=100 => Ok(Percent(percent)),
    ///             _ => Err(ValueError::new("expected at most 100"))?,
    ///         }
    ///     }
    /// }
    /// ```
    ///
    /// # Errors
    /// TypeError if the object is of another type ([`Error::expected`](crate::Error::expected) creates it), OverflowError if a number
    /// does not fit, or the exception of Python code that the conversion called.
    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Self>;

    /// Converts an object without converting ints to floats, since the object was an int too large for a preferred type.
    #[doc(hidden)]
    #[inline(always)]
    fn from_python_unrounded<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Self> {
        Self::from_python::<L>(object, py)
    }

    /// Records where the object was found, for values that convert more of it later. Their errors include that place.
    #[doc(hidden)]
    #[inline(always)]
    fn found_at(self, _step: impl FnOnce() -> Step) -> Self {
        self
    }

    /// Returns the value if it can be read without running any Python code. Only this crate can implement it, since callers read
    /// memory on that assumption.
    #[doc(hidden)]
    #[inline(always)]
    fn from_exact<L: Layout>(_object: Argument<'_>, _only: exact::OnlyHere) -> Option<Self> {
        None
    }

    /// Converts the value that stands for success in a [`Result`](std::result::Result).
    #[doc(hidden)]
    #[inline(always)]
    fn from_ok<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Self> {
        Self::from_python::<L>(object, py)
    }

    /// Converts the value that is the error in a [`Result`](std::result::Result).
    #[doc(hidden)]
    fn from_error<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Self> {
        match Self::IS_EXCEPTION {
            true => Self::from_python::<L>(object, py),
            false => result::argument_of_runtime_error(object, py),
        }
    }

    /// Converts what a callback returned or raised.
    #[doc(hidden)]
    fn from_call(outcome: Returned<'py>, py: Python<'py>) -> Result<Self> {
        result_of_callback(Self::from_python::<Probed>, outcome?, py)
    }

    /// Converts a sequence of such values.
    #[doc(hidden)]
    fn list_from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Vec<Self>> {
        list::from_sequence::<L, Self>(object, py)
    }
}

/// Converts what a callback returned.
fn result_of_callback<'py, T>(
    convert: impl FnOnce(Argument<'_>, Python<'py>) -> Result<T>,
    result: Any<'py>,
    py: Python<'py>,
) -> Result<T> {
    convert(result.as_argument(), py)
        .map_err(|error| error.at(|| Step::Part("result of the callback")))
}

/// A value that can be made from an argument of a call: every [`FromPython`] value, and those that borrow from the object.
pub trait FromArgument<'py>: Sized {
    /// Converts an argument to the value.
    ///
    /// # Errors
    /// As for [`FromPython::from_python`].
    fn from_argument<L: Layout>(argument: Argument<'py>) -> Result<Self>;

    /// Does the same as [`FromPython::found_at`].
    #[doc(hidden)]
    #[inline(always)]
    fn found_at(self, _step: impl FnOnce() -> Step) -> Self {
        self
    }
}

impl<'py, T: FromPython<'py>> FromArgument<'py> for T {
    #[inline(always)]
    fn from_argument<L: Layout>(argument: Argument<'py>) -> Result<T> {
        T::from_python::<L>(argument, argument.py())
    }

    #[inline(always)]
    fn found_at(self, step: impl FnOnce() -> Step) -> Self {
        FromPython::found_at(self, step)
    }
}

/// A value that can be converted to a Python object.
///
/// [`Python::object`] converts it, also as an item of a [`Vec`], a [`Map`](crate::Map), a tuple and so on, and so do the arguments
/// of calls. Generated code implements it for the types of the interface file. You can implement it for others:
///
/// ```
/// use pyidl_runtime::{Any, IntoPython, Layout, Python, Result};
///
/// struct Fraction {
///     numerator: i64,
///     denominator: i64,
/// }
///
/// impl IntoPython for Fraction {
///     fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Result<Any<'py>> {
///         let class = py.import("fractions")?.getattr(c"Fraction")?;
///         class.call((self.numerator, self.denominator))
///     }
/// }
///
/// fn halves(py: Python<'_>) -> Result<Any<'_>> {
///     py.object(vec![Fraction { numerator: 1, denominator: 2 }, Fraction { numerator: 3, denominator: 2 }])
/// }
/// ```
pub trait IntoPython: Sized {
    /// Whether the objects are exceptions.
    #[doc(hidden)]
    const IS_EXCEPTION: bool = false;

    /// Returns a new reference to the object. `L` says how the memory of this Python's objects is laid out; pass it on to the
    /// conversions of the parts.
    ///
    /// ```
    /// use pyidl_runtime::{Any, IntoPython, Layout, Python, Result};
    ///
    /// struct Point(f64, f64);
    ///
    /// impl IntoPython for Point {
    ///     fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Result<Any<'py>> {
    ///         (self.0, self.1).into_python::<L>(py)
    ///     }
    /// }
    /// ```
    ///
    /// # Errors
    /// MemoryError, or the exception that making the object raises.
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py>;

    /// Drops the value, except for the recursive values in it, which are dropped later.
    #[doc(hidden)]
    #[inline]
    fn dismantle<'a>(self, _rest: &mut Rest<'a>)
    where
        Self: 'a,
    {
    }

    /// Converts the error in a [`Result`](std::result::Result) to an exception object.
    #[doc(hidden)]
    fn into_error<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        let object = self.into_python::<L>(py)?;
        match Self::IS_EXCEPTION {
            true => Ok(object),
            false => result::runtime_error(py, Some(object)),
        }
    }

    /// Converts a sequence of such values.
    #[doc(hidden)]
    fn list_into_python<'py, L: Layout>(items: Vec<Self>, py: Python<'py>) -> Returned<'py> {
        into_list::<L, Self>(items, py)
    }
}

impl<'py> Argument<'py> {
    /// Converts a named value, such as the new value of a property.
    ///
    /// # Errors
    /// The error of its conversion, with the name.
    #[doc(hidden)]
    pub fn named<L: Layout, T: FromArgument<'py>>(self, name: &'static str) -> Result<T> {
        match T::from_argument::<L>(self) {
            Ok(value) => Ok(value.found_at(|| Step::Part(name))),
            Err(error) => Err(error.at(|| Step::Part(name))),
        }
    }

    /// Converts the other operand of an operator. Returns `None` if the operator does not support its type.
    ///
    /// # Errors
    /// Any other error of its conversion.
    #[doc(hidden)]
    pub fn operand<L: Layout, T: FromArgument<'py>>(self) -> Result<Option<T>> {
        match T::from_argument::<L>(self) {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.is_mismatch() => Ok(None),
            Err(error) => Err(error),
        }
    }
}
