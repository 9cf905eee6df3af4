//! The declarations of trait functions.

use crate::emit::language::rust::layout::Layout;
use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::types::Speller;
use crate::lower::binding::{Callable, Failure, Role};
use crate::lower::conversion::Side;
use crate::lower::names::rust_value;
use crate::model::{Default, Parameter, ParameterKind, Receiver};
use crate::names::rust_identifier;

/// The parameters and the result of a function in Rust.
pub(crate) struct RustSignature {
    /// `fn name` or `fn name<'py>`.
    pub(crate) head: String,
    pub(crate) parameters: Vec<Layout>,
    pub(crate) result: Option<Layout>,
}

/// The declaration in the trait.
pub(crate) fn signature(scope: &Scope<'_>, callable: &Callable) -> RustSignature {
    let lifetime = if callable.mentions_objects {
        "'py"
    } else {
        "'_"
    };
    let speller = Speller {
        scope,
        own: callable.owner.map(|id| (id, "Self")),
        lifetime,
    };
    let function = &callable.function;
    let mut parameters = Vec::new();
    match function.receiver {
        Receiver::Shared => parameters.push("&self".into()),
        Receiver::Mut => parameters.push("&mut self".into()),
        Receiver::Static | Receiver::Class => {}
    }
    let mut head = format!("fn {}", callable.rust_name);
    if callable.mentions_objects {
        head += "<'py>";
    }
    if callable.needs_python {
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
        result: result(&speller, callable),
    }
}

/// The declared result; none for `()`.
fn result(speller: &Speller<'_>, callable: &Callable) -> Option<Layout> {
    let scope = speller.scope;
    let failing = |ty: Layout| match &callable.error {
        _ if callable.needs_python => Layout::generic("rt::Result", vec![ty]),
        None => ty,
        Some(failure) => Layout::generic(
            scope.std("Result"),
            vec![ty, failure_type(speller, failure)],
        ),
    };
    let Some(ty) = &callable.function.result else {
        if callable.role == Role::Constructor {
            return Some(failing("Self".into()));
        }
        let fails = callable.needs_python || callable.error.is_some();
        return fails.then(|| failing("()".into()));
    };
    if let Some(item) = callable.yields(scope.interface) {
        let mut item = speller.value(item, Side::IntoPython);
        if let Some(failure) = &callable.error {
            item = Layout::generic(
                scope.std("Result"),
                vec![item, failure_type(speller, failure)],
            );
        }
        let iterator = scope.iterator(item);
        return Some(match callable.needs_python {
            true => Layout::generic("rt::Result", vec![iterator]),
            false => iterator,
        });
    }
    Some(failing(speller.value(ty, Side::IntoPython)))
}

/// The type of an error.
fn failure_type(speller: &Speller<'_>, failure: &Failure) -> Layout {
    match failure {
        Failure::One(id) => speller.scope.exception(*id).into(),
        Failure::Several(name, _) => rust_identifier(name.clone()).into(),
        Failure::Cases(ty) | Failure::Value(ty) => speller.value(ty, Side::IntoPython),
        Failure::Unit => "()".into(),
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
