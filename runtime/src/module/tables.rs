//! The structures from which Python creates modules: a method table, and a `PyModuleDef` (up to 3.14) or an array of slots (3.15
//! and later). They are built in memory once per process, in the layout of this interpreter.

use super::ModuleDefinition;
use super::init::{Execute, Memory, clear, free, traverse};
use crate::api;
use crate::ffi::{MethodDef, Slot};
use crate::host::{Host, Version};
use std::ffi::{c_int, c_void};

const MODULE_EXEC: c_int = 2;
const MODULE_MULTIPLE_INTERPRETERS: c_int = 3;
const MODULE_GIL: c_int = 4;
const PER_INTERPRETER_GIL_SUPPORTED: usize = 2;
const GIL_NOT_USED: usize = 1;

/// Words of `PyModuleDef` between the object header and `m_name`: `m_init`, `m_index`, `m_copy`.
const DEFINITION_BASE: usize = 3;
/// `m_name`, `m_doc`, `m_size`, `m_methods`, `m_slots`, `m_traverse`, `m_clear`, `m_free`.
const DEFINITION_FIELDS: usize = 8;

/// Builds the module's `PyModuleDef`. It begins with an object header, whose size and contents depend on the interpreter.
pub(super) fn definition(
    module: &'static ModuleDefinition,
    host: &Host,
    execute: Execute,
) -> *mut usize {
    let header = host.header / size_of::<usize>();
    let make = || {
        let mut words = vec![0usize; header + DEFINITION_BASE + DEFINITION_FIELDS];
        if host.version >= Version::new(3, 12) && !host.pypy {
            // The header is that of a static, immortal object, as `None` has it; 3.12 and later require that. PyModuleDef_Init
            // sets the type. On free-threaded builds the header contains a lock and bits of the collector, which other threads
            // change (`ob_mutex` and `ob_gc_bits` after a word and 16 bits). They are zero in an object that no other thread has
            // seen.
            let length = (header - 1) * size_of::<usize>();
            let changing = match api::PyUnstable_Module_SetGIL() {
                Some(_) => size_of::<usize>() + 2..size_of::<usize>() + 4,
                None => length..length,
            };
            let none = api::_Py_NoneStruct().cast::<u8>();
            let to = words.as_mut_ptr().cast::<u8>();
            // SAFETY: `None` has a header of this length and one more word, the type pointer; the words that are read never
            // change.
            unsafe {
                to.copy_from_nonoverlapping(none, changing.start);
                to.add(changing.end)
                    .copy_from_nonoverlapping(none.add(changing.end), length - changing.end);
            }
        } else {
            // The reference count is 1. It is the first word on PyPy; elsewhere it precedes the type pointer, since debug builds
            // put links first.
            words[if host.pypy { 0 } else { header - 2 }] = 1;
        }
        let mut slots = vec![slot(MODULE_EXEC, execute as usize)];
        if !host.pypy && host.version >= Version::new(3, 12) {
            slots.push(slot(
                MODULE_MULTIPLE_INTERPRETERS,
                PER_INTERPRETER_GIL_SUPPORTED,
            ));
        }
        if !host.pypy && host.version >= Version::new(3, 13) {
            slots.push(slot(MODULE_GIL, GIL_NOT_USED));
        }
        slots.push(Slot::END);
        let fields = [
            module.name.as_ptr() as usize,
            // Without documentation `__doc__` is `None`.
            match module.doc.is_empty() {
                true => 0,
                false => module.doc.as_ptr() as usize,
            },
            size_of::<Memory>(),
            methods(module) as usize,
            Vec::leak(slots).as_ptr() as usize,
            traverse as *const () as usize,
            clear as *const () as usize,
            free as *const () as usize,
        ];
        words[header + DEFINITION_BASE..].copy_from_slice(&fields);
        Vec::leak(words).as_mut_ptr() as usize
    };
    *module.interpreters.definition.get_or_init(make) as *mut usize
}

fn slot(id: c_int, value: usize) -> Slot {
    Slot {
        id,
        value: value as *const c_void,
    }
}

