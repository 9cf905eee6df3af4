//! The state of a module in each interpreter that has imported it: its types and the objects that belong to them.
//!
//! A state belongs to its interpreter ([`session`]) and ends with it. The garbage collector sees its references through a single
//! module object, the state's home: the first one whose execution completed. Module objects of later imports share the state, so
//! that their classes are the same, and keep the home alive.

use super::registry::{Opened, Registry};
use super::session::{self, Session};
use super::tables::SubmoduleTables;
use crate::error::Error;
use crate::ffi::{PyObject, Raw, Visit};
use crate::fork::{Mutex, OnceLock};
use crate::layout::Layout;
use crate::object::{Any, Argument, Object};
use crate::python::Python;
use crate::refcount::type_of;
use crate::{Result, api};
use std::ffi::{c_int, c_void};
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

/// The per-interpreter states of one module. A static in the generated code.
pub struct Interpreters {
    states: Registry<State>,
    /// Addresses of the structures from which Python creates modules, for `PyInit_` and for `PyModExport_`. All interpreters
    /// share them.
    pub(super) definition: OnceLock<usize>,
    pub(super) slots: OnceLock<usize>,
    /// The method tables of the submodules.
    pub(super) submodules: OnceLock<SubmoduleTables>,
}

/// The state of one module in one interpreter. Its memory is never freed ([`super::registry`]).
pub(crate) struct State {
    types: Box<[TypeState]>,
    /// Held while a type and the objects that belong to it are stored.
    placing: Mutex<()>,
    /// The module object through which the garbage collector sees the references; only its address is used. Null if there is
    /// none.
    home: AtomicPtr<PyObject>,
    /// How many module objects use the state.
    users: AtomicUsize,
}

/// A type object and the objects that live as long, such as the members of an enum.
#[derive(Default)]
struct TypeState {
    object: AtomicPtr<PyObject>,
    related: OnceLock<Box<[Related]>>,
}

/// A reference that a type's state owns. Null before the type is made and after the state has ended.
#[derive(Default)]
pub(crate) struct Related(AtomicPtr<PyObject>);

impl Related {
    /// Returns the object, borrowed.
    #[inline(always)]
    pub(crate) fn object(&self) -> Option<Raw> {
        non_null(self.0.load(Ordering::Acquire))
    }
}

#[inline(always)]
fn non_null(object: Raw) -> Option<Raw> {
    if object.is_null() { None } else { Some(object) }
}

