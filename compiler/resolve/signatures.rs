//! Functions with one signature or several: parameters in Python's order, results, exceptions, attributes.

use super::attributes::{self, Site};
use super::context::{Context, Define};
use super::declarations::Attributes;
use super::docs::docs;
use super::findings::Findings;
use super::lookup::{Around, Names, Where};
use super::namespaces::{self, Casing, Distinct};
use super::usage::{self, Usage};
use super::{accessors, identifiers, literals, outcomes, paths, types};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Builtin, Default, Function, Name, Parameter, ParameterKind, Receiver, Type};
use crate::names;
use crate::source::Span;
use crate::syntax::ast::{self, FunctionBody};

/// A function, method, constructor or operator.
pub(super) fn callable(
    cx: &mut Define,
    at: Where,
    name: Name,
    meta: &ast::Meta,
    attributes: Attributes,
    body: &FunctionBody,
    site: Site,
) -> Option<Function> {
    match body {
        FunctionBody::Signature(signature) => {
            function(cx, at, name, meta, attributes, signature, site)
        }
        FunctionBody::Overload(alternatives) => {
            overload(cx, at, name, meta, attributes, alternatives, site)
        }
    }
}

fn overload(
    cx: &mut Define,
    at: Where,
    name: Name,
    meta: &ast::Meta,
    attributes: Attributes,
    written: &[ast::Alternative],
    site: Site,
) -> Option<Function> {
    let mut alternatives = Vec::new();
    for alternative in written {
        let mut inner = attributes::read(cx, at, &alternative.meta, Site::Alternative);
        inner.detached = inner.detached.or(attributes.detached);
        let name = identifiers::declared_name(cx.findings, &alternative.name, &inner);
        let signature = &alternative.signature;
        alternatives.push(function(
            cx,
            at,
            name,
            &alternative.meta,
            inner,
            signature,
            site,
        ));
    }
    if let [only] = written {
        cx.report(
            Diagnostic::new(
                Code::WrongSignature,
                only.name.span,
                "an overload of one alternative",
                "",
            )
            .help("write it without `overload { … }`, or add another"),
        );
    }
    let overload: Vec<Function> = alternatives.into_iter().collect::<Option<_>>()?;
    let first = overload.first()?;
    let (receiver, bound, place) = (first.receiver, binding(first.receiver), first.name.span);
    for other in &overload[1..] {
        if binding(other.receiver) != bound {
            let message = format!(
                "`{}` is {}, other alternatives are {bound}",
                other.name.text,
                binding(other.receiver)
            );
            cx.report(
                Diagnostic::new(Code::WrongSignature, other.name.span, message, "")
                    .cause(place, "the first alternative")
                    .help("in Python they are one function, so all must be of the same kind"),
            );
        }
    }
    unreachable(cx, &overload);
    Some(Function {
        name,
        docs: docs(meta),
        receiver,
        parameters: Vec::new(),
        result: None,
        raises: Vec::new(),
        error: None,
        is_async: false,
        accessor: None,
        detached: false,
        deprecated: attributes.deprecated,
        overload,
    })
}

/// Reports alternatives that are unreachable because an earlier one accepts every call.
fn unreachable(cx: &mut Define, overload: &[Function]) {
    for (index, later) in overload.iter().enumerate() {
        let mut earlier = overload[..index].iter();
        if let Some(first) = earlier.find(|earlier| cx.types.takes_all_calls(earlier, later, None))
        {
            let message = format!("`{}` is never called", later.name.text);
            let help = match cx.types.takes_all_calls(later, first, None) {
                true => "remove one of the two: they take the same arguments".to_owned(),
                false => format!("move it before `{}`, or remove it", first.name.text),
            };
            cx.report(
                Diagnostic::new(
                    Code::UnreachableOverload,
                    later.name.span,
                    message,
                    "the alternatives are tried in this order",
                )
                .cause(
                    first.name.span,
                    format!("`{}` takes all its calls", first.name.text),
                )
                .help(help),
            );
        }
    }
}

