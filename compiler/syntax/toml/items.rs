//! Tables of items: the file, interfaces, imports, worlds, packages and classes.

use toml::de::DeTable;

use super::document::{Entry, end, entries};
use super::listed;
use super::reader::{Given, Reader, Shape};
use super::text::Text;
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{self, Direction, Item, ItemKind, Meta};
use crate::syntax::context::Context;
use crate::syntax::parse::fragment;

/// The keys of a table that can contain definitions.
macro_rules! with_definitions {
    ($what:literal: $( $before:literal )* .. $( $after:literal )*) => {
        Shape {
            what: $what,
            keys: &[
                $( $before, )*
                "type", "record", "variant", "enum", "flags", "const", "exception", "class", "resource", "protocol",
                $( $after, )*
            ],
        }
    };
}

const FILE: Shape = with_definitions!("a file": "package" "doc" "use" "func" .. "interface" "world" "import" "packages");

const PACKAGE: Shape = Shape {
    what: "a package",
    keys: &["use", "interface", "world", "doc", "attrs"],
};

const INTERFACE: Shape = with_definitions!("an interface": "use" "func" .. "doc" "attrs");

const IMPORT: Shape = with_definitions!("an import": "from" "use" "func" .. "doc" "attrs");

const WORLD: Shape = with_definitions!(
    "a world": "import" "export" "imports" "exports" "include" "use" .. "doc" "attrs"
);

const CLASS: Shape = Shape {
    what: "a class",
    keys: &[
        "extends",
        "implements",
        "constructor",
        "property",
        "func",
        "operator",
        "const",
        "doc",
        "attrs",
    ],
};

const PROTOCOL: Shape = Shape {
    what: "a protocol",
    keys: &[
        "extends",
        "property",
        "func",
        "operator",
        "const",
        "constructor",
        "doc",
        "attrs",
    ],
};

fn shape(context: Context) -> &'static Shape {
    match context {
        Context::File => &FILE,
        Context::Package => &PACKAGE,
        Context::Import => &IMPORT,
        Context::World => &WORLD,
        Context::Class => &CLASS,
        Context::Protocol => &PROTOCOL,
        _ => &INTERFACE,
    }
}

/// Reads a definition of one kind from its name and its value.
type Definition<'s> = fn(&mut Reader<'s>, Entry<'_>) -> Option<(Meta, ItemKind)>;

impl<'s> Reader<'s> {
    /// The items of a table, in source order.
    pub(super) fn items(&mut self, table: &DeTable<'_>, context: Context) -> Vec<Item> {
        let mut items = Vec::new();
        let shape = shape(context);
        for entry in entries(table) {
            if self.damage.covers(entry.key.span().start) {
                continue;
            }
            let key = entry.key.get_ref().as_ref();
            if shape.keys.contains(&key) {
                self.section(entry, context, &mut items);
            } else if let Some(diagnostic) = self.misplaced(entry, context) {
                self.report(diagnostic);
            } else {
                self.unknown_key(entry, shape);
            }
        }
        items.sort_by_key(|item| item.span.start);
        items
    }

