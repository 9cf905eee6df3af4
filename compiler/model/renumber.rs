//! Replaces the ids of definitions in everything that refers to them.

use super::function::Default as ParameterDefault;
use super::{
    Alias, AliasId, Class, ClassId, ClassItem, Const, EnumId, Enumeration, Exception, ExceptionId,
    Failure, Field, Flags, FlagsId, Function, ItemId, Payload, Property, Protocol, ProtocolId,
    Record, RecordId, Type, Value, Variant, VariantId,
};

/// The new id of each definition. It has the same kind as the old one.
pub(crate) trait Numbers {
    /// The new id of `item`, which is referred to.
    fn number(&mut self, item: ItemId) -> ItemId;
}

/// Data that refers to definitions.
pub(crate) trait Renumber {
    /// Replaces the id of every definition that it refers to.
    fn renumber(&mut self, numbers: &mut impl Numbers);
}

macro_rules! ids {
    ($( $id:ident => $kind:ident, )*) => { $(
        impl Renumber for $id {
            fn renumber(&mut self, numbers: &mut impl Numbers) {
                if let ItemId::$kind(id) = numbers.number(ItemId::$kind(*self)) {
                    *self = id;
                }
            }
        }
    )* };
}

ids! {
    RecordId => Record,
    VariantId => Variant,
    EnumId => Enum,
    FlagsId => Flags,
    ExceptionId => Exception,
    ClassId => Class,
    ProtocolId => Protocol,
    AliasId => Alias,
}

impl<T: Renumber> Renumber for Vec<T> {
    fn renumber(&mut self, numbers: &mut impl Numbers) {
        self.iter_mut().for_each(|part| part.renumber(numbers));
    }
}

impl<T: Renumber> Renumber for Option<T> {
    fn renumber(&mut self, numbers: &mut impl Numbers) {
        if let Some(part) = self {
            part.renumber(numbers);
        }
    }
}

impl<T: Renumber> Renumber for Box<T> {
    fn renumber(&mut self, numbers: &mut impl Numbers) {
        (**self).renumber(numbers);
    }
}

impl Renumber for Type {
    fn renumber(&mut self, numbers: &mut impl Numbers) {
        match self {
            Self::Builtin(_, arguments) => arguments.renumber(numbers),
            Self::Callback {
                parameters,
                result,
                raises,
                ..
            } => {
                parameters.renumber(numbers);
                result.renumber(numbers);
                raises.renumber(numbers);
            }
            Self::Array { item, .. } | Self::View { item, .. } => item.renumber(numbers),
            Self::Result { ok, error } => {
                ok.renumber(numbers);
                error.renumber(numbers);
            }
            Self::Record(id) => id.renumber(numbers),
            Self::Variant(id) => id.renumber(numbers),
            Self::Enum(id) => id.renumber(numbers),
            Self::Flags(id) => id.renumber(numbers),
            Self::Class(id) => id.renumber(numbers),
            Self::Protocol(id) => id.renumber(numbers),
            Self::Exception(id) => id.renumber(numbers),
            Self::Alias(id) => id.renumber(numbers),
        }
    }
}

impl Renumber for Value {
    fn renumber(&mut self, numbers: &mut impl Numbers) {
        match self {
            Self::None
            | Self::Bool(_)
            | Self::Int(_)
            | Self::Float(_)
            | Self::Str(_)
            | Self::Bytes(_) => {}
            Self::List(values) | Self::Tuple(values) => values.renumber(numbers),
            Self::Map(pairs) => pairs.iter_mut().for_each(|(key, value)| {
                key.renumber(numbers);
                value.renumber(numbers);
            }),
            Self::Record(id, values) => {
                id.renumber(numbers);
                values.renumber(numbers);
            }
            Self::Member(_, value) => value.renumber(numbers),
            Self::Enum(id, _) => id.renumber(numbers),
            Self::Flags(id, _) => id.renumber(numbers),
            Self::Case(id, _, values) => {
                id.renumber(numbers);
                values.renumber(numbers);
            }
        }
    }
}

impl Renumber for Field {
    fn renumber(&mut self, numbers: &mut impl Numbers) {
        self.ty.renumber(numbers);
        self.default.renumber(numbers);
    }
}

impl Renumber for Function {
    fn renumber(&mut self, numbers: &mut impl Numbers) {
        for parameter in &mut self.parameters {
            parameter.ty.renumber(numbers);
            if let Some(ParameterDefault::Value(value)) = &mut parameter.default {
                value.renumber(numbers);
            }
        }
        self.result.renumber(numbers);
        self.raises.renumber(numbers);
        if let Some(Failure::Value(ty)) = &mut self.error {
            ty.renumber(numbers);
        }
        self.overload.renumber(numbers);
    }
}

impl Renumber for Property {
    fn renumber(&mut self, numbers: &mut impl Numbers) {
        self.ty.renumber(numbers);
        self.raises.renumber(numbers);
    }
}

impl Renumber for Const {
    fn renumber(&mut self, numbers: &mut impl Numbers) {
        self.ty.renumber(numbers);
        self.value.renumber(numbers);
    }
}

impl Renumber for ClassItem {
    fn renumber(&mut self, numbers: &mut impl Numbers) {
        match self {
            Self::Const(constant) => constant.renumber(numbers),
            Self::Property(property) => property.renumber(numbers),
            Self::Method(method) => method.renumber(numbers),
            Self::Operator(operator) => operator.function.renumber(numbers),
        }
    }
}

impl Renumber for Class {
    fn renumber(&mut self, numbers: &mut impl Numbers) {
        self.base.renumber(numbers);
        self.implements.renumber(numbers);
        self.constructor.renumber(numbers);
        self.items.renumber(numbers);
    }
}

impl Renumber for Protocol {
    fn renumber(&mut self, numbers: &mut impl Numbers) {
        self.bases.renumber(numbers);
        self.items.renumber(numbers);
    }
}

impl Renumber for Record {
    fn renumber(&mut self, numbers: &mut impl Numbers) {
        self.fields.renumber(numbers);
    }
}

impl Renumber for Exception {
    fn renumber(&mut self, numbers: &mut impl Numbers) {
        self.base.renumber(numbers);
        self.fields.renumber(numbers);
    }
}

impl Renumber for Variant {
    fn renumber(&mut self, numbers: &mut impl Numbers) {
        for case in &mut self.cases {
            match &mut case.payload {
                Payload::None => {}
                Payload::Tuple(types) => types.renumber(numbers),
                Payload::Fields(fields) => fields.renumber(numbers),
            }
        }
    }
}

impl Renumber for Enumeration {
    fn renumber(&mut self, _: &mut impl Numbers) {}
}

impl Renumber for Flags {
    fn renumber(&mut self, _: &mut impl Numbers) {}
}

impl Renumber for Alias {
    fn renumber(&mut self, numbers: &mut impl Numbers) {
        self.ty.renumber(numbers);
    }
}
