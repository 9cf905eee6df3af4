//! Results whose success and error values Python could not tell apart. They are valid in WIT; in `.pyidl` files the resolver has
//! already reported them.

use super::{Check, Usage};
use crate::lower::results::clash_of;
use crate::model::{Name, Type};
use crate::resolve::results::can_be_none;

impl Check<'_> {
    /// Reports at `name` why its type cannot be generated if it is a result. Returns whether anything was reported.
    pub(super) fn refuses_result(&mut self, name: &Name, ty: &Type) -> bool {
        let refused = clash_of(self.interface, ty).is_some();
        if refused {
            self.refuse(
                name,
                "results whose value can be what stands for their error are",
                "use a variant for the error, which is an exception of its own",
            );
        }
        refused
    }

    /// Reports at `name` why an option of `inner` cannot be generated. Returns whether anything was reported.
    pub(super) fn refuses_option(&mut self, name: &Name, inner: &Type) -> bool {
        let refused = can_be_none(self.interface, inner);
        if refused {
            let inside = match self.interface.expanded(inner) {
                Type::Result { .. } => "options of results that can be `none` are",
                _ => "options inside options are",
            };
            self.refuse(name, inside, "use a variant that says which it is");
        }
        refused
    }

    /// Does the same for a returned type, where the error of a result is raised.
    pub(super) fn returned(&mut self, name: &Name, ty: &Type, usage: Usage) {
        let result = match (ty, usage) {
            // The target of an alias was checked at its own declaration.
            (_, Usage::Alias) => ty,
            _ => self.interface.expanded(ty),
        };
        match result {
            Type::Result { .. } => {
                let parts = result.parts().into_iter();
                parts.for_each(|part| self.ty(name, part, usage));
            }
            _ => self.ty(name, ty, usage),
        }
    }
}
