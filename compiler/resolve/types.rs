//! Resolves type expressions. [`super::usage`] checks what a type may be used for.

use super::context::Context;
use super::findings::Deferred;
use super::integer::Integer;
use super::lookup::{Around, Where};
use super::prelude::{Form, prelude};
use super::scope::Entity;
use super::{gates, paths, views};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Builtin, ItemId, Type};
use crate::source::Span;
use crate::syntax::ast::{self, Literal, LiteralKind, TypeArgument, TypeKind};

/// Resolves `name<arguments>`.
pub(super) fn generic(
    cx: &mut Context,
    at: Where,
    name: &ast::Name,
    arguments: &[TypeArgument],
    span: Span,
) -> Option<Type> {
    let entity = type_entity(cx, at, name);
    let Some(Entity::Builtin(index)) = entity else {
        if entity.is_some() {
            let message = format!("`{}` takes no type arguments", name.text);
            let diagnostic = Diagnostic::new(Code::TypeArguments, span, message, "");
            let declared = entity.and_then(|entity| cx.names.declaration(entity));
            let help = cx.names.hidden_builtin(&name.text);
            cx.report(match (help, declared) {
                (Some(help), Some(place)) => diagnostic.cause(place, "declared here").help(help),
                _ => diagnostic.help(format!("write `{}`", name.text)),
            });
        }
        resolve_all(cx, at, arguments, false);
        return None;
    };
    let builtin = &prelude().types[index];
    if arguments.is_empty() && *builtin.arguments.start() == 0 {
        let message = "nothing stands between `<` and `>`";
        cx.report(
            Diagnostic::new(Code::TypeArguments, span, message, "")
                .help(format!("write `{}`", name.text)),
        );
        return None;
    }
    match (builtin.form, arguments) {
        (
            Form::Builtin(Builtin::List),
            [TypeArgument::Type(item), TypeArgument::Integer(length)],
        ) => array(cx, at, item, length),
        (Form::Result, _) => result_type(cx, at, index, name, arguments, span),
        (Form::Own | Form::Borrow, [TypeArgument::Type(of)]) => {
            let ty = resolve(cx, at, of)?;
            if cx.names.is_wit(span) && cx.names.is_handle(at, of) {
                let message = format!(
                    "`{}` takes a resource, and this is a handle of one",
                    builtin.name
                );
                cx.report(
                    Diagnostic::new(Code::TypeArguments, of.span, message, "")
                        .help("name the resource itself"),
                );
                return None;
            }
            let check = Deferred::Handle(ty.clone(), of.span, &builtin.name);
            cx.findings.checks.push(check);
            Some(ty)
        }
        (Form::View(view), [TypeArgument::Type(item), rest @ ..]) => {
            let ty = resolve(cx, at, item);
            views::resolve(cx.findings, view, item.span, ty, rest)
        }
        _ => plain_generic(cx, at, index, name, arguments, span),
    }
}

/// A builtin type whose arguments are all types.
fn plain_generic(
    cx: &mut Context,
    at: Where,
    index: usize,
    name: &ast::Name,
    arguments: &[TypeArgument],
    span: Span,
) -> Option<Type> {
    let types = resolve_all(cx, at, arguments, true);
    let builtin = &prelude().types[index];
    if !builtin.arguments.contains(&arguments.len()) {
        argument_count(cx, at, name, index, &types, span);
        return None;
    }
    // Arguments of other forms are not types; the parser reported them.
    let Form::Builtin(builtin) = builtin.form else {
        return None;
    };
    for (argument, (position, ty)) in arguments.iter().zip(types.iter().enumerate()) {
        if let Some(ty) = ty {
            let check = Deferred::of(builtin, position, ty, views::argument_span(argument));
            cx.findings.checks.extend(check);
        }
    }
    let types: Vec<Type> = types.into_iter().collect::<Option<_>>()?;
    if builtin == Builtin::Union {
        let spans = arguments.iter().map(views::argument_span).collect();
        cx.findings
            .checks
            .push(Deferred::Union(types.clone(), spans));
    }
    Some(Type::Builtin(builtin, types))
}

/// `list<t, 4>`
fn array(cx: &mut Context, at: Where, item: &ast::Type, length: &Literal) -> Option<Type> {
    let item = resolve(cx, at, item);
    let written = match &length.kind {
        LiteralKind::Integer(text) => Integer::parse(text),
        _ => None,
    };
    let number = written.and_then(|number| number.to_string().parse().ok());
    let Some(number) = number.filter(|number| *number > 0) else {
        let message = "a list cannot have this length";
        let label = format!("from 1 to {}", u32::MAX);
        let help = match &item {
            Some(item) => format!(
                "write `list<{}>` for a list of any length",
                cx.names.show(item)
            ),
            None => "leave it out for a list of any length".to_owned(),
        };
        cx.report(Diagnostic::new(Code::TypeArguments, length.span, message, label).help(help));
        return None;
    };
    Some(Type::Array {
        item: Box::new(item?),
        length: number,
    })
}

