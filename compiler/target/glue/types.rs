//! The order of a module's types.

use crate::model::{ExceptionId, Interface, ItemId, RecordId, Value};
use crate::target::glue::c_string;
use crate::target::glue::enumeration::EnumView;
use crate::target::glue::exception::{ExceptionView, exception_type};
use crate::target::glue::fields::INDENT;
use crate::target::glue::record::RecordView;
use crate::target::layout::Layout;
use crate::target::names::rust_type;
use crate::target::rust::scope::Scope;

/// The types of a module, each at its index: those that others are made from come first.
pub(crate) struct Types<'a> {
    pub(super) interface: &'a Interface,
    module: &'a str,
    order: Vec<ItemId>,
}

impl<'a> Types<'a> {
    pub(crate) fn new(interface: &'a Interface, module: &'a str) -> Self {
        let mut types = Self {
            interface,
            module,
            order: Vec::new(),
        };
        let items = &interface.root().items;
        types
            .order
            .extend(items.iter().filter(|item| matches!(item, ItemId::Enum(_))));
        for &item in items {
            match item {
                ItemId::Record(id) => types.add_record(id),
                ItemId::Exception(id) => types.add_exception(id),
                _ => {}
            }
        }
        types
            .order
            .extend(items.iter().filter(|item| matches!(item, ItemId::Class(_))));
        types
    }

    /// The place of a type in the module's list.
    pub(crate) fn index(&self, item: ItemId) -> usize {
        self.order
            .iter()
            .position(|&other| other == item)
            .unwrap_or_default()
    }

    /// The module's list.
    pub(crate) fn entries(&self, scope: &Scope<'_>) -> Vec<Layout> {
        let entry = |item: &ItemId| {
            let (kind, name) = match *item {
                ItemId::Record(id) => ("record", rust_type(&self.interface[id].name)),
                ItemId::Enum(id) => ("enum", rust_type(&self.interface[id].name)),
                ItemId::Exception(id) => ("exception", exception_type(scope, id)),
                ItemId::Class(id) => ("class", rust_type(&self.interface[id].name)),
                _ => unreachable!("no type"),
            };
            Layout::call(format!("rt::type_of_{kind}::<{name}>"), vec![])
        };
        self.order.iter().map(entry).collect()
    }

    fn add_record(&mut self, id: RecordId) {
        if self.order.contains(&ItemId::Record(id)) {
            return;
        }
        // A record's default may be another record.
        let mut needed = Vec::new();
        for field in &self.interface[id].fields {
            field
                .default
                .iter()
                .for_each(|value| records_in(value, &mut needed));
        }
        for other in needed {
            if other != id {
                self.add_record(other);
            }
        }
        self.order.push(ItemId::Record(id));
    }

    fn add_exception(&mut self, id: ExceptionId) {
        if self.interface[id].builtin || self.order.contains(&ItemId::Exception(id)) {
            return;
        }
        if let Some(base) = self.interface[id].base {
            self.add_exception(base);
        }
        self.order.push(ItemId::Exception(id));
    }

    pub(crate) fn records(&self, scope: &Scope<'_>) -> Vec<RecordView> {
        let views = self
            .order
            .iter()
            .enumerate()
            .filter_map(|(index, item)| match *item {
                ItemId::Record(id) => Some(self.record(scope, id, index)),
                _ => None,
            });
        views.collect()
    }

    pub(crate) fn enums(&self, scope: &Scope<'_>) -> Vec<EnumView> {
        let views = self
            .order
            .iter()
            .enumerate()
            .filter_map(|(index, item)| match *item {
                ItemId::Enum(id) => Some(self.enumeration(scope, id, index)),
                _ => None,
            });
        views.collect()
    }

    pub(crate) fn exceptions(&self, scope: &Scope<'_>) -> Vec<ExceptionView> {
        let views = self
            .order
            .iter()
            .enumerate()
            .filter_map(|(index, item)| match *item {
                ItemId::Exception(id) => Some(self.exception(scope, id, index)),
                _ => None,
            });
        views.collect()
    }

    /// `c"module.Name"`
    pub(super) fn literal(&self, name: &str) -> String {
        c_string::literal(&format!("{}.{name}", self.module), INDENT, INDENT + 6, 1)
    }
}

/// The records that a value is made of.
fn records_in(value: &Value, records: &mut Vec<RecordId>) {
    match value {
        Value::Record(id, fields) => {
            records.push(*id);
            fields.iter().for_each(|value| records_in(value, records));
        }
        Value::List(items) | Value::Tuple(items) => {
            items.iter().for_each(|value| records_in(value, records));
        }
        Value::Map(pairs) => pairs.iter().for_each(|(key, value)| {
            records_in(key, records);
            records_in(value, records);
        }),
        _ => {}
    }
}
