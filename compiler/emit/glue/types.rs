//! The order of an extension module's types.

use std::collections::HashMap;

use crate::emit::glue::enumeration::EnumView;
use crate::emit::glue::exception::{ExceptionView, exception_type};
use crate::emit::glue::fields::INDENT;
use crate::emit::glue::flags::FlagsView;
use crate::emit::glue::record::RecordView;
use crate::emit::glue::variant::VariantView;
use crate::emit::language::rust::c_string;
use crate::emit::language::rust::layout::Layout;
use crate::emit::language::rust::scope::Scope;
use crate::lower::cases::Cases;
use crate::lower::modules::{dotted_name, is_exported, submodules};
use crate::model::{ExceptionId, Field, Interface, ItemId, ModuleId, Payload, Value};

/// The types of an extension module and of its submodules, each at its index: a type comes after those that it depends on.
pub(crate) struct Types<'a> {
    pub(super) interface: &'a Interface,
    order: Vec<ItemId>,
    /// The index of each type in the module's list; the cases of a type follow it.
    indices: HashMap<ItemId, usize>,
    next_index: usize,
}

impl<'a> Types<'a> {
    pub(crate) fn new(interface: &'a Interface) -> Self {
        let mut types = Self {
            interface,
            order: Vec::new(),
            indices: HashMap::new(),
            next_index: 0,
        };
        let modules = interface.exported().map(|(_, module)| &module.items);
        let items: Vec<_> = modules.flatten().copied().collect();
        let first = |item: &&ItemId| matches!(item, ItemId::Enum(_) | ItemId::Flags(_));
        items
            .iter()
            .filter(first)
            .for_each(|&item| types.push(item));
        for &item in &items {
            match item {
                ItemId::Record(_) | ItemId::Variant(_) => types.add(item),
                ItemId::Exception(id) => types.add_exception(id),
                _ => {}
            }
        }
        let classes = items.iter().filter(|item| matches!(item, ItemId::Class(_)));
        classes.for_each(|&class| types.push(class));
        types
    }

    fn push(&mut self, item: ItemId) {
        self.indices.insert(item, self.next_index);
        self.next_index += 1 + self.cases(item);
        self.order.push(item);
    }

    /// The index of a type in the module's list.
    pub(crate) fn index(&self, item: ItemId) -> usize {
        self.indices[&item]
    }

    /// How many cases follow a type in the list.
    fn cases(&self, item: ItemId) -> usize {
        match Cases::of_item(self.interface, item) {
            Some(cases) => cases.case_names(self.interface).len(),
            None => 0,
        }
    }

    /// The module's list.
    pub(crate) fn entries(&self, scope: &Scope<'_>) -> Vec<Layout> {
        let entry = |item: &ItemId| {
            let cases = self.cases(*item);
            let (kind, name) = match *item {
                ItemId::Record(_) => ("record", self.path(scope, *item)),
                ItemId::Variant(_) => ("variant", self.path(scope, *item)),
                ItemId::Enum(_) if cases > 0 => ("variant", self.path(scope, *item)),
                ItemId::Enum(_) => ("enum", self.path(scope, *item)),
                ItemId::Flags(_) => ("flags", self.path(scope, *item)),
                ItemId::Exception(id) => ("exception", exception_type(scope, id)),
                ItemId::Class(_) => ("class", self.path(scope, *item)),
                _ => unreachable!("no type"),
            };
            let own = format!("rt::type_of_{kind}::<{name}>");
            let cases = (0..cases).map(|case| format!("rt::type_of_case::<{name}, {case}>"));
            let submodule = self.submodule(*item);
            let heads = std::iter::once(own).chain(cases);
            let calls = heads.map(|head| match submodule {
                None => Layout::call(head, vec![]),
                Some(index) => Layout::call(
                    format!("rt::in_submodule::<{index}>"),
                    vec![Layout::call(head, vec![])],
                ),
            });
            calls.collect::<Vec<_>>()
        };
        self.order.iter().flat_map(entry).collect()
    }

    fn path(&self, scope: &Scope<'_>, item: ItemId) -> String {
        let (module, name) = self.interface.home(item).expect("a type");
        scope.ty(module, name)
    }

    /// The module of the extension that a type belongs to.
    fn submodule(&self, item: ItemId) -> Option<usize> {
        let (home, _) = self.interface.home(item)?;
        submodules(self.interface).position(|module| module == home)
    }

