//! Parts of the syntax tree as text again.

use super::ast::{
    Dimension, Literal, LiteralKind, ParameterKind, Path, Receiver, Signature, Type, TypeArgument,
    TypeKind,
};
use crate::diagnostic::suggest;

/// A type as one writes it, with type names of other languages replaced: `List[int32]` gives `list<s32>`.
pub fn type_in_pyidl(ty: &Type) -> String {
    match &ty.kind {
        TypeKind::Name(path) => match suggest::certainly_foreign_type(&path_text(path)) {
            Some(pyidl) if !pyidl.contains(['<', '(']) => pyidl.to_owned(),
            _ => path_text(path),
        },
        TypeKind::Generic { name, arguments } => generic(&name.text, arguments),
        TypeKind::Function {
            is_async,
            parameters,
            result,
            raises,
        } => {
            let prefix = if *is_async { "async " } else { "" };
            let parameters: Vec<_> = parameters
                .iter()
                .map(|parameter| match &parameter.name {
                    Some(name) => format!("{}: {}", name.text, type_in_pyidl(&parameter.ty)),
                    None => type_in_pyidl(&parameter.ty),
                })
                .collect();
            let result = result
                .as_ref()
                .map_or_else(String::new, |ty| format!(" -> {}", type_in_pyidl(ty)));
            let raises: Vec<_> = raises.iter().map(path_text).collect();
            let raises = if raises.is_empty() {
                String::new()
            } else {
                format!(" raises {}", raises.join(" | "))
            };
            format!("{prefix}func({}){result}{raises}", parameters.join(", "))
        }
    }
}

/// A signature as one writes it after the name and colon, with types as by [`type_in_pyidl`] and defaults as they stand
/// in `source`.
pub fn signature_in_pyidl(signature: &Signature, source: &str) -> String {
    let receiver = match signature.receiver {
        Receiver::None => "",
        Receiver::Mut => "mut ",
        Receiver::Static => "static ",
        Receiver::Class => "class ",
    };
    let prefix = if signature.is_async { "async " } else { "" };
    let ty = |ty: &Option<Type>| ty.as_ref().map_or_else(|| "…".to_owned(), type_in_pyidl);
    let parameters: Vec<_> = signature
        .parameters
        .iter()
        .map(|parameter| match &parameter.kind {
            ParameterKind::Named {
                name,
                ty: of,
                default,
            } => {
                let default = default
                    .as_ref()
                    .map(|value| format!(" = {}", &source[value.span.range()]));
                format!("{}: {}{}", name.text, ty(of), default.unwrap_or_default())
            }
            ParameterKind::Slash => "/".to_owned(),
            ParameterKind::Star => "*".to_owned(),
            ParameterKind::VarArgs { name, ty: of } => format!("*{}: {}", name.text, ty(of)),
            ParameterKind::VarKeywords { name, ty: of } => format!("**{}: {}", name.text, ty(of)),
        })
        .collect();
    let result = signature
        .result
        .as_ref()
        .map_or_else(String::new, |ty| format!(" -> {}", type_in_pyidl(ty)));
    let raises: Vec<_> = signature.raises.iter().map(path_text).collect();
    let raises = if raises.is_empty() {
        String::new()
    } else {
        format!(" raises {}", raises.join(" | "))
    };
    format!(
        "{receiver}{prefix}func({}){result}{raises}",
        parameters.join(", ")
    )
}

fn generic(name: &str, arguments: &[TypeArgument]) -> String {
    let texts: Vec<_> = arguments.iter().map(argument).collect();
    // `Callable[[A, B], R]` is the one foreign type whose shape differs.
    if let (Some("func(…) -> …"), [parameters, result]) =
        (suggest::certainly_foreign_type(name), texts.as_slice())
    {
        let parameters = parameters.trim_start_matches('[').trim_end_matches(']');
        return match result.as_str() {
            "None" => format!("func({parameters})"),
            _ => format!("func({parameters}) -> {result}"),
        };
    }
    let name = suggest::certainly_foreign_type(name)
        .and_then(|pyidl| pyidl.split('<').next())
        .unwrap_or(name);
    format!("{name}<{}>", texts.join(", "))
}

fn argument(argument: &TypeArgument) -> String {
    match argument {
        TypeArgument::Type(ty) => type_in_pyidl(ty),
        TypeArgument::Underscore(_) => "_".to_owned(),
        TypeArgument::Shape(dimensions, _) => {
            let dimensions: Vec<_> = dimensions
                .iter()
                .map(|dimension| match dimension {
                    Dimension::Any(_) => "_".to_owned(),
                    Dimension::Integer(literal) => literal_text(literal),
                    Dimension::Name(name) => suggest::certainly_foreign_type(&name.text)
                        .unwrap_or(&name.text)
                        .to_owned(),
                })
                .collect();
            format!("[{}]", dimensions.join(", "))
        }
        TypeArgument::Integer(literal) => literal_text(literal),
        TypeArgument::Option(name, literal) => format!("{} = {}", name.text, literal_text(literal)),
    }
}

/// A path with its dots.
pub fn path_text(path: &Path) -> String {
    path.parts
        .iter()
        .map(|part| part.text.as_str())
        .collect::<Vec<_>>()
        .join(".")
}

fn literal_text(literal: &Literal) -> String {
    match &literal.kind {
        LiteralKind::Integer(text) | LiteralKind::Float(text) => text.clone(),
        LiteralKind::Case(paths) => paths.iter().map(path_text).collect::<Vec<_>>().join(" | "),
        _ => "…".to_owned(),
    }
}
