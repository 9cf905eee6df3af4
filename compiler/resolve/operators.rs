//! The operators of a class and the signatures that Python's protocols require.

use super::Resolver;
use super::attributes::{Attributes, Site};
use super::context::Where;
use super::prelude::prelude;
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

impl Resolver<'_, '_> {
    /// An operator, checked against the signature of its kind.
    pub(super) fn operator(
        &mut self,
        at: Where,
        operator: &ast::Operator,
        meta: &ast::Meta,
        attributes: Attributes,
    ) -> Option<Operator> {
        let kind = self.operator_kind(&operator.name);
        let name = crate::model::Name {
            text: operator.name.text.clone(),
            python: None,
            span: operator.name.span,
        };
        let function = self.callable(at, name, meta, attributes, &operator.body, Site::Operator)?;
        let kind = kind?;
        let fits = match &operator.body {
            ast::FunctionBody::Signature(signature) => {
                self.check_operator(kind, &function, signature, operator.name.span)
            }
            ast::FunctionBody::Overload(alternatives) => {
                let mut fits = true;
                for (written, function) in alternatives.iter().zip(&function.overload) {
                    let signature = &written.signature;
                    fits &= self.check_operator(kind, function, signature, written.name.span);
                }
                fits
            }
        };
        fits.then_some(Operator { kind, function })
    }

    fn operator_kind(&mut self, name: &ast::Name) -> Option<OperatorKind> {
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
        self.report(match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
        None
    }

    /// Reports what is wrong with the signature of an operator.
    fn check_operator(
        &mut self,
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
        } else if let Some((place, message)) = self.operator_parameters(kind, function, written) {
            Some((place.unwrap_or(name), message))
        } else if !self.returns(kind.result(), function.result.as_ref()) {
            let message = format!("must return {}", describe(kind.result()));
            Some((result, message))
        } else {
            None
        };
        let Some((place, message)) = found else {
            return true;
        };
        let message = format!("the operator `{word}` {message}");
        self.report(
            Diagnostic::new(Code::WrongSignature, place, message, "")
                .help(format!("write `operator {word}: {};`", kind.form())),
        );
        false
    }

    /// The error in an operator's parameters, and its place if not the operator's name.
    fn operator_parameters(
        &self,
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
        let ty = self.table.expanded(&text.ty)?;
        if ty.is(Builtin::String) {
            return None;
        }
        let message = format!("takes `{}` as a `string`", text.name.text);
        Some((Some(text.name.span), message))
    }

    fn returns(&self, returns: OperatorResult, result: Option<&Type>) -> bool {
        use OperatorResult::{Anything, Integer, Nothing, OneOf, Something};
        match (returns, result) {
            (Anything, _) | (Nothing, None) | (Something, Some(_)) => true,
            (Integer, Some(ty)) => match self.table.expanded(ty) {
                Some(Type::Builtin(builtin, _)) => builtin.nature() == Nature::Integer,
                ty => ty.is_none(),
            },
            (OneOf(builtins), Some(ty)) => match self.table.expanded(ty) {
                Some(ty) => builtins.iter().any(|builtin| ty.is(*builtin)),
                None => true,
            },
            _ => false,
        }
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
