//! Properties, constants and variables in the syntax of other languages.

use super::callable::{after_function, function_item, quiet_function};
use super::parameter::likely_type;
use super::table::{Place, skipped};
use super::ty::translate_names;
use super::{foreign, report};
use crate::diagnostic::suggest;
use crate::source::Span;
use crate::syntax::ast::{self, ItemKind};
use crate::syntax::context::Context;
use crate::syntax::cursor::{Cursor, Parsed, Stuck};
use crate::syntax::parse::recovery::semicolon;
use crate::syntax::parse::{literal, name, ty};
use crate::syntax::print;
use crate::syntax::token::{Keyword, Kind};

/// `get name(): type { … }` or `set name(value: type) { … }`, as in TypeScript.
pub(super) fn accessor(input: Cursor<'_>, context: Context) -> Parsed<'_, Option<ItemKind>> {
    if !context.has_methods() {
        return function_item(input, input.bump(), context);
    }
    let (rest, (name, signature)) = quiet_function(input, input.bump())?;
    let rest = after_function(rest)?;
    let label = "another language's syntax";
    if input.text() == "set" {
        let message = "a property is declared by `property`";
        let help = "leave it out: a `property` without `readonly` can be set";
        input.report_apart(foreign(input.span(), message, label, help));
        return Ok((rest, None));
    }
    let property = readonly_property(input, input.span(), name, signature, label);
    Ok((rest, Some(property)))
}

/// The property that a function reads elsewhere; reports at `span` how it is declared here.
pub(super) fn readonly_property(
    input: Cursor<'_>,
    span: Span,
    name: ast::Name,
    signature: ast::Signature,
    label: &str,
) -> ItemKind {
    let ty = signature.result.as_ref();
    let right = ty.map_or_else(|| "type".to_owned(), print::type_in_pyidl);
    let text = suggest::kebab_case(&name.text);
    let help = format!("write `readonly property {text}: {right};`");
    let message = "a property is declared by `property`";
    input.report_apart(foreign(span, message, label, help));
    ItemKind::Property(ast::Property {
        name,
        readonly: true,
        ty: signature.result,
        raises: signature.raises,
    })
}

/// `name = value;`
pub(super) fn assignment(input: Cursor<'_>) -> Parsed<'_, Option<ItemKind>> {
    let (start, name) = name::word(input)?;
    let value = {
        let _rewriting = input.rewriting();
        literal::literal(start.bump())
    };
    let known = value.as_ref().ok().map(|(rest, value)| {
        let written = start.bump().text_until(*rest);
        (likely_type(value), written)
    });
    let text = suggest::kebab_case(&name.text);
    let help = match known {
        Some((ty, value)) if ty != "…" => format!("write `const {text}: {ty} = {value};`"),
        _ => {
            format!("write `const {text}: type = …;` for a constant, `type {text} = …;` for a type")
        }
    };
    let message = format!("`{}` is given a value without being declared", name.text);
    report(input, message, "not declared", help);
    let (rest, _) = literal::default(start)?;
    if rest.is_first_on_line() {
        // In languages with this syntax, the end of a line ends it.
        return Ok((rest, None));
    }
    let (rest, ()) = semicolon(rest)?;
    Ok((rest, None))
}

/// `name: u32;` where a function is expected; `None` if it is something else. The item starts at `input`.
pub(super) fn value_item<'t>(
    input: Cursor<'t>,
    after_colon: Cursor<'t>,
    context: Context,
) -> Result<Option<(Cursor<'t>, Option<ItemKind>)>, nom::Err<Stuck>> {
    let as_typed = input.text();
    let name = &match as_typed.contains(|c: char| c.is_ascii_uppercase()) {
        true => suggest::kebab_case(as_typed),
        false => as_typed.to_owned(),
    };
    if let Some(rest) = skipped(Place::NamedItem)(input) {
        return Ok(Some((rest, None)));
    }
    let next = after_colon.nth(1);
    let is_value = match after_colon.kind() {
        Kind::Name | Kind::Escaped => !matches!(
            next.kind,
            Kind::OpenParen | Kind::Keyword(Keyword::Func | Keyword::Async)
        ),
        Kind::Keyword(Keyword::Class) => !next.kind.is_word(),
        Kind::Ampersand | Kind::OpenBracket | Kind::Question => true,
        _ => false,
    };
    if !is_value {
        return Ok(None);
    }
    let (rest, (mut ty, value)) = {
        let _rewriting = input.rewriting();
        let (rest, ty) = ty::ty(after_colon)?;
        let (rest, value) = literal::default(rest)?;
        (rest, (ty, value))
    };
    let right = print::type_in_pyidl(&ty);
    translate_names(&mut ty);
    let (_, named) = name::word(input)?;
    let (help, kind) = if context.has_methods() {
        let help = format!(
            "write `property {name}: {right};`, with `readonly` before it if Python cannot set it"
        );
        (
            help,
            ItemKind::Property(ast::Property {
                name: named,
                readonly: false,
                ty: Some(ty),
                raises: Vec::new(),
            }),
        )
    } else {
        let help = match &value {
            Some(value) => {
                format!(
                    "write `const {name}: {right} = {};`",
                    &input.source()[value.span.range()]
                )
            }
            None => format!(
                "write `const {name}: {right} = …;` for a constant, `{name}: func() -> {right};` for a function"
            ),
        };
        (
            help,
            ItemKind::Const(ast::Const {
                name: named,
                ty: Some(ty),
                value,
            }),
        )
    };
    let message =
        format!("`{as_typed}` has a type but is neither a function nor declared as something else");
    input.report(foreign(input.span(), message, "what is it?", help));
    // In languages where this is a field, the line or a comma ends it.
    let rest = match rest.kind() {
        Kind::Comma => rest.bump(),
        kind if rest.is_first_on_line() || kind.is_closer() || kind == Kind::End => rest,
        Kind::Semicolon => rest.bump(),
        // Something else was meant: `maybe: funcvalue: u8) -> u8;`
        _ => rest.skip_rest_of_item(),
    };
    Ok(Some((rest, Some(kind))))
}
