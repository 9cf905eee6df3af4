//! The layout of Python objects, for fields that are read directly.
//!
//! [`Layout`] is a set of facts. Three sets are constants, so that a function compiled for one of them tests nothing at run time;
//! [`Probed`] reads the facts from a table, so that one compilation serves every Python. Which constants apply, and every entry
//! of the table, was verified by experiment when the module was loaded ([`crate::host`]); a fact that did not hold is recorded as
//! "use the API".

use crate::ffi::Raw;

/// How reference counts are changed without a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refcount {
    /// Counts by `Py_IncRef` and `Py_DecRef`.
    Api,
    /// Increments and decrements a word (up to 3.11).
    Plain,
    /// Changes a 32-bit word unless it is large, which marks an immortal object (from 3.12).
    Immortal,
}

/// How the digits of an int are stored (30 bits each, in 32-bit words).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Integers {
    /// Reads ints by API functions.
    Api,
    /// Reads a signed count of digits after the header (up to 3.11).
    SignedSize,
    /// Reads a tag word: the count from bit 3 on, the sign in the lowest two bits (from 3.12).
    Tagged,
}

/// How the items of a list are accessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lists {
    /// Accesses items by API functions.
    Api,
    /// Accesses items by the pointer after the length.
    Direct,
    /// Does the same as `Direct`, but only inside a critical section, since another thread may resize the list.
    Locked,
}

/// The layout of compact ASCII strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ascii {
    /// Offset of the first character; 0 means that API functions are used.
    pub data: usize,
    /// Offset of the byte that marks a string as compact and ASCII.
    pub state: usize,
    /// The two bits of that byte that are the mark.
    pub mask: u8,
}

/// The facts about one interpreter. Sizes and offsets are in bytes from the start of the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layouts {
    /// Size of `PyObject`; the type pointer is its last word.
    pub header: usize,
    /// Whether the type pointer may be read.
    pub types: bool,
    /// How references are counted.
    pub refcount: Refcount,
    /// How ints are read. It also determines whether the table of small ints may be used.
    pub integers: Integers,
    /// Whether a float's value follows its header.
    pub floats: bool,
    /// How lists are accessed.
    pub lists: Lists,
    /// Offset of a tuple's first item; 0 means that API functions are used.
    pub tuple_items: usize,
    /// Offset of the first byte of a bytes object; 0 means that API functions are used.
    pub bytes_data: usize,
    /// How strings are read.
    pub ascii: Ascii,
    /// Whether `None`, the bools and the small ints are never freed, so that references to them need not be counted.
    pub immortals: bool,
    /// Whether threads run Python code in parallel (a free-threaded build), so that shared data must change atomically.
    pub parallel: bool,
    /// Whether Python code can create instances of a class without its `tp_new` (PyPy's `object.__new__` does), so that instances
    /// must record whether they hold a value.
    pub empty_instances: bool,
}

/// The facts that use API functions for everything.
const API_ONLY: Layouts = Layouts {
    header: 0,
    types: false,
    refcount: Refcount::Api,
    integers: Integers::Api,
    floats: false,
    lists: Lists::Api,
    tuple_items: 0,
    bytes_data: 0,
    ascii: Ascii {
        data: 0,
        state: 0,
        mask: 0,
    },
    immortals: false,
    parallel: false,
    empty_instances: false,
};

const GIL_3_8: Layouts = Layouts {
    header: 16,
    types: true,
    refcount: Refcount::Plain,
    integers: Integers::SignedSize,
    floats: true,
    lists: Lists::Direct,
    tuple_items: 24,
    bytes_data: 32,
    ascii: Ascii {
        data: 48,
        state: 32,
        mask: 0x60,
    },
    immortals: false,
    parallel: false,
    empty_instances: false,
};

const GIL_3_12: Layouts = Layouts {
    refcount: Refcount::Immortal,
    integers: Integers::Tagged,
    // 3.14 has a cached hash before the items.
    tuple_items: 0,
    ascii: Ascii {
        data: 40,
        state: 32,
        mask: 0x60,
    },
    immortals: true,
    ..GIL_3_8
};

const FREE_THREADED_3_14: Layouts = Layouts {
    header: 32,
    types: true,
    refcount: Refcount::Api,
    integers: Integers::Tagged,
    floats: true,
    lists: Lists::Locked,
    tuple_items: 48,
    bytes_data: 48,
    ascii: Ascii {
        data: 56,
        state: 49,
        mask: 0x18,
    },
    immortals: true,
    parallel: true,
    empty_instances: false,
};

impl Layouts {
    /// Returns the facts if only the size of the header, and whether threads run in parallel, is known.
    pub(crate) const fn api_only(header: usize, parallel: bool) -> Layouts {
        Layouts {
            header,
            parallel,
            ..API_ONLY
        }
    }
}

/// The facts that [`Probed`] reads. Written once, before any other code of this crate can run.
static mut PROBED: Layouts = API_ONLY;
/// The compiled layout that fits: see [`Choice`].
static mut CHOICE: Choice = Choice::Probed;

