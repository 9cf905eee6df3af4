//! How a type is spelled in the language.

use super::{Dimension, ExceptionId, ItemId, Type};

/// Spells types as interface files do. Implementations decide how definitions are named.
pub(crate) trait Speller {
    /// The name of a definition in a type.
    fn definition(&self, item: ItemId) -> String;

    /// The name of an exception after `raises`.
    fn raised(&self, id: ExceptionId) -> String {
        self.definition(ItemId::Exception(id))
    }

    /// A replacement for `ty` as a whole, if there is one.
    fn word(&self, _ty: &Type) -> Option<String> {
        None
    }

    /// The text after the element type in a view of this shape.
    fn shape(&self, shape: &[Dimension]) -> String {
        let dimension = |dimension: &Dimension| match dimension {
            Dimension::Any => "_".to_owned(),
            Dimension::Length(length) => length.to_string(),
            Dimension::Named(name) => name.clone(),
        };
        format!(", [{}]", joined(shape, dimension))
    }

    /// Whether a type is reduced to the types that it consists of.
    fn is_brief(&self) -> bool {
        false
    }

    /// A type in source form.
    fn spelt(&self, ty: &Type) -> String {
        if let Some(word) = self.word(ty) {
            return word;
        }
        let list = |types: &[Type]| joined(types, |ty| self.spelt(ty));
        let part = |ty: &Option<Box<Type>>| match ty {
            Some(ty) => self.spelt(ty),
            None => "_".to_owned(),
        };
        match ty {
            Type::Builtin(builtin, arguments) if arguments.is_empty() => builtin.to_string(),
            Type::Builtin(builtin, arguments) => format!("{builtin}<{}>", list(arguments)),
            Type::Callback {
                parameters,
                result,
                is_async,
                raises,
            } => {
                let mut text = format!("func({})", list(parameters));
                if let Some(result) = result {
                    text += &format!(" -> {}", self.spelt(result));
                }
                if self.is_brief() {
                    return text;
                }
                if *is_async {
                    text.insert_str(0, "async ");
                }
                let raises: Vec<_> = raises.iter().map(|id| self.raised(*id)).collect();
                if !raises.is_empty() {
                    text += &format!(" raises {}", raises.join(" | "));
                }
                text
            }
            Type::Array { item, length } => format!("list<{}, {length}>", self.spelt(item)),
            Type::Result { ok, error } => format!("result<{}, {}>", part(ok), part(error)),
            Type::View { view, item, .. } if self.is_brief() => {
                format!("{view}<{}>", self.spelt(item))
            }
            Type::View {
                view,
                item,
                shape,
                mutable,
            } => {
                let shape = shape.as_ref().map(|shape| self.shape(shape));
                let mutable = if *mutable { ", mutable = true" } else { "" };
                let (item, shape) = (self.spelt(item), shape.unwrap_or_default());
                format!("{view}<{item}{shape}{mutable}>")
            }
            Type::Record(id) => self.definition(ItemId::Record(*id)),
            Type::Variant(id) => self.definition(ItemId::Variant(*id)),
            Type::Enum(id) => self.definition(ItemId::Enum(*id)),
            Type::Flags(id) => self.definition(ItemId::Flags(*id)),
            Type::Class(id) => self.definition(ItemId::Class(*id)),
            Type::Protocol(id) => self.definition(ItemId::Protocol(*id)),
            Type::Exception(id) => self.definition(ItemId::Exception(*id)),
            Type::Alias(id) => self.definition(ItemId::Alias(*id)),
        }
    }
}

fn joined<T>(parts: &[T], shown: impl Fn(&T) -> String) -> String {
    parts.iter().map(shown).collect::<Vec<_>>().join(", ")
}
