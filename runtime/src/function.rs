//! Functions that Python calls: one trampoline per function and layout, and the entries of the method table that is built at
//! load.

use crate::call::{Bound, Call, Returned, Signature, bind, run};
use crate::ffi::{
    FastFunction, METH_FASTCALL, METH_KEYWORDS, METH_O, MethodDef, Raw, UnaryFunction,
};
use crate::layout::{Compact, FreeThreaded314, Gil38, Gil312, Layout, PerLayout, Probed};
use crate::panic::returning_object;
use crate::python::Python;
use std::ffi::c_void;

/// A function with `N` named parameters. Implemented by generated code.
pub trait Function<const N: usize> {
    /// The signature.
    const SIGNATURE: &'static Signature;

    /// Converts the arguments, calls the user's function and converts its result.
    ///
    /// # Errors
    /// The exception to raise in Python.
    fn call<'py, L: Layout>(call: &Call<'py, N>) -> Returned<'py>;
}

/// The entry of a function for the method table.
#[derive(Clone, Copy)]
pub struct FunctionEntry {
    signature: &'static Signature,
    code: Code,
}

/// The trampolines of a function, in the calling convention that is cheapest for its signature. In instructions, `METH_O` saves
/// 20 on 3.11 to 3.13 and 100 on 3.14 compared to `METH_FASTCALL`. That is worth the one error that CPython then words as for its
/// own functions (`f() takes exactly one argument (2 given)`). A function without parameters does not use `METH_NOARGS`, which
/// costs 100 more than `METH_FASTCALL` from 3.11 on and the same before. `METH_KEYWORDS` costs at most 5, and allows the errors
/// of all other calls to be our own.
#[derive(Clone, Copy)]
enum Code {
    One(PerLayout<UnaryFunction>),
    Fast(PerLayout<FastFunction>),
}

/// Returns a function that is compiled once per layout, for signatures with only scalars and strings.
pub const fn function<F: Function<N>, const N: usize>() -> FunctionEntry {
    let code = if F::SIGNATURE.takes_one_by_position() {
        Code::One(PerLayout {
            gil_3_8: call_with_one::<F, Gil38, N>,
            gil_3_12: call_with_one::<F, Gil312, N>,
            free_threaded_3_14: call_with_one::<F, FreeThreaded314, N>,
            probed: call_with_one::<F, Probed, N>,
        })
    } else {
        Code::Fast(PerLayout {
            gil_3_8: call_function::<F, Gil38, N>,
            gil_3_12: call_function::<F, Gil312, N>,
            free_threaded_3_14: call_function::<F, FreeThreaded314, N>,
            probed: call_function::<F, Probed, N>,
        })
    };
    FunctionEntry {
        signature: F::SIGNATURE,
        code,
    }
}

/// Returns a function that is compiled once, for all layouts.
pub const fn shared_function<F: Function<N>, const N: usize>() -> FunctionEntry {
    let code = if F::SIGNATURE.takes_one_by_position() {
        Code::One(PerLayout::same(call_with_one::<F, Probed, N>))
    } else {
        Code::Fast(PerLayout::same(call_function::<F, Probed, N>))
    };
    FunctionEntry {
        signature: F::SIGNATURE,
        code,
    }
}

/// Returns a function that is compiled once and kept small: its arguments are converted by functions that others share.
pub const fn compact_function<F: Function<N>, const N: usize>() -> FunctionEntry {
    const {
        assert!(
            F::SIGNATURE.parameters.len() == N,
            "a call has all arguments"
        )
    };
    let code = if F::SIGNATURE.takes_one_by_position() {
        Code::One(PerLayout::same(call_compact_with_one::<F, N>))
    } else {
        Code::Fast(PerLayout::same(call_compact::<F, N>))
    };
    FunctionEntry {
        signature: F::SIGNATURE,
        code,
    }
}

// SAFETY of the trampolines: Python calls the functions of its method tables on an attached thread, with arguments that are
// alive for the time of the call.

unsafe extern "C" fn call_function<F: Function<N>, L: Layout, const N: usize>(
    _module: Raw,
    arguments: *const Raw,
    count: isize,
    names: Raw,
) -> Raw {
    // SAFETY: see above.
    let py = unsafe { Python::assume_attached() };
    returning_object(py, || {
        // SAFETY: the arguments are those that Python passed to a METH_FASTCALL | METH_KEYWORDS function.
        let call = unsafe { bind::<N>(py, F::SIGNATURE, arguments, count as usize, names)? };
        F::call::<L>(&call)
    })
}

unsafe extern "C" fn call_with_one<F: Function<N>, L: Layout, const N: usize>(
    _module: Raw,
    argument: Raw,
) -> Raw {
    // SAFETY: see above.
    let py = unsafe { Python::assume_attached() };
    returning_object(py, || {
        // SAFETY: the argument is the one that Python passed to a METH_O function.
        let call = unsafe { bind::<N>(py, F::SIGNATURE, &argument, 1, std::ptr::null_mut())? };
        F::call::<L>(&call)
    })
}

unsafe extern "C" fn call_compact<F: Function<N>, const N: usize>(
    module: Raw,
    arguments: *const Raw,
    count: isize,
    names: Raw,
) -> Raw {
    let (signature, count) = (F::SIGNATURE, count as usize);
    // SAFETY: the arguments are those that Python passed to a METH_FASTCALL | METH_KEYWORDS function.
    unsafe { run(module, signature, arguments, count, names, body::<F, N>) }
}

unsafe extern "C" fn call_compact_with_one<F: Function<N>, const N: usize>(
    module: Raw,
    argument: Raw,
) -> Raw {
    let (signature, names) = (F::SIGNATURE, std::ptr::null_mut());
    // SAFETY: the argument is the one that Python passed to a METH_O function.
    unsafe { run(module, signature, &argument, 1, names, body::<F, N>) }
}

/// # Safety
/// The call was bound to the signature of the function.
unsafe fn body<'py, F: Function<N>, const N: usize>(
    _module: Raw,
    bound: &Bound<'py>,
) -> Returned<'py> {
    // SAFETY: the signature has `N` parameters, as `compact_function` checks.
    let call = unsafe { bound.call() };
    F::call::<Compact>(&call)
}

impl FunctionEntry {
    /// Returns the entry of the method table.
    pub(crate) fn method_def(&self) -> MethodDef {
        let (function, flags) = match self.code {
            Code::One(code) => (code.chosen() as *const c_void, METH_O),
            Code::Fast(code) => (
                code.chosen() as *const c_void,
                METH_FASTCALL | METH_KEYWORDS,
            ),
        };
        MethodDef {
            name: self.signature.name.as_ptr(),
            function,
            flags,
            doc: self.signature.doc.as_ptr(),
        }
    }
}
