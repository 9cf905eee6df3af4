//! Names, words and paths.

use nom::Parser;
use nom::sequence::preceded;

use super::super::ast;
use super::super::cursor::{Cursor, Expected, Parsed, token};
use super::super::token::{Keyword, Kind, RESERVED_TYPES};
use crate::diagnostic::{Code, Diagnostic, suggest};

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
            span: input.span(),
        },
    ))
}

/// `id`: a word that is meant as a name. A keyword is one, unless it introduces the word that follows.
pub(super) fn name<'t>(expected: Expected) -> impl Fn(Cursor<'t>) -> Parsed<'t, ast::Name> {
    move |input| match input.kind() {
        Kind::Name | Kind::Escaped => word(input),
        Kind::Keyword(_) if !introduces(input) => word(input),
        _ => Err(input.stuck(expected)),
    }
}

/// Whether a name follows.
pub(super) fn introduces(keyword: Cursor<'_>) -> bool {
    let next = keyword.nth(1).kind;
    next.is_word() && !follows_names(next)
}

/// Whether it is a keyword that comes after a name and does not start anything.
fn follows_names(kind: Kind) -> bool {
    use Keyword::{As, Extends, From, Implements, Raises, With};
    matches!(
        kind,
        Kind::Keyword(As | Extends | From | Implements | Raises | With)
    )
}

/// The name of something declared here: `what` is "the record".
pub(super) fn declared<'t>(what: &'static str) -> impl Fn(Cursor<'t>) -> Parsed<'t, ast::Name> {
    move |input| {
        let (rest, name) = name(Expected::Name(what))(input)?;
        if let Some(diagnostic) = wrong_form(&name) {
            input.report_apart(diagnostic);
        }
        Ok((rest, name))
    }
}

/// The name of a type declared here.
pub(super) fn declared_type<'t>(
    what: &'static str,
) -> impl Fn(Cursor<'t>) -> Parsed<'t, ast::Name> {
    move |input| {
        let (rest, name) = declared(what)(input)?;
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
                    "choose another name, or write `%{text}` here and wherever it is meant"
                )),
            );
        }
        Ok((rest, name))
    }
}

/// What is wrong with a name that is neither in kebab-case nor in snake_case. Words of capitals only are fine in
/// kebab-case, as in WIT: `parse-XML`.
fn wrong_form(name: &ast::Name) -> Option<Diagnostic> {
    let text = &name.text;
    // Other alphabets are reported by the lexer.
    let has_capitals = |part: &str| part.contains(|c: char| c.is_ascii_uppercase());
    let is_mixed =
        |part: &str| has_capitals(part) && part.contains(|c: char| c.is_ascii_lowercase());
    let is_part = |part: &str| !(part.is_empty() || is_mixed(part));
    // Underscores at the ends have their meaning for Python.
    let core = text.strip_prefix('_').unwrap_or(text);
    let core = core.strip_suffix('_').unwrap_or(core);
    if !text.is_ascii()
        || (core.split(['-', '_']).all(is_part) && !(has_capitals(core) && core.contains('_')))
    {
        return None;
    }
    let right = suggest::kebab_case(text);
    let diagnostic = Diagnostic::new(
        Code::NameForm,
        name.span,
        format!("`{text}` is neither in kebab-case nor in snake_case"),
        "each target language re-cases names by itself",
    );
    Some(match right.is_empty() {
        true => {
            diagnostic.help("write a name of letters and digits, with `-` or `_` between words")
        }
        false => diagnostic.help(format!("write `{right}`")),
    })
}

/// `name ::= type-name ( '.' id )*`, also `case-ref`.
pub(super) fn path<'t>(expected: Expected) -> impl Fn(Cursor<'t>) -> Parsed<'t, ast::Path> {
    move |input| {
        let (rest, first) = name(expected)(input)?;
        path_from(input, rest, first)
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
    while let Ok((after, part)) = preceded(token(Kind::Dot), word).parse(rest) {
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
