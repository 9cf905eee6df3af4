//! What is known of the types that a file declares, once all of them are resolved.

use std::collections::HashSet;

use super::graph::{components, is_cycle};
use super::prelude::Prelude;
use crate::model::{AliasId, RecordId, Type};

/// What occurs in a type, at any depth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Contents {
    pub(super) any: bool,
    pub(super) callback: bool,
    pub(super) iterator: bool,
    pub(super) class: bool,
}

impl Contents {
    fn and(self, other: Self) -> Self {
        Self {
            any: self.any || other.any,
            callback: self.callback || other.callback,
            iterator: self.iterator || other.iterator,
            class: self.class || other.class,
        }
    }

    /// Whether handling such a value needs Python objects, apart from classes.
    pub(super) fn is_python(self) -> bool {
        self.any || self.callback || self.iterator
    }
}

/// Declared types by their ids. None: reported.
#[derive(Debug, Default)]
pub(super) struct Table {
    aliases: Vec<Option<Type>>,
    contents: Vec<Contents>,
    fields: Vec<Vec<Option<Type>>>,
    hashable_records: Vec<bool>,
    hashable_aliases: Vec<bool>,
}

/// Definitions that rest on themselves.
#[derive(Debug, Default)]
pub(super) struct Cycles {
    /// Aliases that stand for themselves.
    pub(super) aliases: Vec<Vec<AliasId>>,
    /// Records that contain themselves, each with the index of the first field that leads on.
    pub(super) records: Vec<Vec<(RecordId, usize)>>,
}

impl Table {
    /// Takes the resolved types of all aliases and of all fields of records, and works out what they are good for.
    /// Cycles are handed back to be reported; the types that make them count as reported from here on.
    pub(super) fn new(
        aliases: Vec<Option<Type>>,
        fields: Vec<Vec<Option<Type>>>,
        prelude: &Prelude,
    ) -> (Self, Cycles) {
        let mut table = Self {
            contents: vec![Contents::default(); aliases.len()],
            hashable_records: vec![true; fields.len()],
            hashable_aliases: vec![true; aliases.len()],
            aliases,
            fields,
        };
        let cycles = Cycles {
            aliases: table.resolve_aliases(),
            records: table.resolve_records(prelude),
        };
        (table, cycles)
    }

    fn resolve_aliases(&mut self) -> Vec<Vec<AliasId>> {
        let edges: Vec<_> = self
            .aliases
            .iter()
            .map(|ty| ty.as_ref().map_or_else(Vec::new, mentioned))
            .collect();
        let mut cycles = Vec::new();
        for component in components(&edges) {
            if is_cycle(&component, &edges) {
                component.iter().for_each(|&node| self.aliases[node] = None);
                cycles.push(
                    component
                        .into_iter()
                        .map(|node| AliasId(node as u32))
                        .collect(),
                );
            } else if let Some(ty) = &self.aliases[component[0]] {
                self.contents[component[0]] = self.contents(ty);
            }
        }
        cycles
    }

    /// Finds records that contain themselves, and works out what can be a key. Records come before aliases among the
    /// nodes of the graph; its edges lead to what a value holds in itself, not behind a list.
    fn resolve_records(&mut self, prelude: &Prelude) -> Vec<Vec<(RecordId, usize)>> {
        let records = self.fields.len();
        let held = |ty: &Option<Type>| ty.as_ref().map_or_else(Vec::new, |ty| held(ty, records));
        let of_records = self
            .fields
            .iter()
            .map(|fields| fields.iter().flat_map(held).collect());
        let edges: Vec<Vec<usize>> = of_records.chain(self.aliases.iter().map(held)).collect();
        let mut cycles = Vec::new();
        for component in components(&edges) {
            if is_cycle(&component, &edges) {
                let nodes: HashSet<usize> = component.iter().copied().collect();
                let leads_on = |ty: &Option<Type>| held(ty).iter().any(|node| nodes.contains(node));
                let mut cycle = Vec::new();
                for &record in component.iter().filter(|node| **node < records) {
                    let first = self.fields[record].iter().position(leads_on);
                    cycle.extend(first.map(|field| (RecordId(record as u32), field)));
                    self.fields[record]
                        .iter_mut()
                        .filter(|ty| leads_on(ty))
                        .for_each(|ty| *ty = None);
                }
                cycles.push(cycle);
                continue;
            }
            let node = component[0];
            let hashable =
                |ty: &Option<Type>| ty.as_ref().is_none_or(|ty| self.hashable(ty, prelude));
            match node.checked_sub(records) {
                None => self.hashable_records[node] = self.fields[node].iter().all(hashable),
                Some(alias) => self.hashable_aliases[alias] = hashable(&self.aliases[alias]),
            }
        }
        cycles
    }

