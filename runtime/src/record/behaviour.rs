//! The methods of a frozen dataclass: comparison, hash, `repr`, rejected assignments, and pickling.

use std::ffi::c_int;

use super::definition::{Record, RecordDefinition};
use super::instance;
use crate::callback::{self, Nested};
use crate::convert::{IntoPython, string, tuple::with_items};
use crate::dynamic::{imported, tuple};
use crate::error::{Error, repr as shown};
use crate::ffi::Raw;
use crate::layout::{Layout, Probed};
use crate::object::{Argument, Object};
use crate::panic::{returning_object, returning_status};
use crate::python::Python;
use crate::refcount::type_of;
use crate::type_object;
use crate::{Result, api};

/// Checks on PyPy that an object has the fields of a record.
///
/// # Errors
/// TypeError; ImportError if the interpreter no longer has the module.
#[inline(always)]
pub(crate) fn expect_record_on_pypy<R: Record, L: Layout>(object: Argument<'_>) -> Result<()> {
    type_object::expect_instance_on_pypy::<R, L>(object, || R::DEFINITION.qualified_name())
}

/// Returns a field's value.
///
/// # Errors
/// AttributeError while the instance is being created.
///
/// # Panics
/// Panics if there is no such field.
pub(crate) fn field_of<'py>(
    this: Argument<'py>,
    definition: &RecordDefinition,
    index: usize,
) -> Result<Argument<'py>> {
    assert!(index < definition.fields.len(), "a record has this field");
    // SAFETY: the callers pass instances of the record of this definition.
    unsafe { instance::get::<Probed>(this, index) }.ok_or_else(|| {
        let name = definition.fields[index].name.to_string_lossy().into_owned();
        Error::builtin(api::PyExc_AttributeError, name)
    })
}

/// Checks the stack before fields are passed to Python, since they may be nested deeply or run the user's code.
#[inline]
fn nest(definition: &RecordDefinition) -> Result<Option<Nested>> {
    match definition.acyclic {
        true => Ok(None),
        false => callback::nest(),
    }
}

/// Returns the values of all fields as a tuple.
fn as_tuple<'py>(this: Argument<'py>, definition: &RecordDefinition) -> Result<Object<'py>> {
    let mut indices = 0..;
    with_items(this.py(), definition.fields.len(), || {
        let index = indices.next().unwrap_or_default();
        field_of(this, definition, index).map(Argument::to_object)
    })
}

// SAFETY of the trampolines: Python calls the functions of a type on an attached thread, with `this` an instance of the type
// and the other arguments alive, all for the time of the call.

const EQUAL: c_int = 2;
const NOT_EQUAL: c_int = 3;

/// `__eq__`, `__ne__`: compares instances of the same class as the tuples of their fields.
pub(super) unsafe extern "C" fn compare<R: Record>(this: Raw, other: Raw, operator: c_int) -> Raw {
    // SAFETY: see above.
    let (py, this, other) = unsafe {
        (
            Python::assume_attached(),
            Argument::from_raw(this),
            Argument::from_raw(other),
        )
    };
    returning_object(py, || {
        expect_record_on_pypy::<R, Probed>(this)?;
        // SAFETY: alive and attached.
        let same_class =
            unsafe { type_of::<Probed>(this.as_raw()) == type_of::<Probed>(other.as_raw()) };
        if !same_class || !matches!(operator, EQUAL | NOT_EQUAL) {
            // SAFETY: NotImplemented lives as long as the interpreter.
            return Ok(unsafe { Object::from_borrowed(py, api::_Py_NotImplementedStruct()) });
        }
        expect_record_on_pypy::<R, Probed>(other)?;
        (equal(this, other, R::DEFINITION)? == (operator == EQUAL)).into_python::<Probed>(py)
    })
}

fn equal(this: Argument<'_>, other: Argument<'_>, definition: &RecordDefinition) -> Result<bool> {
    let _nested = nest(definition)?;
    for index in 0..definition.fields.len() {
        let (own, others) = (
            field_of(this, definition, index)?,
            field_of(other, definition, index)?,
        );
        // SAFETY: alive and attached. As in tuples, an object is equal to itself.
        match unsafe { api::PyObject_RichCompareBool(own.as_raw(), others.as_raw(), EQUAL) } {
            0 => return Ok(false),
            1 => {}
            _ => return Err(Error::fetch(this.py())),
        }
    }
    Ok(true)
}

