//! Calls of objects.

use super::AttributeName;
use crate::callback::{self, CallbackArguments};
use crate::convert::IntoPython;
use crate::convert::exact::OnlyHere;
use crate::error::{Error, Step};
use crate::layout::Probed;
use crate::map::Map;
use crate::object::Any;
use crate::{Result, api};

/// The keyword arguments of a call: a tuple of names and values, `(("sep", ","), ("width", 4))`; an array or a [`Vec`] of such pairs,
/// whose values have one type; or a [`Map`].
///
/// A name is `"name"`, `c"name"` or a `str` object. The trait cannot be implemented for other types.
///
/// ```
/// # use pyidl_runtime::{Any, Map, Result};
/// fn request<'py>(client: &Any<'py>, url: &str, headers: Map<String, String>) -> Result<Any<'py>> {
///     client.call_method_with(c"get", (url,), (("timeout", 2.5), ("headers", headers)))
/// }
/// ```
pub trait Keywords {
    /// Sets the items of a dict to the values.
    #[doc(hidden)]
    fn fill(self, dict: &Any<'_>, _: OnlyHere) -> Result<()>;
}

/// Adds a keyword argument.
fn add(dict: &Any<'_>, name: impl AttributeName, value: impl IntoPython) -> Result<()> {
    let py = dict.py();
    let name = name
        .into_name(py, OnlyHere)
        .map_err(|error| error.at(|| Step::Part("name of a keyword argument")))?;
    let value = value.into_python::<Probed>(py)?;
    // SAFETY: a dict, alive and attached.
    let length = || unsafe { api::PyDict_Size(dict.as_raw()) };
    let others = length();
    callback::set_item(dict, &name, &value)?;
    match length() > others {
        true => Ok(()),
        false => Err(Error::type_error(format!(
            "two values for keyword argument {name:?}"
        ))),
    }
}

impl<N: AttributeName, V: IntoPython, const COUNT: usize> Keywords for [(N, V); COUNT] {
    fn fill(self, dict: &Any<'_>, _: OnlyHere) -> Result<()> {
        self.into_iter()
            .try_for_each(|(name, value)| add(dict, name, value))
    }
}

impl<N: AttributeName, V: IntoPython> Keywords for Vec<(N, V)> {
    fn fill(self, dict: &Any<'_>, _: OnlyHere) -> Result<()> {
        self.into_iter()
            .try_for_each(|(name, value)| add(dict, name, value))
    }
}

impl<V: IntoPython> Keywords for Map<String, V> {
    fn fill(self, dict: &Any<'_>, _: OnlyHere) -> Result<()> {
        self.into_iter()
            .try_for_each(|(name, value)| add(dict, &name, value))
    }
}

macro_rules! keywords {
    ($(($($name:ident $value:ident $index:tt),*);)*) => {$(
        impl<$($name: AttributeName, $value: IntoPython),*> Keywords for ($(($name, $value),)*) {
            fn fill(self, _dict: &Any<'_>, _: OnlyHere) -> Result<()> {
                $(add(_dict, self.$index.0, self.$index.1)?;)*
                Ok(())
            }
        }
    )*};
}

keywords! {
    ();
    (A T 0);
    (A T 0, B U 1);
    (A T 0, B U 1, C V 2);
    (A T 0, B U 1, C V 2, D W 3);
    (A T 0, B U 1, C V 2, D W 3, E X 4);
    (A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5);
    (A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6);
    (A T 0, B U 1, C V 2, D W 3, E X 4, F Y 5, G Z 6, H S 7);
}

/// Calls.
impl<'py> Any<'py> {
    /// Returns whether it can be called: `callable(object)`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn value_of<'py>(object: Any<'py>) -> Result<Any<'py>> {
    ///     match object.is_callable() {
    ///         true => object.call(()),
    ///         false => Ok(object),
    ///     }
    /// }
    /// ```
    pub fn is_callable(&self) -> bool {
        // SAFETY: alive and attached; the function only looks at the type.
        unsafe { api::PyCallable_Check(self.as_raw()) != 0 }
    }

    /// Calls it with a tuple of arguments: `f.call((1, "a"))?`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn larger<'py>(max: &Any<'py>, a: &Any<'py>, b: &Any<'py>) -> Result<Any<'py>> {
    ///     max.call((a, b))
    /// }
    /// ```
    ///
    /// # Errors
    /// The error of an argument's conversion, or the exception that the object raises.
    pub fn call(&self, arguments: impl CallbackArguments) -> Result<Any<'py>> {
        let py = self.py();
        arguments.with_objects(
            py,
            |objects| callback::call(self.as_raw(), objects, py),
            OnlyHere,
        )
    }

    /// Calls it with positional and keyword arguments: `f.call_with((1, "a"), (("key", 2),))?`.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Python, Result};
    /// fn warn(py: Python<'_>, message: &str, category: &Any<'_>) -> Result<()> {
    ///     let warn = py.import("warnings")?.getattr(c"warn")?;
    ///     warn.call_with((message,), (("category", category), ("stacklevel", 2))).map(drop)
    /// }
    /// ```
    ///
    /// # Errors
    /// The error of an argument's conversion; TypeError if a keyword is given twice; the exception that the object raises.
    pub fn call_with(
        &self,
        arguments: impl CallbackArguments,
        keywords: impl Keywords,
    ) -> Result<Any<'py>> {
        let py = self.py();
        // SAFETY: attached.
        let dict = unsafe { Any::from_owned(py, api::PyDict_New())? };
        keywords.fill(&dict, OnlyHere)?;
        let call = |objects: &[Any<'py>]| {
            callback::call_with_dict(self.as_raw(), objects, Some(&dict), py)
        };
        arguments.with_objects(py, call, OnlyHere)
    }

    /// Calls a method with a tuple of arguments.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn title(text: &Any<'_>) -> Result<String> {
    ///     text.call_method(c"title", ())?.extract()
    /// }
    /// ```
    ///
    /// # Errors
    /// As for [`getattr`](Any::getattr) and [`call`](Any::call).
    pub fn call_method(
        &self,
        name: impl AttributeName,
        arguments: impl CallbackArguments,
    ) -> Result<Any<'py>> {
        self.getattr(name)?.call(arguments)
    }

    /// Calls a method with positional and keyword arguments.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// fn lines<'py>(text: &Any<'py>) -> Result<Vec<String>> {
    ///     text.call_method_with(c"splitlines", (), (("keepends", true),))?.extract()
    /// }
    /// ```
    ///
    /// # Errors
    /// As for [`getattr`](Any::getattr) and [`call_with`](Any::call_with).
    pub fn call_method_with(
        &self,
        name: impl AttributeName,
        arguments: impl CallbackArguments,
        keywords: impl Keywords,
    ) -> Result<Any<'py>> {
        self.getattr(name)?.call_with(arguments, keywords)
    }
}
