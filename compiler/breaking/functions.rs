//! Functions, methods, constructors: their calls and their results.

use super::types::{Flow, canonical, exception, fits, shown};
use super::{Affected, Comparison, counterpart};
use crate::diagnostic::Code;
use crate::model::{ExceptionId, Failure, Function, Interface, Receiver, Type};

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
                    // If another alternative accepts the old calls, only Rust is affected.
                    let mut others = new.overload.iter();
                    let affected = match others.any(|it| !self.breaks_python(alternative, it)) {
                        true => Affected::Rust,
                        false => Affected::Both,
                    };
                    self.report(
                        Code::RemovedItem,
                        affected,
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

    fn overloaded<'f>(&mut self, what: &str, old: &'f Function, new: &'f Function) {
        let one = std::slice::from_ref;
        let alternatives = |function: &'f Function| match function.overload.as_slice() {
            [] => one(function),
            alternatives => alternatives,
        };
        // Every call that an old alternative accepted must be accepted by a new one.
        let is_taken = |before: &Function| {
            let mut candidates = alternatives(new).iter();
            candidates.any(|now| !self.breaks_python(before, now))
        };
        let affected = match alternatives(old).iter().all(is_taken) {
            true => Affected::Rust,
            false => Affected::Both,
        };
        let (before, now) = match old.overload.is_empty() {
            true => (what.to_owned(), "has alternatives"),
            false => (format!("{what} with alternatives"), "has none"),
        };
        let message = format!("the {before} `{}` {now} now", old.name.text);
        let place = Some((old.name.span, "what it was"));
        let help = match affected {
            Affected::Rust => {
                "Python calls it as before; in Rust each alternative has a method of its own"
            }
            _ => "let an alternative accept the values that were accepted before",
        };
        let (code, span) = (Code::ChangedKind, new.name.span);
        self.report(code, affected, span, message, place, help);
    }

    /// Whether some call of `old` is not valid for `new`.
    fn breaks_python(&self, old: &Function, new: &Function) -> bool {
        let mut scratch = Comparison {
            old: self.old,
            new: self.new,
            breaks: Vec::new(),
        };
        scratch.function("function", old, new);
        scratch.breaks.iter().any(|it| it.affected.is_python())
    }

    /// Whether it is called in the same way: with the same receiver, with `await` or without.
    fn call(&mut self, old: &Function, new: &Function) {
        let before = Some((old.name.span, "how it was"));
        let name = &new.name;
        let mut changed_call = |now: &str, help: &str| {
            let message = format!("`{}` {now}", name.text);
            self.report(
                Code::ChangedCall,
                Affected::Both,
                name.span,
                message,
                before,
                help,
            );
        };
        match (old.is_async, new.is_async) {
            (false, true) => changed_call("has to be awaited now", ""),
            (true, false) => changed_call("is no coroutine any more: `await` fails", ""),
            _ => {}
        }
        if old.receiver == new.receiver {
            return;
        }
        let of_instance = |receiver| matches!(receiver, Receiver::Shared | Receiver::Mut);
        match (old.receiver, new.receiver) {
            // Both can be called on the class or on an instance.
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
            (_, is) if of_instance(is) => changed_call("is called on an instance now", ""),
            _ => changed_call(
                "is called on the class now",
                "a call on an instance still works, but the instance is no longer passed to the function",
            ),
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
            // No code uses a `None`.
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
        let all = |interface: &Interface, raises: &[ExceptionId]| -> Vec<String> {
            let names = raises.iter().map(|id| exception(interface, *id));
            names.collect()
        };
        let (was, is) = (all(self.old, before), all(self.new, now));
        let lost: Vec<_> = was.iter().filter(|name| !is.contains(name)).collect();
        let new_ids = now.iter().zip(&is).filter(|(_, name)| !was.contains(name));
        let added: Vec<_> = new_ids.clone().map(|(_, name)| name).collect();
        // Handlers of an old exception also catch its subclasses.
        let is_caught = |id: ExceptionId| {
            let mut bases = std::iter::successors(Some(id), |id| self.new[*id].base);
            bases.any(|base| was.contains(&exception(self.new, base)))
        };
        let is_uncaught = new_ids.clone().any(|(id, _)| !is_caught(*id));
        let listed = |names: &[&String]| {
            let names: Vec<_> = names
                .iter()
                .map(|name| format!("`{}`", name.replace(['[', ']'], "")))
                .collect();
            names.join(" and ")
        };
        let (how, names) = match (added.is_empty(), lost.is_empty()) {
            (true, true) => return self.failure(old, new),
            (false, true) => ("too", listed(&added)),
            (true, false) if is.is_empty() => ("nothing any more", String::new()),
            (true, false) => ("no longer", listed(&lost)),
            (false, false) => (
                "instead",
                format!("{}, no longer {}", listed(&added), listed(&lost)),
            ),
        };
        let message = match how {
            "too" if was.is_empty() => format!("`{}` raises {names} now", name.text),
            "too" => format!("`{}` raises {names} too", name.text),
            "no longer" => format!("`{}` no longer raises {names}", name.text),
            "instead" => format!("`{}` raises {names}", name.text),
            how => format!("`{}` raises {how}", name.text),
        };
        let (code, help) = match (is_uncaught, was.is_empty()) {
            (true, true) => (
                Code::NewException,
                "Python code that calls it catches nothing yet",
            ),
            (true, false) => (
                Code::NewException,
                "let it extend one of those before: Python code catches that already",
            ),
            (false, _) => (Code::ChangedRustSignature, ""),
        };
        let place = Some((old.name.span, "what it raised"));
        self.report(code, Affected::Rust, name.span, message, place, help);
    }

    /// The error of a WIT result: a case of a type, which is an exception class, or a `RuntimeError`.
    fn failure(&mut self, old: &Function, new: &Function) {
        let raised = |interface: &Interface, function: &Function| {
            Some(match function.error.as_ref()? {
                Failure::Unit => ("a `RuntimeError`".to_owned(), None),
                Failure::Value(ty) => match shown(interface, ty) {
                    name if is_class(interface, ty) => (format!("`{name}`"), None),
                    name => (
                        format!("a `RuntimeError` with a `{name}`"),
                        Some(canonical(interface, ty)),
                    ),
                },
            })
        };
        let (was, is) = (raised(self.old, old), raised(self.new, new));
        if was == is {
            return;
        }
        let place = Some((old.name.span, "what it raised"));
        let name = &new.name;
        let (code, affected, message) = match (was, is) {
            (_, None) => (
                Code::ChangedRustSignature,
                Affected::Rust,
                format!("`{}` raises nothing any more", name.text),
            ),
            (None, Some((now, _))) => (
                Code::NewException,
                Affected::Rust,
                format!("`{}` raises {now}", name.text),
            ),
            (Some((before, _)), Some((now, _))) => (
                Code::NewException,
                Affected::Both,
                format!("`{}` raises {now}, no longer {before}", name.text),
            ),
        };
        self.report(code, affected, name.span, message, place, "");
    }
}

/// Whether a type becomes an exception class if a function fails with it.
fn is_class(interface: &Interface, ty: &Type) -> bool {
    matches!(interface.expanded(ty), Type::Enum(_) | Type::Variant(_))
}
