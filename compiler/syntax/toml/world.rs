//! The exports and imports of a world.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::{Entry, entries};
use super::reader::{Given, Reader, Shape};
use crate::syntax::ast::{self, Direction, ExternKind, Item, ItemKind, Meta};
use crate::syntax::context::Context;
use crate::syntax::parse::fragment;

const EXTERN: Shape = Shape {
    what: "an export or import",
    keys: &["sig", "path", "interface", "doc", "attrs"],
};

const EXPECTED: &str =
    "a string with a signature or a path, such as `\"func()\"` or `\"wasi:io/streams\"`";

impl Reader<'_> {
    /// The exports or imports of a world, by name.
    pub(super) fn externs(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        direction: Direction,
        items: &mut Vec<Item>,
    ) {
        let expected = match direction {
            Direction::Import => "a table by name; paths without a name stand in `imports`",
            Direction::Export => "a table by name; paths without a name stand in `exports`",
        };
        let Some(table) = self.table(value, expected) else {
            return;
        };
        for entry in entries(table) {
            let found = self.external(entry, direction);
            items.extend(self.item(entry, found));
        }
    }

    fn external(&mut self, entry: Entry<'_>, direction: Direction) -> Option<(Meta, ItemKind)> {
        let name = self.name(entry, fragment::declared("the import or export"));
        let (meta, kind) = match self.given(entry.value, EXPECTED)? {
            Given::Text(text) => (Meta::default(), self.parse(&text, fragment::extern_kind)?),
            Given::Table(table) => (self.meta(table), self.extern_kind(entry, table)?),
        };
        let external = ast::Extern {
            direction,
            name: Some(name?),
            kind,
        };
        Some((meta, ItemKind::Extern(external)))
    }

    fn extern_kind(&mut self, entry: Entry<'_>, table: &DeTable<'_>) -> Option<ExternKind> {
        let mut kind = None;
        let mut first = None;
        for key in entries(table) {
            let name = key.key.get_ref().as_ref();
            match name {
                "doc" | "attrs" => {}
                "sig" | "path" | "interface" => match first.replace(name) {
                    Some(first) => self.one_too_many(key, first),
                    None => kind = self.extern_part(key),
                },
                _ => self.unknown_key(key, &EXTERN),
            }
        }
        if first.is_none() {
            self.missing_key(entry, "sig", "sig = \"func()\"` or `path = \"store\"");
        }
        kind
    }

    fn extern_part(&mut self, key: Entry<'_>) -> Option<ExternKind> {
        match key.key.get_ref().as_ref() {
            "interface" => {
                let table = self.table(key.value, "a table with the items of the interface")?;
                Some(ExternKind::Interface(self.items(table, Context::Interface)))
            }
            "path" => {
                let text = self.string(
                    key.value,
                    "a string with a path, such as `\"wasi:io/streams\"`",
                )?;
                self.parse(&text, fragment::use_path).map(ExternKind::Path)
            }
            _ => {
                let text =
                    self.string(key.value, "a string with a signature, such as `\"func()\"`")?;
                self.parse(&text, fragment::signature(false))
                    .map(ExternKind::Function)
            }
        }
    }
}
