//! Instances in Rust data: what a class is in a record.

use std::fmt;
use std::num::NonZeroU64;
use std::sync::Arc;

use super::Class;
use super::constructor::Unfilled;
use super::conversion::{Ref, class_into_python, expect};
use crate::Result;
use crate::call::Returned;
use crate::convert::{FromPython, IntoPython, Normalise, keep};
use crate::error::Error;
use crate::fork::{Guard, Mutex};
use crate::handle::Handle;
use crate::layout::Layout;
use crate::module::session;
use crate::object::{Argument, Object};
use crate::python::Python;
use crate::trash;
use crate::type_object::short_name;

/// An instance of a class, shared with Python: what a class is in the fields of records, variants and exceptions.
///
/// One that came from Python is given back as the same object. One that Rust makes, by [`Instance::new`] or `into()`, becomes an
/// object when Python first gets to see it, and is the same object from then on, wherever else a clone of it goes.
///
/// It may be kept, sent to other threads and dropped anywhere, as a [`Handle`](crate::Handle) may. An object that Rust keeps stays
/// alive, also where that object is what keeps it: Python's garbage collector does not look into Rust.
///
/// There is no `==`: whether two instances are equal is for the class to say, which may have an `operator eq`. Whether they are
/// one and the same says [`is`](Instance::is).
///
/// ```
/// use pyidl_runtime::{Instance, IntoPython, Python, Result};
/// # use pyidl_runtime::glue::Class;
///
/// /// Hands the same new object out twice.
/// fn twice<C: Class>(value: C) -> (Instance<C>, Instance<C>) {
///     let instance = Instance::new(value);
///     (instance.clone(), instance)
/// }
///
/// /// Reads the value.
/// fn look<C: Class>(py: Python<'_>, instance: &Instance<C>, read: impl Fn(&C) -> u32) -> Result<u32> {
///     Ok(read(&*instance.get(py)?))
/// }
/// ```
pub struct Instance<C>(Arc<Shared<C>>);

struct Shared<C>(Mutex<State<C>>);

enum State<C> {
    /// Python has not seen it yet.
    Value(Box<C>),
    Object(Handle),
    /// It was taken from the only one who had it.
    Taken,
}

impl<C> Shared<C> {
    fn take(&mut self) -> State<C> {
        std::mem::replace(self.0.get_mut(), State::Taken)
    }
}

impl<C> Drop for Shared<C> {
    fn drop(&mut self) {
        // The value may hold the next one of a long chain.
        if let State::Value(value) = self.take() {
            trash::value(value);
        }
    }
}

impl<C: Class> Instance<C> {
    /// A new instance that holds `value`.
    pub fn new(value: C) -> Self {
        Self::of(State::Value(Box::new(value)))
    }

    fn of(state: State<C>) -> Self {
        Self(Arc::new(Shared(Mutex::new(state))))
    }

    /// The value, for reading. Until the reference is dropped, a method that changes the value waits in other threads and fails
    /// in this one.
    ///
    /// # Errors
    /// RuntimeError when this thread changes the value just now, and where the object belongs to another interpreter.
    pub fn get<'py>(&self, py: Python<'py>) -> Result<Ref<'py, C>> {
        // SAFETY: the object of an `Instance<C>` is an instance of `C`.
        unsafe { Ref::new(self.object(py)?) }
    }

    /// Whether both are the same instance.
    pub fn is(&self, other: &Self) -> bool {
        if Arc::ptr_eq(&self.0, &other.0) {
            return true;
        }
        // One lock at a time: somebody else may compare them the other way round.
        let own = self.lock().identity();
        own.is_some() && own == other.lock().identity()
    }

    /// The Python object, made if there is none yet.
    fn object<'py>(&self, py: Python<'py>) -> Returned<'py> {
        if let State::Object(handle) = &*self.lock() {
            return bind::<C>(handle, py);
        }
        // Nothing that can run Python code is done under the lock, which other threads would wait for while attached.
        let session = session::open(py)?;
        let unfilled = Unfilled::<C>::new(py)?;
        let mut state = self.lock();
        if let State::Object(handle) = &*state {
            return bind::<C>(handle, py);
        }
        match std::mem::replace(&mut *state, State::Object(unfilled.handle(session))) {
            State::Value(value) => Ok(unfilled.fill(*value)),
            State::Object(_) | State::Taken => {
                unreachable!("it was just looked at, under the same lock")
            }
        }
    }

    fn lock(&self) -> Guard<'_, State<C>> {
        self.0.0.lock()
    }
}

impl<C> State<C> {
    /// What tells objects apart; none where there is no object.
    fn identity(&self) -> Option<(usize, Option<NonZeroU64>)> {
        match self {
            Self::Value(_) | Self::Taken => None,
            Self::Object(handle) => Some(handle.identity()),
        }
    }
}

fn bind<'py, C: Class>(handle: &Handle, py: Python<'py>) -> Returned<'py> {
    handle.bind(py).ok_or_else(elsewhere::<C>)
}

#[cold]
fn elsewhere<C: Class>() -> Error {
    let name = short_name(C::DEFINITION.name);
    Error::runtime_error(format!("this {name} belongs to another interpreter"))
}

impl<C: Class> From<C> for Instance<C> {
    fn from(value: C) -> Self {
        Self::new(value)
    }
}

/// The same instance, to be kept.
impl<C: Class> From<Ref<'_, C>> for Instance<C> {
    fn from(reference: Ref<'_, C>) -> Self {
        Self::of(State::Object(Handle::new(reference.object().clone())))
    }
}

impl<C> Clone for Instance<C> {
    /// The same instance once more. The value is not copied.
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<C> fmt::Debug for Instance<C> {
    /// `<Station>`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The value is Python's too: to look at it the thread would have to be attached.
        let name = std::any::type_name::<C>();
        write!(f, "<{}>", name.rsplit("::").next().unwrap_or(name))
    }
}

impl<'py, C: Class> FromPython<'py> for Instance<C> {
    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Self> {
        expect::<L, C>(object)?;
        // SAFETY: alive; attached for 'py.
        let object = unsafe { Object::from_borrowed(py, object.as_raw()) };
        Ok(Self::of(State::Object(Handle::new(object))))
    }
}

impl<'py, C: Class> Normalise<'py> for Instance<C> {
    fn normalise<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Returned<'py> {
        expect::<L, C>(object)?;
        Ok(keep(object, py))
    }
}

impl<C: Class> IntoPython for Instance<C> {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        let mut shared = self.0;
        match Arc::get_mut(&mut shared).map(Shared::take) {
            Some(State::Value(value)) => class_into_python::<L, C>(*value, py),
            Some(State::Object(handle)) => bind::<C>(&handle, py),
            Some(State::Taken) => unreachable!("who takes it has the only one"),
            None => Self(shared).object(py),
        }
    }
}
