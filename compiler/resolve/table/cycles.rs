//! Properties computed over all declared types together: which contain themselves, and what occurs in each.

use std::collections::HashSet;

use super::{Compound, Contents, MOST_LEVELS, MOST_PARTS, Table};
use crate::model::{AliasId, ItemId, Type};
use crate::resolve::graph::{components, is_cycle};
use crate::resolve::prelude::Prelude;

impl Table {
    pub(super) fn resolve_aliases(&mut self) -> (Vec<Vec<AliasId>>, Vec<AliasId>) {
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
    pub(super) fn resolve_compounds(&mut self, prelude: &Prelude) -> Vec<Vec<(Compound, usize)>> {
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
    pub(super) fn resolve_contents(&mut self, borrowing: &HashSet<ItemId>) {
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
