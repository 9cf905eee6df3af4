//! The operators of classes.

use std::ops::RangeInclusive;

use super::Builtin;
use OperatorResult::{Anything, Integer, Nothing, OneOf, Something};

/// The result of an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperatorResult {
    /// A value, or none.
    Anything,
    /// A value.
    Something,
    /// No value.
    Nothing,
    /// An integer of any type.
    Integer,
    /// One of these builtin types, with any type arguments.
    OneOf(&'static [Builtin]),
}

macro_rules! operators {
    ($( $kind:ident = $word:literal, $form:literal, $parameters:expr, $result:expr; )*) => {
        /// The operators that a class can have. [`OperatorKind::ALL`] lists words and Python names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum OperatorKind {
            $( #[doc = concat!("`__", $word, "__`: `", $form, "`")] $kind, )*
        }

        impl OperatorKind {
            /// Every operator with its word in the language and its Python name.
            pub const ALL: &'static [(Self, &'static str, &'static str)] =
                &[$( (Self::$kind, $word, concat!("__", $word, "__")), )*];

            /// An example of its signature: `func(key: k) -> v`.
            pub fn form(self) -> &'static str {
                match self { $( Self::$kind => $form, )* }
            }

            /// The number of its parameters. Optional ones have defaults.
            pub fn parameters(self) -> RangeInclusive<usize> {
                match self { $( Self::$kind => $parameters, )* }
            }

            /// Its result.
            pub fn result(self) -> OperatorResult {
                match self { $( Self::$kind => $result, )* }
            }
        }
    };
}

