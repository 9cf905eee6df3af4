//! Packages: which files belong together, what they declare, and how they refer to each other.

pub(super) mod agreement;
pub(super) mod declare;
pub(super) mod find;
pub(super) mod modules;
pub(super) mod order;
pub(super) mod tables;
pub(super) mod taken;
pub(super) mod unit;
pub(super) mod uses;
pub(super) mod version;
pub(super) mod workspace;
pub(super) mod worlds;
