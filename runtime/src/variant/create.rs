//! Creates the classes of a variant and of its cases.

use std::ffi::c_void;

use super::{Case, Variant, error};
use crate::Result;
use crate::call::Returned;
use crate::dynamic::tuple;
use crate::error::Error;
use crate::exception::annotate_exception;
use crate::ffi::Raw;
use crate::layout::Layout;
use crate::layout::Probed;
use crate::module::{Annotations, Module, TypeEntry};
use crate::object::Object;
use crate::panic::returning_object;
use crate::python::Python;
use crate::record::{Record, annotate, create_record};
use crate::type_object::{
    self, Blueprint, TypeSlot, last_part, made_before, set_class_attribute, short_name,
};

/// Returns the entry of a variant for the definition of a module. The entries of its cases follow.
pub const fn type_of_variant<V: Variant>() -> TypeEntry {
    TypeEntry::new(V::DEFINITION.name, create_variant::<V>)
}

/// Returns the entry of a case for the definition of a module.
pub const fn type_of_case<V: Variant, const CASE: usize>() -> TypeEntry {
    TypeEntry::new(V::DEFINITION.cases[CASE].name, create_case::<V, CASE>)
        .nested()
        .annotated(annotate_case::<V, CASE>)
}

fn create_variant<'py, V: Variant>(module: &Module<'py>, index: usize) -> Returned<'py> {
    type_object::check_index::<V>(module, index)?;
    let definition = V::DEFINITION;
    if definition.error {
        return error::create_variant(module, definition);
    }
    let header = Probed::facts().header;
    let mut blueprint = Blueprint::new(definition.name, definition.doc, header);
    blueprint.is_base = true;
    blueprint.slot(TypeSlot::New, refuse_new::<V> as *const c_void);
    // SAFETY: the function has the signature of its slot, and instances consist of a header only.
    let class = unsafe { blueprint.make(module, None)? };
    set_class_attribute(&class, c"__slots__", &tuple(module.py, [])?)?;
    Ok(class)
}

/// `tp_new` of a variant itself.
unsafe extern "C" fn refuse_new<V: Variant>(_class: Raw, _arguments: Raw, _keywords: Raw) -> Raw {
    // SAFETY: Python calls `tp_new` on an attached thread.
    let py = unsafe { Python::assume_attached() };
    returning_object(py, || Err(has_no_instances(V::DEFINITION)))
}

#[cold]
fn has_no_instances(definition: &super::VariantDefinition) -> Error {
    let name = short_name(definition.name);
    Error::type_error(format!(
        "cannot create '{name}' instances, only those of its cases: {}",
        list_of_cases(definition)
    ))
}

/// The maximal number of cases that a message lists.
const LISTED: usize = 8;

/// `Command.Close, Command.LineTo or Command.Arc`
pub(super) fn list_of_cases(definition: &super::VariantDefinition) -> String {
    let names: Vec<_> = definition
        .cases
        .iter()
        .take(LISTED)
        .map(|case| case.qualified_name())
        .collect();
    match (names.as_slice(), definition.cases.len() - names.len()) {
        ([], _) => "none".to_owned(),
        ([one], _) => (*one).to_owned(),
        ([first @ .., end], 0) => format!("{} or {end}", first.join(", ")),
        (all, more) => format!("{} or one of {more} others", all.join(", ")),
    }
}

fn create_case<'py, V: Variant, const CASE: usize>(
    module: &Module<'py>,
    index: usize,
) -> Returned<'py> {
    type_object::check_index::<Case<V, CASE>>(module, index)?;
    let variant = made_before(module, V::INDEX)?;
    let class = if V::DEFINITION.error {
        error::create_case::<Case<V, CASE>>(module, &variant)?
    } else {
        create_record::<Case<V, CASE>>(module, index)?
    };
    nest::<Case<V, CASE>>(&variant, &class)?;
    Ok(class)
}

fn annotate_case<'py, V: Variant, const CASE: usize>(
    class: &Object<'py>,
    annotations: &mut Annotations<'py>,
) -> Result<()> {
    match V::DEFINITION.error {
        true => annotate_exception(class, annotations, V::DEFINITION.cases[CASE].fields),
        false => annotate::<Case<V, CASE>>(class, annotations),
    }
}

/// Makes a case an attribute of its variant.
fn nest<R: Record>(variant: &Object<'_>, class: &Object<'_>) -> Result<()> {
    set_class_attribute(variant, last_part(R::DEFINITION.name), class)
}
