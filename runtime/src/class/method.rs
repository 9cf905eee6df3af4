//! Methods: functions with a receiver.

use std::ffi::{c_int, c_void};
use std::marker::PhantomData;

use super::{Class, Receiver};
use crate::call::{Bound, Call, Returned, Signature, bind, run};
use crate::ffi::{
    FastFunction, METH_CLASS, METH_COEXIST, METH_FASTCALL, METH_KEYWORDS, METH_NOARGS, METH_O,
    METH_STATIC, MethodDef, Raw, UnaryFunction,
};
use crate::function::{Function, FunctionEntry, compact_function, shared_function};
use crate::host::{Version, host};
use crate::layout::{Compact, FreeThreaded314, Gil38, Gil312, Layout, PerLayout, Probed};
use crate::panic::returning_object;
use crate::python::Python;

/// A method with `N` named parameters besides `self`. Implemented by generated code.
pub trait Method<const N: usize> {
    /// The class.
    type Class: Class;
    /// The signature, with [`Signature::receiver`] true.
    const SIGNATURE: &'static Signature;

    /// Converts the arguments, then accesses the value of `this`, calls the user's method and converts its result.
    ///
    /// # Errors
    /// The exception to raise in Python.
    fn call<'py, L: Layout>(this: Receiver<'py, Self::Class>, call: &Call<'py, N>)
    -> Returned<'py>;
}

/// A method in the definition of the class `C`.
pub struct MethodDefinition<C> {
    kind: Kind,
    class: PhantomData<fn() -> C>,
}

