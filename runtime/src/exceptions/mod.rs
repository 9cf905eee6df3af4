//! Python's built-in exceptions, as Rust types.
//!
//! `ValueError::new("…")` is an error that can be returned wherever the interface file says `raises value-error`, and by `?` from
//! every function that returns [`Result`]. An exception is converted to each of its base classes by `?` or `.into()`, and is
//! still raised with its original class.
//!
//! ```
//! use pyidl_runtime::exceptions::{KeyError, LookupError};
//!
//! fn find(key: &str) -> Result<u32, LookupError> {
//!     Err(KeyError::new(key))?
//! }
//! assert_eq!(find("x").unwrap_err().to_string(), "x");
//! ```

mod from_python;
mod from_std;
mod os;
mod raise;
mod unicode;

use crate::Result;
use crate::api;
use crate::convert::exact::OnlyHere;
use crate::convert::{FromPython, IntoPython, Normalise, keep};
use crate::error::Error;
use crate::ffi::Raw;
use crate::layout::Layout;
use crate::object::{Any, Argument};
use crate::python::Python;
use raise::Raise;

/// A function that returns the type object of a built-in exception.
pub(crate) type BuiltinException = fn() -> Raw;

/// A value that can be raised in Python: Python's built-in exceptions and those of interface files.
///
/// By implementing it for an error type of your own, `?` turns that into an [`Error`]:
///
/// ```
/// use pyidl_runtime::exceptions::{IntoException, KeyError, ValueError};
/// use pyidl_runtime::{Any, Python, Result};
///
/// enum ConfigError {
///     Missing(String),
///     Malformed { line: u32 },
/// }
///
/// impl IntoException for ConfigError {
///     fn into_exception<'py>(self, py: Python<'py>) -> Result<Any<'py>> {
///         match self {
///             ConfigError::Missing(key) => KeyError::new(key).into_exception(py),
///             ConfigError::Malformed { line } => ValueError::new(format!("line {line}")).into_exception(py),
///         }
///     }
/// }
///
/// fn parse(text: &str) -> std::result::Result<u32, ConfigError> {
///     text.parse().map_err(|_| ConfigError::Malformed { line: 1 })
/// }
///
/// fn load(text: &str) -> Result<u32> {
///     Ok(parse(text)?)
/// }
/// ```
pub trait IntoException: Sized + Send + Sync + 'static {
    /// Returns the exception object.
    ///
    /// ```
    /// use pyidl_runtime::exceptions::{IntoException, ValueError};
    /// use pyidl_runtime::{Any, Python, Result};
    ///
    /// /// Returns an exception object that is not raised.
    /// fn object<'py>(py: Python<'py>, message: &str) -> Result<Any<'py>> {
    ///     ValueError::new(message).into_exception(py)
    /// }
    /// ```
    ///
    /// # Errors
    /// The exception that creating it raises.
    fn into_exception<'py>(self, py: Python<'py>) -> Result<Any<'py>>;

    /// Describes the exception in Rust, where an [`Error`] is printed that has not been raised yet.
    ///
    /// ```
    /// use pyidl_runtime::exceptions::{IntoException, ValueError};
    ///
    /// assert_eq!(ValueError::new("too small").describe(), "ValueError(\"too small\")");
    /// ```
    fn describe(&self) -> String {
        std::any::type_name::<Self>().to_owned()
    }

    /// Returns its class, if that is a built-in exception. No other type can implement this: the function is trusted.
    ///
    /// ```compile_fail,E0050
    /// use pyidl_runtime::{Any, Python, Result, exceptions::IntoException};
    ///
    /// struct Mine;
    ///
    /// impl IntoException for Mine {
    ///     fn into_exception<'py>(self, py: Python<'py>) -> Result<Any<'py>> {
    ///         py.object(())
    ///     }
    ///
    ///     fn class(&self) -> Option<fn() -> *mut pyidl_runtime::glue::PyObject> {
    ///         None
    ///     }
    /// }
    /// ```
    #[doc(hidden)]
    fn class(&self, _: OnlyHere) -> Option<BuiltinException> {
        None
    }

    /// Returns its class and message, if that is a built-in exception that needs nothing else. As for `class`.
    #[doc(hidden)]
    fn into_message(self, _: OnlyHere) -> std::result::Result<(BuiltinException, String), Self> {
        Err(self)
    }
}

