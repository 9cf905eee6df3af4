//! Which kinds of types occur in the types of an interface, at any depth. Definitions other than aliases are not looked into.

use crate::lower::types::row_of;
use crate::model::{AliasId, Interface, Type};
use crate::resolve::graph::components;

/// A kind of type that occurs in a type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Contents {
    /// `any`, other types of Python objects, and iterators.
    pub(crate) object: bool,
    pub(crate) callback: bool,
}

impl Contents {
    fn and(self, other: Self) -> Self {
        Self {
            object: self.object || other.object,
            callback: self.callback || other.callback,
        }
    }
}

/// The kinds that occur in each alias.
#[derive(Debug)]
pub(crate) struct AliasContents(Vec<Contents>);

impl AliasContents {
    pub(crate) fn new(interface: &Interface) -> Self {
        let aliases = &interface.aliases;
        let mut contents = Self(vec![Contents::default(); aliases.len()]);
        let edges: Vec<Vec<usize>> = aliases.iter().map(|alias| aliases_in(&alias.ty)).collect();
        // Each alias comes after those that it names, and no alias names itself.
        for alias in components(&edges).into_iter().flatten() {
            contents.0[alias] = contents.contents(&aliases[alias].ty);
        }
        contents
    }

    /// The kinds that occur in `ty`.
    pub(crate) fn contents(&self, ty: &Type) -> Contents {
        let own = match ty {
            Type::Builtin(builtin, _) => Contents {
                object: row_of(*builtin).is_some_and(|row| row.is_object),
                ..Contents::default()
            },
            Type::Callback { .. } => Contents {
                callback: true,
                ..Contents::default()
            },
            Type::Alias(AliasId(id)) => self.0[*id as usize],
            _ => Contents::default(),
        };
        let parts = ty.parts().into_iter().map(|ty| self.contents(ty));
        parts.fold(own, Contents::and)
    }
}

fn aliases_in(ty: &Type) -> Vec<usize> {
    match ty {
        Type::Alias(AliasId(id)) => vec![*id as usize],
        _ => ty.parts().into_iter().flat_map(aliases_in).collect(),
    }
}