    /// Whether this extension module creates the type.
    fn is_own(&self, item: ItemId) -> bool {
        self.interface
            .home(item)
            .is_some_and(|(home, _)| is_exported(self.interface, home))
    }

    /// Adds a record or variant, after those that its fields' defaults use.
    fn add(&mut self, item: ItemId) {
        if self.indices.contains_key(&item) || !self.is_own(item) {
            return;
        }
        let mut needed = Vec::new();
        for field in self.fields(item) {
            if let Some(value) = &field.default {
                types_in(value, &mut needed);
            }
        }
        for other in needed {
            if other != item {
                self.add(other);
            }
        }
        self.push(item);
    }

    fn fields(&self, item: ItemId) -> Vec<&'a Field> {
        match item {
            ItemId::Record(id) => self.interface[id].fields.iter().collect(),
            ItemId::Variant(id) => {
                let payloads = self.interface[id].cases.iter().map(|case| &case.payload);
                let fields = payloads.filter_map(|payload| match payload {
                    Payload::Fields(fields) => Some(fields),
                    _ => None,
                });
                fields.flatten().collect()
            }
            _ => Vec::new(),
        }
    }

    fn add_exception(&mut self, id: ExceptionId) {
        let item = ItemId::Exception(id);
        if self.interface[id].builtin || self.indices.contains_key(&item) || !self.is_own(item) {
            return;
        }
        if let Some(base) = self.interface[id].base {
            self.add_exception(base);
        }
        self.push(item);
    }

    pub(crate) fn records(&self, scope: &Scope<'_>) -> Vec<RecordView> {
        self.views(scope, |item, index| match item {
            ItemId::Record(id) => Some(self.record(scope, id, index)),
            _ => None,
        })
    }

    pub(crate) fn variants(&self, scope: &Scope<'_>) -> Vec<VariantView> {
        self.views(scope, |item, index| {
            let cases = Cases::of_item(self.interface, item)?;
            Some(self.variant(scope, cases, index))
        })
    }

    pub(crate) fn enums(&self, scope: &Scope<'_>) -> Vec<EnumView> {
        self.views(scope, |item, index| match item {
            ItemId::Enum(id) if !self.interface[id].error => {
                Some(self.enumeration(scope, id, index))
            }
            _ => None,
        })
    }

    pub(crate) fn flags(&self, scope: &Scope<'_>) -> Vec<FlagsView> {
        self.views(scope, |item, index| match item {
            ItemId::Flags(id) => Some(self.flag_set(scope, id, index)),
            _ => None,
        })
    }

    pub(crate) fn exceptions(&self, scope: &Scope<'_>) -> Vec<ExceptionView> {
        self.views(scope, |item, index| match item {
            ItemId::Exception(id) => Some(self.exception(scope, id, index)),
            _ => None,
        })
    }

    /// The views of the types of one module that have one, each with its index.
    fn views<V>(&self, scope: &Scope<'_>, view: impl Fn(ItemId, usize) -> Option<V>) -> Vec<V> {
        let is_here = |item| {
            self.interface
                .home(item)
                .is_some_and(|it| it.0 == scope.module)
        };
        let items = self.order.iter().filter(|&&item| is_here(item));
        items
            .filter_map(|&item| view(item, self.index(item)))
            .collect()
    }

    /// `c"module.Name"`
    pub(super) fn literal(&self, module: ModuleId, name: &str) -> String {
        self.literal_at(module, name, INDENT)
    }

    /// The same in a definition whose fields are indented by `indent`.
    pub(super) fn literal_at(&self, module: ModuleId, name: &str, indent: usize) -> String {
        let module = dotted_name(self.interface, module);
        c_string::literal(&format!("{module}.{name}"), indent, indent + 6, 1)
    }
}

/// The records and variants that a value is built from.
fn types_in(value: &Value, types: &mut Vec<ItemId>) {
    match value {
        Value::Record(id, fields) => {
            types.push(ItemId::Record(*id));
            fields.iter().for_each(|value| types_in(value, types));
        }
        Value::Case(id, _, fields) => {
            types.push(ItemId::Variant(*id));
            fields.iter().for_each(|value| types_in(value, types));
        }
        Value::List(items) | Value::Tuple(items) => {
            items.iter().for_each(|value| types_in(value, types));
        }
        Value::Member(_, value) => types_in(value, types),
        Value::Map(pairs) => pairs.iter().for_each(|(key, value)| {
            types_in(key, types);
            types_in(value, types);
        }),
        _ => {}
    }
}