/// `result<t>`, `result<_, e>`, `result<t, e>`
fn result_type(
    cx: &mut Context,
    at: Where,
    index: usize,
    name: &ast::Name,
    arguments: &[TypeArgument],
    span: Span,
) -> Option<Type> {
    if !prelude().types[index].arguments.contains(&arguments.len()) {
        let types = resolve_all(cx, at, arguments, false);
        argument_count(cx, at, name, index, &types, span);
        return None;
    }
    let (ok, arguments) = match arguments {
        [TypeArgument::Underscore(_), error] => (None, std::slice::from_ref(error)),
        [ok, rest @ ..] => (
            Some(resolve_all(cx, at, std::slice::from_ref(ok), true)),
            rest,
        ),
        [] => (None, arguments),
    };
    let exception = match arguments {
        [TypeArgument::Type(ty)] => cx.names.exception_path(at, ty),
        _ => None,
    };
    let error = match exception {
        Some(path) => vec![paths::exception(cx, at, path, "result").map(Type::Exception)],
        None => resolve_all(cx, at, arguments, true),
    };
    let one = |types: Vec<Option<Type>>| -> Option<Option<Box<Type>>> {
        match types.into_iter().next() {
            Some(ty) => Some(Some(Box::new(ty?))),
            None => Some(None),
        }
    };
    let ok = one(ok.unwrap_or_default());
    let error = one(error);
    let (ok, error) = (ok?, error?);
    if let Some(error) = &error {
        cx.findings.checks.push(Deferred::Error(Type::clone(error)));
    }
    Some(Type::Result { ok, error })
}

/// Resolves type arguments. Arguments that are not types are reported if `strict`.
fn resolve_all(
    cx: &mut Context,
    at: Where,
    arguments: &[TypeArgument],
    strict: bool,
) -> Vec<Option<Type>> {
    let mut types = Vec::new();
    for argument in arguments {
        types.push(match argument {
            TypeArgument::Type(ty) => resolve(cx, at, ty),
            _ => {
                if strict {
                    let help = match argument {
                        TypeArgument::Underscore(_) => {
                            "write a type: `_` is only for the value that a `result` leaves out"
                        }
                        TypeArgument::Integer(_) => {
                            "write a type: only `list<t, 4>` has a number, after its type"
                        }
                        TypeArgument::Shape(..) => {
                            "write a type: only `ndarray<t, [rows, _]>` has a shape"
                        }
                        _ => "write a type: only `buffer` and `ndarray` have options",
                    };
                    let span = views::argument_span(argument);
                    cx.report(
                        Diagnostic::new(
                            Code::TypeArguments,
                            span,
                            "a type is needed here",
                            "expected a type",
                        )
                        .help(help),
                    );
                }
                None
            }
        });
    }
    types
}

fn argument_count(
    cx: &mut Context,
    at: Where,
    name: &ast::Name,
    index: usize,
    types: &[Option<Type>],
    span: Span,
) {
    let given = types.len();
    let builtin = &prelude().types[index];
    let (least, most) = (*builtin.arguments.start(), *builtin.arguments.end());
    if given < least && cx.findings.is_damaged(span) {
        return;
    }
    let needed = match (least, most) {
        (_, 0) => "no type arguments".to_owned(),
        (1, 1) => "1 type argument".to_owned(),
        _ if least == most => format!("{least} type arguments"),
        (_, usize::MAX) => format!("{least} or more type arguments"),
        _ => format!("{least} to {most} type arguments"),
    };
    let message = format!("`{}` takes {needed}, not {given}", name.text);
    let form = filled(cx, &name.text, types, least, most);
    let diagnostic =
        Diagnostic::new(Code::TypeArguments, span, message, "").help(format!("write `{form}`"));
    let hidden = cx.names.hidden_by_builtin(at, name);
    cx.report(hidden.into_iter().fold(diagnostic, Diagnostic::help));
}

/// A generic type with the arguments that it takes, and placeholders for the missing ones.
fn filled(cx: &Context, name: &str, types: &[Option<Type>], least: usize, most: usize) -> String {
    if most == 0 {
        return name.to_owned();
    }
    // A tuple takes any number of arguments.
    let count = types.len().clamp(least, most).max(1);
    let arguments: Vec<_> = (0..count)
        .map(|position| match types.get(position) {
            Some(Some(ty)) => cx.names.show(ty),
            _ => "…".to_owned(),
        })
        .collect();
    format!("{name}<{}>", arguments.join(", "))
}

