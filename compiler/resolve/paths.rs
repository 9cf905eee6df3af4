//! Paths to types and exceptions, and what is said about names that stand for nothing.

use super::context::Context;
use super::gates;
use super::lookup::Where;
use super::prelude::prelude;
use super::scope::Entity;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::{ExceptionId, ItemId};
use crate::source::Span;
use crate::syntax::ast;

/// The exception that `path` names after the keyword `after`.
pub(super) fn exception(
    cx: &mut Context,
    at: Where,
    path: &ast::Path,
    after: &str,
) -> Option<ExceptionId> {
    let name = path.parts.last()?;
    let entity = match path.parts.len() {
        1 => cx.names.lookup(at, name),
        _ => Some(dotted(cx, at, path)?.0),
    };
    match entity {
        Some(Entity::Item(ItemId::Exception(id))) => Some(id),
        Some(Entity::BuiltinException(index)) => Some(cx.names.builtin_exception(index)),
        Some(Entity::Unsupported) => None,
        Some(Entity::Hidden(feature)) => {
            gates::refuse_hidden_entity(cx, name, feature);
            None
        }
        Some(entity @ (Entity::Item(_) | Entity::Builtin(_))) => {
            let message = format!(
                "`{}` is no exception, so nothing can have it after `{after}`",
                name.text
            );
            let mut diagnostic = Diagnostic::new(
                Code::NotAnException,
                name.span,
                message,
                "expected an exception",
            );
            if let Some(place) = cx.names.declaration(entity) {
                diagnostic = diagnostic.cause(place, "declared here");
            }
            let name = &name.text;
            let hidden = cx.names.hidden_builtin(name);
            let help = match (entity, after) {
                (Entity::Item(_), _) if prelude().exception(name).is_some() => {
                    hidden.unwrap_or_default()
                }
                (Entity::Item(ItemId::Record(_)), _) => {
                    format!("to make it one, write `exception {name} {{ … }}` in place of `record`")
                }
                (Entity::Item(ItemId::Enum(_) | ItemId::Variant(_)), "raises") => {
                    format!(
                        "to fail with it, write `result<_, {name}>` as the result, without `raises`"
                    )
                }
                (Entity::Item(_), _) => "declare one with `exception name;`".to_owned(),
                _ => "name an exception, such as `value-error`, or declare one: `exception name;`"
                    .to_owned(),
            };
            cx.report(diagnostic.help(help));
            None
        }
        None => {
            unknown_exception(cx, at, name);
            None
        }
    }
}

fn unknown_exception(cx: &mut Context, at: Where, name: &ast::Name) {
    if name.builtin {
        unknown_builtin(cx, at, name, "exception");
        return;
    }
    let message = format!("there is no exception `{}`", name.text);
    let mut diagnostic = Diagnostic::new(Code::UnknownName, name.span, message, "not declared");
    let python = match name.text.as_str() {
        "IOError" | "EnvironmentError" | "io-error" | "environment-error" => "OSError",
        text => text,
    };
    let spelled = prelude()
        .exceptions
        .iter()
        .find(|exception| exception.python == python);
    let names = cx.suggested_exceptions(at, name.span.file);
    let nearest = suggest::nearest(&name.text, names);
    let is_near = spelled.is_some() || nearest.is_some();
    let of_wit = cx.names.not_of_wit(name);
    diagnostic = diagnostic.help(match (spelled, nearest) {
        _ if of_wit.is_some() => of_wit.unwrap_or_default(),
        (Some(exception), _) => format!("write `{}`", exception.name),
        (None, Some(nearest)) => format!("did you mean `{nearest}`?"),
        (None, None) => format!("declare it with `exception {};`", name.text),
    });
    cx.findings.report_unknown(name, is_near, diagnostic);
}

/// The exceptions after `raises`.
pub(super) fn raises(cx: &mut Context, at: Where, paths: &[ast::Path]) -> Option<Vec<ExceptionId>> {
    let mut raised: Vec<(ExceptionId, Span)> = Vec::new();
    let mut complete = true;
    for path in paths {
        let Some(id) = exception(cx, at, path, "raises") else {
            complete = false;
            continue;
        };
        if let Some((_, first)) = raised.iter().find(|(other, _)| *other == id) {
            let message = format!("`{}` is named twice after `raises`", path.parts[0].text);
            let diagnostic = Diagnostic::new(Code::DuplicateName, path.span, message, "remove it");
            let diagnostic = diagnostic.cause(*first, "named here");
            cx.report(diagnostic.help("delete one of the two"));
            continue;
        }
        raised.push((id, path.span));
    }
    complete.then(|| raised.into_iter().map(|(id, _)| id).collect())
}

/// The meaning of a dotted name, `shapes.point`, and its last part. Errors are reported.
pub(super) fn dotted<'p>(
    cx: &mut Context,
    at: Where,
    path: &'p ast::Path,
) -> Option<(Entity, &'p ast::Name)> {
    let [first, second, rest @ ..] = path.parts.as_slice() else {
        return None;
    };
    let Some(module) = cx.names.module_called(at, first) else {
        nothing_inside(cx, at, first, second);
        return None;
    };
    let module = module?;
    let Some(entity) = cx.names.declared[module].scope.entity(&second.text) else {
        let message = format!("`{}` declares no `{}`", first.text, second.text);
        let place = cx.names.declared[module].name.span;
        let mut diagnostic =
            Diagnostic::new(Code::UnknownName, second.span, message, "not declared")
                .cause(place, "declared here");
        let names = cx.names.declared[module].scope.type_names();
        let nearest = suggest::nearest(&second.text, names);
        let is_near = nearest.is_some();
        if let Some(nearest) = nearest {
            diagnostic = diagnostic.help(format!("did you mean `{nearest}`?"));
        }
        cx.findings.report_unknown(second, is_near, diagnostic);
        return None;
    };
    if let Some(third) = rest.first() {
        nothing_inside(cx, at, second, third);
        return None;
    }
    Some((entity, second))
}

