//! Errors between Rust and Python. They are raised only when control returns to Python.

mod conversion;
mod raised;
mod shown;
mod text;

use crate::call::Returned;
use crate::callback;
use crate::convert::exact::OnlyHere;
use crate::exceptions::{Builtin, BuiltinException, IntoException};
use crate::handle::Handle;
use crate::object::{Any, Argument};
use crate::python::Python;
use crate::{Result, api};
use conversion::Conversion;
use raised::{Origin, raise_object, set_message, take_raised};
use std::alloc::Layout;
use std::borrow::Cow;
use std::ffi::CStr;

pub(crate) use conversion::Step;
use shown::qualified_type_name;
pub(crate) use shown::{name_in, repr, shortened, type_name};

/// An exception on its way to Python: raised by Python, created in Rust, or caused by a value that could not be converted.
///
/// Any exception type of [`exceptions`](crate::exceptions) or of an interface file is converted to it by `?` or `.into()`, and so are
/// errors of the standard library: those of parsing and of I/O become the exceptions that Python raises in such cases.
///
/// ```
/// use pyidl_runtime::{Any, Result, exceptions::ValueError};
///
/// fn port(settings: &Any<'_>) -> Result<u16> {
///     let text: String = settings.get_item("port")?.extract()?; // KeyError, TypeError
///     let port = text.parse()?; // ValueError
///     match port {
///         0 => Err(ValueError::new("there is no port 0"))?,
///         port => Ok(port),
///     }
/// }
/// ```
pub struct Error(Content);

/// `None` is a MemoryError, so that it needs no allocation.
type Content = Option<Box<Kind>>;

static OUT_OF_MEMORY: Kind = Kind::Builtin(api::PyExc_MemoryError, Cow::Borrowed("out of memory"));

enum Kind {
    /// An exception object: raised by Python and taken from the thread, or created and not raised yet.
    Raised(Handle, Origin),
    /// One of Python's built-in exceptions, which is created from a message.
    Builtin(BuiltinException, Cow<'static, str>),
    /// An exception that is created when it is raised.
    Lazy(Box<dyn LazyException>),
    Conversion(Conversion),
}

/// An exception that is converted to a Python object when it is raised.
trait LazyException: Send + Sync {
    fn make<'py>(self: Box<Self>, py: Python<'py>) -> Result<Any<'py>>;
    fn describe(&self) -> String;
    fn class(&self) -> Option<BuiltinException>;
}

impl<E: IntoException> LazyException for E {
    fn class(&self) -> Option<BuiltinException> {
        IntoException::class(self, OnlyHere)
    }

    fn make<'py>(self: Box<Self>, py: Python<'py>) -> Result<Any<'py>> {
        let exception = (*self).into_exception(py)?;
        if exception
            .as_argument()
            .is_instance(api::PyExc_BaseException())
        {
            return Ok(exception);
        }
        let (own, made) = (
            std::any::type_name::<E>(),
            type_name(exception.as_argument())?,
        );
        let message =
            format!("into_exception of {own} should have returned an exception, not {made}");
        Err(Error::type_error(message))
    }
    fn describe(&self) -> String {
        IntoException::describe(self)
    }
}

/// Creates an exception and raises it, or the error of creating it. That can be another one that has to be created first, without
/// an end.
fn raise_made(exception: Box<dyn LazyException>, py: Python<'_>) {
    let made = callback::nest().map(|nested| (exception.make(py), nested));
    match made {
        Ok((Ok(exception), _)) => raise_object(exception, Origin::New),
        Ok((Err(error), _nested)) => error.raise(py),
        Err(too_deep) => too_deep.raise(py),
    }
}

impl<E: IntoException> From<E> for Error {
    #[cold]
    fn from(exception: E) -> Error {
        match exception.into_message(OnlyHere) {
            Ok((class, message)) => Error::builtin(class, message),
            Err(exception) => Error::new(Kind::Lazy(Box::new(exception))),
        }
    }
}

impl Error {
    /// Creates an error of this kind, or a MemoryError if there is no memory for it.
    #[cold]
    fn new(kind: Kind) -> Error {
        const LAYOUT: Layout = Layout::new::<Kind>();
        // SAFETY: the layout is not empty. The allocated memory is written completely, and has the allocator and layout with
        // which `Box` frees it.
        let content = unsafe {
            let place = std::alloc::alloc(LAYOUT).cast::<Kind>();
            (!place.is_null()).then(|| {
                place.write(kind);
                Box::from_raw(place)
            })
        };
        Error(content)
    }