impl Interpreters {
    /// Creates the registry of a module that no interpreter has imported yet.
    #[allow(
        clippy::new_without_default,
        reason = "a static needs a const function"
    )]
    pub const fn new() -> Interpreters {
        Interpreters {
            states: Registry::new(),
            definition: OnceLock::new(),
            slots: OnceLock::new(),
            submodules: OnceLock::new(),
        }
    }

    /// Returns the state for the interpreter that the thread is attached to, if the module is imported there.
    #[inline(always)]
    pub(crate) fn state<'py>(&self, py: Python<'py>) -> Option<&'py State> {
        self.states.get(py).map(|state| &**state)
    }

    /// Returns whether the type of `object` is exactly the one with this index.
    #[inline(always)]
    pub(crate) fn has_type<L: Layout>(&self, object: Argument<'_>, index: usize) -> bool {
        // SAFETY: alive and attached.
        let class = unsafe { type_of::<L>(object.as_raw()) };
        // The interpreter does not matter: a type found in any state is of this module. The object keeps its own type alive, so
        // that no other type can have that address.
        self.states
            .first()
            .is_some_and(|state| state.type_object(index) == Some(class))
            || self.has_type_elsewhere(object.py(), index, class)
    }

    #[cold]
    #[inline(never)]
    fn has_type_elsewhere(&self, py: Python<'_>, index: usize, class: Raw) -> bool {
        self.state(py)
            .is_some_and(|state| state.type_object(index) == Some(class))
    }

    /// Returns which of the `count` types from `index` on is `class`, the type of a live object.
    #[inline]
    pub(crate) fn place_of_type(
        &self,
        py: Python<'_>,
        class: Raw,
        index: usize,
        count: usize,
    ) -> Option<usize> {
        let find = |state: &State| {
            (0..count).find(|place| state.type_object(index + place) == Some(class))
        };
        // As in `has_type`.
        find(self.states.first()?).or_else(|| find(self.state(py)?))
    }

    /// Returns the position of `object` among the objects that belong to the type with this index.
    #[inline]
    pub(crate) fn place_in_related(&self, object: Argument<'_>, index: usize) -> Option<usize> {
        // As in `has_type`: a match is the object, whichever interpreter the state is for.
        let first = self.states.first()?.place_in_related(object, index);
        first.or_else(|| self.state(object.py())?.place_in_related(object, index))
    }

    /// Returns the type with this index in the module's definition, borrowed from the state. It may only be compared with: where
    /// a module can be garbage-collected, its types can be too.
    ///
    /// # Errors
    /// Returns ImportError if the interpreter has not imported the module or has dropped it.
    #[inline(always)]
    pub(crate) fn type_object(&self, py: Python<'_>, index: usize) -> Result<Raw> {
        match self.state(py).and_then(|state| state.type_object(index)) {
            Some(object) => Ok(object),
            None => Err(not_imported()),
        }
    }

    /// Returns the type with this index in the module's definition.
    ///
    /// # Errors
    /// As for [`type_object`](Self::type_object).
    #[inline]
    pub(crate) fn class<'py>(&self, py: Python<'py>, index: usize) -> Result<Object<'py>> {
        // SAFETY: the type is alive: where threads run in parallel, types are kept until their interpreter ends.
        self.type_object(py, index)
            .map(|class| unsafe { Any::from_borrowed(py, class) })
    }

    /// Returns the state of the current interpreter. If there is none yet, it is created with `types` types.
    ///
    /// # Errors
    /// As for [`session::open`].
    pub(super) fn open<'py>(&'static self, py: Python<'py>, types: usize) -> Result<&'py State> {
        let session = session::open(py)?;
        let (state, opened) = self.states.open(
            py,
            |state| state.users.load(Ordering::Acquire) == 0,
            |_| {},
            || State {
                types: (0..types).map(|_| TypeState::default()).collect(),
                placing: Mutex::new(()),
                home: AtomicPtr::default(),
                users: AtomicUsize::new(0),
            },
        );
        if opened == Opened::Now {
            session.add_state(state);
        }
        Ok(state)
    }
}

#[cold]
fn not_imported() -> Error {
    Error::import_error(
        "the extension module that this value belongs to is not imported in this interpreter",
    )
}

impl State {
    /// Returns the type with this index, borrowed; `None` before it is made and after the state has ended.
    #[inline(always)]
    pub(crate) fn type_object(&self, index: usize) -> Option<Raw> {
        non_null(self.types.get(index)?.object.load(Ordering::Acquire))
    }

    /// Takes ownership of a type and the objects that belong to it. If another thread was first, its type stays.
    pub(crate) fn place(&self, index: usize, class: Any<'_>, related: Vec<Any<'_>>) -> Raw {
        let state = &self.types[index];
        let guard = self.placing.lock();
        if let Some(first) = self.type_object(index) {
            // Dropping the remaining references may run Python code.
            drop(guard);
            return first;
        }
        // A state that is reopened has room for as many objects, since they come from the same definition.
        let room = state
            .related
            .get_or_init(|| related.iter().map(|_| Related::default()).collect());
        for (place, object) in room.iter().zip(related) {
            place.0.store(object.into_raw(), Ordering::Release);
        }
        let class = class.into_raw();
        state.object.store(class, Ordering::Release);
        class
    }

    /// Returns the objects that belong to the type with this index: the members of an enum, in order.
    #[inline(always)]
    pub(crate) fn related(&self, index: usize) -> &[Related] {
        self.types
            .get(index)
            .and_then(|state| state.related.get())
            .map_or(&[], |related| related)
    }

    #[inline(always)]
    fn place_in_related(&self, object: Argument<'_>, index: usize) -> Option<usize> {
        self.related(index)
            .iter()
            .position(|related| related.0.load(Ordering::Relaxed) == object.as_raw())
    }

