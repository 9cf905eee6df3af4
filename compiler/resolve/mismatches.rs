//! Suggestions for literals of the wrong type.

use super::context::{Context, Define};
use super::lookup::{Names, Where};
use super::prelude::{Values, prelude};
use super::scope::Entity;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ItemId, Type, Value};
use crate::source::Span;
use crate::syntax::ast::{self, Literal, LiteralKind};

/// Reports that the number of values in `literal` differs from its type's.
pub(super) fn item_count(
    cx: &mut Context,
    literal: &Literal,
    ty: &Type,
    needed: usize,
    given: usize,
) {
    let plural = if needed == 1 { "value" } else { "values" };
    let message = format!(
        "`{}` needs {needed} {plural}, not {given}",
        cx.names.show(ty)
    );
    let help = match given < needed {
        true => format!("add {} more", needed - given),
        false => format!("leave out {} of them", given - needed),
    };
    cx.report(Diagnostic::new(Code::WrongValue, literal.span, message, "").help(help));
}

/// Reports that `literal` is not a value of `ty`.
pub(super) fn mismatch(cx: &mut Define, at: Where, literal: &Literal, ty: &Type) -> Option<Value> {
    let message = format!(
        "expected a value of type `{}`, found {}",
        cx.names.show(ty),
        describe(literal)
    );
    let diagnostic = Diagnostic::new(Code::WrongValue, literal.span, message, "");
    if let Some(constant) = named_constant(cx.names, at, literal) {
        let help = "write its value: a constant cannot stand for it here";
        cx.report(diagnostic.cause(constant, "a constant").help(help));
        return None;
    }
    // The value may be right and the type wrong.
    let is_declared = !matches!(ty, Type::Builtin(..));
    let hidden = is_declared.then(|| cx.names.hidden_builtin(&cx.names.show(ty)));
    let help = instead(cx, literal, ty).into_iter().chain(hidden.flatten());
    cx.report(help.fold(diagnostic, Diagnostic::help));
    cx.mismatched = Some(literal.span);
    None
}

/// The declaration of the constant whose name `literal` is.
fn named_constant(names: &Names, at: Where, literal: &Literal) -> Option<Span> {
    let LiteralKind::Case(paths) = &literal.kind else {
        return None;
    };
    let [ast::Path { parts, .. }] = paths.as_slice() else {
        return None;
    };
    let [name] = parts.as_slice() else {
        return None;
    };
    match names.lookup(at, name)? {
        entity @ Entity::Item(ItemId::Const(_)) => names.declaration(entity),
        _ => None,
    }
}