/// A function, method, constructor or operator, as `site` says, with its signature.
pub(super) fn function(
    cx: &mut Define,
    at: Where,
    name: Name,
    meta: &ast::Meta,
    attributes: Attributes,
    signature: &ast::Signature,
    site: Site,
) -> Option<Function> {
    let receiver = receiver(cx, at, signature, site);
    let accessor = accessors::accessor(cx, at, &name, signature)?;
    let parameters = parameters(cx, at, &signature.parameters);
    if site == Site::Method && receiver != Receiver::Static {
        refuse_second_self(cx, &signature.parameters);
    }
    let outcome = outcomes::outcome(cx, at, signature, site);
    let raises = paths::raises(cx, at, &signature.raises);
    if let Some(attribute) = attributes.detached {
        detached(
            cx,
            attribute,
            signature,
            parameters.as_deref().unwrap_or_default(),
            outcome.as_ref().and_then(|it| it.result.as_ref()),
        );
    }
    let outcome = outcome?;
    let mut raises = raises?;
    raises.extend(outcome.raises);
    Some(Function {
        name,
        docs: docs(meta),
        receiver,
        parameters: parameters?,
        result: outcome.result,
        raises,
        detached: attributes.detached.is_some(),
        error: outcome.error,
        is_async: signature.is_async,
        accessor,
        overload: Vec::new(),
        deprecated: attributes.deprecated,
    })
}

fn receiver(cx: &mut Context, at: Where, signature: &ast::Signature, site: Site) -> Receiver {
    let (receiver, word) = match signature.receiver {
        ast::Receiver::None if matches!(site, Site::Function | Site::Constructor) => {
            return Receiver::Static;
        }
        ast::Receiver::None => return Receiver::Shared,
        ast::Receiver::Mut => (Receiver::Mut, "mut"),
        ast::Receiver::Static => (Receiver::Static, "static"),
        ast::Receiver::Class => (Receiver::Class, "class"),
    };
    let span = Span {
        end: signature.span.start + word.len() as u32,
        ..signature.span
    };
    match site {
        Site::Function => {
            let message = format!("`{word} func` outside of a class");
            cx.report(
                Diagnostic::new(Code::MisplacedReceiver, span, message, "")
                    .help("a function of a module is a plain `func`"),
            );
            Receiver::Static
        }
        _ if receiver == Receiver::Mut && is_implemented_in_python(cx.names, at) => {
            let place = match at.class {
                Some(Around::Protocol(_)) => "a protocol",
                _ => "an import",
            };
            let message = format!("`mut func` in {place}");
            cx.report(
                Diagnostic::new(Code::MisplacedReceiver, span, message, "")
                    .help("Python implements it, so write a plain `func`"),
            );
            Receiver::Shared
        }
        Site::Operator if receiver != Receiver::Mut => {
            let message = format!("an operator cannot be a `{word} func`");
            cx.report(
                Diagnostic::new(Code::MisplacedReceiver, span, message, "")
                    .help("an operator is a `func` or `mut func`"),
            );
            Receiver::Shared
        }
        _ => receiver,
    }
}

fn is_implemented_in_python(names: &Names, at: Where) -> bool {
    match at.class {
        Some(Around::Protocol(_)) => true,
        Some(Around::Class(_)) => names.is_python(at.module),
        None => false,
    }
}

/// A method in WIT has an implicit parameter `self`.
fn refuse_second_self(cx: &mut Context, parameters: &[ast::Parameter]) {
    for parameter in parameters {
        if let ast::ParameterKind::Named { name, .. } = &parameter.kind
            && names::wit_key(&name.text) == "self"
            && cx.names.is_wit(name.span)
        {
            let message = "a method has a parameter `self` already";
            cx.report(
                Diagnostic::new(Code::DuplicateName, name.span, message, "")
                    .help("choose another name"),
            );
        }
    }
}

