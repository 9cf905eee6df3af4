//! The operators of a class and the signatures that Python's protocols require.

use super::attributes::Site;
use super::context::Define;
use super::declarations::Attributes;
use super::findings::Findings;
use super::identifiers::plain_name;
use super::lookup::Where;
use super::prelude::prelude;
use super::signatures;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::{Builtin, Function, Nature, Operator, OperatorKind, OperatorResult, Type};
use crate::source::Span;
use crate::syntax::ast;

/// The names of operators in other languages.
const SYNONYMS: &[(&[&str], &str)] = &[
    (&["length", "size", "count"], "len"),
    (&["index", "get", "subscript", "get-item", "at"], "getitem"),
    (&["set", "set-item", "assign", "setindex"], "setitem"),
    (&["del", "delete", "remove", "del-item"], "delitem"),
    (&["in", "has", "includes"], "contains"),
    (&["plus", "concat"], "add"),
    (&["minus", "subtract"], "sub"),
    (&["times", "multiply"], "mul"),
    (&["div", "divide"], "truediv"),
    (&["modulo", "rem", "remainder"], "mod"),
    (&["power"], "pow"),
    (&["negate", "minus-self"], "neg"),
    (&["equal", "equals", "equality"], "eq"),
    (&["less", "less-than"], "lt"),
    (&["greater", "greater-than"], "gt"),
    (&["to-string", "tostring", "string", "display"], "str"),
    (&["debug", "inspect", "representation"], "repr"),
    (&["iterator", "each", "iterate"], "iter"),
    (&["invoke", "apply"], "call"),
    (&["truthy", "boolean"], "bool"),
];

/// An operator, checked against the signature of its kind.
pub(super) fn operator(
    cx: &mut Define,
    at: Where,
    operator: &ast::Operator,
    meta: &ast::Meta,
    attributes: Attributes,
) -> Option<Operator> {
    let kind = operator_kind(cx.findings, &operator.name);
    let name = plain_name(&operator.name);
    let function = signatures::callable(
        cx,
        at,
        name,
        meta,
        attributes,
        &operator.body,
        Site::Operator,
    )?;
    let kind = kind?;
    let fits = match &operator.body {
        ast::FunctionBody::Signature(signature) => {
            check_operator(cx, kind, &function, signature, operator.name.span)
        }
        ast::FunctionBody::Overload(alternatives) => {
            let mut fits = true;
            for (written, function) in alternatives.iter().zip(&function.overload) {
                let signature = &written.signature;
                fits &= check_operator(cx, kind, function, signature, written.name.span);
            }
            fits
        }
    };
    fits.then_some(Operator { kind, function })
}

fn operator_kind(findings: &mut Findings, name: &ast::Name) -> Option<OperatorKind> {
    let word = name.text.as_str();
    if let Some((kind, ..)) = OperatorKind::ALL
        .iter()
        .find(|(_, other, _)| *other == word)
    {
        return Some(*kind);
    }
    let message = format!("there is no operator `{word}`");
    let diagnostic = Diagnostic::new(
        Code::UnknownOperator,
        name.span,
        message,
        "unknown operator",
    );
    let python = word.trim_matches('_');
    let known = OperatorKind::ALL.iter().map(|(_, word, _)| *word);
    let help = if word == "init" || word == "new" || python == "init" || python == "new" {
        Some("write `constructor(…);`".to_owned())
    } else if let Some(word) = known.clone().find(|word| *word == python) {
        Some(format!("write `operator {word}`"))
    } else if let Some((_, right)) = SYNONYMS.iter().find(|(words, _)| words.contains(&word)) {
        Some(format!("write `{right}`"))
    } else {
        let synonyms = SYNONYMS.iter().flat_map(|(words, _)| words.iter().copied());
        match suggest::nearest(word, known) {
            Some(nearest) => Some(format!("did you mean `{nearest}`?")),
            None => suggest::nearest(word, synonyms)
                .and_then(|near| SYNONYMS.iter().find(|(words, _)| words.contains(&near)))
                .map(|(_, right)| format!("did you mean `{right}`?")),
        }
    };
    findings.report(help.into_iter().fold(diagnostic, Diagnostic::help));
    None
}

