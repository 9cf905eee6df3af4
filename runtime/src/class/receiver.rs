//! Access to the Rust value of an instance.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use super::Class;
use super::instance::Contents;
use crate::Result;
use crate::error::Error;
use crate::ffi::Raw;
use crate::layout::{Layout, Probed};
use crate::lock::{self, Lock, Refused, Waiting};
use crate::object::Argument;
use crate::python::Python;
use crate::type_object::{self, short_name};
use sealed::Kind;

/// `self` of a method: an instance whose value has not been accessed yet.
pub struct Receiver<'py, C> {
    object: Argument<'py>,
    class: PhantomData<fn() -> C>,
}

impl<C> Clone for Receiver<'_, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Receiver<'_, C> {}

impl<'py, C: Class> Receiver<'py, C> {
    /// # Safety
    /// `object` is an instance of `C`, except on PyPy, where this is checked when the value is accessed. It is alive for `'py`,
    /// during which the thread is attached.
    #[inline(always)]
    pub(crate) unsafe fn from_raw(object: Raw) -> Self {
        Self {
            // SAFETY: as promised by the caller.
            object: unsafe { Argument::from_raw(object) },
            class: PhantomData,
        }
    }

    /// Returns the Python object.
    #[inline(always)]
    pub fn object(self) -> Argument<'py> {
        self.object
    }

    /// Accesses the value, for a `&self` method. The method may run Python code, which may use this object again.
    ///
    /// # Errors
    /// RuntimeError if this thread is changing the value, if it would wait for a thread that waits for this one, or if a thread
    /// was changing the value when the process was forked; the exception of a signal handler that ran while this thread waited.
    #[inline(always)]
    pub fn shared<L: Layout>(self) -> Result<Access<'py, C, L, Reading>> {
        self.access()
    }

    /// Accesses the value, for a `&mut self` method. Only classes with [`Class::MUTABLE`] support this; for others it does not
    /// compile.
    ///
    /// # Errors
    /// RuntimeError if this thread is using the value, if it would wait for a thread that waits for this one, or if a thread was
    /// changing the value when the process was forked; the exception of a signal handler that ran while this thread waited.
    #[inline(always)]
    pub fn exclusive<L: Layout>(self) -> Result<Access<'py, C, L, Writing>> {
        const {
            assert!(
                C::MUTABLE,
                "a class with a method that takes `&mut self` is mutable"
            )
        };
        self.access()
    }

    #[inline(always)]
    fn access<L: Layout, M: Mode>(self) -> Result<Access<'py, C, L, M>> {
        self.check_filled::<L>()?;
        if C::MUTABLE {
            // SAFETY: an instance of a class with a lock.
            let lock = unsafe { Contents::<C>::lock::<L>(self.object.as_raw()) };
            take::<L, M>(lock, self.object.py()).map_err(refused::<C>)?;
        }
        Ok(Access {
            receiver: self,
            how: PhantomData,
        })
    }

    #[inline(always)]
    fn check_filled<L: Layout>(self) -> Result<()> {
        type_object::expect_instance_on_pypy::<C, L>(self.object, || {
            short_name(C::DEFINITION.name)
        })?;
        // SAFETY: an instance of `C`.
        if unsafe { Contents::<C>::is_filled::<L>(self.object.as_raw()) } {
            Ok(())
        } else {
            let name = short_name(C::DEFINITION.name);
            Err(Error::runtime_error(format!(
                "{name}.__init__() was not called"
            )))
        }
    }
}

/// Access to the value of an instance, until this is dropped.
pub struct Access<'py, C: Class, L: Layout, M: Mode> {
    receiver: Receiver<'py, C>,
    how: PhantomData<(L, M)>,
}

impl<C: Class, L: Layout, M: Mode> Access<'_, C, L, M> {
    #[inline(always)]
    fn value(&self) -> *mut C {
        // SAFETY: an instance of `C` (see `Receiver::from_raw`).
        unsafe { Contents::<C>::value::<L>(self.receiver.object.as_raw()) }
    }
}

impl<C: Class, L: Layout, M: Mode> Deref for Access<'_, C, L, M> {
    type Target = C;

    #[inline(always)]
    fn deref(&self) -> &C {
        // SAFETY: the instance is alive, and no other code writes until the lock is released, or ever if there is none.
        unsafe { &*self.value() }
    }
}

impl<C: Class, L: Layout> DerefMut for Access<'_, C, L, Writing> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut C {
        // SAFETY: the instance is alive, and no other code can access the value until the lock is released.
        unsafe { &mut *self.value() }
    }
}

