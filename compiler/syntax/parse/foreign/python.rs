//! Python classes, and the meaning of decorators on them and on their functions.

use super::body::{item_body, list_body};
use super::callable::{after_function, quiet_function};
use super::foreign;
use super::property::readonly_property;
use crate::diagnostic::suggest;
use crate::source::Span;
use crate::syntax::ast::{self, FunctionBody, ItemKind, Receiver};
use crate::syntax::context::Context;
use crate::syntax::cursor::{Cursor, Parsed, Rewriting};
use crate::syntax::parse::{data, name};
use crate::syntax::print;
use crate::syntax::token::{Keyword, Kind};

/// The meaning of classes with such a base.
const BASES: &[(&str, Keyword)] = &[
    ("Enum", Keyword::Enum),
    ("IntEnum", Keyword::Enum),
    ("StrEnum", Keyword::Enum),
    ("Flag", Keyword::Flags),
    ("IntFlag", Keyword::Flags),
    ("NamedTuple", Keyword::Record),
    ("TypedDict", Keyword::Record),
    ("BaseModel", Keyword::Record),
    ("Protocol", Keyword::Protocol),
    ("BaseException", Keyword::Exception),
    ("Exception", Keyword::Exception),
];

/// Bases without a meaning here.
const EMPTY_BASES: &[&str] = &["object", "ABC", "Generic", "metaclass"];

/// The bases in `(a, b.c, d[T], key=value)`: the last word of each.
fn bases(input: Cursor<'_>) -> Vec<&str> {
    let end = input.skip_group().offset();
    let (mut rest, mut found) = (input, Vec::new());
    while rest.offset() < end {
        rest = match rest.kind() {
            Kind::OpenBracket => rest.skip_group(),
            _ => rest.bump(),
        };
        if rest.at_word() && matches!(rest.nth(1).kind, Kind::Comma | Kind::CloseParen)
            || rest.nth(1).kind == Kind::OpenBracket
            || EMPTY_BASES.contains(&rest.text())
        {
            found.push(rest.text());
        }
    }
    found
}

/// The meaning here of a class with such a base.
fn kind_by_base(base: &str) -> Option<Keyword> {
    let known = BASES.iter().find(|(known, _)| *known == base);
    let is_capital = base.starts_with(|c: char| c.is_ascii_uppercase());
    // `ValueError` and the like.
    let is_error = is_capital && (base.ends_with("Error") || base.ends_with("Exception"));
    known
        .map(|&(_, keyword)| keyword)
        .or(is_error.then_some(Keyword::Exception))
}