/// `__hash__`: the hash of the tuple of the fields.
pub(super) unsafe extern "C" fn hash<R: Record>(this: Raw) -> isize {
    // SAFETY: see above.
    let (py, this) = unsafe { (Python::assume_attached(), Argument::from_raw(this)) };
    returning_status(py, || {
        expect_record_on_pypy::<R, Probed>(this)?;
        let fields = as_tuple(this, R::DEFINITION)?;
        let _nested = nest(R::DEFINITION)?;
        // SAFETY: alive and attached.
        match unsafe { api::PyObject_Hash(fields.as_raw()) } {
            -1 => Err(Error::fetch(py)),
            hash => Ok(hash),
        }
    })
}

/// `__repr__`: `Point(x=1.0, y=0.0)`, or `...` if nested in itself.
pub(super) unsafe extern "C" fn repr<R: Record>(this: Raw) -> Raw {
    // SAFETY: see above.
    let (py, this) = unsafe { (Python::assume_attached(), Argument::from_raw(this)) };
    returning_object(py, || {
        expect_record_on_pypy::<R, Probed>(this)?;
        // SAFETY: alive and attached; every enter that returns 0 is followed by a leave.
        match unsafe { api::Py_ReprEnter(this.as_raw()) } {
            0 => {
                let text = show(this, R::DEFINITION);
                // SAFETY: as above.
                unsafe { api::Py_ReprLeave(this.as_raw()) };
                text
            }
            1 => string::from_str(py, "..."),
            _ => Err(Error::fetch(py)),
        }
    })
}

fn show<'py>(this: Argument<'py>, definition: &RecordDefinition) -> Result<Object<'py>> {
    let py = this.py();
    let _nested = nest(definition)?;
    let mut pieces = Vec::with_capacity(2 * definition.fields.len() + 1);
    let mut before = format!("{}(", definition.qualified_name());
    for (index, field) in definition.fields.iter().enumerate() {
        let name = field.name.to_string_lossy();
        pieces.push(string::from_str(py, &format!("{before}{name}="))?);
        before = ", ".into();
        let value = field_of(this, definition, index)?;
        pieces.push(value.to_code()?);
    }
    let end = if definition.fields.is_empty() {
        format!("{before})")
    } else {
        ")".into()
    };
    pieces.push(string::from_str(py, &end)?);
    let (nothing, pieces) = (string::from_str(py, "")?, tuple(py, pieces)?);
    // SAFETY: alive and attached.
    unsafe { Object::from_owned(py, api::PyUnicode_Join(nothing.as_raw(), pieces.as_raw())) }
}

/// `__setattr__`, `__delattr__`: raises the error of `dataclasses`.
pub(super) unsafe extern "C" fn set_attribute(_this: Raw, name: Raw, value: Raw) -> c_int {
    // SAFETY: see above; the value is null to delete the attribute.
    let (py, name) = unsafe { (Python::assume_attached(), Argument::from_raw(name)) };
    returning_status(py, || {
        let name = shown(&name.to_object())?;
        let what = if value.is_null() {
            "delete"
        } else {
            "assign to"
        };
        let message = string::from_str(py, &format!("cannot {what} field {name}"))?;
        let class = imported(py, "dataclasses", c"FrozenInstanceError")?;
        // SAFETY: alive and attached.
        unsafe { api::PyErr_SetObject(class.as_raw(), message.as_raw()) };
        Err(Error::fetch(py))
    })
}

/// `__reduce__`: returns the class and the fields, for pickling and copying.
pub(super) unsafe extern "C" fn reduce<R: Record>(this: Raw, _null: Raw) -> Raw {
    // SAFETY: see above.
    let (py, this) = unsafe { (Python::assume_attached(), Argument::from_raw(this)) };
    returning_object(py, || {
        expect_record_on_pypy::<R, Probed>(this)?;
        // SAFETY: alive and attached.
        let class = unsafe { Object::from_borrowed(py, type_of::<Probed>(this.as_raw())) };
        tuple(py, vec![class, as_tuple(this, R::DEFINITION)?])
    })
}
