//! Modules and their items.

use super::types::python;
use super::{Affected, Comparison, keeps_name, key};
use crate::diagnostic::Code;
use crate::diagnostic::suggest::nearest;
use crate::model::{Interface, ItemId, Module, ModuleId, Name};
use crate::names;

/// The description of an item in messages, and the convention for its Python name.
type Kind = (&'static str, fn(&str) -> String);

/// The item of `others` with the name of `item`; a getter and a setter have one name.
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
    let name = interface.item_name(item);
    let wanted = (key(name), accessor(interface, item));
    let is_same =
        |item: &&ItemId| (key(other.item_name(**item)), accessor(other, **item)) == wanted;
    let is_called_the_same = |candidate: &&ItemId| {
        kind(**candidate).0 == kind(item).0 && keeps_name(name, other.item_name(**candidate))
    };
    let same = others.iter().find(is_same);
    same.or_else(|| others.iter().find(is_called_the_same))
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
                None => self.lost_module(module),
            }
        }
    }

    fn lost_module(&mut self, module: &Module) {
        let (old, new) = (self.old, self.new);
        let is_new = |candidate: &Module| {
            let name = key(&candidate.name);
            old.exported().all(|(_, known)| key(&known.name) != name)
        };
        let has_same = |candidate: &Module| {
            let mut items = module.items.iter();
            items.any(|item| same(old, *item, new, &candidate.items).is_some())
        };
        // The new module that has its items.
        let heir = new.exported().skip(1).map(|(_, candidate)| candidate);
        let heir = heir
            .filter(|candidate| is_new(candidate))
            .find(|it| has_same(it));
        let help = heir.map(|heir| {
            let name = python(&module.name, names::snake);
            format!(
                "if it is `{}` now, keep its name in Python with `@py.name(\"{name}\")`",
                heir.name.text
            )
        });
        let parent = module.parent.unwrap_or(Interface::ROOT);
        let place = new.modules.get(parent.0 as usize).unwrap_or(new.root());
        self.report(
            Code::RemovedItem,
            Affected::Both,
            heir.unwrap_or(place).name.span,
            format!("the module `{}` is gone", module.name.text),
            Some((module.name.span, "it was here")),
            help.as_deref().unwrap_or_default(),
        );
    }

    /// Reports a removed item, and its possible new place.
    fn lost_item(&mut self, item: ItemId, old: &Module, new: &Module) {
        let (what, recased) = kind(item);
        let name = self.old.item_name(item);
        let is_same_kind = |other: &ItemId| kind(*other).0 == what;
        let moved = self.new.exported().find_map(|(_, module)| {
            let other = same(self.old, item, self.new, &module.items).filter(|it| is_same_kind(it));
            Some((module, self.new.item_name(*other?)))
        });
        let mut span = new.name.span;
        let mut message = format!("the {what} `{}` is gone", name.text);
        let mut help = String::new();
        if let Some((module, found)) = moved {
            span = found.span;
            let home = |module: &Module| match module.parent {
                Some(_) => format!("`{}`", module.name.text),
                None => "the module itself".to_owned(),
            };
            let (there, here) = (home(module), home(old));
            message = format!(
                "the {what} `{}` is in {there} now, no longer in {here}",
                name.text
            );
            help = "code that imports it has to import it from there".to_owned();
        } else {
            let added = new.items.iter().filter(|other| {
                is_same_kind(other) && same(self.new, **other, self.old, &old.items).is_none()
            });
            let texts = added.map(|other| self.new.item_name(*other).text.as_str());
            if let Some(nearest) = nearest(&name.text, texts) {
                let python = python(name, recased);
                help = format!(
                    "if it is `{nearest}` now, keep its name in Python with `@py.name(\"{python}\")`"
                );
            }
        }
        let before = Some((name.span, "it was here"));
        self.report(
            Code::RemovedItem,
            Affected::Both,
            span,
            message,
            before,
            &help,
        );
    }

    fn module(&mut self, old: &Module, new: &Module) {
        // Without a package declaration the name is the file's, which may differ between any two files.
        let is_named = self.old.package.is_some() && self.new.package.is_some();
        let before = python(&old.name, names::snake);
        if (is_named || old.parent.is_some()) && before != python(&new.name, names::snake) {
            self.renamed(&old.name, &new.name, names::snake);
        }
        for item in &old.items {
            let (kind, name) = (kind(*item), self.old.item_name(*item));
            let Some(other) = same(self.old, *item, self.new, &new.items) else {
                self.lost_item(*item, old, new);
                continue;
            };
            let other_name = self.new.item_name(*other);
            let same_kind = std::mem::discriminant(item) == std::mem::discriminant(other);
            if same_kind {
                self.names(name, other_name, kind.1);
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

    /// Reports an item that Rust must newly implement.
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

    /// Compares the names of an item in both languages.
    pub(super) fn names(&mut self, old: &Name, new: &Name, recased: fn(&str) -> String) {
        if python(old, recased) != python(new, recased) {
            self.renamed(old, new, recased);
        }
        if key(old) != key(new) {
            let [before, now] = [old, new].map(|name| recased(&name.text));
            self.report(
                Code::ChangedRustSignature,
                Affected::Rust,
                new.span,
                format!("`{before}` is called `{now}` in Rust now"),
                Some((old.span, "its name before")),
                "",
            );
        }
    }

    /// Reports a changed name in Python.
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

    /// Reports a name that now refers to something else.
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
