//! The builtin types: one table, a row per type, with everything that targets know about it.

use crate::model::Type;

/// How one builtin type looks in Rust and in the stub.
#[derive(Debug)]
pub(crate) struct Builtin {
    /// Its name in the prelude.
    pub(crate) name: &'static str,
    /// The owned Rust type; the type arguments follow in angle brackets, those of `()` between them.
    pub(crate) rust: &'static str,
    /// Whether `rust` takes a lifetime first, that of the attached thread: `rt::Any<'py>`.
    pub(crate) lifetime: bool,
    /// How a parameter of exactly this type, or of an option of it, comes as a reference.
    pub(crate) borrowed: Option<Borrowed>,
    /// What a constant of this type is declared as, where it differs from `rust`; none if it cannot be a Rust constant.
    pub(crate) constant: Constant,
    /// Whether values are Python objects, so that a function that mentions one gets a `Python` token.
    pub(crate) is_object: bool,
    /// Whether functions with only such types are compiled for every object layout, not once for all.
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
}

/// A type in Python. `{0}` is the first type argument, `{*}` are all of them, `{|}` all with `|` between them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Annotation {
    /// In the stub.
    pub(crate) stub: &'static str,
    /// What every Python from 3.8 on can evaluate, with `typing`, `collections`, `datetime`, `decimal`, `os`, `pathlib` and `uuid` at hand.
    pub(crate) evaluated: &'static str,
}

/// A parameter that comes as a reference.
#[derive(Debug)]
pub(crate) struct Borrowed {
    /// What the trait's method takes.
    pub(crate) rust: &'static str,
    /// What the glue holds during the call.
    pub(crate) holder: &'static str,
    /// Whether the holder is the reference itself, not something that dereferences to it.
    pub(crate) is_reference: bool,
}

/// Whether a type has a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Has {
    /// Always.
    Always,
    /// Never.
    Never,
    /// If all type arguments have it.
    LikeArguments,
}

/// What a Rust constant of a type looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Constant {
    /// As the owned type.
    Owned,
    /// As this type.
    As(&'static str),
    /// As a slice of the type argument's constant type.
    Slice,
    /// It lives on the heap and has to be computed.
    No,
}

/// A type of Python that has one name.
const fn plain(name: &'static str) -> Annotation {
    annotation(name, name)
}

const fn annotation(stub: &'static str, evaluated: &'static str) -> Annotation {
    Annotation { stub, evaluated }
}

/// A number or truth value: the same everywhere, passed by value.
const SCALAR: Builtin = Builtin {
    name: "",
    rust: "",
    lifetime: false,
    borrowed: None,
    constant: Constant::Owned,
    is_object: false,
    is_hot: true,
    copy: Has::Always,
    eq: Has::Always,
    hash: Has::Always,
    parameter: plain("int"),
    result: plain("int"),
};

/// An owned value on the heap.
const OWNED: Builtin = Builtin {
    is_hot: false,
    copy: Has::Never,
    constant: Constant::No,
    ..SCALAR
};

/// A container of its type arguments.
const CONTAINER: Builtin = Builtin {
    eq: Has::LikeArguments,
    hash: Has::LikeArguments,
    ..OWNED
};

/// A handle to a Python object.
const OBJECT: Builtin = Builtin {
    lifetime: true,
    is_object: true,
    eq: Has::Never,
    hash: Has::Never,
    ..OWNED
};

const fn integer(name: &'static str, rust: &'static str) -> Builtin {
    Builtin {
        name,
        rust,
        ..SCALAR
    }
}

const fn float(name: &'static str) -> Builtin {
    Builtin {
        name,
        rust: name,
        eq: Has::Never,
        hash: Has::Never,
        parameter: plain("float"),
        result: plain("float"),
        ..SCALAR
    }
}

/// A small value of the runtime's that is an object of the standard library in Python.
const fn plain_data(name: &'static str, rust: &'static str, python: &'static str) -> Builtin {
    Builtin {
        name,
        rust,
        is_hot: false,
        parameter: plain(python),
        result: plain(python),
        ..SCALAR
    }
}

