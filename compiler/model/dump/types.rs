//! Types and values as text.

use super::{Dump, joined};
use crate::model::{Dimension, ExceptionId, Field, Type, Value};

impl Dump<'_> {
    /// A type as it is written, with what kind of definition a name stands for.
    pub(super) fn ty(&self, ty: &Type) -> String {
        let interface = self.interface;
        match ty {
            Type::Builtin(builtin, arguments) if arguments.is_empty() => builtin.to_string(),
            Type::Builtin(builtin, arguments) => {
                format!("{builtin}<{}>", joined(arguments, |ty| self.ty(ty)))
            }
            Type::Callback {
                parameters,
                result,
                is_async,
                raises,
            } => {
                let prefix = if *is_async { "async " } else { "" };
                let parameters = joined(parameters, |ty| self.ty(ty));
                let result = result
                    .as_ref()
                    .map_or_else(String::new, |result| format!(" -> {}", self.ty(result)));
                let name = |id: &ExceptionId| interface[*id].name.text.as_str();
                let raises: Vec<_> = raises.iter().map(name).collect();
                let raises = match raises.as_slice() {
                    [] => String::new(),
                    raises => format!(" raises {}", raises.join(" | ")),
                };
                format!("{prefix}func({parameters}){result}{raises}")
            }
            Type::Array { item, length } => format!("list<{}, {length}>", self.ty(item)),
            Type::Result { ok, error } => {
                let part = |ty: &Option<Box<Type>>| {
                    ty.as_ref().map_or_else(|| "_".to_owned(), |ty| self.ty(ty))
                };
                format!("result<{}, {}>", part(ok), part(error))
            }
            Type::View {
                view,
                item,
                shape,
                mutable,
            } => {
                let dimension = |dimension: &Dimension| match dimension {
                    Dimension::Any => "_".to_owned(),
                    Dimension::Length(length) => length.to_string(),
                    Dimension::Named(name) => name.clone(),
                };
                let shape = shape
                    .as_ref()
                    .map(|shape| format!(", [{}]", joined(shape, dimension)));
                let mutable = if *mutable { ", mutable = true" } else { "" };
                let shape = shape.unwrap_or_default();
                format!("{view}<{}{shape}{mutable}>", self.ty(item))
            }
            // What kind of definition it is tells it from a builtin type of the same name.
            Type::Exception(id) => format!("exception {}", interface[*id].name.text),
            Type::Record(id) => format!("record {}", interface[*id].name.text),
            Type::Variant(id) => format!("variant {}", interface[*id].name.text),
            Type::Enum(id) => format!("enum {}", interface[*id].name.text),
            Type::Flags(id) => format!("flags {}", interface[*id].name.text),
            Type::Protocol(id) => format!("protocol {}", interface[*id].name.text),
            Type::Class(id) => format!("class {}", interface[*id].name.text),
            Type::Alias(id) => format!("alias {}", interface[*id].name.text),
        }
    }

    /// A value as it is written.
    pub(super) fn value(&self, value: &Value) -> String {
        let list = |values: &[Value]| joined(values, |value| self.value(value));
        match value {
            Value::None => "none".to_owned(),
            Value::Bool(value) => value.to_string(),
            Value::Int(text) | Value::Float(text) => text.clone(),
            Value::Str(text) => format!("{text:?}"),
            Value::Bytes(bytes) => format!("b\"{}\"", bytes.escape_ascii()),
            Value::List(values) => format!("[{}]", list(values)),
            Value::Tuple(values) => format!("({})", list(values)),
            Value::Map(pairs) => {
                let pair = |(key, value): &(Value, Value)| {
                    format!("{}: {}", self.value(key), self.value(value))
                };
                format!("{{{}}}", joined(pairs, pair))
            }
            Value::Record(id, values) => {
                let record = &self.interface[*id];
                let fields: Vec<_> = record.fields.iter().zip(values).collect();
                let field = |(field, value): &(&Field, &Value)| {
                    format!("{}: {}", field.name.text, self.value(value))
                };
                format!("{} {{{}}}", record.name.text, joined(&fields, field))
            }
            Value::Flags(id, members) => {
                let flags = &self.interface[*id];
                let name = |member: &usize| flags.flags[*member].name.text.as_str();
                let members: Vec<_> = members.iter().map(name).collect();
                format!("{}({})", flags.name.text, members.join(" | "))
            }
            Value::Member(_, value) => self.value(value),
            Value::Case(id, case, values) => {
                let variant = &self.interface[*id];
                let case = &variant.cases[*case].name.text;
                format!("{}.{case}({})", variant.name.text, list(values))
            }
            Value::Enum(id, member) => {
                let enumeration = &self.interface[*id];
                format!(
                    "{}.{}",
                    enumeration.name.text, enumeration.members[*member].name.text
                )
            }
        }
    }
}
