//! Determines which item starts here, and whether it is allowed here.

use super::super::ast::{self, ItemKind};
use super::super::context::Context;
use super::super::cursor::{Cursor, Expected, Parsed};
use super::super::token::{Keyword, Kind};
use super::{class, data, foreign, function, meta, name, world};
use crate::diagnostic::{Code, Diagnostic};

/// The keyword of the item that certainly starts here: one that is followed by a word, except for `record as r` in the braces of
/// a `use`.
pub(super) fn introduced(input: Cursor<'_>) -> Option<Keyword> {
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
pub(super) fn starts_item(input: Cursor<'_>) -> bool {
    introduced(input).is_some()
}

/// Whether a whole function follows, up to its semicolon: other tokens would follow a function type.
pub(super) fn is_function(input: Cursor<'_>) -> bool {
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
fn is_introducer(keyword: Keyword) -> bool {
    use Keyword::{
        As, Async, Extends, From, Func, Implements, Mut, Overload, Raises, Static, With,
    };
    !matches!(
        keyword,
        As | Async | Extends | From | Func | Implements | Mut | Overload | Raises | Static | With
    )
}

/// An item with its documentation and attributes; `None` if it is not allowed here, which is reported.
pub(super) fn item<'t>(context: Context) -> impl Fn(Cursor<'t>) -> Parsed<'t, Option<ast::Item>> {
    move |input| {
        let (rest, mut meta) = meta::meta(input)?;
        if let Some(attribute) = meta.attributes.last()
            && (rest.at(Kind::End) || rest.kind().is_closer())
        {
            rest.report(
                Diagnostic::new(
                    Code::Misplaced,
                    attribute.span,
                    "an attribute without an item after it",
                    "belongs to nothing",
                )
                .help("put it before an item, or delete it"),
            );
            return Ok((rest, None));
        }
        rest.start_item();
        let start = not_doubled(foreign::modifiers(rest));
        let (rest, kind) = match foreign::decorated(&mut meta, start, context) {
            Some(parsed) => parsed?,
            None => kind(start, context)?,
        };
        let item = kind.map(|kind| ast::Item {
            meta,
            kind,
            span: rest.span_since(start),
        });
        Ok((rest, item))
    }
}

/// Skips the first of two equal keywords that introduce one item. If only a name followed, the second one would be the name.
pub(super) fn not_doubled(input: Cursor<'_>) -> Cursor<'_> {
    let next = input.bump();
    let is_doubled = starts_item(input) && next.kind() == input.kind();
    if is_doubled && name::introduces(next) {
        let keyword = input.text();
        input.report(
            Diagnostic::new(
                Code::UnexpectedToken,
                input.span(),
                format!("`{keyword}` stands here twice"),
                "one too many",
            )
            .help("delete it"),
        );
        return next;
    }
    input
}

fn kind(input: Cursor<'_>, context: Context) -> Parsed<'_, Option<ItemKind>> {
    let is_named = input.at_word() && input.nth(1).kind == Kind::Colon;
    let is_value = input.nth(1).kind == Kind::Name && input.nth(2).kind == Kind::Colon;
    if input.at_keyword(Keyword::Readonly) && is_value && !context.has_methods() {
        return foreign::early_words_of_value(input, input.bump(), context);
    }
    match input.kind() {
        Kind::Keyword(Keyword::Import) if !is_named => {
            match foreign::import(input, context == Context::World) {
                Some(rest) => Ok((rest, None)),
                None => constructed(input, context, Keyword::Import),
            }
        }
        Kind::Keyword(Keyword::Use) if foreign::is_rust_use(input) => {
            Ok((foreign::rust_use(input), None))
        }
        Kind::Keyword(Keyword::Constructor) if is_named && context.has_methods() => {
            constructed(input, context, Keyword::Constructor)
        }
        _ if is_named => function::item(input, context),
        Kind::Keyword(keyword) if is_introducer(keyword) => constructed(input, context, keyword),
        _ => foreign::item(input, context),
    }
}

/// The item that `keyword` introduces, which is the next token or its replacement.
pub(super) fn constructed(
    input: Cursor<'_>,
    context: Context,
    keyword: Keyword,
) -> Parsed<'_, Option<ItemKind>> {
    let (rest, kind) = {
        let is_elsewhere = !context.allows(keyword) && keyword != Keyword::Import;
        let _quiet = is_elsewhere.then(|| input.inside_misplaced());
        construct(input, keyword, context)?
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

fn construct(input: Cursor<'_>, keyword: Keyword, context: Context) -> Parsed<'_, ItemKind> {
    let rest = input.bump();
    match keyword {
        Keyword::Package => world::nested_package(rest),
        Keyword::Use => world::use_item(rest),
        Keyword::Interface => world::interface(rest),
        Keyword::World => world::world(rest),
        Keyword::Import => world::import(rest),
        Keyword::Export => world::export(rest),
        Keyword::Include => world::include(rest),
        Keyword::Type => data::alias(rest),
        Keyword::Record => data::record(rest),
        Keyword::Variant => data::variant(rest),
        Keyword::Enum => data::enumeration(rest),
        Keyword::Flags => data::flags(rest),
        Keyword::Const => data::constant(rest),
        Keyword::Exception => data::exception(rest),
        Keyword::Protocol => class::protocol(rest),
        Keyword::Class | Keyword::Resource => class::class(keyword)(rest),
        Keyword::Constructor => class::constructor(rest),
        Keyword::Readonly => class::readonly(rest),
        Keyword::Property => class::property(rest, false),
        Keyword::Operator => class::operator(rest),
        _ => Err(input.stuck(Expected::Item(context))),
    }
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
