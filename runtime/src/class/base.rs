//! What a class is derived from.

use super::Class;
use super::dealloc::{drop_parts, has_drops};
use super::foreign::ForeignType;
use super::instance::Contents;
use crate::Result;
use crate::ffi::Raw;
use crate::layout::Layouts;
use crate::module::Interpreters;
use crate::object::Object;
use crate::python::Python;

/// The base of a class: `object`, another class of this crate, or a type of Python.
#[derive(Clone, Copy)]
pub struct Base(Kind);

#[derive(Clone, Copy)]
enum Kind {
    Object,
    Class(ClassBase),
    Foreign(&'static ForeignType),
}

/// A class of this crate. Its functions are known by address, so that [`Base`] does not depend on its Rust type.
#[derive(Clone, Copy)]
struct ClassBase {
    interpreters: &'static Interpreters,
    index: usize,
    foreign: Option<&'static ForeignType>,
    end: fn(&Layouts) -> usize,
    has_drops: bool,
    drop_parts: unsafe fn(Raw),
}

impl Base {
    /// `object`
    pub const OBJECT: Self = Self(Kind::Object);

    /// Returns the class `B`, which must be open. It may belong to another module, which must be imported first.
    pub const fn of_class<B: Class>() -> Self {
        const { assert!(B::DEFINITION.open, "only open classes can be extended") };
        Self(Kind::Class(ClassBase {
            interpreters: B::INTERPRETERS,
            index: B::INDEX,
            foreign: B::BASE.foreign(),
            end: Contents::<B>::end,
            has_drops: has_drops::<B>(),
            drop_parts: drop_parts::<B>,
        }))
    }

    /// Returns a type that Python or another extension module defines.
    pub const fn of_type(foreign: &'static ForeignType) -> Self {
        Self(Kind::Foreign(foreign))
    }

    /// Returns whether this is not `object`. The values of a derived class come with `__init__`, as those of an open class do:
    /// each class in the chain has its own.
    #[inline(always)]
    pub(super) const fn is_extended(&self) -> bool {
        !matches!(self.0, Kind::Object)
    }

    /// Returns the type at the root of the chain of classes, unless it is `object`.
    pub(super) const fn foreign(&self) -> Option<&'static ForeignType> {
        match self.0 {
            Kind::Object => None,
            Kind::Class(base) => base.foreign,
            Kind::Foreign(foreign) => Some(foreign),
        }
    }

    /// Returns where the parts of the base end in an instance. This is a constant for each compiled layout, unless the size of a
    /// foreign type is involved.
    #[inline(always)]
    pub(super) fn end(&self, facts: &Layouts) -> usize {
        match self.0 {
            Kind::Object => facts.header,
            Kind::Class(base) => (base.end)(facts),
            Kind::Foreign(foreign) => foreign.end(),
        }
    }

    /// Returns the type object; `None` for `object`.
    ///
    /// # Errors
    /// ImportError if the module of the class is not imported, or if the foreign type cannot be extended.
    pub(super) fn find<'py>(&self, py: Python<'py>) -> Result<Option<Object<'py>>> {
        match self.0 {
            Kind::Object => Ok(None),
            Kind::Class(base) => base.interpreters.class(py, base.index).map(Some),
            Kind::Foreign(foreign) => foreign.find(py).map(Some),
        }
    }

    /// Returns whether dropping the values of the base does anything.
    pub(super) const fn has_drops(&self) -> bool {
        match self.0 {
            Kind::Class(base) => base.has_drops,
            Kind::Object | Kind::Foreign(_) => false,
        }
    }

    /// Drops the values of the base, if there are any.
    ///
    /// # Safety
    /// As for [`drop_parts`], with an instance of the base.
    #[inline(always)]
    pub(super) unsafe fn drop_parts(&self, object: Raw) {
        if let Kind::Class(base) = self.0 {
            // SAFETY: as promised by the caller; the function is that of the base's Rust type.
            unsafe { (base.drop_parts)(object) };
        }
    }
}
