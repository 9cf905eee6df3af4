//! Declared types without methods, and constants.

use toml::Spanned;
use toml::de::DeValue;

use super::document::{Entry, entries};
use super::reader::{Given, Reader, Shape};
use crate::syntax::ast::{self, Case, Field, ItemKind, Member, Meta, Payload};
use crate::syntax::parse::fragment;

const ALIAS: Shape = Shape {
    what: "a type",
    keys: &["type", "doc", "attrs"],
};
const RECORD: Shape = Shape {
    what: "a record",
    keys: &["fields", "doc", "attrs"],
};
const EXCEPTION: Shape = Shape {
    what: "an exception",
    keys: &["extends", "fields", "doc", "attrs"],
};
const FIELD: Shape = Shape {
    what: "a field",
    keys: &["type", "default", "doc", "attrs"],
};
const CONST: Shape = Shape {
    what: "a constant",
    keys: &["type", "value", "doc", "attrs"],
};
const VARIANT: Shape = Shape {
    what: "a variant",
    keys: &["cases", "doc", "attrs"],
};
const CASE: Shape = Shape {
    what: "a case",
    keys: &["payload", "fields", "doc", "attrs"],
};
const ENUM: Shape = Shape {
    what: "an enum",
    keys: &["repr", "members", "doc", "attrs"],
};
const FLAGS: Shape = Shape {
    what: "flags",
    keys: &["repr", "members", "doc", "attrs"],
};
const MEMBER: Shape = Shape {
    what: "a member",
    keys: &["value", "doc", "attrs"],
};

const TYPE_EXAMPLE: &str = "a string with a type, such as `\"list<u8>\"`";

/// Docs and attributes, type, and value or default.
type TypedValue = (Meta, Option<ast::Type>, Option<ast::Literal>);

