//! How Python creates instances: `tp_new`, `tp_init` for open classes, and a vectorcall where types support it.

use std::ffi::{c_int, c_void};
use std::marker::PhantomData;
use std::mem::ManuallyDrop;

use super::instance::Contents;
use super::{Class, open};
use crate::call::{Call, Signature, bind, bind_given, with_tuple};
use crate::error::Error;
use crate::ffi::Raw;
use crate::handle::Handle;
use crate::host::host;
use crate::layout::{FreeThreaded314, Gil38, Gil312, Layout, PerLayout, Probed};
use crate::module::session::Session;
use crate::object::{Argument, Object};
use crate::panic::{returning_object, returning_status};
use crate::python::Python;
use crate::type_object::{self, TypeSlot, short_name};
use crate::{Result, api};

/// A constructor with `N` named parameters. Implemented by generated code.
pub trait Constructor<const N: usize> {
    /// The class.
    type Class: Class;
    /// The signature. Its name is `__init__`, the qualified one `Counter.__init__`, and [`Signature::receiver`] is true, so that
    /// errors are worded as for a class written in Python.
    const SIGNATURE: &'static Signature;

    /// Converts the arguments and calls the user's constructor.
    ///
    /// # Errors
    /// The exception to raise in Python.
    fn call<'py, L: Layout>(call: &Call<'py, N>) -> Result<Self::Class>;
}

/// The constructor in the definition of the class `C`.
pub struct ConstructorDefinition<C> {
    /// `tp_new`, unless the class is open.
    new: *const c_void,
    /// `tp_new` on PyPy, unless the class is open.
    new_on_pypy: *const c_void,
    /// `tp_init`, if the class is open.
    init: *const c_void,
    pub(super) vectorcall: PerLayout<*const c_void>,
    class: PhantomData<fn() -> C>,
}

/// Returns a constructor that is compiled once per layout, for signatures with only scalars and strings.
pub const fn constructor<K: Constructor<N>, const N: usize>() -> ConstructorDefinition<K::Class> {
    ConstructorDefinition {
        new: new::<K, N> as *const c_void,
        new_on_pypy: new_on_pypy::<K, N> as *const c_void,
        init: init::<K, N> as *const c_void,
        vectorcall: PerLayout {
            gil_3_8: vectorcall::<K, Gil38, N> as *const c_void,
            gil_3_12: vectorcall::<K, Gil312, N> as *const c_void,
            free_threaded_3_14: vectorcall::<K, FreeThreaded314, N> as *const c_void,
            probed: vectorcall::<K, Probed, N> as *const c_void,
        },
        class: PhantomData,
    }
}

/// Returns a constructor that is compiled once, for all layouts.
pub const fn shared_constructor<K: Constructor<N>, const N: usize>()
-> ConstructorDefinition<K::Class> {
    ConstructorDefinition {
        new: new::<K, N> as *const c_void,
        new_on_pypy: new_on_pypy::<K, N> as *const c_void,
        init: init::<K, N> as *const c_void,
        vectorcall: PerLayout::same(vectorcall::<K, Probed, N> as *const c_void),
        class: PhantomData,
    }
}

impl<C: Class> ConstructorDefinition<C> {
    /// Returns the functions for the slots of the class.
    pub(super) fn slots(&self) -> impl Iterator<Item = (TypeSlot, *const c_void)> {
        let slots = if C::DEFINITION.open {
            [
                Some((TypeSlot::New, open::new::<C> as *const c_void)),
                Some((TypeSlot::Init, self.init)),
            ]
        } else {
            let new = match host().pypy {
                true => self.new_on_pypy,
                false => self.new,
            };
            [Some((TypeSlot::New, new)), None]
        };
        slots.into_iter().flatten()
    }
}

