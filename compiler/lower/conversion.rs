//! How values are converted between Python and Rust.

use crate::lower::instances::mentions_object;
use crate::model::{AliasId, Interface};

/// Where a value occurs. The spelling differs for classes: Python lends instances to parameters, takes ownership of results, and
/// shares the instances in fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Inside a parameter.
    FromPython,
    /// A result, or anything that is neither in a signature nor in a field.
    IntoPython,
    /// A field or a payload, which is both read and written.
    Field,
}

impl Side {
    /// The side of what is passed the other way: of a callback's arguments.
    pub(crate) fn reversed(self) -> Self {
        match self {
            Self::FromPython => Self::IntoPython,
            Self::IntoPython | Self::Field => Self::FromPython,
        }
    }
}

/// The side that an alias's declaration is spelled for.
pub(crate) fn alias_side(interface: &Interface, id: AliasId) -> Side {
    match mentions_object(interface, &interface[id].ty) {
        true => Side::FromPython,
        false => Side::IntoPython,
    }
}