/// The suggestion for a literal of the wrong type.
fn instead(cx: &Define, literal: &Literal, ty: &Type) -> Option<String> {
    let expanded = cx.types.table.expanded(ty)?;
    let values = match expanded {
        Type::Builtin(builtin, _) => Some(&prelude().of(*builtin).values),
        _ => None,
    };
    let word = word(literal).map(|(word, _)| word);
    match (values, expanded, &literal.kind) {
        // The parser cannot decide this: members of enums may have these names.
        _ if matches!(word, Some("null" | "nil" | "undefined")) => Some("write `none`".to_owned()),
        _ if word == Some("none") => Some(format!(
            "only options can be `none`: `option<{}>`",
            cx.names.show(ty)
        )),
        (
            None | Some(Values::None),
            Type::Class(_) | Type::Callback { .. } | Type::Builtin(..),
            _,
        ) => Some("its value cannot be written here: `= ...` lets Rust choose it".to_owned()),
        (Some(Values::Boolean), ..) => match (word, &literal.kind) {
            (Some("True" | "TRUE" | "yes" | "on"), _) => Some("write `true`".to_owned()),
            (Some("False" | "FALSE" | "no" | "off"), _) => Some("write `false`".to_owned()),
            (_, LiteralKind::Integer(text)) => Some(format!("write `{}`", text != "0")),
            _ => Some("write `true` or `false`".to_owned()),
        },
        (Some(Values::Float { .. }), _, LiteralKind::Float(text)) => infinite(text),
        (Some(Values::Float { .. }), _, LiteralKind::String(text))
            if text.parse::<f64>().is_ok_and(f64::is_finite) =>
        {
            Some(format!("write `{text}`, without quotes"))
        }
        (Some(Values::Float { .. }), ..) => Some(
            word.and_then(infinite)
                .unwrap_or_else(|| "write a number, such as `1.5`".to_owned()),
        ),
        (Some(Values::Bytes), _, LiteralKind::List(_)) => Some(
            "write the bytes as a string in double quotes, or make the type `list<u8>`".to_owned(),
        ),
        (Some(Values::Text | Values::Bytes | Values::Character), ..) => {
            Some(match (word, &literal.kind) {
                (Some(word), _) => format!("write `\"{word}\"`"),
                (_, LiteralKind::Integer(text) | LiteralKind::Float(text)) => {
                    format!("write `\"{text}\"`")
                }
                _ => "write it in double quotes".to_owned(),
            })
        }
        (Some(Values::List), _, LiteralKind::Tuple(_)) => {
            Some("write it in square brackets: `[…]`".to_owned())
        }
        (Some(Values::List), _, LiteralKind::Pairs(pairs)) if pairs.is_empty() => {
            Some("write `[]`".to_owned())
        }
        (Some(Values::Tuple), _, LiteralKind::List(_)) => {
            Some("write it in parentheses: `(…)`".to_owned())
        }
        (Some(Values::Integer(..)), _, LiteralKind::String(text))
            if text.parse::<i128>().is_ok() =>
        {
            Some(format!("write `{text}`, without quotes"))
        }
        (Some(Values::Integer(..)), ..) => Some("write a whole number, such as `1`".to_owned()),
        (Some(Values::Map), ..) => Some("write it in braces: `{ key: value }`".to_owned()),
        (_, Type::Enum(id), LiteralKind::String(text)) => {
            let members = &cx.names.declared[*id].ast.members;
            let member = members.iter().find(|member| {
                let value = member.value.as_ref().map(|value| &value.kind);
                member.name.text == *text || value == Some(&literal.kind)
            });
            Some(match member {
                Some(member) => format!("write `{}`", member.name.text),
                None => one_of(members),
            })
        }
        (_, Type::Enum(id), _) => Some(one_of(&cx.names.declared[*id].ast.members)),
        (_, Type::Record(_), _) => Some("write it in braces: `{ field: value }`".to_owned()),
        _ => None,
    }
}

/// Lists the members of an enum.
fn one_of(members: &[ast::Member]) -> String {
    const SHOWN: usize = 8;
    let names: Vec<_> = members
        .iter()
        .take(SHOWN)
        .map(|member| format!("`{}`", member.name.text))
        .collect();
    let more = if members.len() > SHOWN { ", …" } else { "" };
    format!("write one of {}{more}", names.join(", "))
}

pub(super) fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit()
}

/// The spelling for `Infinity`, `-Inf` and `NaN`.
fn infinite(text: &str) -> Option<String> {
    let number: f64 = text.parse().ok()?;
    Some(match number {
        f64::INFINITY => "write `inf`".to_owned(),
        f64::NEG_INFINITY => "write `-inf`".to_owned(),
        _ => "write `nan`".to_owned(),
    })
}

/// As in "found …".
pub(super) fn describe(literal: &Literal) -> String {
    match &literal.kind {
        LiteralKind::Computed => "`...`".to_owned(),
        LiteralKind::Integer(_) => "an integer".to_owned(),
        LiteralKind::Float(text) if !text.contains(is_digit) => format!("`{text}`"),
        LiteralKind::Float(_) => "a number with a fraction".to_owned(),
        LiteralKind::String(_) => "a string".to_owned(),
        LiteralKind::List(_) => "a list".to_owned(),
        LiteralKind::Tuple(_) => "a tuple".to_owned(),
        LiteralKind::Pairs(_) => "a map or record".to_owned(),
        LiteralKind::Case(_) => match word(literal) {
            Some((word, _)) => format!("`{word}`"),
            None => "a name".to_owned(),
        },
    }
}

/// The only word of a literal, and whether it was escaped.
pub(super) fn word(literal: &Literal) -> Option<(&str, bool)> {
    match &literal.kind {
        LiteralKind::Case(paths) => match paths.as_slice() {
            [path] if path.parts.len() == 1 => Some((&path.parts[0].text, path.parts[0].escaped)),
            _ => None,
        },
        _ => None,
    }
}