    /// Creates a MemoryError, without an allocation.
    #[cold]
    pub(crate) fn out_of_memory() -> Error {
        Error(None)
    }

    fn kind(&self) -> &Kind {
        self.0.as_deref().unwrap_or(&OUT_OF_MEMORY)
    }

    #[cold]
    pub(crate) fn builtin(
        exception: BuiltinException,
        message: impl Into<Cow<'static, str>>,
    ) -> Error {
        Error::new(Kind::Builtin(exception, message.into()))
    }

    pub(crate) fn type_error(message: impl Into<Cow<'static, str>>) -> Error {
        Error::builtin(api::PyExc_TypeError, message)
    }

    pub(crate) fn value_error(message: impl Into<Cow<'static, str>>) -> Error {
        Error::builtin(api::PyExc_ValueError, message)
    }

    pub(crate) fn runtime_error(message: impl Into<Cow<'static, str>>) -> Error {
        Error::builtin(api::PyExc_RuntimeError, message)
    }

    pub(crate) fn import_error(message: impl Into<Cow<'static, str>>) -> Error {
        Error::builtin(api::PyExc_ImportError, message)
    }

    /// Creates the TypeError for an object of another type than the expected one, in [`FromPython`](crate::FromPython).
    ///
    /// The message is "expected …, got int". Containers and calls add the place of the object: "argument 'sizes': item 2: …". Where
    /// several types are accepted, this error says that the object is of another type; the next one is then tried, and
    /// [`Any::downcast`] returns `None`.
    ///
    /// ```
    /// # use pyidl_runtime::{Argument, Error, Result};
    /// fn expect_callable(object: Argument<'_>) -> Result<()> {
    ///     match object.is_callable() {
    ///         true => Ok(()),
    ///         false => Err(Error::expected("callable", object)),
    ///     }
    /// }
    /// ```
    #[cold]
    #[inline(never)]
    pub fn expected(expected: impl Into<Cow<'static, str>>, object: Argument<'_>) -> Error {
        match type_name(object) {
            Ok(got) => Error::conversion(api::PyExc_TypeError, expected.into(), got),
            Err(raised) => raised,
        }
    }

    /// Creates a TypeError: `object` is not an instance of an exported type. `name` includes the type's module, `short_name` does
    /// not.
    #[cold]
    #[inline(never)]
    pub(crate) fn expected_type(
        short_name: &'static str,
        name: &'static CStr,
        object: Argument<'_>,
    ) -> Error {
        let names = || -> Result<(Cow<'static, str>, String)> {
            let got = type_name(object)?;
            if got != short_name {
                return Ok((short_name.into(), got));
            }
            // Another module has a type of the same name.
            let expected = name.to_string_lossy();
            let got = qualified_type_name(object)?;
            Ok(match got == expected {
                true => (expected, format!("another {got}")),
                false => (expected, got),
            })
        };
        match names() {
            Ok((expected, got)) => Error::conversion(api::PyExc_TypeError, expected, got),
            Err(raised) => raised,
        }
    }

    /// Creates an error for a value that does not have the declared type; `got` describes the value.
    #[cold]
    #[inline(never)]
    pub(crate) fn conversion(
        exception: BuiltinException,
        expected: Cow<'static, str>,
        got: String,
    ) -> Error {
        Error::new(Kind::Conversion(Conversion {
            exception,
            expected,
            got,
            path: Vec::new(),
            no_int: false,
        }))
    }

    /// Adds where the value was found. Exceptions that Python code raised are not changed.
    #[cold]
    #[inline(never)]
    pub(crate) fn at(mut self, step: impl FnOnce() -> Step) -> Error {
        if let Some(Kind::Conversion(conversion)) = self.0.as_deref_mut() {
            conversion.path.push(step());
        }
        self
    }

