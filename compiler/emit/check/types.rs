//! Types, wherever they occur.

use super::Check;
use crate::emit::check::usage::Usage;
use crate::lower::types::row_of;
use crate::model::{Builtin, Name, Type};

/// The limit of the runtime's conversions: a callback's arguments are a Rust tuple.
const MAXIMUM_CALLBACK_PARAMETERS: usize = 12;

/// The standard library implements its traits for tuples up to this length.
const MAXIMUM_TUPLE_LENGTH: usize = 12;

/// Rust puts arrays on the stack.
const MAXIMUM_ARRAY_LENGTH: u32 = 4096;

impl Check<'_> {
    /// Reports at `name` what in its type cannot be generated for `usage`.
    pub(super) fn ty(&mut self, name: &Name, ty: &Type, usage: Usage) {
        let contents = self.aliases.contents(ty);
        if let Some(what) = usage.refuses(contents) {
            let message = format!("{what} as {} are", usage.describe());
            return self.refuse(name, &message, "make it a parameter");
        }
        self.part(name, ty);
    }

    /// Reports at `name` what in its type cannot be generated for any usage.
    pub(super) fn part(&mut self, name: &Name, ty: &Type) {
        if self.refuses_result(name, ty) {
            return;
        }
        match ty {
            Type::Builtin(builtin, arguments) => {
                if row_of(*builtin).is_none() {
                    return self.refuse(name, &format!("`{builtin}` is"), "use another type");
                }
                if *builtin == Builtin::Option && self.refuses_option(name, &arguments[0]) {
                    return;
                }
                if *builtin == Builtin::Tuple && arguments.len() > MAXIMUM_TUPLE_LENGTH {
                    let what = format!("tuples of more than {MAXIMUM_TUPLE_LENGTH} values are");
                    return self.refuse(name, &what, "declare a `record`, whose fields have names");
                }
                arguments.iter().for_each(|ty| self.part(name, ty));
            }
            Type::Callback {
                parameters,
                result,
                is_async,
                raises,
            } => {
                if *is_async {
                    self.refuse(name, "asynchronous callbacks are", "write `func`");
                }
                if !raises.is_empty() {
                    self.refuse(
                        name,
                        "`raises` on a callback is",
                        "leave it out: Rust gets what the callback raises as an error",
                    );
                }
                if parameters.len() > MAXIMUM_CALLBACK_PARAMETERS {
                    let what = format!(
                        "callbacks with more than {MAXIMUM_CALLBACK_PARAMETERS} parameters are"
                    );
                    self.refuse(name, &what, "pass a `record` instead");
                }
                for ty in parameters {
                    self.ty(name, ty, Usage::CallbackParameter);
                }
                if let Some(ty) = result {
                    self.returned(name, ty, Usage::CallbackResult);
                }
            }
            Type::Array { item, length } => {
                if *length > MAXIMUM_ARRAY_LENGTH {
                    let what = format!(
                        "lists of fixed length with more than {MAXIMUM_ARRAY_LENGTH} items are"
                    );
                    self.refuse(name, &what, "write `list<…>` without a length");
                }
                self.part(name, item);
            }
            Type::Result { .. } => ty.parts().into_iter().for_each(|ty| self.part(name, ty)),
            Type::View { view, .. } => {
                self.refuse(name, &format!("`{view}` is"), "write `bytes` or `list<…>`");
            }
            // Definitions are checked where they are declared.
            Type::Record(_)
            | Type::Variant(_)
            | Type::Enum(_)
            | Type::Flags(_)
            | Type::Class(_)
            | Type::Protocol(_)
            | Type::Exception(_)
            | Type::Alias(_) => {}
        }
    }
}
