//! The attributes that make a class a dataclass for the `dataclasses` module, and its annotations.

use super::definition::{Record, RecordDefinition};
use crate::Result;
use crate::call::Returned;
use crate::convert::IntoPython;
use crate::dynamic::{call, imported, text, tuple};
use crate::host::{Version, host};
use crate::layout::Probed;
use crate::lazy_attribute::lazy_attribute;
use crate::module::Annotations;
use crate::object::{Argument, Object};

use crate::type_object::{set_class_attribute, short_name};
use crate::{api, convert::string};

/// Adds the attributes to the class. Those that need the `dataclasses` module are created on first access.
pub(super) fn add_attributes<R: Record>(class: &Object<'_>) -> Result<()> {
    let py = class.py();
    set_class_attribute(
        class,
        c"__dataclass_fields__",
        &lazy_attribute(py, fields::<R>)?,
    )?;
    set_class_attribute(
        class,
        c"__dataclass_params__",
        &lazy_attribute(py, params::<R>)?,
    )?;
    Ok(())
}

/// Sets the `__annotations__` of the class. `typing.get_type_hints` reads them from the class's dictionary and bypasses
/// descriptors.
pub(crate) fn annotate<'py, R: Record>(
    class: &Object<'py>,
    annotations: &mut Annotations<'py>,
) -> Result<()> {
    let annotations = annotations.of_fields(R::DEFINITION.fields)?;
    set_class_attribute(class, c"__annotations__", &annotations)
}

fn fields<'py, R: Record>(class: Argument<'py>) -> Returned<'py> {
    model(class, R::DEFINITION)?.attribute(c"__dataclass_fields__")
}

fn params<'py, R: Record>(class: Argument<'py>) -> Returned<'py> {
    model(class, R::DEFINITION)?.attribute(c"__dataclass_params__")
}

/// Returns a dataclass with the same fields, made by `dataclasses.make_dataclass`: the objects that describe fields differ
/// between versions.
fn model<'py>(class: Argument<'py>, definition: &RecordDefinition) -> Returned<'py> {
    let py = class.py();
    let annotations = class.attribute(c"__annotations__")?;
    let mut fields = Vec::with_capacity(definition.fields.len());
    for field in definition.fields {
        let name = text(py, field.name)?;
        // SAFETY: alive and attached.
        let annotation = unsafe {
            Object::from_owned(
                py,
                api::PyObject_GetItem(annotations.as_raw(), name.as_raw()),
            )?
        };
        fields.push(match field.default {
            None => tuple(py, [name, annotation])?,
            Some(default) => tuple(py, [name, annotation, field_object(default(py)?)?])?,
        });
    }
    let make = imported(py, "dataclasses", c"make_dataclass")?;
    let name = string::from_str(py, short_name(definition.name))?;
    let fields = tuple(py, fields)?;
    let frozen = (c"frozen", true.into_python::<Probed>(py)?);
    if host().version < Version::new(3, 10) {
        return call(&make, [name, fields], [frozen]);
    }
    let slots = (c"slots", true.into_python::<Probed>(py)?);
    call(&make, [name, fields], [frozen, slots])
}

/// Returns `dataclasses.field` for a default; a list, dict or set is copied for each instance.
fn field_object(default: Object<'_>) -> Returned<'_> {
    let py = default.py();
    let field = imported(py, "dataclasses", c"field")?;
    let mutable = [api::PyList_Type(), api::PyDict_Type(), api::PySet_Type()];
    if !mutable
        .iter()
        .any(|class| default.as_argument().is_instance(*class))
    {
        return call(&field, [], [(c"default", default)]);
    }
    let partial = imported(py, "functools", c"partial")?;
    let copy = imported(py, "copy", c"deepcopy")?;
    let factory = call(&partial, [copy, default], [])?;
    call(&field, [], [(c"default_factory", factory)])
}
