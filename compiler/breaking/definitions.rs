//! Records, variants, enums, flags, exceptions, aliases and constants.

use super::types::{Flow, canonical, exception, fits, shown};
use super::{Affected, Comparison, counterpart};
use crate::diagnostic::Code;
use crate::model::{
    AliasId, Case, Const, EnumId, ExceptionId, Field, FlagsId, Name, Payload, RecordId,
    RecordStyle, Type, VariantId,
};
use crate::names;

/// The owner of the fields.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// Fields can be passed by position.
    Data,
    /// Fields are passed by keyword.
    Exception,
}

impl Comparison<'_> {
    pub(super) fn record(&mut self, old: RecordId, new: RecordId) {
        let (old, new) = (&self.old[old], &self.new[new]);
        if old.style != new.style {
            let [before, now] = [old, new].map(|record| match record.style {
                RecordStyle::DataClass => "a data class",
                RecordStyle::NamedTuple => "a named tuple",
                RecordStyle::TypedDict => "a dict",
            });
            let message = format!("`{}` is {now} in Python, no longer {before}", new.name.text);
            let before = Some((old.name.span, "what it was"));
            let (code, affected) = (Code::ChangedKind, Affected::Python);
            self.report(code, affected, new.name.span, message, before, "");
        }
        self.fields(&new.name, &old.fields, &new.fields, Owner::Data);
    }

    fn fields(&mut self, owner: &Name, old: &[Field], new: &[Field], kind: Owner) {
        for field in old {
            let Some(other) = counterpart(&field.name, new, |field| &field.name) else {
                self.report(
                    Code::ChangedField,
                    Affected::Both,
                    owner.span,
                    format!(
                        "the field `{}` of `{}` is gone",
                        field.name.text, owner.text
                    ),
                    Some((field.name.span, "it was here")),
                    "",
                );
                continue;
            };
            self.names(&field.name, &other.name, names::snake);
            self.field_type(owner, field, other);
            match (&field.default, &other.default) {
                (Some(_), None) => self.report(
                    Code::ChangedField,
                    Affected::Python,
                    other.name.span,
                    format!(
                        "the field `{}` of `{}` has no default any more",
                        field.name.text, owner.text
                    ),
                    Some((field.name.span, "it had one")),
                    "give it its default back",
                ),
                (Some(before), Some(now)) if before != now => self.report(
                    Code::ChangedDefault,
                    Affected::Nobody,
                    other.name.span,
                    format!("the field `{}` has another default", field.name.text),
                    Some((field.name.span, "its default before")),
                    "",
                ),
                _ => {}
            }
        }
        for field in new {
            if counterpart(&field.name, old, |field| &field.name).is_none() {
                let (affected, help) = match field.default {
                    None => (
                        Affected::Both,
                        "give it a default, so that Python code can leave it out",
                    ),
                    Some(_) => (Affected::Rust, ""),
                };
                let message = format!("`{}` has a new field `{}`", owner.text, field.name.text);
                self.report(
                    Code::ChangedField,
                    affected,
                    field.name.span,
                    message,
                    None,
                    help,
                );
            }
        }
        self.field_order(old, new, kind);
    }

    fn field_type(&mut self, owner: &Name, old: &Field, new: &Field) {
        if canonical(self.old, &old.ty) == canonical(self.new, &new.ty) {
            return;
        }
        let message = format!(
            "the field `{}` of `{}` is `{}`, no longer `{}`",
            new.name.text,
            owner.text,
            shown(self.new, &new.ty),
            shown(self.old, &old.ty)
        );
        let affected = match self.fits_both_ways(&old.ty, &new.ty) {
            true => Affected::Rust,
            false => Affected::Both,
        };
        let before = Some((old.name.span, "its type before"));
        self.report(
            Code::ChangedField,
            affected,
            new.name.span,
            message,
            before,
            "",
        );
    }

    /// Whether Python can still pass and read the same values: the type must be neither wider nor narrower.
    fn fits_both_ways(&self, old: &Type, new: &Type) -> bool {
        fits((self.old, old), (self.new, new), Flow::FromPython)
            && fits((self.new, new), (self.old, old), Flow::IntoPython)
    }

    /// Fields that can be passed by position must keep their positions.
    fn field_order(&mut self, old: &[Field], new: &[Field], kind: Owner) {
        if kind == Owner::Exception {
            return;
        }
        let kept = |field: &&Field, others: &[Field]| {
            counterpart(&field.name, others, |field| &field.name).is_some()
        };
        let before = old.iter().filter(|field| kept(field, new));
        let moved = before
            .zip(new)
            .find(|(before, now)| counterpart(&before.name, new, |field| &field.name) != Some(now));
        if let Some((old, new)) = moved {
            let message = format!("`{}` stands where `{}` stood", new.name.text, old.name.text);
            self.report(
                Code::ChangedField,
                Affected::Python,
                new.name.span,
                message,
                Some((old.name.span, "the order before")),
                "add fields at the end, and keep the order: values can be given by position",
            );
        }
    }

    pub(super) fn variant(&mut self, old: VariantId, new: VariantId) {
        let (old, new) = (&self.old[old], &self.new[new]);
        self.becomes_error(&old.name, old.error, &new.name, new.error);
        for case in &old.cases {
            match counterpart(&case.name, &new.cases, |case| &case.name) {
                Some(other) => self.case(case, other),
                None => self.removed_case("case", &case.name, &new.name),
            }
        }
        for case in &new.cases {
            if counterpart(&case.name, &old.cases, |case| &case.name).is_none() {
                self.new_case("case", &case.name, &new.name);
            }
        }
    }

    fn becomes_error(&mut self, old: &Name, was: bool, new: &Name, is: bool) {
        if was != is {
            let kinds = ["class of values", "exception"];
            let (before, now) = (kinds[usize::from(was)], kinds[usize::from(is)]);
            self.changed_kind(before, old, now, new);
        }
    }

    fn case(&mut self, old: &Case, new: &Case) {
        self.names(&old.name, &new.name, names::pascal);
        let mut affected = Affected::Both;
        let same = match (&old.payload, &new.payload) {
            (Payload::None, Payload::None) => true,
            (Payload::Fields(before), Payload::Fields(now)) => {
                self.fields(&new.name, before, now, Owner::Data);
                true
            }
            (Payload::Tuple(before), Payload::Tuple(now)) => {
                let mut pairs = before.iter().zip(now);
                if before.len() == now.len()
                    && pairs.all(|(before, now)| self.fits_both_ways(before, now))
                {
                    affected = Affected::Rust;
                }
                let types = |interface, types: &[Type]| -> Vec<_> {
                    types.iter().map(|ty| canonical(interface, ty)).collect()
                };
                types(self.old, before) == types(self.new, now)
            }
            _ => false,
        };
        if !same {
            let message = format!("the case `{}` carries something else", new.name.text);
            let before = Some((old.name.span, "what it was"));
            self.report(
                Code::ChangedField,
                affected,
                new.name.span,
                message,
                before,
                "",
            );
        }
    }

    fn removed_case(&mut self, what: &str, name: &Name, owner: &Name) {
        let message = format!("the {what} `{}` of `{}` is gone", name.text, owner.text);
        let before = Some((name.span, "it was here"));
        self.report(
            Code::RemovedItem,
            Affected::Both,
            owner.span,
            message,
            before,
            "",
        );
    }

    /// A `match` in Rust must name all cases; in Python it need not.
    fn new_case(&mut self, what: &str, name: &Name, owner: &Name) {
        let message = format!(
            "`{}` has a new {what} `{}`, which a `match` does not know",
            owner.text, name.text
        );
        self.report(Code::NewCase, Affected::Rust, name.span, message, None, "");
    }

    pub(super) fn enumeration(&mut self, old: EnumId, new: EnumId) {
        let (old, new) = (&self.old[old], &self.new[new]);
        self.becomes_error(&old.name, old.error, &new.name, new.error);
        if old.repr != new.repr {
            let message = format!("the values of `{}` are of another type", new.name.text);
            let before = Some((old.name.span, "the enum before"));
            self.report(
                Code::ChangedValue,
                Affected::Python,
                new.name.span,
                message,
                before,
                "",
            );
        }
        for member in &old.members {
            let Some(other) = counterpart(&member.name, &new.members, |member| &member.name) else {
                self.removed_case("member", &member.name, &new.name);
                continue;
            };
            self.names(&member.name, &other.name, names::upper_snake);
            if member.value != other.value && old.repr == new.repr {
                self.changed_value(&member.name, &other.name, &new.name);
            }
        }
        for member in &new.members {
            if counterpart(&member.name, &old.members, |member| &member.name).is_none() {
                self.new_case("member", &member.name, &new.name);
            }
        }
    }

    fn changed_value(&mut self, old: &Name, new: &Name, owner: &Name) {
        let message = format!("`{}` of `{}` has another value", new.text, owner.text);
        self.report(
            Code::ChangedValue,
            Affected::Python,
            new.span,
            message,
            Some((old.span, "its value before")),
            "give it its value back: values are stored and compared",
        );
    }

    pub(super) fn flags(&mut self, old: FlagsId, new: FlagsId) {
        let (old, new) = (&self.old[old], &self.new[new]);
        for flag in &old.flags {
            let Some(other) = counterpart(&flag.name, &new.flags, |flag| &flag.name) else {
                self.removed_case("flag", &flag.name, &new.name);
                continue;
            };
            self.names(&flag.name, &other.name, names::upper_snake);
            if flag.value != other.value {
                self.changed_value(&flag.name, &other.name, &new.name);
            }
        }
    }

    pub(super) fn exception(&mut self, old: ExceptionId, new: ExceptionId) {
        // Handlers of the exception's former base must still catch it.
        let bases = |interface: &crate::model::Interface, id: ExceptionId| -> Vec<String> {
            std::iter::successors(interface[id].base, |id| interface[*id].base)
                .map(|id| exception(interface, id))
                .collect()
        };
        let now = bases(self.new, new);
        let lost = bases(self.old, old)
            .into_iter()
            .find(|base| !now.contains(base));
        let (old, new) = (&self.old[old], &self.new[new]);
        if let Some(base) = lost {
            let base = base.replace(['[', ']'], "");
            let message = format!("`{}` is no `{base}` any more", new.name.text);
            self.report(
                Code::ChangedBase,
                Affected::Python,
                new.name.span,
                message,
                Some((old.name.span, "it was one")),
                "code that catches that one would not catch this one",
            );
        }
        self.fields(&new.name, &old.fields, &new.fields, Owner::Exception);
    }

    pub(super) fn alias(&mut self, old: AliasId, new: AliasId) {
        let (old, new) = (&self.old[old], &self.new[new]);
        let same = canonical(self.old, &old.ty) == canonical(self.new, &new.ty);
        // Functions with it as a parameter or result are compared separately.
        if !same {
            let message = format!(
                "`{}` stands for `{}`, no longer for `{}`",
                new.name.text,
                shown(self.new, &new.ty),
                shown(self.old, &old.ty)
            );
            let before = Some((old.name.span, "what it stood for"));
            self.report(
                Code::ChangedRustSignature,
                Affected::Rust,
                new.name.span,
                message,
                before,
                "",
            );
        }
    }

    pub(super) fn constant(&mut self, old: &Const, new: &Const) {
        let before = Some((old.name.span, "what it was"));
        if !fits((self.new, &new.ty), (self.old, &old.ty), Flow::IntoPython) {
            let message = format!(
                "the constant `{}` is `{}`, no longer `{}`",
                new.name.text,
                shown(self.new, &new.ty),
                shown(self.old, &old.ty)
            );
            let affected = self.also_rust(Affected::Python, &old.ty, &new.ty);
            self.report(
                Code::ChangedValue,
                affected,
                new.name.span,
                message,
                before,
                "",
            );
        } else if old.value.is_some() && new.value.is_none() {
            self.required_of_rust("value of the constant", &new.name);
        } else if old.value != new.value && old.value.is_some() {
            let message = format!("the constant `{}` has another value", new.name.text);
            self.report(
                Code::ChangedDefault,
                Affected::Nobody,
                new.name.span,
                message,
                before,
                "",
            );
        }
    }

    /// `affected`, and Rust too if the type differs there.
    pub(super) fn also_rust(&self, affected: Affected, old: &Type, new: &Type) -> Affected {
        let differs = canonical(self.old, old) != canonical(self.new, new);
        match (affected, differs) {
            (Affected::Python, true) => Affected::Both,
            (Affected::Nobody, true) => Affected::Rust,
            (affected, _) => affected,
        }
    }
}
