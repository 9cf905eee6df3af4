//! Names, words and paths.

use nom::Parser;
use nom::sequence::preceded;

use super::super::ast;
use super::super::cursor::{Cursor, Expected, Parsed, WrongName, token};
use super::super::token::{Keyword, Kind, RESERVED_TYPES};
use super::foreign;
use crate::diagnostic::{Code, Diagnostic};

/// `word ::= id | keyword | builtin`: any word.
pub(super) fn word(input: Cursor<'_>) -> Parsed<'_, ast::Name> {
    if !input.at_word() {
        return Err(input.stuck(Expected::Name("a word")));
    }
    let escaped = input.at(Kind::Escaped);
    let text = input.text().trim_start_matches('%').to_owned();
    Ok((
        input.bump(),
        ast::Name {
            text,
            escaped,
            builtin: false,
            span: input.span(),
        },
    ))
}

/// `id ::= ID | contextual`: a word that is meant as a name. A keyword is a name unless it introduces the next word.
pub(super) fn name<'t>(expected: Expected) -> impl Fn(Cursor<'t>) -> Parsed<'t, ast::Name> {
    move |input| match input.kind() {
        Kind::Name | Kind::Escaped => word(input),
        Kind::Keyword(_) if !introduces(input) => word(input),
        _ => Err(input.stuck(expected)),
    }
}

/// Whether a name is one of Python's special methods, which an `operator` or `constructor` declares.
pub(super) fn is_special(name: &str) -> bool {
    name.len() > 4 && name.starts_with("__") && name.ends_with("__")
}

/// Whether a name follows.
pub(super) fn introduces(keyword: Cursor<'_>) -> bool {
    let next = keyword.nth(1).kind;
    next.is_word() && !follows_names(next)
}

/// Whether it is a keyword that follows a name and starts no construct.
fn follows_names(kind: Kind) -> bool {
    use Keyword::{As, Extends, From, Implements, Raises, With};
    matches!(
        kind,
        Kind::Keyword(As | Extends | From | Implements | Raises | With)
    )
}

/// The name of a declaration: `what` is "the record".
pub(super) fn declared<'t>(what: &'static str) -> impl Fn(Cursor<'t>) -> Parsed<'t, ast::Name> {
    move |input| {
        let (rest, name) = name(Expected::Name(what))(input)?;
        if let Some(wrong) = WrongName::of(&name, what) {
            input.report_name(wrong);
        }
        Ok((rest, name))
    }
}

/// The name of a declaration; in a lenient reading with the type parameters after it.
pub(super) fn declared_name<'t>(
    what: &'static str,
) -> impl Fn(Cursor<'t>) -> Parsed<'t, ast::Name> {
    move |input| {
        let (rest, name) = declared(what)(input)?;
        Ok((rest.past(foreign::type_parameters), name))
    }
}

/// The name of a declared type.
pub(super) fn declared_type<'t>(
    what: &'static str,
) -> impl Fn(Cursor<'t>) -> Parsed<'t, ast::Name> {
    move |input| {
        let (rest, name) = declared_name(what)(input)?;
        if !name.escaped && RESERVED_TYPES.contains(&name.text.as_str()) {
            let text = &name.text;
            input.report_apart(
                Diagnostic::new(
                    Code::KeywordAsName,
                    name.span,
                    format!("`{text}` is the name of a builtin type"),
                    "cannot be declared again",
                )
                .help(format!(
                    "choose another name, or write `%{text}` here and wherever it is meant: `{text}` stays the builtin type"
                )),
            );
        }
        Ok((rest, name))
    }
}

/// `id ( '.' word )*`
pub(super) fn path<'t>(expected: Expected) -> impl Fn(Cursor<'t>) -> Parsed<'t, ast::Path> {
    move |input| {
        let (rest, first) = name(expected)(input)?;
        path_from(input, rest, first)
    }
}

/// The word before the name of a builtin type or exception that a definition shadows.
const BUILTIN: &str = "builtin";

/// `name ::= 'builtin' '.' word | type-name ( '.' id )*`, `type-name ::= id | builtin`: the name of a type or exception. With
/// `builtin.` it is one name, not a path.
pub(super) fn type_path<'t>(expected: Expected) -> impl Fn(Cursor<'t>) -> Parsed<'t, ast::Path> {
    move |input| {
        let is_builtin = input.at(Kind::Name)
            && input.text() == BUILTIN
            && input.nth(1).kind == Kind::Dot
            && input.nth(2).kind.is_word()
            && input.nth(3).kind != Kind::Dot;
        if !is_builtin {
            return path(expected)(input);
        }
        let (rest, mut name) = word(input.bump().bump())?;
        name.builtin = true;
        let span = rest.span_since(input);
        Ok((
            rest,
            ast::Path {
                parts: vec![name],
                span,
            },
        ))
    }
}

/// `word ( '.' word )*`
pub(super) fn word_path(input: Cursor<'_>) -> Parsed<'_, ast::Path> {
    let (rest, first) = word(input)?;
    path_from(input, rest, first)
}

/// `( '.' word )*` after the first part of a path that started at `input`.
fn path_from<'t>(
    input: Cursor<'t>,
    mut rest: Cursor<'t>,
    first: ast::Name,
) -> Parsed<'t, ast::Path> {
    let mut parts = vec![first];
    // A dot before the next function ends a sentence.
    while !(rest.is_lenient() && starts_function(rest.bump()))
        && let Ok((after, part)) = preceded(token(Kind::Dot), word).parse(rest)
    {
        parts.push(part);
        rest = after;
    }
    Ok((
        rest,
        ast::Path {
            parts,
            span: rest.span_since(input),
        },
    ))
}

/// Whether a line starts here with `name: func`.
fn starts_function(input: Cursor<'_>) -> bool {
    use Keyword::{Async, Func, Mut, Overload, Static};
    input.is_first_on_line()
        && input.nth(1).kind == Kind::Colon
        && matches!(
            input.nth(2).kind,
            Kind::Keyword(Async | Func | Mut | Overload | Static)
        )
}
