//! Creates a record's type object from its definition.

use std::any::TypeId;
use std::ffi::{c_int, c_void};

use super::definition::Record;
use super::{behaviour, construct, dataclass, instance};
use crate::Result;
use crate::call::Returned;
use crate::dynamic::{text, tuple};
use crate::ffi::{
    MEMBER_OBJECT, MEMBER_READ_ONLY, METH_FASTCALL, METH_KEYWORDS, METH_NOARGS, MemberDef,
    MethodDef, Raw, Visit,
};
use crate::fork::Mutex;
use crate::module::{Module, TypeEntry};
use crate::type_object::{self, Blueprint, TypeSlot, pypy, set_class_attribute};

/// Returns the entry of a record for the definition of a module.
pub const fn type_of_record<R: Record>() -> TypeEntry {
    TypeEntry::new(R::DEFINITION.name, create_record::<R>).annotated(dataclass::annotate::<R>)
}

/// Creates the class of a record or of a case.
///
/// # Errors
/// ImportError, MemoryError.
pub(crate) fn create_record<'py, R: Record>(module: &Module<'py>, index: usize) -> Returned<'py> {
    type_object::check_index::<R>(module, index)?;
    let definition = R::DEFINITION;
    let tables = Tables::of::<R>();
    let mut blueprint = Blueprint::new(
        definition.name,
        definition.doc,
        instance::size(definition.fields.len()),
    );
    if let Some(variant) = R::VARIANT {
        blueprint.base = Some(type_object::made_before(module, variant)?);
        blueprint.qualified_name = Some(definition.qualified_name());
    }
    let slots = [
        (TypeSlot::Dealloc, deallocate::<R> as *const c_void),
        tables.fields,
        (TypeSlot::Methods, tables.methods.cast()),
        (TypeSlot::New, construct::new::<R> as *const c_void),
        (
            TypeSlot::RichCompare,
            behaviour::compare::<R> as *const c_void,
        ),
        (TypeSlot::Hash, behaviour::hash::<R> as *const c_void),
        (TypeSlot::Repr, behaviour::repr::<R> as *const c_void),
        (TypeSlot::SetAttr, behaviour::set_attribute as *const c_void),
    ];
    for (slot, value) in slots {
        blueprint.slot(slot, value);
    }
    if !definition.acyclic {
        blueprint.collected = true;
        blueprint.slot(TypeSlot::Traverse, traverse::<R> as *const c_void);
    }
    let vectorcall = construct::vectorcall::<R> as *const c_void;
    // SAFETY: the functions have the signatures of their slots, for instances of this definition.
    let class = unsafe { blueprint.make(module, Some(vectorcall))? };
    let names = definition
        .fields
        .iter()
        .map(|field| text(module.py, field.name));
    let names = tuple(module.py, names.collect::<Result<Vec<_>>>()?)?;
    set_class_attribute(&class, c"__match_args__", &names)?;
    set_class_attribute(&class, c"__slots__", &names)?;
    dataclass::add_attributes::<R>(&class)?;
    Ok(class)
}

unsafe extern "C" fn deallocate<R: Record>(object: Raw) {
    // SAFETY: Python deallocates an instance of this record.
    unsafe {
        if R::DEFINITION.acyclic {
            // Such a record is in no chain that is longer than the nesting of its type.
            free::<R>(object);
        } else {
            type_object::untrack(object);
            crate::trash::object(object, free::<R>);
        }
    }
}

/// # Safety
/// `object` is an instance of this record that is being deallocated and that the collector does not track (any more).
unsafe fn free<R: Record>(object: Raw) {
    // SAFETY: as promised by the caller.
    unsafe { instance::free(object, R::DEFINITION) };
}

unsafe extern "C" fn traverse<R: Record>(
    object: Raw,
    visit: Visit,
    argument: *mut c_void,
) -> c_int {
    // SAFETY: the collector visits an instance of this record.
    unsafe { instance::traverse(object, visit, argument, R::DEFINITION) }
}

/// The tables of members and methods to which types point. They are made once per process and never freed.
#[derive(Clone, Copy)]
struct Tables {
    /// The slot for the fields, with its table.
    fields: (TypeSlot, *const c_void),
    methods: *const MethodDef,
}

// SAFETY: the tables do not change.
unsafe impl Send for Tables {}

static TABLES: Mutex<Vec<(TypeId, Tables)>> = Mutex::new(Vec::new());

impl Tables {
    fn of<R: Record>() -> Tables {
        let mut all = TABLES.lock();
        let id = TypeId::of::<R>();
        if let Some((_, tables)) = all.iter().find(|(other, _)| *other == id) {
            return *tables;
        }
        let members = R::DEFINITION
            .fields
            .iter()
            .enumerate()
            .map(|(index, field)| MemberDef {
                name: field.name.as_ptr(),
                kind: MEMBER_OBJECT,
                offset: instance::offset(index) as isize,
                flags: MEMBER_READ_ONLY,
                doc: if field.doc.is_empty() {
                    std::ptr::null()
                } else {
                    field.doc.as_ptr()
                },
            });
        let methods = [
            MethodDef {
                name: c"__replace__".as_ptr(),
                function: construct::replace::<R> as *const c_void,
                flags: METH_FASTCALL | METH_KEYWORDS,
                doc: c"__replace__($self, /, **changes)\n--\n\nA copy with some fields changed."
                    .as_ptr(),
            },
            MethodDef {
                name: c"__reduce__".as_ptr(),
                function: behaviour::reduce::<R> as *const c_void,
                flags: METH_NOARGS,
                doc: c"__reduce__($self, /)\n--\n\nFor pickling and copying.".as_ptr(),
            },
        ];
        let methods = methods
            .into_iter()
            .chain(pypy::closed())
            .chain([MethodDef::END]);
        let fields = match pypy::record_attributes::<R>() {
            Some(attributes) => (TypeSlot::GetSet, attributes.cast()),
            None => {
                let members = Vec::leak(members.chain([MemberDef::END]).collect());
                (TypeSlot::Members, members.as_ptr().cast())
            }
        };
        let tables = Tables {
            fields,
            methods: Vec::leak(methods.collect()).as_ptr(),
        };
        all.push((id, tables));
        tables
    }
}
