//! Functions, methods, constructors: how they are called and what they give.

use super::types::{Flow, canonical, exception, fits, python, shown};
use super::{Affected, Comparison, counterpart, key};
use crate::diagnostic::Code;
use crate::model::{
    Default, ExceptionId, Failure, Function, Parameter, ParameterKind, Receiver, Type,
};
use crate::names;

impl Comparison<'_> {
    /// Compares two functions; `what` is "function", "method", "constructor".
    pub(super) fn function(&mut self, what: &str, old: &Function, new: &Function) {
        if old.overload.is_empty() != new.overload.is_empty() {
            return self.overloaded(what, old, new);
        }
        for alternative in &old.overload {
            match counterpart(&alternative.name, &new.overload, |it| &it.name) {
                Some(other) => self.function("alternative", alternative, other),
                None => {
                    let text = &alternative.name.text;
                    let message =
                        format!("the alternative `{text}` of `{}` is gone", new.name.text);
                    let before = Some((alternative.name.span, "it was here"));
                    self.report(
                        Code::RemovedItem,
                        Affected::Both,
                        new.name.span,
                        message,
                        before,
                        "",
                    );
                }
            }
        }
        for alternative in &new.overload {
            if counterpart(&alternative.name, &old.overload, |it| &it.name).is_none() {
                self.required_of_rust("alternative", &alternative.name);
            }
        }
        self.call(old, new);
        self.parameters(old, new);
        self.result(old, new);
        self.raises(&new.name, &old.raises, &new.raises, old, new);
    }

    fn overloaded(&mut self, what: &str, old: &Function, new: &Function) {
        let (before, now) = match old.overload.is_empty() {
            true => (what, "function with alternatives"),
            false => ("function with alternatives", what),
        };
        // That the calls are still possible cannot be told.
        self.changed_kind(before, &old.name, now, &new.name);
    }

    /// Whether it is called the same way: on what, with `await` or without.
    fn call(&mut self, old: &Function, new: &Function) {
        let before = Some((old.name.span, "how it was"));
        if old.is_async != new.is_async {
            let now = if new.is_async {
                "has to be awaited now"
            } else {
                "is no coroutine any more"
            };
            let message = format!("`{}` {now}", new.name.text);
            self.report(
                Code::ChangedCall,
                Affected::Both,
                new.name.span,
                message,
                before,
                "",
            );
        }
        if old.receiver == new.receiver {
            return;
        }
        let of_instance = |receiver| matches!(receiver, Receiver::Shared | Receiver::Mut);
        match (old.receiver, new.receiver) {
            // Both are called on the class or on an instance.
            (Receiver::Static, Receiver::Class) | (Receiver::Class, Receiver::Static) => self
                .report(
                    Code::ChangedRustSignature,
                    Affected::Rust,
                    new.name.span,
                    format!(
                        "`{}` takes something else before its parameters",
                        new.name.text
                    ),
                    before,
                    "",
                ),
            (was, is) if of_instance(was) && of_instance(is) => self.report(
                Code::ChangedRustSignature,
                Affected::Rust,
                new.name.span,
                format!(
                    "`{}` takes {}",
                    new.name.text,
                    if is == Receiver::Mut {
                        "`&mut self`"
                    } else {
                        "`&self`"
                    }
                ),
                before,
                "",
            ),
            (_, is) => {
                let now = if of_instance(is) {
                    "is called on an instance"
                } else {
                    "is called on the class"
                };
                let message = format!("`{}` {now} now", new.name.text);
                self.report(
                    Code::ChangedCall,
                    Affected::Both,
                    new.name.span,
                    message,
                    before,
                    "",
                );
            }
        }
    }

    fn parameters(&mut self, old: &Function, new: &Function) {
        for parameter in &old.parameters {
            match counterpart(&parameter.name, &new.parameters, |it| &it.name) {
                Some(other) if same_family(parameter, other) => {
                    self.parameter(old, new, parameter, other)
                }
                _ => self.lost_parameter(old, new, parameter),
            }
        }
        let added = new.parameters.iter().filter(|parameter| {
            counterpart(&parameter.name, &old.parameters, |it| &it.name)
                .is_none_or(|other| !same_family(parameter, other))
        });
        for parameter in added {
            self.new_parameter(old, new, parameter);
        }
    }

    /// A parameter that is gone or has another name.
    fn lost_parameter(&mut self, old: &Function, new: &Function, parameter: &Parameter) {
        let before = Some((parameter.name.span, "it was here"));
        let position = old.parameters.iter().position(|it| it == parameter);
        let heir = position
            .and_then(|position| new.parameters.get(position))
            .filter(|heir| {
                // Its name is nobody's business as long as it is given by position only.
                parameter.kind == ParameterKind::PositionalOnly
                    && matches!(
                        heir.kind,
                        ParameterKind::PositionalOnly | ParameterKind::Standard
                    )
                    && counterpart(&heir.name, &old.parameters, |it| &it.name).is_none()
            });
        match heir {
            Some(heir) => {
                self.parameter_type(new, parameter, heir);
                self.default(new, parameter, heir);
            }
            None if takes_rest(new, parameter) => self.report(
                Code::ChangedRustSignature,
                Affected::Rust,
                new.name.span,
                format!(
                    "`{}` has no parameter `{}` any more",
                    new.name.text, parameter.name.text
                ),
                before,
                "",
            ),
            None => {
                let what = match parameter.kind {
                    ParameterKind::VarArgs => "further arguments by position".to_owned(),
                    ParameterKind::VarKeywords => "further arguments by keyword".to_owned(),
                    _ => format!("`{}`", parameter.name.text),
                };
                let message = format!("`{}` takes no {what} any more", new.name.text);
                let help = "keep the parameter; a named one can get a default and be ignored";
                self.report(
                    Code::RemovedParameter,
                    Affected::Both,
                    new.name.span,
                    message,
                    before,
                    help,
                );
            }
        }
    }

    fn new_parameter(&mut self, old: &Function, new: &Function, parameter: &Parameter) {
        let position = new.parameters.iter().position(|it| it == parameter);
        let inherits = position
            .and_then(|position| old.parameters.get(position))
            .is_some_and(|before| {
                before.kind == ParameterKind::PositionalOnly
                    && matches!(
                        parameter.kind,
                        ParameterKind::PositionalOnly | ParameterKind::Standard
                    )
                    && counterpart(&before.name, &new.parameters, |it| &it.name).is_none()
            });
        if inherits {
            return;
        }
        let variadic = matches!(
            parameter.kind,
            ParameterKind::VarArgs | ParameterKind::VarKeywords
        );
        let (name, function) = (&parameter.name.text, &new.name.text);
        if parameter.default.is_none() && !variadic {
            self.report(
                Code::RequiredParameter,
                Affected::Both,
                parameter.name.span,
                format!("`{function}` needs a new argument `{name}`"),
                Some((old.name.span, "it did without")),
                "give it a default",
            );
        } else {
            let message = format!("`{function}` has a new parameter `{name}`");
            self.report(
                Code::ChangedRustSignature,
                Affected::Rust,
                parameter.name.span,
                message,
                None,
                "",
            );
        }
    }

    fn parameter(&mut self, old: &Function, new: &Function, before: &Parameter, now: &Parameter) {
        let keyword = |parameter: &Parameter| {
            matches!(
                parameter.kind,
                ParameterKind::Standard | ParameterKind::KeywordOnly
            )
        };
        if keyword(before)
            && keyword(now)
            && python(&before.name, names::snake) != python(&now.name, names::snake)
        {
            self.renamed(&before.name, &now.name, names::snake);
        }
        self.passing(old, new, before, now);
        self.default(new, before, now);
        self.parameter_type(new, before, now);
    }

    /// Whether it can still be given as it could: by keyword, and at the same position.
    fn passing(&mut self, old: &Function, new: &Function, before: &Parameter, now: &Parameter) {
        use ParameterKind::{KeywordOnly, PositionalOnly, Standard};
        let lost = match (before.kind, now.kind) {
            (Standard, PositionalOnly) | (KeywordOnly, PositionalOnly) => Some("by keyword"),
            (Standard | PositionalOnly, KeywordOnly) => Some("by position"),
            _ => None,
        };
        let place = Some((before.name.span, "how it was"));
        let (name, function) = (&now.name.text, &new.name.text);
        if let Some(how) = lost {
            let message = format!("`{name}` of `{function}` cannot be given {how} any more");
            return self.report(
                Code::ParameterPassing,
                Affected::Python,
                now.name.span,
                message,
                place,
                "",
            );
        }
        let index = |function: &Function, parameter: &Parameter| {
            function
                .parameters
                .iter()
                .position(|it| key(&it.name) == key(&parameter.name))
        };
        let positional =
            |parameter: &Parameter| matches!(parameter.kind, Standard | PositionalOnly);
        if positional(before) && positional(now) && index(old, before) != index(new, now) {
            let message = format!("`{name}` of `{function}` stands at another position");
            let help = "keep the order, and add parameters at the end or after `*`";
            self.report(
                Code::ParameterPassing,
                Affected::Both,
                now.name.span,
                message,
                place,
                help,
            );
        }
    }

    fn default(&mut self, function: &Function, before: &Parameter, now: &Parameter) {
        let place = Some((before.name.span, "its default before"));
        let (name, function) = (&now.name.text, &function.name.text);
        match (&before.default, &now.default) {
            (Some(_), None) => self.report(
                Code::RequiredParameter,
                Affected::Python,
                now.name.span,
                format!("`{name}` of `{function}` has no default any more"),
                place,
                "give it its default back",
            ),
            (Some(Default::Value(_)), Some(Default::Computed))
            | (Some(Default::Computed), Some(Default::Value(_))) => {
                let message =
                    format!("the default of `{name}` of `{function}` comes from elsewhere");
                self.report(
                    Code::ChangedRustSignature,
                    Affected::Rust,
                    now.name.span,
                    message,
                    place,
                    "",
                );
            }
            (Some(Default::Value(was)), Some(Default::Value(is))) if was != is => {
                let message = format!("`{name}` of `{function}` has another default");
                self.report(
                    Code::ChangedDefault,
                    Affected::Nobody,
                    now.name.span,
                    message,
                    place,
                    "",
                );
            }
            (None, Some(Default::Computed)) => {
                let message = format!("Rust computes the default of `{name}` of `{function}`");
                self.report(
                    Code::ChangedRustSignature,
                    Affected::Rust,
                    now.name.span,
                    message,
                    place,
                    "",
                );
            }
            _ => {}
        }
    }

    fn parameter_type(&mut self, function: &Function, before: &Parameter, now: &Parameter) {
        let affected = match fits(
            (self.old, &before.ty),
            (self.new, &now.ty),
            Flow::FromPython,
        ) {
            true => self.also_rust(Affected::Nobody, &before.ty, &now.ty),
            false => self.also_rust(Affected::Python, &before.ty, &now.ty),
        };
        let code = match affected {
            Affected::Nobody => return,
            Affected::Rust => Code::ChangedRustSignature,
            Affected::Python | Affected::Both => Code::NarrowedParameter,
        };
        let message = format!(
            "`{}` of `{}` is `{}`, no longer `{}`",
            now.name.text,
            function.name.text,
            shown(self.new, &now.ty),
            shown(self.old, &before.ty)
        );
        let place = Some((before.name.span, "its type before"));
        self.report(code, affected, now.name.span, message, place, "");
    }

    fn result(&mut self, old: &Function, new: &Function) {
        let place = Some((old.name.span, "what it returned"));
        let (fits, differs) = match (&old.result, &new.result) {
            (None, None) => return,
            (Some(before), Some(now)) => (
                fits((self.new, now), (self.old, before), Flow::IntoPython),
                canonical(self.old, before) != canonical(self.new, now),
            ),
            // Nobody uses a `None`.
            (None, Some(_)) => (true, true),
            (Some(_), None) => (false, true),
        };
        let text = |interface, ty: &Option<Type>| {
            ty.as_ref().map_or_else(
                || "nothing".to_owned(),
                |ty| format!("`{}`", shown(interface, ty)),
            )
        };
        let (code, affected) = match (fits, differs) {
            (true, false) => return,
            (true, true) => (Code::ChangedRustSignature, Affected::Rust),
            (false, _) => (Code::ChangedResult, Affected::Both),
        };
        let message = format!(
            "`{}` returns {}, no longer {}",
            new.name.text,
            text(self.new, &new.result),
            text(self.old, &old.result)
        );
        self.report(code, affected, new.name.span, message, place, "");
    }

    /// Exceptions are part of the Rust signature; Python code may not expect new ones.
    fn raises(
        &mut self,
        name: &crate::model::Name,
        before: &[ExceptionId],
        now: &[ExceptionId],
        old: &Function,
        new: &Function,
    ) {
        let was: Vec<_> = before.iter().map(|id| exception(self.old, *id)).collect();
        let is: Vec<_> = now.iter().map(|id| exception(self.new, *id)).collect();
        let place = Some((old.name.span, "what it raised"));
        let failure = |interface, function: &Function| match &function.error {
            None => None,
            Some(Failure::Unit) => Some("_".to_owned()),
            Some(Failure::Value(ty)) => Some(canonical(interface, ty)),
        };
        let [failed, fails] = [failure(self.old, old), failure(self.new, new)];
        if let Some(added) = is.iter().find(|exception| !was.contains(exception)) {
            let added = added.replace(['[', ']'], "");
            let message = format!("`{}` raises `{added}` too", name.text);
            let help = "Python code that catches what it raised before does not catch this";
            self.report(
                Code::NewException,
                Affected::Rust,
                name.span,
                message,
                place,
                help,
            );
        } else if was.len() != is.len() || failed != fails {
            let message = format!("`{}` raises something else", name.text);
            self.report(
                Code::ChangedRustSignature,
                Affected::Rust,
                name.span,
                message,
                place,
                "",
            );
        }
    }
}

/// Whether both are named parameters, or variadic ones of the same kind.
fn same_family(one: &Parameter, other: &Parameter) -> bool {
    let family = |parameter: &Parameter| match parameter.kind {
        ParameterKind::VarArgs => 1,
        ParameterKind::VarKeywords => 2,
        _ => 0,
    };
    family(one) == family(other)
}

/// Whether a call that gives `parameter` still works, as something takes all the rest.
fn takes_rest(function: &Function, parameter: &Parameter) -> bool {
    let has = |kind| function.parameters.iter().any(|it| it.kind == kind);
    match parameter.kind {
        ParameterKind::PositionalOnly => has(ParameterKind::VarArgs),
        ParameterKind::KeywordOnly => has(ParameterKind::VarKeywords),
        ParameterKind::Standard => has(ParameterKind::VarArgs) && has(ParameterKind::VarKeywords),
        ParameterKind::VarArgs | ParameterKind::VarKeywords => false,
    }
}