    /// Counts one more module object as a user of the state, until [`leave`](Self::leave).
    pub(super) fn join(&self) {
        self.users.fetch_add(1, Ordering::AcqRel);
    }

    /// Makes `module` the state's home if there is none. Otherwise returns the home, which `module` must keep alive.
    pub(super) fn settle<'py>(&self, module: &Object<'py>) -> Option<Object<'py>> {
        let settled = self.home.compare_exchange(
            std::ptr::null_mut(),
            module.as_raw(),
            Ordering::AcqRel,
            Ordering::Acquire,
        );
        let home = settled.err().filter(|home| *home != module.as_raw())?;
        // SAFETY: the home is alive: one that is freed is unset first (`leave`), and where threads run in parallel it is kept
        // until the interpreter ends.
        Some(unsafe { Any::from_borrowed(module.py(), home) })
    }

    /// Returns whether a module's execution completed, so that all types exist.
    pub(super) fn is_settled(&self) -> bool {
        !self.home.load(Ordering::Acquire).is_null()
    }

    /// Drops the state of a module whose execution failed, unless other modules use the state.
    pub(super) fn abandon(&self, py: Python<'_>, session: &Session) {
        let nobody = std::ptr::null_mut();
        if self.users.load(Ordering::Acquire) > 1 || self.home.load(Ordering::Acquire) != nobody {
            return;
        }
        let objects = self.take();
        for object in objects {
            // SAFETY: the state owned the reference.
            let object = unsafe { Any::from_owned_unchecked(py, object) };
            if session::keeps_modules() {
                // Another thread may be using it at this moment.
                session.keep(object);
            }
        }
    }

    /// Counts one module object less as a user of the state.
    ///
    /// # Safety
    /// The module has joined the state, and the thread is attached to its interpreter.
    pub(super) unsafe fn leave(&self, module: Raw) {
        let was_home = self.home.compare_exchange(
            module,
            std::ptr::null_mut(),
            Ordering::AcqRel,
            Ordering::Acquire,
        );
        if was_home.is_ok() {
            // SAFETY: attached (caller). If the state has ended with its interpreter, there is nothing left in it.
            unsafe { self.clear() };
        }
        self.users.fetch_sub(1, Ordering::AcqRel);
    }

    /// Visits the references of the state for the garbage collector, if `module` is its home.
    ///
    /// # Safety
    /// To be called by a `tp_traverse` of `module`.
    pub(super) unsafe fn traverse(
        &self,
        module: Raw,
        visit: Visit,
        argument: *mut c_void,
    ) -> c_int {
        if self.home.load(Ordering::Acquire) != module {
            return 0;
        }
        for object in self.references() {
            if let Some(object) = non_null(object.load(Ordering::Acquire)) {
                // SAFETY: a live object and the collector's own argument.
                let stop = unsafe { visit(object, argument) };
                if stop != 0 {
                    return stop;
                }
            }
        }
        0
    }

    /// Breaks the reference cycles through the state for the garbage collector, if `module` is its home.
    ///
    /// # Safety
    /// To be called by a `tp_clear` of `module`.
    pub(super) unsafe fn clear_for(&self, module: Raw) {
        if self.home.load(Ordering::Acquire) == module {
            // SAFETY: attached, as a collector is.
            unsafe { self.clear() };
        }
    }

    /// Releases all references.
    ///
    /// # Safety
    /// The thread is attached to the interpreter of the state.
    pub(super) unsafe fn clear(&self) {
        for object in self.take() {
            // SAFETY: the state owned this reference.
            unsafe { api::Py_DecRef(object) };
        }
    }

    /// Takes the references out of the state. The caller owns them.
    fn take(&self) -> Vec<Raw> {
        let _guard = self.placing.lock();
        self.references()
            .filter_map(|object| non_null(object.swap(std::ptr::null_mut(), Ordering::AcqRel)))
            .collect()
    }

    /// Returns the slots of the references. Types come before the objects that belong to them.
    fn references(&self) -> impl Iterator<Item = &AtomicPtr<PyObject>> {
        self.types.iter().flat_map(|state| {
            let related = state.related.get().into_iter().flatten();
            std::iter::once(&state.object).chain(related.map(|related| &related.0))
        })
    }
}
