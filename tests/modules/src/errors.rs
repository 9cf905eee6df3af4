//! Exceptions that Rust raises.

mod bindings {
    pyidl_runtime::include_idl!("errors");
}

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use bindings::{
    BuiltinError, Errors, FindError, NotFound, OpenPath, ShapeError, Standalone, TooManySides,
};
use pyidl_runtime::exceptions::{
    IndexError, IntoException, KeyError, KeyboardInterrupt, MemoryError, OSError, StopIteration,
    TypeError, UnicodeError, ValueError, ZeroDivisionError,
};
use pyidl_runtime::{self as rt, Any, Callback, Handle, Python};

struct Module;

/// What `keep` kept.
static KEPT: Mutex<Option<rt::Error>> = Mutex::new(None);

impl Errors for Module {
    fn check(text: &str) -> Result<u64, ValueError> {
        text.parse()
            .map_err(|error| ValueError::new(format!("not a number: {text:?}: {error}")))
    }

    fn keep<'py>(_py: Python<'py>, function: Callback<'py, (), ()>) -> rt::Result<()> {
        let kept = function.call(()).err();
        drop(std::mem::replace(
            &mut *KEPT.lock().expect("never poisoned"),
            kept,
        ));
        Ok(())
    }

    fn raise_kept<'py>(_py: Python<'py>, function: Callback<'py, (), ()>) -> rt::Result<()> {
        function.call(())?;
        let kept = KEPT.lock().expect("never poisoned").take();
        kept.map_or(Ok(()), Err)
    }

    fn raise_later<'py>(
        _py: Python<'py>,
        function: Callback<'py, (), ()>,
        other: Callback<'py, (), ()>,
    ) -> rt::Result<()> {
        let result = function.call(());
        other.call(())?;
        result
    }

    fn own<'py>(_py: Python<'py>, kind: &str, object: Any<'py>) -> rt::Result<()> {
        Err(match kind {
            "again" => Own::Again.into(),
            _ => Own::Object(Handle::new(object)).into(),
        })
    }

    fn close(gap: f64) -> Result<(), OpenPath> {
        if gap == 0.0 {
            return Ok(());
        }
        Err(OpenPath {
            message: format!("open by {gap}"),
            gap,
        })
    }

    fn draw(kind: &str) -> Result<(), ShapeError> {
        match kind {
            "open" => Err(OpenPath {
                message: "open".to_owned(),
                gap: 0.5,
            }
            .into()),
            "sides" => Err(TooManySides {
                message: "too many sides: π".to_owned(),
                sides: 12,
                limit: 11,
            }
            .into()),
            "base" => Err(ShapeError::ShapeError {
                message: "bad shape".to_owned(),
            }),
            _ => Ok(()),
        }
    }

    fn find(key: &str) -> Result<String, FindError> {
        match key {
            "there" => Ok("found".to_owned()),
            "" => Err(Standalone {
                message: String::new(),
            }
            .into()),
            _ => Err(NotFound {
                message: format!("no {key}"),
                key: key.to_owned(),
                near: vec!["there".to_owned()],
            }
            .into()),
        }
    }

    fn builtin(name: &str) -> Result<String, BuiltinError> {
        Err(match name {
            "ValueError" => ValueError::new(name).into(),
            "TypeError" => TypeError::new(name).into(),
            "KeyError" => KeyError::new(name).into(),
            "IndexError" => IndexError::new(name).into(),
            "ZeroDivisionError" => ZeroDivisionError::new(name).into(),
            "StopIteration" => StopIteration::new(name).into(),
            "KeyboardInterrupt" => KeyboardInterrupt::new(name).into(),
            "MemoryError" => MemoryError::new(name).into(),
            "UnicodeError" => UnicodeError::new(name).into(),
            _ => return Ok(name.to_owned()),
        })
    }

    fn read(path: &Path) -> Result<String, OSError> {
        Ok(fs::read_to_string(path)?)
    }

    fn failing(good: u32) -> impl Iterator<Item = Result<u32, OpenPath>> + Send + 'static {
        (0..=good).map(move |number| {
            if number < good {
                Ok(number)
            } else {
                Err(OpenPath {
                    message: "ran out".to_owned(),
                    gap: f64::from(number),
                })
            }
        })
    }
}

/// An error that the interface file does not know.
enum Own {
    Again,
    Object(Handle),
}

impl IntoException for Own {
    fn into_exception<'py>(self, py: Python<'py>) -> rt::Result<Any<'py>> {
        match self {
            Own::Again => Err(Own::Again.into()),
            Own::Object(object) => object
                .bind(py)
                .ok_or_else(|| ValueError::new("another interpreter's").into()),
        }
    }
}

bindings::export!(Module);
