//! The builtin types: their names, and what their values are, independent of any target.
//!
//! Their other properties are defined in one place each: type arguments and literals in `idl/prelude.pyidl`, the forms in Rust
//! and in Python in `lower/types.rs`.

use std::fmt;

/// The kind of a builtin type's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// A whole number.
    Integer,
    /// Any other value without parts.
    Scalar,
    /// Any Python object.
    Anything,
    /// A value of one of the type arguments, or none.
    Choice,
    /// A value of each of the type arguments.
    Product,
    /// A sequence of any length.
    Sequence,
    /// A collection of any length in which each value is found by a key: the first type argument.
    Keyed,
    /// Values that are produced on demand.
    Iteration,
    /// One or several values that will be available later.
    Awaited,
}

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $( $variant:ident = $word:literal, )* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $( #[doc = concat!("`", $word, "`")] $variant, )*
        }

        impl $name {
            /// All of them, in declaration order.
            #[cfg(feature = "unstable")]
            pub const ALL: &'static [Self] = &[$( Self::$variant, )*];

            /// Its name in the language.
            pub fn name(self) -> &'static str {
                match self { $( Self::$variant => $word, )* }
            }

            /// The builtin type called `name`.
            pub fn named(name: &str) -> Option<Self> {
                match name { $( $word => Some(Self::$variant), )* _ => None }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(self.name())
            }
        }
    };
}

macro_rules! builtins {
    ($( $variant:ident = $word:literal, $nature:ident; )*) => {
        names! {
            /// A type that need not be declared and has no case of its own in [`Type`](super::Type).
            Builtin { $( $variant = $word, )* }
        }

        impl Builtin {
            /// The kind of its values.
            pub fn nature(self) -> Nature {
                match self { $( Self::$variant => Nature::$nature, )* }
            }
        }
    };
}

builtins! {
    Bool = "bool", Scalar;
    U8 = "u8", Integer;
    U16 = "u16", Integer;
    U32 = "u32", Integer;
    U64 = "u64", Integer;
    U128 = "u128", Integer;
    S8 = "s8", Integer;
    S16 = "s16", Integer;
    S32 = "s32", Integer;
    S64 = "s64", Integer;
    S128 = "s128", Integer;
    Int = "int", Integer;
    F32 = "f32", Scalar;
    F64 = "f64", Scalar;
    Char = "char", Scalar;
    String = "string", Scalar;
    Bytes = "bytes", Scalar;
    Path = "path", Scalar;
    Datetime = "datetime", Scalar;
    Date = "date", Scalar;
    Time = "time", Scalar;
    Duration = "duration", Scalar;
    Decimal = "decimal", Scalar;
    Complex = "complex", Scalar;
    Uuid = "uuid", Scalar;
    ErrorContext = "error-context", Scalar;
    Any = "any", Anything;
    Object = "object", Anything;
    Option = "option", Choice;
    Union = "union", Choice;
    Tuple = "tuple", Product;
    List = "list", Sequence;
    Map = "map", Keyed;
    Set = "set", Keyed;
    Frozenset = "frozenset", Keyed;
    Iterator = "iterator", Iteration;
    Iterable = "iterable", Iteration;
    Future = "future", Awaited;
    Stream = "stream", Awaited;
}

names! {
    /// How foreign memory is viewed.
    View {
        Buffer = "buffer",
        Ndarray = "ndarray",
    }
}
