//! Types, values, signatures and documentation as Python writes them, in stubs and in what the module tells `inspect`.

pub(crate) mod annotations;
pub(crate) mod docstring;
pub(crate) mod scope;
pub(crate) mod signature;
pub(crate) mod values;
