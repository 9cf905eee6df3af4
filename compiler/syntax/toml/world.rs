//! What a world exports and imports.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::{Entry, entries};
use super::reader::{Given, Reader, Shape};
use crate::syntax::ast::{self, Direction, ExternKind, Item, ItemKind, Meta};
use crate::syntax::parse::{Context, fragment};

const EXTERN: Shape = Shape {
    what: "an export or import",
    keys: &["sig", "path", "interface", "doc", "attrs"],
};

const EXPECTED: &str =
    "a string with a signature or a path, such as `\"func()\"` or `\"wasi:io/streams\"`";

impl Reader<'_> {
    /// `["wasi:io/streams", "run: func()"]`, or a table by name or path.
    pub(super) fn externs(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        direction: Direction,
        items: &mut Vec<Item>,
    ) {
        match value.get_ref() {
            DeValue::Array(array) => {
                for element in array.iter() {
                    let Some(text) = self.string(element, EXPECTED) else {
                        continue;
                    };
                    let span = text.span;
                    if let Some(kind) = self.parse(&text, fragment::external(direction)) {
                        let meta = Meta::default();
                        items.push(Item { meta, kind, span });
                    }
                }
            }
            DeValue::Table(table) => {
                for entry in entries(table) {
                    let found = self.external(entry, direction);
                    items.extend(self.item(entry, found));
                }
            }
            _ => self.wrong_type(value, "an array of paths, or a table by name"),
        }
    }

    fn external(&mut self, entry: Entry<'_>, direction: Direction) -> Option<(Meta, ItemKind)> {
        let (meta, kind) = match self.given(entry.value, EXPECTED)? {
            Given::Text(text) => {
                let kind = self.parse(&text, fragment::extern_kind)?;
                (Meta::default(), Some(kind))
            }
            Given::Table(table) => (self.meta(table), self.extern_kind(table)?),
        };
        let (name, kind) = match kind {
            Some(kind) => {
                let name = self.name(entry, fragment::declared("the import or export"))?;
                (Some(name), kind)
            }
            None => {
                let text = self.key(entry);
                (
                    None,
                    ExternKind::Path(self.parse(&text, fragment::use_path)?),
                )
            }
        };
        let external = ast::Extern {
            direction,
            name,
            kind,
        };
        Some((meta, ItemKind::Extern(external)))
    }

    /// What a table says of an export or import. `Some(None)`: nothing, so that the key is its path; `None`: it is wrong.
    fn extern_kind(&mut self, table: &DeTable<'_>) -> Option<Option<ExternKind>> {
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
        match (first, kind) {
            (None, _) => Some(None),
            (Some(_), kind) => kind.map(Some),
        }
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
