//! Types and constants of Python's C API that are identical in every version.
//!
//! Structures whose fields differ between versions are not defined here: they are read by [`crate::layout`] or built word by word
//! in [`crate::module`].

use std::ffi::{c_char, c_int, c_uint, c_void};

/// `PyObject`, which is used only by address; its size and fields depend on the interpreter.
#[repr(C)]
pub struct PyObject {
    _opaque: [usize; 0],
}

/// `PyObject *`.
pub(crate) type Raw = *mut PyObject;

/// `PyMethodDef` (<https://docs.python.org/3/c-api/structures.html#c.PyMethodDef>).
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct MethodDef {
    pub(crate) name: *const c_char,
    pub(crate) function: *const c_void,
    pub(crate) flags: c_int,
    pub(crate) doc: *const c_char,
}

impl MethodDef {
    /// The entry that ends a table.
    pub(crate) const END: MethodDef = MethodDef {
        name: std::ptr::null(),
        function: std::ptr::null(),
        flags: 0,
        doc: std::ptr::null(),
    };
}

/// `PyType_Slot`, and `PyModuleDef_Slot`, which has the same shape.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct Slot {
    pub(crate) id: c_int,
    pub(crate) value: *const c_void,
}

impl Slot {
    /// The entry that ends a table.
    pub(crate) const END: Slot = Slot {
        id: 0,
        value: std::ptr::null(),
    };
}

/// `PyType_Spec` (<https://docs.python.org/3/c-api/type.html#c.PyType_Spec>).
#[repr(C)]
pub(crate) struct TypeSpec {
    pub(crate) name: *const c_char,
    pub(crate) basic_size: c_int,
    pub(crate) item_size: c_int,
    pub(crate) flags: c_uint,
    pub(crate) slots: *const Slot,
}

/// `PyGetSetDef` (<https://docs.python.org/3/c-api/structures.html#c.PyGetSetDef>).
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct GetSetDef {
    pub(crate) name: *const c_char,
    pub(crate) get: *const c_void,
    pub(crate) set: *const c_void,
    pub(crate) doc: *const c_char,
    pub(crate) closure: *mut c_void,
}

impl GetSetDef {
    /// The entry that ends a table.
    pub(crate) const END: GetSetDef = GetSetDef {
        name: std::ptr::null(),
        get: std::ptr::null(),
        set: std::ptr::null(),
        doc: std::ptr::null(),
        closure: std::ptr::null_mut(),
    };
}

/// `PyMemberDef` (<https://docs.python.org/3/c-api/structures.html#c.PyMemberDef>).
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct MemberDef {
    pub(crate) name: *const c_char,
    pub(crate) kind: c_int,
    pub(crate) offset: isize,
    pub(crate) flags: c_int,
    pub(crate) doc: *const c_char,
}

impl MemberDef {
    /// The entry that ends a table.
    pub(crate) const END: MemberDef = MemberDef {
        name: std::ptr::null(),
        kind: 0,
        offset: 0,
        flags: 0,
        doc: std::ptr::null(),
    };
}

/// `Py_T_OBJECT_EX`: a member that is a reference; reading null raises AttributeError.
pub(crate) const MEMBER_OBJECT: c_int = 16;
/// `Py_READONLY`
pub(crate) const MEMBER_READ_ONLY: c_int = 1;

pub(crate) const METH_KEYWORDS: c_int = 0x0002;
pub(crate) const METH_NOARGS: c_int = 0x0004;
pub(crate) const METH_O: c_int = 0x0008;
pub(crate) const METH_CLASS: c_int = 0x0010;
pub(crate) const METH_STATIC: c_int = 0x0020;
/// `METH_COEXIST`: the method replaces the one that a slot provides under the same name.
pub(crate) const METH_COEXIST: c_int = 0x0040;
pub(crate) const METH_FASTCALL: c_int = 0x0080;

/// `visitproc`.
pub(crate) type Visit = unsafe extern "C" fn(Raw, *mut c_void) -> c_int;
/// `METH_NOARGS` and `METH_O` functions.
pub(crate) type UnaryFunction = unsafe extern "C" fn(Raw, Raw) -> Raw;
/// `METH_FASTCALL | METH_KEYWORDS` functions.
pub(crate) type FastFunction = unsafe extern "C" fn(Raw, *const Raw, isize, Raw) -> Raw;

/// `Py_buffer` (<https://docs.python.org/3/c-api/buffer.html#c.Py_buffer>), which is part of the stable ABI.
#[repr(C)]
pub(crate) struct Buffer {
    pub(crate) data: *mut c_void,
    pub(crate) object: Raw,
    pub(crate) length: isize,
    pub(crate) item_size: isize,
    pub(crate) read_only: c_int,
    pub(crate) dimensions: c_int,
    pub(crate) format: *mut c_char,
    pub(crate) shape: *mut isize,
    pub(crate) strides: *mut isize,
    pub(crate) suboffsets: *mut isize,
    pub(crate) internal: *mut c_void,
    /// The end of PyPy's structure: arrays for the dimensions and strides (64 each) and a flag.
    pub(crate) more: [usize; 132],
}