// The word, an example of the signature, the number of parameters, the result.
operators! {
    Len = "len", "func() -> u64", 0..=0, OneOf(&[Builtin::U64]);
    Getitem = "getitem", "func(key: k) -> v", 1..=1, Something;
    Setitem = "setitem", "mut func(key: k, value: v)", 2..=2, Nothing;
    Contains = "contains", "func(item: t) -> bool", 1..=1, OneOf(&[Builtin::Bool]);
    Iter = "iter", "func() -> iterator<t>", 0..=0, OneOf(&[Builtin::Iterator]);
    Next = "next", "mut func() -> option<t>", 0..=0, OneOf(&[Builtin::Option]);
    Repr = "repr", "func() -> string", 0..=0, OneOf(&[Builtin::String]);
    Str = "str", "func() -> string", 0..=0, OneOf(&[Builtin::String]);
    Eq = "eq", "func(other: self) -> bool", 1..=1, OneOf(&[Builtin::Bool]);
    Lt = "lt", "func(other: self) -> bool", 1..=1, OneOf(&[Builtin::Bool]);
    Le = "le", "func(other: self) -> bool", 1..=1, OneOf(&[Builtin::Bool]);
    Gt = "gt", "func(other: self) -> bool", 1..=1, OneOf(&[Builtin::Bool]);
    Ge = "ge", "func(other: self) -> bool", 1..=1, OneOf(&[Builtin::Bool]);
    Hash = "hash", "func() -> u64", 0..=0, OneOf(&[Builtin::U64, Builtin::S64]);
    Call = "call", "func(…) -> …", 0..=usize::MAX, Anything;
    Bool = "bool", "func() -> bool", 0..=0, OneOf(&[Builtin::Bool]);
    Add = "add", "func(other: self) -> self", 1..=1, Something;
    Sub = "sub", "func(other: self) -> self", 1..=1, Something;
    Mul = "mul", "func(other: self) -> self", 1..=1, Something;
    Radd = "radd", "func(other: t) -> self", 1..=1, Something;
    Rsub = "rsub", "func(other: t) -> self", 1..=1, Something;
    Rmul = "rmul", "func(other: t) -> self", 1..=1, Something;
    Ne = "ne", "func(other: self) -> bool", 1..=1, OneOf(&[Builtin::Bool]);
    Neg = "neg", "func() -> self", 0..=0, Something;
    Pos = "pos", "func() -> self", 0..=0, Something;
    Abs = "abs", "func() -> f64", 0..=0, Something;
    Invert = "invert", "func() -> self", 0..=0, Something;
    Int = "int", "func() -> int", 0..=0, Integer;
    Index = "index", "func() -> int", 0..=0, Integer;
    Float = "float", "func() -> f64", 0..=0, OneOf(&[Builtin::F64, Builtin::F32]);
    Complex = "complex", "func() -> complex", 0..=0, OneOf(&[Builtin::Complex]);
    Bytes = "bytes", "func() -> bytes", 0..=0, OneOf(&[Builtin::Bytes]);
    Round = "round", "func(digits: option<s64> = none) -> self", 0..=1, Something;
    Format = "format", "func(spec: string) -> string", 1..=1, OneOf(&[Builtin::String]);
    Reversed = "reversed", "func() -> iterator<t>", 0..=0, OneOf(&[Builtin::Iterator]);
    Missing = "missing", "func(key: k) -> v", 1..=1, Something;
    Delitem = "delitem", "mut func(key: k)", 1..=1, Nothing;
    Getattr = "getattr", "func(name: string) -> any", 1..=1, Something;
    Setattr = "setattr", "mut func(name: string, value: any)", 2..=2, Nothing;
    Delattr = "delattr", "mut func(name: string)", 1..=1, Nothing;
    Enter = "enter", "mut func() -> t", 0..=0, Something;
    Exit = "exit", "mut func(kind: any, error: any, traceback: any) -> bool", 3..=3, Anything;
    Aenter = "aenter", "async func() -> t", 0..=0, Something;
    Aexit = "aexit", "async func(kind: any, error: any, traceback: any) -> bool", 3..=3, Anything;
    Aiter = "aiter", "func() -> stream<t>", 0..=0, OneOf(&[Builtin::Stream]);
    Anext = "anext", "async func() -> option<t>", 0..=0, OneOf(&[Builtin::Option]);
    Truediv = "truediv", "func(other: self) -> self", 1..=1, Something;
    Floordiv = "floordiv", "func(other: self) -> self", 1..=1, Something;
    Mod = "mod", "func(other: self) -> self", 1..=1, Something;
    Divmod = "divmod", "func(other: self) -> self", 1..=1, Something;
    Pow = "pow", "func(other: self, modulo: option<int> = none) -> self", 1..=2, Something;
    Matmul = "matmul", "func(other: self) -> self", 1..=1, Something;
    Lshift = "lshift", "func(other: self) -> self", 1..=1, Something;
    Rshift = "rshift", "func(other: self) -> self", 1..=1, Something;
    And = "and", "func(other: self) -> self", 1..=1, Something;
    Or = "or", "func(other: self) -> self", 1..=1, Something;
    Xor = "xor", "func(other: self) -> self", 1..=1, Something;
    Rtruediv = "rtruediv", "func(other: t) -> self", 1..=1, Something;
    Rfloordiv = "rfloordiv", "func(other: t) -> self", 1..=1, Something;
    Rmod = "rmod", "func(other: t) -> self", 1..=1, Something;
    Rdivmod = "rdivmod", "func(other: t) -> self", 1..=1, Something;
    Rpow = "rpow", "func(other: t, modulo: option<int> = none) -> self", 1..=2, Something;
    Rmatmul = "rmatmul", "func(other: t) -> self", 1..=1, Something;
    Rlshift = "rlshift", "func(other: t) -> self", 1..=1, Something;
    Rrshift = "rrshift", "func(other: t) -> self", 1..=1, Something;
    Rand = "rand", "func(other: t) -> self", 1..=1, Something;
    Ror = "ror", "func(other: t) -> self", 1..=1, Something;
    Rxor = "rxor", "func(other: t) -> self", 1..=1, Something;
    Iadd = "iadd", "mut func(other: t)", 1..=1, Nothing;
    Isub = "isub", "mut func(other: t)", 1..=1, Nothing;
    Imul = "imul", "mut func(other: t)", 1..=1, Nothing;
    Itruediv = "itruediv", "mut func(other: t)", 1..=1, Nothing;
    Ifloordiv = "ifloordiv", "mut func(other: t)", 1..=1, Nothing;
    Imod = "imod", "mut func(other: t)", 1..=1, Nothing;
    Ipow = "ipow", "mut func(other: t)", 1..=1, Nothing;
    Imatmul = "imatmul", "mut func(other: t)", 1..=1, Nothing;
    Ilshift = "ilshift", "mut func(other: t)", 1..=1, Nothing;
    Irshift = "irshift", "mut func(other: t)", 1..=1, Nothing;
    Iand = "iand", "mut func(other: t)", 1..=1, Nothing;
    Ior = "ior", "mut func(other: t)", 1..=1, Nothing;
    Ixor = "ixor", "mut func(other: t)", 1..=1, Nothing;
}

impl OperatorKind {
    /// The word in the language: `len`.
    pub fn word(self) -> &'static str {
        self.row().1
    }

    /// The name in Python: `__len__`.
    pub fn python_name(self) -> &'static str {
        self.row().2
    }

    /// Whether this is a comparison.
    pub fn is_comparison(self) -> bool {
        use OperatorKind::{Eq, Ge, Gt, Le, Lt, Ne};
        matches!(self, Eq | Ne | Lt | Le | Gt | Ge)
    }

    /// Whether Python awaits its result.
    pub fn is_async(self) -> bool {
        self.form().starts_with("async")
    }

    fn row(self) -> &'static (Self, &'static str, &'static str) {
        &Self::ALL[self as usize]
    }
}
