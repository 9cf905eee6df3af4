//! Lists, blocks and items, and how reading goes on after a mistake in them.

mod block;
mod bracket;
mod list;
mod misplaced;
mod overload;
mod start;

pub(super) use block::{block, items, semicolon};
pub(super) use list::{list, required_list, values};
pub(super) use misplaced::constructed;
pub(super) use overload::alternatives;
pub(super) use start::{is_introducer, not_doubled};
