//! Where items start, and which keyword introduces them.

use crate::diagnostic::Code;
use crate::syntax::cursor::Cursor;
use crate::syntax::parse::name;
use crate::syntax::token::{Keyword, Kind};

/// The keyword of the item that certainly starts here: one that is followed by a word, except for `record as r` in the braces of
/// a `use`.
pub(in super::super) fn introduced(input: Cursor<'_>) -> Option<Keyword> {
    let Kind::Keyword(keyword) = input.kind() else {
        return None;
    };
    let next = input.nth(1).kind;
    match keyword {
        Keyword::Constructor => {
            let is_overloaded =
                next == Kind::Colon && input.nth(2).kind == Kind::Keyword(Keyword::Overload);
            (next == Kind::OpenParen || is_overloaded).then_some(keyword)
        }
        _ => {
            let is_name = next.is_word() && next != Kind::Keyword(Keyword::As);
            (is_introducer(keyword) && is_name).then_some(keyword)
        }
    }
}

/// Whether an item certainly starts here.
pub(in super::super) fn starts_item(input: Cursor<'_>) -> bool {
    introduced(input).is_some()
}

/// Whether a whole function follows, up to its semicolon: other tokens would follow a function type.
pub(in super::super) fn is_function(input: Cursor<'_>) -> bool {
    use Keyword::{Async, Func, Mut, Static};
    // No signature is longer, and if nothing is closed, the end of the file is far from each line.
    const LONGEST: usize = 1000;
    let mut rest = input.bump().bump();
    if !matches!(rest.kind(), Kind::Keyword(Async | Func | Mut | Static)) {
        return false;
    }
    let mut depth = 0_usize;
    for _ in 0..LONGEST {
        match rest.kind() {
            Kind::End => return false,
            kind if kind.closer().is_some() => depth += 1,
            kind if kind.is_closer() && depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            Kind::Semicolon => return true,
            kind if kind == Kind::Comma || kind.is_closer() || rest.is_first_on_line() => {
                return false;
            }
            _ => {}
        }
        rest = rest.bump();
    }
    false
}

/// Whether items start with this keyword.
pub(in super::super) fn is_introducer(keyword: Keyword) -> bool {
    use Keyword::{
        As, Async, Extends, From, Func, Implements, Mut, Overload, Raises, Static, With,
    };
    !matches!(
        keyword,
        As | Async | Extends | From | Func | Implements | Mut | Overload | Raises | Static | With
    )
}

/// Skips the first of two equal keywords that introduce one item. If only a name followed, the second one would be the name.
pub(in super::super) fn not_doubled(input: Cursor<'_>) -> Cursor<'_> {
    let next = input.bump();
    let is_doubled = starts_item(input) && next.kind() == input.kind();
    if is_doubled && name::introduces(next) {
        let keyword = input.text();
        let message = format!("`{keyword}` stands here twice");
        input.report_token(Code::UnexpectedToken, message, "one too many", "delete it");
        return next;
    }
    input
}
