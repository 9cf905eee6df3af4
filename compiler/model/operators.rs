//! The operators that a class can have.

use serde::Serialize;

macro_rules! operators {
    ($( $kind:ident = $word:literal, $python:literal, $form:literal; )*) => {
        /// The operators that a class can have. [`OperatorKind::ALL`] lists words and Python names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum OperatorKind {
            $( #[doc = concat!("`", $python, "`: `", $form, "`")] $kind, )*
        }

        impl OperatorKind {
            /// Every operator with its word in the language and its Python name.
            pub const ALL: &'static [(Self, &'static str, &'static str)] =
                &[$( (Self::$kind, $word, $python), )*];

            /// How one writes its signature: `func(key: k) -> v`.
            pub fn form(self) -> &'static str {
                match self { $( Self::$kind => $form, )* }
            }
        }
    };
}

operators! {
    Len = "len", "__len__", "func() -> u64";
    Getitem = "getitem", "__getitem__", "func(key: k) -> v";
    Setitem = "setitem", "__setitem__", "mut func(key: k, value: v)";
    Contains = "contains", "__contains__", "func(item: t) -> bool";
    Iter = "iter", "__iter__", "func() -> iterator<t>";
    Next = "next", "__next__", "mut func() -> option<t>";
    Repr = "repr", "__repr__", "func() -> string";
    Str = "str", "__str__", "func() -> string";
    Eq = "eq", "__eq__", "func(other: self) -> bool";
    Lt = "lt", "__lt__", "func(other: self) -> bool";
    Le = "le", "__le__", "func(other: self) -> bool";
    Gt = "gt", "__gt__", "func(other: self) -> bool";
    Ge = "ge", "__ge__", "func(other: self) -> bool";
    Hash = "hash", "__hash__", "func() -> u64";
    Call = "call", "__call__", "func(…) -> …";
    Bool = "bool", "__bool__", "func() -> bool";
    Add = "add", "__add__", "func(other: self) -> self";
    Sub = "sub", "__sub__", "func(other: self) -> self";
    Mul = "mul", "__mul__", "func(other: self) -> self";
    Radd = "radd", "__radd__", "func(other: t) -> self";
    Rsub = "rsub", "__rsub__", "func(other: t) -> self";
    Rmul = "rmul", "__rmul__", "func(other: t) -> self";
    Ne = "ne", "__ne__", "func(other: self) -> bool";
    Neg = "neg", "__neg__", "func() -> self";
    Pos = "pos", "__pos__", "func() -> self";
    Abs = "abs", "__abs__", "func() -> f64";
    Invert = "invert", "__invert__", "func() -> self";
    Int = "int", "__int__", "func() -> int";
    Index = "index", "__index__", "func() -> int";
    Float = "float", "__float__", "func() -> f64";
    Complex = "complex", "__complex__", "func() -> complex";
    Bytes = "bytes", "__bytes__", "func() -> bytes";
    Round = "round", "__round__", "func(digits: option<s64> = none) -> self";
    Format = "format", "__format__", "func(spec: string) -> string";
    Reversed = "reversed", "__reversed__", "func() -> iterator<t>";
    Missing = "missing", "__missing__", "func(key: k) -> v";
    Delitem = "delitem", "__delitem__", "mut func(key: k)";
    Getattr = "getattr", "__getattr__", "func(name: string) -> any";
    Setattr = "setattr", "__setattr__", "mut func(name: string, value: any)";
    Delattr = "delattr", "__delattr__", "mut func(name: string)";
    Enter = "enter", "__enter__", "mut func() -> t";
    Exit = "exit", "__exit__", "mut func(kind: any, error: any, traceback: any) -> bool";
    Aenter = "aenter", "__aenter__", "async func() -> t";
    Aexit = "aexit", "__aexit__", "async func(kind: any, error: any, traceback: any) -> bool";
    Aiter = "aiter", "__aiter__", "func() -> stream<t>";
    Anext = "anext", "__anext__", "async func() -> option<t>";
    Truediv = "truediv", "__truediv__", "func(other: self) -> self";
    Floordiv = "floordiv", "__floordiv__", "func(other: self) -> self";
    Mod = "mod", "__mod__", "func(other: self) -> self";
    Divmod = "divmod", "__divmod__", "func(other: self) -> self";
    Pow = "pow", "__pow__", "func(other: self) -> self";
    Matmul = "matmul", "__matmul__", "func(other: self) -> self";
    Lshift = "lshift", "__lshift__", "func(other: self) -> self";
    Rshift = "rshift", "__rshift__", "func(other: self) -> self";
    And = "and", "__and__", "func(other: self) -> self";
    Or = "or", "__or__", "func(other: self) -> self";
    Xor = "xor", "__xor__", "func(other: self) -> self";
    Rtruediv = "rtruediv", "__rtruediv__", "func(other: t) -> self";
    Rfloordiv = "rfloordiv", "__rfloordiv__", "func(other: t) -> self";
    Rmod = "rmod", "__rmod__", "func(other: t) -> self";
    Rdivmod = "rdivmod", "__rdivmod__", "func(other: t) -> self";
    Rpow = "rpow", "__rpow__", "func(other: t) -> self";
    Rmatmul = "rmatmul", "__rmatmul__", "func(other: t) -> self";
    Rlshift = "rlshift", "__rlshift__", "func(other: t) -> self";
    Rrshift = "rrshift", "__rrshift__", "func(other: t) -> self";
    Rand = "rand", "__rand__", "func(other: t) -> self";
    Ror = "ror", "__ror__", "func(other: t) -> self";
    Rxor = "rxor", "__rxor__", "func(other: t) -> self";
    Iadd = "iadd", "__iadd__", "mut func(other: t)";
    Isub = "isub", "__isub__", "mut func(other: t)";
    Imul = "imul", "__imul__", "mut func(other: t)";
    Itruediv = "itruediv", "__itruediv__", "mut func(other: t)";
    Ifloordiv = "ifloordiv", "__ifloordiv__", "mut func(other: t)";
    Imod = "imod", "__imod__", "mut func(other: t)";
    Ipow = "ipow", "__ipow__", "mut func(other: t)";
    Imatmul = "imatmul", "__imatmul__", "mut func(other: t)";
    Ilshift = "ilshift", "__ilshift__", "mut func(other: t)";
    Irshift = "irshift", "__irshift__", "mut func(other: t)";
    Iand = "iand", "__iand__", "mut func(other: t)";
    Ior = "ior", "__ior__", "mut func(other: t)";
    Ixor = "ixor", "__ixor__", "mut func(other: t)";
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

    /// Whether this is `==` or one of the others that compare.
    pub fn is_comparison(self) -> bool {
        use OperatorKind::{Eq, Ge, Gt, Le, Lt, Ne};
        matches!(self, Eq | Ne | Lt | Le | Gt | Ge)
    }

    /// Whether Python waits for what it returns.
    pub fn is_async(self) -> bool {
        matches!(self, Self::Aenter | Self::Aexit | Self::Anext)
    }

    fn row(self) -> &'static (Self, &'static str, &'static str) {
        &Self::ALL[self as usize]
    }
}