    /// Adds the name of the field in which the value was found, in [`FromPython`](crate::FromPython) for an object with several
    /// parts.
    ///
    /// The message becomes "field 'x': expected float, got str". The error then says that the object itself is of the right type:
    /// no other type is tried, and [`Any::downcast`] fails with it. Exceptions that Python code raised are not changed.
    ///
    /// ```
    /// # use pyidl_runtime::{Argument, FromPython, Layout, Python, Result};
    /// struct Range { start: i64, stop: i64 }
    ///
    /// impl<'py> FromPython<'py> for Range {
    ///     fn from_python<L: Layout>(object: Argument<'_>, _py: Python<'py>) -> Result<Range> {
    ///         let part = |name: &'static str| -> Result<i64> {
    ///             object.getattr(name)?.extract().map_err(|error| error.in_field(name))
    ///         };
    ///         Ok(Range { start: part("start")?, stop: part("stop")? })
    ///     }
    /// }
    /// ```
    pub fn in_field(self, name: &'static str) -> Error {
        self.at(|| Step::Field(name))
    }

    /// Does the same as [`at`](Self::at), where describing the place runs Python code.
    #[cold]
    #[inline(never)]
    pub(crate) fn at_shown(mut self, step: impl FnOnce() -> Result<Step>) -> Error {
        if let Some(Kind::Conversion(conversion)) = self.0.as_deref_mut() {
            match step() {
                Ok(step) => conversion.path.push(step),
                Err(raised) => return raised,
            }
        }
        self
    }

    /// Makes the message say that None is accepted as well, for an optional value.
    #[cold]
    pub(crate) fn or_none(mut self) -> Error {
        if let Some(Kind::Conversion(conversion)) = self.0.as_deref_mut()
            && conversion.path.is_empty()
        {
            conversion.expected = format!("{} or None", conversion.expected).into();
        }
        self
    }

