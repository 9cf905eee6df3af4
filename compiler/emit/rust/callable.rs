//! Every Python callable as a function of a Rust trait.

use crate::emit::layout::Layout;
use crate::emit::names::rust_value;
use crate::emit::rust::scope::Scope;
use crate::emit::rust::spelling::{Side, Speller};
use crate::model::{
    ClassId, Default, ExceptionId, Function, OperatorKind, Parameter, ParameterKind, Receiver, Type,
};
use crate::names::rust_identifier;

/// The kind of a callable in Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Function,
    Constructor,
    Method,
    Getter,
    Setter,
    Operator(OperatorKind),
}

/// One function of a trait.
#[derive(Clone, Debug)]
pub(crate) struct Callable {
    /// The class that it belongs to; none for functions of the module.
    pub(crate) owner: Option<ClassId>,
    pub(crate) role: Role,
    /// Its name in the trait.
    pub(crate) rust_name: String,
    /// The name of its shim in the glue.
    pub(crate) shim: String,
    /// Its signature; for a property, that of the getter or setter.
    pub(crate) function: Function,
    /// Its `Err` type; none if it raises nothing.
    pub(crate) error: Option<Failure>,
    /// Whether it gets the `Python` token: its signature mentions Python objects, or it takes records with instances, which
    /// cannot be read without the token.
    pub(crate) needs_python: bool,
    /// Whether its signature mentions Python objects, whose types have the attachment's lifetime.
    pub(super) mentions_objects: bool,
}

/// The error type of a callable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The only exception that it raises.
    One(ExceptionId),
    /// A generated enum of this name over the exceptions that it raises.
    Several(String, Vec<ExceptionId>),
    /// A variant or an enum whose cases are exceptions in Python.
    Cases(Type),
    /// A value that becomes the argument of a RuntimeError.
    Value(Type),
    /// No value: a RuntimeError without arguments.
    Unit,
}

/// The parameters and the result of a function in Rust.
pub(crate) struct RustSignature {
    /// `fn name` or `fn name<'py>`.
    pub(crate) head: String,
    pub(crate) parameters: Vec<Layout>,
    pub(crate) result: Option<Layout>,
}

impl Callable {
    /// The declaration in the trait.
    pub(crate) fn signature(&self, scope: &Scope<'_>) -> RustSignature {
        let lifetime = if self.mentions_objects { "'py" } else { "'_" };
        let speller = Speller {
            scope,
            own: self.owner.map(|id| (id, "Self")),
            lifetime,
        };
        let function = &self.function;
        let mut parameters = Vec::new();
        match function.receiver {
            Receiver::Shared => parameters.push("&self".into()),
            Receiver::Mut => parameters.push("&mut self".into()),
            Receiver::Static | Receiver::Class => {}
        }
        let mut head = format!("fn {}", self.rust_name);
        if self.mentions_objects {
            head += "<'py>";
        }
        if self.needs_python {
            let clash = function
                .parameters
                .iter()
                .any(|parameter| rust_value(&parameter.name) == "py");
            let name = if clash { "__pyidl_py" } else { "py" };
            parameters.push(Layout::Text(format!("{name}: rt::Python<{lifetime}>")));
        }
        for parameter in &function.parameters {
            let ty = parameter_type(&speller, parameter);
            parameters.push(ty.after(rust_value(&parameter.name) + ": "));
        }
        RustSignature {
            head,
            parameters,
            result: self.result(&speller),
        }
    }

    fn result(&self, speller: &Speller<'_>) -> Option<Layout> {
        let scope = speller.scope;
        let failing = |ty: Layout| match &self.error {
            _ if self.needs_python => Layout::generic("rt::Result", vec![ty]),
            None => ty,
            Some(failure) => Layout::generic(scope.std("Result"), vec![ty, failure.ty(speller)]),
        };
        let Some(ty) = &self.function.result else {
            if self.role == Role::Constructor {
                return Some(failing("Self".into()));
            }
            let fails = self.needs_python || self.error.is_some();
            return fails.then(|| failing("()".into()));
        };
        if let Some(item) = self.yields(scope) {
            let mut item = speller.value(item, Side::IntoPython);
            if let Some(failure) = &self.error {
                item = Layout::generic(scope.std("Result"), vec![item, failure.ty(speller)]);
            }
            let iterator = scope.iterator(item);
            return Some(match self.needs_python {
                true => Layout::generic("rt::Result", vec![iterator]),
                false => iterator,
            });
        }
        Some(failing(speller.value(ty, Side::IntoPython)))
    }

    /// The items, if the callable returns an iterator. Its errors are then raised by the items.
    pub(crate) fn yields<'t>(&'t self, scope: &'t Scope<'t>) -> Option<&'t Type> {
        Speller::plain(scope).iterator_item(self.function.result.as_ref()?)
    }

    /// Whether the error of the trait's function is not an exception itself, but becomes the argument of one.
    pub(crate) fn fails_with_value(&self) -> bool {
        // A user's function that gets the `Python` token creates the exception itself.
        !self.needs_python && matches!(self.error, Some(Failure::Value(_) | Failure::Unit))
    }

    /// Whether the trait's function returns a `Result`.
    pub(crate) fn is_fallible(&self, scope: &Scope<'_>) -> bool {
        self.needs_python || (self.error.is_some() && self.yields(scope).is_none())
    }
}

impl Failure {
    /// Its type in Rust.
    fn ty(&self, speller: &Speller<'_>) -> Layout {
        match self {
            Self::One(id) => speller.scope.exception(*id).into(),
            Self::Several(name, _) => rust_identifier(name.clone()).into(),
            Self::Cases(ty) | Self::Value(ty) => speller.value(ty, Side::IntoPython),
            Self::Unit => "()".into(),
        }
    }
}

/// The type of a parameter of the user's function.
fn parameter_type(speller: &Speller<'_>, parameter: &Parameter) -> Layout {
    let value = || speller.value(&parameter.ty, Side::FromPython);
    match (parameter.kind, &parameter.default) {
        (ParameterKind::VarArgs, _) => Layout::generic(speller.scope.std("Vec"), vec![value()]),
        (ParameterKind::VarKeywords, _) => {
            Layout::generic("rt::Map", vec![speller.scope.std("String").into(), value()])
        }
        (_, Some(Default::Computed)) => Layout::generic(
            speller.scope.std("Option"),
            vec![speller.argument(&parameter.ty)],
        ),
        _ => speller.argument(&parameter.ty),
    }
}
