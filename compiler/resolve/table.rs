//! What is known of the types that a file declares, once all of them are resolved.

use std::collections::HashSet;

use super::graph::{components, is_cycle};
use super::prelude::Prelude;
use crate::model::{AliasId, ItemId, RecordId, Type, VariantId};

/// What occurs in a type, at any depth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Contents {
    pub(super) any: bool,
    pub(super) callback: bool,
    pub(super) iterator: bool,
    pub(super) class: bool,
    /// Streams and futures.
    pub(super) stream: bool,
    /// `borrow` was written, outside of the parameters of a callback.
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

    /// Whether handling such a value needs Python objects, apart from classes.
    pub(super) fn is_python(self) -> bool {
        self.any || self.callback || self.iterator || self.stream
    }
}

/// Declared types by their ids. None: reported.
///
/// Records, variants and aliases, in this order, are the nodes of the graphs here.
#[derive(Debug, Default)]
pub(super) struct Table {
    records: Vec<Vec<Option<Type>>>,
    /// The types of each case.
    variants: Vec<Vec<Vec<Option<Type>>>>,
    aliases: Vec<Option<Type>>,
    /// Of each node.
    contents: Vec<Contents>,
    /// Whether each node can be a key.
    hashable: Vec<bool>,
    /// Whether each node is WIT's, which has no recursion at all; elsewhere lists and the like break a cycle.
    strict: Vec<bool>,
}

/// What consists of parts that have types of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Compound {
    Record(RecordId),
    Variant(VariantId),
}

/// How many types an alias may stand for, all in all. Aliases of aliases grow like rice on a chessboard.
pub(super) const MOST_PARTS: usize = 1000;
/// How deep they may be nested: what works through them does so by recursion.
pub(super) const MOST_LEVELS: usize = 200;

/// Definitions that rest on themselves, or on too much.
#[derive(Debug, Default)]
pub(super) struct Cycles {
    /// Aliases that stand for themselves.
    pub(super) aliases: Vec<Vec<AliasId>>,
    /// Aliases that stand for more than [`MOST_PARTS`] types, or more than [`MOST_LEVELS`] of them inside each other.
    pub(super) large: Vec<AliasId>,
    /// Records and variants that contain themselves, each with the index of the first of its types that leads on (those
    /// of variants are counted through all cases).
    pub(super) compounds: Vec<Vec<(Compound, usize)>>,
}

