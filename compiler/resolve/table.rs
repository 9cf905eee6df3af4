//! Properties of the declared types of a run, available once all of them are resolved.

use std::collections::HashSet;

use super::graph::{components, is_cycle};
use super::prelude::prelude;
use crate::model::{AliasId, Builtin, ItemId, Nature, RecordId, Type, VariantId};

/// What occurs in a type, at any depth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Contents {
    pub(super) any: bool,
    pub(super) callback: bool,
    pub(super) iterator: bool,
    pub(super) class: bool,
    /// Streams and futures.
    pub(super) stream: bool,
    /// `borrow`, outside the parameters of a callback.
    pub(super) borrow: bool,
}

impl Contents {
    fn and(self, other: Self) -> Self {
        Self {
            any: self.any || other.any,
            callback: self.callback || other.callback,
            iterator: self.iterator || other.iterator,
            class: self.class || other.class,
            stream: self.stream || other.stream,
            borrow: self.borrow || other.borrow,
        }
    }

    /// Whether such a value can only be handled with Python objects, apart from classes.
    pub(super) fn is_python(self) -> bool {
        self.any || self.callback || self.iterator || self.stream
    }
}

/// Declared types by their ids. `None` if an error was already reported.
///
/// Records, variants and aliases, in this order, are the nodes of the graphs below.
#[derive(Debug, Default)]
pub(super) struct Table {
    records: Vec<Vec<Option<Type>>>,
    /// The types of each case.
    variants: Vec<Vec<Vec<Option<Type>>>>,
    aliases: Vec<Option<Type>>,
    /// The contents of each node.
    contents: Vec<Contents>,
    /// Whether each node can be a key.
    hashable: Vec<bool>,
    /// Whether each node is declared in WIT, which has no recursion at all; elsewhere lists and the like break a cycle.
    strict: Vec<bool>,
}

/// What consists of parts that have types of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Compound {
    Record(RecordId),
    Variant(VariantId),
}

/// The maximum number of types in an expanded alias. Aliases of aliases can grow exponentially.
pub(super) const MOST_PARTS: usize = 1000;
/// The maximum nesting depth: types are processed recursively.
pub(super) const MOST_LEVELS: usize = 200;

/// Definitions that depend on themselves, or are too large.
#[derive(Debug, Default)]
pub(super) struct Cycles {
    /// Aliases that refer to themselves.
    pub(super) aliases: Vec<Vec<AliasId>>,
    /// Aliases that expand to more than [`MOST_PARTS`] types, or to more than [`MOST_LEVELS`] nested ones.
    pub(super) large: Vec<AliasId>,
    /// Records and variants that contain themselves, each with the index of its first type on the cycle (counted across all cases
    /// of a variant).
    pub(super) compounds: Vec<Vec<(Compound, usize)>>,
}

impl Table {
    /// Takes the resolved types of all aliases, record fields and variant cases, and computes their properties. Cycles are
    /// returned to be reported; the types on them count as reported from then on. `borrowing` are the definitions that contain
    /// `borrow` themselves; `is_wit` tells whether a definition is in WIT.
    pub(super) fn new(
        aliases: Vec<Option<Type>>,
        records: Vec<Vec<Option<Type>>>,
        variants: Vec<Vec<Vec<Option<Type>>>>,
        borrowing: &HashSet<ItemId>,
        is_wit: impl Fn(ItemId) -> bool,
    ) -> (Self, Cycles) {
        let nodes = records.len() + variants.len() + aliases.len();
        let mut table = Self {
            contents: vec![Contents::default(); nodes],
            hashable: vec![true; nodes],
            strict: Vec::new(),
            records,
            variants,
            aliases,
        };
        table.strict = (0..nodes).map(|node| is_wit(table.item(node))).collect();
        let (aliases, large) = table.resolve_aliases();
        let cycles = Cycles {
            aliases,
            large,
            compounds: table.resolve_compounds(),
        };
        table.resolve_contents(borrowing);
        (table, cycles)
    }

