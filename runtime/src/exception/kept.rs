//! The objects that the module's state keeps for an exception class.

use crate::Result;
use crate::api;
use crate::class::Exported;
use crate::error::Error;
use crate::module::{Interpreters, Module, Related};
use crate::object::Object;
use crate::python::Python;

/// The kept objects, in this order: `__new__` of the class; `__init__` of the built-in exception that it is derived from, or
/// `None` if that only sets `args`; the names of the fields.
#[derive(Clone, Copy)]
pub(crate) struct Kept<'py> {
    py: Python<'py>,
    objects: &'py [Related],
}

const NEW: usize = 0;
const BASE_INIT: usize = 1;
const FIRST_FIELD: usize = 2;

impl<'py> Kept<'py> {
    /// # Errors
    /// ImportError if the interpreter no longer has the module.
    pub(crate) fn of<E: Exported>(py: Python<'py>) -> Result<Self> {
        Self::at(py, E::INTERPRETERS, E::INDEX)
    }

    /// Returns the objects of the exception with this index.
    ///
    /// # Errors
    /// As above.
    pub(crate) fn at(
        py: Python<'py>,
        interpreters: &'static Interpreters,
        index: usize,
    ) -> Result<Self> {
        match interpreters.state(py).map(|state| state.related(index)) {
            Some(objects) if objects.len() >= FIRST_FIELD => Ok(Self { py, objects }),
            _ => Err(Error::import_error(
                "the module of this exception is being unloaded",
            )),
        }
    }

    pub(crate) fn keep(
        module: &Module<'py>,
        new: Object<'py>,
        base_init: Object<'py>,
        field_names: Vec<Object<'py>>,
    ) {
        module.keep_with_type([new, base_init].into_iter().chain(field_names).collect());
    }

    pub(super) fn new_function(&self) -> Object<'py> {
        self.get(NEW)
    }

    pub(super) fn base_init(&self) -> Option<Object<'py>> {
        Some(self.get(BASE_INIT)).filter(|init| init.as_raw() != api::_Py_NoneStruct())
    }

    pub(crate) fn field_name(&self, field: usize) -> Object<'py> {
        self.get(FIRST_FIELD + field)
    }

    fn get(&self, place: usize) -> Object<'py> {
        match self.objects[place].object() {
            // SAFETY: the state keeps the object alive; attached.
            Some(object) => unsafe { Object::from_borrowed(self.py, object) },
            // This happens only while the interpreter is shutting down.
            None => self.py.none(),
        }
    }
}