/// The layouts that functions are compiled for, in the order of [`PerLayout`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    Gil38,
    Gil312,
    FreeThreaded314,
    Probed,
}

/// Publishes the facts, and chooses the compiled layout that agrees with them.
///
/// # Safety
/// No other code of this crate runs at the same time.
pub(crate) unsafe fn publish(facts: Layouts) {
    let agrees = |constants: Layouts| {
        // A fact that differs among the versions that share a set of constants is not read through the set.
        let tuple_items = if constants.tuple_items == 0 {
            0
        } else {
            facts.tuple_items
        };
        constants
            == Layouts {
                tuple_items,
                ..facts
            }
    };
    let choice = if agrees(GIL_3_8) {
        Choice::Gil38
    } else if agrees(GIL_3_12) {
        Choice::Gil312
    } else if agrees(FREE_THREADED_3_14) {
        Choice::FreeThreaded314
    } else {
        Choice::Probed
    };
    // SAFETY: there are no readers yet (caller).
    unsafe {
        PROBED = facts;
        CHOICE = choice;
    }
}

/// Returns the layout to choose from the compiled ones.
#[inline]
pub(crate) fn choice() -> Choice {
    // SAFETY: the value is not written after `publish`.
    unsafe { CHOICE }
}

mod sealed {
    pub trait Sealed {}
}

/// A set of facts about the memory of Python objects, by which conversions read and write them directly: they are compiled for some
/// versions of Python and chosen when the module is imported.
///
/// Implementations of [`FromPython`](crate::FromPython) and [`IntoPython`](crate::IntoPython) pass it on, and need nothing else of
/// it. The trait is sealed, since wrong facts would make this crate read arbitrary memory.
///
/// ```
/// # use pyidl_runtime::{Any, IntoPython, Layout, Python, Result};
/// struct Pair<A, B>(A, B);
///
/// impl<A: IntoPython, B: IntoPython> IntoPython for Pair<A, B> {
///     fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Result<Any<'py>> {
///         (self.0, self.1).into_python::<L>(py)
///     }
/// }
/// ```
pub trait Layout: sealed::Sealed + 'static {
    /// Whether conversions of arguments and results are calls of functions that are compiled once per type, instead of parts of
    /// each function that Python calls.
    #[doc(hidden)]
    const OUT_OF_LINE: bool = false;

    /// The facts.
    #[doc(hidden)]
    fn facts() -> &'static Layouts;
}

macro_rules! constant_layout {
    ($(#[$doc:meta])* $name:ident = $facts:ident) => {
        $(#[$doc])*
        pub(crate) enum $name {}
        impl sealed::Sealed for $name {}
        impl Layout for $name {
            #[inline(always)]
            fn facts() -> &'static Layouts {
                &const { $facts }
            }
        }
    };
}

constant_layout! {
    /// CPython 3.8 to 3.11.
    Gil38 = GIL_3_8
}
constant_layout! {
    /// CPython 3.12 and later, with the GIL.
    Gil312 = GIL_3_12
}
constant_layout! {
    /// CPython 3.14 and later, free-threaded.
    FreeThreaded314 = FREE_THREADED_3_14
}

/// The facts that hold in this interpreter, read from a table at each use.
pub enum Probed {}
impl sealed::Sealed for Probed {}
impl Layout for Probed {
    #[inline(always)]
    fn facts() -> &'static Layouts {
        let probed = &raw const PROBED;
        // SAFETY: the table is not written after `publish`.
        unsafe { &*probed }
    }
}

/// The same facts, for functions that are kept small: modules with many functions are compiled faster by it.
pub(crate) enum Compact {}
impl sealed::Sealed for Compact {}
impl Layout for Compact {
    const OUT_OF_LINE: bool = true;

    #[inline(always)]
    fn facts() -> &'static Layouts {
        Probed::facts()
    }
}

/// One value for each compiled layout.
#[derive(Clone, Copy)]
pub(crate) struct PerLayout<T> {
    pub(crate) gil_3_8: T,
    pub(crate) gil_3_12: T,
    pub(crate) free_threaded_3_14: T,
    pub(crate) probed: T,
}

impl<T: Copy> PerLayout<T> {
    pub(crate) const fn same(value: T) -> PerLayout<T> {
        PerLayout {
            gil_3_8: value,
            gil_3_12: value,
            free_threaded_3_14: value,
            probed: value,
        }
    }

    /// Returns the value that fits this interpreter.
    pub(crate) fn chosen(&self) -> T {
        match choice() {
            Choice::Gil38 => self.gil_3_8,
            Choice::Gil312 => self.gil_3_12,
            Choice::FreeThreaded314 => self.free_threaded_3_14,
            Choice::Probed => self.probed,
        }
    }
}

/// Reads a field of an object.
///
/// # Safety
/// The object is alive and has a `T` at this offset.
#[inline(always)]
pub(crate) unsafe fn read<T: Copy>(object: Raw, offset: usize) -> T {
    // SAFETY: as promised by the caller.
    unsafe { object.cast::<u8>().add(offset).cast::<T>().read() }
}
