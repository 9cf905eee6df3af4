//! Arguments: what Python passes, what Rust gets, and what is held in between.

use crate::lower::names::{python_value, rust_value};
use crate::lower::types::{Borrowed, Holder, option_of, row_and_arguments};
use crate::model::{ClassId, Default, Docs, Interface, Parameter, ParameterKind, Type};

/// An argument of a binding.
#[derive(Clone, Debug)]
pub(crate) struct Argument {
    pub(crate) rust_name: String,
    pub(crate) python_name: String,
    pub(crate) docs: Docs,
    pub(crate) kind: ParameterKind,
    /// The type of its value; for `*args` and `**kwargs`, that of each value.
    pub(crate) ty: Type,
    pub(crate) passing: Passing,
    /// What it is if Python leaves it out; none if Python has to pass it.
    pub(crate) default: Option<Default>,
}

/// How an argument reaches the Rust function.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Passing {
    /// What is held during the call.
    pub(crate) held: Held,
    /// Whether it is an option of that.
    pub(crate) is_option: bool,
}

/// What is held during a call.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Held {
    /// The Rust value, which the function gets.
    Owned,
    /// A value of a builtin type; the function gets a reference.
    Borrowed(Borrowed),
    /// An instance of a class, whose value is locked; the function gets a reference.
    Instance(ClassId),
}

/// How what is held is passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pass {
    /// As it is.
    Value,
    /// As a reference to it.
    Reference,
    /// As an option of a reference to what is in it.
    OptionalReference,
}

impl Argument {
    pub(crate) fn of(interface: &Interface, parameter: &Parameter) -> Self {
        let mut argument = Self {
            rust_name: rust_value(&parameter.name),
            python_name: python_value(&parameter.name),
            docs: parameter.docs.clone(),
            kind: parameter.kind,
            ty: parameter.ty.clone(),
            passing: Passing::of(interface, &parameter.ty),
            default: parameter.default.clone(),
        };
        if !argument.is_named() {
            // A collection of values.
            argument.passing = Passing::OWNED;
        }
        argument
    }

    /// Whether it has a name in calls: `*args` and `**kwargs` have none.
    pub(crate) fn is_named(&self) -> bool {
        !matches!(
            self.kind,
            ParameterKind::VarArgs | ParameterKind::VarKeywords
        )
    }
}

impl Passing {
    const OWNED: Self = Self {
        held: Held::Owned,
        is_option: false,
    };

    fn of(interface: &Interface, ty: &Type) -> Self {
        let inner = option_of(interface, ty).and_then(|inner| Held::of(interface, inner));
        match (inner, Held::of(interface, ty)) {
            (Some(held), _) => Self {
                held,
                is_option: true,
            },
            (None, Some(held)) => Self {
                held,
                is_option: false,
            },
            (None, None) => Self::OWNED,
        }
    }

    /// How what is held is passed on.
    pub(crate) fn pass(self) -> Pass {
        match self.held {
            Held::Owned => Pass::Value,
            Held::Borrowed(borrowed) if borrowed.kind == Holder::Reference => Pass::Value,
            _ if self.is_option => Pass::OptionalReference,
            _ => Pass::Reference,
        }
    }
}

impl Held {
    /// What is held for a type that is passed by reference; none for other types.
    fn of(interface: &Interface, ty: &Type) -> Option<Self> {
        let ty = interface.expanded(ty);
        match ty {
            Type::Class(id) => Some(Self::Instance(*id)),
            _ => row_and_arguments(interface, ty)?
                .0
                .borrowed
                .map(Self::Borrowed),
        }
    }
}
