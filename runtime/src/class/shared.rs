//! Instances in Rust data: the type that represents a class in a record.

use std::fmt;
use std::num::NonZeroU64;
use std::sync::Arc;

use super::Class;
use super::constructor::Unfilled;
use super::conversion::{Ref, class_into_python, expect};
use crate::Result;
use crate::call::Returned;
use crate::convert::{FromPython, IntoPython, Normalise, keep, memory};
use crate::error::Error;
use crate::fork::{Guard, Mutex};
use crate::handle::Handle;
use crate::layout::Layout;
use crate::module::session;
use crate::object::{Argument, Object};
use crate::python::Python;
use crate::trash;
use crate::type_object::short_name;

/// An instance of a class, shared with Python: the type of a class in the fields of records, variants and exceptions.
///
/// An instance that came from Python is returned as the same object. One that Rust creates, by [`Instance::new`] or `into()`,
/// becomes an object when it is first passed to Python; all its clones are the same object from then on.
///
/// It may be kept, sent to other threads and dropped anywhere, like a [`Handle`](crate::Handle). An object that Rust keeps stays
/// alive, even if that object itself owns the `Instance`: Python's garbage collector does not see references in Rust.
///
/// There is no `==`: the class defines whether two instances are equal, by an `operator eq` if it has one. [`is`](Instance::is)
/// tells whether two are the same instance.
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
    /// The value of an instance that has not been passed to Python yet.
    Value(Box<C>),
    Object(Handle),
    /// The value was taken out of an instance with a single owner.
    Taken,
}

impl<C> Shared<C> {
    fn take(&mut self) -> State<C> {
        std::mem::replace(self.0.get_mut(), State::Taken)
    }
}

impl<C> Drop for Shared<C> {
    fn drop(&mut self) {
        // The value may own the next instance of a long chain.
        if let State::Value(value) = self.take() {
            trash::value(value);
        }
    }
}

impl<C: Class> Instance<C> {
    /// Creates an instance that holds `value`.
    ///
    /// ```
    /// use pyidl_runtime::Instance;
    /// # use pyidl_runtime::glue::Class;
    ///
    /// /// A record with the same instance in two fields.
    /// struct Pair<C> {
    ///     first: Instance<C>,
    ///     second: Instance<C>,
    /// }
    ///
    /// fn pair<C: Class>(value: C) -> Pair<C> {
    ///     let first = Instance::new(value);
    ///     Pair { second: first.clone(), first }
    /// }
    /// ```
    pub fn new(value: C) -> Self {
        Self::of(State::Value(Box::new(value)))
    }

    fn of(state: State<C>) -> Self {
        Self(Arc::new(Shared(Mutex::new(state))))
    }

    /// Returns the value for reading. Until the reference is dropped, a method that changes the value waits in other threads and
    /// fails in this one.
    ///
    /// ```
    /// # use pyidl_runtime::{Instance, Python, Result, glue::Class};
    /// fn most<C: Class>(py: Python<'_>, instances: &[Instance<C>], of: impl Fn(&C) -> u64) -> Result<u64> {
    ///     let mut most = 0;
    ///     for instance in instances {
    ///         most = most.max(of(&*instance.get(py)?));
    ///     }
    ///     Ok(most)
    /// }
    /// ```
    ///
    /// # Errors
    /// RuntimeError if this thread is changing the value, or if the object belongs to another interpreter.
    pub fn get<'py>(&self, py: Python<'py>) -> Result<Ref<'py, C>> {
        // SAFETY: the object of an `Instance<C>` is an instance of `C`.
        unsafe { Ref::new(self.object(py)?) }
    }

    /// Returns whether both are the same instance.
    ///
    /// ```
    /// use pyidl_runtime::Instance;
    /// # use pyidl_runtime::glue::Class;
    ///
    /// fn contains<C: Class>(instances: &[Instance<C>], wanted: &Instance<C>) -> bool {
    ///     instances.iter().any(|instance| instance.is(wanted))
    /// }
    /// ```
    pub fn is(&self, other: &Self) -> bool {
        if Arc::ptr_eq(&self.0, &other.0) {
            return true;
        }
        // Only one lock is held at a time: another thread may compare them in the opposite order.
        let own = self.lock().identity();
        own.is_some() && own == other.lock().identity()
    }

    /// Returns the Python object, and creates it if there is none yet.
    fn object<'py>(&self, py: Python<'py>) -> Returned<'py> {
        if let State::Object(handle) = &*self.lock() {
            return bind::<C>(handle, py);
        }
        // No code that can run Python code is called under the lock, for which other threads would wait while attached.
        let session = session::open(py)?;
        let unfilled = Unfilled::<C>::new(py)?;
        let mut state = self.lock();
        if let State::Object(handle) = &*state {
            return bind::<C>(handle, py);
        }
        match std::mem::replace(&mut *state, State::Object(unfilled.handle(session))) {
            State::Value(value) => unfilled.fill(*value),
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
    /// Returns the identity key of the object, unique among live objects; `None` if there is no object.
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

/// Keeps the same instance.
impl<C: Class> From<Ref<'_, C>> for Instance<C> {
    fn from(reference: Ref<'_, C>) -> Self {
        Self::of(State::Object(Handle::new(reference.object().clone())))
    }
}

impl<C> Clone for Instance<C> {
    /// Returns the same instance again. The value is not copied.
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<C> fmt::Debug for Instance<C> {
    /// `<Station>`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Python shares the value, so the thread would have to be attached to read it.
        let name = std::any::type_name::<C>();
        write!(f, "<{}>", name.rsplit("::").next().unwrap_or(name))
    }
}

impl<'py, C: Class> FromPython<'py> for Instance<C> {
    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Self> {
        expect::<L, C>(object)?;
        memory::room_for_shared::<Shared<C>>()?;
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
