//! Items as definitions in tables.

use super::WIDTH;
use super::definition::{
    Definition, Row, case_rows, case_strings, field_rows, include_text, member_rows,
    member_strings, overload, paths, use_names_text, use_text,
};
use super::value::{is_bare, key, string};
use crate::source::Span;
use crate::syntax::ast::{
    Direction, Extern, ExternKind, FunctionBody, Item, ItemKind, Meta, Name, Type,
};
use crate::syntax::print;

/// An item: its table and its value.
pub(super) struct Part<'a> {
    /// The place of the item in the source.
    pub(super) span: Span,
    /// `func`, `record`, `use` and so on.
    pub(super) section: &'static str,
    /// Its name as a key; none if the section consists of this item, or is an array.
    name: Option<String>,
    pub(super) definition: Definition<'a>,
    pub(super) table: Table<'a>,
}

/// Contents of an item that can take many lines.
pub(super) enum Table<'a> {
    None,
    /// Fields, cases, members or alternatives under `name`, or `strings` as their short form.
    Rows {
        name: &'static str,
        rows: Vec<Row<'a>>,
        strings: Option<Vec<String>>,
    },
    /// Items in the same table.
    Items {
        items: &'a [Item],
        members: bool,
    },
    /// Items under `interface`.
    Interface(&'a [Item]),
}

impl<'a> Part<'a> {
    pub(super) fn of(item: &'a Item) -> Self {
        let meta = &item.meta;
        let (section, name, definition, table) = match &item.kind {
            ItemKind::Use(used) => listed("use", meta, &use_text(used)),
            ItemKind::UseNames(used) => listed("use", meta, &use_names_text(used)),
            ItemKind::Include(include) => listed("include", meta, &include_text(include)),
            ItemKind::NestedPackage(package) => {
                let name = Some(key(&print::package_name_text(&package.name)));
                let table = items(&package.items, false);
                ("packages", name, Definition::bare(meta), table)
            }
            ItemKind::Interface(interface) => {
                let table = items(&interface.items, false);
                let name = name(&interface.name);
                ("interface", name, Definition::bare(meta), table)
            }
            ItemKind::World(world) => {
                let table = items(&world.items, true);
                ("world", name(&world.name), Definition::bare(meta), table)
            }
            ItemKind::ImportBlock(import) => {
                let mut definition = Definition::bare(meta);
                definition.keys.push(("from", string(&import.module.value)));
                let table = items(&import.items, false);
                ("import", name(&import.name), definition, table)
            }
            ItemKind::Extern(external) => external_part(external, meta),
            ItemKind::Alias(alias) => {
                let definition = Definition::ty(meta, alias.ty.as_ref());
                ("type", name(&alias.name), definition, Table::None)
            }
            ItemKind::Record(record) => {
                let table = rows("fields", field_rows(&record.fields), None);
                ("record", name(&record.name), Definition::bare(meta), table)
            }
            ItemKind::Variant(variant) => {
                let strings = case_strings(&variant.cases);
                let table = rows("cases", case_rows(&variant.cases), strings);
                (
                    "variant",
                    name(&variant.name),
                    Definition::bare(meta),
                    table,
                )
            }
            ItemKind::Enum(members) | ItemKind::Flags(members) => {
                let mut definition = Definition::bare(meta);
                if let Some(repr) = &members.repr {
                    definition
                        .keys
                        .push(("repr", string(&print::type_text(repr))));
                }
                let strings = member_strings(members);
                let table = rows("members", member_rows(&members.members), strings);
                let section = match item.kind {
                    ItemKind::Enum(_) => "enum",
                    _ => "flags",
                };
                (section, name(&members.name), definition, table)
            }
            ItemKind::Const(constant) => {
                let definition = Definition::constant(meta, constant);
                ("const", name(&constant.name), definition, Table::None)
            }
            ItemKind::Exception(exception) => {
                let mut definition = Definition::bare(meta);
                if let Some(base) = &exception.base {
                    definition
                        .keys
                        .push(("extends", string(&print::path_text(base))));
                }
                let table = rows("fields", field_rows(&exception.fields), None);
                ("exception", name(&exception.name), definition, table)
            }
            ItemKind::Class(class) => {
                let mut definition = Definition::bare(meta);
                if let Some(base) = &class.base {
                    definition
                        .keys
                        .push(("extends", string(&print::path_text(base))));
                }
                if !class.implements.is_empty() {
                    definition
                        .keys
                        .push(("implements", types(&class.implements)));
                }
                let section = match class.keyword.as_str() {
                    "resource" => "resource",
                    _ => "class",
                };
                (
                    section,
                    name(&class.name),
                    definition,
                    items(&class.items, true),
                )
            }
            ItemKind::Protocol(protocol) => {
                let mut definition = Definition::bare(meta);
                if !protocol.bases.is_empty() {
                    definition.keys.push(("extends", paths(&protocol.bases)));
                }
                let table = items(&protocol.items, true);
                ("protocol", name(&protocol.name), definition, table)
            }
            ItemKind::Function(function) => {
                let (definition, table) = callable(meta, &function.body);
                ("func", name(&function.name), definition, table)
            }
            ItemKind::Operator(operator) => {
                let (definition, table) = callable(meta, &operator.body);
                ("operator", name(&operator.name), definition, table)
            }
            ItemKind::Constructor(constructor) => {
                let (definition, table) = match &constructor.body {
                    FunctionBody::Signature(signature) => {
                        (Definition::constructor(meta, signature), Table::None)
                    }
                    body => callable(meta, body),
                };
                ("constructor", None, definition, table)
            }
            ItemKind::Property(property) => {
                let definition = Definition::property(meta, property);
                ("property", name(&property.name), definition, Table::None)
            }
        };
        Self {
            span: item.span,
            section,
            name,
            definition,
            table,
        }
    }

