//! The memory of an instance: Python's header, then a reference for each field.

use std::ffi::{c_int, c_void};

use super::definition::RecordDefinition;
use crate::ffi::{Raw, Visit};
use crate::host::{Version, host};
use crate::layout::{Layout, Probed};
use crate::object::{Argument, Object};
use crate::python::Python;
use crate::type_object;
use crate::{Result, api};

#[inline(always)]
fn first_field<L: Layout>() -> usize {
    L::facts().header
}

/// Returns `tp_basicsize` of a record with this many fields.
pub(super) fn size(fields: usize) -> usize {
    first_field::<Probed>() + fields * size_of::<Raw>()
}

/// Returns the offset of a field in an instance.
pub(super) fn offset(field: usize) -> usize {
    size(field)
}

/// Returns the fields of an instance. They do not change once the instance is complete.
///
/// # Safety
/// `object` is an instance of a record with `count` fields, alive for `'a`.
#[inline(always)]
pub(super) unsafe fn fields<'a, L: Layout>(object: Raw, count: usize) -> &'a [Raw] {
    // SAFETY: `count` references follow the header.
    unsafe { std::slice::from_raw_parts(object.cast::<u8>().add(first_field::<L>()).cast(), count) }
}

/// Creates an instance of `class`, whose fields are null.
///
/// # Safety
/// `class` is the type object of a record.
#[inline(always)]
pub(super) unsafe fn allocate<'py>(py: Python<'py>, class: Raw) -> Result<Object<'py>> {
    // SAFETY: attached; the allocated memory is zeroed.
    unsafe { Object::from_owned(py, api::PyType_GenericAlloc(class, 0)) }
}

/// Sets a field of a new instance.
///
/// # Safety
/// `object` is an instance of a record with more than `index` fields, and this one is null.
#[inline(always)]
pub(super) unsafe fn set<L: Layout>(object: &Object<'_>, index: usize, value: Object<'_>) {
    // SAFETY: within the instance.
    unsafe {
        object
            .as_raw()
            .cast::<u8>()
            .add(first_field::<L>())
            .cast::<Raw>()
            .add(index)
            .write(value.into_raw());
    }
}

/// Returns a field of an instance; `None` while the instance is being created, when the garbage collector may expose it to other
/// code.
///
/// # Safety
/// `object` is an instance of a record with more than `index` fields.
#[inline(always)]
pub(super) unsafe fn get<'py, L: Layout>(
    object: Argument<'py>,
    index: usize,
) -> Option<Argument<'py>> {
    // SAFETY: within the instance, which keeps the field alive and never changes it.
    unsafe {
        let field = fields::<L>(object.as_raw(), index + 1)[index];
        (!field.is_null()).then(|| Argument::from_raw(field))
    }
}

/// Releases the fields and the memory: the part of `tp_dealloc` after the garbage collector has stopped tracking the instance.
///
/// # Safety
/// `object` is an instance of a record of this definition without references.
pub(super) unsafe fn free(object: Raw, definition: &RecordDefinition) {
    // SAFETY: attached, since Python is deallocating; the instance owns its fields.
    unsafe {
        for field in fields::<Probed>(object, definition.fields.len()) {
            if !field.is_null() {
                crate::refcount::decref::<Probed>(*field);
            }
        }
        type_object::free(object);
    }
}

/// `tp_traverse`
///
/// # Safety
/// `object` is an instance of a record of this definition; `visit` and `argument` are the collector's.
pub(super) unsafe fn traverse(
    object: Raw,
    visit: Visit,
    argument: *mut c_void,
    definition: &RecordDefinition,
) -> c_int {
    // From 3.9 on, instances of heap types must visit their type.
    let class = (host().version >= Version::new(3, 9)).then(|| {
        // SAFETY: the object is alive.
        unsafe { type_object::own_class(object) }
    });
    // SAFETY: as promised by the caller.
    let fields = unsafe { fields::<Probed>(object, definition.fields.len()) };
    for reference in fields
        .iter()
        .copied()
        .chain(class)
        .filter(|reference| !reference.is_null())
    {
        // SAFETY: a live object and the collector's own argument.
        let stop = unsafe { visit(reference, argument) };
        if stop != 0 {
            return stop;
        }
    }
    0
}
