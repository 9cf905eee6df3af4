//! Files and the items in them.

use super::literal::Owner;
use super::printer::Printer;
use crate::syntax::ast::{File, FunctionBody, Item, ItemKind, Meta};

impl<'a> Printer<'a> {
    /// A whole file.
    pub(super) fn file(&mut self, file: &'a File) {
        let mut is_first = true;
        if !self.has_source() && !file.docs.is_empty() {
            for line in &file.docs {
                self.documentation("//!", &line.text);
            }
            self.blank();
        }
        if let Some(package) = &file.package {
            self.start_item(is_first);
            is_first = false;
            self.meta(&package.meta, Owner::Item);
            self.token("package");
            self.space();
            self.package_name(&package.name);
            self.separator(";");
        }
        let mut before = None;
        for item in &file.items {
            self.start_item(is_first);
            if !self.has_source() && before.is_none() && !is_first {
                self.blank();
            }
            is_first = false;
            self.item(item, before);
            before = Some(item);
        }
        self.end(is_first);
    }

    /// An item after the previous one in the same block.
    pub(super) fn item(&mut self, item: &'a Item, before: Option<&'a Item>) {
        if !self.has_source() && before.is_some_and(|before| are_apart(before, item)) {
            self.blank();
        }
        self.meta(&item.meta, Owner::Item);
        match &item.kind {
            ItemKind::NestedPackage(package) => {
                self.token("package");
                self.space();
                self.package_name(&package.name);
                self.items(&package.items);
            }
            ItemKind::Use(item) => self.use_interface(item),
            ItemKind::UseNames(item) => self.use_names(item),
            ItemKind::Interface(interface) => {
                self.token("interface");
                self.space();
                self.name(&interface.name);
                self.items(&interface.items);
            }
            ItemKind::World(world) => {
                self.token("world");
                self.space();
                self.name(&world.name);
                self.items(&world.items);
            }
            ItemKind::ImportBlock(import) => self.import_block(import),
            ItemKind::Extern(item) => self.external(item),
            ItemKind::Include(include) => self.include(include),
            ItemKind::Alias(alias) => self.alias(alias),
            ItemKind::Record(record) => self.record(record),
            ItemKind::Variant(variant) => self.variant(variant),
            ItemKind::Enum(members) => self.enumeration("enum", members),
            ItemKind::Flags(members) => self.enumeration("flags", members),
            ItemKind::Const(item) => self.constant(item),
            ItemKind::Exception(exception) => self.exception(exception),
            ItemKind::Class(class) => self.class(class),
            ItemKind::Protocol(protocol) => self.protocol(protocol),
            ItemKind::Function(function) => {
                self.name(&function.name);
                self.function_body(&function.body);
            }
            ItemKind::Constructor(constructor) => self.constructor(constructor),
            ItemKind::Property(property) => self.property(property),
            ItemKind::Operator(operator) => {
                self.token("operator");
                self.space();
                self.name(&operator.name);
                self.function_body(&operator.body);
            }
        }
    }

    /// ` { … }`
    pub(super) fn items(&mut self, items: &'a [Item]) {
        self.space();
        self.block(items, Self::item);
    }
}

/// Whether an empty line separates two items where the source does not decide: unless both are short and of the same kind.
fn are_apart(before: &Item, item: &Item) -> bool {
    let has_meta = |meta: &Meta| !(meta.docs.is_empty() && meta.attributes.is_empty());
    let is_same_kind = std::mem::discriminant(&before.kind) == std::mem::discriminant(&item.kind);
    !is_same_kind
        || has_meta(&before.meta)
        || has_meta(&item.meta)
        || !is_short(before)
        || !is_short(item)
}

/// Whether an item ends with `;`.
fn is_short(item: &Item) -> bool {
    match &item.kind {
        ItemKind::Use(_)
        | ItemKind::UseNames(_)
        | ItemKind::Extern(_)
        | ItemKind::Include(_)
        | ItemKind::Alias(_)
        | ItemKind::Const(_)
        | ItemKind::Property(_) => true,
        ItemKind::Exception(exception) => exception.fields.is_empty(),
        ItemKind::Class(class) => class.items.is_empty(),
        ItemKind::Function(function) => matches!(function.body, FunctionBody::Signature(_)),
        ItemKind::Constructor(item) => matches!(item.body, FunctionBody::Signature(_)),
        ItemKind::Operator(operator) => matches!(operator.body, FunctionBody::Signature(_)),
        _ => false,
    }
}
