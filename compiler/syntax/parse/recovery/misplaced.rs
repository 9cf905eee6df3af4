//! Items in places where they are not allowed.

use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::ItemKind;
use crate::syntax::context::Context;
use crate::syntax::cursor::{Cursor, Parsed};
use crate::syntax::parse::item;
use crate::syntax::token::Keyword;

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