    /// Takes an alias for reported from here on.
    pub(super) fn refuse(&mut self, id: AliasId) {
        self.aliases[id.0 as usize] = None;
        self.contents[id.0 as usize] = Contents::default();
    }

    /// What an alias stands for; none where that was reported.
    pub(super) fn alias(&self, id: AliasId) -> Option<&Type> {
        self.aliases[id.0 as usize].as_ref()
    }

    /// The types of a record's fields.
    pub(super) fn fields(&self, id: RecordId) -> &[Option<Type>] {
        &self.fields[id.0 as usize]
    }

    /// `ty` without aliases around it.
    pub(super) fn expanded<'t>(&'t self, mut ty: &'t Type) -> Option<&'t Type> {
        while let Type::Alias(id) = ty {
            ty = self.alias(*id)?;
        }
        Some(ty)
    }

    /// What occurs in `ty`.
    pub(super) fn contents(&self, ty: &Type) -> Contents {
        let all = |types: &[Type]| {
            types
                .iter()
                .map(|ty| self.contents(ty))
                .fold(Contents::default(), Contents::and)
        };
        match ty {
            Type::Builtin { name, arguments } => Contents {
                any: name == "any",
                iterator: name == "iterator",
                ..Contents::default()
            }
            .and(all(arguments)),
            Type::Callback {
                parameters, result, ..
            } => {
                let result = result
                    .as_ref()
                    .map_or(Contents::default(), |result| self.contents(result));
                Contents {
                    callback: true,
                    ..Contents::default()
                }
                .and(all(parameters))
                .and(result)
            }
            Type::Class(_) => Contents {
                class: true,
                ..Contents::default()
            },
            Type::Array { item, .. } | Type::View { item, .. } => self.contents(item),
            Type::Result { ok, error } => {
                let parts = ok.iter().chain(error).map(|ty| self.contents(ty));
                parts.fold(Contents::default(), Contents::and)
            }
            Type::Protocol(_) => Contents {
                any: true,
                ..Contents::default()
            },
            Type::Record(_) | Type::Variant(_) | Type::Enum(_) | Type::Flags(_) => {
                Contents::default()
            }
            Type::Alias(id) => self.contents[id.0 as usize],
        }
    }

    /// Whether `ty` can be a key.
    pub(super) fn hashable(&self, ty: &Type, prelude: &Prelude) -> bool {
        match ty {
            Type::Builtin { name, arguments } => {
                prelude
                    .builtin(name)
                    .is_some_and(|builtin| builtin.hashable)
                    && arguments.iter().all(|ty| self.hashable(ty, prelude))
            }
            Type::Enum(_) | Type::Flags(_) => true,
            Type::Record(id) => self.hashable_records[id.0 as usize],
            Type::Alias(id) => self.hashable_aliases[id.0 as usize],
            Type::Callback { .. }
            | Type::Array { .. }
            | Type::Result { .. }
            | Type::View { .. }
            | Type::Variant(_)
            | Type::Protocol(_)
            | Type::Class(_) => false,
        }
    }
}

/// The aliases that `ty` names, at any depth.
fn mentioned(ty: &Type) -> Vec<usize> {
    match ty {
        Type::Alias(id) => vec![id.0 as usize],
        Type::Builtin { arguments, .. } => arguments.iter().flat_map(mentioned).collect(),
        Type::Callback {
            parameters, result, ..
        } => parameters
            .iter()
            .chain(result.as_deref())
            .flat_map(mentioned)
            .collect(),
        Type::Array { item, .. } | Type::View { item, .. } => mentioned(item),
        Type::Result { ok, error } => ok
            .iter()
            .chain(error)
            .flat_map(|ty| mentioned(ty))
            .collect(),
        Type::Record(_)
        | Type::Variant(_)
        | Type::Enum(_)
        | Type::Flags(_)
        | Type::Class(_)
        | Type::Protocol(_) => Vec::new(),
    }
}

/// The records and aliases of which a value of type `ty` holds one in itself. Aliases are counted from `records`.
fn held(ty: &Type, records: usize) -> Vec<usize> {
    match ty {
        Type::Record(id) => vec![id.0 as usize],
        Type::Alias(id) => vec![records + id.0 as usize],
        Type::Builtin { name, arguments } if name == "option" || name == "tuple" => {
            arguments.iter().flat_map(|ty| held(ty, records)).collect()
        }
        Type::Array { item, .. } => held(item, records),
        Type::Result { ok, error } => {
            let parts = ok.iter().chain(error);
            parts.flat_map(|ty| held(ty, records)).collect()
        }
        _ => Vec::new(),
    }
}