/// A built-in exception of Python, for [`Error::is`]. No other type can implement it.
///
/// ```
/// use pyidl_runtime::exceptions::{Builtin, StopIteration};
/// use pyidl_runtime::{Python, Result};
///
/// /// Returns `None` instead of an error of one class.
/// fn unless<E: Builtin, T>(py: Python<'_>, result: Result<T>) -> Result<Option<T>> {
///     match result {
///         Err(error) if error.is::<E>(py) => Ok(None),
///         result => result.map(Some),
///     }
/// }
/// # fn end<T>(py: Python<'_>, result: Result<T>) -> Result<Option<T>> { unless::<StopIteration, T>(py, result) }
/// ```
pub trait Builtin: raise::Sealed {
    #[doc(hidden)]
    fn class() -> Raw;
}

macro_rules! exceptions {
    ($($(#[$doc:meta])* $name:ident = $object:ident $(: $($base:ident),+)?;)*) => {$(
        $(#[$doc])*
        ///
        /// ```
        #[doc = concat!("use pyidl_runtime::exceptions::", stringify!($name), ";")]
        ///
        #[doc = concat!("fn fail() -> Result<(), ", stringify!($name), "> {")]
        #[doc = concat!("    Err(", stringify!($name), "::new(\"not today\"))")]
        /// }
        /// assert_eq!(fail().unwrap_err().message(), "not today");
        /// ```
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(Raise);

        impl $name {
            /// Creates an exception with a message, which `str(exception)` returns.
            pub fn new(message: impl Into<String>) -> $name {
                $name(Raise::new(stringify!($name), api::$object, message.into()))
            }

            /// Returns the message.
            pub fn message(&self) -> &str {
                self.0.message()
            }
        }

        impl IntoException for $name {
            fn into_exception<'py>(self, py: Python<'py>) -> Result<Any<'py>> {
                self.0.into_exception(py)
            }

            fn describe(&self) -> String {
                format!("{:?}", self.0)
            }

            fn class(&self, _: OnlyHere) -> Option<BuiltinException> {
                Some(self.0.class())
            }

            fn into_message(self, _: OnlyHere) -> std::result::Result<(BuiltinException, String), Self> {
                self.0.into_message().map_err($name)
            }
        }

        impl<'py> FromPython<'py> for $name {
            const IS_EXCEPTION: bool = true;

            fn from_python<L: Layout>(object: Argument<'_>, _py: Python<'py>) -> Result<Self> {
                from_python::raise(CLASSES, stringify!($name), api::$object, object).map($name)
            }
        }

        impl IntoPython for $name {
            const IS_EXCEPTION: bool = true;

            fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Result<Any<'py>> {
                self.0.into_exception(py)
            }
        }

        impl<'py> Normalise<'py> for $name {
            fn normalise<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Any<'py>> {
                match object.is_instance(api::$object()) {
                    true => Ok(keep(object, py)),
                    false => Err(Error::expected(stringify!($name), object)),
                }
            }
        }

        impl raise::Sealed for $name {}

        impl Builtin for $name {
            fn class() -> Raw {
                api::$object()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl std::error::Error for $name {}

        $($(
            impl From<$name> for $base {
                fn from(exception: $name) -> $base {
                    $base(exception.0)
                }
            }
        )+)?
    )*

    /// All classes by name, each after its bases.
    const CLASSES: &[(&str, BuiltinException)] = &[$((stringify!($name), api::$object)),*];
    };
}

