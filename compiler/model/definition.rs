//! The declarations of a module: types and constants.

use super::ClassId;
use super::{
    Deprecation, Docs, ExceptionId, Function, ModuleId, Name, OperatorKind, ProtocolId, Type, Value,
};

/// A record.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its name.
    pub name: Name,
    /// The module that declares it.
    pub module: ModuleId,
    /// Its documentation.
    pub docs: Docs,
    /// `@deprecated`
    pub deprecated: Option<Deprecation>,
    /// Its form in Python.
    pub style: RecordStyle,
    /// Its fields; those with a default come last.
    pub fields: Vec<Field>,
}

/// The form of a record in Python.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RecordStyle {
    /// A frozen data class.
    #[default]
    DataClass,
    /// A `typing.NamedTuple`.
    NamedTuple,
    /// A `typing.TypedDict`.
    TypedDict,
}

/// A field of a record or exception.
#[derive(Clone, Debug, PartialEq)]
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

/// A tagged union: one of several cases, each with a payload.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Its name.
    pub name: Name,
    /// The module that declares it.
    pub module: ModuleId,
    /// Its documentation.
    pub docs: Docs,
    /// `@deprecated`
    pub deprecated: Option<Deprecation>,
    /// Whether a function fails with it, which makes it an exception class in Python.
    pub error: bool,
    /// Its cases.
    pub cases: Vec<Case>,
}

/// A case of a variant.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// Its message, if functions fail with it.
    pub message: Option<Message>,
    /// Its payload.
    pub payload: Payload,
}

/// `@message`: the message of a case, in pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message(pub Vec<MessagePart>);

/// A piece of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessagePart {
    /// Text.
    Text(String),
    /// The value at this index of the payload, as Python's `str` shows it.
    Field(usize),
}

/// The payload of a case.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    /// No payload.
    None,
    /// Values without names; at least one.
    Tuple(Vec<Type>),
    /// Fields; at least one. Those with a default come last.
    Fields(Vec<Field>),
}

/// An enum.
#[derive(Clone, Debug, PartialEq)]
pub struct Enumeration {
    /// Its name.
    pub name: Name,
    /// The module that declares it.
    pub module: ModuleId,
    /// Its documentation.
    pub docs: Docs,
    /// `@deprecated`
    pub deprecated: Option<Deprecation>,
    /// Whether a function fails with it, which makes it an exception class in Python.
    pub error: bool,
    /// The kind of its values.
    pub repr: EnumRepr,
    /// Its members; values are distinct.
    pub members: Vec<Member>,
}

/// The values of an enum in Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnumRepr {
    /// No type is given: `enum.Enum`, values from 1.
    Plain,
    /// An integer type: `enum.IntEnum`.
    Int,
    /// `string`: `enum.StrEnum`.
    Str,
}

/// A member of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// Its message, if functions fail with it. It has no payload.
    pub message: Option<Message>,
    /// Its value: [`Value::Int`] or [`Value::Str`].
    pub value: Value,
}

/// A set of flags: `enum.IntFlag`.
#[derive(Clone, Debug, PartialEq)]
pub struct Flags {
    /// Its name.
    pub name: Name,
    /// The module that declares it.
    pub module: ModuleId,
    /// Its documentation.
    pub docs: Docs,
    /// `@deprecated`
    pub deprecated: Option<Deprecation>,
    /// Its flags; values are distinct.
    pub flags: Vec<Flag>,
}

/// One flag.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// Its value in decimal: a power of two, or a combination of flags.
    pub value: u128,
}

/// An exception class.
#[derive(Clone, Debug, PartialEq)]
pub struct Exception {
    /// Its name.
    pub name: Name,
    /// The module that declares it.
    pub module: ModuleId,
    /// Its documentation.
    pub docs: Docs,
    /// `@deprecated`
    pub deprecated: Option<Deprecation>,
    /// Whether it is one of Python's exceptions. Then [`Name::python`] is set: `ValueError`.
    pub builtin: bool,
    /// The base class; none only for builtin ones.
    pub base: Option<ExceptionId>,
    /// Its own fields, without inherited ones.
    pub fields: Vec<Field>,
}

/// A class whose instances live in Rust.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// Its name.
    pub name: Name,
    /// The module that declares it.
    pub module: ModuleId,
    /// Its documentation.
    pub docs: Docs,
    /// The class that it extends.
    pub base: Option<ClassId>,
    /// The protocols that it is declared to implement.
    pub implements: Vec<ProtocolId>,
    /// Whether Python may subclass it (`@open`).
    pub open: bool,
    /// Whether weak references to it are possible (`@weakref`).
    pub weakref: bool,
    /// Whether Python may set further attributes (`@dict`).
    pub dict: bool,
    /// Whether it can be pickled (`@pickle`).
    pub pickle: bool,
    /// The method that `with` calls on exit (`@context-manager(close)`).
    pub context_manager: Option<Name>,
    /// `@deprecated`
    pub deprecated: Option<Deprecation>,
    /// Its constructor in Python; without one, only Rust creates instances.
    pub constructor: Option<Function>,
    /// Constants, properties, methods and operators in source order.
    pub items: Vec<ClassItem>,
}

impl Class {
    /// Whether any member takes `&mut self`, so that instances need a lock.
    pub fn is_mutable(&self) -> bool {
        self.items.iter().any(|item| match item {
            ClassItem::Property(property) => !property.readonly,
            ClassItem::Method(method) => method.takes_mut(),
            ClassItem::Operator(operator) => operator.function.takes_mut(),
            ClassItem::Const(_) => false,
        })
    }
}

/// The members that a Python object must have: a structural type. Python implements it, Rust calls it.
#[derive(Clone, Debug, PartialEq)]
pub struct Protocol {
    /// Its name.
    pub name: Name,
    /// The module that declares it.
    pub module: ModuleId,
    /// Its documentation.
    pub docs: Docs,
    /// The protocols that it extends.
    pub bases: Vec<ProtocolId>,
    /// Constants, properties, methods and operators in source order.
    pub items: Vec<ClassItem>,
}

/// A member of a class.
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it is read-only in Python.
    pub readonly: bool,
    /// Its type.
    pub ty: Type,
    /// The exceptions that reading and writing may raise.
    pub raises: Vec<ExceptionId>,
    /// `@deprecated`
    pub deprecated: Option<Deprecation>,
}

/// An operator of a class.
#[derive(Clone, Debug, PartialEq)]
pub struct Operator {
    /// Its kind.
    pub kind: OperatorKind,
    /// Its signature, checked against the kind. The name is the operator's word.
    pub function: Function,
}

/// A type alias.
#[derive(Clone, Debug, PartialEq)]
pub struct Alias {
    /// Its name.
    pub name: Name,
    /// The module that declares it.
    pub module: ModuleId,
    /// Its documentation.
    pub docs: Docs,
    /// The target.
    pub ty: Type,
}

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub struct Const {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// Its type.
    pub ty: Type,
    /// Its value; none for an associated constant that the user sets in Rust.
    pub value: Option<Value>,
}
