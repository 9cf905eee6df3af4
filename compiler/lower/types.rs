//! The builtin types: a table with a row per type that holds everything that targets know about it.

use crate::model::{Builtin, Interface, Type, Value};

/// The properties of one builtin type in Rust and in the stub.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// The owned Rust type; the type arguments follow in angle brackets.
    pub(crate) rust: &'static str,
    /// Whether the first argument of `rust` is the lifetime of the attached thread: `rt::Any<'py>`.
    pub(crate) lifetime: bool,
    /// How a parameter of exactly this type, or of an option of it, is passed as a reference.
    pub(crate) borrowed: Option<Borrowed>,
    /// The type of a constant of this type, if it differs from `rust`; none if it cannot be a Rust constant.
    pub(crate) constant: Constant,
    /// Whether values are Python objects, so that a function that mentions one gets a `Python` token.
    pub(crate) is_object: bool,
    /// Whether values are mutable, in Rust or in Python.
    pub(crate) is_mutable: bool,
    /// Whether functions with only such types are compiled for every object layout instead of once.
    pub(crate) is_hot: bool,
    /// Whether the Rust type is `Copy`.
    pub(crate) copy: Has,
    /// Whether it is `Eq`. All are `PartialEq`.
    pub(crate) eq: Has,
    /// Whether it is `Hash`.
    pub(crate) hash: Has,
    /// The annotation of a parameter.
    pub(crate) parameter: Annotation,
    /// The annotation of a result.
    pub(crate) result: Annotation,
    /// How a Python literal relates to a value; `ast.literal_eval` of Python 3.8 must accept it.
    pub(crate) literal: Literal,
}

/// A type in Python. `{0}` is the first type argument, `{*}` are all of them, `{|}` all with `|` between them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Annotation {
    /// In the stub.
    pub(crate) stub: &'static str,
    /// An expression that every Python from 3.8 on can evaluate if `typing`, `collections`, `datetime`, `decimal`, `os`,
    /// `pathlib` and `uuid` are imported.
    pub(crate) evaluated: &'static str,
}

/// A parameter that is passed as a reference.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Borrowed {
    /// The parameter type of the trait's method.
    pub(crate) rust: &'static str,
    /// The type that the glue holds during the call.
    pub(crate) holder: &'static str,
    pub(crate) kind: Holder,
}

/// What the glue holds for a parameter that is passed as a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    /// The reference itself.
    Reference,
    /// A value of the owned type.
    Value,
    /// Something that only an argument can be converted to.
    Argument,
}

/// Whether a type has a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Has {
    /// Always.
    Always,
    /// Never.
    Never,
    /// It has the property if all type arguments do.
    LikeArguments,
}

/// The form of a Rust constant of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Constant {
    /// As the owned type.
    Owned,
    /// As a reference to this type.
    Reference(&'static str),
    /// As a slice of the type argument's constant type.
    Slice,
    /// Cannot be written as a constant: the value is on the heap and must be computed.
    No,
}

/// How a Python literal relates to a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Literal {
    /// A value of the type.
    Value,
    /// An object that parameters of the type accept as a value.
    Accepted,
    /// There is none.
    None,
}

/// A Python type that has a single name.
const fn plain(name: &'static str) -> Annotation {
    annotation(name, name)
}

const fn annotation(stub: &'static str, evaluated: &'static str) -> Annotation {
    Annotation { stub, evaluated }
}

/// A number or boolean: the same in every position, passed by value.
const SCALAR: Row = Row {
    rust: "",
    lifetime: false,
    borrowed: None,
    constant: Constant::Owned,
    is_object: false,
    is_mutable: false,
    is_hot: true,
    copy: Has::Always,
    eq: Has::Always,
    hash: Has::Always,
    parameter: plain("int"),
    result: plain("int"),
    literal: Literal::Value,
};

/// An owned value on the heap.
const OWNED: Row = Row {
    is_hot: false,
    copy: Has::Never,
    constant: Constant::No,
    ..SCALAR
};

/// A container of its type arguments.
const CONTAINER: Row = Row {
    eq: Has::LikeArguments,
    hash: Has::LikeArguments,
    ..OWNED
};

/// A handle to a Python object.
const OBJECT: Row = Row {
    lifetime: true,
    is_object: true,
    eq: Has::Never,
    hash: Has::Never,
    ..OWNED
};

const fn integer(rust: &'static str) -> Row {
    Row { rust, ..SCALAR }
}

const fn float(name: &'static str) -> Row {
    Row {
        rust: name,
        eq: Has::Never,
        hash: Has::Never,
        parameter: plain("float"),
        result: plain("float"),
        ..SCALAR
    }
}

