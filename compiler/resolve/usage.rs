//! Which types can be used in which positions.
//!
//! An iterator is created once and consumed, so it can only be a whole parameter or result. A union can only be the whole target
//! of an alias, which names it.

use super::context::Typed;
use super::lookup::{Names, Where};
use super::prelude::Form;
use super::results;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Builtin, Nature, Type};
use crate::source::Span;
use crate::syntax::ast::{self, TypeArgument, TypeKind};

/// The position of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Usage {
    /// The target of an alias; the use of the alias decides the rest.
    Alias,
    /// A parameter of a function.
    Parameter,
    /// Each item of `*args` or `**kwargs`.
    Variadic,
    /// The result of a function.
    Result,
    /// A property.
    Property,
    /// A field of a record or exception, or the payload of a case.
    Field,
    /// A constant.
    Const,
    /// A parameter of a callback.
    CallbackParameter,
    /// The result of a callback.
    CallbackResult,
    /// Part of another type.
    Part,
}

impl Usage {
    /// As in "… cannot be …".
    fn describe(self) -> &'static str {
        match self {
            Self::Alias => "types",
            Self::Parameter => "parameters",
            Self::Variadic => "variable arguments",
            Self::Result => "results",
            Self::Property => "properties",
            Self::Field => "fields of records and exceptions",
            Self::Const => "constants",
            Self::CallbackParameter => "parameters of a callback",
            Self::CallbackResult => "results of a callback",
            Self::Part => "parts of other types",
        }
    }
}

/// Checks that the type written as `ast`, resolved as `ty`, is allowed for `usage`. Errors are reported.
pub(super) fn check(cx: &mut Typed, ast: &ast::Type, ty: &Type, usage: Usage) -> bool {
    let Some(expanded) = cx.types.table.expanded(ty) else {
        return true;
    };
    let alone = match usage {
        Usage::Alias | Usage::Parameter => iterates(expanded),
        Usage::Result => expanded.is(Builtin::Iterator),
        _ => false,
    };
    let alone = alone || usage == Usage::Alias && ty.is(Builtin::Union);
    if let (true, Type::Builtin(_, resolved)) = (alone, expanded.clone()) {
        return match &ast.kind {
            TypeKind::Generic { arguments, .. } => {
                check_arguments(cx, arguments, &resolved, Usage::Part)
            }
            // The alias was checked where it is declared.
            _ => true,
        };
    }
    match usage {
        // As the result of a function, it is not a value.
        Usage::Alias => check_returned(cx, ast, ty, usage),
        _ => check_parts(cx, ast, ty, usage),
    }
}

/// Checks a returned type, where the error of a result is raised.
fn check_returned(cx: &mut Typed, ast: &ast::Type, ty: &Type, usage: Usage) -> bool {
    match (&ast.kind, ty) {
        (TypeKind::Generic { arguments, .. }, Type::Result { ok, error }) => {
            check_parts_of_result(cx, arguments, [ok, error], usage)
        }
        (TypeKind::Name(_), Type::Alias(_)) => check_iteration(cx, ast.span, ty, usage),
        _ => check_parts(cx, ast, ty, usage),
    }
}

fn check_parts_of_result(
    cx: &mut Typed,
    asts: &[TypeArgument],
    resolved: [&Option<Box<Type>>; 2],
    usage: Usage,
) -> bool {
    let mut fits = true;
    for (ast, ty) in asts.iter().zip(resolved) {
        if let (TypeArgument::Type(ast), Some(ty)) = (ast, ty) {
            fits &= check_parts(cx, ast, ty, usage);
        }
    }
    fits
}

fn check_arguments(cx: &mut Typed, asts: &[TypeArgument], resolved: &[Type], usage: Usage) -> bool {
    let mut fits = true;
    for (ast, ty) in asts.iter().zip(resolved) {
        if let TypeArgument::Type(ast) = ast {
            fits &= check_parts(cx, ast, ty, usage);
        }
    }
    fits
}