/// Every builtin type.
pub(crate) const BUILTINS: &[Builtin] = &[
    Builtin {
        name: "bool",
        rust: "bool",
        parameter: plain("bool"),
        result: plain("bool"),
        ..SCALAR
    },
    integer("u8", "u8"),
    integer("u16", "u16"),
    integer("u32", "u32"),
    integer("u64", "u64"),
    integer("u128", "u128"),
    integer("s8", "i8"),
    integer("s16", "i16"),
    integer("s32", "i32"),
    integer("s64", "i64"),
    integer("s128", "i128"),
    Builtin {
        name: "int",
        rust: "rt::BigInt",
        ..OWNED
    },
    float("f32"),
    float("f64"),
    Builtin {
        name: "char",
        rust: "char",
        parameter: plain("str"),
        result: plain("str"),
        ..SCALAR
    },
    Builtin {
        name: "string",
        rust: "String",
        borrowed: Some(Borrowed {
            rust: "&str",
            holder: "&str",
            is_reference: true,
        }),
        constant: Constant::As("&'static str"),
        is_hot: true,
        parameter: plain("str"),
        result: plain("str"),
        ..OWNED
    },
    Builtin {
        name: "bytes",
        rust: "Vec<u8>",
        borrowed: Some(Borrowed {
            rust: "&[u8]",
            holder: "rt::BytesArgument<'py>",
            is_reference: false,
        }),
        constant: Constant::As("&'static [u8]"),
        parameter: annotation("Buffer", "__pyidl_buffer__"),
        result: plain("bytes"),
        ..OWNED
    },
    Builtin {
        name: "path",
        rust: "PathBuf",
        borrowed: Some(Borrowed {
            rust: "&Path",
            holder: "PathBuf",
            is_reference: false,
        }),
        parameter: annotation("str | os.PathLike[str]", "__pyidl_path__"),
        result: plain("pathlib.Path"),
        ..OWNED
    },
    plain_data("datetime", "rt::DateTime", "datetime.datetime"),
    plain_data("date", "rt::Date", "datetime.date"),
    plain_data("time", "rt::Time", "datetime.time"),
    plain_data("duration", "rt::Duration", "datetime.timedelta"),
    Builtin {
        name: "decimal",
        rust: "rt::Decimal",
        parameter: plain("decimal.Decimal"),
        result: plain("decimal.Decimal"),
        ..OWNED
    },
    Builtin {
        eq: Has::Never,
        hash: Has::Never,
        ..plain_data("complex", "rt::Complex", "complex")
    },
    plain_data("uuid", "rt::Uuid", "uuid.UUID"),
    Builtin {
        name: "any",
        rust: "rt::Any",
        parameter: annotation("Any", "typing.Any"),
        result: annotation("Any", "typing.Any"),
        ..OBJECT
    },
    Builtin {
        name: "object",
        rust: "rt::Any",
        parameter: plain("object"),
        result: plain("object"),
        ..OBJECT
    },
    Builtin {
        name: "list",
        rust: "Vec",
        constant: Constant::Slice,
        parameter: annotation("Sequence[{0}]", "typing.Sequence[{0}]"),
        result: annotation("list[{0}]", "typing.List[{0}]"),
        ..CONTAINER
    },
    Builtin {
        name: "option",
        rust: "Option",
        constant: Constant::Owned,
        copy: Has::LikeArguments,
        parameter: annotation("{0} | None", "typing.Optional[{0}]"),
        result: annotation("{0} | None", "typing.Optional[{0}]"),
        ..CONTAINER
    },
    Builtin {
        name: "tuple",
        rust: "()",
        constant: Constant::Owned,
        copy: Has::LikeArguments,
        parameter: annotation("tuple[{*}]", "typing.Tuple[{*}]"),
        result: annotation("tuple[{*}]", "typing.Tuple[{*}]"),
        ..CONTAINER
    },
    Builtin {
        name: "map",
        rust: "rt::Map",
        hash: Has::Never,
        parameter: annotation("Mapping[{0}, {1}]", "typing.Mapping[{0}, {1}]"),
        result: annotation("dict[{0}, {1}]", "typing.Dict[{0}, {1}]"),
        ..CONTAINER
    },
    Builtin {
        name: "set",
        rust: "rt::Set",
        hash: Has::Never,
        parameter: annotation("AbstractSet[{0}]", "typing.AbstractSet[{0}]"),
        result: annotation("set[{0}]", "typing.Set[{0}]"),
        ..CONTAINER
    },
    Builtin {
        name: "frozenset",
        rust: "rt::FrozenSet",
        parameter: annotation("AbstractSet[{0}]", "typing.AbstractSet[{0}]"),
        result: annotation("frozenset[{0}]", "typing.FrozenSet[{0}]"),
        ..CONTAINER
    },
    // The alias that it stands in is an enum of that name.
    Builtin {
        name: "union",
        copy: Has::LikeArguments,
        parameter: annotation("{|}", "typing.Union[{*}]"),
        result: annotation("{|}", "typing.Union[{*}]"),
        ..CONTAINER
    },
    Builtin {
        name: "iterator",
        rust: "rt::Iter",
        parameter: annotation("Iterator[{0}]", "typing.Iterator[{0}]"),
        result: annotation("Iterator[{0}]", "typing.Iterator[{0}]"),
        ..OBJECT
    },
    Builtin {
        name: "iterable",
        rust: "rt::Iterable",
        parameter: annotation("Iterable[{0}]", "typing.Iterable[{0}]"),
        result: annotation("Iterable[{0}]", "typing.Iterable[{0}]"),
        ..OBJECT
    },
];