    /// The number of nodes.
    pub(super) fn nodes(&self) -> usize {
        self.contents.len()
    }

    fn first_variant(&self) -> usize {
        self.records.len()
    }

    fn first_alias(&self) -> usize {
        self.records.len() + self.variants.len()
    }

    /// The record or variant of a node.
    fn compound(&self, node: usize) -> Option<Compound> {
        if node < self.first_variant() {
            Some(Compound::Record(RecordId(node as u32)))
        } else if node < self.first_alias() {
            let id = VariantId((node - self.first_variant()) as u32);
            Some(Compound::Variant(id))
        } else {
            None
        }
    }

    fn item(&self, node: usize) -> ItemId {
        match self.compound(node) {
            Some(Compound::Record(id)) => ItemId::Record(id),
            Some(Compound::Variant(id)) => ItemId::Variant(id),
            None => ItemId::Alias(AliasId((node - self.first_alias()) as u32)),
        }
    }

    /// The types of a record or variant; none for an alias.
    fn types_of(&self, node: usize) -> impl Iterator<Item = &Option<Type>> {
        let (fields, cases) = match self.compound(node) {
            Some(Compound::Record(id)) => (self.fields(id), &[][..]),
            Some(Compound::Variant(id)) => (&[][..], self.variants[id.0 as usize].as_slice()),
            None => (&[][..], &[][..]),
        };
        fields.iter().chain(cases.iter().flatten())
    }

    /// All types of a node.
    pub(super) fn types(&self, node: usize) -> impl Iterator<Item = Option<&Type>> {
        let alias = node.checked_sub(self.first_alias());
        let alias = alias.map(|alias| self.aliases[alias].as_ref());
        self.types_of(node).map(Option::as_ref).chain(alias)
    }

    /// The node of a type.
    pub(super) fn node(&self, ty: &Type) -> Option<usize> {
        match ty {
            Type::Record(id) => Some(id.0 as usize),
            Type::Variant(id) => Some(self.first_variant() + id.0 as usize),
            Type::Alias(id) => Some(self.first_alias() + id.0 as usize),
            _ => None,
        }
    }

    /// The nodes that occur in `ty`, at any depth.
    fn mentioned(&self, ty: &Type) -> Vec<usize> {
        let mut nodes: Vec<usize> = self.node(ty).into_iter().collect();
        nodes.extend(ty.parts().into_iter().flat_map(|ty| self.mentioned(ty)));
        nodes
    }

    /// The nodes that a value of type `ty` directly contains; if `strict`, all that occur in it.
    fn held(&self, ty: &Type, strict: bool) -> Vec<usize> {
        let holds = match ty {
            Type::Builtin(builtin, _) => {
                strict
                    || match builtin.nature() {
                        Nature::Choice | Nature::Product => true,
                        Nature::Integer
                        | Nature::Scalar
                        | Nature::Anything
                        | Nature::Sequence
                        | Nature::Keyed
                        | Nature::Iteration
                        | Nature::Awaited => false,
                    }
            }
            Type::Array { .. } | Type::Result { .. } => true,
            _ => return self.node(ty).into_iter().collect(),
        };
        let parts = ty.parts().into_iter().filter(|_| holds);
        parts.flat_map(|ty| self.held(ty, strict)).collect()
    }

    /// Marks an alias as reported.
    pub(super) fn refuse(&mut self, id: AliasId) {
        let node = self.first_alias() + id.0 as usize;
        self.aliases[id.0 as usize] = None;
        self.contents[node] = Contents::default();
    }

    /// The target of an alias; none if an error was already reported.
    pub(super) fn alias(&self, id: AliasId) -> Option<&Type> {
        self.aliases[id.0 as usize].as_ref()
    }

    /// The types of a record's fields.
    pub(super) fn fields(&self, id: RecordId) -> &[Option<Type>] {
        &self.records[id.0 as usize]
    }

