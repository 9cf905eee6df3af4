//! Properties: instance attributes that Rust computes.

use std::ffi::{CStr, c_int, c_void};
use std::marker::PhantomData;

use super::{Class, Receiver};
use crate::call::Returned;
use crate::error::Error;
use crate::ffi::{GetSetDef, Raw};
use crate::layout::{FreeThreaded314, Gil38, Gil312, Layout, PerLayout, Probed};
use crate::object::Argument;
use crate::panic::{returning_object, returning_status};
use crate::python::Python;
use crate::type_object::short_name;
use crate::{Result, api};

/// The read access to a property. Implemented by generated code.
pub trait Getter {
    /// The class.
    type Class: Class;
    /// The name in Python.
    const NAME: &'static CStr;
    /// The documentation that `help` shows.
    const DOC: &'static CStr;
    /// Accesses the value of `this`, calls the user's method and converts its result.
    ///
    /// # Errors
    /// The exception to raise in Python.
    fn get<'py, L: Layout>(this: Receiver<'py, Self::Class>) -> Returned<'py>;
}

/// The write access to a property. Implemented by generated code.
pub trait Setter {
    /// The class.
    type Class: Class;
    /// Converts `value`, accesses the value of `this` and calls the user's method.
    ///
    /// # Errors
    /// The exception to raise in Python.
    fn set<'py, L: Layout>(this: Receiver<'py, Self::Class>, value: Argument<'py>) -> Result<()>;
}

/// A property in the definition of the class `C`.
pub struct PropertyDefinition<C> {
    name: &'static CStr,
    doc: &'static CStr,
    get: PerLayout<*const c_void>,
    set: *const c_void,
    class: PhantomData<fn() -> C>,
}

/// Returns a read-only property that is compiled once per layout, for types that are scalars and strings.
pub const fn property<G: Getter>() -> PropertyDefinition<G::Class> {
    definition::<G>(per_layout::<G>(), std::ptr::null())
}

/// Returns a read-only property that is compiled once for all layouts.
pub const fn shared_property<G: Getter>() -> PropertyDefinition<G::Class> {
    definition::<G>(
        PerLayout::same(get::<G, Probed> as *const c_void),
        std::ptr::null(),
    )
}

/// Returns a property that Python can read and write, compiled as [`property`] is.
pub const fn property_with_setter<G: Getter, S: Setter<Class = G::Class>>()
-> PropertyDefinition<G::Class> {
    definition::<G>(per_layout::<G>(), set::<G, S> as *const c_void)
}

/// Returns a property that Python can read and write, compiled as [`shared_property`] is.
pub const fn shared_property_with_setter<G: Getter, S: Setter<Class = G::Class>>()
-> PropertyDefinition<G::Class> {
    definition::<G>(
        PerLayout::same(get::<G, Probed> as *const c_void),
        set::<G, S> as *const c_void,
    )
}

const fn per_layout<G: Getter>() -> PerLayout<*const c_void> {
    PerLayout {
        gil_3_8: get::<G, Gil38> as *const c_void,
        gil_3_12: get::<G, Gil312> as *const c_void,
        free_threaded_3_14: get::<G, FreeThreaded314> as *const c_void,
        probed: get::<G, Probed> as *const c_void,
    }
}

const fn definition<G: Getter>(
    get: PerLayout<*const c_void>,
    set: *const c_void,
) -> PropertyDefinition<G::Class> {
    PropertyDefinition {
        name: G::NAME,
        doc: G::DOC,
        get,
        set,
        class: PhantomData,
    }
}

// SAFETY of the trampolines: Python calls the functions of a type's properties on an attached thread, with an instance of
// the type (it checks) and a value that is alive, for the time of the call.

unsafe extern "C" fn get<G: Getter, L: Layout>(this: Raw, _closure: *mut c_void) -> Raw {
    // SAFETY: see above.
    let (py, this) = unsafe { (Python::assume_attached(), Receiver::from_raw(this)) };
    returning_object(py, || G::get::<L>(this))
}

unsafe extern "C" fn set<G: Getter, S: Setter<Class = G::Class>>(
    this: Raw,
    value: Raw,
    _closure: *mut c_void,
) -> c_int {
    // SAFETY: see above; the value is null to delete the attribute.
    let (py, this) = unsafe { (Python::assume_attached(), Receiver::from_raw(this)) };
    returning_status(py, || {
        if value.is_null() {
            let name = G::NAME.to_string_lossy();
            let class = short_name(S::Class::DEFINITION.name);
            // The message is that of CPython 3.11 and later for a property without a deleter.
            let message = format!("property '{name}' of '{class}' object has no deleter");
            return Err(Error::builtin(api::PyExc_AttributeError, message));
        }
        // SAFETY: see above.
        S::set::<Probed>(this, unsafe { Argument::from_raw(value) })?;
        Ok(0)
    })
}

impl<C> PropertyDefinition<C> {
    /// Returns the entry of the type's table of properties.
    pub(super) fn get_set_def(&self) -> GetSetDef {
        GetSetDef {
            name: self.name.as_ptr(),
            get: self.get.chosen(),
            set: self.set,
            // A null pointer makes `__doc__` `None`.
            doc: if self.doc.is_empty() {
                std::ptr::null()
            } else {
                self.doc.as_ptr()
            },
            closure: std::ptr::null_mut(),
        }
    }
}