#[derive(Clone, Copy)]
enum Kind {
    /// A method, with a further flag.
    Method(&'static Signature, Code, c_int),
    /// A static or class method, with its flag.
    Function(FunctionEntry, c_int),
}

#[derive(Clone, Copy)]
enum Code {
    /// The method takes any arguments.
    Fast(PerLayout<FastFunction>),
    /// The method takes one argument without a name.
    One(PerLayout<UnaryFunction>),
    /// The method takes no arguments. Which of the two is cheaper depends on the version.
    Nothing(PerLayout<FastFunction>, PerLayout<UnaryFunction>),
}

/// Returns a method that is compiled once per layout, for signatures with only scalars and strings.
pub const fn method<M: Method<N>, const N: usize>() -> MethodDefinition<M::Class> {
    let code = if M::SIGNATURE.takes_nothing() {
        // Each layout needs one of the two, except the one that is used both before and after 3.14.
        Code::Nothing(
            PerLayout {
                gil_3_8: call_method_with::<M, Gil38, N>,
                gil_3_12: call_method_with::<M, Gil312, N>,
                free_threaded_3_14: call_method_with::<M, Probed, N>,
                probed: call_method_with::<M, Probed, N>,
            },
            PerLayout {
                gil_3_8: call_without_arguments::<M, Probed, N>,
                gil_3_12: call_without_arguments::<M, Gil312, N>,
                free_threaded_3_14: call_without_arguments::<M, FreeThreaded314, N>,
                probed: call_without_arguments::<M, Probed, N>,
            },
        )
    } else if M::SIGNATURE.takes_one_by_position() {
        Code::One(PerLayout {
            gil_3_8: call_with_one::<M, Gil38, N>,
            gil_3_12: call_with_one::<M, Gil312, N>,
            free_threaded_3_14: call_with_one::<M, FreeThreaded314, N>,
            probed: call_with_one::<M, Probed, N>,
        })
    } else {
        Code::Fast(PerLayout {
            gil_3_8: call_method_with::<M, Gil38, N>,
            gil_3_12: call_method_with::<M, Gil312, N>,
            free_threaded_3_14: call_method_with::<M, FreeThreaded314, N>,
            probed: call_method_with::<M, Probed, N>,
        })
    };
    MethodDefinition {
        kind: Kind::Method(M::SIGNATURE, code, 0),
        class: PhantomData,
    }
}

/// Returns a method that is compiled once, for all layouts.
pub const fn shared_method<M: Method<N>, const N: usize>() -> MethodDefinition<M::Class> {
    let code = if M::SIGNATURE.takes_nothing() {
        Code::Nothing(
            PerLayout::same(call_method_with::<M, Probed, N>),
            PerLayout::same(call_without_arguments::<M, Probed, N>),
        )
    } else if M::SIGNATURE.takes_one_by_position() {
        Code::One(PerLayout::same(call_with_one::<M, Probed, N>))
    } else {
        Code::Fast(PerLayout::same(call_method_with::<M, Probed, N>))
    };
    MethodDefinition {
        kind: Kind::Method(M::SIGNATURE, code, 0),
        class: PhantomData,
    }
}

/// Returns a method that is compiled once and kept small: its arguments are converted by functions that others share.
pub const fn compact_method<M: Method<N>, const N: usize>() -> MethodDefinition<M::Class> {
    const {
        assert!(
            M::SIGNATURE.parameters.len() == N,
            "a call has all arguments"
        )
    };
    let code = if M::SIGNATURE.takes_nothing() {
        Code::Nothing(
            PerLayout::same(call_compact::<M, N>),
            PerLayout::same(call_compact_without_arguments::<M, N>),
        )
    } else if M::SIGNATURE.takes_one_by_position() {
        Code::One(PerLayout::same(call_compact_with_one::<M, N>))
    } else {
        Code::Fast(PerLayout::same(call_compact::<M, N>))
    };
    MethodDefinition {
        kind: Kind::Method(M::SIGNATURE, code, 0),
        class: PhantomData,
    }
}

/// Returns `__call__` of a class with that operator. It replaces the method that Python creates from the slot, since it has the
/// signature.
pub const fn call_method<M: Method<N>, const N: usize>() -> MethodDefinition<M::Class> {
    let code = Code::Fast(PerLayout::same(call_method_with::<M, Probed, N>));
    MethodDefinition {
        kind: Kind::Method(M::SIGNATURE, code, METH_COEXIST),
        class: PhantomData,
    }
}

/// Returns a static method, compiled once for all layouts.
pub const fn static_method<F: Function<N>, const N: usize, C: Class>() -> MethodDefinition<C> {
    MethodDefinition {
        kind: Kind::Function(shared_function::<F, N>(), METH_STATIC),
        class: PhantomData,
    }
}

/// Returns a class method. The class itself is not passed on: instances are created of the class of the definition.
pub const fn class_method<F: Function<N>, const N: usize, C: Class>() -> MethodDefinition<C> {
    MethodDefinition {
        kind: Kind::Function(shared_function::<F, N>(), METH_CLASS),
        class: PhantomData,
    }
}

/// Returns a static method that is compiled once and kept small.
pub const fn compact_static_method<F: Function<N>, const N: usize, C: Class>() -> MethodDefinition<C>
{
    MethodDefinition {
        kind: Kind::Function(compact_function::<F, N>(), METH_STATIC),
        class: PhantomData,
    }
}

/// Returns a class method that is compiled once and kept small.
pub const fn compact_class_method<F: Function<N>, const N: usize, C: Class>() -> MethodDefinition<C>
{
    MethodDefinition {
        kind: Kind::Function(compact_function::<F, N>(), METH_CLASS),
        class: PhantomData,
    }
}

// SAFETY of the trampolines: Python calls the functions of a type's method table on an attached thread, with an instance
// of the type (it checks) and arguments that are alive, all for the time of the call.

unsafe extern "C" fn call_method_with<M: Method<N>, L: Layout, const N: usize>(
    this: Raw,
    arguments: *const Raw,
    count: isize,
    names: Raw,
) -> Raw {
    // SAFETY: see above.
    let (py, this) = unsafe { (Python::assume_attached(), Receiver::from_raw(this)) };
    returning_object(py, || {
        // SAFETY: the arguments are those that Python passed to a METH_FASTCALL | METH_KEYWORDS function.
        let call = unsafe { bind::<N>(py, M::SIGNATURE, arguments, count as usize, names)? };
        M::call::<L>(this, &call)
    })
}

unsafe extern "C" fn call_without_arguments<M: Method<N>, L: Layout, const N: usize>(
    this: Raw,
    _null: Raw,
) -> Raw {
    // SAFETY: see above.
    let (py, this) = unsafe { (Python::assume_attached(), Receiver::from_raw(this)) };
    returning_object(py, || {
        // SAFETY: there are no arguments: `N` is 0.
        let call =
            unsafe { bind::<N>(py, M::SIGNATURE, std::ptr::null(), 0, std::ptr::null_mut())? };
        M::call::<L>(this, &call)
    })
}

unsafe extern "C" fn call_with_one<M: Method<N>, L: Layout, const N: usize>(
    this: Raw,
    argument: Raw,
) -> Raw {
    // SAFETY: see above.
    let (py, this) = unsafe { (Python::assume_attached(), Receiver::from_raw(this)) };
    returning_object(py, || {
        // SAFETY: the argument is the one that Python passed to a METH_O function.
        let call = unsafe { bind::<N>(py, M::SIGNATURE, &argument, 1, std::ptr::null_mut())? };
        M::call::<L>(this, &call)
    })
}

unsafe extern "C" fn call_compact<M: Method<N>, const N: usize>(
    this: Raw,
    arguments: *const Raw,
    count: isize,
    names: Raw,
) -> Raw {
    let (signature, count) = (M::SIGNATURE, count as usize);
    // SAFETY: the arguments are those that Python passed to a METH_FASTCALL | METH_KEYWORDS function.
    unsafe { run(this, signature, arguments, count, names, body::<M, N>) }
}

unsafe extern "C" fn call_compact_without_arguments<M: Method<N>, const N: usize>(
    this: Raw,
    _null: Raw,
) -> Raw {
    let (signature, names) = (M::SIGNATURE, std::ptr::null_mut());
    // SAFETY: there are no arguments.
    unsafe { run(this, signature, std::ptr::null(), 0, names, body::<M, N>) }
}

unsafe extern "C" fn call_compact_with_one<M: Method<N>, const N: usize>(
    this: Raw,
    argument: Raw,
) -> Raw {
    let (signature, names) = (M::SIGNATURE, std::ptr::null_mut());
    // SAFETY: the argument is the one that Python passed to a METH_O function.
    unsafe { run(this, signature, &argument, 1, names, body::<M, N>) }
}

/// # Safety
/// `this` is an instance of the method's class, alive for the call, which was bound to the signature of the method.
unsafe fn body<'py, M: Method<N>, const N: usize>(this: Raw, bound: &Bound<'py>) -> Returned<'py> {
    // SAFETY: as promised by the caller; the signature has `N` parameters, as `compact_method` checks.
    unsafe { M::call::<Compact>(Receiver::from_raw(this), &bound.call()) }
}