// The exceptions with their base classes (https://docs.python.org/3.8/library/exceptions.html#exception-hierarchy).
exceptions! {
    /// `BaseException`: the base of all exceptions.
    BaseException = PyExc_BaseException;
    /// `Exception`: the base of all exceptions that programs handle.
    Exception = PyExc_Exception: BaseException;
    /// `ArithmeticError`: the base of arithmetic errors.
    ArithmeticError = PyExc_ArithmeticError: Exception, BaseException;
    /// `FloatingPointError`: a floating point operation failed.
    FloatingPointError = PyExc_FloatingPointError: ArithmeticError, Exception, BaseException;
    /// `OverflowError`: a number is too large to be represented.
    OverflowError = PyExc_OverflowError: ArithmeticError, Exception, BaseException;
    /// `ZeroDivisionError`: a division by zero.
    ZeroDivisionError = PyExc_ZeroDivisionError: ArithmeticError, Exception, BaseException;
    /// `AssertionError`: an assertion failed.
    AssertionError = PyExc_AssertionError: Exception, BaseException;
    /// `AttributeError`: an attribute was not found or cannot be set.
    AttributeError = PyExc_AttributeError: Exception, BaseException;
    /// `BufferError`: a buffer is not available in the requested form.
    BufferError = PyExc_BufferError: Exception, BaseException;
    /// `EOFError`: the input ended prematurely.
    EOFError = PyExc_EOFError: Exception, BaseException;
    /// `ImportError`: a module, or a name in one, cannot be imported.
    ImportError = PyExc_ImportError: Exception, BaseException;
    /// `ModuleNotFoundError`: a module was not found.
    ModuleNotFoundError = PyExc_ModuleNotFoundError: ImportError, Exception, BaseException;
    /// `LookupError`: the base of `IndexError` and `KeyError`.
    LookupError = PyExc_LookupError: Exception, BaseException;
    /// `IndexError`: an index is out of range.
    IndexError = PyExc_IndexError: LookupError, Exception, BaseException;
    /// `KeyError`: a key was not found; the message is the key, which Python shows with quotes.
    KeyError = PyExc_KeyError: LookupError, Exception, BaseException;
    /// `MemoryError`: out of memory.
    MemoryError = PyExc_MemoryError: Exception, BaseException;
    /// `NameError`: a name was not found.
    NameError = PyExc_NameError: Exception, BaseException;
    /// `UnboundLocalError`: a local variable has no value yet.
    UnboundLocalError = PyExc_UnboundLocalError: NameError, Exception, BaseException;
    /// `OSError`: an operation of the operating system failed.
    OSError = PyExc_OSError: Exception, BaseException;
    /// `BlockingIOError`: an operation would have to wait.
    BlockingIOError = PyExc_BlockingIOError: OSError, Exception, BaseException;
    /// `ChildProcessError`: an operation on a child process failed.
    ChildProcessError = PyExc_ChildProcessError: OSError, Exception, BaseException;
    /// `ConnectionError`: the base of connection errors.
    ConnectionError = PyExc_ConnectionError: OSError, Exception, BaseException;
    /// `BrokenPipeError`: the other end of a pipe or socket is closed.
    BrokenPipeError = PyExc_BrokenPipeError: ConnectionError, OSError, Exception, BaseException;
    /// `ConnectionAbortedError`: the other side aborted the connection attempt.
    ConnectionAbortedError = PyExc_ConnectionAbortedError: ConnectionError, OSError, Exception, BaseException;
    /// `ConnectionRefusedError`: the other side refused the connection attempt.
    ConnectionRefusedError = PyExc_ConnectionRefusedError: ConnectionError, OSError, Exception, BaseException;
    /// `ConnectionResetError`: the other side reset the connection.
    ConnectionResetError = PyExc_ConnectionResetError: ConnectionError, OSError, Exception, BaseException;
    /// `FileExistsError`: a file or directory exists already.
    FileExistsError = PyExc_FileExistsError: OSError, Exception, BaseException;
    /// `FileNotFoundError`: a file or directory does not exist.
    FileNotFoundError = PyExc_FileNotFoundError: OSError, Exception, BaseException;
    /// `InterruptedError`: a signal interrupted the operation.
    InterruptedError = PyExc_InterruptedError: OSError, Exception, BaseException;
    /// `IsADirectoryError`: a file operation was requested on a directory.
    IsADirectoryError = PyExc_IsADirectoryError: OSError, Exception, BaseException;
    /// `NotADirectoryError`: a directory operation was requested on something else.
    NotADirectoryError = PyExc_NotADirectoryError: OSError, Exception, BaseException;
    /// `PermissionError`: the access rights are insufficient.
    PermissionError = PyExc_PermissionError: OSError, Exception, BaseException;
    /// `ProcessLookupError`: a process does not exist.
    ProcessLookupError = PyExc_ProcessLookupError: OSError, Exception, BaseException;
    /// `TimeoutError`: the time limit was exceeded.
    TimeoutError = PyExc_TimeoutError: OSError, Exception, BaseException;
    /// `ReferenceError`: the object of a weak reference is gone.
    ReferenceError = PyExc_ReferenceError: Exception, BaseException;
    /// `RuntimeError`: an error for which there is no other exception.
    RuntimeError = PyExc_RuntimeError: Exception, BaseException;
    /// `NotImplementedError`: not implemented, or not yet.
    NotImplementedError = PyExc_NotImplementedError: RuntimeError, Exception, BaseException;
    /// `RecursionError`: calls are nested too deeply.
    RecursionError = PyExc_RecursionError: RuntimeError, Exception, BaseException;
    /// `StopAsyncIteration`: the end of an asynchronous iterator.
    StopAsyncIteration = PyExc_StopAsyncIteration: Exception, BaseException;
    /// `StopIteration`: the end of an iterator.
    StopIteration = PyExc_StopIteration: Exception, BaseException;
    /// `SyntaxError`: text does not follow its grammar.
    SyntaxError = PyExc_SyntaxError: Exception, BaseException;
    /// `IndentationError`: wrong indentation.
    IndentationError = PyExc_IndentationError: SyntaxError, Exception, BaseException;
    /// `TabError`: tabs and spaces are mixed.
    TabError = PyExc_TabError: IndentationError, SyntaxError, Exception, BaseException;
    /// `SystemError`: an error of the interpreter itself.
    SystemError = PyExc_SystemError: Exception, BaseException;
    /// `TypeError`: a value of the wrong type.
    TypeError = PyExc_TypeError: Exception, BaseException;
    /// `ValueError`: a value of the right type that is not acceptable.
    ValueError = PyExc_ValueError: Exception, BaseException;
    /// `UnicodeError`: the base of Unicode errors.
    UnicodeError = PyExc_UnicodeError: ValueError, Exception, BaseException;
    /// `UnicodeDecodeError`: bytes that are not text in their encoding.
    UnicodeDecodeError = PyExc_UnicodeDecodeError: UnicodeError, ValueError, Exception, BaseException;
    /// `UnicodeEncodeError`: text that cannot be represented in an encoding.
    UnicodeEncodeError = PyExc_UnicodeEncodeError: UnicodeError, ValueError, Exception, BaseException;
    /// `UnicodeTranslateError`: text that cannot be translated.
    UnicodeTranslateError = PyExc_UnicodeTranslateError: UnicodeError, ValueError, Exception, BaseException;
    /// `Warning`: the base of warnings.
    Warning = PyExc_Warning: Exception, BaseException;
    /// `BytesWarning`: doubtful use of bytes.
    BytesWarning = PyExc_BytesWarning: Warning, Exception, BaseException;
    /// `DeprecationWarning`: use of something deprecated, for programmers.
    DeprecationWarning = PyExc_DeprecationWarning: Warning, Exception, BaseException;
    /// `FutureWarning`: use of something deprecated, for users of programs.
    FutureWarning = PyExc_FutureWarning: Warning, Exception, BaseException;
    /// `ImportWarning`: a probable mistake in an import.
    ImportWarning = PyExc_ImportWarning: Warning, Exception, BaseException;
    /// `PendingDeprecationWarning`: use of something that will be deprecated.
    PendingDeprecationWarning = PyExc_PendingDeprecationWarning: Warning, Exception, BaseException;
    /// `ResourceWarning`: a resource was not released.
    ResourceWarning = PyExc_ResourceWarning: Warning, Exception, BaseException;
    /// `RuntimeWarning`: doubtful behaviour at run time.
    RuntimeWarning = PyExc_RuntimeWarning: Warning, Exception, BaseException;
    /// `SyntaxWarning`: doubtful syntax.
    SyntaxWarning = PyExc_SyntaxWarning: Warning, Exception, BaseException;
    /// `UnicodeWarning`: a probable mistake with Unicode.
    UnicodeWarning = PyExc_UnicodeWarning: Warning, Exception, BaseException;
    /// `UserWarning`: a warning of a program.
    UserWarning = PyExc_UserWarning: Warning, Exception, BaseException;
    /// `GeneratorExit`: a generator was closed.
    GeneratorExit = PyExc_GeneratorExit: BaseException;
    /// `KeyboardInterrupt`: the user interrupted the program.
    KeyboardInterrupt = PyExc_KeyboardInterrupt: BaseException;
    /// `SystemExit`: a request to end the program: with the message on stderr and status 1.
    SystemExit = PyExc_SystemExit: BaseException;
}