/// `tp_init` of an open class.
unsafe extern "C" fn init<K: Constructor<N>, const N: usize>(
    this: Raw,
    arguments: Raw,
    keywords: Raw,
) -> c_int {
    // SAFETY: Python calls `tp_init` on an attached thread.
    let py = unsafe { Python::assume_attached() };
    returning_status(py, || {
        // SAFETY: a tuple, and a dictionary or null, alive for the call.
        let value = unsafe {
            with_tuple(py, arguments, keywords, |given| {
                let call: Call<'_, N> = bind_given(py, K::SIGNATURE, given)?;
                K::call::<Probed>(&call)
            })?
        };
        // SAFETY: alive for the call.
        let object = unsafe { Argument::from_raw(this) };
        type_object::expect_instance_on_pypy::<K::Class, Probed>(object, || {
            short_name(K::Class::DEFINITION.name)
        })?;
        // SAFETY: an instance of the class, as every interpreter except PyPy has checked before; instances of open classes can be
        // empty.
        match unsafe { Contents::<K::Class>::fill::<Probed>(this, value) } {
            Ok(()) => Ok(0),
            Err(_) => {
                let name = K::SIGNATURE.qualified_name;
                Err(Error::runtime_error(format!("{name}() was called twice")))
            }
        }
    })
}

/// `tp_new` of a class that is not open: used for `Counter.__new__(Counter)`, and where types have no vectorcall.
unsafe extern "C" fn new<K: Constructor<N>, const N: usize>(
    class: Raw,
    arguments: Raw,
    keywords: Raw,
) -> Raw {
    // SAFETY: Python calls `tp_new` on an attached thread.
    let py = unsafe { Python::assume_attached() };
    returning_object(py, || {
        // SAFETY: a tuple, and a dictionary or null, alive for the call.
        let value = unsafe {
            with_tuple(py, arguments, keywords, |given| {
                let call: Call<'_, N> = bind_given(py, K::SIGNATURE, given)?;
                K::call::<Probed>(&call)
            })?
        };
        // SAFETY: `class` is this class or a subclass, as every interpreter except PyPy has checked before.
        unsafe { allocate::<Probed, _>(py, class, value) }
    })
}

/// `tp_new` on PyPy, which passes any object as the class.
unsafe extern "C" fn new_on_pypy<K: Constructor<N>, const N: usize>(
    class: Raw,
    arguments: Raw,
    keywords: Raw,
) -> Raw {
    // SAFETY: Python calls `tp_new` on an attached thread, with arguments that are alive for the call.
    let (py, argument) = unsafe { (Python::assume_attached(), Argument::from_raw(class)) };
    returning_object(py, || {
        type_object::expect_subtype::<K::Class>(argument, short_name(K::Class::DEFINITION.name))?;
        // SAFETY: the arguments are those of this function, and the class was checked. The result is null if it has raised an
        // exception.
        unsafe { Object::from_owned(py, new::<K, N>(class, arguments, keywords)) }
    })
}

/// `tp_vectorcall` of the class itself; subclasses do not inherit it.
unsafe extern "C" fn vectorcall<K: Constructor<N>, L: Layout, const N: usize>(
    class: Raw,
    arguments: *const Raw,
    count_and_flag: usize,
    names: Raw,
) -> Raw {
    // SAFETY: Python calls a vectorcall function on an attached thread.
    let py = unsafe { Python::assume_attached() };
    returning_object(py, || {
        if K::Class::DEFINITION.open {
            let (new, init) = (
                open::new::<K::Class> as *const c_void,
                init::<K, N> as *const c_void,
            );
            // SAFETY: the class whose vectorcall this is, and what Python passed to it, alive for the call.
            unsafe {
                if !type_object::has_slots(class, new, init) {
                    let count = vectorcall_count(count_and_flag);
                    return open::construct(py, class, arguments, count, names);
                }
            }
        }
        // SAFETY: what Python passed to a vectorcall function, alive for the call.
        let call = unsafe {
            bind::<N>(
                py,
                K::SIGNATURE,
                arguments,
                vectorcall_count(count_and_flag),
                names,
            )?
        };
        let value = K::call::<L>(&call)?;
        // SAFETY: the class whose vectorcall this is.
        unsafe { allocate::<L, _>(py, class, value) }
    })
}

