//! Verifies by experiment which memory layouts hold in this interpreter.
//!
//! Each fact is tested on objects created for that purpose, and accepted only if the expected value is found. Nothing is tested
//! on PyPy (whose objects are proxies), on debug builds (which require references to be counted by their own functions) or on
//! versions that are newer than those this crate knows.

mod sample;

use super::Version;
use super::find::Library;
use crate::api;
use crate::ffi::Raw;
use crate::layout::{Ascii, Integers, Layouts, Lists, Refcount, read};
use crate::refcount::SmallIntegers;
use sample::{Sample, basic_size, integer_attribute, is_debug_build, unless_starved};
use std::ffi::c_char;

const FIRST_KNOWN: Version = Version::new(3, 8);
pub(crate) const LAST_KNOWN: Version = Version::new(3, 15);

/// PyPy's `PyObject` has one word more than CPython's: a link to the real object.
const PYPY_HEADER: usize = 3 * size_of::<usize>();

/// Determines the facts about the Python whose functions are in the API table; `None` if Python has not enough memory for it.
///
/// # Safety
/// The API table is resolved, with the functions of `library`, and the thread attached.
pub(super) unsafe fn probe(library: &Library) -> Option<Facts> {
    // SAFETY: as promised by the caller.
    unless_starved(|| unsafe { facts(library) })
}

/// The results of [`probe`].
pub(super) struct Facts {
    pub(super) version: Version,
    pub(super) pypy: bool,
    pub(super) layouts: Layouts,
}

/// # Safety
/// As for [`probe`].
unsafe fn facts(library: &Library) -> Facts {
    // SAFETY: as promised by the caller, for all calls below.
    unsafe {
        let version = Version::running();
        let pypy = library.is_pypy();
        let free_threaded = api::PyUnstable_Module_SetGIL().is_some();
        let header = if pypy {
            PYPY_HEADER
        } else {
            basic_size(api::PyBaseObject_Type())
        };
        let known =
            version >= FIRST_KNOWN && version <= LAST_KNOWN && header >= 2 * size_of::<usize>();
        let layouts = if pypy || !known || is_debug_build(library) {
            Layouts {
                empty_instances: pypy,
                ..Layouts::api_only(header, free_threaded)
            }
        } else {
            Probe {
                version,
                free_threaded,
                header,
            }
            .layouts()
        };
        api::PyErr_Clear();
        Facts {
            version,
            pypy,
            layouts,
        }
    }
}

/// Fills the table of small ints. In 3.9 and 3.10 each interpreter has its own. Those of the first one serve all others, as each
/// is a valid int; only `is` can detect the difference.
///
/// # Safety
/// The API table is resolved and the thread attached.
pub(crate) unsafe fn fill_small_integers(layouts: &Layouts) {
    if layouts.integers != Integers::Api {
        // SAFETY: as promised by the caller.
        unsafe { SmallIntegers::fill() };
    }
}

struct Probe {
    version: Version,
    free_threaded: bool,
    header: usize,
}

// SAFETY of the methods below: they read at most 64 bytes from the start of objects whose size is at least that, or was checked
// by `__basicsize__`, and call functions of the resolved table on an attached thread.
impl Probe {
    unsafe fn layouts(&self) -> Layouts {
        // SAFETY: see above.
        unsafe {
            let Some(sample) = Sample::new(api::PyFloat_FromDouble(1234.5e-7)) else {
                return Layouts::api_only(self.header, self.free_threaded);
            };
            if !self.types(&sample) {
                return Layouts::api_only(self.header, self.free_threaded);
            }
            let integers = self.integers();
            Layouts {
                header: self.header,
                types: true,
                refcount: self.refcount(),
                integers,
                floats: self.floats(&sample),
                lists: self.lists(&sample),
                tuple_items: self.tuple_items(&sample),
                bytes_data: self.bytes_data(),
                ascii: self.ascii().unwrap_or(Ascii {
                    data: 0,
                    state: 0,
                    mask: 0,
                }),
                immortals: self.version >= Version::new(3, 12) && self.immortals(),
                parallel: self.free_threaded,
                empty_instances: false,
            }
        }
    }

