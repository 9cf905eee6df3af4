//! Functions: how they are called and what they fail with.

use super::Check;
use crate::emit::check::usage::Usage;
use crate::lower::family::FamilyId;
use crate::model::{Builtin, Default, Failure, Function, Nature, Type, Value};

/// The help for functions that fail with a value.
const RAISES: &str = "declare an exception, and write `raises` and its name";

impl Check<'_> {
    pub(super) fn function(&mut self, function: &Function) {
        if !function.overload.is_empty() {
            return self.refuse(
                &function.name,
                "overloads are",
                "declare each alternative as a function with a name of its own",
            );
        }
        if function.is_async {
            self.refuse(&function.name, "`async func` is", "write `func`");
        }
        if function.accessor.is_some() {
            self.refuse(&function.name, "`get` and `set` are", "write `func`");
        }
        if let Some(error) = &function.error {
            self.error(function, error);
        }
        for parameter in &function.parameters {
            self.ty(&parameter.name, &parameter.ty, Usage::Parameter);
            if let Some(Default::Value(value)) = &parameter.default
                && self.is_object(value, &parameter.ty)
            {
                self.refuse(
                    &parameter.name,
                    "values of type `any` are",
                    "write `= ...`, and make the value in Rust",
                );
            }
        }
        if let Some(ty) = &function.result {
            match self.interface.expanded(ty) {
                Type::Builtin(Builtin::Iterator, arguments) => {
                    self.ty(&function.name, &arguments[0], Usage::Produced);
                }
                _ => self.ty(&function.name, ty, Usage::Result),
            }
        }
    }

    /// An operator's shim cannot wrap an error value in an exception.
    pub(super) fn operator_error(&mut self, function: &Function, error: &Failure) {
        let is_exception = match error {
            Failure::Unit => false,
            Failure::Value(ty) => FamilyId::of(self.interface, ty).is_some(),
        };
        if !is_exception {
            self.refuse(
                &function.name,
                "operators that fail with a value are",
                RAISES,
            );
        }
    }

    /// The error type of a function, if it is not an exception.
    fn error(&mut self, function: &Function, error: &Failure) {
        if !function.raises.is_empty() {
            self.refuse(
                &function.name,
                "`raises` together with `result` is",
                "keep one of the two",
            );
        }
        let is_exception = match error {
            Failure::Unit => false,
            Failure::Value(ty) => {
                self.ty(&function.name, ty, Usage::Error);
                FamilyId::of(self.interface, ty).is_some()
            }
        };
        let mut result = function.result.iter();
        let is_iterator = result.any(|ty| self.interface.expanded(ty).is(Builtin::Iterator));
        if is_iterator && !is_exception {
            self.refuse(
                &function.name,
                "iterators that fail with a value are",
                RAISES,
            );
        }
    }

    /// Whether `value` is a Python object that Rust would have to create.
    fn is_object(&self, value: &Value, ty: &Type) -> bool {
        let ty = self.interface.expanded(ty);
        let Type::Builtin(builtin, arguments) = ty else {
            return false;
        };
        match value {
            Value::None => *builtin != Builtin::Option,
            Value::List(values) => values.iter().any(|value| {
                let item = arguments.first();
                item.is_none_or(|item| self.is_object(value, item))
            }),
            Value::Tuple(values) => {
                let mut items = values.iter().zip(arguments);
                arguments.is_empty() || items.any(|(value, ty)| self.is_object(value, ty))
            }
            Value::Map(pairs) => match arguments.as_slice() {
                [key, of] => pairs
                    .iter()
                    .any(|(k, value)| self.is_object(k, key) || self.is_object(value, of)),
                _ => true,
            },
            Value::Member(index, value) => self.is_object(value, &arguments[*index]),
            _ => match builtin {
                Builtin::Option => self.is_object(value, &arguments[0]),
                _ => builtin.nature() == Nature::Anything,
            },
        }
    }
}