impl Reader<'_> {
    pub(super) fn alias(&mut self, entry: Entry<'_>) -> Option<(Meta, ItemKind)> {
        let name = self.name(entry, fragment::declared_type("the type"));
        let (meta, text) = self.with_text(entry, "type", &ALIAS, TYPE_EXAMPLE)?;
        let ty = self.parse(&text, fragment::ty);
        Some((meta, ItemKind::Alias(ast::Alias { name: name?, ty })))
    }

    pub(super) fn record(&mut self, entry: Entry<'_>) -> Option<(Meta, ItemKind)> {
        let name = self.name(entry, fragment::declared_type("the record"));
        let table = self.table(entry.value, "a table with `fields`")?;
        let mut fields = Vec::new();
        for key in entries(table) {
            match key.key.get_ref().as_ref() {
                "doc" | "attrs" => {}
                "fields" => fields = self.fields(key.value),
                _ => self.unknown_key(key, &RECORD),
            }
        }
        let meta = self.meta(table);
        Some((
            meta,
            ItemKind::Record(ast::Record {
                name: name?,
                fields,
            }),
        ))
    }

    pub(super) fn exception(&mut self, entry: Entry<'_>) -> Option<(Meta, ItemKind)> {
        let name = self.name(entry, fragment::declared_type("the exception"));
        let table = self.table(
            entry.value,
            "a table with `extends` and `fields`, or an empty one",
        )?;
        let (mut fields, mut base) = (Vec::new(), None);
        for key in entries(table) {
            match key.key.get_ref().as_ref() {
                "doc" | "attrs" => {}
                "fields" => fields = self.fields(key.value),
                "extends" => base = self.base(key.value),
                _ => self.unknown_key(key, &EXCEPTION),
            }
        }
        let meta = self.meta(table);
        let exception = ast::Exception {
            name: name?,
            base,
            fields,
        };
        Some((meta, ItemKind::Exception(exception)))
    }

    /// `extends` of an exception or class.
    pub(super) fn base(&mut self, value: &Spanned<DeValue<'_>>) -> Option<ast::Path> {
        let text = self.string(value, "a string with the base, such as `\"value-error\"`")?;
        self.parse(&text, fragment::path("the base"))
    }

    /// The fields of a record, exception or case, by name.
    fn fields(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<Field> {
        let expected = "a table of fields, such as `{ x = \"f64\", y = \"f64\" }`";
        let Some(table) = self.table(value, expected) else {
            return Vec::new();
        };
        let mut fields = Vec::new();
        for entry in entries(table) {
            let name = self.name(entry, fragment::declared("the field"));
            let found = self.typed_value(entry, "default", &FIELD);
            if let (Some(name), Some((meta, ty, default))) = (name, found) {
                fields.push(Field {
                    meta,
                    name,
                    ty,
                    default,
                });
            }
        }
        fields
    }

    pub(super) fn constant(&mut self, entry: Entry<'_>) -> Option<(Meta, ItemKind)> {
        let name = self.name(entry, fragment::declared("the constant"));
        let (meta, ty, value) = self.typed_value(entry, "value", &CONST)?;
        let name = name?;
        Some((meta, ItemKind::Const(ast::Const { name, ty, value })))
    }

    /// `"u32 = 1"`, or a table with `type` and, under `key`, the value.
    fn typed_value(&mut self, entry: Entry<'_>, key: &str, shape: &Shape) -> Option<TypedValue> {
        let expected = "a string with a type, such as `\"list<u8>\"` or `\"u32 = 1\"`";
        let table = match self.given(entry.value, expected)? {
            Given::Text(text) => {
                let (ty, value) = self.parse(&text, fragment::type_and_value)?;
                return Some((Meta::default(), Some(ty), value));
            }
            Given::Table(table) => table,
        };
        let (mut ty, mut value) = (None, None);
        for inner in entries(table) {
            match inner.key.get_ref().as_ref() {
                "doc" | "attrs" => {}
                "type" => {
                    let text = self.string(inner.value, TYPE_EXAMPLE);
                    ty = text.and_then(|text| self.parse(&text, fragment::ty));
                }
                name if name == key => value = self.literal(inner.value),
                _ => self.unknown_key(inner, shape),
            }
        }
        if table.get("type").is_none() {
            self.missing_key(entry, "type", "type = \"u32\"");
        }
        Some((self.meta(table), ty, value))
    }

    pub(super) fn variant(&mut self, entry: Entry<'_>) -> Option<(Meta, ItemKind)> {
        let name = self.name(entry, fragment::declared_type("the variant"));
        let table = self.table(entry.value, "a table with `cases`")?;
        let mut cases = Vec::new();
        for key in entries(table) {
            match key.key.get_ref().as_ref() {
                "doc" | "attrs" => {}
                "cases" => cases = self.cases(key.value),
                _ => self.unknown_key(key, &VARIANT),
            }
        }
        let meta = self.meta(table);
        Some((meta, ItemKind::Variant(ast::Variant { name: name?, cases })))
    }

    /// `["close", "line-to(point)"]`, or a table by name.
    fn cases(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<Case> {
        let expected =
            "an array of cases, such as `[\"close\", \"line-to(point)\"]`, or a table of them";
        let table = match value.get_ref() {
            DeValue::Table(table) => table,
            DeValue::Array(array) => {
                let element = "a string with a case, such as `\"line-to(point)\"`";
                let texts: Vec<_> = array
                    .iter()
                    .filter_map(|value| self.string(value, element))
                    .collect();
                let cases = texts.iter();
                return cases
                    .filter_map(|text| self.parse(text, fragment::case))
                    .collect();
            }
            _ => {
                self.wrong_type(value, expected);
                return Vec::new();
            }
        };
        let mut cases = Vec::new();
        for entry in entries(table) {
            let name = self.name(entry, fragment::declared("the case"));
            if let (Some(name), Some((meta, payload))) = (name, self.case(entry)) {
                cases.push(Case {
                    meta,
                    name,
                    payload,
                });
            }
        }
        cases
    }

    /// The value of a case: `""`, `"(point)"`, `"{ x: f64 }"`, or a table.
    fn case(&mut self, entry: Entry<'_>) -> Option<(Meta, Payload)> {
        let expected =
            "a string with what the case carries, such as `\"(point)\"`, or `{}` for nothing";
        let table = match self.given(entry.value, expected)? {
            Given::Text(text) => {
                let payload = self.parse(&text, fragment::payload)?;
                return Some((Meta::default(), payload));
            }
            Given::Table(table) => table,
        };
        let mut payload = None;
        let mut first = None;
        for inner in entries(table) {
            let name = inner.key.get_ref().as_ref();
            match name {
                "doc" | "attrs" => {}
                "payload" | "fields" => match first.replace(name) {
                    Some(first) => self.one_too_many(inner, first),
                    None if name == "fields" => {
                        payload = Some(Payload::Fields(self.fields(inner.value)));
                    }
                    None => {
                        let text = self.string(inner.value, expected);
                        payload = text.and_then(|text| self.parse(&text, fragment::payload));
                    }
                },
                _ => self.unknown_key(inner, &CASE),
            }
        }
        Some((self.meta(table), payload.unwrap_or(Payload::None)))
    }

    pub(super) fn enumeration(&mut self, entry: Entry<'_>) -> Option<(Meta, ItemKind)> {
        let (meta, members) = self.with_members(entry, "the enum", &ENUM)?;
        Some((meta, ItemKind::Enum(members)))
    }

    pub(super) fn flags(&mut self, entry: Entry<'_>) -> Option<(Meta, ItemKind)> {
        let (meta, members) = self.with_members(entry, "the flags", &FLAGS)?;
        Some((meta, ItemKind::Flags(members)))
    }

    fn with_members(
        &mut self,
        entry: Entry<'_>,
        what: &'static str,
        shape: &Shape,
    ) -> Option<(Meta, ast::Enumeration)> {
        let name = self.name(entry, fragment::declared_type(what));
        let table = self.table(entry.value, "a table with `members`")?;
        let (mut repr, mut members) = (None, Vec::new());
        for key in entries(table) {
            match key.key.get_ref().as_ref() {
                "doc" | "attrs" => {}
                "repr" => {
                    let text = self.string(key.value, "a string with a type, such as `\"string\"`");
                    repr = text.and_then(|text| self.parse(&text, fragment::ty));
                }
                "members" => members = self.members(key.value),
                _ => self.unknown_key(key, shape),
            }
        }
        let enumeration = ast::Enumeration {
            name: name?,
            repr,
            members,
        };
        Some((self.meta(table), enumeration))
    }

    /// `["metre", "foot = 2"]`, or a table of values by name.
    fn members(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<Member> {
        let table = match value.get_ref() {
            DeValue::Table(table) => table,
            DeValue::Array(array) => {
                let element = "a string with a member, such as `\"metre\"` or `\"red = 1\"`";
                let texts: Vec<_> = array
                    .iter()
                    .filter_map(|value| self.string(value, element))
                    .collect();
                let members = texts.iter();
                return members
                    .filter_map(|text| self.parse(text, fragment::member))
                    .collect();
            }
            _ => {
                self.wrong_type(
                    value,
                    "an array of members, such as `[\"metre\", \"foot\"]`, or a table of them",
                );
                return Vec::new();
            }
        };
        let mut members = Vec::new();
        for entry in entries(table) {
            let name = self.name(entry, fragment::declared("the member"));
            let (meta, value) = self.member(entry);
            members.extend(name.map(|name| Member { meta, name, value }));
        }
        members
    }

    /// The value of a member, or a table.
    fn member(&mut self, entry: Entry<'_>) -> (Meta, Option<ast::Literal>) {
        let DeValue::Table(table) = entry.value.get_ref() else {
            return (Meta::default(), self.literal(entry.value));
        };
        let mut value = None;
        for inner in entries(table) {
            match inner.key.get_ref().as_ref() {
                "doc" | "attrs" => {}
                "value" => value = self.literal(inner.value),
                _ => self.unknown_key(inner, &MEMBER),
            }
        }
        (self.meta(table), value)
    }
}
