//! Lists, blocks and items, and how reading goes on after a mistake in them.

mod block;
mod item;
mod list;

pub(super) use block::{block, closes_nothing, items, semicolon};
pub(super) use item::{alternatives, constructed, is_introducer, not_doubled};
pub(super) use list::{list, required_list, values};
