//! The resolved interface: the only thing that targets see.
//!
//! Definitions live in arenas of [`Interface`] and name each other by id. Everything here passed the checks; a target
//! need not look for errors. Names are in the user's spelling; each target re-cases them.

mod dump;
mod operators;
mod types;

pub use operators::OperatorKind;
pub use types::{Type, Value};

use serde::Serialize;

use crate::source::Span;

macro_rules! ids {
    ($( $(#[$doc:meta])* $name:ident -> $field:ident: $def:ident; )*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        pub struct $name(pub u32);

        impl std::ops::Index<$name> for Interface {
            type Output = $def;
            fn index(&self, id: $name) -> &$def { &self.$field[id.0 as usize] }
        }
    )* };
}

ids! {
    /// A record.
    RecordId -> records: Record;
    /// An enum.
    EnumId -> enums: Enumeration;
    /// An exception class, builtin ones included.
    ExceptionId -> exceptions: Exception;
    /// A class.
    ClassId -> classes: Class;
    /// A type alias.
    AliasId -> aliases: Alias;
    /// A function of a module.
    FunctionId -> functions: Function;
    /// A constant of a module.
    ConstId -> consts: Const;
}

/// One interface file (later: package), resolved.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Interface {
    /// The declared package, if any.
    pub package: Option<Package>,
    /// The extension module. Its name is the package's last part, without a package the file's stem.
    pub module: Module,
    /// All records.
    pub records: Vec<Record>,
    /// All enums.
    pub enums: Vec<Enumeration>,
    /// All exceptions; builtin ones that nothing refers to are left out.
    pub exceptions: Vec<Exception>,
    /// All classes.
    pub classes: Vec<Class>,
    /// All type aliases.
    pub aliases: Vec<Alias>,
    /// All module functions.
    pub functions: Vec<Function>,
    /// All module constants.
    pub consts: Vec<Const>,
}

/// `acme:geometry@0.3.0`
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Package {
    /// `acme:geometry`
    pub name: String,
    /// `0.3.0`
    pub version: Option<String>,
}

/// An extension module: what Python imports.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Module {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// Its items in the order written.
    pub items: Vec<ItemId>,
}

/// An item of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemId {
    /// A record.
    Record(RecordId),
    /// An enum.
    Enum(EnumId),
    /// An exception.
    Exception(ExceptionId),
    /// A class.
    Class(ClassId),
    /// A type alias.
    Alias(AliasId),
    /// A function.
    Function(FunctionId),
    /// A constant.
    Const(ConstId),
}

/// A name in the user's spelling (`min-length` or `min_length`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Name {
    /// As typed.
    pub text: String,
    /// From `@py.name("…")`: the Python name as it is, re-cased by nobody.
    pub python: Option<String>,
    /// Where it was declared.
    #[serde(skip)]
    pub span: Span,
}

/// Documentation: Markdown lines without markers; empty where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Docs(pub Vec<String>);

/// `@deprecated`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Deprecation {
    /// Since when.
    pub version: Option<String>,
    /// What to use instead.
    pub message: Option<String>,
}

/// A record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Record {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// Its fields; those with a default come last.
    pub fields: Vec<Field>,
}

/// A field of a record or exception.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// Its type.
    pub ty: Type,
    /// Its default.
    pub default: Option<Value>,
}

/// An enum.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Enumeration {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// What the values are.
    pub repr: EnumRepr,
    /// Its members; values are distinct.
    pub members: Vec<Member>,
}

/// What an enum's values are in Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EnumRepr {
    /// No type was given: `enum.Enum`, values from 1.
    Plain,
    /// An integer type: `enum.IntEnum`.
    Int,
    /// `string`: `enum.StrEnum`.
    Str,
}

/// A member of an enum.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Member {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// Its value: [`Value::Int`] or [`Value::Str`].
    pub value: Value,
}

/// An exception class.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Exception {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// Whether Python has it already. Then [`Name::python`] is set: `ValueError`.
    pub builtin: bool,
    /// The base class; none only for builtin ones.
    pub base: Option<ExceptionId>,
    /// Its own fields, without inherited ones.
    pub fields: Vec<Field>,
}

/// A class whose instances live in Rust.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Class {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// Whether Python may subclass it (`@open`).
    pub open: bool,
    /// `@deprecated`
    pub deprecated: Option<Deprecation>,
    /// How Python makes one; without it only Rust does.
    pub constructor: Option<Function>,
    /// Constants, properties, methods and operators in the order written.
    pub items: Vec<ClassItem>,
}

impl Class {
    /// The constants, in the order written.
    pub fn constants(&self) -> impl Iterator<Item = &Const> {
        self.items.iter().filter_map(|item| match item {
            ClassItem::Const(constant) => Some(constant),
            _ => None,
        })
    }

    /// Whether anything takes `&mut self`, so that instances need a lock.
    pub fn is_mutable(&self) -> bool {
        self.items.iter().any(|item| match item {
            ClassItem::Property(property) => !property.readonly,
            ClassItem::Method(method) => method.receiver == Receiver::Mut,
            ClassItem::Operator(operator) => operator.function.receiver == Receiver::Mut,
            ClassItem::Const(_) => false,
        })
    }
}

/// Something in a class.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClassItem {
    /// A constant.
    Const(Const),
    /// A property.
    Property(Property),
    /// A method.
    Method(Function),
    /// An operator.
    Operator(Operator),
}

/// A property of a class.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Property {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// Whether Python can only read it.
    pub readonly: bool,
    /// Its type.
    pub ty: Type,
    /// What reading and writing may raise.
    pub raises: Vec<ExceptionId>,
    /// `@deprecated`
    pub deprecated: Option<Deprecation>,
}

/// An operator of a class.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Operator {
    /// Which.
    pub kind: OperatorKind,
    /// Its signature, checked against the kind. The name is the operator's word.
    pub function: Function,
}

/// A type alias.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alias {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// What it stands for.
    pub ty: Type,
}

/// A constant.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Const {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// Its type.
    pub ty: Type,
    /// Its value; none: an associated constant that the user sets in Rust.
    pub value: Option<Value>,
}

/// A function, method, constructor or operator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Function {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// How it is bound to its class; [`Receiver::Static`] for module functions and constructors.
    pub receiver: Receiver,
    /// In order: positional-only, standard, var-args, keyword-only, var-keywords.
    pub parameters: Vec<Parameter>,
    /// What it returns; none: `None`.
    pub result: Option<Type>,
    /// The exceptions that the interface names.
    pub raises: Vec<ExceptionId>,
    /// `@gil(release)`: runs detached. No type of it is a Python object.
    pub detached: bool,
    /// `@deprecated`
    pub deprecated: Option<Deprecation>,
}

/// How a function is bound to its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Receiver {
    /// `&self`
    Shared,
    /// `&mut self`
    Mut,
    /// No receiver.
    Static,
    /// The class itself.
    Class,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// How it is passed.
    pub kind: ParameterKind,
    /// Its type; of `*args` and `**kwargs` that of each value.
    pub ty: Type,
    /// Its default; none: required.
    pub default: Option<Default>,
}

/// How a parameter is passed, in Python's terms (`inspect.Parameter.kind`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParameterKind {
    /// Before `/`.
    PositionalOnly,
    /// By position or keyword.
    Standard,
    /// `*args`
    VarArgs,
    /// After `*`.
    KeywordOnly,
    /// `**kwargs`
    VarKeywords,
}

/// The default of a parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Default {
    /// `= ...`: Rust gets an `Option` and computes it; the stub shows `...`.
    Computed,
    /// A value of the parameter's type.
    Value(Value),
}
