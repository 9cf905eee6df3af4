//! Types as other languages write them.

use nom::Parser;
use nom::combinator::opt;

use super::function::FUNCTION_WORDS;
use super::{foreign, report, translate};
use crate::diagnostic::suggest;
use crate::source::Span;
use crate::syntax::ast::{self, Name, Path, Type, TypeArgument, TypeKind};
use crate::syntax::cursor::{Cursor, Expected, Parsed, Stuck, expect, separated, token};
use crate::syntax::parse::list::list;
use crate::syntax::parse::{function, name, ty as types};
use crate::syntax::print;
use crate::syntax::token::{Keyword, Kind, RESERVED_TYPES};

/// A type that starts with no word.
pub(crate) fn ty(input: Cursor<'_>) -> Parsed<'_, Type> {
    let (rest, mut ty) = match input.kind() {
        Kind::Ampersand | Kind::Star => pointer(input)?,
        Kind::Question => optional(input)?,
        Kind::OpenParen => tuple(input)?,
        Kind::OpenBracket => slice(input)?,
        Kind::String => quoted(input)?,
        Kind::OpenBrace => braces(input)?,
        _ => return Err(input.stuck(Expected::Type)),
    };
    translate::type_names(&mut ty);
    Ok((rest, ty))
}

/// Whether `fn(…)` or the like stands here, which is reported.
pub(crate) fn is_function_type(input: Cursor<'_>) -> bool {
    let is_word =
        FUNCTION_WORDS.contains(&input.text()) || matches!(input.text(), "Fn" | "FnMut" | "FnOnce");
    let is_function = is_word && input.nth(1).kind == Kind::OpenParen;
    if is_function {
        report(
            input,
            "a function type starts with `func`",
            "another language's word",
            "write `func`",
        );
    }
    is_function
}

/// `&str`, `*const T`
fn pointer(input: Cursor<'_>) -> Parsed<'_, Type> {
    let mut rest = input.bump();
    while matches!(
        rest.kind(),
        Kind::Keyword(Keyword::Mut | Keyword::Const) | Kind::Ampersand | Kind::Star
    ) {
        rest = rest.bump();
    }
    let (rest, mut ty) = {
        let _rewriting = input.rewriting();
        types::ty(rest)?
    };
    let right = print::type_in_pyidl(&ty);
    translate::type_names(&mut ty);
    input.report_apart(foreign(
        input.span(),
        "types are not marked as references",
        "a reference or pointer",
        format!("write `{right}`: what is borrowed follows from the type"),
    ));
    Ok((rest, ty))
}

/// `?u32`
fn optional(input: Cursor<'_>) -> Parsed<'_, Type> {
    let (rest, ty) = types::ty(input.bump())?;
    Ok((rest, question(input, rest, ty)))
}

fn question<'t>(mark: Cursor<'t>, rest: Cursor<'t>, ty: Type) -> Type {
    let right = print::type_in_pyidl(&ty);
    report(
        mark,
        "optional types are not marked with `?`",
        "`?`",
        format!("write `option<{right}>`"),
    );
    generic("option", vec![ty], rest.span_since(mark))
}

/// `(u32, string)`, `()`, `(u32) -> string`
fn tuple(input: Cursor<'_>) -> Parsed<'_, Type> {
    let (rest, parameters) = list(Kind::OpenParen, Kind::CloseParen, types::parameter)(input)?;
    if matches!(rest.kind(), Kind::Arrow | Kind::FatArrow) {
        let (rest, (result, raises)) = {
            let _rewriting = input.rewriting();
            function::result(rest)?
        };
        let kind = TypeKind::Function {
            is_async: false,
            parameters,
            result: result.map(Box::new),
            raises,
        };
        let mut ty = Type {
            kind,
            span: rest.span_since(input),
        };
        translate::type_names(&mut ty);
        let help = format!("write `{}`", print::type_in_pyidl(&ty));
        input.report_apart(foreign(
            ty.span,
            "a function type starts with `func`",
            "no `func`",
            help,
        ));
        return Ok((rest, ty));
    }
    let mut parts: Vec<_> = parameters
        .into_iter()
        .map(|parameter| parameter.ty)
        .collect();
    let span = rest.span_since(input);
    let count = parts.len();
    let ty = match count {
        1 => Type {
            span,
            ..parts.remove(0)
        },
        _ => generic("tuple", parts, span),
    };
    let right = print::type_in_pyidl(&ty);
    let (message, help) = match count {
        0 => (
            "there is no empty tuple type",
            "in `result<(), e>` write `_`".to_owned(),
        ),
        1 => ("a type has no parentheses", format!("write `{right}`")),
        _ => (
            "tuple types are not written with parentheses",
            format!("write `{right}`"),
        ),
    };
    input.report_apart(foreign(ty.span, message, "in parentheses", help));
    Ok((rest, ty))
}

/// `[u8]`, `[u8; 4]`
fn slice(input: Cursor<'_>) -> Parsed<'_, Type> {
    let (rest, element) = types::ty(input.bump())?;
    let (rest, length) = opt((token(Kind::Semicolon), types::argument)).parse(rest)?;
    let (rest, _) = expect(token(Kind::CloseBracket))(rest)?;
    let mut ty = generic("list", vec![element], rest.span_since(input));
    if let (TypeKind::Generic { arguments, .. }, Some((_, length))) = (&mut ty.kind, length) {
        arguments.push(length);
    }
    input.report_apart(foreign(
        ty.span,
        "list types are not written with brackets",
        "a list or array",
        format!("write `{}`", print::type_in_pyidl(&ty)),
    ));
    Ok((rest, ty))
}

/// `{string: u32}`, `{ x: f64, y: f64 }`
fn braces(input: Cursor<'_>) -> Parsed<'_, Type> {
    let _nested = input.enter(None)?;
    let is_field = input.nth(1).kind.is_word() && input.nth(2).kind == Kind::Colon;
    if !is_field {
        return Err(input.stuck(Expected::Type));
    }
    let rest = input.skip_group();
    let span = rest.span_since(input);
    let first = input.nth_text(1);
    let is_map =
        RESERVED_TYPES.contains(&first) || suggest::certainly_foreign_type(first).is_some();
    let value = types::single(input.bump().bump().bump());
    if let Ok((end, value)) = value
        && is_map
        && end.at(Kind::CloseBrace)
    {
        let (_, key) = types::single(input.bump())?;
        let mut ty = generic("map", vec![key, value], span);
        translate::type_names(&mut ty);
        let help = format!("write `{}`", print::type_in_pyidl(&ty));
        let message = "a map's types stand between `<` and `>`";
        input.report_apart(foreign(span, message, "in braces", help));
        return Ok((rest, ty));
    }
    let body = input.text_until(rest);
    let help = match body.len() {
        0..=60 => format!("declare `record name {body}` and write `name` here"),
        _ => "declare `record name { … }` and write `name` here".to_owned(),
    };
    let message = "a record is declared before it is used";
    input.report_apart(foreign(span, message, "a record without a name", help));
    Ok((rest, named("any", span)))
}

fn named(name: &str, span: Span) -> Type {
    let name = Name {
        text: name.to_owned(),
        escaped: false,
        span,
    };
    let path = Path {
        parts: vec![name],
        span,
    };
    Type {
        kind: TypeKind::Name(path),
        span,
    }
}

/// `"Point"`
fn quoted(input: Cursor<'_>) -> Parsed<'_, Type> {
    let text = input.text().trim_matches(['"', '\'']);
    let is_word = !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if !is_word {
        return Err(input.stuck(Expected::Type));
    }
    let help = format!("write `{text}`: types can be used before they are declared");
    report(input, "a type is not written as a string", "a string", help);
    let name = Name {
        text: text.to_owned(),
        escaped: false,
        span: input.span(),
    };
    let path = Path {
        parts: vec![name],
        span: input.span(),
    };
    Ok((
        input.bump(),
        Type {
            kind: TypeKind::Name(path),
            span: input.span(),
        },
    ))
}

/// `own r`, `list u8`: a generic type whose argument has no brackets. The name is at `input`.
pub(crate) fn spaced_argument<'t>(
    input: Cursor<'t>,
    rest: Cursor<'t>,
) -> Result<Option<(Cursor<'t>, TypeKind)>, nom::Err<Stuck>> {
    const GENERIC: &[&str] = &[
        "borrow", "future", "handle", "iterator", "list", "map", "option", "optional", "own",
        "repeated", "set", "stream",
    ];
    let is_argument = rest.at(Kind::Name)
        && !rest.is_first_on_line()
        && !matches!(
            rest.nth(1).kind,
            Kind::Colon | Kind::OpenParen | Kind::Equals | Kind::Name
        );
    if !(is_argument && rest.offset() == input.offset() + 1 && GENERIC.contains(&input.text())) {
        return Ok(None);
    }
    let (_, mut name) = name::word(input)?;
    let (after, argument) = types::single(rest)?;
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
    report(
        rest,
        "type arguments stand between `<` and `>`",
        "without brackets",
        help,
    );
    let arguments = vec![TypeArgument::Type(argument)];
    Ok(Some((after, TypeKind::Generic { name, arguments })))
}

/// What follows a type in other languages: `u32?`, `u8[]`. The type starts at `input`.
pub(crate) fn type_suffix<'t>(
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
        translate::type_names(&mut ty);
        rest = (0..length).fold(rest, |rest, _| rest.bump());
        ty = generic(generic_name, vec![ty], rest.span_since(input));
    }
}

/// Whether `enum {` or the like was written where a type is used.
fn is_declaration<'t>(input: Cursor<'t>, rest: Cursor<'t>) -> bool {
    let is_keyword = matches!(input.kind(), Kind::Keyword(keyword) if keyword.declares_type());
    is_keyword && rest.offset() == input.offset() + 1
}

/// `int | None`: an option, or a union. The bar is at `bar`, the type before it starts at `input`.
pub(crate) fn union<'t>(input: Cursor<'t>, bar: Cursor<'t>, first: Type) -> Parsed<'t, Type> {
    let (rest, more) = separated(Kind::Pipe, types::single)(bar.bump())?;
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
    translate::type_names(&mut ty);
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

fn generic(name: &str, types: Vec<Type>, span: Span) -> Type {
    let name = Name {
        text: name.to_owned(),
        escaped: false,
        span,
    };
    let arguments = types.into_iter().map(TypeArgument::Type).collect();
    Type {
        kind: TypeKind::Generic { name, arguments },
        span,
    }
}

/// `List[int]`, where `rest` is at the bracket; `None` for `u8[]`.
pub(crate) fn bracketed<'t>(input: Cursor<'t>, rest: Cursor<'t>) -> Parsed<'t, Option<Type>> {
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
    let help = format!("write `{}`", print::type_in_pyidl(&ty));
    let message = "type arguments stand between `<` and `>`";
    input.report_apart(foreign(ty.span, message, "in brackets", help));
    translate::type_names(&mut ty);
    Ok((rest, Some(ty)))
}

/// `typing.List[int]`, `std::vec::Vec<u32>`: a generic type whose name has parts. `rest` is at the bracket.
pub(crate) fn dotted_generic<'t>(
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
        translate::type_names(&mut ty);
        let help = format!("write `{}`", print::type_in_pyidl(&ty));
        let message = "types with arguments have no module before their name";
        input.report_apart(foreign(span, message, "another language's name", help));
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
pub(crate) fn colons<'t>(
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
