//! `len`, `[]`, `in`, and iteration.

use std::ffi::c_int;

use super::{Contains, GetItem, Length, Next, OperatorDefinition, OperatorSlot, SetItem, Unary};
use crate::class::{Class, Receiver};
use crate::convert::IntoPython;
use crate::error::Error;
use crate::ffi::Raw;
use crate::layout::Probed;
use crate::object::{Argument, Object};
use crate::panic::{guard, returning_object, returning_status};
use crate::python::Python;
use crate::type_object::TypeSlot;
use crate::{api, refcount};

// SAFETY of the trampolines below: Python calls the functions of a type's slots on an attached thread, with `this` an
// instance of the type and the other arguments alive, all for the time of the call.

/// `__len__`
pub const fn length<X: Length>() -> OperatorDefinition<X::Class> {
    // `reversed` and other users of sequences check only the second slot.
    OperatorDefinition::new(
        const {
            &[
                OperatorSlot {
                    slot: TypeSlot::MappingLength,
                    function: call_length::<X> as _,
                },
                OperatorSlot {
                    slot: TypeSlot::SequenceLength,
                    function: call_length::<X> as _,
                },
            ]
        },
    )
}

unsafe extern "C" fn call_length<X: Length>(this: Raw) -> isize {
    // SAFETY: see above.
    let (py, this) = unsafe { (Python::assume_attached(), Receiver::from_raw(this)) };
    returning_status(py, || {
        let length = X::call::<Probed>(this)?;
        // The message is CPython's for a `__len__` written in Python.
        isize::try_from(length).map_err(|_| {
            Error::builtin(
                api::PyExc_OverflowError,
                "cannot fit 'int' into an index-sized integer",
            )
        })
    })
}

/// `__getitem__`
pub const fn getitem<X: GetItem>() -> OperatorDefinition<X::Class> {
    if X::INTEGER_KEY {
        OperatorDefinition::new(
            const {
                &[
                    OperatorSlot {
                        slot: TypeSlot::MappingSubscript,
                        function: call_getitem::<X> as _,
                    },
                    OperatorSlot {
                        slot: TypeSlot::SequenceItem,
                        function: call_sequence_item::<X> as _,
                    },
                ]
            },
        )
    } else {
        OperatorDefinition::new(
            const {
                &[OperatorSlot {
                    slot: TypeSlot::MappingSubscript,
                    function: call_getitem::<X> as _,
                }]
            },
        )
    }
}

unsafe extern "C" fn call_getitem<X: GetItem>(this: Raw, key: Raw) -> Raw {
    // SAFETY: see above.
    let (py, this, key) = unsafe {
        (
            Python::assume_attached(),
            Receiver::from_raw(this),
            Argument::from_raw(key),
        )
    };
    returning_object(py, || X::call::<Probed>(this, key))
}

unsafe extern "C" fn call_sequence_item<X: GetItem>(this: Raw, index: isize) -> Raw {
    // SAFETY: see above.
    let (py, this) = unsafe { (Python::assume_attached(), Receiver::from_raw(this)) };
    returning_object(py, || {
        let key = (index as i64).into_python::<Probed>(py)?;
        let item = X::call::<Probed>(this, key.as_argument())?;
        // SAFETY: an owned reference, which does not depend on the lifetime of the key.
        Ok(unsafe { Object::from_owned_unchecked(py, item.into_raw()) })
    })
}

/// `__setitem__`; `del` raises TypeError.
pub const fn setitem<X: SetItem>() -> OperatorDefinition<X::Class> {
    OperatorDefinition::new(
        const {
            &[OperatorSlot {
                slot: TypeSlot::MappingAssignSubscript,
                function: call_setitem::<X> as _,
            }]
        },
    )
}

unsafe extern "C" fn call_setitem<X: SetItem>(this: Raw, key: Raw, value: Raw) -> c_int {
    // SAFETY: see above; `value` is null to delete the item.
    let (py, this, key) = unsafe {
        (
            Python::assume_attached(),
            Receiver::from_raw(this),
            Argument::from_raw(key),
        )
    };
    returning_status(py, || {
        if value.is_null() {
            let name = crate::error::type_name(Receiver::<X::Class>::object(this))?;
            return Err(Error::type_error(format!(
                "'{name}' object doesn't support item deletion"
            )));
        }
        // SAFETY: see above.
        X::call::<Probed>(this, key, unsafe { Argument::from_raw(value) })?;
        Ok(0)
    })
}

/// `__contains__`
pub const fn contains<X: Contains>() -> OperatorDefinition<X::Class> {
    OperatorDefinition::new(
        const {
            &[OperatorSlot {
                slot: TypeSlot::SequenceContains,
                function: call_contains::<X> as _,
            }]
        },
    )
}

unsafe extern "C" fn call_contains<X: Contains>(this: Raw, item: Raw) -> c_int {
    // SAFETY: see above.
    let (py, this, item) = unsafe {
        (
            Python::assume_attached(),
            Receiver::from_raw(this),
            Argument::from_raw(item),
        )
    };
    returning_status(py, || X::call::<Probed>(this, item).map(c_int::from))
}

/// `__iter__`
pub const fn iter<X: Unary>() -> OperatorDefinition<X::Class> {
    OperatorDefinition::new(
        const {
            &[OperatorSlot {
                slot: TypeSlot::Iter,
                function: super::scalar::call_unary::<X> as _,
            }]
        },
    )
}

/// `__iter__` that returns the object itself, for a class that has `next`.
pub const fn iter_self<C: Class>() -> OperatorDefinition<C> {
    OperatorDefinition::new(
        const {
            &[OperatorSlot {
                slot: TypeSlot::Iter,
                function: itself as _,
            }]
        },
    )
}

unsafe extern "C" fn itself(this: Raw) -> Raw {
    // SAFETY: see above.
    unsafe { refcount::incref::<Probed>(this) };
    this
}

/// `__next__`
pub const fn next<X: Next>() -> OperatorDefinition<X::Class> {
    OperatorDefinition::new(
        const {
            &[OperatorSlot {
                slot: TypeSlot::IterNext,
                function: call_next::<X> as _,
            }]
        },
    )
}

unsafe extern "C" fn call_next<X: Next>(this: Raw) -> Raw {
    // SAFETY: see above.
    let (py, this) = unsafe { (Python::assume_attached(), Receiver::from_raw(this)) };
    match guard(|| X::call::<Probed>(this)) {
        Ok(Some(object)) => object.into_raw(),
        // Null without an exception ends the iteration.
        Ok(None) => std::ptr::null_mut(),
        Err(error) => {
            error.raise(py);
            std::ptr::null_mut()
        }
    }
}
