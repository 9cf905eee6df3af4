//! Translates foreign type names in trees, so that a construct whose complete rewriting was shown is not reported again part by
//! part.

use crate::diagnostic::suggest;
use crate::syntax::ast::{ParameterKind, Signature, Type, TypeArgument, TypeKind};

pub(super) fn signature(signature: &mut Signature) {
    for parameter in &mut signature.parameters {
        match &mut parameter.kind {
            ParameterKind::Named { ty, .. }
            | ParameterKind::VarArgs { ty, .. }
            | ParameterKind::VarKeywords { ty, .. } => ty.iter_mut().for_each(type_names),
            ParameterKind::Slash | ParameterKind::Star => {}
        }
    }
    signature.result.iter_mut().for_each(type_names);
}

/// Replaces the names in a type; types with another shape here are kept.
pub(super) fn type_names(ty: &mut Type) {
    let name = match &mut ty.kind {
        TypeKind::Name(path) if path.parts.len() == 1 => &mut path.parts[0],
        TypeKind::Generic { name, arguments } => {
            fewer_arguments(&name.text, arguments);
            for argument in arguments {
                if let TypeArgument::Type(ty) = argument {
                    type_names(ty);
                }
            }
            name
        }
        TypeKind::Function {
            parameters, result, ..
        } => {
            parameters
                .iter_mut()
                .for_each(|parameter| type_names(&mut parameter.ty));
            if let Some(result) = result {
                type_names(result);
            }
            return;
        }
        TypeKind::Name(_) => return,
    };
    let has = |kind: fn(&u8) -> bool| name.text.as_bytes().iter().any(kind);
    if let Some(pyidl) = suggest::certainly_foreign_type(&name.text)
        && !pyidl.starts_with("func")
    {
        name.text = pyidl.split('<').next().unwrap_or(pyidl).to_owned();
    } else if has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) {
        name.text = suggest::kebab_case(&name.text);
    }
}

/// Removes type arguments that exist only in other languages: `Generator[int, None, None]`, `Result<(), E>`.
fn fewer_arguments(name: &str, arguments: &mut Vec<TypeArgument>) {
    match name {
        "Generator" | "AsyncGenerator" => arguments.truncate(1),
        "Coroutine" if arguments.len() == 3 => {
            arguments.drain(..2);
        }
        "Result" | "PyResult" | "result" => {
            if let Some(TypeArgument::Type(ty)) = arguments.first()
                && let TypeKind::Generic {
                    name,
                    arguments: inner,
                } = &ty.kind
                && name.text == "tuple"
                && inner.is_empty()
            {
                arguments[0] = TypeArgument::Underscore(ty.span);
            }
        }
        _ => {}
    }
}
