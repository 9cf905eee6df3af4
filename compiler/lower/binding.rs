//! Bindings: one for each function that Python can call, with everything that targets have to know of it.

use crate::lower::argument::Argument;
use crate::model::{ClassId, Deprecation, Docs, ExceptionId, Name, OperatorKind, Type};

/// A function that Rust implements and Python calls.
#[derive(Clone, Debug)]
pub(crate) struct Binding {
    /// The class that it belongs to; none for functions of the module.
    pub(crate) owner: Option<ClassId>,
    pub(crate) role: Role,
    /// Its name in the interface.
    pub(crate) name: Name,
    /// Its name in the trait.
    pub(crate) rust_name: String,
    /// Its name in Python.
    pub(crate) python_name: String,
    /// The same after that of its class: `Counter.add`.
    pub(crate) qualified_name: String,
    /// The name of its shim in the glue.
    pub(crate) shim: String,
    pub(crate) docs: Docs,
    /// Set if it is deprecated itself.
    pub(crate) deprecated: Option<Deprecation>,
    /// The message of the warning that each call gives.
    pub(crate) warning: Option<String>,
    pub(crate) receiver: Receiver,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) outcome: Outcome,
    /// The Python names of the exceptions that it raises, for documentation.
    pub(crate) raised: Vec<String>,
    pub(crate) needs: Needs,
    pub(crate) compilation: Compilation,
}

/// How the conversions of a binding are compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compilation {
    /// Once for each layout of Python's objects: it takes and returns only scalars and strings.
    PerLayout,
    /// Once for all layouts.
    Shared,
    /// Not with the binding: it calls functions that are compiled once for each type. The module has many functions, whose code
    /// would otherwise take long to compile and much space.
    Compact,
}

/// The kind of a binding in Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Function,
    Constructor,
    Method,
    Getter,
    Setter,
    Operator(OperatorKind),
}

/// What a binding is called on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Receiver {
    /// The module.
    Module,
    /// Nothing: a static method or a constructor.
    Nothing,
    /// The class.
    Class,
    /// An instance, whose value is locked during the call.
    Instance(Lock),
}

/// How the value of an instance is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lock {
    /// Several calls may read it at once: `&self`.
    Shared,
    /// No other call has access: `&mut self`.
    Exclusive,
}

/// The outcome of a call.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub(crate) returned: Returned,
    /// What it can raise; if it returns an iterator, the items raise it.
    pub(crate) error: Option<Failure>,
}

/// What a call returns if it succeeds.
#[derive(Clone, Debug)]
pub(crate) enum Returned {
    Nothing,
    /// The new instance, from a constructor.
    Instance,
    /// A value of this type.
    Value(Type),
    /// An iterator of this type. Rust produces the items, of type `item`.
    Iterator {
        ty: Type,
        item: Type,
    },
    /// In Rust an option of the type `ty`; in Python the `item` in it, or the end of the iteration.
    Next {
        ty: Type,
        item: Type,
    },
}

/// An error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The only exception that is raised.
    One(ExceptionId),
    /// A generated enum of this name over the exceptions that are raised.
    Several(String, Vec<ExceptionId>),
    /// A variant or an enum whose cases are exceptions in Python.
    Cases(Type),
    /// A value that becomes the argument of a RuntimeError.
    Value(Type),
    /// No value: a RuntimeError without arguments.
    Unit,
}

/// What a call needs of the interpreter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Needs {
    /// The token that proves that the thread is attached: its signature mentions Python objects, or it takes records with
    /// instances, which cannot be read without the token.
    pub(crate) token: bool,
    /// A name for the lifetime of the token, which the types of Python objects in its signature have.
    pub(crate) lifetime: bool,
    /// The thread is detached during the call.
    pub(crate) detached: bool,
}

impl Binding {
    /// How the instance is locked that it is called on; none if it is not called on one.
    pub(crate) fn lock(&self) -> Option<Lock> {
        match self.receiver {
            Receiver::Instance(lock) => Some(lock),
            Receiver::Module | Receiver::Nothing | Receiver::Class => None,
        }
    }

    /// How many arguments have names.
    pub(crate) fn named_arguments(&self) -> usize {
        self.arguments.iter().filter(|it| it.is_named()).count()
    }

    /// Whether the error of the trait's function is not an exception itself, but becomes the argument of one.
    pub(crate) fn fails_with_value(&self) -> bool {
        // A function that gets the token creates the exception itself.
        let error = &self.outcome.error;
        !self.needs.token && matches!(error, Some(Failure::Value(_) | Failure::Unit))
    }

    /// Whether the trait's function returns a `Result`.
    pub(crate) fn is_fallible(&self) -> bool {
        let is_iterator = matches!(self.outcome.returned, Returned::Iterator { .. });
        self.needs.token || (self.outcome.error.is_some() && !is_iterator)
    }

    /// Whether the trait's function returns `()`.
    pub(crate) fn is_unit(&self) -> bool {
        matches!(self.outcome.returned, Returned::Nothing) && !self.is_fallible()
    }
}

impl Returned {
    /// The type in Rust; none if that is `()` or the class.
    pub(crate) fn rust_type(&self) -> Option<&Type> {
        match self {
            Self::Nothing | Self::Instance => None,
            Self::Value(ty) | Self::Iterator { ty, .. } | Self::Next { ty, .. } => Some(ty),
        }
    }

    /// The type in Python; none if that is `None` or the class.
    pub(crate) fn python_type(&self) -> Option<&Type> {
        match self {
            Self::Next { item, .. } => Some(item),
            _ => self.rust_type(),
        }
    }
}
