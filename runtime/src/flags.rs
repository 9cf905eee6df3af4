//! Flags: a set of bits in Rust, and in Python an `enum.IntFlag` made by the `enum` module.
//!
//! Arguments must be instances of the class, such as `Style.BOLD | Style.DASHED`; other integers are rejected. A negative one, as
//! `~Style.BOLD` is on some versions, means all flags except those of its complement. Undefined bits, which an `IntFlag` keeps,
//! are a ValueError, since the Rust set cannot represent them. The undefined bits below the highest flag that a complement has
//! since Python 3.11 are ignored.
//!
//! This is the complete generated code for flags `Style` of a module `geometry`:
//!
//! ```text
//! rt::unsafe_impl! {
//!     unsafe impl Exported for Style {
//!         const INTERPRETERS: &'static rt::Interpreters = &INTERPRETERS;
//!         const INDEX: usize = 2;
//!     }
//! }
//! impl rt::Flags for Style {
//!     const DEFINITION: &'static rt::FlagsDefinition = &rt::FlagsDefinition {
//!         name: c"geometry.Style",
//!         doc: c"How a path is drawn.",
//!         flags: &[
//!             rt::Flag { name: c"BOLD", doc: c"", value: 1 },
//!             rt::Flag { name: c"DASHED", doc: c"With gaps.", value: 2 },
//!         ],
//!     };
//!     fn from_bits(bits: u128) -> Option<Self> {
//!         u32::try_from(bits).ok().and_then(Self::from_bits)
//!     }
//!     fn bits(self) -> u128 {
//!         u128::from(self.bits())
//!     }
//! }
//! impl<'py> rt::FromPython<'py> for Style {
//!     fn from_python<L: rt::Layout>(object: rt::Argument<'_>, _py: rt::Python<'py>) -> rt::Result<Self> {
//!         rt::flags_from_python::<L, Self>(object)
//!     }
//! }
//! impl rt::IntoPython for Style {
//!     fn into_python<'py, L: rt::Layout>(self, py: rt::Python<'py>) -> rt::Returned<'py> {
//!         rt::flags_into_python::<L, Self>(self, py)
//!     }
//! }
//! impl rt::Normalise<'_> for Style {}
//! // in ModuleDefinition::types: rt::type_of_flags::<Style>()
//! ```

use std::ffi::{CStr, c_int};
use std::fmt;

use crate::bigint::BigInt;
use crate::call::Returned;
use crate::class::Exported;
use crate::convert::{FromPython, IntoPython};
use crate::dynamic::{call, imported, text, tuple};
use crate::enumeration::{make_enum, member};
use crate::error::Error;
use crate::layout::{Layout, Probed};
use crate::module::{Module, Related, TypeEntry};
use crate::object::{Argument, Object};
use crate::python::Python;
use crate::type_object::{check_index, short_name};
use crate::{Result, api};

/// A set of bits whose values are instances of a Python `IntFlag`. Implemented by generated code.
pub trait Flags: Exported + Copy {
    /// The definition of the flags.
    const DEFINITION: &'static FlagsDefinition;
    /// Returns the set with these bits, or `None` if one of them is not a flag.
    fn from_bits(bits: u128) -> Option<Self>;
    /// Returns the bits of the set.
    fn bits(self) -> u128;
}

/// The definition of flags. A constant in the generated code.
pub struct FlagsDefinition {
    /// `module.Name`
    pub name: &'static CStr,
    /// Their documentation.
    pub doc: &'static CStr,
    /// The flags, in order.
    pub flags: &'static [Flag],
}

/// A flag, or a combination of flags that has a name.
pub struct Flag {
    /// Its name in Python.
    pub name: &'static CStr,
    /// Its documentation. If empty, it is that of the class.
    pub doc: &'static CStr,
    /// Its bits.
    pub value: u128,
}

impl FlagsDefinition {
    /// Returns the bits of all flags.
    fn all(&self) -> u128 {
        self.flags.iter().fold(0, |bits, flag| bits | flag.value)
    }
}

/// Writes the `Debug` format: `Style(BOLD | DASHED)`.
///
/// # Errors
/// Those of the formatter.
pub fn debug_flags<F: Flags>(flags: F, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let definition = F::DEFINITION;
    let bits = flags.bits();
    let names: Vec<_> = definition
        .flags
        .iter()
        .filter(|flag| flag.value.is_power_of_two() && bits & flag.value != 0)
        .map(|flag| flag.name.to_string_lossy())
        .collect();
    write!(f, "{}({})", short_name(definition.name), names.join(" | "))
}

/// Returns the entry of flags for the definition of a module.
pub const fn type_of_flags<F: Flags>() -> TypeEntry {
    TypeEntry::new(F::DEFINITION.name, create::<F>)
}

