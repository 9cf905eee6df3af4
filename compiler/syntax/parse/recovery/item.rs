//! Where items start, items in places where they are not allowed, and the alternatives of an overload.

use super::block::block;
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{self, FunctionBody, ItemKind};
use crate::syntax::context::Context;
use crate::syntax::cursor::{Cursor, Parsed};
use crate::syntax::parse::{item, name};
use crate::syntax::token::{Keyword, Kind};

/// The item that `keyword` introduces, which is the next token or its replacement.
pub(in super::super) fn constructed(
    input: Cursor<'_>,
    context: Context,
    keyword: Keyword,
) -> Parsed<'_, Option<ItemKind>> {
    let (rest, kind) = {
        let is_elsewhere = !context.allows(keyword) && keyword != Keyword::Import;
        let _quiet = is_elsewhere.then(|| input.inside_misplaced());
        item::construct(input, keyword, context)?
    };
    let belongs = match kind {
        ItemKind::ImportBlock(_) => context == Context::File,
        ItemKind::Extern(_) => context == Context::World,
        _ => context.allows(keyword),
    };
    if !belongs {
        input.report_misplaced(misplaced(input, context, keyword));
    }
    Ok((rest, belongs.then_some(kind)))
}

fn misplaced(input: Cursor<'_>, context: Context, keyword: Keyword) -> Diagnostic {
    let word = keyword.as_str();
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    let diagnostic = Diagnostic::new(
        Code::Misplaced,
        input.span(),
        format!("{article} `{word}` cannot stand in {}", context.describe()),
        "does not belong here",
    );
    match keyword {
        _ if matches!(context, Context::Overload | Context::MethodOverload) => {
            diagnostic.help("write each alternative as `name: func(…) -> …;`")
        }
        Keyword::Package => diagnostic
            .help("`package a:b;` is the first line of a file; `package a:b { … }` stands outside all other braces"),
        Keyword::Import if context == Context::World => {
            diagnostic.help("`import a from \"a\" { … }` stands outside the world; here, write `import a: interface { … }`")
        }
        Keyword::Import => diagnostic
            .help("imports stand in a `world`; the short form, outside of it, is `import json from \"json\" { … }`"),
        Keyword::Export | Keyword::Include => diagnostic.help("move it into a `world`"),
        Keyword::Constructor | Keyword::Property | Keyword::Readonly | Keyword::Operator => {
            diagnostic.help("move it into a `class`")
        }
        Keyword::Interface | Keyword::World => diagnostic.help("move it out of all braces"),
        _ if context == Context::Package => diagnostic.help("move it into an `interface`"),
        _ => diagnostic.help(format!("declare it before {} and use its name here", match context {
            Context::Class => "the class",
            _ => "the protocol",
        })),
    }
}

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

/// The contents of the braces at `input`; `overload` is the word before.
pub(in super::super) fn alternatives<'t>(
    overload: Cursor<'t>,
    input: Cursor<'t>,
    methods: bool,
) -> Parsed<'t, FunctionBody> {
    let context = match methods {
        true => Context::MethodOverload,
        false => Context::Overload,
    };
    let (rest, items) = block(context)(input)?;
    let is_empty = input.nth(1).kind == Kind::CloseBrace;
    let alternatives: Vec<_> = items
        .into_iter()
        .filter_map(|item| alternative(overload, item))
        .collect();
    if is_empty {
        let message = "an overload without alternatives";
        let help = "write each alternative as `name: func(…) -> …;`";
        overload.report_token(Code::UnexpectedToken, message, "nothing in it", help);
    }
    Ok((rest, FunctionBody::Overload(alternatives)))
}

/// An item of an overload as an alternative; reports items that cannot be one.
fn alternative(input: Cursor<'_>, item: ast::Item) -> Option<ast::Alternative> {
    if let ItemKind::Function(ast::Function {
        name,
        body: FunctionBody::Signature(signature),
    }) = item.kind
    {
        return Some(ast::Alternative {
            meta: item.meta,
            name,
            signature,
        });
    }
    input.report_apart(
        Diagnostic::new(
            Code::Misplaced,
            item.span,
            "only functions can be alternatives of an overload",
            "not a function",
        )
        .help("write each alternative as `name: func(…) -> …;`"),
    );
    None
}