/// Reports what is wrong with the signature of an operator.
fn check_operator(
    cx: &mut Define,
    kind: OperatorKind,
    function: &Function,
    written: &ast::Signature,
    name: Span,
) -> bool {
    let word = kind.word();
    let result = written.result.as_ref().map_or(name, |result| result.span);
    let waits = kind.is_async() || kind == OperatorKind::Call && function.is_async;
    let found = if function.is_async != waits {
        let what = if waits { "an" } else { "no" };
        Some((name, format!("is {what} `async func`")))
    } else if let Some((place, message)) = operator_parameters(cx, kind, function, written) {
        Some((place.unwrap_or(name), message))
    } else if !returns(cx, kind.result(), function.result.as_ref()) {
        let message = format!("must return {}", describe(kind.result()));
        Some((result, message))
    } else {
        None
    };
    let Some((place, message)) = found else {
        return true;
    };
    let message = format!("the operator `{word}` {message}");
    cx.report(
        Diagnostic::new(Code::WrongSignature, place, message, "")
            .help(format!("write `operator {word}: {};`", kind.form())),
    );
    false
}

/// The error in an operator's parameters, and its place if not the operator's name.
fn operator_parameters(
    cx: &Define,
    kind: OperatorKind,
    function: &Function,
    written: &ast::Signature,
) -> Option<(Option<Span>, String)> {
    // It receives the arguments of any call.
    if kind == OperatorKind::Call {
        return None;
    }
    let parameters = &function.parameters;
    let count = kind.parameters();
    if !count.contains(&parameters.len()) {
        let (least, most) = (*count.start(), *count.end());
        let takes = match (least, most) {
            (1, 1) => "1 parameter".to_owned(),
            _ if least == most => format!("{least} parameters"),
            _ => format!("{least} or {most} parameters"),
        };
        return Some((None, format!("takes {takes}, not {}", parameters.len())));
    }
    let marker = written
        .parameters
        .iter()
        .find(|parameter| !matches!(parameter.kind, ast::ParameterKind::Named { .. }));
    let plain = &parameters[..parameters.len().min(*count.start())];
    let with_default = plain.iter().find(|it| it.default.is_some());
    let place = marker
        .map(|marker| marker.span)
        .or_else(|| with_default.map(|parameter| parameter.name.span));
    if place.is_some() {
        let message = "takes plain parameters: Python gives them by position";
        return Some((place, message.to_owned()));
    }
    if let Some(needed) = parameters[plain.len()..]
        .iter()
        .find(|parameter| parameter.default.is_none())
    {
        let message = format!(
            "must have a default for `{}`: Python does not always give it",
            needed.name.text
        );
        return Some((Some(needed.name.span), message));
    }
    let text = is_text(kind).then(|| parameters.first()).flatten()?;
    let ty = cx.types.table.expanded(&text.ty)?;
    if ty.is(Builtin::String) {
        return None;
    }
    let message = format!("takes `{}` as a `string`", text.name.text);
    Some((Some(text.name.span), message))
}

fn returns(cx: &Define, returns: OperatorResult, result: Option<&Type>) -> bool {
    use OperatorResult::{Anything, Integer, Nothing, OneOf, Something};
    match (returns, result) {
        (Anything, _) | (Nothing, None) | (Something, Some(_)) => true,
        (Integer, Some(ty)) => match cx.types.table.expanded(ty) {
            Some(Type::Builtin(builtin, _)) => builtin.nature() == Nature::Integer,
            ty => ty.is_none(),
        },
        (OneOf(builtins), Some(ty)) => match cx.types.table.expanded(ty) {
            Some(ty) => builtins.iter().any(|builtin| ty.is(*builtin)),
            None => true,
        },
        _ => false,
    }
}

/// Whether the first parameter is a string: the name of an attribute, or a format.
fn is_text(kind: OperatorKind) -> bool {
    use OperatorKind::{Delattr, Format, Getattr, Setattr};
    matches!(kind, Getattr | Setattr | Delattr | Format)
}

fn describe(returns: OperatorResult) -> String {
    match returns {
        OperatorResult::Anything => "anything".to_owned(),
        OperatorResult::Nothing => "nothing".to_owned(),
        OperatorResult::Something => "a value".to_owned(),
        OperatorResult::Integer => "an integer".to_owned(),
        OperatorResult::OneOf(builtins) => {
            let names: Vec<_> = builtins
                .iter()
                .map(|builtin| match prelude().of(*builtin).arguments.end() {
                    0 => format!("`{builtin}`"),
                    _ => format!("`{builtin}<…>`"),
                })
                .collect();
            names.join(" or ")
        }
    }
}