    /// Its path in the enclosing table.
    pub(super) fn key(&self) -> String {
        match &self.name {
            Some(name) => format!("{}.{name}", self.section),
            None => self.section.to_owned(),
        }
    }

    /// Whether it is an array element without a name.
    pub(super) fn is_listed(&self) -> bool {
        matches!(self.section, "use" | "include" | "imports" | "exports")
    }

    /// The item as an array element.
    pub(super) fn element(&self) -> Option<String> {
        self.is_listed().then(|| self.definition.inline())
    }

    /// Its name and value as a line in a table of its kind.
    pub(super) fn row(&self, members: bool) -> Option<(&str, String)> {
        let name = self.name.as_deref()?;
        let (_, value) = self.dotted(members)?;
        Some((name, value))
    }

    /// Its key and value on one line with others. `members`: documentation may be on that line too.
    pub(super) fn dotted(&self, members: bool) -> Option<(String, String)> {
        let is_plain = is_bare(self.definition.meta) && self.definition.short.is_some();
        let Table::None = self.table else {
            return None;
        };
        if self.is_listed() || !(members || is_plain) {
            return None;
        }
        let (key, value) = (self.key(), self.definition.inline());
        let length = key.chars().count() + value.chars().count() + " = ".len();
        let fits = length <= WIDTH && !value.contains('\n');
        (fits || is_plain && !value.contains('\n')).then_some((key, value))
    }
}

type Parts<'a> = (&'static str, Option<String>, Definition<'a>, Table<'a>);

fn listed<'a>(section: &'static str, meta: &'a Meta, text: &str) -> Parts<'a> {
    (
        section,
        None,
        Definition::string(meta, "path", text),
        Table::None,
    )
}

fn name(name: &Name) -> Option<String> {
    Some(key(&print::name_text(name)))
}

fn items(items: &[Item], members: bool) -> Table<'_> {
    Table::Items { items, members }
}

fn rows<'a>(name: &'static str, rows: Vec<Row<'a>>, strings: Option<Vec<String>>) -> Table<'a> {
    Table::Rows {
        name,
        rows,
        strings,
    }
}

fn callable<'a>(meta: &'a Meta, body: &'a FunctionBody) -> (Definition<'a>, Table<'a>) {
    match body {
        FunctionBody::Signature(signature) => (Definition::signature(meta, signature), Table::None),
        FunctionBody::Overload(_) => {
            let alternatives = overload(body).unwrap_or_default();
            (Definition::bare(meta), rows("overload", alternatives, None))
        }
    }
}

fn external_part<'a>(external: &'a Extern, meta: &'a Meta) -> Parts<'a> {
    let Some(own) = &external.name else {
        let section = match external.direction {
            Direction::Export => "exports",
            Direction::Import => "imports",
        };
        let text = match &external.kind {
            ExternKind::Path(path) => print::use_path_text(path),
            _ => String::new(),
        };
        return listed(section, meta, &text);
    };
    let section = match external.direction {
        Direction::Export => "export",
        Direction::Import => "import",
    };
    let (definition, table) = match &external.kind {
        ExternKind::Path(path) => {
            let text = print::use_path_text(path);
            (Definition::string(meta, "path", &text), Table::None)
        }
        ExternKind::Interface(items) => (Definition::bare(meta), Table::Interface(items)),
        ExternKind::Function(signature) => (Definition::signature(meta, signature), Table::None),
    };
    (section, name(own), definition, table)
}

fn types(types: &[Type]) -> String {
    let types: Vec<_> = types
        .iter()
        .map(|ty| string(&print::type_text(ty)))
        .collect();
    format!("[{}]", types.join(", "))
}
