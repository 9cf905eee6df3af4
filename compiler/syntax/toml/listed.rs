//! Arrays of items without names: `use`, `include`, and the paths that a world imports and exports.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::entries;
use super::reader::{Reader, Shape};
use super::text::Text;
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{Direction, Item, ItemKind, Meta};
use crate::syntax::cursor::{Cursor, Parsed};
use crate::syntax::parse::fragment;

/// An array of items without names.
pub(super) struct ListedItems {
    /// A description of the array.
    expected: &'static str,
    /// A description of an element.
    element: &'static str,
    example: &'static str,
    shape: Shape,
    rule: for<'t> fn(Cursor<'t>) -> Parsed<'t, ItemKind>,
}

pub(super) const USE: ListedItems = ListedItems {
    expected: "an array of what is used, such as `[\"types.{point}\"]`",
    element: "a string such as `\"types.{point, line as l}\"`",
    example: "\"types.{point}\"",
    shape: Shape {
        what: "a use",
        keys: &["path", "doc", "attrs"],
    },
    rule: fragment::use_item,
};

pub(super) const INCLUDE: ListedItems = ListedItems {
    expected: "an array of worlds, such as `[\"other\"]`",
    element: "a string such as `\"other with { a as b }\"`",
    example: "\"other\"",
    shape: Shape {
        what: "an include",
        keys: &["path", "doc", "attrs"],
    },
    rule: fragment::include,
};

const PATH: &str = "a string with a path, such as `\"wasi:io/streams@0.2.0\"`";

pub(super) const IMPORTS: ListedItems = ListedItems {
    expected: "an array of paths, such as `[\"wasi:io/streams@0.2.0\"]`",
    element: PATH,
    example: "\"wasi:io/streams@0.2.0\"",
    shape: Shape {
        what: "an import",
        keys: &["path", "doc", "attrs"],
    },
    rule: |input| fragment::external(Direction::Import)(input),
};

pub(super) const EXPORTS: ListedItems = ListedItems {
    expected: "an array of paths, such as `[\"store\"]`",
    element: PATH,
    example: "\"store\"",
    shape: Shape {
        what: "an export",
        keys: &["path", "doc", "attrs"],
    },
    rule: |input| fragment::external(Direction::Export)(input),
};

impl Reader<'_> {
    /// The items of an array: strings, or tables with `path`.
    pub(super) fn listed_items(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        list: &ListedItems,
        items: &mut Vec<Item>,
    ) {
        let Some(array) = value.get_ref().as_array() else {
            return self.wrong_type(value, list.expected);
        };
        for element in array.iter() {
            let (meta, text) = match element.get_ref() {
                DeValue::Table(table) => {
                    let Some(text) = self.path_of(element, table, list) else {
                        continue;
                    };
                    (self.meta(table), text)
                }
                _ => match self.string(element, list.element) {
                    Some(text) => (Meta::default(), text),
                    None => continue,
                },
            };
            let span = text.span;
            if let Some(kind) = self.parse(&text, list.rule) {
                items.push(Item { meta, kind, span });
            }
        }
    }

    /// `path` of a table in an array; other keys are reported.
    fn path_of<'a>(
        &mut self,
        element: &Spanned<DeValue<'a>>,
        table: &'a DeTable<'a>,
        list: &ListedItems,
    ) -> Option<Text<'a>> {
        let mut path = None;
        for key in entries(table) {
            match key.key.get_ref().as_ref() {
                "path" => path = self.string(key.value, list.element),
                "doc" | "attrs" => {}
                _ => self.unknown_key(key, &list.shape),
            }
        }
        if table.get("path").is_none() && self.damage.is_empty() {
            let span = self.value_span(element);
            let message = format!("{} has no `path`", list.shape.what);
            self.report(
                Diagnostic::new(Code::MissingTomlKey, span, message, "`path` is missing")
                    .help(format!("write `path = {}`", list.example)),
            );
        }
        path
    }
}
