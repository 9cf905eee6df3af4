//! Which item starts here.

use super::super::ast::{self, Direction, ItemKind};
use super::super::context::Context;
use super::super::cursor::{Cursor, Expected, Parsed};
use super::super::token::{Keyword, Kind};
use super::{class, data, foreign, function, meta, world};

/// What `context` allows, or `None` if something else is there, which is reported:
///
/// * `file-item ::= meta ( nested-package | use-decl | interface | world | import-block | use-names | item )`
/// * `interface-item ::= meta ( use-decl | use-names | item )`
/// * `world-item ::= meta ( export | import | use-decl | use-names | include | typedef | const )`
/// * `class-item ::= meta ( constructor | property | operator | const | method )`
pub(super) fn item<'t>(context: Context) -> impl Fn(Cursor<'t>) -> Parsed<'t, Option<ast::Item>> {
    move |input| {
        let (rest, mut meta) = meta::meta(input)?;
        rest.start_item();
        let start = rest.past(foreign::modifiers);
        let (rest, kind) = match start.habit(|start| Some(foreign::item(start, &mut meta, context)))
        {
            Some(parsed) => parsed?,
            None => kind(start, context).map(|(rest, kind)| (rest, Some(kind)))?,
        };
        let item = kind.map(|kind| ast::Item {
            meta,
            kind,
            span: rest.span_since(start),
        });
        Ok((rest, item))
    }
}

/// `item ::= typedef | const | function`, and the other items that `context` allows.
fn kind(input: Cursor<'_>, context: Context) -> Parsed<'_, ItemKind> {
    let is_named = input.at_word() && input.nth(1).kind == Kind::Colon;
    match input.kind() {
        Kind::Keyword(Keyword::Constructor) if context.allows(Keyword::Constructor) => {
            construct(input, Keyword::Constructor, context)
        }
        _ if is_named && context.allows_functions() => function::function(context)(input),
        Kind::Keyword(keyword) if !is_named && context.allows(keyword) => {
            construct(input, keyword, context)
        }
        _ => Err(input.stuck(Expected::Item(context))),
    }
}

/// `typedef ::= alias | record | variant | enum | flags | class | exception | protocol`, or another item that `keyword`
/// introduces, which is the next token or its replacement.
pub(super) fn construct(
    input: Cursor<'_>,
    keyword: Keyword,
    context: Context,
) -> Parsed<'_, ItemKind> {
    let rest = input.bump();
    match keyword {
        Keyword::Package => world::nested_package(rest),
        Keyword::Use => world::use_item(rest),
        Keyword::Interface => world::interface(rest),
        Keyword::World => world::world(rest),
        Keyword::Import => world::any_import(context)(rest),
        Keyword::Export => world::external(Direction::Export)(rest),
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
        Keyword::Property => class::property(false)(rest),
        Keyword::Operator => class::operator(rest),
        _ => Err(input.stuck(Expected::Item(context))),
    }
}
