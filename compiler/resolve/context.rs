//! Where something is written, which decides what its names stand for.

use crate::model::{ClassId, ModuleId, ProtocolId, Type};

/// Where something is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Where {
    /// The module around it: names are looked up from here.
    pub(super) module: ModuleId,
    /// The class or protocol around it, which `self` stands for.
    pub(super) class: Option<Around>,
}

impl Where {
    /// In a module, outside of any class.
    pub(super) fn module(module: ModuleId) -> Self {
        let class = None;
        Self { module, class }
    }
}

/// The class or protocol around a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Around {
    Class(ClassId),
    Protocol(ProtocolId),
}

impl Around {
    /// The type of `self`.
    pub(super) fn ty(self) -> Type {
        match self {
            Self::Class(id) => Type::Class(id),
            Self::Protocol(id) => Type::Protocol(id),
        }
    }
}
