//! Modules and what is in them.

use super::types::python;
use super::{Affected, Comparison, key};
use crate::diagnostic::Code;
use crate::model::{Interface, ItemId, Module, ModuleId, Name};
use crate::names;

/// What an item is called in messages, and how its name is spelt in Python.
type Kind = (&'static str, fn(&str) -> String);

/// The item of `others` that has the name of `item`; a getter and a setter have one name.
fn same<'o>(
    interface: &Interface,
    item: ItemId,
    other: &Interface,
    others: &'o [ItemId],
) -> Option<&'o ItemId> {
    let accessor = |interface: &Interface, item| match item {
        ItemId::Function(id) => interface[id].accessor,
        _ => None,
    };
    let wanted = (key(interface.item_name(item)), accessor(interface, item));
    let is_same =
        |item: &&ItemId| (key(other.item_name(**item)), accessor(other, **item)) == wanted;
    others.iter().find(is_same)
}

impl Comparison<'_> {
    pub(super) fn interfaces(&mut self) {
        let (old, new) = (self.old, self.new);
        for (id, module) in old.exported() {
            let counterpart = match id {
                Interface::ROOT => Some((Interface::ROOT, new.root())),
                _ => new.exported().skip(1).find(|(other, candidate)| {
                    key(&candidate.name) == key(&module.name)
                        && depth(new, *other) == depth(old, id)
                }),
            };
            match counterpart {
                Some((_, other)) => self.module(module, other),
                None => {
                    let message = format!("the module `{}` is gone", module.name.text);
                    let parent = module.parent.unwrap_or(Interface::ROOT);
                    let place = new.modules.get(parent.0 as usize).unwrap_or(new.root());
                    self.report(
                        Code::RemovedItem,
                        Affected::Both,
                        place.name.span,
                        message,
                        Some((module.name.span, "it was here")),
                        "",
                    );
                }
            }
        }
    }

    fn module(&mut self, old: &Module, new: &Module) {
        // Without a package declaration the name is the file's, and any two files can be compared.
        let is_named = self.old.package.is_some() && self.new.package.is_some();
        let before = python(&old.name, names::snake);
        if (is_named || old.parent.is_some()) && before != python(&new.name, names::snake) {
            self.renamed(&old.name, &new.name, names::snake);
        }
        for item in &old.items {
            let (kind, name) = (kind(*item), self.old.item_name(*item));
            let Some(other) = same(self.old, *item, self.new, &new.items) else {
                let message = format!("the {} `{}` is gone", kind.0, name.text);
                self.report(
                    Code::RemovedItem,
                    Affected::Both,
                    new.name.span,
                    message,
                    Some((name.span, "it was here")),
                    "keep it, and mark it with `@deprecated` before it goes",
                );
                continue;
            };
            let other_name = self.new.item_name(*other);
            let same_kind = std::mem::discriminant(item) == std::mem::discriminant(other);
            if same_kind && python(name, kind.1) != python(other_name, self::kind(*other).1) {
                self.renamed(name, other_name, kind.1);
            }
            self.item(*item, *other);
        }
        for item in &new.items {
            let name = self.new.item_name(*item);
            let is_new = same(self.new, *item, self.old, &old.items).is_none();
            let needed = match item {
                ItemId::Function(_) | ItemId::Class(_) => true,
                ItemId::Const(id) => self.new[*id].value.is_none(),
                _ => false,
            };
            if is_new && needed {
                self.required_of_rust(kind(*item).0, name);
            }
        }
    }

    /// Reports something that Rust has to implement from now on.
    pub(super) fn required_of_rust(&mut self, what: &str, name: &Name) {
        let message = format!(
            "the {what} `{}` is new, and Rust has to implement it",
            name.text
        );
        self.report(
            Code::NewRequirement,
            Affected::Rust,
            name.span,
            message,
            None,
            "",
        );
    }

    /// Reports a name that is the same in the interface file and another one in Python.
    pub(super) fn renamed(&mut self, old: &Name, new: &Name, recased: fn(&str) -> String) {
        let [before, now] = [old, new].map(|name| python(name, recased));
        let message = format!("`{before}` is called `{now}` in Python now");
        self.report(
            Code::RenamedInPython,
            Affected::Python,
            new.span,
            message,
            Some((old.span, "its name before")),
            &format!("keep it with `@py.name(\"{before}\")`"),
        );
    }

    fn item(&mut self, old: ItemId, new: ItemId) {
        match (old, new) {
            (ItemId::Record(old), ItemId::Record(new)) => self.record(old, new),
            (ItemId::Variant(old), ItemId::Variant(new)) => self.variant(old, new),
            (ItemId::Enum(old), ItemId::Enum(new)) => self.enumeration(old, new),
            (ItemId::Flags(old), ItemId::Flags(new)) => self.flags(old, new),
            (ItemId::Exception(old), ItemId::Exception(new)) => self.exception(old, new),
            (ItemId::Class(old), ItemId::Class(new)) => self.class(old, new),
            (ItemId::Protocol(old), ItemId::Protocol(new)) => self.protocol(old, new),
            (ItemId::Alias(old), ItemId::Alias(new)) => self.alias(old, new),
            (ItemId::Function(old), ItemId::Function(new)) => {
                let (old, new) = (&self.old[old], &self.new[new]);
                self.function("function", old, new);
            }
            (ItemId::Const(old), ItemId::Const(new)) => {
                let (old, new) = (&self.old[old], &self.new[new]);
                self.constant(old, new);
            }
            _ => {
                let (before, now) = (kind(old).0, kind(new).0);
                let (old, new) = (self.old.item_name(old), self.new.item_name(new));
                self.changed_kind(before, old, now, new);
            }
        }
    }

    /// Reports a name that stands for something else now.
    pub(super) fn changed_kind(&mut self, before: &str, old: &Name, now: &str, new: &Name) {
        let message = format!("the {before} `{}` is a {now} now", old.text);
        self.report(
            Code::ChangedKind,
            Affected::Both,
            new.span,
            message
                .replace("is a enum", "is an enum")
                .replace("is a exception", "is an exception"),
            Some((old.span, "what it was")),
            "",
        );
    }
}

fn kind(item: ItemId) -> Kind {
    match item {
        ItemId::Record(_) => ("record", names::pascal),
        ItemId::Variant(_) => ("variant", names::pascal),
        ItemId::Enum(_) => ("enum", names::pascal),
        ItemId::Flags(_) => ("flags", names::pascal),
        ItemId::Exception(_) => ("exception", names::pascal),
        ItemId::Class(_) => ("class", names::pascal),
        ItemId::Protocol(_) => ("protocol", names::pascal),
        ItemId::Alias(_) => ("type", names::pascal),
        ItemId::Function(_) => ("function", names::snake),
        ItemId::Const(_) => ("constant", names::upper_snake),
    }
}

fn depth(interface: &Interface, id: ModuleId) -> usize {
    std::iter::successors(Some(id), |id| interface[*id].parent).count()
}

impl Interface {
    /// The name of an item.
    fn item_name(&self, item: ItemId) -> &Name {
        match item {
            ItemId::Record(id) => &self[id].name,
            ItemId::Variant(id) => &self[id].name,
            ItemId::Enum(id) => &self[id].name,
            ItemId::Flags(id) => &self[id].name,
            ItemId::Exception(id) => &self[id].name,
            ItemId::Class(id) => &self[id].name,
            ItemId::Protocol(id) => &self[id].name,
            ItemId::Alias(id) => &self[id].name,
            ItemId::Function(id) => &self[id].name,
            ItemId::Const(id) => &self[id].name,
        }
    }
}
