//! The text after a type or its name in other languages.

use nom::Parser;

use super::ty::{generic, report_type, single, translate_names};
use super::{foreign, is_one_of, report};
use crate::syntax::ast::{self, Path, Type, TypeArgument, TypeKind};
use crate::syntax::cursor::{Cursor, Parsed, Stuck, separated};
use crate::syntax::parse::recovery::list;
use crate::syntax::parse::{name, ty as types};
use crate::syntax::print;
use crate::syntax::token::Kind;

/// `own r`, `list u8`: a generic type with its argument not in brackets. The name is at `input`.
pub(super) fn spaced_argument<'t>(
    input: Cursor<'t>,
    rest: Cursor<'t>,
) -> Result<Option<(Cursor<'t>, TypeKind)>, nom::Err<Stuck>> {
    const GENERIC: &str =
        "borrow future handle iterator list map option optional own repeated set stream";
    let is_argument = rest.at(Kind::Name)
        && !rest.is_first_on_line()
        && !matches!(
            rest.nth(1).kind,
            Kind::Colon | Kind::OpenParen | Kind::Equals | Kind::Name
        );
    if !(is_argument && rest.offset() == input.offset() + 1 && is_one_of(input.text(), GENERIC)) {
        return Ok(None);
    }
    let (_, mut name) = name::word(input)?;
    let (after, argument) = single(rest)?;
    let right = print::type_in_pyidl(&argument);
    let help = match input.text() {
        "optional" | "repeated" => {
            let generic = match input.text() {
                "optional" => "option",
                _ => "list",
            };
            name.text = generic.to_owned();
            format!("write `{generic}<{right}>`")
        }
        "handle" => {
            name.text = "borrow".to_owned();
            format!("write `borrow<{right}>`, or `own<{right}>` to give it away")
        }
        generic => format!("write `{generic}<{right}>`"),
    };
    let message = "type arguments stand between `<` and `>`";
    report(rest, message, "without brackets", help);
    let arguments = vec![TypeArgument::Type(argument)];
    Ok(Some((after, TypeKind::Generic { name, arguments })))
}

/// A suffix of a type in other languages: `u32?`, `u8[]`. The type starts at `input`.
pub(super) fn type_suffix<'t>(
    input: Cursor<'t>,
    mut rest: Cursor<'t>,
    mut ty: Type,
) -> Parsed<'t, Type> {
    loop {
        let (generic_name, message, label, length) = match rest.kind() {
            Kind::Question => ("option", "optional types are not marked with `?`", "`?`", 1),
            Kind::OpenBracket if rest.nth(1).kind == Kind::CloseBracket => {
                ("list", "list types are not marked with `[]`", "`[]`", 2)
            }
            Kind::Star if rest.touches_previous() => {
                let right = match input.text() {
                    "char" => "string".to_owned(),
                    _ => print::type_in_pyidl(&ty),
                };
                let help = format!("write `{right}`: what is borrowed follows from the type");
                report(rest, "types are not marked as pointers", "a pointer", help);
                rest = rest.bump();
                continue;
            }
            Kind::OpenBrace if is_declaration(input, rest) => {
                let help = format!(
                    "declare `{} name {{ … }}` before this and use its name here",
                    input.text()
                );
                input.report_apart(foreign(
                    input.span(),
                    "types are not declared inside of others",
                    "a declaration",
                    help,
                ));
                rest = rest.skip_group();
                continue;
            }
            _ => return Ok((rest, ty)),
        };
        let right = print::type_in_pyidl(&ty);
        report(
            rest,
            message,
            label,
            format!("write `{generic_name}<{right}>`"),
        );
        translate_names(&mut ty);
        rest = (0..length).fold(rest, |rest, _| rest.bump());
        ty = generic(generic_name, vec![ty], rest.span_since(input));
    }
}

/// Whether `enum {` or the like occurs where a type is used.
fn is_declaration<'t>(input: Cursor<'t>, rest: Cursor<'t>) -> bool {
    let is_keyword = matches!(input.kind(), Kind::Keyword(keyword) if keyword.declares_type());
    is_keyword && rest.offset() == input.offset() + 1
}

/// `int | None`: an option, or a union. The bar is at `bar`; the type before it starts at `input`.
pub(super) fn union<'t>(input: Cursor<'t>, bar: Cursor<'t>, first: Type) -> Parsed<'t, Type> {
    let (rest, more) = separated(Kind::Pipe, single)(bar.bump())?;
    let mut types: Vec<_> = std::iter::once(first).chain(more).collect();
    let count = types.len();
    types.retain(|ty| !matches!(&ty.kind, TypeKind::Name(path) if is_none(path)));
    let is_optional = types.len() < count;
    let exceptions: Vec<_> = types.iter().skip(1).filter(|ty| is_exception(ty)).collect();
    if !exceptions.is_empty() {
        let raised: Vec<_> = exceptions.into_iter().map(print::type_in_pyidl).collect();
        let help = format!("write `raises {}`", raised.join(" | "));
        let message = "exceptions come after `raises`";
        bar.report_apart(foreign(
            bar.span(),
            message,
            "`|` before an exception",
            help,
        ));
        return Ok((rest, types.remove(0)));
    }
    let is_union = types.len() > 1;
    let span = rest.span_since(input);
    let mut ty = match types.len() {
        1 => types.remove(0),
        _ => generic("union", types, span),
    };
    let union = print::type_in_pyidl(&ty);
    let mut help = format!("declare `type name = {union};` and write `name` here");
    if is_optional {
        ty = generic("option", vec![ty], span);
        help = match is_union {
            true => format!("declare `type name = {union};` and write `option<name>` here"),
            false => format!("write `option<{union}>`"),
        };
    }
    translate_names(&mut ty);
    bar.report_apart(foreign(
        bar.span(),
        "types are not joined by `|`",
        "`|` between types",
        help,
    ));
    Ok((rest, ty))
}

