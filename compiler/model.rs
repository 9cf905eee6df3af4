//! The resolved interface, which is the only input of targets.
//!
//! Definitions live in arenas of [`Interface`] and refer to each other by id. The interface has passed all checks, so a target
//! need not look for errors. Names are in the user's spelling; each target re-cases them.

mod builtin;
mod definition;
#[cfg(feature = "tools")]
mod dump;
mod function;
mod operators;
pub(crate) mod renumber;
pub(crate) mod spelling;
mod types;

pub use builtin::{Builtin, Nature, View};
pub use definition::{
    Alias, Case, Class, ClassItem, Const, EnumRepr, Enumeration, Exception, Field, Flag, Flags,
    Member, Message, MessagePart, Operator, Payload, Property, Protocol, Record, RecordStyle,
    Variant,
};
pub use function::{Accessor, Default, Failure, Function, Parameter, ParameterKind, Receiver};
pub use operators::{OperatorKind, OperatorResult};
pub use types::{Dimension, Type, Value};

use crate::source::Span;

macro_rules! ids {
    ($( $(#[$doc:meta])* $name:ident -> $field:ident: $def:ident; )*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl std::ops::Index<$name> for Interface {
            type Output = $def;
            fn index(&self, id: $name) -> &$def { &self.$field[id.0 as usize] }
        }
    )* };
}

ids! {
    /// A module: the extension module itself ([`Interface::ROOT`]), or an `interface` or an import in it.
    ModuleId -> modules: Module;
    /// A record.
    RecordId -> records: Record;
    /// A variant.
    VariantId -> variants: Variant;
    /// Flags.
    FlagsId -> flags: Flags;
    /// A protocol.
    ProtocolId -> protocols: Protocol;
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

/// One extension module, resolved: an interface file, a package without worlds, or a world.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Interface {
    /// The declared package, if any.
    pub package: Option<Package>,
    /// Whether the extension module is a world.
    pub is_world: bool,
    /// All modules. The first is the extension module; a parent precedes its children.
    pub modules: Vec<Module>,
    /// All records.
    pub records: Vec<Record>,
    /// All variants.
    pub variants: Vec<Variant>,
    /// All enums.
    pub enums: Vec<Enumeration>,
    /// All flags.
    pub flags: Vec<Flags>,
    /// All exceptions; builtin ones that nothing refers to are left out.
    pub exceptions: Vec<Exception>,
    /// All classes.
    pub classes: Vec<Class>,
    /// All protocols.
    pub protocols: Vec<Protocol>,
    /// All type aliases.
    pub aliases: Vec<Alias>,
    /// All functions of modules.
    pub functions: Vec<Function>,
    /// All constants of modules.
    pub consts: Vec<Const>,
}

impl Interface {
    /// The extension module. Its name is that of the world, else the package's last part, else the file's stem.
    pub const ROOT: ModuleId = ModuleId(0);

    /// The extension module.
    pub fn root(&self) -> &Module {
        &self[Self::ROOT]
    }

    /// The module and the name of a type; none for functions and constants.
    pub fn home(&self, item: ItemId) -> Option<(ModuleId, &Name)> {
        Some(match item {
            ItemId::Record(id) => (self[id].module, &self[id].name),
            ItemId::Variant(id) => (self[id].module, &self[id].name),
            ItemId::Enum(id) => (self[id].module, &self[id].name),
            ItemId::Flags(id) => (self[id].module, &self[id].name),
            ItemId::Exception(id) => (self[id].module, &self[id].name),
            ItemId::Class(id) => (self[id].module, &self[id].name),
            ItemId::Protocol(id) => (self[id].module, &self[id].name),
            ItemId::Alias(id) => (self[id].module, &self[id].name),
            ItemId::Function(_) | ItemId::Const(_) => return None,
        })
    }

    /// A type with outer aliases expanded; nested aliases are kept.
    pub fn expanded<'t>(&'t self, mut ty: &'t Type) -> &'t Type {
        while let Type::Alias(id) = ty {
            ty = &self[*id].ty;
        }
        ty
    }

    /// Whether a type is `u8`, of which a list is `bytes` in Python.
    pub fn is_byte(&self, ty: &Type) -> bool {
        self.expanded(ty).is(Builtin::U8)
    }

    /// The modules that Rust implements, the extension module first, with their ids.
    pub fn exported(&self) -> impl Iterator<Item = (ModuleId, &Module)> {
        (0..)
            .map(ModuleId)
            .zip(&self.modules)
            .filter(|(_, module)| module.origin == Origin::Exported)
    }
}

/// `acme:geometry@0.3.0`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// `acme:geometry`
    pub name: String,
    /// `0.3.0`
    pub version: Option<String>,
}

/// A Python module, described by a file, an `interface`, a world, or an import.
#[derive(Clone, Debug, PartialEq)]
pub struct Module {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// The parent module; none for the extension module and for modules of other packages.
    pub parent: Option<ModuleId>,
    /// Its implementer.
    pub origin: Origin,
    /// Its items in source order.
    pub items: Vec<ItemId>,
}

/// The implementer of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Rust: the module is the extension module or a submodule of it.
    Exported,
    /// Another extension module, whose types `use` names. Only items that are referred to are included.
    Foreign {
        /// The path of its extension module, without the submodule: `acme:geometry`, or a file's stem.
        package: String,
        /// The extension module that contains it; none if it is the extension module itself.
        extension: Option<Name>,
    },
    /// Python implements the module, and Rust calls it.
    Imported {
        /// The module's name in Python; none for functions that a world imports directly.
        python: Option<String>,
    },
}

/// An item of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemId {
    /// A record.
    Record(RecordId),
    /// A variant.
    Variant(VariantId),
    /// An enum.
    Enum(EnumId),
    /// Flags.
    Flags(FlagsId),
    /// An exception.
    Exception(ExceptionId),
    /// A class.
    Class(ClassId),
    /// A protocol.
    Protocol(ProtocolId),
    /// A type alias.
    Alias(AliasId),
    /// A function.
    Function(FunctionId),
    /// A constant.
    Const(ConstId),
}

/// A name in the user's spelling (`min-length` or `min_length`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Name {
    /// As typed.
    pub text: String,
    /// The Python name from `@py.name("…")`, which is never re-cased.
    pub python: Option<String>,
    /// Where it was declared.
    pub span: Span,
}

/// Documentation: Markdown lines without markers; empty if there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs(pub Vec<String>);

/// `@deprecated`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deprecation {
    /// The version of the deprecation.
    pub version: Option<String>,
    /// The replacement.
    pub message: Option<String>,
}