/// Returns the functions of the submodules. They are built once per process and never freed.
pub(super) fn of_submodules(module: &'static ModuleDefinition) -> &'static [&'static [MethodDef]] {
    let make = || {
        let submodules = module.submodules.iter();
        let tables = submodules.map(|submodule| &*Vec::leak(functions(submodule).collect()));
        SubmoduleTables(Vec::leak(tables.collect()))
    };
    module.interpreters.submodules.get_or_init(make).0
}

/// The functions of the submodules.
pub(super) struct SubmoduleTables(&'static [&'static [MethodDef]]);
// SAFETY: the tables do not change.
unsafe impl Send for SubmoduleTables {}
// SAFETY: as above.
unsafe impl Sync for SubmoduleTables {}

/// Builds the method table of an extension module in the layout of this interpreter.
fn methods(module: &'static ModuleDefinition) -> *const MethodDef {
    let table = functions(module).chain([MethodDef::END]);
    Vec::leak(table.collect()).as_ptr()
}

fn functions(module: &'static ModuleDefinition) -> impl Iterator<Item = MethodDef> {
    module
        .functions
        .iter()
        .map(|function| function.method_def())
}

/// `PySlot` of 3.15.
#[repr(C)]
struct ExportSlot {
    id: u16,
    flags: u16,
    reserved: u32,
    value: u64,
}

/// `PyABIInfo` of 3.15.
#[repr(C)]
struct AbiInfo {
    major: u8,
    minor: u8,
    flags: u16,
    build_version: u32,
    abi_version: u32,
}

/// The stable ABI of 3.15, with the GIL and without.
static ABI_INFO: AbiInfo = AbiInfo {
    major: 1,
    minor: 0,
    flags: 1 | 2 | 4,
    build_version: 0,
    abi_version: 0x030f_0000,
};

/// The ids of the slots.
#[derive(Clone, Copy)]
#[repr(u16)]
enum SlotId {
    End = 0,
    Exec = 85,
    MultipleInterpreters = 86,
    Gil = 87,
    Name = 100,
    Doc = 101,
    StateSize = 102,
    Methods = 103,
    StateTraverse = 104,
    StateClear = 105,
    StateFree = 106,
    Abi = 109,
}

/// The value of a slot points to data that lives forever.
const STATIC: u16 = 2;
/// The value is a pointer-sized number or address.
const POINTER: u16 = 4;

/// Builds the slots for `PyModExport_` (PEP 793).
pub(super) fn export_slots(module: &'static ModuleDefinition, execute: Execute) -> *mut c_void {
    let slot = |id: SlotId, flags, value: usize| ExportSlot {
        id: id as u16,
        flags,
        reserved: 0,
        value: value as u64,
    };
    let data = |id, value: *const c_void| slot(id, STATIC | POINTER, value as usize);
    let make = || {
        let mut slots = vec![
            data(SlotId::Abi, (&raw const ABI_INFO).cast()),
            data(SlotId::Name, module.name.as_ptr().cast()),
            data(SlotId::Methods, methods(module).cast()),
            slot(
                SlotId::MultipleInterpreters,
                POINTER,
                PER_INTERPRETER_GIL_SUPPORTED,
            ),
            slot(SlotId::Gil, POINTER, GIL_NOT_USED),
            slot(SlotId::StateSize, 0, size_of::<Memory>()),
            slot(SlotId::StateTraverse, 0, traverse as *const () as usize),
            slot(SlotId::StateClear, 0, clear as *const () as usize),
            slot(SlotId::StateFree, 0, free as *const () as usize),
            slot(SlotId::Exec, 0, execute as usize),
        ];
        // Without documentation `__doc__` is `None`.
        if !module.doc.is_empty() {
            slots.push(data(SlotId::Doc, module.doc.as_ptr().cast()));
        }
        slots.push(slot(SlotId::End, 0, 0));
        Vec::leak(slots).as_mut_ptr() as usize
    };
    *module.interpreters.slots.get_or_init(make) as *mut c_void
}
