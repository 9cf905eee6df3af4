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
    /// `tp_new`, unless values come with `__init__`.
    new: *const c_void,
    /// `tp_new` on PyPy, unless values come with `__init__`.
    new_on_pypy: *const c_void,
    /// `tp_init`, if values come with `__init__`.
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

/// Returns whether the values of a class come with `__init__`. Otherwise `__new__` creates complete instances.
pub(super) const fn has_init<C: Class>() -> bool {
    C::DEFINITION.open || C::BASE.is_extended()
}

impl<C: Class> ConstructorDefinition<C> {
    /// Returns the functions for the slots of the class.
    pub(super) fn slots(&self) -> impl Iterator<Item = (TypeSlot, *const c_void)> {
        let slots = if has_init::<C>() {
            // A foreign type's own `tp_new` is inherited.
            let new = (TypeSlot::New, open::new::<C> as *const c_void);
            let own = C::BASE.foreign().is_none().then_some(new);
            [own, Some((TypeSlot::Init, self.init))]
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

/// `tp_init`
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
        // SAFETY: an instance of the class, as every interpreter except PyPy has checked before; instances of classes that have
        // this function can be empty.
        unsafe { fill(this, value)? };
        Ok(0)
    })
}

/// # Errors
/// RuntimeError if there is a value already.
///
/// # Safety
/// As for [`Contents::fill`].
unsafe fn fill<C: Class>(object: Raw, value: C) -> Result<()> {
    // SAFETY: as promised by the caller.
    unsafe { Contents::<C>::fill::<Probed>(object, value) }.map_err(|_| {
        let name = short_name(C::DEFINITION.name);
        Error::runtime_error(format!("{name}.__init__() was called twice"))
    })
}

/// `tp_new` of a class without `__init__`: used for `Counter.__new__(Counter)`, and where types have no vectorcall.
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

/// `tp_vectorcall` of the class itself; subclasses do not inherit it. Classes that are derived from a foreign type have none.
unsafe extern "C" fn vectorcall<K: Constructor<N>, L: Layout, const N: usize>(
    class: Raw,
    arguments: *const Raw,
    count_and_flag: usize,
    names: Raw,
) -> Raw {
    // SAFETY: Python calls a vectorcall function on an attached thread.
    let py = unsafe { Python::assume_attached() };
    returning_object(py, || {
        if has_init::<K::Class>() {
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

/// Creates an instance of `class` that holds `value`. The values of its bases are missing.
///
/// # Safety
/// `class` is the type object of `C` or a subclass of it.
#[inline(always)]
pub(super) unsafe fn allocate<'py, L: Layout, C: Class>(
    py: Python<'py>,
    class: Raw,
    value: C,
) -> Result<Object<'py>> {
    // SAFETY: as promised by the caller; no other code knows the object.
    unsafe {
        let object = without_value::<C>(py, class)?;
        place::<L, C>(object.as_raw(), value)?;
        Ok(object)
    }
}

/// # Safety
/// As for [`allocate`].
#[inline(always)]
unsafe fn without_value<'py, C: Class>(py: Python<'py>, class: Raw) -> Result<Object<'py>> {
    // SAFETY: attached; a type whose instances have the layout of `C`.
    unsafe {
        match C::BASE.foreign() {
            Some(foreign) => foreign.allocate(&Object::from_borrowed(py, class)),
            None => Object::from_owned(py, api::PyType_GenericAlloc(class, 0)),
        }
    }
}

/// Stores the value of a new instance.
///
/// # Errors
/// RuntimeError if other code has found the instance by means of the garbage collector and called `__init__`.
///
/// # Safety
/// As for [`Contents::write`].
#[inline(always)]
unsafe fn place<L: Layout, C: Class>(object: Raw, value: C) -> Result<()> {
    // SAFETY: as promised by the caller. An instance of a class that is derived from a foreign type can be empty.
    unsafe {
        match C::BASE.foreign() {
            Some(_) => fill(object, value),
            None => {
                Contents::<C>::write::<L>(object, value);
                Ok(())
            }
        }
    }
}

/// A newly allocated instance without a value.
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
        let object = unsafe { without_value::<C>(py, class.as_raw())? };
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
    ///
    /// # Errors
    /// As for [`place`].
    pub(super) fn fill(self, value: C) -> Result<Object<'py>> {
        let this = ManuallyDrop::new(self);
        // SAFETY: an instance of `C` without a value; this struct gives up its reference here.
        unsafe {
            let object = Object::from_owned_unchecked(this.py, this.raw);
            place::<Probed, C>(this.raw, value)?;
            Ok(object)
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