/// A class in Python's syntax, with a colon at the end of the line. The cursor is at its name; `None` if it is something else.
pub(crate) fn class(input: Cursor<'_>) -> Option<Parsed<'_, ItemKind>> {
    let header = input.bump();
    let body = match header.kind() {
        Kind::OpenParen => header.skip_group(),
        _ => header,
    };
    let is_block = body.at_block_colon() || header.at(Kind::OpenParen) && body.at(Kind::OpenBrace);
    (input.at_word() && is_block).then(|| {
        let bases = match header.kind() {
            Kind::OpenParen => bases(header),
            _ => Vec::new(),
        };
        let kind = bases.iter().find_map(|base| kind_by_base(base));
        let kind = kind.unwrap_or(Keyword::Class);
        let base = bases.iter().copied().find(|base| match kind {
            Keyword::Class => !EMPTY_BASES.contains(base),
            Keyword::Exception => {
                !base.ends_with("Exception") && kind_by_base(base) == Some(Keyword::Exception)
            }
            _ => false,
        });
        let (_, name) = name::word(input)?;
        let span = body.bump().span_since(input);
        let right = written(kind, &name, base, body);
        let message = match kind {
            Keyword::Class => "a class is not written as in Python",
            Keyword::Flags => "these are flags, not a class",
            Keyword::Enum => "this is an enum, not a class",
            Keyword::Exception => "this is an exception, not a class",
            Keyword::Protocol => "this is a protocol, not a class",
            _ => "this is a record, not a class",
        };
        input.report_apart(foreign(span, message, "a class of Python", right));
        let is_shown = kind == Keyword::Enum && members(body).is_some();
        let _rewriting = is_shown.then(|| input.rewriting());
        contents(body, name, kind, base.is_some().then(|| header.bump()))
    })
}

/// The spelling of the definition here. Its Python body is at `body`.
fn written(kind: Keyword, name: &ast::Name, base: Option<&str>, body: Cursor<'_>) -> String {
    let name = suggest::kebab_case(&name.text);
    let extends = base.map_or_else(String::new, |base| {
        format!(" extends {}", suggest::kebab_case(base))
    });
    let first = body.bump();
    let is_empty = (first.at(Kind::Ellipsis) || first.text() == "pass")
        && first.bump().indentation() <= body.indentation();
    let contents = match kind {
        Keyword::Exception if is_empty => ";".to_owned(),
        Keyword::Enum => match members(body) {
            Some(members) => format!(" {{ {members} }}"),
            None => " { … }".to_owned(),
        },
        _ if is_empty => " {}".to_owned(),
        _ => " { … }".to_owned(),
    };
    format!("write `{} {name}{extends}{contents}`", kind.as_str())
}

/// The members of an enum whose values do not matter: `RED = 1`, `RED = auto()`.
fn members(body: Cursor<'_>) -> Option<String> {
    /// The maximum number of members shown.
    const SHOWN: usize = 12;
    let end = body.bump().skip_indented(body.indentation());
    let mut rest = body.bump();
    let mut names = Vec::new();
    while rest.offset() < end.offset() {
        let is_auto = rest.nth_text(2) == "auto";
        if !(rest.at(Kind::Name)
            && rest.nth(1).kind == Kind::Equals
            && (rest.nth(2).kind == Kind::Integer || is_auto))
        {
            return None;
        }
        names.push(suggest::kebab_case(rest.text()));
        let length = if is_auto { 5 } else { 3 };
        rest = (0..length).fold(rest, |rest, _| rest.bump());
        if !rest.is_first_on_line() && rest.offset() < end.offset() {
            return None;
        }
    }
    (!names.is_empty() && names.len() <= SHOWN).then(|| names.join(", "))
}

/// The body of a Python class, as that of the item that `kind` introduces. `base` is the position where a user-defined base may
/// be.
fn contents<'t>(
    body: Cursor<'t>,
    name: ast::Name,
    kind: Keyword,
    base: Option<Cursor<'t>>,
) -> Parsed<'t, ItemKind> {
    // The complete spelling has already been reported.
    body.set_reported();
    let base = base.and_then(|base| Some(name::word_path(base).ok()?.1));
    Ok(match kind {
        Keyword::Enum | Keyword::Flags => {
            let (rest, mut members) = list_body(body, enum_member)?;
            // The enum determines the type of the values.
            members.iter_mut().for_each(|member| member.value = None);
            let item = ast::Enumeration {
                name,
                repr: None,
                members,
            };
            match kind {
                Keyword::Enum => (rest, ItemKind::Enum(item)),
                _ => (rest, ItemKind::Flags(item)),
            }
        }
        Keyword::Protocol => {
            let (rest, items) = item_body(body, Context::Protocol)?;
            let bases = Vec::new();
            (
                rest,
                ItemKind::Protocol(ast::Protocol { name, bases, items }),
            )
        }
        Keyword::Class => {
            let (rest, items) = item_body(body, Context::Class)?;
            let item = ast::Class {
                keyword: kind.as_str().to_owned(),
                name,
                base: None,
                implements: Vec::new(),
                items,
            };
            (rest, ItemKind::Class(item))
        }
        Keyword::Exception => {
            let (rest, fields) = list_body(body, data::field)?;
            // Builtin exceptions have other names here.
            let base = base.filter(|base| kind_by_base(base.parts[0].text.as_str()).is_none());
            (
                rest,
                ItemKind::Exception(ast::Exception { name, base, fields }),
            )
        }
        _ => {
            let (rest, fields) = list_body(body, data::field)?;
            (rest, ItemKind::Record(ast::Record { name, fields }))
        }
    })
}

/// A member of an enum, whose value may be `auto()`.
fn enum_member(input: Cursor<'_>) -> Parsed<'_, ast::Member> {
    let is_automatic = input.at_word()
        && input.nth(1).kind == Kind::Equals
        && input.nth_text(2) == "auto"
        && input.bump().bump().bump().at(Kind::OpenParen);
    if !is_automatic {
        return data::member(input);
    }
    let (rest, name) = name::word(input)?;
    let end = rest.bump().bump().skip_group();
    let text = suggest::kebab_case(&name.text);
    let help = format!("write `{text}`: members need no values");
    let message = "the members of an enum are not numbered by `auto()`";
    input.report_apart(foreign(
        end.span_since(input),
        message,
        "Python's way",
        help,
    ));
    let member = ast::Member {
        meta: ast::Meta::default(),
        name,
        value: None,
    };
    Ok((end, member))
}

/// The meaning of a Python decorator for the item after it.
#[derive(Clone, Copy)]
enum Decorator {
    /// `@dataclass`
    DataClass,
    /// `@property`
    Property,
    /// `@staticmethod`, `@classmethod`
    Method(Receiver),
    /// `@name.setter`, `@name.deleter`
    Accessor,
    /// A decorator without a meaning here, and the reason.
    Empty(&'static str),
}

/// The arguments of a Python decorator need no finding.
pub(crate) fn decorator_arguments<'t>(
    input: Cursor<'t>,
    path: &ast::Path,
) -> Option<Rewriting<'t>> {
    decorator(path).map(|_| input.rewriting())
}

