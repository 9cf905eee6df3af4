//! The table of C API functions, filled at run time from the Python that loaded this module.
//!
//! * `at_load`: resolved when the module is imported, called through a plain function pointer (before that, a stub aborts);
//! * `at_first_use`: exists in every supported version, looked up when first called;
//! * `where_present_at_load`, `where_present`: not in every version; the accessor returns `None` if it is missing;
//! * `objects`: static objects (types, `None`), read at load;
//! * `exceptions`: the `PyExc_` pointers, looked up when first raised.
//!
//! Each list reads like the declarations of a C header, in its order of topics. To add a function, add a line.

#![allow(non_snake_case)]

mod address;
mod table;

use crate::ffi::{Buffer, MethodDef, PyObject, Raw, TypeSpec};
use std::ffi::{c_char, c_double, c_int, c_longlong, c_ulong, c_ulonglong, c_void};
use std::sync::atomic::AtomicPtr;
use table::api;

pub(crate) use address::until_thread_exits;

api! {
    at_load {
        fn Py_GetVersion() -> *const c_char;
        fn Py_IncRef(object: Raw);
        fn Py_DecRef(object: Raw);

        fn PyErr_Occurred() -> Raw;
        fn PyErr_Clear();

        fn PyLong_FromLongLong(value: c_longlong) -> Raw;
        fn PyLong_AsLongLong(object: Raw) -> c_longlong;
        fn PyFloat_FromDouble(value: c_double) -> Raw;
        fn PyFloat_AsDouble(object: Raw) -> c_double;
        fn PyUnicode_FromStringAndSize(text: *const c_char, size: isize) -> Raw;
        fn PyUnicode_AsUTF8AndSize(object: Raw, size: *mut isize) -> *const c_char;
        fn PyUnicode_New(length: isize, max_char: u32) -> Raw;
        fn PyBytes_FromStringAndSize(data: *const c_char, size: isize) -> Raw;
        fn PyList_New(length: isize) -> Raw;
        fn PyList_Size(list: Raw) -> isize;
        fn PyList_Append(list: Raw, item: Raw) -> c_int;
        fn PyList_SetItem(list: Raw, index: isize, item: Raw) -> c_int;
        fn PyTuple_New(length: isize) -> Raw;
        fn PyTuple_Size(tuple: Raw) -> isize;
        fn PyTuple_GetItem(tuple: Raw, index: isize) -> Raw;
        fn PyTuple_SetItem(tuple: Raw, index: isize, item: Raw) -> c_int;

        fn PyObject_Type(object: Raw) -> Raw;
        fn PyObject_GetAttrString(object: Raw, name: *const c_char) -> Raw;
        fn PyObject_SetAttrString(object: Raw, name: *const c_char, value: Raw) -> c_int;

        fn PyType_GenericAlloc(class: Raw, items: isize) -> Raw;

        fn PyModuleDef_Init(definition: *mut c_void) -> Raw;
        fn PyModule_GetState(module: Raw) -> *mut c_void;
        fn PySys_GetObject(name: *const c_char) -> Raw;
        fn PyImport_GetModuleDict() -> Raw;
        fn PyImport_ImportModule(name: *const c_char) -> Raw;
    }
    where_present_at_load {
        fn _Py_Dealloc(Raw);
        fn PyCriticalSection_Begin(*mut [usize; 4], Raw);
        fn PyCriticalSection_End(*mut [usize; 4]);
        fn PyUnstable_Module_SetGIL(Raw, *mut c_void) -> c_int;
        fn PyInterpreterState_Get() -> *mut c_void;
    }
    at_first_use {
        fn PyErr_SetObject(exception: Raw, value: Raw);
        fn PyErr_NoMemory() -> Raw;
        fn PyErr_Fetch(exception: *mut Raw, value: *mut Raw, traceback: *mut Raw);
        fn PyErr_NormalizeException(exception: *mut Raw, value: *mut Raw, traceback: *mut Raw);
        fn PyErr_Restore(exception: Raw, value: Raw, traceback: Raw);
        fn PyErr_NewExceptionWithDoc(name: *const c_char, doc: *const c_char, base: Raw, dict: Raw) -> Raw;
        fn PyErr_WriteUnraisable(object: Raw);
        fn PyErr_CheckSignals() -> c_int;
        fn PyErr_WarnEx(category: Raw, message: *const c_char, level: isize) -> c_int;
        fn PyException_GetTraceback(exception: Raw) -> Raw;
        fn PyException_SetTraceback(exception: Raw, traceback: Raw) -> c_int;

        fn PyEval_SaveThread() -> *mut c_void;
        fn PyEval_RestoreThread(thread: *mut c_void);
        fn PyGILState_Ensure() -> c_int;
        fn PyGILState_Release(state: c_int);
        fn Py_IsInitialized() -> c_int;

        fn PyLong_FromUnsignedLongLong(value: c_ulonglong) -> Raw;
        fn PyLong_FromString(digits: *const c_char, end: *mut *mut c_char, base: c_int) -> Raw;
        fn PyLong_AsLongLongAndOverflow(object: Raw, overflow: *mut c_int) -> c_longlong;
        fn PyComplex_FromDoubles(real: c_double, imaginary: c_double) -> Raw;
        fn PyComplex_RealAsDouble(object: Raw) -> c_double;
        fn PyComplex_ImagAsDouble(object: Raw) -> c_double;
        fn PyIndex_Check(object: Raw) -> c_int;
        fn PyNumber_Index(object: Raw) -> Raw;
        fn PyNumber_Or(left: Raw, right: Raw) -> Raw;
        fn PyNumber_ToBase(object: Raw, base: c_int) -> Raw;
        fn PyUnicode_AsEncodedString(text: Raw, encoding: *const c_char, errors: *const c_char) -> Raw;
        #[cfg(unix)]
        fn PyUnicode_EncodeFSDefault(text: Raw) -> Raw;
        #[cfg(unix)]
        fn PyUnicode_DecodeFSDefaultAndSize(text: *const c_char, size: isize) -> Raw;
        #[cfg(windows)]
        fn PyUnicode_AsWideCharString(text: Raw, length: *mut isize) -> *mut u16;
        #[cfg(windows)]
        fn PyUnicode_FromWideChar(text: *const u16, length: isize) -> Raw;
        fn PyOS_FSPath(path: Raw) -> Raw;
        #[cfg(windows)]
        fn PyMem_Free(memory: *mut c_void);
        fn PyBytes_AsString(bytes: Raw) -> *mut c_char;
        fn PyBytes_Size(bytes: Raw) -> isize;
        fn PyObject_GetBuffer(object: Raw, view: *mut Buffer, flags: c_int) -> c_int;
        fn PyBuffer_Release(view: *mut Buffer);
        fn PyList_GetItem(list: Raw, index: isize) -> Raw;
        fn PySequence_Check(object: Raw) -> c_int;
        fn PyMapping_Check(object: Raw) -> c_int;
        fn PySet_New(items: Raw) -> Raw;
        fn PyFrozenSet_New(items: Raw) -> Raw;
        fn PySet_Add(set: Raw, item: Raw) -> c_int;
        fn PyObject_GetIter(object: Raw) -> Raw;
        fn PyIter_Next(iterator: Raw) -> Raw;
        fn PyObject_IsInstance(object: Raw, class: Raw) -> c_int;
        fn PyObject_IsSubclass(object: Raw, class: Raw) -> c_int;
        fn PyIter_Check(object: Raw) -> c_int;
        fn PyCallable_Check(object: Raw) -> c_int;

        fn PyType_IsSubtype(a: Raw, b: Raw) -> c_int;
        fn PyType_FromSpecWithBases(spec: *mut TypeSpec, bases: Raw) -> Raw;
        fn PyType_GetSlot(class: Raw, slot: c_int) -> *mut c_void;
        fn PyType_Modified(class: Raw);
        fn PyType_GetFlags(class: Raw) -> c_ulong;
        fn PyInstanceMethod_New(function: Raw) -> Raw;

        fn PyObject_Call(callable: Raw, arguments: Raw, keywords: Raw) -> Raw;
        fn PyObject_GetAttr(object: Raw, name: Raw) -> Raw;
        fn PyObject_Str(object: Raw) -> Raw;
        fn PyObject_Repr(object: Raw) -> Raw;
        fn PyObject_IsTrue(object: Raw) -> c_int;
        fn PyObject_SetAttr(object: Raw, name: Raw, value: Raw) -> c_int;
        fn PySequence_Concat(left: Raw, right: Raw) -> Raw;
        fn PySequence_Contains(container: Raw, value: Raw) -> c_int;
        fn PyObject_Hash(object: Raw) -> isize;
        fn PyObject_Size(object: Raw) -> isize;
        fn PyObject_GetItem(object: Raw, key: Raw) -> Raw;
        fn PyObject_SetItem(object: Raw, key: Raw, value: Raw) -> c_int;
        fn PyObject_GenericGetDict(object: Raw, closure: *mut c_void) -> Raw;
        fn PyObject_Malloc(size: usize) -> *mut c_void;
        fn PyObject_Free(memory: *mut c_void);
        fn Py_ReprEnter(object: Raw) -> c_int;
        fn Py_ReprLeave(object: Raw);

        fn PyUnicode_InternFromString(text: *const c_char) -> Raw;
        fn PyUnicode_Join(separator: Raw, pieces: Raw) -> Raw;
        fn PyObject_RichCompare(a: Raw, b: Raw, operation: c_int) -> Raw;
        fn PyObject_RichCompareBool(a: Raw, b: Raw, operation: c_int) -> c_int;

        fn PyModule_NewObject(name: Raw) -> Raw;
        fn PyCapsule_New(pointer: *mut c_void, name: *const c_char, destructor: *const c_void) -> Raw;
        fn PyCapsule_GetPointer(capsule: Raw, name: *const c_char) -> *mut c_void;

        fn PyObject_DelItem(object: Raw, key: Raw) -> c_int;
        fn PyDict_New() -> Raw;
        fn PyDict_SetItem(dict: Raw, key: Raw, value: Raw) -> c_int;
        fn PyDict_SetItemString(dict: Raw, key: *const c_char, value: Raw) -> c_int;
        fn PyDict_Next(dict: Raw, position: *mut isize, key: *mut Raw, value: *mut Raw) -> c_int;
        fn PyDict_Copy(dict: Raw) -> Raw;
        fn PyDict_Size(dict: Raw) -> isize;
    }
    where_present {
        fn PyBuffer_ToContiguous(*mut c_void, *const Buffer, isize, c_char) -> c_int;
        fn PyCFunction_NewEx(*const MethodDef, Raw, Raw) -> Raw;
        fn PyCMethod_New(*const MethodDef, Raw, Raw, Raw) -> Raw;
        fn PyObject_GC_Track(*mut c_void);
        fn PyObject_GC_UnTrack(*mut c_void);
        fn PyObject_Vectorcall(Raw, *mut Raw, usize, Raw) -> Raw;
        fn PyObject_VectorcallDict(Raw, *mut Raw, usize, Raw) -> Raw;
        fn _PyObject_FastCallDict(Raw, *mut Raw, usize, Raw) -> Raw;
        fn PyObject_DelAttr(Raw, Raw) -> c_int;
        fn PyList_GetItemRef(Raw, isize) -> Raw;
        fn PyErr_GetRaisedException() -> Raw;
        fn PyErr_SetRaisedException(Raw);
        fn PyErr_GetHandledException() -> Raw;
        fn PyErr_GetExcInfo(*mut Raw, *mut Raw, *mut Raw);
        fn PyType_FromModuleAndSpec(Raw, *mut TypeSpec, Raw) -> Raw;
        fn _PyInterpreterState_Get() -> *mut c_void;
        fn PyInterpreterState_GetDict(*mut c_void) -> Raw;
        fn _PyThreadState_UncheckedGet() -> *mut c_void;
        fn PyThreadState_GetUnchecked() -> *mut c_void;
        fn PyGILState_GetThisThreadState() -> *mut c_void;
        fn PyGILState_Check() -> c_int;
        fn PyEval_InitThreads();
        fn Py_IsFinalizing() -> c_int;
        fn _Py_IsFinalizing() -> c_int;
        fn Py_AddPendingCall(unsafe extern "C" fn(*mut c_void) -> c_int, *mut c_void) -> c_int;
        // The function has these parameters from 3.9 to 3.11.
        fn _PyEval_AddPendingCall(*mut c_void, unsafe extern "C" fn(*mut c_void) -> c_int, *mut c_void) -> c_int;
        fn PyInterpreterState_Main() -> *mut c_void;
        fn PyInterpreterState_Head() -> *mut c_void;
    }
    objects {
        _Py_NoneStruct,
        _Py_TrueStruct,
        _Py_FalseStruct,
        _Py_NotImplementedStruct,
        PyBaseObject_Type,
        PyType_Type,
        PyLong_Type,
        PyFloat_Type,
        PyUnicode_Type,
        PyBytes_Type,
        PyList_Type,
        PyTuple_Type,
        PyComplex_Type,
        PyDict_Type,
        PySet_Type,
        PyFrozenSet_Type,
    }
    exceptions {
        PyExc_BaseException,
        PyExc_Exception,
        PyExc_ArithmeticError,
        PyExc_FloatingPointError,
        PyExc_OverflowError,
        PyExc_ZeroDivisionError,
        PyExc_AssertionError,
        PyExc_AttributeError,
        PyExc_BufferError,
        PyExc_EOFError,
        PyExc_ImportError,
        PyExc_ModuleNotFoundError,
        PyExc_LookupError,
        PyExc_IndexError,
        PyExc_KeyError,
        PyExc_MemoryError,
        PyExc_NameError,
        PyExc_UnboundLocalError,
        PyExc_OSError,
        PyExc_BlockingIOError,
        PyExc_ChildProcessError,
        PyExc_ConnectionError,
        PyExc_BrokenPipeError,
        PyExc_ConnectionAbortedError,
        PyExc_ConnectionRefusedError,
        PyExc_ConnectionResetError,
        PyExc_FileExistsError,
        PyExc_FileNotFoundError,
        PyExc_InterruptedError,
        PyExc_IsADirectoryError,
        PyExc_NotADirectoryError,
        PyExc_PermissionError,
        PyExc_ProcessLookupError,
        PyExc_TimeoutError,
        PyExc_ReferenceError,
        PyExc_RuntimeError,
        PyExc_NotImplementedError,
        PyExc_RecursionError,
        PyExc_StopAsyncIteration,
        PyExc_StopIteration,
        PyExc_SyntaxError,
        PyExc_IndentationError,
        PyExc_TabError,
        PyExc_SystemError,
        PyExc_TypeError,
        PyExc_ValueError,
        PyExc_UnicodeError,
        PyExc_UnicodeDecodeError,
        PyExc_UnicodeEncodeError,
        PyExc_UnicodeTranslateError,
        PyExc_Warning,
        PyExc_BytesWarning,
        PyExc_DeprecationWarning,
        PyExc_FutureWarning,
        PyExc_ImportWarning,
        PyExc_PendingDeprecationWarning,
        PyExc_ResourceWarning,
        PyExc_RuntimeWarning,
        PyExc_SyntaxWarning,
        PyExc_UnicodeWarning,
        PyExc_UserWarning,
        PyExc_GeneratorExit,
        PyExc_KeyboardInterrupt,
        PyExc_SystemExit,
    }
}