/// Resolves a type expression.
pub(super) fn resolve(cx: &mut Context, at: Where, ty: &ast::Type) -> Option<Type> {
    match &ty.kind {
        TypeKind::Name(path) => named(cx, at, path),
        TypeKind::Generic { name, arguments } => generic(cx, at, name, arguments, ty.span),
        TypeKind::Function {
            is_async,
            parameters,
            result,
            raises,
        } => {
            let parameters: Vec<_> = parameters
                .iter()
                .map(|parameter| resolve(cx, at, &parameter.ty))
                .collect();
            let result = result.as_ref().map(|result| resolve(cx, at, result));
            let raises = paths::raises(cx, at, raises);
            let parameters = parameters.into_iter().collect::<Option<_>>()?;
            let result = match result {
                Some(result) => Some(Box::new(result?)),
                None => None,
            };
            Some(Type::Callback {
                parameters,
                result,
                is_async: *is_async,
                raises: raises?,
            })
        }
    }
}

/// The type that a path names, or `self`.
fn named(cx: &mut Context, at: Where, path: &ast::Path) -> Option<Type> {
    let name = path.parts.first()?;
    if path.parts.len() > 1 {
        let (entity, name) = paths::dotted(cx, at, path)?;
        return entity_type(cx, at, entity, name, path.span);
    }
    if name.text == "self" && !name.escaped && !name.builtin {
        if at.class.is_none() {
            cx.report(
                Diagnostic::new(
                    Code::SelfOutsideClass,
                    name.span,
                    "`self` is used outside of a class",
                    "",
                )
                .help("write the name of the class"),
            );
        }
        return at.class.map(Around::ty);
    }
    match cx.names.lookup(at, name) {
        Some(entity) => entity_type(cx, at, entity, name, path.span),
        None => {
            paths::unknown_type(cx, at, name);
            None
        }
    }
}

/// The type that `entity`, called `name`, is; reported if it is not a type.
fn entity_type(
    cx: &mut Context,
    at: Where,
    entity: Entity,
    name: &ast::Name,
    span: Span,
) -> Option<Type> {
    match expect_type(cx, entity, name)? {
        Entity::Builtin(index) => {
            let builtin = &prelude().types[index];
            if *builtin.arguments.start() > 0 {
                argument_count(cx, at, name, index, &[], span);
                return None;
            }
            match builtin.form {
                Form::Builtin(builtin) => Some(builtin.into()),
                Form::Result => Some(Type::Result {
                    ok: None,
                    error: None,
                }),
                Form::View(_) | Form::Own | Form::Borrow => None,
            }
        }
        Entity::Item(item) => item_type(item),
        Entity::BuiltinException(_) | Entity::Unsupported | Entity::Hidden(_) => None,
    }
}

/// The meaning of a name in a type; reported if it is not a type.
fn type_entity(cx: &mut Context, at: Where, name: &ast::Name) -> Option<Entity> {
    match cx.names.lookup(at, name) {
        Some(entity) => expect_type(cx, entity, name),
        None => {
            paths::unknown_type(cx, at, name);
            None
        }
    }
}

/// Returns `entity`, called `name`; reports it if it is not a type.
fn expect_type(cx: &mut Context, entity: Entity, name: &ast::Name) -> Option<Entity> {
    let found = match entity {
        Entity::Unsupported => return None,
        Entity::Hidden(feature) => {
            gates::refuse_hidden_entity(cx, name, feature);
            return None;
        }
        Entity::BuiltinException(_) | Entity::Item(ItemId::Exception(_)) => "an exception",
        Entity::Item(ItemId::Function(_)) => "a function",
        Entity::Item(ItemId::Const(_)) => "a constant",
        Entity::Builtin(_) | Entity::Item(_) => return Some(entity),
    };
    let message = format!("`{}` is {found}, not a type", name.text);
    let mut diagnostic = Diagnostic::new(Code::NotAType, name.span, message, "expected a type");
    match cx.names.hidden_builtin(&name.text) {
        Some(help) if matches!(entity, Entity::Item(_)) && prelude().declares_type(&name.text) => {
            diagnostic = diagnostic.help(help);
        }
        _ if found == "an exception" => {
            diagnostic = diagnostic.help("exceptions are named after `raises` and `extends`");
        }
        _ => {}
    }
    if let Some(place) = cx.names.declaration(entity) {
        diagnostic = diagnostic.cause(place, "declared here");
    }
    cx.report(diagnostic);
    None
}

fn item_type(item: ItemId) -> Option<Type> {
    match item {
        ItemId::Record(id) => Some(Type::Record(id)),
        ItemId::Enum(id) => Some(Type::Enum(id)),
        ItemId::Variant(id) => Some(Type::Variant(id)),
        ItemId::Flags(id) => Some(Type::Flags(id)),
        ItemId::Protocol(id) => Some(Type::Protocol(id)),
        ItemId::Class(id) => Some(Type::Class(id)),
        ItemId::Alias(id) => Some(Type::Alias(id)),
        ItemId::Exception(_) | ItemId::Function(_) | ItemId::Const(_) => None,
    }
}
