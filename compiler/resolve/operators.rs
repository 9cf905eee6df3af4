//! The operators of a class and the signatures that Python's protocols ask for.

use super::Resolver;
use super::attributes::Attributes;
use super::signatures::Place;
use super::types::is_builtin;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::{Function, Operator, OperatorKind, ParameterKind, Type};
use crate::source::Span;
use crate::syntax::ast;

/// What an operator returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Returns {
    /// Anything, or nothing.
    Any,
    Nothing,
    /// Anything.
    Something,
    /// One of these builtin types, with whatever type arguments.
    Builtin(&'static [&'static str]),
}

/// The signature of an operator: the number of its parameters (none: any) and its result.
fn signature(kind: OperatorKind) -> (Option<usize>, Returns) {
    use OperatorKind as K;
    use Returns::{Any, Builtin, Nothing, Something};
    match kind {
        K::Len => (Some(0), Builtin(&["u64"])),
        K::Hash => (Some(0), Builtin(&["u64", "s64"])),
        K::Bool => (Some(0), Builtin(&["bool"])),
        K::Int | K::Index => (Some(0), Builtin(INTEGERS)),
        K::Float => (Some(0), Builtin(&["f64", "f32"])),
        K::Complex => (Some(0), Builtin(&["complex"])),
        K::Bytes => (Some(0), Builtin(&["bytes"])),
        K::Repr | K::Str => (Some(0), Builtin(&["string"])),
        K::Format => (Some(1), Builtin(&["string"])),
        K::Iter | K::Reversed => (Some(0), Builtin(&["iterator"])),
        K::Aiter => (Some(0), Builtin(&["stream"])),
        K::Next | K::Anext => (Some(0), Builtin(&["option"])),
        K::Neg | K::Pos | K::Abs | K::Invert | K::Enter | K::Aenter => (Some(0), Something),
        K::Contains => (Some(1), Builtin(&["bool"])),
        K::Eq | K::Ne | K::Lt | K::Le | K::Gt | K::Ge => (Some(1), Builtin(&["bool"])),
        K::Getitem | K::Missing | K::Getattr | K::Round => (Some(1), Something),
        K::Delitem | K::Delattr => (Some(1), Nothing),
        K::Setitem | K::Setattr => (Some(2), Nothing),
        K::Exit | K::Aexit => (Some(3), Any),
        K::Call => (None, Any),
        _ if kind.word().starts_with('i') => (Some(1), Nothing),
        _ => (Some(1), Something),
    }
}

const INTEGERS: &[&str] = &[
    "int", "u8", "u16", "u32", "u64", "u128", "s8", "s16", "s32", "s64", "s128",
];

impl Resolver<'_, '_> {
    /// An operator, checked against its kind.
    pub(super) fn operator(
        &mut self,
        operator: &ast::Operator,
        meta: &ast::Meta,
        attributes: Attributes,
        place: Place,
    ) -> Option<Operator> {
        let kind = self.operator_kind(&operator.name);
        let name = crate::model::Name {
            text: operator.name.text.clone(),
            python: None,
            span: operator.name.span,
        };
        let function = self.callable(name, meta, attributes, &operator.body, place)?;
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
        } else {
            suggest::nearest(word, known).map(|nearest| format!("did you mean `{nearest}`?"))
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
        let (count, returns) = signature(kind);
        let form = kind.form();
        let word = kind.word();
        let plural = if count == Some(1) {
            "parameter"
        } else {
            "parameters"
        };
        let waits = kind.is_async() || kind == OperatorKind::Call && function.is_async;
        let (place, message) = if function.is_async != waits {
            let what = if waits { "an" } else { "no" };
            (
                name,
                format!("the operator `{word}` is {what} `async func`"),
            )
        } else if count.is_some_and(|count| count != function.parameters.len()) {
            let count = count.unwrap_or_default();
            (
                name,
                format!(
                    "the operator `{word}` takes {count} {plural}, not {}",
                    function.parameters.len()
                ),
            )
        } else if let Some(span) = count.and_then(|_| not_plain(kind, function, written)) {
            (
                span,
                format!(
                    "the operator `{word}` takes plain parameters: Python gives them by position"
                ),
            )
        } else if !self.returns(returns, function.result.as_ref()) {
            let place = written.result.as_ref().map_or(name, |result| result.span);
            (
                place,
                format!("the operator `{word}` must return {}", describe(returns)),
            )
        } else {
            return true;
        };
        self.report(
            Diagnostic::new(Code::WrongSignature, place, message, "")
                .help(format!("write `operator {word}: {form};`")),
        );
        false
    }

    fn returns(&self, returns: Returns, result: Option<&Type>) -> bool {
        match (returns, result) {
            (Returns::Any, _) | (Returns::Nothing, None) | (Returns::Something, Some(_)) => true,
            (Returns::Builtin(names), Some(ty)) => match self.table.expanded(ty) {
                Some(ty) => names.iter().any(|name| is_builtin(ty, name)),
                None => true,
            },
            _ => false,
        }
    }
}

/// A parameter that is not plain: with a default or a marker.
fn not_plain(kind: OperatorKind, function: &Function, written: &ast::Signature) -> Option<Span> {
    let marker = written
        .parameters
        .iter()
        .find(|parameter| !matches!(parameter.kind, ast::ParameterKind::Named { .. }));
    let with_default = function
        .parameters
        .iter()
        .find(|parameter| parameter.default.is_some() && kind != OperatorKind::Round);
    debug_assert!(
        marker.is_some()
            || function
                .parameters
                .iter()
                .all(|p| p.kind == ParameterKind::Standard)
    );
    marker
        .map(|marker| marker.span)
        .or_else(|| with_default.map(|parameter| parameter.name.span))
}

fn describe(returns: Returns) -> String {
    match returns {
        Returns::Any => "anything".to_owned(),
        Returns::Nothing => "nothing".to_owned(),
        Returns::Something => "a value".to_owned(),
        Returns::Builtin(names) => {
            let names: Vec<_> = names
                .iter()
                .map(|name| match *name {
                    "iterator" | "option" => format!("`{name}<…>`"),
                    _ => format!("`{name}`"),
                })
                .collect();
            names.join(" or ")
        }
    }
}
