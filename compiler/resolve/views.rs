//! Views of memory: `buffer<u8>`, `ndarray<f64, [rows, _], mutable = true>`.

use super::findings::Deferred;
use super::findings::Findings;
use super::integer::Integer;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Dimension, Type, View};
use crate::source::Span;
use crate::syntax::ast::{self, LiteralKind, TypeArgument};

/// The view that `item` becomes with `rest`, the part after it.
pub(super) fn resolve(
    findings: &mut Findings,
    view: View,
    place: Span,
    item: Option<Type>,
    rest: &[TypeArgument],
) -> Option<Type> {
    let mut shape = None;
    let mut mutable: Option<bool> = None;
    let mut complete = true;
    for argument in rest {
        match argument {
            TypeArgument::Shape(written, _) if view == View::Ndarray && shape.is_none() => {
                shape = Some(dimensions(findings, written));
            }
            TypeArgument::Option(name, literal) if name.text == "mutable" => {
                let value = match &literal.kind {
                    LiteralKind::Case(paths) => match paths.as_slice() {
                        [path] if path.parts.len() == 1 => path.parts[0].text.parse().ok(),
                        _ => None,
                    },
                    _ => None,
                };
                if value.is_none() || mutable.is_some() {
                    let message = match value {
                        Some(_) => "`mutable` is given twice",
                        None => "`mutable` is `true` or `false`",
                    };
                    let help = match value {
                        Some(_) => "delete one of the two",
                        None => "write `mutable = true`, or leave it out",
                    };
                    findings.report(
                        Diagnostic::new(Code::TypeArguments, literal.span, message, "").help(help),
                    );
                    complete = false;
                }
                mutable = value;
            }
            _ => {
                let form = match view {
                    View::Buffer => "buffer<u8, mutable = true>",
                    View::Ndarray => "ndarray<f64, [rows, _], mutable = true>",
                };
                let message = format!("`{view}` has no such argument");
                findings.report(
                    Diagnostic::new(Code::TypeArguments, argument_span(argument), message, "")
                        .help(format!("write it like `{form}`")),
                );
                complete = false;
            }
        }
    }
    let item = item?;
    findings
        .checks
        .push(Deferred::Element(item.clone(), place, view));
    let shape = match shape {
        Some(shape) => Some(shape?),
        None => None,
    };
    complete.then(|| Type::View {
        view,
        item: Box::new(item),
        shape,
        mutable: mutable.unwrap_or_default(),
    })
}

fn dimensions(findings: &mut Findings, written: &[ast::Dimension]) -> Option<Vec<Dimension>> {
    let mut dimensions = Vec::new();
    for dimension in written {
        dimensions.push(match dimension {
            ast::Dimension::Any(_) => Some(Dimension::Any),
            ast::Dimension::Name(name) => Some(Dimension::Named(name.text.clone())),
            ast::Dimension::Integer(literal) => {
                let length = match &literal.kind {
                    LiteralKind::Integer(text) => Integer::parse(text),
                    _ => None,
                };
                let length = length.and_then(|length| length.to_string().parse().ok());
                if length.is_none() {
                    let message = "a dimension cannot have this length";
                    findings.report(Diagnostic::new(Code::TypeArguments, literal.span, message, "").help("write a smaller number, `_` for any length, or a name for lengths that are the same"));
                }
                length.map(Dimension::Length)
            }
        });
    }
    dimensions.into_iter().collect()
}

/// The place of a type argument.
pub(super) fn argument_span(argument: &TypeArgument) -> Span {
    match argument {
        TypeArgument::Type(ty) => ty.span,
        TypeArgument::Underscore(span) | TypeArgument::Shape(_, span) => *span,
        TypeArgument::Integer(literal) => literal.span,
        TypeArgument::Option(name, literal) => name.span.to(literal.span),
    }
}
