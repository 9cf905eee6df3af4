//! What classes, protocols and exceptions extend and implement.

use crate::model::{ClassId, ExceptionId, ProtocolId, Type};

/// The bases of classes and protocols. Reported ones are left out.
#[derive(Debug, Default)]
pub(super) struct Inheritance {
    pub(super) classes: Vec<Option<ClassId>>,
    pub(super) implements: Vec<Vec<ProtocolId>>,
    pub(super) protocols: Vec<Vec<ProtocolId>>,
}

impl Inheritance {
    /// The class that `id` extends.
    pub(super) fn base(&self, id: ClassId) -> Option<ClassId> {
        self.classes.get(id.0 as usize).copied().flatten()
    }

    /// The protocols that a class itself names.
    pub(super) fn implements(&self, id: ClassId) -> &[ProtocolId] {
        self.implements
            .get(id.0 as usize)
            .map_or(&[], Vec::as_slice)
    }

    /// The protocols that a protocol extends.
    pub(super) fn protocol_bases(&self, id: ProtocolId) -> &[ProtocolId] {
        self.protocols.get(id.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// A class and its ancestors, itself first.
    pub(super) fn lineage(&self, id: ClassId) -> impl Iterator<Item = ClassId> {
        std::iter::successors(Some(id), |id| self.base(*id))
    }

    /// Whether the class is declared to implement the protocol.
    pub(super) fn has_protocol(&self, class: ClassId, protocol: ProtocolId) -> bool {
        let named = self.lineage(class).flat_map(|class| self.implements(class));
        self.all_bases(named.copied()).contains(&protocol)
    }

    /// Whether a protocol is `base` or extends it.
    pub(super) fn extends_protocol(&self, protocol: ProtocolId, base: ProtocolId) -> bool {
        self.all_bases([protocol]).contains(&base)
    }

    /// Protocols and all their ancestors, each once.
    pub(super) fn all_bases(&self, of: impl IntoIterator<Item = ProtocolId>) -> Vec<ProtocolId> {
        let mut all: Vec<ProtocolId> = Vec::new();
        let mut open: Vec<ProtocolId> = of.into_iter().collect();
        open.reverse();
        while let Some(protocol) = open.pop() {
            if !all.contains(&protocol) {
                all.push(protocol);
                open.extend(self.protocol_bases(protocol).iter().rev());
            }
        }
        all
    }
}

/// What declared exceptions extend, and their fields.
#[derive(Debug, Default)]
pub(super) struct Exceptions {
    /// The bases of the declared ones; none if an error was already reported.
    pub(super) bases: Vec<Option<ExceptionId>>,
    /// The types of their fields.
    pub(super) fields: Vec<Vec<Option<Type>>>,
    /// The names of their fields in Rust.
    pub(super) attributes: Vec<Vec<String>>,
}

impl Exceptions {
    /// The base of a declared exception; none if an error was already reported.
    pub(super) fn base(&self, id: ExceptionId) -> Option<ExceptionId> {
        self.bases.get(id.0 as usize).copied().flatten()
    }
}