impl Table {
    /// Takes the resolved types of all aliases, of all fields of records and of all cases of variants, and works out what
    /// they are good for. Cycles are handed back to be reported; the types that make them count as reported from here
    /// on. `borrowing` are the definitions that say `borrow` themselves, `is_wit` tells those of WIT.
    pub(super) fn new(
        aliases: Vec<Option<Type>>,
        records: Vec<Vec<Option<Type>>>,
        variants: Vec<Vec<Vec<Option<Type>>>>,
        borrowing: &HashSet<ItemId>,
        prelude: &Prelude,
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
            compounds: table.resolve_compounds(prelude),
        };
        table.resolve_contents(borrowing);
        (table, cycles)
    }

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
                // What each of these stands for is known already, and is at most just over the limits.
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

    /// How deep types are nested in `ty`, given how deep they are in each alias.
    fn levels(&self, ty: &Type, aliases: &[usize]) -> usize {
        match ty {
            Type::Alias(AliasId(id)) => aliases[*id as usize],
            _ => {
                let parts = ty.parts().into_iter();
                1 + parts.map(|ty| self.levels(ty, aliases)).max().unwrap_or(0)
            }
        }
    }

    /// Finds what contains itself, and works out what can be a key. The edges of the graph lead to what a value holds in
    /// itself, not behind a list.
    fn resolve_compounds(&mut self, prelude: &Prelude) -> Vec<Vec<(Compound, usize)>> {
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
            let hashable = types.all(|ty| self.hashable(ty, prelude));
            drop(types);
            self.hashable[node] = hashable;
        }
        cycles
    }

    /// Takes the types that make a cycle for reported.
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

    /// Works out what occurs in each node; those that reach each other contain the same.
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

    fn first_variant(&self) -> usize {
        self.records.len()
    }

    fn first_alias(&self) -> usize {
        self.records.len() + self.variants.len()
    }

    /// The record or variant that a node is.
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

    /// The types of a record or variant; of an alias none.
    fn types_of(&self, node: usize) -> impl Iterator<Item = &Option<Type>> {
        let (fields, cases) = match self.compound(node) {
            Some(Compound::Record(id)) => (self.fields(id), &[][..]),
            Some(Compound::Variant(id)) => (&[][..], self.variants[id.0 as usize].as_slice()),
            None => (&[][..], &[][..]),
        };
        fields.iter().chain(cases.iter().flatten())
    }

    /// All types of a node.
    fn types(&self, node: usize) -> impl Iterator<Item = Option<&Type>> {
        let alias = node.checked_sub(self.first_alias());
        let alias = alias.map(|alias| self.aliases[alias].as_ref());
        self.types_of(node).map(Option::as_ref).chain(alias)
    }

    /// The node that a type is.
    fn node(&self, ty: &Type) -> Option<usize> {
        match ty {
            Type::Record(id) => Some(id.0 as usize),
            Type::Variant(id) => Some(self.first_variant() + id.0 as usize),
            Type::Alias(id) => Some(self.first_alias() + id.0 as usize),
            _ => None,
        }
    }

    /// The nodes that `ty` names, at any depth.
    fn mentioned(&self, ty: &Type) -> Vec<usize> {
        let mut nodes: Vec<usize> = self.node(ty).into_iter().collect();
        nodes.extend(ty.parts().into_iter().flat_map(|ty| self.mentioned(ty)));
        nodes
    }

    /// The nodes of which a value of type `ty` holds one in itself; where `strict`, all that it names.
    fn held(&self, ty: &Type, strict: bool) -> Vec<usize> {
        let holds = match ty {
            Type::Builtin { name, .. } => {
                strict || matches!(name.as_str(), "option" | "tuple" | "union")
            }
            Type::Array { .. } | Type::Result { .. } => true,
            _ => return self.node(ty).into_iter().collect(),
        };
        let parts = ty.parts().into_iter().filter(|_| holds);
        parts.flat_map(|ty| self.held(ty, strict)).collect()
    }

    /// Takes an alias for reported from here on.
    pub(super) fn refuse(&mut self, id: AliasId) {
        let node = self.first_alias() + id.0 as usize;
        self.aliases[id.0 as usize] = None;
        self.contents[node] = Contents::default();
    }

    /// What an alias stands for; none where that was reported.
    pub(super) fn alias(&self, id: AliasId) -> Option<&Type> {
        self.aliases[id.0 as usize].as_ref()
    }

    /// The types of a record's fields.
    pub(super) fn fields(&self, id: RecordId) -> &[Option<Type>] {
        &self.records[id.0 as usize]
    }

    /// The types of what a case of a variant carries.
    pub(super) fn payload(&self, id: VariantId, case: usize) -> &[Option<Type>] {
        &self.variants[id.0 as usize][case]
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
        let none = Contents::default();
        let own = match ty {
            Type::Builtin { name, .. } => Contents {
                any: matches!(name.as_str(), "any" | "object"),
                iterator: matches!(name.as_str(), "iterator" | "iterable"),
                stream: matches!(name.as_str(), "stream" | "future"),
                ..none
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
            | Type::Array { .. }
            | Type::Result { .. }
            | Type::View { .. } => none,
        };
        let parts = ty.parts().into_iter().map(|ty| self.contents(ty));
        parts.fold(own, Contents::and)
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
            Type::Record(_) | Type::Variant(_) | Type::Alias(_) => {
                self.node(ty).is_none_or(|node| self.hashable[node])
            }
            Type::Callback { .. }
            | Type::Array { .. }
            | Type::Result { .. }
            | Type::View { .. }
            | Type::Protocol(_)
            | Type::Class(_) => false,
        }
    }
}