/// Checks a nested type part by part, so that each error has its own place.
fn check_parts(cx: &mut Typed, ast: &ast::Type, ty: &Type, usage: Usage) -> bool {
    let mut fits = true;
    match (&ast.kind, ty) {
        // The parser has already reported the presumed union, `a | b`.
        (TypeKind::Generic { name, .. }, Type::Builtin(Builtin::Union, _))
            if name.span == ast.span =>
        {
            fits = false;
        }
        (_, Type::Builtin(Builtin::Union, _)) => {
            cx.report(
                Diagnostic::new(Code::BadUnion, ast.span, "a union needs a name", "")
                    .help("declare it with `type name = union<…>;` and write the name here"),
            );
            fits = false;
        }
        (TypeKind::Generic { arguments, .. }, Type::Builtin(_, resolved)) if !iterates(ty) => {
            fits &= check_arguments(cx, arguments, resolved, usage);
        }
        (TypeKind::Generic { arguments, .. }, Type::Result { ok, error }) => {
            fits &= results::check_result(cx, ast.span, ty);
            fits &= check_parts_of_result(cx, arguments, [ok, error], usage);
        }
        (
            TypeKind::Generic { arguments, .. },
            Type::Array { item, .. } | Type::View { item, .. },
        ) => {
            if let Some(TypeArgument::Type(ast)) = arguments.first() {
                fits &= check_parts(cx, ast, item, usage);
            }
        }
        (
            TypeKind::Function {
                parameters, result, ..
            },
            Type::Callback {
                parameters: resolved,
                result: returned,
                ..
            },
        ) => {
            for (parameter, ty) in parameters.iter().zip(resolved) {
                fits &= check_parts(cx, &parameter.ty, ty, Usage::CallbackParameter);
            }
            if let (Some(ast), Some(ty)) = (result, returned) {
                fits &= check_returned(cx, ast, ty, Usage::CallbackResult);
            }
        }
        _ => fits &= check_word(cx, ast.span, ty, usage),
    }
    fits
}

/// Checks a type that is a single word. An alias counts as all types that it contains.
fn check_word(cx: &mut Typed, span: Span, ty: &Type, usage: Usage) -> bool {
    results::check_result(cx, span, ty) && check_iteration(cx, span, ty, usage)
}

/// Checks that no iterator occurs in a position that does not allow it.
fn check_iteration(cx: &mut Typed, span: Span, ty: &Type, usage: Usage) -> bool {
    // Definitions are checked where they are declared.
    let named = matches!(ty, Type::Record(_) | Type::Variant(_));
    let expanded = cx.types.table.expanded(ty);
    let is_iterable = expanded.is_some_and(|ty| ty.is(Builtin::Iterable));
    if named || !cx.types.table.contents(ty).iterator {
        return true;
    }
    let (message, help) = match (usage, is_iterable) {
        (Usage::Result, true) => (
            "results cannot be iterables".to_owned(),
            "write `iterator`, or `list`",
        ),
        (Usage::Alias | Usage::Parameter | Usage::Result | Usage::Part, _) => (
            "an iterator cannot be part of another type".to_owned(),
            "`iterator` is for the whole type of a parameter or result; use `list` elsewhere",
        ),
        _ => (
            format!("{} cannot be iterators", usage.describe()),
            "`iterator` is for the whole type of a parameter or result; use `list` elsewhere",
        ),
    };
    cx.report(Diagnostic::new(Code::MisplacedIterator, span, message, "").help(help));
    false
}

/// The place of the first `borrow` in a type, except in callbacks, whose arguments can be borrowed.
pub(super) fn lent(names: &Names, at: Where, ty: &ast::Type) -> Option<Span> {
    let TypeKind::Generic { name, arguments } = &ty.kind else {
        return None;
    };
    let inner = arguments.iter().find_map(|argument| match argument {
        TypeArgument::Type(ty) => lent(names, at, ty),
        _ => None,
    });
    let is_borrow = || names.form(at, name) == Some(Form::Borrow);
    inner.or_else(|| is_borrow().then_some(ty.span))
}

/// Reports a value that is borrowed for the call but would be kept: `what` is "a result" or the like, written as `written`,
/// whose type is `ty`.
pub(super) fn refuse_borrow(
    cx: &mut Typed,
    at: Where,
    written: &ast::Type,
    ty: Option<&Type>,
    what: &str,
) {
    let inside = ty.is_some_and(|ty| cx.types.table.contents(ty).borrow);
    let Some(span) = lent(cx.names, at, written).or(inside.then_some(written.span)) else {
        return;
    };
    cx.report(
        Diagnostic::new(
            Code::MisplacedBorrow,
            span,
            format!("{what} cannot contain `borrow`"),
            "borrowed for the call only",
        )
        .help("write `own<…>`, or the name of the class alone"),
    );
}
/// Whether values of type `ty` are iterators.
fn iterates(ty: &Type) -> bool {
    matches!(ty, Type::Builtin(builtin, _) if builtin.nature() == Nature::Iteration)
}