fn decorator(path: &ast::Path) -> Option<Decorator> {
    let last = path.parts.last()?.text.as_str();
    Some(match last {
        "dataclass" | "frozen" | "define" => Decorator::DataClass,
        "property" | "cached_property" => Decorator::Property,
        "staticmethod" => Decorator::Method(Receiver::Static),
        "classmethod" => Decorator::Method(Receiver::Class),
        "abstractmethod" => {
            Decorator::Empty("leave it out: Rust implements all methods of a class")
        }
        "setter" | "deleter" if path.parts.len() == 2 => Decorator::Accessor,
        "override" | "final" | "runtime_checkable" | "total_ordering" | "unique" => {
            Decorator::Empty("leave it out")
        }
        _ => return None,
    })
}

/// An item after Python decorators, which are removed from its attributes; `None` if there are none.
pub(super) fn decorated<'t>(
    meta: &mut ast::Meta,
    input: Cursor<'t>,
    context: Context,
) -> Option<Parsed<'t, Option<ItemKind>>> {
    let is_python = input.at_keyword(Keyword::Class)
        || input.text() == "def"
        || input.at_keyword(Keyword::Async) && input.nth_text(1) == "def";
    if !is_python {
        return None;
    }
    let mut found = None;
    meta.attributes.retain(|attribute| {
        let known = decorator(&attribute.path);
        if let Some(Decorator::Empty(help)) = known {
            let message = "this decorator of Python means nothing here";
            input.report_apart(foreign(
                attribute.span,
                message,
                "a decorator of Python",
                help,
            ));
        } else if let Some(known) = known {
            found = Some((known, attribute.span));
        }
        known.is_none()
    });
    let (decorator, span) = found?;
    match decorator {
        Decorator::DataClass if input.at_keyword(Keyword::Class) => Some(data_class(input, span)),
        Decorator::Property | Decorator::Method(_) | Decorator::Accessor
            if !input.at_keyword(Keyword::Class) =>
        {
            Some(decorated_function(input, span, decorator, context))
        }
        _ => None,
    }
}

/// `@dataclass class point: …`, with the decorator at `span`.
fn data_class(input: Cursor<'_>, span: Span) -> Parsed<'_, Option<ItemKind>> {
    let (rest, name) = name::word(input.bump())?;
    let body = match rest.kind() {
        Kind::OpenParen => rest.skip_group(),
        _ => rest,
    };
    let help = written(Keyword::Record, &name, None, body);
    let message = "data classes of Python are records here";
    input.report_apart(foreign(span, message, "makes a data class", help));
    let (rest, item) = contents(body, name, Keyword::Record, None)?;
    Ok((rest, Some(item)))
}

/// `@property def name(self) -> …: …` and the like, with the decorator at `span`.
fn decorated_function(
    input: Cursor<'_>,
    span: Span,
    decorator: Decorator,
    context: Context,
) -> Parsed<'_, Option<ItemKind>> {
    let start = match input.at_keyword(Keyword::Async) {
        true => input.bump(),
        false => input,
    };
    let (rest, (name, mut signature)) = quiet_function(input, start.bump())?;
    let rest = after_function(rest)?;
    if matches!(decorator, Decorator::Accessor) {
        let message = "a property is declared once";
        let help = "leave it out: a `property` without `readonly` can be set";
        input.report_apart(foreign(span, message, "a decorator of Python", help));
        return Ok((rest, None));
    }
    if let Decorator::Method(receiver) = decorator {
        let text = suggest::kebab_case(&name.text);
        signature.receiver = receiver;
        let right = print::signature_in_pyidl(&signature);
        let message = "how a method is called is said before `func`";
        let help = format!("write `{text}: {right};`");
        input.report_apart(foreign(span, message, "a decorator of Python", help));
        let body = FunctionBody::Signature(signature);
        let item = ItemKind::Function(ast::Function { name, body });
        return Ok((rest, context.has_methods().then_some(item)));
    }
    let property = readonly_property(input, span, name, signature, "a decorator of Python");
    Ok((rest, context.has_methods().then_some(property)))
}