/// A small value type of the runtime that Python sees as an object of the standard library.
const fn plain_data(rust: &'static str, python: &'static str) -> Row {
    Row {
        rust,
        is_hot: false,
        parameter: plain(python),
        result: plain(python),
        literal: Literal::None,
        ..SCALAR
    }
}

/// The row of a builtin type; none if it cannot be generated yet.
pub(crate) fn row_of(builtin: Builtin) -> Option<Row> {
    Some(match builtin {
        Builtin::Bool => Row {
            rust: "bool",
            parameter: plain("bool"),
            result: plain("bool"),
            ..SCALAR
        },
        Builtin::U8 => integer("u8"),
        Builtin::U16 => integer("u16"),
        Builtin::U32 => integer("u32"),
        Builtin::U64 => integer("u64"),
        Builtin::U128 => integer("u128"),
        Builtin::S8 => integer("i8"),
        Builtin::S16 => integer("i16"),
        Builtin::S32 => integer("i32"),
        Builtin::S64 => integer("i64"),
        Builtin::S128 => integer("i128"),
        Builtin::Int => Row {
            rust: "rt::BigInt",
            ..OWNED
        },
        Builtin::F32 => float("f32"),
        Builtin::F64 => float("f64"),
        Builtin::Char => Row {
            rust: "char",
            parameter: plain("str"),
            result: plain("str"),
            ..SCALAR
        },
        Builtin::String => Row {
            rust: "String",
            borrowed: Some(Borrowed {
                rust: "&str",
                holder: "&str",
                kind: Holder::Reference,
            }),
            constant: Constant::Reference("str"),
            is_hot: true,
            parameter: plain("str"),
            result: plain("str"),
            ..OWNED
        },
        Builtin::Bytes => Row {
            rust: "Vec<u8>",
            borrowed: Some(Borrowed {
                rust: "&[u8]",
                holder: "rt::BytesArgument<'_>",
                kind: Holder::Argument,
            }),
            constant: Constant::Reference("[u8]"),
            parameter: annotation("Buffer", "__pyidl_buffer__"),
            result: plain("bytes"),
            ..OWNED
        },
        Builtin::Path => Row {
            rust: "PathBuf",
            borrowed: Some(Borrowed {
                rust: "&Path",
                holder: "PathBuf",
                kind: Holder::Value,
            }),
            parameter: annotation("str | os.PathLike[str]", "__pyidl_path__"),
            result: plain("pathlib.Path"),
            literal: Literal::Accepted,
            ..OWNED
        },
        Builtin::Datetime => plain_data("rt::DateTime", "datetime.datetime"),
        Builtin::Date => plain_data("rt::Date", "datetime.date"),
        Builtin::Time => plain_data("rt::Time", "datetime.time"),
        Builtin::Duration => plain_data("rt::Duration", "datetime.timedelta"),
        Builtin::Decimal => Row {
            rust: "rt::Decimal",
            parameter: plain("decimal.Decimal"),
            result: plain("decimal.Decimal"),
            literal: Literal::None,
            ..OWNED
        },
        Builtin::Complex => Row {
            eq: Has::Never,
            hash: Has::Never,
            ..plain_data("rt::Complex", "complex")
        },
        Builtin::Uuid => plain_data("rt::Uuid", "uuid.UUID"),
        Builtin::Any => Row {
            rust: "rt::Any",
            parameter: annotation("Any", "typing.Any"),
            result: annotation("Any", "typing.Any"),
            ..OBJECT
        },
        Builtin::Object => Row {
            rust: "rt::Any",
            parameter: plain("object"),
            result: plain("object"),
            ..OBJECT
        },
        Builtin::List => Row {
            rust: "Vec",
            constant: Constant::Slice,
            parameter: annotation("Sequence[{0}]", "typing.Sequence[{0}]"),
            result: annotation("list[{0}]", "typing.List[{0}]"),
            is_mutable: true,
            ..CONTAINER
        },
        Builtin::Option => Row {
            rust: "Option",
            constant: Constant::Owned,
            copy: Has::LikeArguments,
            parameter: annotation("{0} | None", "typing.Optional[{0}]"),
            result: annotation("{0} | None", "typing.Optional[{0}]"),
            ..CONTAINER
        },
        // Rust writes the types of the items between parentheses.
        Builtin::Tuple => Row {
            constant: Constant::Owned,
            copy: Has::LikeArguments,
            parameter: annotation("tuple[{*}]", "typing.Tuple[{*}]"),
            result: annotation("tuple[{*}]", "typing.Tuple[{*}]"),
            ..CONTAINER
        },
        Builtin::Map => Row {
            rust: "rt::Map",
            hash: Has::Never,
            parameter: annotation("Mapping[{0}, {1}]", "typing.Mapping[{0}, {1}]"),
            result: annotation("dict[{0}, {1}]", "typing.Dict[{0}, {1}]"),
            is_mutable: true,
            ..CONTAINER
        },
        Builtin::Set => Row {
            rust: "rt::Set",
            hash: Has::Never,
            parameter: annotation("AbstractSet[{0}]", "typing.AbstractSet[{0}]"),
            result: annotation("set[{0}]", "typing.Set[{0}]"),
            is_mutable: true,
            ..CONTAINER
        },
        Builtin::Frozenset => Row {
            rust: "rt::FrozenSet",
            parameter: annotation("AbstractSet[{0}]", "typing.AbstractSet[{0}]"),
            result: annotation("frozenset[{0}]", "typing.FrozenSet[{0}]"),
            literal: Literal::None,
            ..CONTAINER
        },
        // The enclosing alias is an enum of that name.
        Builtin::Union => Row {
            copy: Has::LikeArguments,
            parameter: annotation("{|}", "typing.Union[{*}]"),
            result: annotation("{|}", "typing.Union[{*}]"),
            ..CONTAINER
        },
        Builtin::Iterator => Row {
            rust: "rt::Iter",
            parameter: annotation("Iterator[{0}]", "typing.Iterator[{0}]"),
            result: annotation("Iterator[{0}]", "typing.Iterator[{0}]"),
            ..OBJECT
        },
        Builtin::Iterable => Row {
            rust: "rt::Iterable",
            parameter: annotation("Iterable[{0}]", "typing.Iterable[{0}]"),
            result: annotation("Iterable[{0}]", "typing.Iterable[{0}]"),
            ..OBJECT
        },
        Builtin::ErrorContext | Builtin::Future | Builtin::Stream => return None,
    })
}