/// Reports that `outer`, which is not a module, has no `inner`.
fn nothing_inside(cx: &mut Context, at: Where, outer: &ast::Name, inner: &ast::Name) {
    match cx.names.lookup(at, outer) {
        Some(Entity::Unsupported | Entity::Hidden(_)) => {}
        None => {
            let message = format!("there is nothing called `{}`", outer.text);
            // `pathlib.Path`, `datetime.datetime`
            let is_builtin = prelude().declares(&inner.text);
            let (span, help) = match suggest::foreign_type(&inner.text) {
                _ if is_builtin && matches!(&*outer.text, "builtins" | "prelude") => {
                    let help = format!("write `builtin.{}`", inner.text);
                    (outer.span.to(inner.span), help)
                }
                Some(right) => (outer.span.to(inner.span), format!("write `{right}`")),
                None => {
                    let help = format!(
                        "for a type of another interface, write `use {}.{{{}}};` and `{1}` here",
                        outer.text,
                        suggest::kebab_case(&inner.text)
                    );
                    (outer.span, help)
                }
            };
            let diagnostic =
                Diagnostic::new(Code::UnknownName, span, message, "not declared").help(help);
            cx.findings.report_unknown(outer, false, diagnostic);
        }
        Some(Entity::Item(ItemId::Enum(_) | ItemId::Flags(_) | ItemId::Variant(_))) => {
            let (outer, text) = (&outer.text, &inner.text);
            let message = format!("`{text}` is a part of `{outer}`, not a type of its own");
            let diagnostic = Diagnostic::new(Code::NotAType, inner.span, message, "not a type");
            cx.report(diagnostic.help(format!("write `{outer}`")));
        }
        Some(_) => {
            let message = format!(
                "`{}` declares no types or exceptions of its own",
                outer.text
            );
            let is_type = prelude().lookup(&inner.text).is_some();
            let help = match suggest::foreign_type(&inner.text) {
                Some(right) => format!("write `{right}`"),
                None if is_type => format!("write `{}`", inner.text),
                None => "name a type without a dot, or one of an interface".to_owned(),
            };
            let span = match help.starts_with("write") {
                true => outer.span.to(inner.span),
                false => inner.span,
            };
            let diagnostic = Diagnostic::new(Code::UnknownName, span, message, "not declared");
            cx.report(diagnostic.help(help));
        }
    }
}

pub(super) fn unknown_type(cx: &mut Context, at: Where, name: &ast::Name) {
    if name.builtin {
        unknown_builtin(cx, at, name, "type");
        return;
    }
    let mut diagnostic = Diagnostic::new(
        Code::UnknownName,
        name.span,
        format!("there is no type `{}`", name.text),
        "not declared",
    );
    let names = cx.suggested(at, name.span.file);
    let spelling = suggest::type_spelling(&name.text, names.iter().copied());
    let nearest = suggest::nearest(&name.text, names);
    let is_near = spelling.is_some() || nearest.is_some();
    if let Some(help) = cx.names.not_of_wit(name) {
        diagnostic = diagnostic.help(help);
    } else if let Some(text) = spelling {
        diagnostic = diagnostic.help(format!("write `{text}`"));
    } else if let Some(nearest) = nearest {
        diagnostic = diagnostic.help(format!("did you mean `{nearest}`?"));
    } else if suggest::is_nothing(&name.text) || matches!(name.text.as_str(), "null" | "none") {
        let help = "there is no type for nothing: leave it out, or write `option<…>` for a value that may be missing";
        diagnostic = diagnostic.help(help);
    } else {
        let name = suggest::kebab_case(&name.text);
        let help = format!(
            "declare it, as in `record {name} {{ … }}`, or use it from another interface: `use interface.{{{name}}};`"
        );
        diagnostic = diagnostic.help(help);
    }
    cx.findings.report_unknown(name, is_near, diagnostic);
}

/// Reports that there is no builtin `what`, a type or an exception, called `name`.
fn unknown_builtin(cx: &mut Context, at: Where, name: &ast::Name, what: &str) {
    let message = format!("there is no builtin {what} `{}`", name.text);
    let diagnostic = Diagnostic::new(Code::UnknownName, name.span, message, "not builtin");
    let names = prelude().names(|_| true);
    let help = if cx.names.is_wit(name.span) {
        "WIT has no `builtin.`: it is there in files whose names end with `.pyidl`".to_owned()
    } else if cx
        .names
        .visible(at, name.span.file)
        .any(|scope| scope.module("builtin").is_some())
    {
        format!(
            "for the module `builtin` of this file write `%builtin.{}`",
            name.text
        )
    } else if let Some(right) = suggest::foreign_type(&name.text) {
        format!("write `builtin.{right}`")
    } else if let Some(nearest) = suggest::nearest(&name.text, names) {
        format!("did you mean `builtin.{nearest}`?")
    } else {
        format!("for what is declared write `{}`", name.text)
    };
    cx.report(diagnostic.help(help));
}
