//! What a module keeps for each interpreter that has imported it: its types, and what belongs to them.

use super::interpreter;
use super::tables::SubmoduleTables;
use crate::error::Error;
use crate::ffi::{Raw, Visit};
use crate::python::Python;
use crate::{Result, api};
use std::ffi::{c_int, c_void};
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

/// The per-interpreter states of one module. A static in the generated code.
///
/// While one interpreter has the module, which is nearly always, finding its state is one load. With several, they are told
/// apart by the interpreter of the current thread.
pub struct Interpreters {
    /// The state while there is exactly one, else null.
    only: AtomicPtr<State>,
    all: Mutex<Vec<StatePointer>>,
    /// Addresses of what was built for Python to create modules from, for `PyInit_` and for `PyModExport_`; the same for all
    /// interpreters.
    pub(super) definition: OnceLock<usize>,
    pub(super) slots: OnceLock<usize>,
    /// The method tables of the modules in it.
    pub(super) submodules: OnceLock<SubmoduleTables>,
}

struct StatePointer(*mut State);
// SAFETY: the pointer is followed only by threads attached to the interpreter that the state belongs to.
unsafe impl Send for StatePointer {}

/// The state of one module in one interpreter. Module objects own it; several of the same interpreter (a module that was
/// imported again) share it, so that their classes are the same.
pub(crate) struct State {
    interpreter: *mut c_void,
    /// A reference to the dictionary of the interpreter's modules. A new interpreter may be at the address of a former one
    /// that never freed its modules; its dictionary cannot, as long as the former is referenced here.
    modules: Raw,
    session: u64,
    /// The module objects that own this state.
    owners: Mutex<Vec<Owner>>,
    types: Box<[TypeState]>,
    /// The garbage collector has taken the types away: nobody else is to share them.
    cleared: AtomicBool,
}

/// The address of a module object, which is only compared.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Owner(usize);

impl Owner {
    fn of(module: Raw) -> Owner {
        Owner(module as usize)
    }
}

/// A type object, and other objects that live as long: the members of an enum.
#[derive(Default)]
pub(crate) struct TypeState {
    object: AtomicPtr<crate::ffi::PyObject>,
    related: OnceLock<Box<[Related]>>,
}

/// A reference that a type's state owns.
pub(crate) struct Related(pub(crate) Raw);
// SAFETY: used only by threads attached to the interpreter that the object belongs to.
unsafe impl Send for Related {}
// SAFETY: as above.
unsafe impl Sync for Related {}

/// Numbers the states, to tell an interpreter from a later one.
static SESSIONS: AtomicU64 = AtomicU64::new(1);

