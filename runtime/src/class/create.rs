//! Creates a class's type object from its definition.

use std::any::TypeId;
use std::ffi::c_void;

use super::constructor::has_init;
use super::dealloc::dealloc;
use super::definition::{Class, ClassDefinition};
use super::instance::Contents;
use crate::call::Returned;
use crate::ffi::{GetSetDef, MethodDef, Raw};
use crate::fork::Mutex;
use crate::layout::{Layout, Probed};
use crate::module::{Module, TypeEntry};
use crate::type_object::{self, Blueprint, TypeSlot, pypy, set_class_attribute};

/// Returns the entry of a class for the definition of a module.
pub const fn type_of_class<C: Class>() -> TypeEntry {
    TypeEntry::new(C::DEFINITION.name, create::<C>)
}

fn create<'py, C: Class>(module: &Module<'py>, index: usize) -> Returned<'py> {
    type_object::check_index::<C>(module, index)?;
    let definition = C::DEFINITION;
    let tables = Tables::of(definition);
    // This determines the size of a foreign type.
    let base = C::BASE.find(module.py)?;
    let foreign = C::BASE.foreign();
    let size = Contents::<C>::end(Probed::facts());
    let mut blueprint = Blueprint::new(definition.name, definition.doc, size);
    blueprint.open = definition.open;
    blueprint.base = base;
    if let Some(foreign) = foreign {
        foreign.add_slots::<C>(&mut blueprint);
    }
    blueprint.slot(TypeSlot::Dealloc, dealloc::<C> as *const c_void);
    blueprint.slot(TypeSlot::Methods, tables.methods.cast());
    blueprint.slot(TypeSlot::GetSet, tables.properties.cast());
    match &definition.constructor {
        Some(constructor) => constructor
            .slots()
            .for_each(|(slot, function)| blueprint.slot(slot, function)),
        None => blueprint.slot(TypeSlot::New, type_object::refuse_new as *const c_void),
    }
    for slot in definition
        .operators
        .iter()
        .flat_map(|operator| operator.slots)
    {
        blueprint.slot(slot.slot, slot.function);
    }
    if hashes_by_identity(definition) {
        blueprint.slot(TypeSlot::Hash, identity_hash as *const c_void);
    }
    let vectorcall = definition
        .constructor
        .as_ref()
        .filter(|_| foreign.is_none())
        .map(|constructor| constructor.vectorcall.chosen());
    // SAFETY: the functions were put into their slots by typed functions, for instances of `C`.
    let class = unsafe { blueprint.make(module, vectorcall)? };
    for constant in definition.constants {
        set_class_attribute(&class, constant.name, &(constant.value)(module.py)?)?;
    }
    Ok(class)
}

/// Returns whether the class has only ordering operators. It then keeps `object`'s hash, which a type with comparisons does not
/// inherit.
fn hashes_by_identity<C: Class>(definition: &ClassDefinition<C>) -> bool {
    let has = |slot| {
        definition
            .operators
            .iter()
            .flat_map(|operator| operator.slots)
            .any(|own| own.slot == slot)
    };
    let equality = definition
        .operators
        .iter()
        .any(|operator| operator.equality);
    has(TypeSlot::RichCompare) && !equality && !has(TypeSlot::Hash)
}

/// Hashes as `object.__hash__` does: by the address, without the low bits, which are the same for all objects.
unsafe extern "C" fn identity_hash(object: Raw) -> isize {
    let hash = (object as usize).rotate_right(4) as isize;
    if hash == -1 { -2 } else { hash }
}

/// The tables of methods and properties to which types point. They are made once per process and never freed.
#[derive(Clone, Copy)]
struct Tables {
    methods: *const MethodDef,
    properties: *const GetSetDef,
}

// SAFETY: the tables do not change.
unsafe impl Send for Tables {}

static TABLES: Mutex<Vec<(TypeId, Tables)>> = Mutex::new(Vec::new());

impl Tables {
    fn of<C: Class>(definition: &ClassDefinition<C>) -> Tables {
        let mut all = TABLES.lock();
        let id = TypeId::of::<C>();
        if let Some((_, tables)) = all.iter().find(|(other, _)| *other == id) {
            return *tables;
        }
        let has_new =
            has_init::<C>() && definition.constructor.is_some() && C::BASE.foreign().is_none();
        let open_new = has_new.then(super::open::new_method::<C>);
        let methods = definition
            .methods
            .iter()
            .map(|method| method.method_def())
            .chain(open_new)
            .chain(pypy::not_copied())
            .chain(pypy::closed().filter(|_| !definition.open))
            .chain([MethodDef::END]);
        let properties = definition
            .properties
            .iter()
            .map(|property| property.get_set_def())
            .chain([GetSetDef::END]);
        let tables = Tables {
            methods: Vec::leak(methods.collect()).as_ptr(),
            properties: Vec::leak(properties.collect()).as_ptr(),
        };
        all.push((id, tables));
        tables
    }
}
