//! WIT's getters and setters: two functions that form one property.

use super::context::Context;
use super::lookup::{Names, Where};
use super::prelude::Form;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{self, Name};
use crate::source::Span;
use crate::syntax::ast::{self, Accessor, FunctionBody, Receiver, TypeArgument, TypeKind};

/// The parts of a function that matter here: its name, and whether it has no receiver.
type Half<'n> = (&'n Name, bool);

/// The getters and setters in one scope.
#[derive(Debug, Default)]
pub(super) struct Accessors<'n> {
    getters: Vec<Half<'n>>,
    setters: Vec<Half<'n>>,
}

impl<'n> Accessors<'n> {
    /// Adds a function if it is a getter or setter.
    pub(super) fn add(&mut self, name: &'n Name, body: &FunctionBody) {
        if let FunctionBody::Signature(signature) = body {
            let half = (name, signature.receiver == Receiver::Static);
            match signature.accessor {
                Some(Accessor::Get) => self.getters.push(half),
                Some(Accessor::Set) => self.setters.push(half),
                None => {}
            }
        }
    }

    /// The findings about setters without a getter.
    pub(super) fn findings(self) -> Vec<Diagnostic> {
        let Self { getters, setters } = self;
        let lonely = setters.into_iter().filter_map(|(name, is_static)| {
            let mut same = getters.iter().filter(|(other, _)| other.text == name.text);
            match same.next() {
                Some((_, other)) if *other == is_static => None,
                Some((getter, _)) => {
                    let message = format!("one half of `{}` is static", name.text);
                    let finding = Diagnostic::new(Code::BadAccessor, name.span, message, "");
                    let finding = finding.cause(getter.span, "the getter");
                    Some(finding.help("write `static` before both, or before neither"))
                }
                None => Some(no_getter(&name.text, name.span)),
            }
        });
        lonely.collect()
    }
}

/// The finding about a setter without a getter.
pub(super) fn no_getter(name: &str, span: Span) -> Diagnostic {
    let message = format!("`{name}` has a setter and no getter");
    Diagnostic::new(Code::BadAccessor, span, message, "")
        .help(format!("write `{name}: get() -> …;` as well"))
}

impl Names<'_> {
    /// Whether `ty` is a `result` without a value.
    fn has_no_value(&self, at: Where, ty: &ast::Type) -> bool {
        match &self.unaliased(at, ty).kind {
            TypeKind::Generic { name, arguments } => {
                self.form(at, name) == Some(Form::Result)
                    && matches!(arguments.as_slice(), [TypeArgument::Underscore(_), ..])
            }
            TypeKind::Name(path) => {
                matches!(path.parts.as_slice(), [only] if self.form(at, only) == Some(Form::Result))
            }
            TypeKind::Function { .. } => false,
        }
    }
}

/// The half of a property that a function is, if any. The inner `None` means that an error was already reported.
pub(super) fn accessor(
    cx: &mut Context,
    at: Where,
    name: &Name,
    signature: &ast::Signature,
) -> Option<Option<model::Accessor>> {
    let Some(accessor) = signature.accessor else {
        return Some(None);
    };
    let wrong = |span: Span, message: &str| Diagnostic::new(Code::BadAccessor, span, message, "");
    let finding = match accessor {
        _ if !cx.names.is_wit(name.span) => {
            let message = format!("`{}` is a word of WIT only", accessor.word());
            let ty = match signature
                .parameters
                .first()
                .map(|parameter| &parameter.kind)
            {
                Some(ast::ParameterKind::Named { ty, .. }) => ty.as_ref(),
                _ => signature.result.as_ref(),
            };
            let ty = ty.map_or("…", |ty| cx.names.sources.slice(ty.span));
            let name = &name.text;
            let help = match accessor {
                Accessor::Get => format!(
                    "in a class, write `readonly property {name}: {ty};`, elsewhere `get-{name}: func() -> {ty};`"
                ),
                Accessor::Set => format!(
                    "in a class, leave it out and write `property {name}: {ty};`, elsewhere `set-{name}: func(value: {ty});`"
                ),
            };
            Some(wrong(signature.span, &message).help(help))
        }
        Accessor::Get if !signature.parameters.is_empty() => {
            let span = signature.parameters[0].span;
            Some(wrong(span, "a getter has no parameters").help("leave it out"))
        }
        Accessor::Get if signature.result.is_none() => {
            let help = "write `get() -> …` with the type of the value";
            Some(wrong(signature.span, "a getter returns a value").help(help))
        }
        Accessor::Set if signature.parameters.len() != 1 => {
            let second = signature.parameters.get(1);
            let span = second.map_or(signature.span, |parameter| parameter.span);
            let help = "write `set(value: …)` with the type of the value";
            Some(wrong(span, "a setter has one parameter").help(help))
        }
        Accessor::Set => signature
            .result
            .as_ref()
            .filter(|ty| !cx.names.has_no_value(at, ty))
            .map(|ty| {
                let help = "leave it out, or write `result<_, …>` if it can fail";
                wrong(ty.span, "a setter returns nothing").help(help)
            }),
        Accessor::Get => None,
    };
    if let Some(finding) = finding {
        cx.report(finding);
        return None;
    }
    Some(Some(match accessor {
        Accessor::Get => model::Accessor::Get,
        Accessor::Set => model::Accessor::Set,
    }))
}