/// Whether a type has the name of an exception.
fn is_exception(ty: &Type) -> bool {
    let TypeKind::Name(path) = &ty.kind else {
        return false;
    };
    let name = path.parts.last().map_or("", |name| name.text.as_str());
    let name = name.to_ascii_lowercase();
    name.ends_with("error") || name.ends_with("exception")
}

fn is_none(path: &Path) -> bool {
    matches!(path.parts.as_slice(), [name] if matches!(name.text.as_str(), "None" | "none" | "null" | "nil" | "undefined"))
}

/// `List[int]`, where `rest` is at the bracket; `None` for `u8[]`.
pub(super) fn bracketed<'t>(input: Cursor<'t>, rest: Cursor<'t>) -> Parsed<'t, Option<Type>> {
    if rest.nth(1).kind == Kind::CloseBracket {
        return Ok((rest, None));
    }
    let (rest, arguments) = {
        let _rewriting = input.rewriting();
        list(Kind::OpenBracket, Kind::CloseBracket, bracketed_argument)(rest)?
    };
    let count = arguments.len();
    let arguments: Vec<_> = arguments.into_iter().flatten().collect();
    let (_, mut name) = name::word(input)?;
    if arguments.len() < count && matches!(name.text.as_str(), "tuple" | "Tuple") {
        // `tuple[int, ...]` has any length.
        name.text = "list".to_owned();
    }
    let kind = TypeKind::Generic { name, arguments };
    let mut ty = Type {
        kind,
        span: rest.span_since(input),
    };
    let message = "type arguments stand between `<` and `>`";
    report_type(input, ty.span, &ty, message, "in brackets");
    translate_names(&mut ty);
    Ok((rest, Some(ty)))
}

/// `typing.List[int]`, `std::vec::Vec<u32>`: a generic type whose name has parts. `rest` is at the bracket.
pub(super) fn dotted_generic<'t>(
    input: Cursor<'t>,
    rest: Cursor<'t>,
    path: &Path,
) -> Option<Parsed<'t, Type>> {
    let close = match rest.kind() {
        Kind::Less => Kind::Greater,
        Kind::OpenBracket if rest.nth(1).kind != Kind::CloseBracket => Kind::CloseBracket,
        _ => return None,
    };
    let name = path
        .parts
        .last()
        .filter(|_| !rest.is_first_on_line())?
        .clone();
    let arguments = {
        let _rewriting = input.rewriting();
        list(rest.kind(), close, bracketed_argument)(rest)
    };
    Some(arguments.map(|(rest, arguments)| {
        let arguments = arguments.into_iter().flatten().collect();
        let kind = TypeKind::Generic { name, arguments };
        let span = rest.span_since(input);
        let mut ty = Type { kind, span };
        translate_names(&mut ty);
        let message = "types with arguments have no module before their name";
        report_type(input, span, &ty, message, "another language's name");
        (rest, ty)
    }))
}

/// A type argument; `None` for the `...` of `tuple[int, ...]` and `Callable[..., int]`.
fn bracketed_argument(input: Cursor<'_>) -> Parsed<'_, Option<TypeArgument>> {
    match input.at(Kind::Ellipsis) {
        true => Ok((input.bump(), None)),
        false => types::argument(input).map(|(rest, argument)| (rest, Some(argument))),
    }
}

/// A path whose parts may be joined by `::`, as in Rust and C++.
pub(super) fn colons<'t>(
    mut path: impl Parser<Cursor<'t>, Output = ast::Path, Error = Stuck>,
) -> impl FnMut(Cursor<'t>) -> Parsed<'t, ast::Path> {
    move |input| {
        let (mut rest, mut path) = path.parse(input)?;
        while rest.at_all(&[Kind::Colon, Kind::Colon]) && rest.nth(2).kind.is_word() {
            if path.parts.len() == 1 {
                let right = format!("{}.{}", print::path_text(&path), rest.nth_text(2));
                let span = rest.bump().bump().bump().span_since(input);
                let help = format!("write `{right}`");
                input.report_apart(foreign(
                    span,
                    "the parts of a name are joined by dots",
                    "with `::`",
                    help,
                ));
            }
            let (after, part) = name::word(rest.bump().bump())?;
            path.parts.push(part);
            path.span = after.span_since(input);
            rest = after;
        }
        Ok((rest, path))
    }
}
