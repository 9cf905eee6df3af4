//! Comparisons and arithmetic, which return `NotImplemented` for operands of unsupported types.

use std::ffi::c_int;

use super::{Binary, Compare, CompareOp, OperatorDefinition, OperatorSlot};
use crate::class::Receiver;
use crate::class::conversion::instance;
use crate::convert::IntoPython;
use crate::ffi::Raw;
use crate::layout::Probed;
use crate::object::{Argument, Object};
use crate::panic::returning_object;
use crate::python::Python;
use crate::refcount::type_of;
use crate::type_object::TypeSlot;
use crate::{Result, api};

// SAFETY of the trampolines below: Python calls the functions of a type's slots on an attached thread, with arguments
// that are alive for the time of the call.

/// `__eq__`, `__ne__`, `__lt__`, `__le__`, `__gt__`, `__ge__`
pub const fn compare<X: Compare>() -> OperatorDefinition<X::Class> {
    OperatorDefinition {
        equality: X::EQUALITY,
        ..OperatorDefinition::new(
            const {
                &[OperatorSlot {
                    slot: TypeSlot::RichCompare,
                    function: call_compare::<X> as _,
                }]
            },
        )
    }
}

unsafe extern "C" fn call_compare<X: Compare>(this: Raw, other: Raw, operator: c_int) -> Raw {
    // SAFETY: see above; `this` is an instance of the type.
    let (py, this, other) = unsafe {
        (
            Python::assume_attached(),
            Receiver::from_raw(this),
            Argument::from_raw(other),
        )
    };
    returning_object(py, || {
        // The numbers are those of `Include/object.h`.
        let result = match operator {
            0 => X::call::<Probed>(this, other, CompareOp::Lt)?,
            1 => X::call::<Probed>(this, other, CompareOp::Le)?,
            2 => X::call::<Probed>(this, other, CompareOp::Eq)?,
            // Negates `==`, as Python's own `object.__ne__` does.
            3 => X::call::<Probed>(this, other, CompareOp::Eq)?.map(|equal| !equal),
            4 => X::call::<Probed>(this, other, CompareOp::Gt)?,
            5 => X::call::<Probed>(this, other, CompareOp::Ge)?,
            _ => None,
        };
        match result {
            Some(result) => result.into_python::<Probed>(py),
            None => Ok(not_implemented(py)),
        }
    })
}

/// `__add__` and `__radd__`
pub const fn add<X: Binary, R: Binary<Class = X::Class>>() -> OperatorDefinition<X::Class> {
    OperatorDefinition::new(
        const {
            &[OperatorSlot {
                slot: TypeSlot::Add,
                function: call_binary::<X, R> as _,
            }]
        },
    )
}

/// `__sub__` and `__rsub__`
pub const fn sub<X: Binary, R: Binary<Class = X::Class>>() -> OperatorDefinition<X::Class> {
    OperatorDefinition::new(
        const {
            &[OperatorSlot {
                slot: TypeSlot::Subtract,
                function: call_binary::<X, R> as _,
            }]
        },
    )
}

/// `__mul__` and `__rmul__`
pub const fn mul<X: Binary, R: Binary<Class = X::Class>>() -> OperatorDefinition<X::Class> {
    OperatorDefinition::new(
        const {
            &[OperatorSlot {
                slot: TypeSlot::Multiply,
                function: call_binary::<X, R> as _,
            }]
        },
    )
}

/// Calls the forward form, then the reflected one. Python calls this with an instance of the class on either side. As for classes
/// written in Python, the reflected form is tried second, and only if the operands' types differ.
unsafe extern "C" fn call_binary<X: Binary, R: Binary<Class = X::Class>>(
    left: Raw,
    right: Raw,
) -> Raw {
    // SAFETY: see above.
    let (py, left, right) = unsafe {
        (
            Python::assume_attached(),
            Argument::from_raw(left),
            Argument::from_raw(right),
        )
    };
    returning_object(py, || {
        Ok(binary::<X, R>(left, right)?.unwrap_or_else(|| not_implemented(py)))
    })
}

fn binary<'py, X: Binary, R: Binary<Class = X::Class>>(
    left: Argument<'py>,
    right: Argument<'py>,
) -> Result<Option<Object<'py>>> {
    let on_the_left = instance::<Probed, X::Class>(left)?;
    if X::PRESENT
        && let Some(this) = on_the_left
        && let Some(result) = X::call::<Probed>(this, right)?
    {
        return Ok(Some(result));
    }
    // SAFETY: alive and attached.
    let same_type =
        unsafe { type_of::<Probed>(left.as_raw()) == type_of::<Probed>(right.as_raw()) };
    if R::PRESENT
        && !same_type
        && let Some(this) = instance::<Probed, X::Class>(right)?
    {
        return R::call::<Probed>(this, left);
    }
    Ok(None)
}

fn not_implemented(py: Python<'_>) -> Object<'_> {
    // SAFETY: NotImplemented lives as long as the interpreter; attached.
    unsafe { Object::from_borrowed(py, api::_Py_NotImplementedStruct()) }
}