    /// The types of the payload of a variant's case.
    pub(super) fn payload(&self, id: VariantId, case: usize) -> &[Option<Type>] {
        &self.variants[id.0 as usize][case]
    }

    /// `ty` with aliases expanded.
    pub(super) fn expanded<'t>(&'t self, mut ty: &'t Type) -> Option<&'t Type> {
        while let Type::Alias(id) = ty {
            ty = self.alias(*id)?;
        }
        Some(ty)
    }

    /// Whether `ty` is `u8`, of which a list is `bytes` in Python.
    pub(super) fn is_byte(&self, ty: &Type) -> bool {
        self.expanded(ty).is_some_and(|ty| ty.is(Builtin::U8))
    }

    /// What occurs in `ty`.
    pub(super) fn contents(&self, ty: &Type) -> Contents {
        let none = Contents::default();
        let own = match ty {
            Type::Builtin(builtin, _) => match builtin.nature() {
                Nature::Anything => Contents { any: true, ..none },
                Nature::Iteration => Contents {
                    iterator: true,
                    ..none
                },
                Nature::Awaited => Contents {
                    stream: true,
                    ..none
                },
                Nature::Integer
                | Nature::Scalar
                | Nature::Choice
                | Nature::Product
                | Nature::Sequence
                | Nature::Keyed => none,
            },
            Type::Callback { .. } => Contents {
                callback: true,
                ..none
            },
            Type::Class(_) => Contents {
                class: true,
                ..none
            },
            Type::Protocol(_) => Contents { any: true, ..none },
            Type::Record(_) | Type::Variant(_) | Type::Alias(_) => {
                self.node(ty).map_or(none, |node| self.contents[node])
            }
            Type::Enum(_)
            | Type::Flags(_)
            | Type::Exception(_)
            | Type::Array { .. }
            | Type::Result { .. }
            | Type::View { .. } => none,
        };
        let parts = ty.parts().into_iter().map(|ty| self.contents(ty));
        parts.fold(own, Contents::and)
    }

    /// Whether `ty` can be a key.
    pub(super) fn hashable(&self, ty: &Type) -> bool {
        match ty {
            Type::Builtin(Builtin::List, arguments) if self.is_byte(&arguments[0]) => true,
            Type::Builtin(builtin, arguments) => {
                prelude().of(*builtin).hashable && arguments.iter().all(|ty| self.hashable(ty))
            }
            Type::Enum(_) | Type::Flags(_) => true,
            // A list of bytes is `bytes`, which can be a key.
            Type::Array { item, .. } if self.is_byte(item) => true,
            Type::Record(_) | Type::Variant(_) | Type::Alias(_) => {
                self.node(ty).is_none_or(|node| self.hashable[node])
            }
            Type::Callback { .. }
            | Type::Array { .. }
            | Type::Result { .. }
            | Type::View { .. }
            | Type::Protocol(_)
            | Type::Exception(_)
            | Type::Class(_) => false,
        }
    }
}

impl Table {
    fn resolve_aliases(&mut self) -> (Vec<Vec<AliasId>>, Vec<AliasId>) {
        let first = self.first_alias();
        let aliases = |ty: &Option<Type>| -> Vec<usize> {
            let nodes = ty.as_ref().map_or_else(Vec::new, |ty| self.mentioned(ty));
            nodes
                .into_iter()
                .filter_map(|node| node.checked_sub(first))
                .collect()
        };
        let edges: Vec<_> = self.aliases.iter().map(aliases).collect();
        let mut cycles = Vec::new();
        let mut large = Vec::new();
        let mut parts = vec![1; edges.len()];
        let mut levels = vec![1; edges.len()];
        for component in components(&edges) {
            if is_cycle(&component, &edges) {
                component.iter().for_each(|&node| self.aliases[node] = None);
                let aliases = component.into_iter().map(|node| AliasId(node as u32));
                cycles.push(aliases.collect());
                continue;
            }
            for node in component {
                // The parts of each are already counted, and exceed the limits slightly at most.
                let is_large = |node: usize| parts[node] > MOST_PARTS || levels[node] > MOST_LEVELS;
                let is_reported = edges[node].iter().any(|&other| is_large(other));
                let all: usize = edges[node].iter().map(|&other| parts[other]).sum();
                let ty = self.aliases[node].as_ref();
                let deep = ty.map_or(0, |ty| self.levels(ty, &levels));
                parts[node] = (1 + all).min(MOST_PARTS + 1);
                levels[node] = (1 + deep).min(MOST_LEVELS + 1);
                if parts[node] > MOST_PARTS || levels[node] > MOST_LEVELS {
                    self.aliases[node] = None;
                    if !is_reported {
                        large.push(AliasId(node as u32));
                    }
                }
            }
        }
        (cycles, large)
    }