    /// Tests whether the type pointer is the header's last word.
    unsafe fn types(&self, float: &Sample) -> bool {
        // SAFETY: see above.
        unsafe { read::<Raw>(float.0, self.header - size_of::<Raw>()) == api::PyFloat_Type() }
    }

    unsafe fn floats(&self, float: &Sample) -> bool {
        // SAFETY: see above.
        unsafe {
            basic_size(api::PyFloat_Type()) == self.header + size_of::<f64>()
                && read::<f64>(float.0, self.header).to_bits() == 1234.5e-7f64.to_bits()
        }
    }

    /// Tests for the fields length, pointer to the items, capacity.
    unsafe fn lists(&self, item: &Sample) -> Lists {
        // SAFETY: see above; the items pointer is followed only if it is aligned and the list has two items.
        unsafe {
            if basic_size(api::PyList_Type()) != self.header + 3 * size_of::<usize>() {
                return Lists::Api;
            }
            let Some(list) = Sample::new(api::PyList_New(2)) else {
                return Lists::Api;
            };
            api::PyList_SetItem(list.0, 0, item.reference());
            api::Py_IncRef(api::PyFloat_Type());
            api::PyList_SetItem(list.0, 1, api::PyFloat_Type());
            let items = read::<*const Raw>(list.0, self.header + size_of::<usize>());
            let holds = read::<isize>(list.0, self.header) == 2
                && !items.is_null()
                && items.is_aligned()
                && *items == item.0
                && *items.add(1) == api::PyFloat_Type();
            match (holds, self.free_threaded) {
                (true, false) => Lists::Direct,
                (true, true)
                    if api::PyCriticalSection_Begin().is_some()
                        && api::PyCriticalSection_End().is_some() =>
                {
                    Lists::Locked
                }
                _ => Lists::Api,
            }
        }
    }

    /// Tests whether the items start at `tuple.__basicsize__`: 3.14 inserted a cached hash between the length and the items.
    unsafe fn tuple_items(&self, item: &Sample) -> usize {
        // SAFETY: see above.
        unsafe {
            let Some(tuple) = Sample::new(api::PyTuple_New(1)) else {
                return 0;
            };
            api::PyTuple_SetItem(tuple.0, 0, item.reference());
            let offset = basic_size(api::PyTuple_Type());
            let plausible = (self.header + 8..=self.header + 24).contains(&offset);
            if plausible
                && read::<isize>(tuple.0, self.header) == 1
                && read::<Raw>(tuple.0, offset) == item.0
            {
                offset
            } else {
                0
            }
        }
    }

    /// Tests where the bytes start: `bytes.__basicsize__` counts the final NUL.
    unsafe fn bytes_data(&self) -> usize {
        // SAFETY: see above.
        unsafe {
            let text = b"probe\x01\xff\0";
            let length = text.len() - 1;
            let Some(bytes) = Sample::new(api::PyBytes_FromStringAndSize(
                text.as_ptr().cast(),
                length as isize,
            )) else {
                return 0;
            };
            let offset = basic_size(api::PyBytes_Type()).wrapping_sub(1);
            let plausible = (self.header + 8..=self.header + 24).contains(&offset);
            if plausible
                && read::<usize>(bytes.0, self.header) == length
                && read::<[u8; 8]>(bytes.0, offset) == *text
            {
                offset
            } else {
                0
            }
        }
    }

