//! Types and values as Rust writes them, in the readable files and in the glue.

pub(crate) mod scope;
pub(crate) mod types;
pub(crate) mod values;