/// Parameters with their kinds; none if an error was already reported.
fn parameters(cx: &mut Define, at: Where, written: &[ast::Parameter]) -> Option<Vec<Parameter>> {
    let kinds = kinds(cx.findings, written);
    let mut names = Distinct::default();
    let mut parameters = Vec::new();
    let mut complete = true;
    for (written, kind) in written.iter().zip(kinds) {
        let Some(kind) = kind else { continue };
        let (name, ast, default) = match &written.kind {
            ast::ParameterKind::Named { name, ty, default } => (name, ty, default.as_ref()),
            ast::ParameterKind::VarArgs { name, ty }
            | ast::ParameterKind::VarKeywords { name, ty } => (name, ty, None),
            ast::ParameterKind::Slash | ast::ParameterKind::Star => continue,
        };
        let attributes = attributes::read(cx, at, &written.meta, Site::Parameter);
        let name = identifiers::value_name(cx, at, name, &attributes);
        namespaces::claim(cx, &mut names, &name, Casing::VALUE);
        let ty = ast.as_ref().and_then(|ast| {
            let ty = types::resolve(cx, at, ast)?;
            let variadic = matches!(kind, ParameterKind::VarArgs | ParameterKind::VarKeywords);
            let usage = if variadic {
                Usage::Variadic
            } else {
                Usage::Parameter
            };
            usage::check(cx, ast, &ty, usage).then_some(ty)
        });
        let default = match (default, &ty) {
            (None, _) => Some(None),
            (
                Some(ast::Literal {
                    kind: ast::LiteralKind::Computed,
                    ..
                }),
                _,
            ) => Some(Some(Default::Computed)),
            (Some(literal), Some(ty)) => {
                literals::value_of(cx, at, literal, ty).map(|value| Some(Default::Value(value)))
            }
            (Some(_), None) => None,
        };
        let (Some(ty), Some(default)) = (ty, default) else {
            complete = false;
            continue;
        };
        parameters.push(Parameter {
            name,
            docs: docs(&written.meta),
            kind,
            ty,
            default,
        });
    }
    complete.then_some(parameters)
}

/// The kind of each parameter, none for the markers, by the ordering rules of Python's grammar.
fn kinds(findings: &mut Findings, written: &[ast::Parameter]) -> Vec<Option<ParameterKind>> {
    let slash = written
        .iter()
        .position(|parameter| parameter.kind == ast::ParameterKind::Slash);
    let mut star: Option<Span> = None;
    let mut keywords: Option<Span> = None;
    let mut defaulted: Option<Span> = None;
    let mut kinds = Vec::new();
    for (position, parameter) in written.iter().enumerate() {
        let error =
            |message: &str| Diagnostic::new(Code::ParameterOrder, parameter.span, message, "");
        if let Some(keywords) = keywords {
            findings.report(
                error("nothing can follow `**`")
                    .cause(keywords, "this takes all remaining arguments")
                    .help("move it before `**`"),
            );
        }
        kinds.push(match &parameter.kind {
            ast::ParameterKind::Slash => {
                if position == 0 {
                    findings.report(error("`/` needs a parameter before it").help("parameters before `/` are passed by position only"));
                } else if slash.is_some_and(|first| first < position) {
                    findings.report(error("`/` stands here twice").help("delete one of the two"));
                } else if let Some(star) = star {
                    findings.report(error("`/` comes before `*`").cause(star, "`*` is here").help("move it before the `*`"));
                }
                None
            }
            ast::ParameterKind::Star => {
                // The second `*`, after this one, is the error.
                let named = |next: &ast::Parameter| {
                    !matches!(
                        next.kind,
                        ast::ParameterKind::Slash | ast::ParameterKind::VarKeywords { .. }
                    )
                };
                if let Some(star) = star {
                    let help = "delete it: parameters after the first `*` are keyword-only already";
                    findings.report(error("`*` stands here twice").cause(star, "first here").help(help));
                } else if !written.get(position + 1).is_some_and(named) {
                    findings.report(error("`*` needs a named parameter after it").help("parameters after `*` are keyword-only"));
                }
                star = star.or(Some(parameter.span));
                None
            }
            ast::ParameterKind::VarArgs { .. } => {
                if let Some(star) = star {
                    let help = "write one of the two: `*name: t` takes the remaining positional arguments, and parameters after it are keyword-only";
                    findings.report(error("`*` stands here twice").cause(star, "first here").help(help));
                }
                star = star.or(Some(parameter.span));
                Some(ParameterKind::VarArgs)
            }
            ast::ParameterKind::VarKeywords { .. } => {
                keywords = keywords.or(Some(parameter.span));
                Some(ParameterKind::VarKeywords)
            }
            ast::ParameterKind::Named { .. } if star.is_some() => Some(ParameterKind::KeywordOnly),
            ast::ParameterKind::Named { name, default, .. } => {
                match (default, defaulted) {
                    (Some(_), _) => defaulted = defaulted.or(Some(parameter.span)),
                    (None, Some(before)) => {
                        let message = format!("`{}` needs a default, as a parameter before it has one", name.text);
                        findings.report(Diagnostic::new(Code::ParameterOrder, name.span, message, "")
                                .cause(before, "this has a default")
                                .help("give it a default, move it to the front, or put `*` before it"),
                        );
                    }
                    (None, None) => {}
                }
                let positional = slash.is_some_and(|slash| position < slash);
                Some(if positional { ParameterKind::PositionalOnly } else { ParameterKind::Standard })
            }
        });
    }
    kinds
}

