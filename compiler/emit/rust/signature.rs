//! The declarations of trait functions.

use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::types::Speller;
use crate::lower::argument::Argument;
use crate::lower::binding::{Binding, Failure, Lock, Outcome, Returned};
use crate::lower::conversion::Side;
use crate::model::{Default, ParameterKind};
use crate::names::rust_identifier;
use crate::render::layout::Layout;

/// The parameters and the result of a function in Rust.
pub(crate) struct RustSignature {
    pub(crate) parameters: Vec<Layout>,
    pub(crate) result: Option<Layout>,
}

/// The declaration in the trait.
pub(crate) fn signature(scope: &Scope<'_>, binding: &Binding) -> RustSignature {
    let lifetime = if binding.needs.lifetime { "'py" } else { "'_" };
    let speller = Speller {
        scope,
        own: binding.owner.map(|id| (id, "Self")),
        lifetime,
    };
    let mut parameters = Vec::new();
    match binding.lock() {
        Some(Lock::Shared) => parameters.push("&self".into()),
        Some(Lock::Exclusive) => parameters.push("&mut self".into()),
        None => {}
    }
    if binding.needs.token {
        let mut arguments = binding.arguments.iter();
        let clash = arguments.any(|argument| argument.rust_name == "py");
        let name = if clash { "__pyidl_py" } else { "py" };
        parameters.push(Layout::Text(format!("{name}: rt::Python<{lifetime}>")));
    }
    for argument in &binding.arguments {
        let ty = parameter(&speller, argument);
        parameters.push(ty.after(argument.rust_name.clone() + ": "));
    }
    RustSignature {
        parameters,
        result: result(&speller, binding),
    }
}

/// The declared result; none for `()`.
fn result(speller: &Speller<'_>, binding: &Binding) -> Option<Layout> {
    let scope = speller.scope;
    let Outcome { returned, error } = &binding.outcome;
    let or_error = |ty: Layout| match error {
        None => ty,
        Some(failure) => {
            let error = failure_type(speller, failure);
            Layout::generic(scope.std("Result"), vec![ty, error])
        }
    };
    let failing = |ty: Layout| match binding.needs.token {
        true => Layout::generic("rt::Result", vec![ty]),
        false => or_error(ty),
    };
    Some(match returned {
        Returned::Nothing if binding.is_unit() => return None,
        Returned::Nothing => failing("()".into()),
        Returned::Instance => failing("Self".into()),
        Returned::Value(ty) | Returned::Next { ty, .. } => {
            failing(speller.value(ty, Side::IntoPython))
        }
        Returned::Iterator { item, .. } => {
            let item = or_error(speller.value(item, Side::IntoPython));
            let iterator = scope.iterator(item);
            match binding.needs.token {
                true => Layout::generic("rt::Result", vec![iterator]),
                false => iterator,
            }
        }
    })
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

/// The type of a parameter.
fn parameter(speller: &Speller<'_>, argument: &Argument) -> Layout {
    let ty = speller.argument(argument);
    let std = |name| speller.scope.std(name);
    match (argument.kind, &argument.default) {
        (ParameterKind::VarArgs, _) => Layout::generic(std("Vec"), vec![ty]),
        (ParameterKind::VarKeywords, _) => {
            Layout::generic("rt::Map", vec![std("String").into(), ty])
        }
        (_, Some(Default::Computed)) => Layout::generic(std("Option"), vec![ty]),
        _ => ty,
    }
}
