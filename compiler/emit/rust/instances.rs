//! Which types hold instances of classes.

use std::collections::HashSet;

use crate::emit::rust::properties::contents;
use crate::emit::unions::members;
use crate::model::{Interface, Type};

/// Whether values of the type are or hold instances, those in the fields of records and in what cases carry included.
pub(crate) fn holds_instance(interface: &Interface, ty: &Type) -> bool {
    Search::new(interface, ty).any(|ty| matches!(ty, Type::Class(_)))
}

/// Whether a record, variant or union in values of the type holds instances, which Rust has to ask Python for to look at them.
pub(crate) fn shares_instances(interface: &Interface, ty: &Type) -> bool {
    let mut compounds = Search::new(interface, ty)
        .outside_of_fields()
        .filter(|ty| is_compound(ty) || members(ty).is_some());
    compounds.any(|ty| holds_instance(interface, ty))
}

/// A type and those that it is made of, each definition once. What callbacks take and return is not in their values.
///
/// Not by recursion, so that long chains of records do not use up the stack.
struct Search<'a> {
    interface: &'a Interface,
    open: Vec<&'a Type>,
    seen: HashSet<&'a Type>,
    in_fields: bool,
}

impl<'a> Search<'a> {
    fn new(interface: &'a Interface, ty: &'a Type) -> Self {
        Self {
            interface,
            open: vec![ty],
            seen: HashSet::new(),
            in_fields: true,
        }
    }

    /// Leaves out what records and variants are made of.
    fn outside_of_fields(self) -> Self {
        Self {
            in_fields: false,
            ..self
        }
    }
}

impl<'a> Iterator for Search<'a> {
    type Item = &'a Type;

    fn next(&mut self) -> Option<&'a Type> {
        let ty = self.open.pop()?;
        match ty {
            Type::Alias(id) if self.seen.insert(ty) => self.open.push(&self.interface[*id].ty),
            _ if is_compound(ty) && self.in_fields && self.seen.insert(ty) => {
                self.open.extend(contents(self.interface, ty));
            }
            Type::Alias(_) | Type::Callback { .. } => {}
            _ => self.open.extend(ty.parts()),
        }
        Some(ty)
    }
}

/// Whether a type has fields, or cases that carry something.
fn is_compound(ty: &Type) -> bool {
    matches!(ty, Type::Record(_) | Type::Variant(_) | Type::Exception(_))
}
