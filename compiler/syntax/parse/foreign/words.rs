//! Types that have several words or wrappers in other languages.

use nom::Parser;
use nom::combinator::map;

use super::ty::{named, report_type, single, translate_names, ty};
use super::{foreign, is_one_of};
use crate::diagnostic::suggest;
use crate::syntax::ast::{Name, Type, TypeArgument, TypeKind};
use crate::syntax::cursor::{Cursor, Parsed};
use crate::syntax::parse::recovery::list;
use crate::syntax::parse::ty as types;
use crate::syntax::print;
use crate::syntax::token::Kind;

/// Modifiers of a C type.
const QUALIFIERS: &str = "const volatile struct unsigned signed long short";
/// Words of C's number types.
const NUMBERS: &str = "unsigned signed long short int char double float";
/// Words before a Rust type that define how it is passed.
const BOUNDS: &[&str] = &["impl", "dyn"];
/// `const char *`, `unsigned int`, `impl Fn(u32)`, `Box<T>`, `Literal["a"]`: such a type, if present.
pub(super) fn worded<'t>(input: Cursor<'t>) -> Option<Parsed<'t, Type>> {
    let next = input.nth(1);
    let text = input.text();
    let is_word = next.kind.is_word() && !next.first_on_line;
    if is_word && BOUNDS.contains(&text) {
        Some(bound(input))
    } else if is_word
        && is_one_of(text, QUALIFIERS)
        && (matches!(text, "const" | "struct") || is_one_of(input.nth_text(1), NUMBERS))
    {
        Some(number(input))
    } else if matches!(next.kind, Kind::Less | Kind::OpenBracket) && suggest::is_wrapper(text) {
        Some(wrapper(input))
    } else if next.kind == Kind::OpenBracket && text == "Literal" {
        Some(Ok(literal(input)))
    } else {
        None
    }
}

/// `Vec<T>`: the corresponding type here. The cursor is at the `<` after its name.
pub(super) fn generic_type<'t>(input: Cursor<'t>, name: Name) -> Parsed<'t, TypeKind> {
    let (rest, arguments) = {
        let _rewriting = input.rewriting();
        list(Kind::Less, Kind::Greater, argument)(input)?
    };
    let span = name.span;
    let message = format!("there is no type `{}`", name.text);
    let kind = TypeKind::Generic { name, arguments };
    let mut ty = Type { kind, span };
    translate_names(&mut ty);
    let help = format!("write `{}`", print::type_in_pyidl(&ty));
    input.report_apart(foreign(span, message, "another language's type", help));
    Ok((rest, ty.kind))
}

/// An argument of such a type; `[u8]` is a list.
fn argument(input: Cursor<'_>) -> Parsed<'_, TypeArgument> {
    match input.kind() {
        Kind::OpenBracket => map(ty, TypeArgument::Type).parse(input),
        _ => types::argument(input),
    }
}

/// `impl Trait`, `dyn Trait`
fn bound(input: Cursor<'_>) -> Parsed<'_, Type> {
    let (rest, ty) = {
        let _rewriting = input.rewriting();
        let (mut rest, mut ty) = single(input.bump())?;
        translate_names(&mut ty);
        // `dyn Fn() + Send`
        while rest.at(Kind::Plus) && rest.nth(1).kind.is_word() {
            rest = rest.bump().bump();
        }
        (rest, ty)
    };
    let span = rest.span_since(input);
    let message = format!("types have no `{}` before them", input.text());
    report_type(input, span, &ty, message, "Rust's way");
    Ok((rest, ty))
}

/// `const char *`, `unsigned long long`
fn number(input: Cursor<'_>) -> Parsed<'_, Type> {
    let (mut rest, mut words) = (input, Vec::new());
    while rest.at_word() && (is_one_of(rest.text(), QUALIFIERS) || is_one_of(rest.text(), NUMBERS))
    {
        words.push(rest.text());
        rest = rest.bump();
    }
    let is_named = !words.iter().any(|word| is_one_of(word, NUMBERS));
    if is_named && rest.at_word() {
        words.push(rest.text());
        rest = rest.bump();
    }
    let is_pointer = rest.at(Kind::Star);
    let rest = rest.skip_while(|rest| rest.fits("*|&|const"));
    let last = words.last().copied().unwrap_or_default();
    let right = match is_named {
        true => suggest::certainly_foreign_type(last).unwrap_or(last),
        false => number_type(&words, is_pointer),
    };
    let span = rest.span_since(input);
    let message = "a type is one word, without qualifiers";
    input.report_apart(foreign(
        span,
        message,
        "a type of C",
        format!("write `{right}`"),
    ));
    let right = right.split('<').next().unwrap_or(right);
    Ok((rest, named(right, input.span())))
}

/// The type here for a number type of C, or `string` for a pointer to characters.
fn number_type(words: &[&str], is_pointer: bool) -> &'static str {
    /// The word that decides, and the types with and without a sign.
    const NUMBERS: &[(&str, &str, &str)] = &[
        ("double", "f64", "f64"),
        ("float", "f32", "f32"),
        ("char", "s8", "u8"),
        ("short", "s16", "u16"),
        ("long", "s64", "u64"),
    ];
    let found = NUMBERS.iter().find(|(word, ..)| words.contains(word));
    let (word, signed, unsigned) = found.copied().unwrap_or(("int", "s32", "u32"));
    match words.contains(&"unsigned") {
        true => unsigned,
        false if is_pointer && word == "char" => "string",
        false => signed,
    }
}

/// `Box<T>`: `T`.
fn wrapper(input: Cursor<'_>) -> Parsed<'_, Type> {
    let open = input.bump();
    let close = open.kind().closer().unwrap_or(Kind::Greater);
    let (rest, arguments) = {
        let _rewriting = input.rewriting();
        list(open.kind(), close, argument)(open)?
    };
    let mut types = arguments.into_iter().filter_map(|argument| match argument {
        TypeArgument::Type(ty) => Some(ty),
        _ => None,
    });
    let mut ty = types.next().unwrap_or_else(|| named("any", input.span()));
    translate_names(&mut ty);
    let span = rest.span_since(input);
    let message = format!(
        "`{}` says how a value is kept, not what it is",
        input.text()
    );
    report_type(input, span, &ty, message, "means nothing here");
    Ok((rest, ty))
}

/// `Literal["r", "w"]`
fn literal(input: Cursor<'_>) -> (Cursor<'_>, Type) {
    let rest = input.bump().skip_group();
    let words = input.bump().bump().text_until(rest);
    let words: Vec<_> = words
        .split(['"', '\'', ',', ']', ' '])
        .map(suggest::kebab_case)
        .filter(|word| !word.is_empty())
        .collect();
    let help = format!(
        "declare `enum name: string {{ {} }}` and write `name` here",
        words.join(", ")
    );
    let span = rest.span_since(input);
    let message = "a choice between values is an `enum`";
    input.report_apart(foreign(span, message, "Python's way", help));
    (rest, named("string", input.span()))
}
