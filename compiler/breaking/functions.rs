//! Functions, methods, constructors: how they are called and what they give.

use super::types::{Flow, canonical, exception, fits, shown};
use super::{Affected, Comparison, counterpart};
use crate::diagnostic::Code;
use crate::model::{ExceptionId, Failure, Function, Receiver, Type};

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
        let name = &new.name;
        let mut changed_call = |now: &str| {
            let message = format!("`{}` {now}", name.text);
            self.report(
                Code::ChangedCall,
                Affected::Both,
                name.span,
                message,
                before,
                "",
            );
        };
        match (old.is_async, new.is_async) {
            (false, true) => changed_call("has to be awaited now"),
            (true, false) => changed_call("is no coroutine any more"),
            _ => {}
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
            (_, is) if of_instance(is) => changed_call("is called on an instance now"),
            _ => changed_call("is called on the class now"),
        }
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
