//! Items in the syntax of other languages, and statements, which interface files do not have.

use super::body::skip_generics;
use super::callable::{function_item, special_method};
use super::early::{early_words_of_value, item_after_words};
use super::function::FUNCTION_WORDS;
use super::package::{import, is_rust_use, rust_use};
use super::property::{accessor, assignment, value_item};
use super::python::decorated;
use super::table::{Place, skipped};
use super::{foreign, is_one_of, report, report_missing, report_misspelt, word};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::syntax::ast::{self, ItemKind};
use crate::syntax::context::Context;
use crate::syntax::cursor::{Cursor, Expected, Parsed};
use crate::syntax::parse::recovery::{alternatives, constructed, is_introducer, not_doubled};
use crate::syntax::parse::{function, name};
use crate::syntax::token::{Keyword, Kind};

/// The keywords of items in other languages, and their counterparts here.
const ITEM_WORDS: &[(Keyword, &str)] = &[
    (Keyword::Record, "struct message dictionary dataclass"),
    (Keyword::Variant, "union oneof"),
    (Keyword::Flags, "bitflags"),
    (Keyword::Type, "typedef alias using newtype"),
    (Keyword::Protocol, "trait abc"),
    (Keyword::Interface, "namespace module mod service"),
    (Keyword::Class, "object"),
    (Keyword::Exception, "error"),
    (Keyword::Const, "let var val final"),
    (Keyword::Property, "attribute prop field getter"),
    (Keyword::Constructor, "init new __init__ __new__"),
];

/// Skips words such as `pub`, and the first of two equal keywords.
pub(crate) fn modifiers(input: Cursor<'_>) -> Cursor<'_> {
    not_doubled(words_before(input))
}

/// Modifiers before functions.
const BEFORE_FUNCTIONS: &str = "pub public private protected internal abstract virtual override unsafe extern inline export default open";

fn words_before(mut input: Cursor<'_>) -> Cursor<'_> {
    while input.at(Kind::Name) || is_export_of_declaration(input) {
        let mut word = input.bump().bump_if(Kind::String);
        if word.at(Kind::OpenParen) {
            word = word.skip_group();
        }
        let is_function = is_function_word(word)
            || word.at_keyword(Keyword::Async) && is_function_word(word.bump());
        if is_function && is_one_of(input.text(), BEFORE_FUNCTIONS) {
            // The whole function is reported.
            return word;
        }
        match skipped(Place::Modifier)(input) {
            Some(rest) => input = rest,
            None => break,
        }
    }
    input
}

/// `export interface Point`, as in TypeScript.
fn is_export_of_declaration(input: Cursor<'_>) -> bool {
    const DECLARED: &str = "export async|class|const|enum|interface|type|abstract|declare|default|function|let|namespace|var _";
    input.at_keyword(Keyword::Export) && input.matches(DECLARED)
}

pub(super) fn is_function_word(input: Cursor<'_>) -> bool {
    is_one_of(input.text(), FUNCTION_WORDS) && input.nth(1).kind.is_word()
}

/// An item without its documentation and attributes, which are in `meta`; `None` if it is not allowed here.
pub(crate) fn item<'t>(
    input: Cursor<'t>,
    meta: &mut ast::Meta,
    context: Context,
) -> Parsed<'t, Option<ItemKind>> {
    if let Some(attribute) = meta.attributes.last()
        && (input.at(Kind::End) || input.kind().is_closer())
    {
        let message = "an attribute without an item after it";
        let diagnostic = Diagnostic::new(
            Code::Misplaced,
            attribute.span,
            message,
            "belongs to nothing",
        );
        input.report(diagnostic.help("put it before an item, or delete it"));
        return Ok((input, None));
    }
    if let Some(parsed) = decorated(meta, input, context) {
        return parsed;
    }
    let is_named = input.at_word() && input.nth(1).kind == Kind::Colon;
    let is_value = input.nth(1).kind == Kind::Name && input.nth(2).kind == Kind::Colon;
    match input.kind() {
        Kind::Keyword(Keyword::Readonly) if is_value && !context.has_methods() => {
            early_words_of_value(input, input.bump(), context)
        }
        Kind::Keyword(Keyword::Import) if !is_named => {
            match import(input, context == Context::World) {
                Some(rest) => Ok((rest, None)),
                None => constructed(input, context, Keyword::Import),
            }
        }
        Kind::Keyword(Keyword::Use) if is_rust_use(input) => Ok((rust_use(input), None)),
        Kind::Keyword(Keyword::Constructor) if is_named && context.has_methods() => {
            constructed(input, context, Keyword::Constructor)
        }
        _ if is_named => named_item(input, context),
        Kind::Keyword(keyword) if is_introducer(keyword) => constructed(input, context, keyword),
        _ => other_item(input, context),
    }
}