    /// Reads the value of a key that belongs to `context`.
    fn section(&mut self, entry: Entry<'_>, context: Context, items: &mut Vec<Item>) {
        let value = entry.value;
        let definition: Definition<'s> = match entry.key.get_ref().as_ref() {
            "use" => return self.listed_items(value, &listed::USE, items),
            "include" => return self.listed_items(value, &listed::INCLUDE, items),
            "imports" => return self.listed_items(value, &listed::IMPORTS, items),
            "exports" => return self.listed_items(value, &listed::EXPORTS, items),
            "import" if context == Context::File => Self::import_block,
            "import" => return self.externs(value, Direction::Import, items),
            "export" => return self.externs(value, Direction::Export, items),
            "constructor" => {
                let found = self.constructor(entry);
                items.extend(self.item(entry, found));
                return;
            }
            "func" => match context {
                Context::Class | Context::Protocol => Self::method,
                _ => Self::free_function,
            },
            "type" => Self::alias,
            "record" => Self::record,
            "variant" => Self::variant,
            "enum" => Self::enumeration,
            "flags" => Self::flags,
            "const" => Self::constant,
            "exception" => Self::exception,
            "class" => Self::class,
            "resource" => Self::resource,
            "protocol" => Self::protocol,
            "property" => Self::property,
            "operator" => Self::operator,
            "interface" => Self::interface,
            "world" => Self::world,
            "packages" => Self::nested_package,
            // These are read separately from the items.
            _ => return,
        };
        self.named(entry, definition, items);
    }

    /// The definitions of one kind, by name.
    fn named(&mut self, section: Entry<'_>, definition: Definition<'s>, items: &mut Vec<Item>) {
        let key = section.key.get_ref();
        let expected = format!("a table by name, such as `[{key}.name]`");
        let Some(table) = self.table(section.value, &expected) else {
            return;
        };
        for entry in entries(table) {
            if !self.damage.covers(entry.key.span().start) {
                let found = definition(self, entry);
                items.extend(self.item(entry, found));
            }
        }
    }

    /// An item at `entry`.
    pub(super) fn item(&self, entry: Entry<'_>, found: Option<(Meta, ItemKind)>) -> Option<Item> {
        let (meta, kind) = found?;
        let mut span = self.key_span(entry);
        // If the file is not valid TOML, the end is a guess.
        let end = end(entry.value);
        if !self.damage.touches(entry.key.span().start, end) {
            span.end = span.end.max(end as u32);
        }
        Some(Item { meta, kind, span })
    }

    /// Items that belong elsewhere.
    fn misplaced(&self, entry: Entry<'_>, context: Context) -> Option<Diagnostic> {
        let key = entry.key.get_ref().as_ref();
        let is_known = [FILE, WORLD, CLASS]
            .iter()
            .any(|shape| shape.keys.contains(&key));
        if !is_known || matches!(key, "attrs" | "extends" | "implements") {
            return None;
        }
        let place = shape(context).what;
        let message = format!("`{key}` cannot stand in {place}");
        let diagnostic = Diagnostic::new(
            Code::Misplaced,
            self.key_span(entry),
            message,
            "does not belong here",
        );
        Some(match key {
            "export" | "exports" | "imports" | "include" => diagnostic.help("move it into a world: `[world.name]`"),
            "import" => diagnostic.help("imports stand in a world, or at the top of the file as `[import.json]` with `from = \"json\"`"),
            "constructor" | "property" | "operator" => {
                diagnostic.help("move it into a class: `[class.name]`")
            }
            "interface" | "world" | "packages" | "package" => {
                diagnostic.help(format!("write it without anything before it: `[{key}.name]`"))
            }
            "func" if context == Context::World => {
                diagnostic.help("write `export.name = \"func()\"` or `import.name = \"func()\"`")
            }
            _ if context == Context::Package => diagnostic.help("move it into an interface"),
            _ => diagnostic.help(format!("declare it outside of {place} and use its name here")),
        })
    }

    fn interface(&mut self, entry: Entry<'_>) -> Option<(Meta, ItemKind)> {
        let name = self.name(entry, fragment::declared("the interface"));
        let table = self.table(entry.value, "a table with the items of the interface")?;
        let meta = self.meta(table);
        let items = self.items(table, Context::Interface);
        Some((
            meta,
            ItemKind::Interface(ast::Interface { name: name?, items }),
        ))
    }

    fn world(&mut self, entry: Entry<'_>) -> Option<(Meta, ItemKind)> {
        let name = self.name(entry, fragment::declared("the world"));
        let table = self.table(entry.value, "a table with the items of the world")?;
        let meta = self.meta(table);
        let items = self.items(table, Context::World);
        Some((meta, ItemKind::World(ast::World { name: name?, items })))
    }

    fn import_block(&mut self, entry: Entry<'_>) -> Option<(Meta, ItemKind)> {
        let name = self.name(entry, fragment::word);
        let table = self.table(
            entry.value,
            "a table with `from` and the items of the import",
        )?;
        let meta = self.meta(table);
        let items = self.items(table, Context::Import);
        let Some(from) = table.get("from") else {
            self.missing_key(entry, "from", "from = \"json\"");
            return None;
        };
        let text = self.string(from, "the name of a Python module, such as `\"os.path\"`")?;
        let module = ast::Text {
            value: text.value.to_owned(),
            span: text.span,
        };
        Some((
            meta,
            ItemKind::ImportBlock(ast::ImportBlock {
                name: name?,
                module,
                items,
            }),
        ))
    }

    fn nested_package(&mut self, entry: Entry<'_>) -> Option<(Meta, ItemKind)> {
        let text = self.key(entry);
        let name = self.parse(&text, fragment::package_name);
        let table = self.table(entry.value, "a table with the interfaces of the package")?;
        let meta = self.meta(table);
        let items = self.items(table, Context::Package);
        let package = ast::NestedPackage { name: name?, items };
        Some((meta, ItemKind::NestedPackage(package)))
    }

    /// The package of the file: a string, or a table with `name`.
    pub(super) fn package(&mut self, entry: Entry<'_>) -> Option<ast::Package> {
        const PACKAGE_NAME: Shape = Shape {
            what: "the package",
            keys: &["name", "doc", "attrs"],
        };
        let (meta, text) = self.with_text(
            entry,
            "name",
            &PACKAGE_NAME,
            "the name of a package, such as `\"acme:wordcount@0.1.0\"`",
        )?;
        let name = self.parse(&text, fragment::package_name)?;
        Some(ast::Package { meta, name })
    }

    fn free_function(&mut self, entry: Entry<'_>) -> Option<(Meta, ItemKind)> {
        self.any_function(entry, false)
    }

    fn method(&mut self, entry: Entry<'_>) -> Option<(Meta, ItemKind)> {
        self.any_function(entry, true)
    }

    fn any_function(&mut self, entry: Entry<'_>, methods: bool) -> Option<(Meta, ItemKind)> {
        let name = self.name(entry, fragment::declared("the function"));
        let (meta, body) = self.function(entry, methods)?;
        Some((
            meta,
            ItemKind::Function(ast::Function { name: name?, body }),
        ))
    }

    /// The text of a definition that is one string, or a table with it under `key`.
    pub(super) fn with_text<'a>(
        &mut self,
        entry: Entry<'a>,
        key: &str,
        shape: &Shape,
        expected: &str,
    ) -> Option<(Meta, Text<'a>)> {
        let table = match self.given(entry.value, expected)? {
            Given::Text(text) => return Some((Meta::default(), text)),
            Given::Table(table) => table,
        };
        let meta = self.meta(table);
        let mut text = None;
        for inner in entries(table) {
            match inner.key.get_ref().as_ref() {
                "doc" | "attrs" => {}
                name if name == key => text = self.string(inner.value, expected),
                _ => self.unknown_key(inner, shape),
            }
        }
        if table.get(key).is_none() {
            let example = expected.split('`').nth(1).unwrap_or("\"…\"");
            self.missing_key(entry, key, &format!("{key} = {example}"));
        }
        Some((meta, text?))
    }
}
