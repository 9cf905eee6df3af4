//! Results whose parts Python could not tell apart. In WIT they are right; in `.pyidl` files the resolver has reported them.

use super::{Check, Usage};
use crate::emit::results::clash_of;
use crate::model::{Name, Type};
use crate::resolve::results::can_be_none;

impl Check<'_> {
    /// Reports at `name` what is wrong with its type where that is a result. Tells whether it was.
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

    /// Reports at `name` what is wrong with an option of `inner`. Tells whether it was.
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

    /// The same for what is returned, where a result is raised if it is an error.
    pub(super) fn returned(&mut self, name: &Name, ty: &Type, usage: Usage) {
        let result = match (ty, usage) {
            // What an alias stands for was checked where that stands.
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
