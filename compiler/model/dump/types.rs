//! Types and values as text.

use super::{Dump, joined};
use crate::model::spelling::Speller;
use crate::model::{ExceptionId, Field, ItemId, Value};

impl Speller for Dump<'_> {
    /// A definition is preceded by its kind, to distinguish it from a builtin type of the same name.
    fn definition(&self, item: ItemId) -> String {
        let kind = match item {
            ItemId::Record(_) => "record",
            ItemId::Variant(_) => "variant",
            ItemId::Enum(_) => "enum",
            ItemId::Flags(_) => "flags",
            ItemId::Exception(_) => "exception",
            ItemId::Class(_) => "class",
            ItemId::Protocol(_) => "protocol",
            ItemId::Alias(_) => "alias",
            ItemId::Function(_) | ItemId::Const(_) => "",
        };
        let (_, name) = self.interface.home(item).expect("a type");
        format!("{kind} {}", name.text)
    }

    fn raised(&self, id: ExceptionId) -> String {
        self.interface[id].name.text.clone()
    }
}

impl Dump<'_> {
    /// A value in source form.
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
