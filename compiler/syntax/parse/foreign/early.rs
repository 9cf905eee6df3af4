//! Modifiers before the name of an item that belong before `func` or nowhere.

use super::foreign;
use super::item::named_item;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::syntax::ast::ItemKind;
use crate::syntax::context::Context;
use crate::syntax::cursor::{Cursor, Parsed};
use crate::syntax::token::{Keyword, Kind};

/// `static name: func(…)`, where the name is at `start`.
pub(super) fn early_words<'t>(
    input: Cursor<'t>,
    start: Cursor<'t>,
    context: Context,
) -> Parsed<'t, Option<ItemKind>> {
    let words = input.text_until(start);
    let after_colon = start.bump().bump();
    if after_colon.at(Kind::Name) && after_colon.nth(1).kind != Kind::OpenParen {
        return early_words_of_value(input, start, context);
    }
    let message = format!("`{words}` stands before `func`, not before the name");
    let help = format!("write `{}: {words} func(…)`", start.text());
    let diagnostic = Diagnostic::new(
        Code::Misplaced,
        start.span_since(input),
        message,
        "too early",
    );
    input.report(diagnostic.help(help));
    named_item(start, context)
}

/// Reports `mut` and the like before `property` or `operator`, which is at `start`.
pub(super) fn early_words_of_member(input: Cursor<'_>, start: Cursor<'_>, keyword: Keyword) {
    let (words, word) = (input.text_until(start), keyword.as_str());
    let help = match (keyword, words) {
        (Keyword::Operator, "mut") => {
            let name = start.nth_text(1);
            format!("leave it out, and write `operator {name}: mut func(…)`")
        }
        (Keyword::Operator, _) => "leave it out".to_owned(),
        (_, "mut") => "leave it out: a `property` without `readonly` can be set".to_owned(),
        _ => "leave it out; what belongs to the class itself is a `const`, or a `static func`"
            .to_owned(),
    };
    let message = format!("`{word}` has no `{words}` before it");
    let span = start.span_since(input);
    let diagnostic = Diagnostic::new(Code::Misplaced, span, message, "means nothing here");
    input.report(diagnostic.help(help));
}

/// `static max: u32 = 5`, where the name is at `start`.
pub(crate) fn early_words_of_value<'t>(
    input: Cursor<'t>,
    start: Cursor<'t>,
    context: Context,
) -> Parsed<'t, Option<ItemKind>> {
    let words = input.text_until(start);
    let mut end = start;
    while !(end.at(Kind::End)
        || end.at(Kind::Semicolon)
        || end.kind().is_closer()
        || end.is_first_on_line() && end.offset() > start.offset())
    {
        end = end.bump();
    }
    let name = suggest::kebab_case(start.text());
    let rest = start.bump().text_until(end);
    let message = format!("a value has no `{words}` before its name");
    let diagnostic = foreign(
        start.span_since(input),
        message,
        "another language's word",
        format!("write `const {name}{rest};`"),
    );
    input.report(diagnostic);
    start.set_reported();
    named_item(start, context)
}