/// `@gil(release)`: while the function runs, no Python object and no reference count may be accessed.
fn detached(
    cx: &mut Define,
    attribute: Span,
    signature: &ast::Signature,
    parameters: &[Parameter],
    result: Option<&Type>,
) {
    let mut places = Vec::new();
    let written = signature
        .parameters
        .iter()
        .filter_map(|parameter| match &parameter.kind {
            ast::ParameterKind::Named { name, ty, .. }
            | ast::ParameterKind::VarArgs { name, ty }
            | ast::ParameterKind::VarKeywords { name, ty } => Some((name.span, ty.as_ref()?.span)),
            _ => None,
        });
    for (name, span) in written {
        let Some(parameter) = parameters
            .iter()
            .find(|parameter| parameter.name.span == name)
        else {
            continue;
        };
        let contents = cx.types.table.contents(&parameter.ty);
        let variadic = matches!(
            parameter.kind,
            ParameterKind::VarArgs | ParameterKind::VarKeywords
        );
        if contents.is_python() {
            places.push((span, "Python objects"));
        } else if contents.class && (variadic || !is_borrowed(cx, &parameter.ty)) {
            places.push((span, "collections of instances of classes"));
        }
    }
    if let (Some(result), Some(ast)) = (result, &signature.result)
        && cx.types.table.contents(result).any
    {
        places.push((ast.span, "Python objects"));
    }
    // One finding for all places: either the attribute or the signature is wrong.
    let Some(((first, what), others)) = places.split_first() else {
        return;
    };
    let message = format!("{what} in a function that runs without the GIL");
    let mut diagnostic = Diagnostic::new(Code::GilRelease, *first, message, "")
        .cause(attribute, "it runs without the GIL because of this");
    for (span, _) in others {
        diagnostic = diagnostic.cause(*span, "here, too");
    }
    cx.report(diagnostic.help("leave out `@gil(release)`, or use other types"));
}

/// Whether a parameter of type `ty` lends Rust an instance of a class for the call.
fn is_borrowed(cx: &Define, ty: &Type) -> bool {
    match cx.types.table.expanded(ty) {
        Some(Type::Class(_)) => true,
        Some(Type::Builtin(Builtin::Option, arguments)) => arguments
            .iter()
            .all(|ty| matches!(cx.types.table.expanded(ty), Some(Type::Class(_)))),
        _ => false,
    }
}

/// The binding of a function, in Python's terms.
fn binding(receiver: Receiver) -> &'static str {
    match receiver {
        Receiver::Shared | Receiver::Mut => "bound to an instance",
        Receiver::Static => "static",
        Receiver::Class => "bound to the class",
    }
}