/// An item that starts with a word and a colon: a function, or something that is written like one elsewhere.
pub(super) fn named_item(input: Cursor<'_>, context: Context) -> Parsed<'_, Option<ItemKind>> {
    let after_colon = input.bump().bump();
    if let Some((rest, kind)) = value_item(input, after_colon, context)? {
        return Ok((rest, kind));
    }
    let (_, name) = match name::is_special(input.text()) {
        true => name::word(input)?,
        false => name::declared("the function")(input)?,
    };
    let (rest, body) = function::body(context.has_methods())(after_colon)?;
    if name::is_special(&name.text) {
        let (diagnostic, kind) = special_method(name, body, context);
        input.report_apart(diagnostic);
        return Ok((rest, kind));
    }
    if !context.allows_functions() {
        let diagnostic = Diagnostic::new(
            Code::Misplaced,
            input.span(),
            format!("a function cannot stand in {}", context.describe()),
            "does not belong here",
        );
        input.report_misplaced(match context {
            Context::World => diagnostic.help(format!(
                "write `export {}: func…` or `import {0}: func…`",
                name.text
            )),
            _ => diagnostic.help("move it into an `interface`"),
        });
        return Ok((rest, None));
    }
    Ok((rest, Some(ItemKind::Function(ast::Function { name, body }))))
}

/// An item that starts with no keyword of the language.
fn other_item(input: Cursor<'_>, context: Context) -> Parsed<'_, Option<ItemKind>> {
    use Keyword::{Async, Class, Func, Mut, Static};
    if let Some(rest) = skipped(Place::Item)(input) {
        return Ok((rest, None));
    } else if input.matches("overload") {
        return overload(input, context);
    } else if input.matches("get|set _ (") {
        return accessor(input, context);
    } else if is_statement(input) {
        return Ok((skip_statement(input), None));
    } else if let Some(parsed) = item_after_words(input, context) {
        return parsed;
    } else if is_function_word(input) {
        return function_item(input, input.bump(), context);
    } else if let Some(keyword) = meant_keyword(input, context) {
        return constructed(input, context, keyword);
    } else if let Some(name) = name_of_parts(input) {
        return name_in_parts(input, name, context);
    }
    let (second, third) = (input.nth(1).kind, input.nth(2).kind);
    match second {
        _ if !input.at_word() => Err(input.stuck(Expected::Item(context))),
        _ if is_signature(input.bump()) => function_item(input, input, context),
        Kind::Keyword(Func | Async | Mut | Static | Class)
            if matches!(third, Kind::OpenParen | Kind::Keyword(_)) =>
        {
            missing_colon(input, context)
        }
        Kind::Equals => assignment(input),
        kind if kind.is_word() && third == Kind::OpenParen => {
            function_item(input, input.bump(), context)
        }
        _ => Err(input.stuck(Expected::Item(context))),
    }
}

/// Whether parameters follow, possibly those of a generic function.
pub(super) fn is_signature(input: Cursor<'_>) -> bool {
    input.at(Kind::OpenParen) || input.at(Kind::Less) && skip_generics(input).at(Kind::OpenParen)
}

/// The end of a name that is not a single word: `min length: func(…)`, `min.length: func(…)`, `-length: func(…)`.
fn name_of_parts(input: Cursor<'_>) -> Option<Cursor<'_>> {
    /// The maximum number of words and signs of such a name.
    const LONGEST: u32 = 8;
    let is_near = |rest: Cursor<'_>| rest.offset() < input.offset() + LONGEST;
    let is_part = |rest: Cursor<'_>| {
        rest.fits("_|.|-") && (rest.offset() == input.offset() || !rest.is_first_on_line())
    };
    let rest = input.skip_while(|rest| is_near(rest) && is_part(rest));
    let is_function = rest.matches(": func|async|static|mut") && !rest.is_first_on_line();
    (is_function && rest.offset() > input.offset() + 1).then_some(rest)
}

/// A function whose name ends before `colon`.
fn name_in_parts<'t>(
    input: Cursor<'t>,
    colon: Cursor<'t>,
    context: Context,
) -> Parsed<'t, Option<ItemKind>> {
    let span = colon.span_since(input);
    let text = suggest::kebab_case(&input.text_until(colon).replace([' ', '.'], "-"));
    let message = format!("`{}` is not a name", input.text_until(colon));
    let label = "a name is one word that starts with a letter";
    let diagnostic = Diagnostic::new(Code::NameForm, span, message, label);
    input.report_apart(diagnostic.help(format!("write `{text}`")));
    let name = word(&text, span);
    let (rest, body) = function::body(context.has_methods())(colon.bump())?;
    let item = ItemKind::Function(ast::Function { name, body });
    Ok((rest, context.allows_functions().then_some(item)))
}

