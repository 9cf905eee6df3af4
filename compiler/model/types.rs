//! Types and values.

use super::{
    AliasId, Builtin, ClassId, EnumId, ExceptionId, FlagsId, ItemId, ProtocolId, RecordId,
    VariantId, View,
};

/// A type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// A builtin type with its arguments, as many as it takes: `string`, `list<f64>`.
    Builtin(Builtin, Vec<Type>),
    /// `func(f64) -> bool`
    Callback {
        /// Its parameters.
        parameters: Vec<Type>,
        /// Its result.
        result: Option<Box<Type>>,
        /// Whether it is `async`.
        is_async: bool,
        /// The exceptions that it may raise.
        raises: Vec<ExceptionId>,
    },
    /// `list<u8, 4>`: a list of fixed length.
    Array {
        /// The item type.
        item: Box<Type>,
        /// The length.
        length: u32,
    },
    /// `result<t, e>`, except as the result of a function.
    Result {
        /// The success type; `None` for `_`.
        ok: Option<Box<Type>>,
        /// The error type; `None` for `_`.
        error: Option<Box<Type>>,
    },
    /// `buffer<u8>`, `ndarray<f64, [rows, _], mutable = true>`: a view of foreign memory.
    View {
        /// `buffer`, `ndarray`
        view: View,
        /// The element type.
        item: Box<Type>,
        /// The dimensions; `None` for any.
        shape: Option<Vec<Dimension>>,
        /// Whether it is writable.
        mutable: bool,
    },
    /// A record.
    Record(RecordId),
    /// A variant.
    Variant(VariantId),
    /// An enum.
    Enum(EnumId),
    /// Flags.
    Flags(FlagsId),
    /// A class, including `self` and WIT's `own<t>` and `borrow<t>`.
    Class(ClassId),
    /// A protocol.
    Protocol(ProtocolId),
    /// An exception. It occurs only as the error of a [`Type::Result`].
    Exception(ExceptionId),
    /// A type alias.
    Alias(AliasId),
}

impl Type {
    /// Whether it is this builtin type, with any arguments.
    pub fn is(&self, builtin: Builtin) -> bool {
        matches!(self, Self::Builtin(own, _) if *own == builtin)
    }

    /// The definition that it is; none for a type that is spelled out.
    pub fn definition(&self) -> Option<ItemId> {
        Some(match self {
            Self::Record(id) => ItemId::Record(*id),
            Self::Variant(id) => ItemId::Variant(*id),
            Self::Enum(id) => ItemId::Enum(*id),
            Self::Flags(id) => ItemId::Flags(*id),
            Self::Class(id) => ItemId::Class(*id),
            Self::Protocol(id) => ItemId::Protocol(*id),
            Self::Exception(id) => ItemId::Exception(*id),
            Self::Alias(id) => ItemId::Alias(*id),
            Self::Builtin(..)
            | Self::Callback { .. }
            | Self::Array { .. }
            | Self::Result { .. }
            | Self::View { .. } => return None,
        })
    }

    /// The types that it directly consists of; none for a definition.
    pub fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Builtin(_, arguments) => arguments.iter().collect(),
            Self::Callback {
                parameters, result, ..
            } => parameters.iter().chain(result.as_deref()).collect(),
            Self::Array { item, .. } | Self::View { item, .. } => vec![item],
            Self::Result { ok, error } => ok.iter().chain(error).map(|ty| &**ty).collect(),
            Self::Record(_)
            | Self::Variant(_)
            | Self::Enum(_)
            | Self::Flags(_)
            | Self::Class(_)
            | Self::Protocol(_)
            | Self::Exception(_)
            | Self::Alias(_) => Vec::new(),
        }
    }
}

impl From<Builtin> for Type {
    /// A builtin type without arguments.
    fn from(builtin: Builtin) -> Self {
        Self::Builtin(builtin, Vec::new())
    }
}

/// A dimension of an array.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// `_`: any length.
    Any,
    /// A length.
    Length(u64),
    /// A name: the same length at every occurrence in a signature.
    Named(String),
}

/// A value that has been checked against its type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// `none`
    None,
    /// `true`, `false`
    Bool(bool),
    /// Decimal digits with an optional sign, within the type's range.
    Int(String),
    /// The shortest decimal form that parses as the same number of the type, with a point or exponent; or `inf`, `-inf`, `nan`.
    Float(String),
    /// A string, or the one character of a `char`.
    Str(String),
    /// The default of a `bytes` parameter, written as a string.
    Bytes(Vec<u8>),
    /// Of `list` and `set`.
    List(Vec<Value>),
    /// Of `tuple`.
    Tuple(Vec<Value>),
    /// Of `map`.
    Map(Vec<(Value, Value)>),
    /// Of a record: one value per field in field order, defaults filled in.
    Record(RecordId, Vec<Value>),
    /// Of an enum: the index of the member.
    Enum(EnumId, usize),
    /// Of flags: the indices of those that are set.
    Flags(FlagsId, Vec<usize>),
    /// Of a union: the index of the type, and the value.
    Member(usize, Box<Value>),
    /// Of a variant: the index of the case, and one value for each of its fields, defaults filled in.
    Case(VariantId, usize, Vec<Value>),
}
