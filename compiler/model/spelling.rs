//! How a type is spelled in a language.

use super::{Builtin, Dimension, ExceptionId, ItemId, Type, View};

/// Spells types in one language: a method for each kind of type.
pub(crate) trait Spelling {
    /// A type that is spelled out.
    type Text;

    /// `string`, `list<f64>`
    fn builtin(&self, builtin: Builtin, arguments: &[Type]) -> Self::Text;

    /// `list<u8, 4>`
    fn array(&self, item: &Type, length: u32) -> Self::Text;

    /// `result<t, e>`; none for `_`.
    fn result(&self, ok: Option<&Type>, error: Option<&Type>) -> Self::Text;

    /// `func(f64) -> bool raises error`
    fn callback(
        &self,
        parameters: &[Type],
        result: Option<&Type>,
        is_async: bool,
        raises: &[ExceptionId],
    ) -> Self::Text;

    /// `ndarray<f64, [rows, _], mutable = true>`
    fn view(
        &self,
        view: View,
        item: &Type,
        shape: Option<&[Dimension]>,
        mutable: bool,
    ) -> Self::Text;

    /// A type of the interface.
    fn definition(&self, item: ItemId) -> Self::Text;

    /// Spells a type.
    fn spell(&self, ty: &Type) -> Self::Text {
        match ty {
            Type::Builtin(builtin, arguments) => self.builtin(*builtin, arguments),
            Type::Array { item, length } => self.array(item, *length),
            Type::Result { ok, error } => self.result(ok.as_deref(), error.as_deref()),
            Type::Callback {
                parameters,
                result,
                is_async,
                raises,
            } => self.callback(parameters, result.as_deref(), *is_async, raises),
            Type::View {
                view,
                item,
                shape,
                mutable,
            } => self.view(*view, item, shape.as_deref(), *mutable),
            Type::Record(_)
            | Type::Variant(_)
            | Type::Enum(_)
            | Type::Flags(_)
            | Type::Class(_)
            | Type::Protocol(_)
            | Type::Exception(_)
            | Type::Alias(_) => self.definition(ty.definition().expect("a definition")),
        }
    }
}

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
        self.word(ty).unwrap_or_else(|| Source(self).spell(ty))
    }
}

/// The spelling of interface files.
struct Source<'s, S: ?Sized>(&'s S);

impl<S: Speller + ?Sized> Source<'_, S> {
    fn part(&self, ty: Option<&Type>) -> String {
        ty.map_or("_".to_owned(), |ty| self.0.spelt(ty))
    }

    fn list(&self, types: &[Type]) -> String {
        joined(types, |ty| self.0.spelt(ty))
    }
}

impl<S: Speller + ?Sized> Spelling for Source<'_, S> {
    type Text = String;

    fn builtin(&self, builtin: Builtin, arguments: &[Type]) -> String {
        match arguments {
            [] => builtin.to_string(),
            arguments => format!("{builtin}<{}>", self.list(arguments)),
        }
    }

    fn array(&self, item: &Type, length: u32) -> String {
        format!("list<{}, {length}>", self.0.spelt(item))
    }

    fn result(&self, ok: Option<&Type>, error: Option<&Type>) -> String {
        format!("result<{}, {}>", self.part(ok), self.part(error))
    }

    fn callback(
        &self,
        parameters: &[Type],
        result: Option<&Type>,
        is_async: bool,
        raises: &[ExceptionId],
    ) -> String {
        let mut text = format!("func({})", self.list(parameters));
        if let Some(result) = result {
            text += &format!(" -> {}", self.0.spelt(result));
        }
        if self.0.is_brief() {
            return text;
        }
        if is_async {
            text.insert_str(0, "async ");
        }
        let raises: Vec<_> = raises.iter().map(|id| self.0.raised(*id)).collect();
        if !raises.is_empty() {
            text += &format!(" raises {}", raises.join(" | "));
        }
        text
    }

    fn view(&self, view: View, item: &Type, shape: Option<&[Dimension]>, mutable: bool) -> String {
        let item = self.0.spelt(item);
        if self.0.is_brief() {
            return format!("{view}<{item}>");
        }
        let shape = shape.map(|shape| self.0.shape(shape)).unwrap_or_default();
        let mutable = if mutable { ", mutable = true" } else { "" };
        format!("{view}<{item}{shape}{mutable}>")
    }

    fn definition(&self, item: ItemId) -> String {
        self.0.definition(item)
    }
}

fn joined<T>(parts: &[T], shown: impl Fn(&T) -> String) -> String {
    parts.iter().map(shown).collect::<Vec<_>>().join(", ")
}