/// The keyword that a word of another language, or a misspelling, stands for; reports it.
fn meant_keyword(input: Cursor<'_>, context: Context) -> Option<Keyword> {
    let word = input.text();
    let (second, third) = (input.nth(1).kind, input.nth(2).kind);
    if !input.at(Kind::Name) || !(second.is_word() || second == Kind::OpenParen) {
        return None;
    }
    // Only constructors have no name after the keyword.
    let is_possible = |keyword| (keyword == Keyword::Constructor) == (second == Kind::OpenParen);
    let foreign = ITEM_WORDS
        .iter()
        .find(|(_, words)| is_one_of(word, words))
        .map(|&(keyword, _)| keyword);
    if let Some(keyword) = foreign.filter(|&keyword| is_possible(keyword)) {
        let right = keyword.as_str();
        let message = format!("`{word}` is written `{right}`");
        report(
            input,
            message,
            "another language's keyword",
            format!("write `{right}`"),
        );
        return Some(keyword);
    }
    // `int power(…)` is a function, however close its first word is to a keyword.
    let keywords = context.keywords().filter(|&keyword| is_possible(keyword));
    let right = suggest::nearest(word, keywords.map(Keyword::as_str))
        .filter(|_| second == Kind::OpenParen || third != Kind::OpenParen)?;
    report_misspelt(input, right);
    Keyword::from_word(right)
}

/// `overload name { … }` and `overload { … }`.
fn overload(input: Cursor<'_>, context: Context) -> Parsed<'_, Option<ItemKind>> {
    let name = input.bump();
    if !name.at_word() || name.nth(1).kind != Kind::OpenBrace {
        return Err(input.stuck(Expected::Item(context)));
    }
    let message = "an overload is declared by its name, a colon and `overload`";
    let help = format!("write `{}: overload {{ … }}`", name.text());
    let span = name.bump().span_since(input);
    input.report(foreign(span, message, "the other way round", help));
    let (block, name) = name::declared("the function")(name)?;
    let (rest, body) = alternatives(input, block, context.has_methods())?;
    let item = ItemKind::Function(ast::Function { name, body });
    Ok((rest, context.allows_functions().then_some(item)))
}

/// `name func(…)`
fn missing_colon(input: Cursor<'_>, context: Context) -> Parsed<'_, Option<ItemKind>> {
    let (rest, name) = name::declared("the function")(input)?;
    report_missing(rest, "`:`", format!("write `{}: func(…)`", name.text));
    let (rest, body) = function::body(context.has_methods())(rest)?;
    let item = ItemKind::Function(ast::Function { name, body });
    Ok((rest, context.allows_functions().then_some(item)))
}

/// Words that start statements, and are followed by other tokens than in declarations.
const STATEMENTS: &str = "assert await case del do elif else for foreach global if loop match print println raise \
    return switch throw try while yield";

/// Whether a statement of another language starts here.
fn is_statement(input: Cursor<'_>) -> bool {
    let next = input.nth(1).kind;
    let is_declaration = matches!(next, Kind::Colon) && !input.nth(2).first_on_line
        || matches!(next, Kind::Keyword(_));
    input.at(Kind::Name) && is_one_of(input.text(), STATEMENTS) && !is_declaration
}

/// Skips and reports the statement: a line, or a block.
fn skip_statement(input: Cursor<'_>) -> Cursor<'_> {
    let message = "an interface file has declarations only";
    report(
        input,
        message,
        "a statement",
        "leave it out: what happens is written in Rust",
    );
    input.bump().skip_statement(input.indentation())
}
