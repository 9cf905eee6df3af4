//! The operators that a class can have.

use serde::Serialize;

/// The operators that a class can have. [`OperatorKind::ALL`] lists words and Python names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OperatorKind {
    /// `func() -> u64`
    Len,
    /// `func(key: k) -> v`
    Getitem,
    /// `mut func(key: k, value: v)`
    Setitem,
    /// `func(item: t) -> bool`
    Contains,
    /// `func() -> iterator<t>`
    Iter,
    /// `mut func() -> option<t>`; none ends the iteration.
    Next,
    /// `func() -> string`
    Repr,
    /// `func() -> string`
    Str,
    /// `func(other: t) -> bool`
    Eq,
    /// `func(other: t) -> bool`
    Lt,
    /// `func(other: t) -> bool`
    Le,
    /// `func(other: t) -> bool`
    Gt,
    /// `func(other: t) -> bool`
    Ge,
    /// `func() -> u64` or `-> s64`
    Hash,
    /// Any signature.
    Call,
    /// `func() -> bool`
    Bool,
    /// `func(other: t) -> r`
    Add,
    /// `func(other: t) -> r`
    Sub,
    /// `func(other: t) -> r`
    Mul,
    /// `func(other: t) -> r`
    Radd,
    /// `func(other: t) -> r`
    Rsub,
    /// `func(other: t) -> r`
    Rmul,
}

impl OperatorKind {
    /// Every operator with its word in the language and its Python name.
    pub const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Len, "len", "__len__"),
        (Self::Getitem, "getitem", "__getitem__"),
        (Self::Setitem, "setitem", "__setitem__"),
        (Self::Contains, "contains", "__contains__"),
        (Self::Iter, "iter", "__iter__"),
        (Self::Next, "next", "__next__"),
        (Self::Repr, "repr", "__repr__"),
        (Self::Str, "str", "__str__"),
        (Self::Eq, "eq", "__eq__"),
        (Self::Lt, "lt", "__lt__"),
        (Self::Le, "le", "__le__"),
        (Self::Gt, "gt", "__gt__"),
        (Self::Ge, "ge", "__ge__"),
        (Self::Hash, "hash", "__hash__"),
        (Self::Call, "call", "__call__"),
        (Self::Bool, "bool", "__bool__"),
        (Self::Add, "add", "__add__"),
        (Self::Sub, "sub", "__sub__"),
        (Self::Mul, "mul", "__mul__"),
        (Self::Radd, "radd", "__radd__"),
        (Self::Rsub, "rsub", "__rsub__"),
        (Self::Rmul, "rmul", "__rmul__"),
    ];

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
        matches!(self, Self::Eq | Self::Lt | Self::Le | Self::Gt | Self::Ge)
    }

    fn row(self) -> &'static (Self, &'static str, &'static str) {
        &Self::ALL[self as usize]
    }
}
