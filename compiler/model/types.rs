//! Types and values.

use serde::Serialize;

use super::{AliasId, ClassId, EnumId, RecordId};

/// A type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Type {
    /// A type of the prelude: `string`, `list<f64>`. The name is the prelude's, the number of arguments is right.
    Builtin {
        /// `list`
        name: String,
        /// Its arguments.
        arguments: Vec<Type>,
    },
    /// `func(f64) -> bool`
    Callback {
        /// Its parameters.
        parameters: Vec<Type>,
        /// Its result.
        result: Option<Box<Type>>,
    },
    /// A record.
    Record(RecordId),
    /// An enum.
    Enum(EnumId),
    /// A class (`self` too).
    Class(ClassId),
    /// A type alias.
    Alias(AliasId),
}

/// A value that was checked against its type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// `none`
    None,
    /// `true`, `false`
    Bool(bool),
    /// Decimal digits with an optional sign, within the type's range.
    Int(String),
    /// The shortest decimal form that reads back as the same number of the type, with a point or exponent.
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
    /// Of a record: one value per field in the order of the fields, defaults filled in.
    Record(RecordId, Vec<Value>),
    /// Of an enum: the index of the member.
    Enum(EnumId, usize),
}