    /// Returns the exception that Python code has raised, if this is one.
    pub(crate) fn raised<'py>(&self, py: Python<'py>) -> Option<Any<'py>> {
        match self.kind() {
            Kind::Raised(exception, _) => exception.bind(py),
            _ => None,
        }
    }

    /// Combines the error with `other`, that of another accepted type. `other` also has the best description of the value.
    #[cold]
    pub(crate) fn or(mut self, other: Error) -> Error {
        let other = other.0.map(|other| *other);
        if let (Some(Kind::Conversion(conversion)), Some(Kind::Conversion(other))) =
            (self.0.as_deref_mut(), other)
        {
            conversion.expected = format!("{} or {}", conversion.expected, other.expected).into();
            conversion.got = other.got;
        }
        self
    }

    /// Returns whether this is a value that could not be converted, not an exception of Python code.
    pub(crate) fn is_conversion(&self) -> bool {
        matches!(self.kind(), Kind::Conversion(_))
    }

    /// Combines the errors of several types for one object. Returns `None` if there are none.
    #[cold]
    pub(crate) fn none_of(errors: Vec<Error>) -> Option<Error> {
        let conversions = errors.into_iter().filter_map(|error| match *error.0? {
            Kind::Conversion(conversion) => Some(conversion),
            _ => None,
        });
        let conversion = Conversion::none_of(conversions.collect())?;
        Some(Error::new(Kind::Conversion(conversion)))
    }

    /// Creates an error for an int that fits none of the accepted integer types.
    #[cold]
    pub(crate) fn no_int(mut self) -> Error {
        if let Some(Kind::Conversion(conversion)) = self.0.as_deref_mut() {
            conversion.no_int = true;
        }
        self
    }

    /// Returns whether this is an int that did not fit, wherever it was found.
    pub(crate) fn is_no_int(&self) -> bool {
        matches!(self.kind(), Kind::Conversion(conversion) if conversion.no_int)
    }

    /// Returns whether the value itself has the wrong type, as opposed to a value inside it, one that is out of range, or an
    /// exception of Python code.
    pub(crate) fn is_mismatch(&self) -> bool {
        match self.kind() {
            Kind::Conversion(conversion) => conversion.is_mismatch(),
            _ => false,
        }
    }

    /// Takes the exception that Python has raised on this thread, if there is one.
    pub(crate) fn take(py: Python<'_>) -> Option<Error> {
        take_raised(py).map(Error::raised_here)
    }

    /// Wraps an exception object that was created and not raised.
    #[cold]
    pub(crate) fn of_object(exception: Returned<'_>) -> Error {
        match exception {
            Ok(exception) => Error::new(Kind::Raised(Handle::new(exception), Origin::New)),
            Err(error) => error,
        }
    }

    /// Wraps the exception that Python has just raised.
    fn raised_here(exception: Any<'_>) -> Error {
        let origin = Origin::here(exception.py());
        Error::new(Kind::Raised(Handle::new(exception), origin))
    }

    /// Returns whether this is an exception of a built-in class or a subclass of it, as `except` checks. Exceptions of interface
    /// files that were created in Rust and have not been raised yet have no class.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result, exceptions::KeyError};
    /// fn get<'py>(mapping: &Any<'py>, key: &str) -> Result<Option<Any<'py>>> {
    ///     match mapping.call_method("__getitem__", (key,)) {
    ///         Err(error) if error.is::<KeyError>(mapping.py()) => Ok(None),
    ///         result => result.map(Some),
    ///     }
    /// }
    /// ```
    pub fn is<E: Builtin>(&self, py: Python<'_>) -> bool {
        self.is_instance_of(py, E::class)
    }

    pub(crate) fn is_instance_of(&self, py: Python<'_>, class: BuiltinException) -> bool {
        let own = match self.kind() {
            Kind::Raised(handle, _) => {
                let exception = handle.bind(py);
                return exception
                    .is_some_and(|exception| exception.as_argument().is_instance(class()));
            }
            Kind::Builtin(own, _) => Some(*own),
            Kind::Conversion(conversion) => Some(conversion.exception),
            Kind::Lazy(exception) => exception.class(),
        };
        // SAFETY: both types live as long as Python; attached (`py`).
        own.is_some_and(|own| unsafe { api::PyType_IsSubtype(own(), class()) != 0 })
    }

    /// Takes the exception that Python has raised on this thread.
    #[cold]
    #[inline(never)]
    pub(crate) fn fetch(py: Python<'_>) -> Error {
        match take_raised(py) {
            Some(exception) => Error::raised_here(exception),
            None => Error::builtin(
                api::PyExc_SystemError,
                "a function of the Python C API failed without an exception",
            ),
        }
    }

    /// Raises this exception in Python when control returns to it. If Python has raised it since the call began, it propagates
    /// unchanged; otherwise it is raised as by a `raise` statement, and the exception that is being handled becomes its context.
    #[cold]
    #[inline(never)]
    pub(crate) fn raise(self, py: Python<'_>) {
        let Some(kind) = self.0 else {
            // SAFETY: attached. The function raises an exception that Python has preallocated.
            unsafe { api::PyErr_NoMemory() };
            return;
        };
        match *kind {
            Kind::Raised(handle, origin) => match handle.bind(py) {
                Some(exception) => raise_object(exception, origin),
                None => set_message(
                    py,
                    api::PyExc_RuntimeError,
                    "an exception of another interpreter was raised here",
                ),
            },
            Kind::Builtin(exception, message) => set_message(py, exception, &message),
            Kind::Conversion(conversion) => {
                set_message(py, conversion.exception, &conversion.to_string())
            }
            Kind::Lazy(exception) => raise_made(exception, py),
        }
    }

    /// Returns the exception object that Python code would catch.
    ///
    /// ```
    /// # use pyidl_runtime::{Any, Result};
    /// /// Returns the exceptions that functions raise.
    /// fn exceptions<'py>(functions: &[Any<'py>]) -> Vec<Any<'py>> {
    ///     let failed = |function: &Any<'py>| {
    ///         function.call(()).err().map(|error| error.into_object(function.py()))
    ///     };
    ///     functions.iter().filter_map(failed).collect()
    /// }
    /// ```
    pub fn into_object(self, py: Python<'_>) -> Any<'_> {
        self.raise(py);
        // `raise` always leaves an exception raised.
        take_raised(py).unwrap_or_else(|| py.none())
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::{Error, Step};
    use crate::api;

    #[test]
    fn the_path_reads_from_the_outside() {
        let error = Error::conversion(api::PyExc_TypeError, "float".into(), "str".into())
            .at(|| Step::Key("'x'".into()))
            .at(|| Step::Item(3))
            .at(|| Step::Argument("rows".into()));
        assert_eq!(
            error.to_string(),
            "argument 'rows': item 3: key 'x': expected float, got str"
        );
    }

    #[test]
    fn an_optional_value_may_be_none() {
        let error = Error::conversion(api::PyExc_TypeError, "float".into(), "str".into()).or_none();
        assert_eq!(error.to_string(), "expected float or None, got str");
        let inside = error.at(|| Step::Item(0)).or_none();
        assert_eq!(
            inside.to_string(),
            "item 0: expected float or None, got str"
        );
    }
}
