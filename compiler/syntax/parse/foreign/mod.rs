//! Syntax of other languages: recognised, reported with the pyidl spelling, and parsed with its intended meaning.
//!
//! The rules of the grammar call these functions where they would otherwise fail.

mod attribute;
mod body;
mod callable;
mod case;
mod class;
mod early;
mod function;
mod generics;
mod item;
mod package;
mod parameter;
mod property;
mod python;
mod statement;
mod translate;
mod ty;
mod type_suffix;
mod value;
mod words;

pub(super) use attribute::{argument_colon, attribute_value};
pub(super) use body::{
    alias_without_equals, is_block_colon, item_body, list_body, other_brackets, record_body,
};
pub(super) use callable::{is_dunder, special_method};
pub(super) use case::{
    alternatives, case_word, enum_class, is_variant, member_payload, payload,
    payload_in_parentheses, quoted_member, repr,
};
pub(super) use class::{
    constructor_colon, extends, further_bases, late_extends, operator_name, operator_without_func,
    property_default, property_word,
};
pub(super) use early::early_words_of_value;
pub(super) use function::{
    arrow_without_type, closes_nothing, extra_arrow, extra_closer, func, further_exceptions,
    is_nothing, late_result, late_words, leading_pipe, leading_word, raises, raises_in_parentheses,
    result, trailing_pipe,
};
pub(super) use generics::type_parameters;
pub(super) use item::{item, modifiers};
pub(super) use package::{
    import, is_rust_use, late_package, package_dot, package_separator, package_without_keyword,
    quoted_path, rust_use, used_name,
};
pub(super) use parameter::{
    collector_without_name, collector_without_type, early_default, missing_colon, missing_equals,
    nameless, numbered, optional_mark, parameter_modifiers, quoted_name, receiver,
    type_after_equals, type_first, void,
};
pub(super) use property::value_item;
pub(super) use python::{class as python_class, decorated, is_decorator};
pub(super) use ty::{is_function_type, ty};
pub(super) use type_suffix::{
    bracketed, colons, dotted_generic, spaced_argument, type_suffix, union,
};
pub(super) use value::{
    call, colon_before_equals, computed, equals_for_colon, is_named_record, is_set, plus, value,
};
pub(super) use words::{generic_type, is_generic_type, worded};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::cursor::Cursor;

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
    input.report(
        Diagnostic::new(
            Code::MisspeltKeyword,
            input.span(),
            format!("`{}` is not a word of interface files", input.text()),
            "misspelt?",
        )
        .help(format!("write `{right}`")),
    );
}

/// Reports that `what`, such as `` `:` ``, is missing before the next token.
fn report_missing(input: Cursor<'_>, what: &str, help: impl Into<String>) {
    let message = format!("{what} is missing");
    let label = format!("expected {what} here");
    input.report(Diagnostic::new(Code::MissingToken, input.gap(), message, label).help(help));
}
