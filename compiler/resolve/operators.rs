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

/// The signature of an operator: the number of its parameters (none: any), its result, and how to write it.
fn signature(kind: OperatorKind) -> (Option<usize>, Returns, &'static str) {
    use OperatorKind as K;
    match kind {
        K::Len => (Some(0), Returns::Builtin(&["u64"]), "func() -> u64"),
        K::Getitem => (Some(1), Returns::Something, "func(key: k) -> v"),
        K::Setitem => (Some(2), Returns::Nothing, "mut func(key: k, value: v)"),
        K::Contains => (
            Some(1),
            Returns::Builtin(&["bool"]),
            "func(item: t) -> bool",
        ),
        K::Iter => (
            Some(0),
            Returns::Builtin(&["iterator"]),
            "func() -> iterator<t>",
        ),
        K::Next => (
            Some(0),
            Returns::Builtin(&["option"]),
            "mut func() -> option<t>",
        ),
        K::Repr | K::Str => (Some(0), Returns::Builtin(&["string"]), "func() -> string"),
        K::Eq | K::Lt | K::Le | K::Gt | K::Ge => (
            Some(1),
            Returns::Builtin(&["bool"]),
            "func(other: self) -> bool",
        ),
        K::Hash => (Some(0), Returns::Builtin(&["u64", "s64"]), "func() -> u64"),
        K::Call => (None, Returns::Any, "func(…) -> …"),
        K::Bool => (Some(0), Returns::Builtin(&["bool"]), "func() -> bool"),
        K::Add | K::Sub | K::Mul | K::Radd | K::Rsub | K::Rmul => {
            (Some(1), Returns::Something, "func(other: self) -> self")
        }
    }
}

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
        if LATER.contains(&word) {
            self.unsupported(name.span, &format!("the operator `{word}` is"));
            return None;
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
        let (count, returns, form) = signature(kind);
        let word = kind.word();
        let plural = if count == Some(1) {
            "parameter"
        } else {
            "parameters"
        };
        let (place, message) = if count.is_some_and(|count| count != function.parameters.len()) {
            let count = count.unwrap_or_default();
            (
                name,
                format!(
                    "the operator `{word}` takes {count} {plural}, not {}",
                    function.parameters.len()
                ),
            )
        } else if let Some(span) = count.and_then(|_| not_plain(function, written)) {
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

/// Operators of Python that are part of the language, but not of this version.
const LATER: &[&str] = &[
    "abs",
    "aenter",
    "aexit",
    "aiter",
    "and",
    "anext",
    "bytes",
    "complex",
    "delitem",
    "divmod",
    "enter",
    "exit",
    "float",
    "floordiv",
    "format",
    "getattr",
    "iadd",
    "iand",
    "ifloordiv",
    "ilshift",
    "imatmul",
    "imod",
    "imul",
    "index",
    "int",
    "invert",
    "ior",
    "ipow",
    "irshift",
    "isub",
    "itruediv",
    "ixor",
    "lshift",
    "matmul",
    "missing",
    "mod",
    "ne",
    "neg",
    "or",
    "pos",
    "pow",
    "rand",
    "rdivmod",
    "reversed",
    "rfloordiv",
    "rlshift",
    "rmatmul",
    "rmod",
    "ror",
    "round",
    "rpow",
    "rrshift",
    "rshift",
    "rtruediv",
    "rxor",
    "setattr",
    "truediv",
    "xor",
];

/// A parameter that is not plain: with a default or a marker.
fn not_plain(function: &Function, written: &ast::Signature) -> Option<Span> {
    let marker = written
        .parameters
        .iter()
        .find(|parameter| !matches!(parameter.kind, ast::ParameterKind::Named { .. }));
    let with_default = function
        .parameters
        .iter()
        .find(|parameter| parameter.default.is_some());
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
