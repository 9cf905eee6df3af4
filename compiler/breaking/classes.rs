//! Classes and protocols.

use super::types::{Flow, canonical, fits, qualified, shown};
use super::{Affected, Comparison, keeps_name, key};
use crate::diagnostic::Code;
use crate::model::{
    Accessor, ClassId, ClassItem, Interface, Name, OperatorKind, Property, ProtocolId,
};
use crate::names;

/// The implementer of a class's members.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Rust: a class.
    Rust,
    /// Python: a protocol.
    Python,
}

impl Comparison<'_> {
    pub(super) fn class(&mut self, old: ClassId, new: ClassId) {
        let base = |interface: &Interface, id: ClassId| {
            let base = interface[id].base?;
            Some(qualified(
                interface,
                interface[base].module,
                &interface[base].name,
            ))
        };
        let bases = [base(self.old, old), base(self.new, new)];
        let (old, new) = (&self.old[old], &self.new[new]);
        let place = Some((old.name.span, "the class before"));
        if bases[0] != bases[1] && bases[0].is_some() {
            let message = format!("`{}` does not extend what it extended", new.name.text);
            self.report(
                Code::ChangedBase,
                Affected::Both,
                new.name.span,
                message,
                place,
                "",
            );
        }
        let lost = [
            (
                old.open && !new.open,
                "cannot be subclassed any more",
                "keep `@open`",
            ),
            (
                old.weakref && !new.weakref,
                "has no weak references any more",
                "keep `@weakref`",
            ),
            (
                old.dict && !new.dict,
                "has no attributes of its own any more",
                "keep `@dict`",
            ),
            (
                old.pickle && !new.pickle,
                "cannot be pickled any more",
                "keep `@pickle`",
            ),
            (
                old.context_manager.is_some() && new.context_manager.is_none(),
                "cannot be used with `with` any more",
                "keep `@context-manager`",
            ),
        ];
        for (_, what, help) in lost.iter().filter(|(is_lost, _, _)| *is_lost) {
            let message = format!("`{}` {what}", new.name.text);
            self.report(
                Code::LessOfAClass,
                Affected::Python,
                new.name.span,
                message,
                place,
                help,
            );
        }
        if is_hashable(&old.items)
            && declares(&new.items, OperatorKind::Eq)
            && !is_hashable(&new.items)
            && !declares(&old.items, OperatorKind::Hash)
        {
            self.report(
                Code::LessOfAClass,
                Affected::Python,
                new.name.span,
                format!(
                    "`{}` cannot be in a set or the key of a dict any more",
                    new.name.text
                ),
                place,
                "declare `operator hash: func() -> u64;` beside `eq`",
            );
        }
        match (&old.constructor, &new.constructor) {
            (Some(before), Some(now)) => self.function("constructor", before, now),
            (Some(before), None) => {
                let message = format!("Python cannot make a `{}` any more", new.name.text);
                let place = Some((before.name.span, "its constructor"));
                self.report(
                    Code::LessOfAClass,
                    Affected::Both,
                    new.name.span,
                    message,
                    place,
                    "",
                );
            }
            (None, Some(now)) => self.required_of_rust("constructor", &now.name),
            (None, None) => {}
        }
        self.members(&new.name, &old.items, &new.items, Side::Rust);
    }

    pub(super) fn protocol(&mut self, old: ProtocolId, new: ProtocolId) {
        let (old, new) = (&self.old[old], &self.new[new]);
        self.members(&new.name, &old.items, &new.items, Side::Python);
    }

    fn members(&mut self, owner: &Name, old: &[ClassItem], new: &[ClassItem], side: Side) {
        for item in old {
            let same = new.iter().find(|other| identity(other) == identity(item));
            let other = same.or_else(|| new.iter().find(|other| is_called_the_same(item, other)));
            match other {
                Some(other) => self.member(item, other),
                None => {
                    let (what, name) = describe(item);
                    let message = format!("the {what} `{}` of `{}` is gone", name.text, owner.text);
                    let affected = match side {
                        Side::Rust => Affected::Both,
                        // Objects may have more members than a protocol requires.
                        Side::Python => Affected::Rust,
                    };
                    let before = Some((name.span, "it was here"));
                    self.report(Code::RemovedItem, affected, owner.span, message, before, "");
                }
            }
        }
        for item in new {
            let is_known = |other: &ClassItem| {
                identity(other) == identity(item) || is_called_the_same(other, item)
            };
            if old.iter().any(is_known) {
                continue;
            }
            let (what, name) = describe(item);
            let has_value = matches!(item, ClassItem::Const(constant) if constant.value.is_some());
            match side {
                Side::Rust if has_value => {}
                Side::Rust => self.required_of_rust(what, name),
                Side::Python => {
                    let message = format!("`{}` asks for a new {what} `{}`", owner.text, name.text);
                    self.report(
                        Code::NewRequirement,
                        Affected::Python,
                        name.span,
                        message,
                        None,
                        "",
                    );
                }
            }
        }
    }

    fn member(&mut self, old: &ClassItem, new: &ClassItem) {
        let (what, name) = describe(old);
        let (now, new_name) = describe(new);
        let recased = match old {
            ClassItem::Const(_) => names::upper_snake,
            _ => names::snake,
        };
        match (old, new) {
            (ClassItem::Operator(before), ClassItem::Operator(now)) => {
                return self.function("operator", &before.function, &now.function);
            }
            (ClassItem::Const(before), ClassItem::Const(now)) => self.constant(before, now),
            (ClassItem::Method(before), ClassItem::Method(now)) => {
                self.function("method", before, now)
            }
            (ClassItem::Property(before), ClassItem::Property(now)) => self.property(before, now),
            _ => return self.changed_kind(what, name, now, new_name),
        }
        self.names(name, new_name, recased);
    }

    fn property(&mut self, old: &Property, new: &Property) {
        let place = Some((old.name.span, "the property before"));
        if !old.readonly && new.readonly {
            let message = format!("the property `{}` can only be read now", new.name.text);
            self.report(
                Code::ReadonlyProperty,
                Affected::Python,
                new.name.span,
                message,
                place,
                "",
            );
        } else if old.readonly && !new.readonly {
            self.required_of_rust("setter of the property", &new.name);
        }
        let read = fits((self.new, &new.ty), (self.old, &old.ty), Flow::IntoPython);
        let written = old.readonly
            || new.readonly
            || fits((self.old, &old.ty), (self.new, &new.ty), Flow::FromPython);
        let message = format!(
            "the property `{}` is `{}`, no longer `{}`",
            new.name.text,
            shown(self.new, &new.ty),
            shown(self.old, &old.ty)
        );
        if !(read && written) {
            let affected = self.also_rust(Affected::Python, &old.ty, &new.ty);
            self.report(
                Code::ChangedResult,
                affected,
                new.name.span,
                message,
                place,
                "",
            );
        } else if canonical(self.old, &old.ty) != canonical(self.new, &new.ty) {
            self.report(
                Code::ChangedRustSignature,
                Affected::Rust,
                new.name.span,
                message,
                place,
                "",
            );
        }
    }
}

