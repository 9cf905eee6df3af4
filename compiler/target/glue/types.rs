//! The order of an extension module's types.

use crate::model::{ExceptionId, Interface, ItemId, ModuleId, RecordId, Value};
use crate::target::glue::c_string;
use crate::target::glue::enumeration::EnumView;
use crate::target::glue::exception::{ExceptionView, exception_type};
use crate::target::glue::fields::INDENT;
use crate::target::glue::record::RecordView;
use crate::target::layout::Layout;
use crate::target::modules::{dotted_name, home, is_exported, submodules};
use crate::target::rust::scope::Scope;

/// The types of an extension module, those of the modules in it included, each at its index: those that others are made from
/// come first.
pub(crate) struct Types<'a> {
    pub(super) interface: &'a Interface,
    order: Vec<ItemId>,
}

impl<'a> Types<'a> {
    pub(crate) fn new(interface: &'a Interface) -> Self {
        let mut types = Self {
            interface,
            order: Vec::new(),
        };
        let modules = interface.exported().map(|(_, module)| &module.items);
        let items: Vec<_> = modules.flatten().copied().collect();
        let enums = items.iter().filter(|item| matches!(item, ItemId::Enum(_)));
        types.order.extend(enums);
        for &item in &items {
            match item {
                ItemId::Record(id) => types.add_record(id),
                ItemId::Exception(id) => types.add_exception(id),
                _ => {}
            }
        }
        let classes = items.iter().filter(|item| matches!(item, ItemId::Class(_)));
        types.order.extend(classes);
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
                ItemId::Record(_) => ("record", self.path(scope, *item)),
                ItemId::Enum(_) => ("enum", self.path(scope, *item)),
                ItemId::Exception(id) => ("exception", exception_type(scope, id)),
                ItemId::Class(_) => ("class", self.path(scope, *item)),
                _ => unreachable!("no type"),
            };
            let head = format!("rt::type_of_{kind}::<{name}>");
            match self.submodule(*item) {
                None => Layout::call(head, vec![]),
                Some(index) => Layout::call(
                    format!("rt::in_submodule::<{index}>"),
                    vec![Layout::call(head, vec![])],
                ),
            }
        };
        self.order.iter().map(entry).collect()
    }

    fn path(&self, scope: &Scope<'_>, item: ItemId) -> String {
        let (module, name) = home(self.interface, item).expect("a type");
        scope.ty(module, name)
    }

    /// Which of the modules in the extension module a type belongs to.
    fn submodule(&self, item: ItemId) -> Option<usize> {
        let (home, _) = home(self.interface, item)?;
        submodules(self.interface).position(|module| module == home)
    }

    /// Whether the type is made here, not by another extension module.
    fn is_own(&self, item: ItemId) -> bool {
        home(self.interface, item).is_some_and(|(home, _)| is_exported(self.interface, home))
    }

    /// The types of one module, with their indices.
    fn of(&self, module: ModuleId) -> impl Iterator<Item = (usize, ItemId)> {
        let all = self.order.iter().copied().enumerate();
        all.filter(move |(_, item)| home(self.interface, *item).is_some_and(|it| it.0 == module))
    }

    fn add_record(&mut self, id: RecordId) {
        if self.order.contains(&ItemId::Record(id)) || !self.is_own(ItemId::Record(id)) {
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
        let item = ItemId::Exception(id);
        if self.interface[id].builtin || self.order.contains(&item) || !self.is_own(item) {
            return;
        }
        if let Some(base) = self.interface[id].base {
            self.add_exception(base);
        }
        self.order.push(ItemId::Exception(id));
    }

    pub(crate) fn records(&self, scope: &Scope<'_>) -> Vec<RecordView> {
        let views = self
            .of(scope.module)
            .filter_map(|(index, item)| match item {
                ItemId::Record(id) => Some(self.record(scope, id, index)),
                _ => None,
            });
        views.collect()
    }

    pub(crate) fn enums(&self, scope: &Scope<'_>) -> Vec<EnumView> {
        let views = self
            .of(scope.module)
            .filter_map(|(index, item)| match item {
                ItemId::Enum(id) => Some(self.enumeration(scope, id, index)),
                _ => None,
            });
        views.collect()
    }

    pub(crate) fn exceptions(&self, scope: &Scope<'_>) -> Vec<ExceptionView> {
        let views = self
            .of(scope.module)
            .filter_map(|(index, item)| match item {
                ItemId::Exception(id) => Some(self.exception(scope, id, index)),
                _ => None,
            });
        views.collect()
    }

    /// `c"module.Name"`
    pub(super) fn literal(&self, module: ModuleId, name: &str) -> String {
        let module = dotted_name(self.interface, module);
        c_string::literal(&format!("{module}.{name}"), INDENT, INDENT + 6, 1)
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