/// `PyVectorcall_NARGS`: the highest bit says that the callee may use the word before the arguments.
pub(crate) fn vectorcall_count(count_and_flag: usize) -> usize {
    count_and_flag & (usize::MAX >> 1)
}

/// Creates an instance of `class` that holds `value`.
///
/// # Safety
/// `class` is the type object of `C` or a subclass of it.
#[inline(always)]
pub(super) unsafe fn allocate<'py, L: Layout, C: Class>(
    py: Python<'py>,
    class: Raw,
    value: C,
) -> Result<Object<'py>> {
    // SAFETY: attached; a type whose instances have the layout of `C`.
    unsafe {
        let object = Object::from_owned(py, api::PyType_GenericAlloc(class, 0))?;
        Contents::<C>::write::<L>(object.as_raw(), value);
        Ok(object)
    }
}

/// A newly allocated instance without a value, which no other code knows.
pub(super) struct Unfilled<'py, C: Class> {
    raw: Raw,
    py: Python<'py>,
    class: PhantomData<C>,
}

impl<'py, C: Class> Unfilled<'py, C> {
    /// # Errors
    /// MemoryError; ImportError if the interpreter no longer has the module.
    pub(super) fn new(py: Python<'py>) -> Result<Self> {
        let class = C::INTERPRETERS.class(py, C::INDEX)?;
        // SAFETY: attached; the type object of `C`.
        let object =
            unsafe { Object::from_owned(py, api::PyType_GenericAlloc(class.as_raw(), 0))? };
        Ok(Self {
            raw: object.into_raw(),
            py,
            class: PhantomData,
        })
    }

    /// Returns a handle to the instance, which must be filled before the handle is used or dropped. Runs no Python code.
    pub(super) fn handle(&self, session: &Session) -> Handle {
        // SAFETY: alive; attached.
        let object = unsafe { Object::from_borrowed(self.py, self.raw) };
        Handle::keep(object, Some(session))
    }

    /// Stores the value and returns the instance.
    pub(super) fn fill(self, value: C) -> Object<'py> {
        let this = ManuallyDrop::new(self);
        // SAFETY: an instance of `C` without a value; this struct gives up its reference here.
        unsafe {
            Contents::<C>::write::<Probed>(this.raw, value);
            Object::from_owned_unchecked(this.py, this.raw)
        }
    }
}

impl<C: Class> Drop for Unfilled<'_, C> {
    fn drop(&mut self) {
        // SAFETY: no other code has a reference. `tp_dealloc` would drop a value; if instances record whether they have one, it
        // sees that there is none.
        unsafe {
            if Contents::<C>::can_be_empty::<Probed>() {
                api::Py_DecRef(self.raw);
            } else {
                crate::type_object::free(self.raw);
            }
        }
    }
}

/// `tp_dealloc`
pub(super) unsafe extern "C" fn dealloc<C: Class>(object: Raw) {
    // SAFETY: Python calls `tp_dealloc` on an attached thread for an object without references. The collector does not track it;
    // a subclass that it tracks has already untracked the object.
    unsafe {
        if std::mem::needs_drop::<C>() {
            crate::trash::object(object, free::<C>);
        } else {
            crate::type_object::free(object);
        }
    }
}

/// # Safety
/// `object` is an instance of `C` that is being deallocated; the thread is attached.
unsafe fn free<C: Class>(object: Raw) {
    // SAFETY: as promised by the caller.
    unsafe {
        // No method of an object that is freed can be running, except on a thread that a fork left behind in the middle of it.
        let is_half_changed = C::MUTABLE && Contents::<C>::lock::<Probed>(object).is_exclusive();
        if Contents::<C>::is_filled::<Probed>(object) && !is_half_changed {
            super::drop_value::drop_value(Contents::<C>::value::<Probed>(object));
        }
        crate::type_object::free(object);
    }
}
