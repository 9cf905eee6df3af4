//! `repr` and `str` of cases that functions fail with.

use crate::call::{Given, Returned};
use crate::convert::string;
use crate::dynamic::{imported, tuple};
use crate::error::Error;
use crate::exception::{Kept, method};
use crate::ffi::Raw;
use crate::object::Object;
use crate::record::Record;
use crate::{Result, api, callback};

// SAFETY of the trampolines: Python calls them on an attached thread, with arguments that are alive for the time of the call.

/// `__repr__`: `StoreError.Full(size=2, limit=1)`, as for a case of any other variant, or `...` if nested in itself. Attributes
/// that Python code has deleted are omitted.
pub(super) unsafe extern "C" fn repr<R: Record>(
    _: Raw,
    arguments: *const Raw,
    count: isize,
    names: Raw,
) -> Raw {
    // SAFETY: see above.
    unsafe { method(arguments, count, names, shown::<R>) }
}

fn shown<'py, R: Record>(this: Object<'py>, _given: Given) -> Returned<'py> {
    // PyPy's `repr` and `str` do not check the recursion depth: nested errors would overflow its stack.
    let _nested = callback::nest()?;
    // SAFETY: alive and attached; every enter that returns 0 is followed by a leave.
    match unsafe { api::Py_ReprEnter(this.as_raw()) } {
        0 => {
            let text = show::<R>(&this);
            // SAFETY: as above.
            unsafe { api::Py_ReprLeave(this.as_raw()) };
            text
        }
        1 => string::from_str(this.py(), "..."),
        _ => Err(Error::fetch(this.py())),
    }
}

fn show<'py, R: Record>(this: &Object<'py>) -> Returned<'py> {
    let py = this.py();
    // The name is that of a class derived from the case, if the object is an instance of one.
    let mut pieces = vec![this.get_type().attribute(c"__qualname__")?];
    let mut before = "(";
    for (index, field) in R::DEFINITION.fields.iter().enumerate() {
        let Some(value) = contents::<R>(this, index)? else {
            continue;
        };
        let name = field.name.to_string_lossy();
        pieces.push(string::from_str(py, &format!("{before}{name}="))?);
        before = ", ";
        pieces.push(value.to_code()?);
    }
    pieces.push(string::from_str(
        py,
        if before == "(" { "()" } else { ")" },
    )?);
    joined(py, pieces)
}

/// `__str__`: the message of the case, with its contents.
pub(super) unsafe extern "C" fn str<R: Record>(
    _: Raw,
    arguments: *const Raw,
    count: isize,
    names: Raw,
) -> Raw {
    // SAFETY: see above.
    unsafe { method(arguments, count, names, told::<R>) }
}

fn told<'py, R: Record>(this: Object<'py>, _given: Given) -> Returned<'py> {
    let py = this.py();
    // As above.
    let _nested = callback::nest()?;
    let mut pieces = Vec::new();
    for piece in Pieces(R::MESSAGE) {
        pieces.push(match piece {
            Piece::Text(text) => string::from_str(py, text)?,
            Piece::Field(index) => match contents::<R>(&this, index)? {
                Some(value) => value.to_text()?,
                // The message is that of any exception whose `__init__` was not called.
                None => {
                    let base = imported(py, "builtins", c"BaseException")?;
                    let show = base.attribute(c"__str__")?;
                    return crate::dynamic::call(&show, [this], []);
                }
            },
        });
    }
    joined(py, pieces)
}

/// Returns the value of a field; `None` if Python code has deleted it or never set it.
fn contents<'py, R: Record>(this: &Object<'py>, field: usize) -> Result<Option<Object<'py>>> {
    this.getattr_opt(&Kept::of::<R>(this.py())?.field_name(field))
}

fn joined<'py>(py: crate::Python<'py>, pieces: Vec<Object<'py>>) -> Returned<'py> {
    let (nothing, pieces) = (string::from_str(py, "")?, tuple(py, pieces)?);
    // SAFETY: alive and attached.
    unsafe { Object::from_owned(py, api::PyUnicode_Join(nothing.as_raw(), pieces.as_raw())) }
}

/// A part of a message.
#[derive(Debug, PartialEq)]
enum Piece<'a> {
    Text(&'a str),
    /// The value of the field with this index.
    Field(usize),
}

/// Iterates over the parts of a message such as `no such key: {0}`, in which `{{` and `}}` stand for braces.
struct Pieces<'a>(&'a str);

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let text = self.0;
        if text.is_empty() {
            return None;
        }
        let field = text.strip_prefix('{').and_then(|rest| {
            let (index, rest) = rest.split_once('}')?;
            Some((index.parse().ok()?, rest))
        });
        if let Some((index, rest)) = field {
            self.0 = rest;
            return Some(Piece::Field(index));
        }
        let end = text.find(['{', '}']).unwrap_or(text.len());
        let (end, skipped) = match end {
            0 => (1, text.len().min(2)),
            end => (end, end),
        };
        self.0 = &text[skipped..];
        Some(Piece::Text(&text[..end]))
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, Pieces};

    #[test]
    fn a_message_is_taken_apart() {
        use Piece::{Field, Text};
        let pieces = |text| Pieces(text).collect::<Vec<_>>();
        assert_eq!(pieces(""), []);
        assert_eq!(pieces("closed"), [Text("closed")]);
        assert_eq!(pieces("{0}"), [Field(0)]);
        let expected = [Text("no "), Field(12), Text(": "), Field(0), Text("!")];
        assert_eq!(pieces("no {12}: {0}!"), expected);
        let expected = [Text("ä"), Text("{"), Field(1), Text("}"), Text(" ö")];
        assert_eq!(pieces("ä{{{1}}} ö"), expected);
    }
}
