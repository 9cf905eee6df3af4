//! Which types can be used in which positions.
//!
//! An iterator is created once and consumed, so it can only be a whole parameter or result. A union can only be the whole target
//! of an alias, which names it.

use super::Resolver;
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

impl Resolver<'_, '_> {
    /// Checks that the type written as `ast`, resolved as `ty`, is allowed for `usage`. Errors are reported.
    pub(super) fn check_usage(&mut self, ast: &ast::Type, ty: &Type, usage: Usage) -> bool {
        let Some(expanded) = self.table.expanded(ty) else {
            return true;
        };
        let alone = match usage {
            Usage::Alias | Usage::Parameter => iterates(expanded),
            Usage::Result => expanded.is(Builtin::Iterator),
            _ => false,
        };
        let alone = alone || usage == Usage::Alias && ty.is(Builtin::Union);
        if let (true, Type::Builtin(_, arguments)) = (alone, expanded.clone()) {
            return match &ast.kind {
                TypeKind::Generic {
                    arguments: asts, ..
                } => self.check_arguments(asts, &arguments, Usage::Part),
                // The alias was checked where it is declared.
                _ => true,
            };
        }
        match usage {
            // As the result of a function, it is not a value.
            Usage::Alias => self.check_returned(ast, ty, usage),
            _ => self.check_parts(ast, ty, usage),
        }
    }

    /// Checks a returned type, where the error of a result is raised.
    fn check_returned(&mut self, ast: &ast::Type, ty: &Type, usage: Usage) -> bool {
        match (&ast.kind, ty) {
            (TypeKind::Generic { arguments, .. }, Type::Result { ok, error }) => {
                self.check_parts_of_result(arguments, [ok, error], usage)
            }
            (TypeKind::Name(_), Type::Alias(_)) => self.check_iteration(ast.span, ty, usage),
            _ => self.check_parts(ast, ty, usage),
        }
    }

    fn check_parts_of_result(
        &mut self,
        asts: &[TypeArgument],
        types: [&Option<Box<Type>>; 2],
        usage: Usage,
    ) -> bool {
        let mut fits = true;
        for (ast, ty) in asts.iter().zip(types) {
            if let (TypeArgument::Type(ast), Some(ty)) = (ast, ty) {
                fits &= self.check_parts(ast, ty, usage);
            }
        }
        fits
    }

    fn check_arguments(&mut self, asts: &[TypeArgument], types: &[Type], usage: Usage) -> bool {
        let mut fits = true;
        for (ast, ty) in asts.iter().zip(types) {
            if let TypeArgument::Type(ast) = ast {
                fits &= self.check_parts(ast, ty, usage);
            }
        }
        fits
    }

    /// Checks a nested type part by part, so that each error has its own place.
    fn check_parts(&mut self, ast: &ast::Type, ty: &Type, usage: Usage) -> bool {
        let mut fits = true;
        match (&ast.kind, ty) {
            // The parser has already reported the presumed union, `a | b`.
            (TypeKind::Generic { name, .. }, Type::Builtin(Builtin::Union, _))
                if name.span == ast.span =>
            {
                fits = false;
            }
            (_, Type::Builtin(Builtin::Union, _)) => {
                self.report(
                    Diagnostic::new(Code::BadUnion, ast.span, "a union needs a name", "")
                        .help("declare it with `type name = union<…>;` and write the name here"),
                );
                fits = false;
            }
            (
                TypeKind::Generic {
                    arguments: asts, ..
                },
                Type::Builtin(_, arguments),
            ) if !iterates(ty) => {
                fits &= self.check_arguments(asts, arguments, usage);
            }
            (
                TypeKind::Generic {
                    arguments: asts, ..
                },
                Type::Result { ok, error },
            ) => {
                fits &= self.check_result(ast.span, ty);
                fits &= self.check_parts_of_result(asts, [ok, error], usage);
            }
            (
                TypeKind::Generic {
                    arguments: asts, ..
                },
                Type::Array { item, .. } | Type::View { item, .. },
            ) => {
                if let Some(TypeArgument::Type(ast)) = asts.first() {
                    fits &= self.check_parts(ast, item, usage);
                }
            }
            (
                TypeKind::Function {
                    parameters, result, ..
                },
                Type::Callback {
                    parameters: types,
                    result: returned,
                    ..
                },
            ) => {
                for (parameter, ty) in parameters.iter().zip(types) {
                    fits &= self.check_parts(&parameter.ty, ty, Usage::CallbackParameter);
                }
                if let (Some(ast), Some(ty)) = (result, returned) {
                    fits &= self.check_returned(ast, ty, Usage::CallbackResult);
                }
            }
            _ => fits &= self.check_word(ast.span, ty, usage),
        }
        fits
    }

    /// Checks a type that is a single word. An alias counts as all types that it contains.
    fn check_word(&mut self, span: Span, ty: &Type, usage: Usage) -> bool {
        self.check_result(span, ty) && self.check_iteration(span, ty, usage)
    }

    /// Checks that no iterator occurs in a position that does not allow it.
    fn check_iteration(&mut self, span: Span, ty: &Type, usage: Usage) -> bool {
        // Definitions are checked where they are declared.
        let named = matches!(ty, Type::Record(_) | Type::Variant(_));
        let expanded = self.table.expanded(ty);
        let is_iterable = expanded.is_some_and(|ty| ty.is(Builtin::Iterable));
        if named || !self.table.contents(ty).iterator {
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
        self.report(Diagnostic::new(Code::MisplacedIterator, span, message, "").help(help));
        false
    }
}

/// Whether values of type `ty` are iterators.
fn iterates(ty: &Type) -> bool {
    matches!(ty, Type::Builtin(builtin, _) if builtin.nature() == Nature::Iteration)
}
