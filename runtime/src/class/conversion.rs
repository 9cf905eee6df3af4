//! Instances as arguments and results.

use std::ops::Deref;

use super::Class;
use super::constructor::allocate;
use super::receiver::{ArgumentAccess, Receiver};
use crate::Result;
use crate::call::Returned;
use crate::convert::{FromArgument, FromPython, IntoPython};
use crate::error::Error;
use crate::layout::Layout;
use crate::object::{Argument, Object};
use crate::python::Python;
use crate::type_object::{short_name, while_held};

/// Creates an instance that holds `value`.
///
/// # Errors
/// MemoryError; ImportError if the interpreter no longer has the module.
#[inline]
pub fn class_into_python<'py, L: Layout, C: Class>(value: C, py: Python<'py>) -> Returned<'py> {
    let class = C::INTERPRETERS.type_object(py, C::INDEX)?;
    // SAFETY: the type object of `C`, just borrowed from the state.
    unsafe { while_held::<L, _>(class, || allocate::<L, C>(py, class, value)) }
}

/// Returns the object as an instance of `C`, if it is one.
#[inline]
pub(crate) fn instance<'py, L: Layout, C: Class>(
    object: Argument<'py>,
) -> Result<Option<Receiver<'py, C>>> {
    let is_instance = C::INTERPRETERS.has_type::<L>(object, C::INDEX) || {
        let class = C::INTERPRETERS.type_object(object.py(), C::INDEX)?;
        C::DEFINITION.open && object.is_instance(class)
    };
    // SAFETY: an instance of the type object of `C`.
    Ok(is_instance.then(|| unsafe { Receiver::from_raw(object.as_raw()) }))
}

/// Returns the object as an instance of `C`.
///
/// # Errors
/// TypeError for any other object; ImportError if the interpreter no longer has the module.
#[inline]
pub(super) fn expect<'py, L: Layout, C: Class>(object: Argument<'py>) -> Result<Receiver<'py, C>> {
    match instance::<L, C>(object)? {
        Some(receiver) => Ok(receiver),
        None => {
            let name = C::DEFINITION.name;
            Err(Error::expected_type(short_name(name), name, object))
        }
    }
}

/// An instance that the caller passed and keeps alive for the call. It is read-locked until this is dropped.
pub struct ArgumentRef<'py, C: Class>(ArgumentAccess<'py, C>);

impl<C: Class> Deref for ArgumentRef<'_, C> {
    type Target = C;

    #[inline]
    fn deref(&self) -> &C {
        &self.0
    }
}

impl<'py, C: Class> FromArgument<'py> for ArgumentRef<'py, C> {
    #[inline]
    fn from_argument<L: Layout>(argument: Argument<'py>) -> Result<Self> {
        ArgumentAccess::new(expect::<L, C>(argument)?).map(Self)
    }
}

impl<'py, C: Class> FromArgument<'py> for Option<ArgumentRef<'py, C>> {
    #[inline]
    fn from_argument<L: Layout>(argument: Argument<'py>) -> Result<Self> {
        if argument.is_none() {
            return Ok(None);
        }
        ArgumentRef::from_argument::<L>(argument)
            .map(Some)
            .map_err(Error::or_none)
    }
}

/// An instance of a class, from a list or another container that was passed as an argument: the value, for reading.
///
/// The instance is kept alive, and its value is read-locked, until this is dropped. Meanwhile a method that changes it waits in
/// other threads and fails in this one. To keep the instance longer, make an [`Instance`](crate::Instance) of it.
///
/// ```
/// use pyidl_runtime::{Instance, Ref};
///
/// struct Player {
///     played: u64,
/// }
/// # use pyidl_runtime::glue::{Class, ClassDefinition, Exported, Interpreters, class_into_python, unsafe_impl};
/// # use pyidl_runtime::{Any, IntoPython, Layout, Python, Result};
/// # impl IntoPython for Player {
/// #     fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Result<Any<'py>> {
/// #         class_into_python::<L, Self>(self, py)
/// #     }
/// # }
/// # static INTERPRETERS: Interpreters = Interpreters::new();
/// # unsafe_impl! {
/// #     // SAFETY: no module has these states, so that there are no objects of the type.
/// #     unsafe impl Exported for Player {
/// #         const INTERPRETERS: &'static Interpreters = &INTERPRETERS;
/// #         const INDEX: usize = 0;
/// #     }
/// # }
/// # unsafe_impl! {
/// #     // SAFETY: as above.
/// #     unsafe impl Class for Player {
/// #         const MUTABLE: bool = false;
/// #         const DEFINITION: &'static ClassDefinition<Self> = &ClassDefinition {
/// #             name: c"music.Player", doc: c"", open: false, constructor: None,
/// #             methods: &[], properties: &[], operators: &[], constants: &[],
/// #         };
/// #     }
/// # }
///
/// // total: func(players: list<player>) -> u64;
/// fn total(players: Vec<Ref<'_, Player>>) -> u64 {
///     players.iter().map(|player| player.played).sum()
/// }
///
/// fn keep(player: Ref<'_, Player>) -> Instance<Player> {
///     player.into()
/// }
/// ```
pub struct Ref<'py, C: Class> {
    // Dropped before the object, so that the lock is released while the object is alive.
    access: ArgumentAccess<'py, C>,
    object: Object<'py>,
}

impl<'py, C: Class> Ref<'py, C> {
    /// # Safety
    /// `object` is an instance of `C`.
    pub(super) unsafe fn new(object: Object<'py>) -> Result<Self> {
        // SAFETY: an instance of `C` (caller), which `Ref` keeps alive by the reference beside the access.
        let access = ArgumentAccess::new(unsafe { Receiver::from_raw(object.as_raw()) })?;
        Ok(Self { access, object })
    }

    /// Returns the Python object, for what Python code can do with it.
    ///
    /// ```
    /// # use pyidl_runtime::{Ref, Result, glue::Class};
    /// fn shown<C: Class>(instances: &[Ref<'_, C>]) -> Result<Vec<String>> {
    ///     instances.iter().map(|instance| instance.object().repr()).collect()
    /// }
    /// ```
    pub fn object(&self) -> &Object<'py> {
        &self.object
    }
}

impl<C: Class> Deref for Ref<'_, C> {
    type Target = C;

    #[inline]
    fn deref(&self) -> &C {
        &self.access
    }
}

impl<'py, C: Class> FromPython<'py> for Ref<'py, C> {
    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> Result<Self> {
        let receiver = expect::<L, C>(object)?;
        // SAFETY: alive; attached for 'py.
        let object = unsafe { Object::from_borrowed(py, receiver.object().as_raw()) };
        // SAFETY: checked above.
        unsafe { Self::new(object) }
    }
}

impl<C: Class> IntoPython for Ref<'_, C> {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        // SAFETY: alive, since `self` owns a reference.
        Ok(unsafe { Object::from_borrowed(py, self.object.as_raw()) })
    }
}
