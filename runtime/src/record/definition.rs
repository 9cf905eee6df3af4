//! The definition of a record, as data.

use std::ffi::CStr;

use crate::call::Signature;
use crate::class::Exported;
use crate::field::Field;

/// A Rust struct whose values are Python dataclasses. Implemented by generated code.
///
/// # Safety
/// The module's type at this index was made by [`type_of_record`](super::type_of_record) for this Rust type: the memory of
/// instances is read as the fields of the definition.
pub unsafe trait Record: Exported + Sized {
    /// The definition of the record.
    const DEFINITION: &'static RecordDefinition;

    /// The index of the type that it is derived from and nested in, which comes before it; `None` unless the record is a case of
    /// a variant.
    #[doc(hidden)]
    const VARIANT: Option<usize> = None;

    /// The format of `str`, if it is a case of an error variant: text, and fields by number.
    #[doc(hidden)]
    const MESSAGE: &'static str = "";

    /// The warning that Python gets when it creates an instance.
    const DEPRECATED: Deprecated = None;
}

/// The text of the warning, if something is deprecated.
pub type Deprecated = Option<&'static CStr>;

/// The definition of a record. A constant in the generated code.
pub struct RecordDefinition {
    /// `module.Name`
    pub name: &'static CStr,
    /// The constructor's signature (`Name(a, b=1)`, a line `--`, an empty line), then the documentation.
    pub doc: &'static CStr,
    /// The parameters of the constructor: the fields, in order, all by position or keyword.
    pub signature: &'static Signature,
    /// The fields, in the order of the signature; those with a default come last.
    pub fields: &'static [Field],
    /// Whether no field can reach a container that Python code can change. If so, no reference cycle can go through an instance,
    /// and the garbage collector need not track it.
    pub acyclic: bool,
}

impl RecordDefinition {
    /// Returns the qualified name of the class in its module: `Point`, `Command.Arc`.
    pub(crate) fn qualified_name(&self) -> &'static str {
        let init = self.signature.qualified_name;
        init.strip_suffix(".__init__").unwrap_or(init)
    }
}
