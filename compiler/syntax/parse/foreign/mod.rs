//! The rules of a lenient reading: what people write by mistake or from the habit of another language is recognised, reported
//! with the pyidl spelling, and parsed with its intended meaning.
//!
//! A rule of the grammar asks for the rule of the same part here where it would otherwise fail.

mod attribute;
mod body;
mod callable;
mod case;
mod class;
mod early;
mod function;
mod item;
mod package;
mod parameter;
mod property;
mod python;
mod result;
mod table;
mod ty;
mod type_suffix;
mod value;
mod words;

pub(super) use attribute::{argument_colon, attribute_value, short_version};
pub(super) use body::{alias_equals, item_body, list_body, type_parameters};
pub(super) use case::{alternatives, member_payload, payload, quoted_name, repr, variant};
pub(super) use class::{extends, late_extends, operator_name, property_default};
pub(super) use function::{parameters, signature};
pub(super) use item::{item, modifiers};
pub(super) use package::{late_package, package_keyword, quoted_path, used_name};
pub(super) use parameter::{collector, typed_name};
pub(super) use python::{class as python_class, decorator_arguments};
pub(super) use result::{exceptions, outcome};
pub(super) use table::{Place, skip, skipped};
pub(super) use ty::{spaced_parameter, ty};
pub(super) use value::{cases, computed, set};

use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::Builtin;
use crate::source::Span;
use crate::syntax::ast::Name;
use crate::syntax::cursor::Cursor;
use crate::syntax::token::RESERVED_TYPES;

/// Reports foreign syntax at the next token.
fn report(input: Cursor<'_>, message: impl Into<String>, label: &str, help: impl Into<String>) {
    input.report(foreign(input.span(), message, label, help));
}

fn foreign(
    span: Span,
    message: impl Into<String>,
    label: &str,
    help: impl Into<String>,
) -> Diagnostic {
    Diagnostic::new(Code::ForeignSyntax, span, message, label).help(help)
}

/// Reports a misspelt word.
fn report_misspelt(input: Cursor<'_>, right: &str) {
    let message = format!("`{}` is not a keyword of interface files", input.text());
    input.report_token(
        Code::MisspeltKeyword,
        message,
        "misspelt?",
        format!("write `{right}`"),
    );
}

/// Reports that `what`, such as `` `:` ``, is missing before the next token.
fn report_missing(input: Cursor<'_>, what: &str, help: impl Into<String>) {
    let message = format!("{what} is missing");
    let label = format!("expected {what} here");
    input.report(Diagnostic::new(Code::MissingToken, input.gap(), message, label).help(help));
}

/// Whether `word` is one of `words`, which are separated by blanks.
fn is_one_of(word: &str, words: &str) -> bool {
    words.split(' ').any(|one| one == word)
}

/// What is between quotes.
fn quoted(text: &str) -> &str {
    text.trim_matches(['"', '\''])
}

/// Whether it is certainly the name of a type, here or in another language.
fn is_type_word(text: &str) -> bool {
    RESERVED_TYPES.contains(&text)
        || Builtin::named(text).is_some()
        || suggest::certainly_foreign_type(text).is_some()
}

/// The name `text`, which is meant at `span`.
fn word(text: &str, span: Span) -> Name {
    Name {
        text: text.to_owned(),
        escaped: false,
        builtin: false,
        span,
    }
}