impl<C> MethodDefinition<C> {
    /// Returns the entry of the type's method table.
    pub(super) fn method_def(&self) -> MethodDef {
        match &self.kind {
            Kind::Method(signature, code, flag) => {
                let (function, flags) = code.cheapest();
                MethodDef {
                    name: signature.name.as_ptr(),
                    function,
                    flags: flags | flag,
                    doc: signature.doc.as_ptr(),
                }
            }
            Kind::Function(function, flag) => {
                let mut entry = function.method_def();
                entry.flags |= flag;
                entry
            }
        }
    }
}

impl Code {
    /// Returns the cheapest function and its flags, as measured in instructions: from 3.14 on `METH_NOARGS` saves 75 compared to
    /// `METH_FASTCALL`. Before, it saves none, and `METH_FASTCALL` allows all call errors to be our own. For the saving of
    /// `METH_O` see [`crate::function`].
    fn cheapest(&self) -> (*const c_void, c_int) {
        let fast = METH_FASTCALL | METH_KEYWORDS;
        match self {
            Code::One(one) => (one.chosen() as *const c_void, METH_O),
            Code::Nothing(_, bare) if host().version >= Version::new(3, 14) => {
                (bare.chosen() as *const c_void, METH_NOARGS)
            }
            Code::Nothing(code, _) | Code::Fast(code) => (code.chosen() as *const c_void, fast),
        }
    }
}
