//! Types in the syntax of other languages.
//!
//! Foreign type names are also translated in trees, so that a construct whose complete rewriting was shown is not reported again
//! part by part.

use nom::Parser;
use nom::combinator::opt;

use super::function::FUNCTION_WORDS;
use super::parameter::missing_colon;
use super::type_suffix::{bracketed, colons, dotted_generic, spaced_argument, type_suffix, union};
use super::words::{generic_type, worded};
use super::{foreign, is_one_of, is_type_word, report, word};
use crate::diagnostic::suggest;
use crate::source::Span;
use crate::syntax::ast::{Name, ParameterKind, Path, Signature, Type, TypeArgument, TypeKind};
use crate::syntax::cursor::{Cursor, Expected, Parsed, expect, token};
use crate::syntax::parse::recovery::list;
use crate::syntax::parse::{function, name, ty as types};
use crate::syntax::print;
use crate::syntax::token::{Keyword, Kind};

/// `ty` with the syntax of other languages.
pub(crate) fn ty(input: Cursor<'_>) -> Parsed<'_, Type> {
    let (rest, ty) = single(input)?;
    match rest.kind() {
        Kind::Pipe => union(input, rest, ty),
        _ => Ok((rest, ty)),
    }
}

/// A type without a `|` suffix, which only other languages have.
pub(super) fn single(input: Cursor<'_>) -> Parsed<'_, Type> {
    let _nested = input.enter(None)?;
    let (rest, ty) = match worded(input) {
        Some(parsed) => parsed?,
        None if types::is_function(input) || is_function_type(input) => {
            types::function_type(input)?
        }
        None if input.at_word() => named_type(input)?,
        None => wordless(input)?,
    };
    type_suffix(input, rest, ty)
}

/// A name, with type arguments or without.
fn named_type(input: Cursor<'_>) -> Parsed<'_, Type> {
    let (rest, path) = colons(types::type_name)(input)?;
    let [name] = path.parts.as_slice() else {
        return dotted_generic(input, rest, &path).unwrap_or_else(|| {
            let span = path.span;
            let kind = TypeKind::Name(path);
            Ok((rest, Type { kind, span }))
        });
    };
    let (rest, kind) = match rest.kind() {
        Kind::Less if suggest::is_foreign_generic(&name.text) => generic_type(rest, name.clone())?,
        Kind::Less => {
            let name = name.clone();
            let (rest, arguments) = list(Kind::Less, Kind::Greater, types::argument)(rest)?;
            (rest, TypeKind::Generic { name, arguments })
        }
        Kind::OpenBracket if !rest.is_first_on_line() => {
            let (rest, ty) = bracketed(input, rest)?;
            (rest, ty.map_or(TypeKind::Name(path), |ty| ty.kind))
        }
        _ => spaced_argument(input, rest)?.unwrap_or((rest, TypeKind::Name(path))),
    };
    let span = rest.span_since(input);
    Ok((rest, Type { kind, span }))
}

/// `size u32`, a parameter of a function type without a colon: its name.
pub(crate) fn spaced_parameter(input: Cursor<'_>) -> Option<Parsed<'_, Name>> {
    let is_spaced = input.at_all(&[Kind::Name, Kind::Name])
        && matches!(input.nth(2).kind, Kind::Comma | Kind::CloseParen);
    is_spaced.then(|| {
        let (rest, name) = name::declared("the parameter")(input)?;
        missing_colon(input, rest);
        Ok((rest, name))
    })
}

/// A type that does not start with a word.
fn wordless(input: Cursor<'_>) -> Parsed<'_, Type> {
    let (rest, mut ty) = match input.kind() {
        Kind::Ampersand | Kind::Star => pointer(input)?,
        Kind::Question => optional(input)?,
        Kind::OpenParen => tuple(input)?,
        Kind::OpenBracket => slice(input)?,
        Kind::String => quoted(input)?,
        Kind::OpenBrace => braces(input)?,
        _ => return Err(input.stuck(Expected::Type)),
    };
    translate_names(&mut ty);
    Ok((rest, ty))
}

/// Whether `fn(…)` or the like follows; reports it.
fn is_function_type(input: Cursor<'_>) -> bool {
    let is_word = is_one_of(input.text(), FUNCTION_WORDS)
        || matches!(input.text(), "Fn" | "FnMut" | "FnOnce");
    let is_function = input.at(Kind::Name) && is_word && input.nth(1).kind == Kind::OpenParen;
    if is_function {
        let message = "a function type starts with `func`";
        report(input, message, "another language's keyword", "write `func`");
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
        ty(rest)?
    };
    let right = print::type_in_pyidl(&ty);
    translate_names(&mut ty);
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
    let (rest, ty) = ty(input.bump())?;
    let help = format!("write `option<{}>`", print::type_in_pyidl(&ty));
    report(input, "optional types are not marked with `?`", "`?`", help);
    let ty = generic("option", vec![ty], rest.span_since(input));
    Ok((rest, ty))
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
        translate_names(&mut ty);
        report_type(
            input,
            ty.span,
            &ty,
            "a function type starts with `func`",
            "no `func`",
        );
        return Ok((rest, ty));
    }
    let parts = parameters.into_iter().map(|parameter| parameter.ty);
    let mut parts: Vec<_> = parts.collect();
    let span = rest.span_since(input);
    let count = parts.len();
    let ty = match count {
        1 => Type {
            span,
            ..parts.remove(0)
        },
        _ => generic("tuple", parts, span),
    };
    let (message, help) = match count {
        0 => (
            "there is no empty tuple type",
            "in `result<(), e>` write `_`".to_owned(),
        ),
        1 => ("a type has no parentheses", written(&ty)),
        _ => ("tuple types are not written with parentheses", written(&ty)),
    };
    input.report_apart(foreign(ty.span, message, "in parentheses", help));
    Ok((rest, ty))
}

/// `[u8]`, `[u8; 4]`
fn slice(input: Cursor<'_>) -> Parsed<'_, Type> {
    let (rest, element) = ty(input.bump())?;
    let (rest, length) = opt((token(Kind::Semicolon), types::argument)).parse(rest)?;
    let (rest, _) = expect(token(Kind::CloseBracket))(rest)?;
    let mut ty = generic("list", vec![element], rest.span_since(input));
    if let (TypeKind::Generic { arguments, .. }, Some((_, length))) = (&mut ty.kind, length) {
        arguments.push(length);
    }
    let message = "list types are not written with brackets";
    report_type(input, ty.span, &ty, message, "a list or array");
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
    let is_map = is_type_word(first);
    let value = single(input.bump().bump().bump());
    if let Ok((end, value)) = value
        && is_map
        && end.at(Kind::CloseBrace)
    {
        let (_, key) = single(input.bump())?;
        let mut ty = generic("map", vec![key, value], span);
        translate_names(&mut ty);
        let message = "a map's types stand between `<` and `>`";
        report_type(input, span, &ty, message, "in braces");
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

/// Reports foreign syntax at `span`, and that it is written as `ty`.
pub(super) fn report_type(
    input: Cursor<'_>,
    span: Span,
    ty: &Type,
    message: impl Into<String>,
    label: &str,
) {
    input.report_apart(foreign(span, message, label, written(ty)));
}

fn written(ty: &Type) -> String {
    format!("write `{}`", print::type_in_pyidl(ty))
}

/// The type called `name`.
pub(super) fn named(name: &str, span: Span) -> Type {
    let parts = vec![word(name, span)];
    let kind = TypeKind::Name(Path { parts, span });
    Type { kind, span }
}

/// `"Point"`
fn quoted(input: Cursor<'_>) -> Parsed<'_, Type> {
    let text = super::quoted(input.text());
    let is_word = !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if !is_word {
        return Err(input.stuck(Expected::Type));
    }
    let help = format!("write `{text}`: types can be used before they are declared");
    report(input, "a type is not written as a string", "a string", help);
    Ok((input.bump(), named(text, input.span())))
}

pub(super) fn generic(name: &str, types: Vec<Type>, span: Span) -> Type {
    let name = word(name, span);
    let arguments = types.into_iter().map(TypeArgument::Type).collect();
    Type {
        kind: TypeKind::Generic { name, arguments },
        span,
    }
}

/// Translates the types in a signature.
pub(super) fn translate_signature(signature: &mut Signature) {
    for parameter in &mut signature.parameters {
        match &mut parameter.kind {
            ParameterKind::Named { ty, .. }
            | ParameterKind::VarArgs { ty, .. }
            | ParameterKind::VarKeywords { ty, .. } => ty.iter_mut().for_each(translate_names),
            ParameterKind::Slash | ParameterKind::Star => {}
        }
    }
    signature.result.iter_mut().for_each(translate_names);
}

/// Replaces the names in a type; types with another shape here are kept.
pub(super) fn translate_names(ty: &mut Type) {
    let name = match &mut ty.kind {
        TypeKind::Name(path) if path.parts.len() == 1 => &mut path.parts[0],
        TypeKind::Generic { name, arguments } => {
            fewer_arguments(&name.text, arguments);
            for argument in arguments {
                if let TypeArgument::Type(ty) = argument {
                    translate_names(ty);
                }
            }
            name
        }
        TypeKind::Function {
            parameters, result, ..
        } => {
            parameters
                .iter_mut()
                .for_each(|parameter| translate_names(&mut parameter.ty));
            if let Some(result) = result {
                translate_names(result);
            }
            return;
        }
        TypeKind::Name(_) => return,
    };
    let has = |kind: fn(&u8) -> bool| name.text.as_bytes().iter().any(kind);
    if let Some(pyidl) = suggest::certainly_foreign_type(&name.text)
        && !pyidl.starts_with("func")
    {
        name.text = pyidl.split('<').next().unwrap_or(pyidl).to_owned();
    } else if has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) {
        name.text = suggest::kebab_case(&name.text);
    }
}

/// Removes type arguments that exist only in other languages: `Generator[int, None, None]`, `Result<(), E>`.
fn fewer_arguments(name: &str, arguments: &mut Vec<TypeArgument>) {
    match name {
        "Generator" | "AsyncGenerator" => arguments.truncate(1),
        "Coroutine" if arguments.len() == 3 => {
            arguments.drain(..2);
        }
        "Result" | "PyResult" | "result" => {
            if let Some(TypeArgument::Type(ty)) = arguments.first()
                && let TypeKind::Generic {
                    name,
                    arguments: inner,
                } = &ty.kind
                && name.text == "tuple"
                && inner.is_empty()
            {
                arguments[0] = TypeArgument::Underscore(ty.span);
            }
        }
        _ => {}
    }
}
