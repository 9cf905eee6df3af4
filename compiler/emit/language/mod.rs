//! How the things of an interface are written in each language. Targets use these modules, which know of no target.

pub(crate) mod python;
pub(crate) mod rust;
