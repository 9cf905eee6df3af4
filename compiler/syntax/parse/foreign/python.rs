//! Classes of Python that are something else here: enums, records, exceptions.

use super::body::{is_block_colon, item_body, list_body};
use super::report;
use crate::diagnostic::suggest;
use crate::syntax::ast::{self, ItemKind, Name};
use crate::syntax::cursor::{Cursor, Parsed};
use crate::syntax::parse::data;
use crate::syntax::parse::item::Context;
use crate::syntax::token::{Keyword, Kind};

/// What the classes with such a base are.
const BASES: &[(&str, Keyword)] = &[
    ("Enum", Keyword::Enum),
    ("IntEnum", Keyword::Enum),
    ("StrEnum", Keyword::Enum),
    ("Flag", Keyword::Flags),
    ("IntFlag", Keyword::Flags),
    ("NamedTuple", Keyword::Record),
    ("TypedDict", Keyword::Record),
    ("Protocol", Keyword::Protocol),
    ("BaseException", Keyword::Exception),
    ("Exception", Keyword::Exception),
];

/// What a class is, by its base in parentheses: `class Unit(Enum):`.
pub(crate) fn class_kind(input: Cursor<'_>) -> Option<Keyword> {
    let base = input.nth_text(1);
    let is_block = input.nth(3).kind == Kind::Colon || input.nth(3).kind == Kind::OpenBrace;
    if !(input.at(Kind::OpenParen) && input.nth(2).kind == Kind::CloseParen && is_block) {
        return None;
    }
    let known = BASES.iter().find(|(known, _)| *known == base);
    // `ValueError` and the like.
    let is_error = base.ends_with("Error") && base.starts_with(|c: char| c.is_ascii_uppercase());
    known
        .map(|&(_, keyword)| keyword)
        .or(is_error.then_some(Keyword::Exception))
}

/// The item that a class of Python is, and that `kind` introduces here. Behind the name, at the parentheses.
pub(crate) fn class(input: Cursor<'_>, name: Name, kind: Keyword) -> Parsed<'_, ItemKind> {
    let base = input.nth_text(1);
    let word = kind.as_str();
    let text = &name.text;
    let help = match kind {
        Keyword::Exception if base != "Exception" => {
            format!(
                "write `exception {text} extends {} {{ … }}`",
                suggest::kebab_case(base)
            )
        }
        _ => format!("write `{word} {text} {{ … }}`"),
    };
    report(
        input,
        format!("this is no class, but {word}"),
        "Python's way",
        help,
    );
    let rest = input.bump().bump().bump();
    if is_block_colon(rest) {
        // Said with the base.
        rest.set_reported();
    }
    let kind = match kind {
        Keyword::Enum | Keyword::Flags => {
            let (after, mut members) = list_body(rest, data::member)?;
            // Which type they have is for the enum to say.
            members.iter_mut().for_each(|member| member.value = None);
            let item = ast::Enumeration {
                name,
                repr: None,
                members,
            };
            return Ok((
                after,
                if kind == Keyword::Enum {
                    ItemKind::Enum(item)
                } else {
                    ItemKind::Flags(item)
                },
            ));
        }
        Keyword::Protocol => {
            let (after, items) = item_body(rest, Context::Protocol)?;
            let bases = Vec::new();
            return Ok((
                after,
                ItemKind::Protocol(ast::Protocol { name, bases, items }),
            ));
        }
        other => other,
    };
    let (after, fields) = list_body(rest, data::field)?;
    let item = match kind {
        Keyword::Exception => ItemKind::Exception(ast::Exception {
            name,
            base: None,
            fields,
        }),
        _ => ItemKind::Record(ast::Record { name, fields }),
    };
    Ok((after, item))
}
