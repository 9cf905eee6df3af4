//! Modifiers before the name of an item that belong before `func` or nowhere.

use super::callable::function_item;
use super::foreign;
use super::item::{is_function_word, is_signature, named_item};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::syntax::ast::ItemKind;
use crate::syntax::context::Context;
use crate::syntax::cursor::{Cursor, Parsed};
use crate::syntax::parse::recovery::constructed;
use crate::syntax::token::{Keyword, Kind};

/// An item after `static` and the like; `None` if there are no such words, or something else follows.
pub(super) fn item_after_words(
    input: Cursor<'_>,
    context: Context,
) -> Option<Parsed<'_, Option<ItemKind>>> {
    use Keyword::{Async, Class, Constructor, Mut, Operator, Property, Readonly, Static};
    let mut start = input;
    while matches!(start.kind(), Kind::Keyword(Async | Static | Mut | Class)) {
        start = start.bump();
    }
    if start.offset() == input.offset() {
        return None;
    }
    let next = start.nth(1).kind;
    Some(match start.kind() {
        Kind::Keyword(Constructor) if next == Kind::OpenParen => {
            early_words_of_constructor(input, start);
            constructed(start, context, Constructor)
        }
        Kind::Keyword(keyword @ (Property | Readonly | Operator)) if context.allows(keyword) => {
            early_words_of_member(input, start, keyword);
            constructed(start, context, keyword)
        }
        _ if is_function_word(start) => function_item(input, start.bump(), context),
        kind if !kind.is_word() => return None,
        _ if next == Kind::Colon => early_words(input, start, context),
        _ if is_signature(start.bump()) => function_item(input, start, context),
        // `static Cart empty();`
        _ if next.is_word() && is_signature(start.bump().bump()) => {
            function_item(input, start.bump(), context)
        }
        _ => return None,
    })
}

/// Reports the words before a constructor, which is at `start`.
fn early_words_of_constructor(input: Cursor<'_>, start: Cursor<'_>) {
    let message = format!(
        "a constructor has no `{}` before it",
        input.text_until(start)
    );
    let span = start.span_since(input);
    let diagnostic = Diagnostic::new(Code::Misplaced, span, message, "means nothing here");
    input.report(diagnostic.help("leave it out"));
}

/// `static name: func(…)`, where the name is at `start`.
fn early_words<'t>(
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
fn early_words_of_member(input: Cursor<'_>, start: Cursor<'_>, keyword: Keyword) {
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
pub(super) fn early_words_of_value<'t>(
    input: Cursor<'t>,
    start: Cursor<'t>,
    context: Context,
) -> Parsed<'t, Option<ItemKind>> {
    let words = input.text_until(start);
    let end = start.bump().skip_line();
    let name = suggest::kebab_case(start.text());
    let rest = start.bump().text_until(end);
    let message = format!("a value has no `{words}` before its name");
    let diagnostic = foreign(
        start.span_since(input),
        message,
        "another language's keyword",
        format!("write `const {name}{rest};`"),
    );
    input.report(diagnostic);
    start.set_reported();
    named_item(start, context)
}
