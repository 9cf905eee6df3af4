//! Classes, resources and protocols.

use toml::de::DeTable;

use super::document::Entry;
use super::reader::{Given, Reader, Shape};
use crate::syntax::ast::{self, ItemKind, Meta};
use crate::syntax::context::Context;
use crate::syntax::parse::fragment;

const PROPERTY: Shape = Shape {
    what: "a property",
    keys: &["type", "readonly", "raises", "doc", "attrs"],
};

impl Reader<'_> {
    pub(super) fn class(&mut self, entry: Entry<'_>) -> Option<(Meta, ItemKind)> {
        self.any_class(entry, "class")
    }

    pub(super) fn resource(&mut self, entry: Entry<'_>) -> Option<(Meta, ItemKind)> {
        self.any_class(entry, "resource")
    }

    fn any_class(&mut self, entry: Entry<'_>, keyword: &str) -> Option<(Meta, ItemKind)> {
        let name = self.name(entry, fragment::declared_type("the class"));
        let table = self.table(entry.value, "a table with the items of the class")?;
        let base = table.get("extends").and_then(|value| self.base(value));
        let implements = table.get("implements").map(|value| {
            self.listed(
                value,
                "an array of protocols, such as `[\"sized\"]`",
                fragment::types,
            )
        });
        let meta = self.meta(table);
        let items = self.items(table, Context::Class);
        let class = ast::Class {
            keyword: keyword.to_owned(),
            name: name?,
            base,
            implements: implements.unwrap_or_default(),
            items,
        };
        Some((meta, ItemKind::Class(class)))
    }

    pub(super) fn protocol(&mut self, entry: Entry<'_>) -> Option<(Meta, ItemKind)> {
        let name = self.name(entry, fragment::declared_type("the protocol"));
        let table = self.table(entry.value, "a table with the items of the protocol")?;
        let bases = table.get("extends").map(|value| {
            self.listed(
                value,
                "an array of protocols, such as `[\"sized\"]`",
                fragment::bases,
            )
        });
        let meta = self.meta(table);
        let items = self.items(table, Context::Protocol);
        let protocol = ast::Protocol {
            name: name?,
            bases: bases.unwrap_or_default(),
            items,
        };
        Some((meta, ItemKind::Protocol(protocol)))
    }

    pub(super) fn constructor(&mut self, entry: Entry<'_>) -> Option<(Meta, ItemKind)> {
        let example = "a string with parameters, such as `\"(words: list<string>)\"`";
        let (meta, body) = self.callable(entry, true, example, fragment::constructor)?;
        Some((meta, ItemKind::Constructor(ast::Constructor { body })))
    }

    pub(super) fn operator(&mut self, entry: Entry<'_>) -> Option<(Meta, ItemKind)> {
        let name = self.name(entry, fragment::operator_name);
        let (meta, body) = self.function(entry, true)?;
        Some((
            meta,
            ItemKind::Operator(ast::Operator { name: name?, body }),
        ))
    }

    pub(super) fn property(&mut self, entry: Entry<'_>) -> Option<(Meta, ItemKind)> {
        let name = self.name(entry, fragment::declared("the property"));
        let expected = "a string with a type, such as `\"u64\"`";
        let (meta, property) = match self.given(entry.value, expected)? {
            Given::Text(text) => {
                let (ty, raises) = self.parse(&text, fragment::type_and_raises)?;
                let property = ast::Property {
                    name: name?,
                    readonly: false,
                    ty: Some(ty),
                    raises,
                };
                (Meta::default(), property)
            }
            Given::Table(table) => (self.meta(table), self.property_table(entry, table, name)?),
        };
        Some((meta, ItemKind::Property(property)))
    }

    fn property_table(
        &mut self,
        entry: Entry<'_>,
        table: &DeTable<'_>,
        name: Option<ast::Name>,
    ) -> Option<ast::Property> {
        let (mut ty, mut readonly, mut raises) = (None, false, Vec::new());
        for key in super::document::entries(table) {
            match key.key.get_ref().as_ref() {
                "doc" | "attrs" => {}
                "type" => {
                    let text = self.string(key.value, "a string with a type, such as `\"u64\"`");
                    ty = text.and_then(|text| self.parse(&text, fragment::ty));
                }
                "readonly" => readonly = self.boolean(key.value).unwrap_or_default(),
                "raises" => {
                    raises = self.listed(
                        key.value,
                        "an array of exceptions, such as `[\"value-error\"]`",
                        fragment::exceptions,
                    );
                }
                _ => self.unknown_key(key, &PROPERTY),
            }
        }
        if table.get("type").is_none() {
            self.missing_key(entry, "type", "type = \"u64\"");
        }
        Some(ast::Property {
            name: name?,
            readonly,
            ty,
            raises,
        })
    }
}
