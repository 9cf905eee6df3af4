//! Translates types in the syntax of another language to pyidl, for help texts.

use super::{path_text, signature_text, type_text};
use crate::diagnostic::suggest;
use crate::syntax::ast::{
    Dimension, FunctionTypeParameter, Name, ParameterKind, Path, Signature, Type, TypeArgument,
    TypeKind,
};

/// A type on one line, with type names of other languages replaced: `List[int32]` gives `list<s32>`.
pub(crate) fn type_in_pyidl(ty: &Type) -> String {
    type_text(&translated(ty))
}

/// A signature like [`signature_text`](super::signature_text), with types like [`type_in_pyidl`].
pub(crate) fn signature_in_pyidl(signature: &Signature) -> String {
    let mut signature = signature.clone();
    let types = signature
        .parameters
        .iter_mut()
        .filter_map(|parameter| match &mut parameter.kind {
            ParameterKind::Named { ty, .. }
            | ParameterKind::VarArgs { ty, .. }
            | ParameterKind::VarKeywords { ty, .. } => ty.as_mut(),
            ParameterKind::Slash | ParameterKind::Star => None,
        });
    for ty in types.chain(&mut signature.result) {
        *ty = translated(ty);
    }
    for parameter in &mut signature.parameters {
        parameter.meta = Default::default();
        match &mut parameter.kind {
            ParameterKind::Named { name, .. }
            | ParameterKind::VarArgs { name, .. }
            | ParameterKind::VarKeywords { name, .. } => respell(name),
            ParameterKind::Slash | ParameterKind::Star => {}
        }
    }
    signature_text(&signature)
}

/// Converts a name in another language's form to the form of this language.
fn respell(name: &mut Name) {
    if name.text.contains(|c: char| c.is_ascii_uppercase()) {
        name.text = suggest::kebab_case(&name.text);
    }
}

fn translated(ty: &Type) -> Type {
    let kind = match &ty.kind {
        TypeKind::Name(path) => match suggest::certainly_foreign_type(&path_text(path)) {
            Some(pyidl) if !pyidl.contains(['<', '(']) => TypeKind::Name(named(pyidl, path)),
            _ => {
                let mut path = path.clone();
                path.parts.iter_mut().for_each(respell);
                TypeKind::Name(path)
            }
        },
        TypeKind::Generic { name, arguments } => generic(name, arguments),
        TypeKind::Function {
            is_async,
            parameters,
            result,
            raises,
        } => TypeKind::Function {
            is_async: *is_async,
            parameters: parameters
                .iter()
                .map(|parameter| FunctionTypeParameter {
                    name: parameter.name.clone(),
                    ty: translated(&parameter.ty),
                })
                .collect(),
            result: result.as_ref().map(|ty| Box::new(translated(ty))),
            raises: raises.clone(),
        },
    };
    Type {
        kind,
        span: ty.span,
    }
}

/// A path of one word that replaces another.
fn named(text: &str, place: &Path) -> Path {
    Path {
        parts: vec![Name {
            text: text.to_owned(),
            escaped: false,
            builtin: false,
            span: place.span,
        }],
        span: place.span,
    }
}

fn generic(name: &Name, arguments: &[TypeArgument]) -> TypeKind {
    let pyidl = suggest::certainly_foreign_type(&name.text);
    // `Callable[[A, B], R]` is the one foreign type whose shape differs.
    if let (
        Some("func(…) -> …"),
        [
            TypeArgument::Shape(parameters, _),
            TypeArgument::Type(result),
        ],
    ) = (pyidl, arguments)
    {
        return callable(parameters, result);
    }
    let text = pyidl
        .and_then(|pyidl| pyidl.split('<').next())
        .unwrap_or(&name.text);
    TypeKind::Generic {
        name: Name {
            text: text.to_owned(),
            ..name.clone()
        },
        arguments: arguments.iter().map(argument).collect(),
    }
}

fn callable(parameters: &[Dimension], result: &Type) -> TypeKind {
    let parameters = parameters.iter().filter_map(|dimension| match dimension {
        Dimension::Name(name) => {
            let path = Path {
                parts: vec![name.clone()],
                span: name.span,
            };
            let ty = translated(&Type {
                kind: TypeKind::Name(path),
                span: name.span,
            });
            Some(FunctionTypeParameter { name: None, ty })
        }
        Dimension::Any(_) | Dimension::Integer(_) => None,
    });
    let is_nothing = matches!(&result.kind, TypeKind::Name(path) if path_text(path) == "None");
    TypeKind::Function {
        is_async: false,
        parameters: parameters.collect(),
        result: (!is_nothing).then(|| Box::new(translated(result))),
        raises: Vec::new(),
    }
}

fn argument(argument: &TypeArgument) -> TypeArgument {
    match argument {
        TypeArgument::Type(ty) => TypeArgument::Type(translated(ty)),
        TypeArgument::Shape(dimensions, span) => {
            let dimensions = dimensions.iter().map(|dimension| match dimension {
                Dimension::Name(name) => Dimension::Name(Name {
                    text: suggest::certainly_foreign_type(&name.text)
                        .unwrap_or(&name.text)
                        .to_owned(),
                    ..name.clone()
                }),
                other => other.clone(),
            });
            TypeArgument::Shape(dimensions.collect(), *span)
        }
        other => other.clone(),
    }
}