fn create<'py, F: Flags>(module: &Module<'py>, index: usize) -> Returned<'py> {
    check_index::<F>(module, index)?;
    let (py, definition) = (module.py, F::DEFINITION);
    let mut flags = Vec::with_capacity(definition.flags.len());
    for flag in definition.flags {
        let value = flag.value.into_python::<Probed>(py)?;
        flags.push(tuple(py, [text(py, flag.name)?, value])?);
    }
    let base = imported(py, "enum", c"IntFlag")?;
    let class = make_enum(module, &base, definition.name, definition.doc, flags, None)?;
    for flag in definition.flags {
        member(&class, flag.name, flag.doc)?;
    }
    // The class looks up its members and previously used combinations here.
    let known = class.attribute(c"_value2member_map_")?;
    module.keep_with_type(vec![known]);
    Ok(class)
}

/// Returns the set that an instance represents.
///
/// # Errors
/// TypeError for any object that is not an instance of the class, ValueError for undefined bits.
pub fn flags_from_python<L: Layout, F: Flags>(object: Argument<'_>) -> Result<F> {
    let py = object.py();
    if !F::INTERPRETERS.has_type::<L>(object, F::INDEX) {
        // If there is no type, this returns the error that explains why.
        F::INTERPRETERS.type_object(py, F::INDEX)?;
        let name = F::DEFINITION.name;
        return Err(Error::expected_type(short_name(name), name, object));
    }
    let mut overflow: c_int = 0;
    // SAFETY: alive and attached. An object that is not an int is converted to one by its methods.
    let value = unsafe { api::PyLong_AsLongLongAndOverflow(object.as_raw(), &mut overflow) };
    let bits = match (overflow, u128::try_from(value)) {
        (0, Ok(bits)) => Some(bits),
        // SAFETY: attached. If the class is not an IntFlag, its instances may not be ints.
        (0, Err(_)) if value == -1 && !unsafe { api::PyErr_Occurred() }.is_null() => {
            return Err(Error::fetch(py));
        }
        (0, Err(_)) => Some(i128::from(value) as u128 & F::DEFINITION.all()),
        _ => long_bits(object, F::DEFINITION)?,
    };
    bits.and_then(|bits| F::from_bits(bits).or_else(|| complement(bits)))
        .ok_or_else(|| no_flags(F::DEFINITION, object))
}

/// Returns the flags in `bits` if the other bits are exactly those between flags, as in a complement since Python 3.11.
#[cold]
fn complement<F: Flags>(bits: u128) -> Option<F> {
    let all = F::DEFINITION.all();
    let used = u128::BITS - all.leading_zeros();
    let between = u128::MAX.checked_shr(u128::BITS - used)? & !all;
    (bits & !all == between).then(|| F::from_bits(bits & all))?
}

/// Returns the bits of an int of more than 64 bits, or `None` if there are too many.
#[cold]
#[inline(never)]
fn long_bits(object: Argument<'_>, definition: &FlagsDefinition) -> Result<Option<u128>> {
    let value = BigInt::from_python::<Probed>(object, object.py())?;
    if !value.is_negative() {
        return Ok(u128::try_from(&value).ok());
    }
    // The array holds the lower bits of the two's complement, whatever its length.
    let mut bits = [0xff; size_of::<u128>()];
    for (bit, byte) in bits.iter_mut().zip(value.to_signed_bytes_le()) {
        *bit = byte;
    }
    Ok(Some(u128::from_le_bytes(bits) & definition.all()))
}

#[cold]
#[inline(never)]
fn no_flags(definition: &FlagsDefinition, object: Argument<'_>) -> Error {
    let name = short_name(definition.name);
    let got = match BigInt::from_python::<Probed>(object, object.py()) {
        Ok(bits) => format!("{name}({})", bits.shown()),
        Err(raised) => return raised,
    };
    let expected = format!("flags of {name}, whose bits are {:#x}", definition.all());
    Error::conversion(api::PyExc_ValueError, expected.into(), got)
}

/// Returns the instance for a set.
///
/// # Errors
/// ImportError if the interpreter no longer has the module.
pub fn flags_into_python<'py, L: Layout, F: Flags>(flags: F, py: Python<'py>) -> Returned<'py> {
    let class = F::INTERPRETERS.class(py, F::INDEX)?;
    let related = F::INTERPRETERS
        .state(py)
        .map_or(&[][..], |state| state.related(F::INDEX));
    let value = flags.bits().into_python::<L>(py)?;
    if let Some(known) = related.first().and_then(Related::object) {
        // SAFETY: the state keeps the dictionary alive, and the class keeps the state alive; attached.
        let member = unsafe { api::PyObject_GetItem(known, value.as_raw()) };
        if !member.is_null() {
            // SAFETY: a new reference; attached.
            return Ok(unsafe { Object::from_owned_unchecked(py, member) });
        }
        // The error is a KeyError: this combination has not been used yet.
        let error = Error::fetch(py);
        if !error.is_instance_of(py, api::PyExc_KeyError) {
            return Err(error);
        }
    }
    call(&class, [value], [])
}