fn declares(items: &[ClassItem], kind: OperatorKind) -> bool {
    let is_it = |item: &ClassItem| matches!(item, ClassItem::Operator(it) if it.kind == kind);
    items.iter().any(is_it)
}

/// As in Python, instances of a class that defines equality without a hash are not hashable.
fn is_hashable(items: &[ClassItem]) -> bool {
    !declares(items, OperatorKind::Eq) || declares(items, OperatorKind::Hash)
}

/// The key of a member among those of its class; a getter and a setter have one name.
fn identity(item: &ClassItem) -> (Option<OperatorKind>, Option<Accessor>, String) {
    match item {
        ClassItem::Operator(operator) => (Some(operator.kind), None, String::new()),
        ClassItem::Method(function) => (None, function.accessor, key(&function.name)),
        _ => (None, None, key(describe(item).1)),
    }
}

/// Whether both have the same name in Python, though not in the interface file.
fn is_called_the_same(old: &ClassItem, new: &ClassItem) -> bool {
    let ((what, before), (now, name)) = (describe(old), describe(new));
    what == now && what != "operator" && keeps_name(before, name)
}

fn describe(item: &ClassItem) -> (&'static str, &Name) {
    match item {
        ClassItem::Const(constant) => ("constant", &constant.name),
        ClassItem::Property(property) => ("property", &property.name),
        ClassItem::Method(function) => match function.accessor {
            None => ("method", &function.name),
            Some(Accessor::Get) => ("getter", &function.name),
            Some(Accessor::Set) => ("setter", &function.name),
        },
        ClassItem::Operator(operator) => ("operator", &operator.function.name),
    }
}
