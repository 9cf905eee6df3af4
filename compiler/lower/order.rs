//! The order of an extension module's types.

use std::collections::{HashMap, HashSet};
use std::iter;

use crate::lower::analysis::Analysis;
use crate::lower::family::FamilyId;
use crate::lower::modules::is_exported;
use crate::model::{ExceptionId, Field, Interface, ItemId, Payload, Value};

/// The types of an extension module and of its submodules, each at its index: a type comes after those that it depends on.
pub(crate) struct Order<'i> {
    interface: &'i Interface,
    types: Vec<ItemId>,
    /// The index of each type in the module's list; the cases of a type follow it.
    indices: HashMap<ItemId, usize>,
    next_index: usize,
    /// The exceptions that others extend.
    extended: HashSet<ExceptionId>,
}

impl<'i> Order<'i> {
    pub(crate) fn new(analysis: &Analysis<'i>) -> Self {
        let interface = analysis.interface;
        let exceptions = (0..interface.exceptions.len() as u32).map(ExceptionId);
        let is_extended = |id: &ExceptionId| !analysis.subclasses(*id).is_empty();
        let mut order = Self {
            interface,
            types: Vec::new(),
            indices: HashMap::new(),
            next_index: 0,
            extended: exceptions.filter(is_extended).collect(),
        };
        let modules = interface.exported().map(|(_, module)| &module.items);
        let items: Vec<_> = modules.flatten().copied().collect();
        let first = |item: &&ItemId| matches!(item, ItemId::Enum(_) | ItemId::Flags(_));
        items
            .iter()
            .filter(first)
            .for_each(|&item| order.push(item));
        for &item in &items {
            match item {
                ItemId::Record(_) | ItemId::Variant(_) => order.add(item),
                ItemId::Exception(id) => order.add_exception(id),
                _ => {}
            }
        }
        let classes = items.iter().filter(|item| matches!(item, ItemId::Class(_)));
        classes.for_each(|&class| order.push(class));
        order
    }

    fn push(&mut self, item: ItemId) {
        self.indices.insert(item, self.next_index);
        self.next_index += 1 + self.cases(item);
        self.types.push(item);
    }

    /// The index of a type in the module's list.
    pub(crate) fn index(&self, item: ItemId) -> usize {
        self.indices[&item]
    }

    /// Whether other exceptions extend it.
    pub(crate) fn is_extended(&self, id: ExceptionId) -> bool {
        self.extended.contains(&id)
    }

    /// How many cases follow a type in the list.
    pub(crate) fn cases(&self, item: ItemId) -> usize {
        match FamilyId::of_item(self.interface, item) {
            Some(cases) => cases.case_names(self.interface).len(),
            None => 0,
        }
    }

    /// The types in this order.
    pub(crate) fn types(&self) -> &[ItemId] {
        &self.types
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

    fn fields(&self, item: ItemId) -> Vec<&'i Field> {
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

    /// Adds an exception, after those that it extends.
    fn add_exception(&mut self, id: ExceptionId) {
        let bases = iter::successors(Some(id), |&id| self.interface[id].base);
        let missing = bases.take_while(|&id| {
            let item = ItemId::Exception(id);
            let is_there = self.interface[id].builtin || self.indices.contains_key(&item);
            !is_there && self.is_own(item)
        });
        // A list instead of recursion: long chains of exceptions must not overflow the stack.
        for id in missing.collect::<Vec<_>>().into_iter().rev() {
            self.push(ItemId::Exception(id));
        }
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