/// The row of the builtin type `name`.
///
/// # Panics
///
/// If there is none: the tests see to it that every type of the prelude that can be used has one.
pub(crate) fn builtin(name: &str) -> &'static Builtin {
    row(name).unwrap_or_else(|| panic!("the builtin type `{name}` has no row"))
}

/// The row of the builtin type `name`; none where nothing is generated from it yet.
pub(crate) fn row(name: &str) -> Option<&'static Builtin> {
    BUILTINS.iter().find(|row| row.name == name)
}

/// The row and the type arguments of a builtin type; none for other types.
///
/// A list of bytes is `bytes`, whichever way it is written.
pub(crate) fn builtin_of(ty: &Type) -> Option<(&'static Builtin, &[Type])> {
    let Type::Builtin { name, arguments } = ty else {
        return None;
    };
    let is_byte = |ty: &Type| matches!(ty, Type::Builtin { name, .. } if name == "u8");
    if name == "list" && arguments.first().is_some_and(is_byte) {
        return Some((builtin("bytes"), &[]));
    }
    Some((builtin(name), arguments))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::prelude::prelude;

    /// Those that `check` refuses, and those that other types of the model stand for.
    const NOT_GENERATED: &[&str] = &[
        "borrow",
        "buffer",
        "error-context",
        "future",
        "ndarray",
        "own",
        "result",
        "stream",
    ];

    #[test]
    fn every_type_of_the_prelude_has_a_row() {
        let names: Vec<_> = prelude().types.iter().map(|ty| ty.name.as_str()).collect();
        for name in &names {
            let has_row = BUILTINS.iter().any(|row| row.name == *name);
            assert!(has_row != NOT_GENERATED.contains(name), "`{name}`");
        }
        for row in BUILTINS {
            assert!(
                names.contains(&row.name),
                "`{}` is not in the prelude",
                row.name
            );
        }
    }

    #[test]
    fn what_the_prelude_calls_hashable_is_hash() {
        for row in BUILTINS {
            let is_hashable = prelude().builtin(row.name).is_some_and(|ty| ty.hashable);
            assert!(!is_hashable || row.hash != Has::Never, "{}", row.name);
        }
    }
}
