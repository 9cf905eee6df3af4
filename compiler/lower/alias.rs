//! Aliases. One that names a union is an enum in Rust.

use crate::lower::analysis::{Analysis, Contents};
use crate::lower::conversion::{Side, alias_side};
use crate::lower::head::Head;
use crate::lower::instances::mentions_object;
use crate::lower::unions;
use crate::model::{AliasId, Type};

/// An alias.
pub(crate) struct Alias {
    pub(crate) head: Head,
    pub(crate) ty: Type,
    /// The side that the declaration is spelled for.
    pub(crate) side: Side,
    /// Whether values hold Python objects, so that the Rust type has the lifetime of the attached thread.
    pub(crate) has_objects: bool,
    /// What values can contain.
    pub(crate) contents: Contents,
    pub(crate) union: Option<Union>,
}

/// The union that an alias names.
pub(crate) struct Union {
    /// The members: the name of each in Rust, and its type.
    pub(crate) cases: Vec<(String, Type)>,
    /// Whether values can contain recursive records or variants.
    pub(crate) holds_recursive: bool,
}

impl Alias {
    pub(crate) fn of(analysis: &Analysis<'_>, id: AliasId) -> Self {
        let interface = analysis.interface;
        let alias = &interface[id];
        let contents = analysis.contents(&alias.ty);
        let union = |members: &[Type]| {
            let names = unions::cases(interface, members).into_iter();
            Union {
                cases: names.zip(members.iter().cloned()).collect(),
                holds_recursive: contents.recursive,
            }
        };
        Self {
            head: Head::new(&alias.name, &alias.docs, None),
            ty: alias.ty.clone(),
            side: alias_side(interface, id),
            has_objects: mentions_object(interface, &alias.ty),
            contents,
            union: unions::members(&alias.ty).map(union),
        }
    }
}
