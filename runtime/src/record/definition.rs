//! What a record consists of, as data.

use std::ffi::CStr;

use crate::call::Signature;
use crate::class::Exported;
use crate::field::Field;

/// A Rust struct whose values are Python dataclasses. Implemented by generated code.
///
/// # Safety
/// What the module has at the place of the type was made by [`type_of_record`](super::type_of_record) for it: the memory
/// of instances is read as the fields of the definition.
pub unsafe trait Record: Exported + Sized {
    /// What the record consists of.
    const DEFINITION: &'static RecordDefinition;

    /// The index of the type that it is derived from and nested in, which comes before it; none for records that are no
    /// cases of variants.
    #[doc(hidden)]
    const VARIANT: Option<usize> = None;

    /// What `str` gives, if it is a case that functions fail with: text, and fields by number.
    #[doc(hidden)]
    const MESSAGE: &'static str = "";

    /// What Python is warned of when it makes one.
    const DEPRECATED: Deprecated = None;
}

/// The text of a warning, where something is deprecated.
pub type Deprecated = Option<&'static CStr>;

/// What a record consists of. A constant in the generated code.
pub struct RecordDefinition {
    /// `module.Name`
    pub name: &'static CStr,
    /// The constructor's signature (`Name(a, b=1)`, a line `--`, an empty line); the documentation.
    pub doc: &'static CStr,
    /// What the constructor takes: the fields, in order, all by position or keyword.
    pub signature: &'static Signature,
    /// The fields, in the order of the signature; those with a default come last.
    pub fields: &'static [Field],
    /// Whether no field can reach a container that Python code can change, so that no reference circle can go through
    /// an instance and the garbage collector need not look at it.
    pub acyclic: bool,
}

impl RecordDefinition {
    /// The class as its module names it: `Point`, `Command.Arc`.
    pub(crate) fn qualified_name(&self) -> &'static str {
        let init = self.signature.qualified_name;
        init.strip_suffix(".__init__").unwrap_or(init)
    }
}