impl<C: Class, L: Layout, M: Mode> Drop for Access<'_, C, L, M> {
    #[inline(always)]
    fn drop(&mut self) {
        if C::MUTABLE {
            // SAFETY: an instance of a class with a lock, which was taken when this was made.
            let lock = unsafe { Contents::<C>::lock::<L>(self.receiver.object.as_raw()) };
            release::<L, M>(lock);
        }
    }
}

/// Read access to the value of an instance that is an argument, until this is dropped.
pub(super) struct ArgumentAccess<'py, C: Class> {
    receiver: Receiver<'py, C>,
    /// `None` if the class has no lock.
    hold: Option<lock::Argument>,
}

impl<'py, C: Class> ArgumentAccess<'py, C> {
    #[inline]
    pub(super) fn new(receiver: Receiver<'py, C>) -> Result<Self> {
        receiver.check_filled::<Probed>()?;
        let hold = if C::MUTABLE {
            // SAFETY: an instance of a class with a lock.
            let lock = unsafe { Contents::<C>::lock::<Probed>(receiver.object.as_raw()) };
            let attached = Attached(receiver.object.py());
            Some(
                lock.shared_argument(Probed::facts().parallel, attached)
                    .map_err(refused::<C>)?,
            )
        } else {
            None
        };
        Ok(Self { receiver, hold })
    }
}

impl<C: Class> Deref for ArgumentAccess<'_, C> {
    type Target = C;

    #[inline]
    fn deref(&self) -> &C {
        if let Some(hold) = &self.hold {
            hold.look_at();
        }
        // SAFETY: an instance of `C`, alive; no code writes until the lock is released, and the lock is no longer given up
        // temporarily.
        unsafe { &*Contents::<C>::value::<Probed>(self.receiver.object.as_raw()) }
    }
}

impl<C: Class> Drop for ArgumentAccess<'_, C> {
    #[inline]
    fn drop(&mut self) {
        if let Some(hold) = &self.hold {
            // SAFETY: an instance of a class with a lock.
            let lock = unsafe { Contents::<C>::lock::<Probed>(self.receiver.object.as_raw()) };
            lock.release_argument(hold, Probed::facts().parallel);
        }
    }
}

/// The way in which a value is accessed.
pub trait Mode: sealed::Mode {}
impl<M: sealed::Mode> Mode for M {}

/// Access by a `&self` method.
pub enum Reading {}
/// Access by a `&mut self` method.
pub enum Writing {}

mod sealed {
    pub enum Kind {
        Reading,
        Writing,
    }

    pub trait Mode {
        const KIND: Kind;
    }

    impl Mode for super::Reading {
        const KIND: Kind = Kind::Reading;
    }

    impl Mode for super::Writing {
        const KIND: Kind = Kind::Writing;
    }
}

#[inline(always)]
fn take<L: Layout, M: Mode>(lock: &Lock, py: Python<'_>) -> Result<(), Refused<Error>> {
    let parallel = L::facts().parallel;
    match M::KIND {
        Kind::Reading => lock.shared(parallel, Attached(py)),
        Kind::Writing => lock.exclusive(parallel, Attached(py)),
    }
}

#[inline(always)]
fn release<L: Layout, M: Mode>(lock: &Lock) {
    let parallel = L::facts().parallel;
    match M::KIND {
        Kind::Reading => lock.release_shared(parallel),
        Kind::Writing => lock.release_exclusive(parallel),
    }
}

/// Waits for a lock on an attached thread.
pub(crate) struct Attached<'py>(Python<'py>);

impl Waiting for Attached<'_> {
    type Error = Error;

    fn detached(&mut self, sleep: &mut dyn FnMut()) {
        // SAFETY: `sleep` only waits for a condition variable.
        unsafe { self.0.detach_unchecked(sleep) };
    }

    fn interrupted(&mut self) -> Result<()> {
        self.0.check_signals()
    }
}

#[cold]
#[inline(never)]
fn refused<C: Class>(refused: Refused<Error>) -> Error {
    let name = short_name(C::DEFINITION.name);
    match refused {
        Refused::InUse => Error::runtime_error(format!("{name} is already in use by this thread")),
        Refused::Deadlock => Error::runtime_error(format!(
            "{name} is in use by a thread that waits for this one"
        )),
        Refused::Lost => Error::runtime_error(format!(
            "{name} was being changed by another thread when this process was forked, and is lost to it"
        )),
        Refused::NoMemory => Error::out_of_memory(),
        Refused::Interrupted(error) => error,
    }
}
