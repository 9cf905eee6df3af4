//! Sets of named constants: enums and flags.

use crate::lower::head::Head;
use crate::lower::names::{python_constant, rust_constant, rust_type};
use crate::model::{self, Docs, EnumId, EnumRepr, FlagsId, Interface, Value};

/// An enum that no function fails with.
pub(crate) struct Enumeration {
    pub(crate) id: EnumId,
    pub(crate) head: Head,
    /// The base class in Python.
    pub(crate) repr: EnumRepr,
    pub(crate) members: Vec<Member>,
}

/// A member of an enum.
pub(crate) struct Member {
    pub(crate) rust_name: String,
    pub(crate) python_name: String,
    pub(crate) docs: Docs,
    /// Its value in Python: an integer or a string.
    pub(crate) value: Value,
}

/// A set of flags.
pub(crate) struct Flags {
    pub(crate) id: FlagsId,
    pub(crate) head: Head,
    /// The width of the integer that holds all flags: 32, 64 or 128.
    pub(crate) bits: u8,
    pub(crate) flags: Vec<Flag>,
}

/// One flag.
pub(crate) struct Flag {
    pub(crate) rust_name: String,
    pub(crate) python_name: String,
    pub(crate) docs: Docs,
    pub(crate) value: u128,
}

impl Enumeration {
    pub(crate) fn of(interface: &Interface, id: EnumId) -> Self {
        let enumeration = &interface[id];
        let member = |member: &model::Member| Member {
            rust_name: rust_type(&member.name),
            python_name: python_constant(&member.name),
            docs: member.docs.clone(),
            value: member.value.clone(),
        };
        Self {
            id,
            head: Head::new(
                &enumeration.name,
                &enumeration.docs,
                enumeration.deprecated.as_ref(),
            ),
            repr: enumeration.repr,
            members: enumeration.members.iter().map(member).collect(),
        }
    }
}

impl Flags {
    pub(crate) fn of(interface: &Interface, id: FlagsId) -> Self {
        let flags = &interface[id];
        let flag = |flag: &model::Flag| Flag {
            rust_name: rust_constant(&flag.name),
            python_name: python_constant(&flag.name),
            docs: flag.docs.clone(),
            value: flag.value,
        };
        Self {
            id,
            head: Head::new(&flags.name, &flags.docs, flags.deprecated.as_ref()),
            bits: match flags.flags.iter().map(|flag| flag.value).max() {
                Some(0x1_0000_0000_0000_0000..) => 128,
                Some(0x1_0000_0000..) => 64,
                _ => 32,
            },
            flags: flags.flags.iter().map(flag).collect(),
        }
    }

    /// The bits of all flags.
    pub(crate) fn all(&self) -> u128 {
        self.flags.iter().fold(0, |all, flag| all | flag.value)
    }
}