    /// Tests for the length after the header, then the hash, then the state. The position of the two bits in it depends on the
    /// build.
    unsafe fn ascii(&self) -> Option<Ascii> {
        let state = self.header + 16;
        let (data, state, mask) = if self.version <= Version::new(3, 11) {
            (self.header + 32, state, 0x60)
        } else if self.free_threaded && self.version >= Version::new(3, 14) {
            (self.header + 24, state + 1, 0x18)
        } else {
            (self.header + 24, state, 0x60)
        };
        // SAFETY: see above; the characters are compared only in strings of sufficient length.
        unsafe {
            for text in [
                "a probe of an ascii string",
                "x",
                "",
                "\u{e9}t\u{e9} latin",
                "\u{20ac} two bytes",
                "\u{1f40d} four bytes",
            ] {
                let string = Sample::new(api::PyUnicode_FromStringAndSize(
                    text.as_ptr().cast::<c_char>(),
                    text.len() as isize,
                ))?;
                let marked = read::<u8>(string.0, state) & mask == mask;
                if marked != text.is_ascii()
                    || read::<usize>(string.0, self.header) != text.chars().count()
                {
                    return None;
                }
                let data = string.0.cast::<u8>().add(data);
                if text.is_ascii()
                    && std::slice::from_raw_parts(data, text.len()) != text.as_bytes()
                {
                    return None;
                }
            }
        }
        Some(Ascii { data, state, mask })
    }

    unsafe fn integers(&self) -> Integers {
        let kind = if self.version >= Version::new(3, 12) {
            Integers::Tagged
        } else {
            Integers::SignedSize
        };
        // SAFETY: see above; an int of this size has at least one digit after its first word.
        unsafe {
            let Some(info) = Sample::of_sys(c"int_info") else {
                return Integers::Api;
            };
            if integer_attribute(info.0, c"bits_per_digit") != Some(30)
                || integer_attribute(info.0, c"sizeof_digit") != Some(4)
            {
                return Integers::Api;
            }
            let small = (1 << 30) - 1;
            let two_digits = (1 << 60) - 1;
            let more = [1 << 60, -(1 << 60), i64::MAX, i64::MIN];
            let fit = [
                0,
                1,
                -1,
                7,
                -5,
                256,
                257,
                -123_456,
                small,
                -small,
                1 << 30,
                -(1 << 30),
                1 << 40,
                two_digits,
                -two_digits,
            ];
            for value in fit.into_iter().chain(more) {
                let Some(integer) = Sample::new(api::PyLong_FromLongLong(value)) else {
                    return Integers::Api;
                };
                let expected = (!more.contains(&value)).then_some(value);
                if crate::convert::integer::read_up_to_two_digits(integer.0, self.header, kind)
                    != expected
                {
                    return Integers::Api;
                }
            }
        }
        kind
    }

    /// Tests how references are counted. Counts may be changed inline only if a single thread runs at a time.
    unsafe fn refcount(&self) -> Refcount {
        if self.free_threaded || api::_Py_Dealloc().is_none() || self.header != 16 {
            return Refcount::Api;
        }
        // SAFETY: see above.
        unsafe {
            let Some(object) = Sample::new(api::PyFloat_FromDouble(5.25)) else {
                return Refcount::Api;
            };
            let before = read::<u64>(object.0, 0);
            api::Py_IncRef(object.0);
            let raised = read::<u64>(object.0, 0);
            api::Py_DecRef(object.0);
            let after = read::<u64>(object.0, 0);
            if before as u32 != 1 || raised != before + 1 || after != before {
                return Refcount::Api;
            }
            match (self.version >= Version::new(3, 12), self.immortals()) {
                (true, true) => Refcount::Immortal,
                (false, false) => Refcount::Plain,
                _ => Refcount::Api,
            }
        }
    }

    /// Returns whether counting references to `None` leaves its count unchanged.
    unsafe fn immortals(&self) -> bool {
        let none = api::_Py_NoneStruct();
        // SAFETY: see above. On free-threaded builds the shared count is a separate word, and this one is local.
        unsafe {
            let offset = if self.free_threaded { 12 } else { 0 };
            let before = read::<u32>(none, offset);
            api::Py_IncRef(none);
            let raised = read::<u32>(none, offset);
            api::Py_DecRef(none);
            before == raised && before >= 3 << 30
        }
    }
}
