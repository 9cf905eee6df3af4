//! Complex numbers.

use super::{FromPython, IntoPython};
use crate::call::Returned;
use crate::callback;
use crate::error::Error;
use crate::layout::Layout;
use crate::object::{Any, Argument};
use crate::python::Python;
use crate::{Result, api};

/// A complex number: Python's `complex`.
///
/// It only stores the number; for calculations, convert it to a type of a numeric crate.
///
/// ```
/// use pyidl_runtime::Complex;
///
/// fn magnitude(z: Complex) -> f64 {
///     z.re.hypot(z.im)
/// }
/// assert_eq!(magnitude(Complex { re: 3.0, im: -4.0 }), 5.0);
/// assert_eq!(Complex::from(2.0), Complex { re: 2.0, im: 0.0 });
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Complex {
    /// The real part.
    pub re: f64,
    /// The imaginary part.
    pub im: f64,
}

impl From<f64> for Complex {
    fn from(re: f64) -> Self {
        Self { re, im: 0.0 }
    }
}

impl FromPython<'_> for Complex {
    const ROUNDS: bool = true;

    fn from_python_unrounded<L: Layout>(object: Argument<'_>, py: Python<'_>) -> Result<Complex> {
        super::float::expect_no_int(object)?;
        Complex::from_python::<L>(object, py)
    }

    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'_>) -> Result<Complex> {
        if object.is_instance(api::PyComplex_Type()) {
            return parts(object);
        }
        let class = object.class();
        let own = class.as_argument().optional_attribute(c"__complex__")?;
        if own.is_some() {
            let method = object.attribute(c"__complex__")?;
            let number = callback::call(method.as_raw(), &[], py)?;
            return match number.as_argument().is_instance(api::PyComplex_Type()) {
                true => parts(number.as_argument()),
                false => Err(Error::expected("complex", number.as_argument())),
            };
        }
        // As in Python, real numbers are accepted as complex ones.
        match f64::from_python::<L>(object, py) {
            Err(error) if error.is_mismatch() => Err(Error::expected("complex", object)),
            real => real.map(Complex::from),
        }
    }
}

/// Returns the parts of a `complex`.
fn parts(object: Argument<'_>) -> Result<Complex> {
    // SAFETY: a complex, alive and attached. The functions read the parts of such an object and cannot fail, except that from
    // 3.13 on they first call `__complex__` of a subclass.
    let (re, im) = unsafe {
        (
            api::PyComplex_RealAsDouble(object.as_raw()),
            api::PyComplex_ImagAsDouble(object.as_raw()),
        )
    };
    match Error::take(object.py()) {
        Some(error) => Err(error),
        None => Ok(Complex { re, im }),
    }
}

impl IntoPython for Complex {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        // SAFETY: attached.
        unsafe { Any::from_owned(py, api::PyComplex_FromDoubles(self.re, self.im)) }
    }
}