/// The row of a builtin type that `check` accepts.
pub(crate) fn row(builtin: Builtin) -> Row {
    row_of(builtin).unwrap_or_else(|| crate::lower::refused())
}

/// The builtin type that a type is, with its type arguments; none for other types.
pub(crate) fn builtin_of<'t>(interface: &Interface, ty: &'t Type) -> Option<(Builtin, &'t [Type])> {
    match ty {
        Type::Builtin(builtin, arguments) => Some(normalised(interface, *builtin, arguments)),
        _ => None,
    }
}

/// A builtin type with its arguments as it is generated: a list of bytes is `bytes`, however it is written.
pub(crate) fn normalised<'t>(
    interface: &Interface,
    builtin: Builtin,
    arguments: &'t [Type],
) -> (Builtin, &'t [Type]) {
    match (builtin, arguments) {
        (Builtin::List, [item]) if interface.is_byte(item) => (Builtin::Bytes, &[]),
        _ => (builtin, arguments),
    }
}

/// The row and the type arguments of a builtin type; none for other types.
pub(crate) fn row_and_arguments<'t>(
    interface: &Interface,
    ty: &'t Type,
) -> Option<(Row, &'t [Type])> {
    builtin_of(interface, ty).map(|(builtin, arguments)| (row(builtin), arguments))
}

/// The type inside an option.
pub(crate) fn option_of<'t>(interface: &'t Interface, ty: &'t Type) -> Option<&'t Type> {
    match builtin_of(interface, interface.expanded(ty))? {
        (Builtin::Option, [inner]) => Some(inner),
        _ => None,
    }
}

/// The items of the iterator that a function returns; none if it returns something else.
pub(crate) fn iterator_item<'t>(interface: &'t Interface, ty: &'t Type) -> Option<&'t Type> {
    match builtin_of(interface, interface.expanded(ty))? {
        (Builtin::Iterator, [item]) => Some(item),
        _ => None,
    }
}

/// A value of type `bytes` that is written as a list of numbers.
pub(crate) fn bytes_of(items: &[Value]) -> Vec<u8> {
    let byte = |item: &Value| match item {
        Value::Int(digits) => digits.parse().unwrap_or_default(),
        _ => 0,
    };
    items.iter().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::prelude::prelude;

    #[test]
    fn what_the_prelude_calls_hashable_is_hash() {
        for &builtin in Builtin::ALL {
            let is_hashable = prelude().of(builtin).hashable;
            let hash = row_of(builtin).map(|row| row.hash);
            assert!(!is_hashable || hash != Some(Has::Never), "{builtin}");
        }
    }
}