    /// The nesting depth of `ty`, given that of each alias.
    fn levels(&self, ty: &Type, aliases: &[usize]) -> usize {
        match ty {
            Type::Alias(AliasId(id)) => aliases[*id as usize],
            _ => {
                let parts = ty.parts().into_iter();
                1 + parts.map(|ty| self.levels(ty, aliases)).max().unwrap_or(0)
            }
        }
    }

    /// Finds types that contain themselves, and computes which can be keys. The edges of the graph lead to the types that a value
    /// contains directly, not through a list.
    fn resolve_compounds(&mut self) -> Vec<Vec<(Compound, usize)>> {
        let edges: Vec<Vec<usize>> = (0..self.contents.len())
            .map(|node| {
                let types = self.types(node).flatten();
                types
                    .flat_map(|ty| self.held(ty, self.strict[node]))
                    .collect()
            })
            .collect();
        let mut cycles = Vec::new();
        for component in components(&edges) {
            if is_cycle(&component, &edges) {
                cycles.push(self.break_cycle(&component));
                continue;
            }
            let node = component[0];
            let mut types = self.types(node).flatten();
            let hashable = types.all(|ty| self.hashable(ty));
            drop(types);
            self.hashable[node] = hashable;
        }
        cycles
    }

    /// Marks the types of a cycle as reported.
    fn break_cycle(&mut self, component: &[usize]) -> Vec<(Compound, usize)> {
        let nodes: HashSet<usize> = component.iter().copied().collect();
        let mut cycle = Vec::new();
        for &node in component {
            let leads_on = |ty: &Option<Type>| {
                let held = ty
                    .as_ref()
                    .map_or_else(Vec::new, |ty| self.held(ty, self.strict[node]));
                held.iter().any(|node| nodes.contains(node))
            };
            let Some(compound) = self.compound(node) else {
                continue;
            };
            let on: Vec<bool> = self.types_of(node).map(leads_on).collect();
            cycle.extend(on.iter().position(|on| *on).map(|index| (compound, index)));
            let types = match compound {
                Compound::Record(id) => self.records[id.0 as usize].iter_mut().collect(),
                Compound::Variant(id) => self.variants[id.0 as usize]
                    .iter_mut()
                    .flatten()
                    .collect::<Vec<_>>(),
            };
            for (ty, _) in types.into_iter().zip(on).filter(|(_, on)| *on) {
                *ty = None;
            }
        }
        cycle
    }

    /// Computes what occurs in each node; nodes that reach each other have the same contents.
    fn resolve_contents(&mut self, borrowing: &HashSet<ItemId>) {
        let edges: Vec<Vec<usize>> = (0..self.contents.len())
            .map(|node| {
                let types = self.types(node).flatten();
                types.flat_map(|ty| self.mentioned(ty)).collect()
            })
            .collect();
        for component in components(&edges) {
            let types = component
                .iter()
                .flat_map(|&node| self.types(node).flatten());
            let mut contents = types
                .map(|ty| self.contents(ty))
                .fold(Contents::default(), Contents::and);
            contents.borrow |= component
                .iter()
                .any(|&node| borrowing.contains(&self.item(node)));
            component
                .into_iter()
                .for_each(|node| self.contents[node] = contents);
        }
    }
}
