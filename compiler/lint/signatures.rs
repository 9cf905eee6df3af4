//! `bool-positional` and `wide-any`

use super::Rule;
use super::context::Linter;
use crate::model::Builtin;
use crate::syntax::ast::{ParameterKind, Signature, Type, TypeKind};

/// Boolean parameters should be passed by keyword, unless the function takes nothing else: `set_visible(True)` reads well.
pub(super) fn check(linter: &mut Linter<'_, '_>, signature: &Signature) {
    let named = |kind: &ParameterKind| matches!(kind, ParameterKind::Named { .. });
    let count = signature
        .parameters
        .iter()
        .filter(|it| named(&it.kind))
        .count();
    if count < 2 {
        return;
    }
    for parameter in &signature.parameters {
        match &parameter.kind {
            ParameterKind::Star | ParameterKind::VarArgs { .. } => return,
            ParameterKind::Named {
                name, ty: Some(ty), ..
            } if is_named(ty, Builtin::Bool) => linter.within(&parameter.meta, |linter| {
                linter.report(
                    Rule::BoolPositional,
                    name.span,
                    format!("the flag `{}` can be given by position", name.text),
                    "the meaning of a bare `True` in a call is not clear",
                    "put `*` before it, so that it is passed by keyword",
                );
            }),
            _ => {}
        }
    }
}

/// Types should be as specific as possible.
pub(super) fn check_type(linter: &mut Linter<'_, '_>, ty: &Type) {
    for wide in [Builtin::Any, Builtin::Object] {
        if is_named(ty, wide) && !linter.declared.contains(&wide.name()) {
            linter.report(
                Rule::WideAny,
                ty.span,
                format!("`{wide}` does not describe the value"),
                "type checkers do not check it",
                "name the type, or several with `union<…>` or a `variant`",
            );
        }
    }
}

fn is_named(ty: &Type, builtin: Builtin) -> bool {
    match &ty.kind {
        TypeKind::Name(path) => match path.parts.as_slice() {
            [name] => name.text == builtin.name(),
            _ => false,
        },
        _ => false,
    }
}
