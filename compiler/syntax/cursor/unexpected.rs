//! Diagnostics for a token that fits nowhere.

use super::{Cursor, Expected};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::context::Context;
use crate::syntax::token::Kind;

/// The finding that `expected` was expected, and something else is at `input`.
pub(crate) fn diagnostic(input: Cursor<'_>, expected: Expected) -> Diagnostic {
    let found = found(input);
    let new = |message: String, label: &str| {
        Diagnostic::new(Code::UnexpectedToken, input.span(), message, label)
    };
    if let (Expected::Name(what), Kind::Keyword(keyword)) = (expected, input.kind())
        && !input.is_first_on_line()
    {
        let word = keyword.as_str();
        return Diagnostic::new(
            Code::KeywordAsName,
            input.span(),
            format!("`{word}` is a keyword here, not the name of {what}"),
            "a keyword",
        )
        .help(format!("to use it as a name, write `%{word}`"));
    }
    if is_doubled(input) {
        let message = format!("{found} stands here twice");
        return new(message, "one too many").help("delete it");
    }
    match expected {
        Expected::Anything => new(format!("did not expect {found} here"), "unexpected"),
        Expected::Token(Kind::String) if input.at_word() => {
            new(format!("expected a string, found {found}"), "without quotes")
                .help(format!("write `\"{}\"`", input.text()))
        }
        Expected::Token(kind) => {
            let is_end = kind == Kind::Semicolon;
            let kind = kind.describe();
            new(format!("expected {kind}, found {found}"), &format!("expected {kind}"))
                .help(match is_end {
                    true => format!("delete it, or write {kind} before it"),
                    false => format!("write {kind} before it"),
                })
        }
        Expected::Separator(close) => {
            let close = close.describe();
            new(format!("expected `,` or {close}, found {found}"), &format!("expected `,` or {close}"))
        }
        Expected::Name("a word") => new(format!("expected a word, found {found}"), "a word belongs here")
            .help("words are such as `min-length` or `min_length`"),
        Expected::Name(what @ ("an exception" | "the base")) => {
            let word = if what == "the base" { "extends" } else { "raises" };
            new(format!("expected a name after `{word}`, found {found}"), "a name belongs here")
                .help(format!("write a name, as in `{word} value-error`, or leave out `{word}`"))
        }
        Expected::Name(what @ ("the member" | "the case")) if input.kind() == Kind::Integer => {
            new(format!("a name for {what} starts with a letter"), "a number")
                .help(format!("write a word, such as `n{}`", input.text()))
        }
        Expected::Name(what) => new(format!("expected a name for {what}, found {found}"), "a name belongs here")
            .help("names are words such as `min-length` or `min_length`"),
        Expected::Type => new(format!("expected a type, found {found}"), "a type belongs here")
            .help("types are written as `u32`, `string`, `list<string>`, `option<f64>` or the name of a declared one"),
        Expected::Value => new(format!("expected a value, found {found}"), "a value belongs here")
            .help("values are written as `1`, `-0.5`, `\"text\"`, `true`, `none`, `[1, 2]`, `{ x: 1.0 }` or `metre`"),
        Expected::Function => new(format!("expected a function, found {found}"), "`func(…)` belongs here")
            .help(match input.is_part_of_file() {
                true => "a signature is written as `func(a: u32) -> string`",
                false => "a function is written as `name: func(a: u32) -> string;`",
            }),
        Expected::Item(context) => {
            let diagnostic = new(format!("expected an item of {}, found {found}", context.describe()), "no item starts like this");
            match context {
                Context::Class | Context::Protocol => diagnostic
                    .help("write a method as `name: func(…) -> …;`, a property as `readonly property name: type;`"),
                Context::World => diagnostic.help("write `export name: func(…) -> …;` or `import name: interface { … }`"),
                Context::Package => diagnostic.help("write `interface name { … }` or `world name { … }`"),
                Context::Overload | Context::MethodOverload => {
                    diagnostic.help("write each alternative as `name: func(…) -> …;`")
                }
                _ => diagnostic
                    .help("write a function as `name: func(…) -> …;`, a type as `record name { field: type }`"),
            }
        }
        Expected::Version => new(format!("expected a version, found {found}"), "a version belongs here")
            .help("versions have three numbers, as in `1.2.0` or `1.2.0-rc.1`"),
        Expected::Attribute => new(format!("expected the name of an attribute, found {found}"), "a word belongs here")
            .help("attributes are written as `@name` or `@name(…)`"),
    }
}

/// Whether the same sign or word precedes it on the same line.
fn is_doubled(input: Cursor<'_>) -> bool {
    let is_written = !matches!(
        input.kind(),
        Kind::End | Kind::String | Kind::Integer | Kind::Float
    );
    is_written && !input.is_first_on_line() && input.previous_text() == Some(input.text())
}

/// A description of the next token, as in "found …".
pub(crate) fn found(input: Cursor<'_>) -> String {
    match input.kind() {
        Kind::End if input.is_part_of_file() => "the end of the string".to_owned(),
        Kind::End => Kind::End.describe(),
        Kind::String => "a string".to_owned(),
        _ => {
            let text = input.text();
            match text.char_indices().nth(40) {
                Some((end, _)) => format!("`{}…`", &text[..end]),
                None => format!("`{text}`"),
            }
        }
    }
}