impl Interpreters {
    /// No interpreter has the module yet.
    #[allow(
        clippy::new_without_default,
        reason = "a static needs a const function"
    )]
    pub const fn new() -> Interpreters {
        Interpreters {
            only: AtomicPtr::new(std::ptr::null_mut()),
            all: Mutex::new(Vec::new()),
            definition: OnceLock::new(),
            slots: OnceLock::new(),
            submodules: OnceLock::new(),
        }
    }

    /// The state for the interpreter that the thread is attached to, if the module is there.
    #[inline(always)]
    pub(crate) fn state<'py>(&self, py: Python<'py>) -> Option<&'py State> {
        let only = self.only.load(Ordering::Acquire);
        if only.is_null() {
            return self.state_among_several(py);
        }
        // SAFETY: a state lives as long as a module object of its interpreter, and the code that asks runs for one.
        Some(unsafe { &*only })
    }

    /// As [`state`](Interpreters::state), where the code that asks may run in an interpreter that has not got the module.
    #[cold]
    pub(crate) fn state_among_several<'py>(&self, _py: Python<'py>) -> Option<&'py State> {
        let interpreter = interpreter::current();
        self.lock().iter().find_map(|state| {
            // SAFETY: the states in the list are alive, see `state`.
            let state = unsafe { &*state.0 };
            (state.interpreter == interpreter).then_some(state)
        })
    }

    /// The type with this index in the module's definition; borrowed from the state.
    ///
    /// # Errors
    /// ImportError where the interpreter has not got the module (any more).
    #[inline(always)]
    pub(crate) fn type_object(&self, py: Python<'_>, index: usize) -> Result<Raw> {
        match self.state(py).and_then(|state| state.type_object(index)) {
            Some(object) => Ok(object),
            None => Err(not_imported()),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<StatePointer>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds `owner` (a module object, only compared) to the state of this interpreter, made new if there is none.
    ///
    /// # Safety
    /// `release` is called with the same owner before the owner is gone.
    pub(crate) unsafe fn acquire<'py>(
        &self,
        _py: Python<'py>,
        owner: Raw,
        types: usize,
    ) -> &'py State {
        let interpreter = interpreter::current();
        // SAFETY: attached; the dictionary is alive as long as the interpreter.
        let modules = unsafe { api::PyImport_GetModuleDict() };
        let mut all = self.lock();
        // A state of an interpreter that ended without freeing its modules is forgotten, with all that it references; one that
        // the garbage collector has cleared is left to its owner.
        all.retain(|state| {
            // SAFETY: the states in the list are alive.
            let state = unsafe { &*state.0 };
            let usable = state.modules == modules && !state.cleared.load(Ordering::Relaxed);
            state.interpreter != interpreter || usable
        });
        let own = all.iter().find(|state| {
            // SAFETY: as above.
            unsafe { (*state.0).interpreter == interpreter }
        });
        if let Some(found) = own {
            // SAFETY: as above; it lives as long as its owners.
            let state = unsafe { &*found.0 };
            state.owners().push(Owner::of(owner));
            self.publish(&all);
            return state;
        }
        // SAFETY: alive and attached.
        unsafe { api::Py_IncRef(modules) };
        let state = Box::into_raw(Box::new(State {
            interpreter,
            modules,
            session: SESSIONS.fetch_add(1, Ordering::Relaxed),
            owners: Mutex::new(vec![Owner::of(owner)]),
            types: (0..types).map(|_| TypeState::default()).collect(),
            cleared: AtomicBool::new(false),
        }));
        all.push(StatePointer(state));
        self.publish(&all);
        // SAFETY: alive as long as the owner.
        unsafe { &*state }
    }

    /// Takes `owner` from the state, which is freed with its last one.
    ///
    /// # Safety
    /// `state` was acquired here with this owner, and is not used by it any more; attached to its interpreter.
    pub(crate) unsafe fn release(&self, state: *mut State, owner: Raw) {
        let state = {
            let mut all = self.lock();
            {
                // SAFETY: not freed yet, since this owner holds it.
                let mut owners = unsafe { &*state }.owners();
                if let Some(index) = owners.iter().position(|other| *other == Owner::of(owner)) {
                    owners.remove(index);
                }
                if !owners.is_empty() {
                    return;
                }
            }
            all.retain(|other| other.0 != state);
            self.publish(&all);
            // SAFETY: the last owner: nobody else knows the state, which came from a Box.
            unsafe { Box::from_raw(state) }
        };
        // Outside the lock: freeing objects runs Python code.
        // SAFETY: attached to the interpreter of the state (caller).
        unsafe {
            state.clear();
            api::Py_DecRef(state.modules);
        }
    }

    fn publish(&self, all: &[StatePointer]) {
        let only = match all {
            [state] => state.0,
            _ => std::ptr::null_mut(),
        };
        self.only.store(only, Ordering::Release);
    }
}

#[cold]
fn not_imported() -> Error {
    Error::import_error(
        "the extension module that this value belongs to is not imported in this interpreter",
    )
}

impl State {
    fn owners(&self) -> MutexGuard<'_, Vec<Owner>> {
        self.owners.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A number that no other interpreter has, nor the same one after it was started again.
    pub(crate) fn session(&self) -> u64 {
        self.session
    }

