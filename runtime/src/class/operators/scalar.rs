//! `repr`, `str`, `hash`, `bool`, and calling an instance.

use std::ffi::c_int;

use super::{Hash, OperatorDefinition, OperatorSlot, Truth, Unary};
use crate::call::{Call, bind_given, with_tuple};
use crate::class::{Method, Receiver};
use crate::ffi::Raw;
use crate::layout::Probed;
use crate::panic::{returning_object, returning_status};
use crate::python::Python;
use crate::type_object::TypeSlot;

// SAFETY of the trampolines below: Python calls the functions of a type's slots on an attached thread, with `this` an
// instance of the type and the other arguments alive, all for the time of the call.

/// `__repr__`
pub const fn repr<X: Unary>() -> OperatorDefinition<X::Class> {
    OperatorDefinition::new(
        const {
            &[OperatorSlot {
                slot: TypeSlot::Repr,
                function: call_unary::<X> as _,
            }]
        },
    )
}

/// `__str__`
pub const fn str<X: Unary>() -> OperatorDefinition<X::Class> {
    OperatorDefinition::new(
        const {
            &[OperatorSlot {
                slot: TypeSlot::Str,
                function: call_unary::<X> as _,
            }]
        },
    )
}

pub(super) unsafe extern "C" fn call_unary<X: Unary>(this: Raw) -> Raw {
    // SAFETY: see above.
    let (py, this) = unsafe { (Python::assume_attached(), Receiver::from_raw(this)) };
    returning_object(py, || X::call::<Probed>(this))
}

/// `__hash__`
pub const fn hash<X: Hash>() -> OperatorDefinition<X::Class> {
    OperatorDefinition::new(
        const {
            &[OperatorSlot {
                slot: TypeSlot::Hash,
                function: call_hash::<X> as _,
            }]
        },
    )
}

unsafe extern "C" fn call_hash<X: Hash>(this: Raw) -> isize {
    // SAFETY: see above.
    let (py, this) = unsafe { (Python::assume_attached(), Receiver::from_raw(this)) };
    returning_status(py, || X::call::<Probed>(this).map(python_hash))
}

/// Converts a hash to the form that Python requires: pointer-sized, and not -1.
fn python_hash(hash: i64) -> isize {
    let folded = if size_of::<isize>() < size_of::<i64>() {
        (hash ^ hash >> 32) as isize
    } else {
        hash as isize
    };
    if folded == -1 { -2 } else { folded }
}

/// `__bool__`
pub const fn truth<X: Truth>() -> OperatorDefinition<X::Class> {
    OperatorDefinition::new(
        const {
            &[OperatorSlot {
                slot: TypeSlot::Bool,
                function: call_truth::<X> as _,
            }]
        },
    )
}

unsafe extern "C" fn call_truth<X: Truth>(this: Raw) -> c_int {
    // SAFETY: see above.
    let (py, this) = unsafe { (Python::assume_attached(), Receiver::from_raw(this)) };
    returning_status(py, || X::call::<Probed>(this).map(c_int::from))
}

/// `__call__`: a method with any signature. Its qualified name is `Counter.__call__`.
pub const fn call<X: Method<N>, const N: usize>() -> OperatorDefinition<X::Class> {
    OperatorDefinition::new(
        const {
            &[OperatorSlot {
                slot: TypeSlot::Call,
                function: call_instance::<X, N> as _,
            }]
        },
    )
}

unsafe extern "C" fn call_instance<X: Method<N>, const N: usize>(
    this: Raw,
    arguments: Raw,
    keywords: Raw,
) -> Raw {
    // SAFETY: see above.
    let (py, this) = unsafe { (Python::assume_attached(), Receiver::from_raw(this)) };
    returning_object(py, || {
        // SAFETY: a tuple, and a dictionary or null, alive for the call.
        unsafe {
            with_tuple(py, arguments, keywords, |given| {
                let call: Call<'_, N> = bind_given(py, X::SIGNATURE, given)?;
                X::call::<Probed>(this, &call)
            })
        }
    })
}

#[cfg(test)]
mod tests {
    use super::python_hash;

    #[test]
    fn no_hash_is_minus_one() {
        assert_eq!(python_hash(-1), -2);
        assert_eq!(python_hash(5), 5);
        assert_eq!(python_hash(u64::MAX as i64), -2);
    }
}
