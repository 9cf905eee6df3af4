//! Parameters: the calls that were accepted before, and those that are accepted now.

use super::types::{Flow, fits, python, shown};
use super::{Affected, Comparison, counterpart, key};
use crate::diagnostic::Code;
use crate::model::{Default, Function, Parameter, ParameterKind};
use crate::names;

impl Comparison<'_> {
    pub(super) fn parameters(&mut self, old: &Function, new: &Function) {
        let reported = self.breaks.len();
        for parameter in &old.parameters {
            match same(parameter, new) {
                Some(other) => self.parameter(old, new, parameter, other),
                None => self.lost_parameter(old, new, parameter),
            }
        }
        let added = new.parameters.iter();
        for parameter in added.filter(|parameter| same(parameter, old).is_none()) {
            self.new_parameter(old, new, parameter);
        }
        if self.breaks.len() == reported {
            self.order(old, new);
        }
    }

    /// In Rust all parameters are positional, including Python's keyword-only ones.
    fn order(&mut self, old: &Function, new: &Function) {
        let places = |parameter: &Parameter| {
            let now = same(parameter, new)?;
            new.parameters.iter().position(|it| it == now)
        };
        let now: Vec<_> = old.parameters.iter().filter_map(places).collect();
        let Some(pair) = now.windows(2).find(|pair| pair[0] > pair[1]) else {
            return;
        };
        let [first, second] = [pair[1], pair[0]].map(|place| &new.parameters[place].name);
        let message = format!(
            "Rust gets `{}` of `{}` before `{}` now",
            first.text, new.name.text, second.text
        );
        self.report(
            Code::ChangedRustSignature,
            Affected::Rust,
            first.span,
            message,
            Some((old.name.span, "the order before")),
            "keep the order: where both have one type, rustc does not notice",
        );
    }

    /// A parameter that was removed or renamed.
    fn lost_parameter(&mut self, old: &Function, new: &Function, parameter: &Parameter) {
        let before = Some((parameter.name.span, "it was here"));
        let position = old.parameters.iter().position(|it| it == parameter);
        let heir = position
            .and_then(|position| new.parameters.get(position))
            .filter(|heir| self.inherits(heir, parameter, old));
        match heir {
            Some(heir) => {
                if parameter.kind != ParameterKind::PositionalOnly {
                    self.renamed(&parameter.name, &heir.name, names::snake);
                }
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

    /// Whether `now`, at the same position, is a renamed `before`. The name of a positional-only parameter does not matter; for
    /// others the type must match.
    fn inherits(&self, now: &Parameter, before: &Parameter, old: &Function) -> bool {
        use ParameterKind::{KeywordOnly, PositionalOnly, Standard};
        let fits = || {
            fits(
                (self.old, &before.ty),
                (self.new, &now.ty),
                Flow::FromPython,
            )
        };
        same(now, old).is_none()
            && match (before.kind, now.kind) {
                (PositionalOnly, PositionalOnly | Standard) => true,
                (Standard, Standard) | (KeywordOnly, KeywordOnly | Standard) => fits(),
                _ => false,
            }
    }

    fn new_parameter(&mut self, old: &Function, new: &Function, parameter: &Parameter) {
        let position = new.parameters.iter().position(|it| it == parameter);
        let inherits = position
            .and_then(|position| old.parameters.get(position))
            .is_some_and(|before| {
                same(before, new).is_none() && self.inherits(parameter, before, old)
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

    /// Whether it can still be passed in the same ways: by keyword, and at the same position.
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
}

/// The parameter of `function` that corresponds to `parameter`: the variadic one of its kind, or the one with its name.
fn same<'f>(parameter: &Parameter, function: &'f Function) -> Option<&'f Parameter> {
    let is_variadic = |parameter: &Parameter| {
        matches!(
            parameter.kind,
            ParameterKind::VarArgs | ParameterKind::VarKeywords
        )
    };
    let mut others = function.parameters.iter();
    match is_variadic(parameter) {
        true => others.find(|other| other.kind == parameter.kind),
        false => counterpart(&parameter.name, &function.parameters, |it| &it.name)
            .filter(|other| !is_variadic(other)),
    }
}

/// Whether a call that passes `parameter` remains valid because a variadic parameter accepts it.
fn takes_rest(function: &Function, parameter: &Parameter) -> bool {
    let has = |kind| function.parameters.iter().any(|it| it.kind == kind);
    match parameter.kind {
        ParameterKind::PositionalOnly => has(ParameterKind::VarArgs),
        ParameterKind::KeywordOnly => has(ParameterKind::VarKeywords),
        ParameterKind::Standard => has(ParameterKind::VarArgs) && has(ParameterKind::VarKeywords),
        ParameterKind::VarArgs | ParameterKind::VarKeywords => false,
    }
}