    /// The type with this index, borrowed; none before it was made and after the state was cleared.
    #[inline(always)]
    pub(crate) fn type_object(&self, index: usize) -> Option<Raw> {
        let object = self.types.get(index)?.object.load(Ordering::Acquire);
        if object.is_null() { None } else { Some(object) }
    }

    /// Takes over a reference to the type. If another thread was first, its type stays, which is given back.
    pub(crate) fn set_type_object(
        &self,
        py: Python<'_>,
        index: usize,
        object: crate::object::Any<'_>,
    ) -> Raw {
        let _ = py;
        let raw = object.into_raw();
        match self.types[index].object.compare_exchange(
            std::ptr::null_mut(),
            raw,
            Ordering::AcqRel,
            Ordering::Acquire,
        ) {
            Ok(_) => raw,
            Err(first) => {
                // SAFETY: the reference that was to be stored; attached (`py`).
                unsafe { api::Py_DecRef(raw) };
                first
            }
        }
    }

    /// The objects that belong to the type with this index, borrowed: the members of an enum, in order.
    #[inline(always)]
    pub(crate) fn related(&self, index: usize) -> &[Related] {
        self.types
            .get(index)
            .and_then(|state| state.related.get())
            .map_or(&[], |related| related)
    }

    /// Takes over references to objects that belong to a type; once.
    pub(crate) fn set_related(&self, index: usize, objects: Vec<crate::object::Any<'_>>) {
        let related = objects
            .into_iter()
            .map(|object| Related(object.into_raw()))
            .collect();
        let _ = self.types[index].related.set(related);
    }

    /// For the garbage collector: visits what this state references, for one of its owners only, since each reference is to
    /// be counted once.
    ///
    /// # Safety
    /// To be called by a `tp_traverse` of `owner`.
    pub(super) unsafe fn traverse(&self, owner: Raw, visit: Visit, argument: *mut c_void) -> c_int {
        // Where another thread was stopped with the list locked, nothing is visited: the collector then takes everything for
        // alive.
        let first = self
            .owners
            .try_lock()
            .ok()
            .and_then(|owners| owners.first().copied());
        if first != Some(Owner::of(owner)) {
            return 0;
        }
        let references = self.types.iter().flat_map(|state| {
            let related = state.related.get().map_or(&[][..], |related| related);
            std::iter::once(state.object.load(Ordering::Relaxed))
                .chain(related.iter().map(|object| object.0))
        });
        for object in references
            .chain([self.modules])
            .filter(|object| !object.is_null())
        {
            // SAFETY: a live object and the collector's own argument.
            let stop = unsafe { visit(object, argument) };
            if stop != 0 {
                return stop;
            }
        }
        0
    }

    /// For the garbage collector: breaks the cycles that go through a state whose only owner is garbage.
    ///
    /// # Safety
    /// To be called by a `tp_clear` of `owner`.
    pub(super) unsafe fn clear_for(&self, owner: Raw) {
        if *self.owners() == [Owner::of(owner)] {
            self.cleared.store(true, Ordering::Relaxed);
            // SAFETY: attached, as a collector is.
            unsafe { self.clear() };
        }
    }

    /// Drops the types (their related objects stay until the state is freed, as other threads may hold the slice).
    ///
    /// # Safety
    /// Attached to the interpreter of the state.
    pub(super) unsafe fn clear(&self) {
        for state in &self.types {
            let object = state.object.swap(std::ptr::null_mut(), Ordering::AcqRel);
            if !object.is_null() {
                // SAFETY: the state owned this reference.
                unsafe { api::Py_DecRef(object) };
            }
        }
    }
}

impl Drop for TypeState {
    fn drop(&mut self) {
        for object in self.related.take().iter().flatten() {
            // SAFETY: the state owned this reference, and is freed attached to its interpreter.
            unsafe { api::Py_DecRef(object.0) };
        }
    }
}
